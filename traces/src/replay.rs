//! **Replay: dull re-execution from the empty world, then deriving again what the trace says.**
//!
//! Search may be clever; replay takes one named action after the other and asks the model whether it is possible. What
//! the runs then show is computed anew from their states by [`rederive`]; nothing is taken from the trace but what is
//! to be shown.

mod liveness;
mod rederive;

use crate::error::TraceError;
use crate::tell::acts;
use crate::trace::Trace;
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};
use mailcover_model::view::Observer;
use mailcover_properties::check::{pose, prepare};
use mailcover_properties::claim::{Context, Posed};
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Evidence, Recipe};
use std::sync::Arc;

/// A trace whose runs were re-executed, and which shows what it says.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// The trace.
    pub trace: Trace,
    /// Its runs: one, or the run and its twin.
    pub runs: Vec<ReplayedRun>,
    /// The adversary's observers.
    pub observers: Vec<Observer>,
    /// The facts that the claim speaks of, and then what exercises it.
    pub facts: Vec<Fact>,
    /// What was derived again, in one sentence.
    pub done: String,
}

/// A run that was re-executed.
#[derive(Debug, Clone)]
pub struct ReplayedRun {
    /// The model that it ran on.
    pub service: Arc<Service>,
    /// What happened before the run.
    pub past: Vec<Action>,
    /// What happens in it; of a lasso, the way into the cycle and then the cycle.
    pub actions: Vec<Action>,
    /// The states of the run, one more than its actions.
    pub states: Vec<State>,
}

impl Replayed {
    /// The facts that the claim speaks of, without what exercises it.
    pub(crate) fn asked(&self) -> &[Fact] {
        self.facts.split_last().map_or(&[], |(_, asked)| asked)
    }

    /// The fact that the evidence is about: of several, the one that decided.
    pub(crate) fn decided(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.clause() == self.trace.fact)
    }

    /// After which step the run goes round, if it does.
    pub(crate) fn round(&self) -> Option<usize> {
        match &self.trace.evidence {
            Evidence::Lasso { stem, .. } => Some(stem.actions.len()),
            Evidence::Run(_) | Evidence::Twin { .. } | Evidence::Class { .. } | Evidence::Closure => None,
        }
    }
}

impl ReplayedRun {
    /// The state in which the run ends.
    pub(crate) fn last(&self) -> Result<&State, TraceError> {
        self.states.last().ok_or_else(|| TraceError::Internal("a run has no state".to_owned()))
    }
}

/// Re-executes the trace and derives again what it says; `exhaust` explores its scope again where a run alone cannot
/// show it.
///
/// # Errors
/// When a step is not possible, or the runs do not show what the trace says.
pub fn replay(trace: &Trace, exhaust: bool) -> Result<Replayed, TraceError> {
    let cell = trace.cell()?;
    let (service, posed, context) =
        prepare(&cell, &trace.options()).map_err(|error| TraceError::Unknown {
            what: format!("a question that cannot be put ({error})"),
            remedy: "export the trace again".to_owned(),
        })?;
    agree(trace, &cell.claim.sentence, &service, &posed, &context)?;
    let service = Arc::new(service);
    let runs = runs(trace, &service)?;
    let states = runs.iter().flat_map(|run| &run.states);
    let outgrown = states.fold(EnumSet::empty(), |all, state| all | state.outgrown);
    if !outgrown.is_empty() {
        let says = "its runs fit the scope".to_owned();
        return Err(TraceError::DoesNotShow { says, shows: Room::why(outgrown) });
    }
    let found = rederive::Rederivation { trace, cell: &cell, posed: &posed, context: &context, runs: &runs };
    let done = found.check(exhaust)?;
    let facts = posed.ask.facts().into_iter().chain([&posed.exercised]).cloned().collect();
    Ok(Replayed { trace: trace.clone(), runs, observers: context.observers, facts, done })
}

/// Whether the runs of a replayed trace can be taken in another model too, and show the same there.
pub(crate) fn still_shows(replayed: &Replayed, service: &Arc<Service>) -> bool {
    let trace = &replayed.trace;
    let Ok(cell) = trace.cell() else { return false };
    let Ok((posed, context)) = pose(&cell) else { return false };
    let Ok(runs) = runs(trace, service) else { return false };
    rederive::Rederivation { trace, cell: &cell, posed: &posed, context: &context, runs: &runs }
        .check(false)
        .is_ok()
}

/// Whether the trace's own words are those of the claim that it names.
fn agree(
    trace: &Trace,
    sentence: &str,
    service: &Service,
    posed: &Posed,
    context: &Context,
) -> Result<(), TraceError> {
    let formula = posed.ask.formula(&context.adversary.name);
    let scope = service.scope().summary();
    let compared = [
        ("the claim says", &trace.sentence, sentence),
        ("the claim's kind is", &trace.kind, posed.ask.kind()),
        ("the claim's formula is", &trace.formula, &formula),
        ("the claim's scope is", &trace.scope, &scope),
    ];
    match compared.into_iter().find(|(_, said, known)| said.as_str() != *known) {
        None if !posed.ask.decisions().contains(&trace.fact) => Err(TraceError::DoesNotShow {
            says: format!("the claim is about the fact {:?}", trace.fact),
            shows: "the claim is not about that".to_owned(),
        }),
        None => Ok(()),
        Some((what, said, known)) => Err(TraceError::DoesNotShow {
            says: format!("{what} {said:?}"),
            shows: format!("in this program it is {known:?}"),
        }),
    }
}

fn runs(trace: &Trace, service: &Arc<Service>) -> Result<Vec<ReplayedRun>, TraceError> {
    let mut recipes: Vec<(&str, Recipe)> = Vec::new();
    match &trace.evidence {
        Evidence::Closure => {
            return Err(TraceError::DoesNotShow {
                says: "an exhausted search alone is its evidence".to_owned(),
                shows: "there is no run to re-execute".to_owned(),
            });
        }
        Evidence::Run(run) | Evidence::Class { run, .. } => recipes.push(("in the run", run.clone())),
        Evidence::Twin { run, twin } => {
            recipes.push(("in the run", run.clone()));
            recipes.push(("in its twin", twin.clone()));
        }
        Evidence::Lasso { stem, cycle } => {
            let actions = stem.actions.iter().chain(cycle).copied().collect();
            recipes.push(("in the run", Recipe { past: stem.past.clone(), actions }));
        }
    }
    recipes.into_iter().map(|(name, recipe)| run(service, name, recipe)).collect()
}

/// Re-executes one run, and names the first step that is not possible.
fn run(service: &Arc<Service>, name: &str, recipe: Recipe) -> Result<ReplayedRun, TraceError> {
    let fault = |action: Option<&Action>, number: usize, before: bool, why: &str| {
        let step = match action {
            Some(action) => format!("step {}: {}", number + 1, acts::plain(action)),
            None => "the beginning".to_owned(),
        };
        let run = if before { format!("before it begins, {name}") } else { name.to_owned() };
        Err(TraceError::DoesNotReplay { run, step, why: why.to_owned() })
    };
    let all = || recipe.past.iter().chain(&recipe.actions);
    let unlisted = all().position(|action| !service.all_actions().contains(action));
    let known = unlisted.unwrap_or(recipe.past.len() + recipe.actions.len());
    let (past, actions) = (
        &recipe.past[..known.min(recipe.past.len())],
        &recipe.actions[..known.saturating_sub(recipe.past.len())],
    );
    let at_fault = |number: usize, why: &str| {
        let before = number < recipe.past.len();
        let within = if before { number } else { number - recipe.past.len() };
        fault(all().nth(number), within, before, why)
    };
    const DISABLED: &str = "the state before it does not allow it";
    let complete = past.len() == recipe.past.len();
    match service.replay(past, &[]) {
        Err(number) if number < past.len() => return at_fault(number, DISABLED),
        Err(_) if complete => {
            return fault(None, 0, true, "what happened before does not last as long as the scope says");
        }
        _ => {}
    }
    if let Some(number) = unlisted {
        if complete && let Err(earlier) = service.replay(past, actions) {
            return at_fault(earlier, DISABLED);
        }
        return at_fault(number, "the claim's scope has no such action");
    }
    match service.replay(past, actions) {
        Ok(states) => Ok(ReplayedRun {
            service: Arc::clone(service),
            past: recipe.past,
            actions: recipe.actions,
            states,
        }),
        Err(number) => at_fault(number, DISABLED),
    }
}
