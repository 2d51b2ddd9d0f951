//! **What a verdict's runs show, looked at again in their replayed states.**
//!
//! The search found the runs by hashing and walking back. Here they are executed from the empty world, and the fact is
//! computed anew from the states in which they end. A stored trace is put to a stricter test when it is replayed: there
//! nothing of the search is believed, the fairness of a circle neither.

use crate::check::same_view;
use crate::claim::{Ask, Context, Posed};
use crate::fact::Fact;
use crate::finding::{Evidence, Finding, Recipe, Verdict};
use crate::stability;
use mailcover_checker::Epistemic;
use mailcover_model::service::Service;
use mailcover_model::state::State;

/// Whether the finding's runs show what it says.
///
/// # Errors
/// What is wrong, in a sentence: a step that is not possible, or a state in which the fact is otherwise.
pub(crate) fn confirm(
    service: &Service,
    posed: &Posed,
    context: &Context,
    finding: &Finding,
) -> Result<(), String> {
    let shown = Shown { service, posed, context, finding };
    if let Some(recipe) = &finding.exercised
        && !posed.exercised.holds(service, &shown.last(recipe)?)
    {
        return Err("the witness does not exercise the claim".to_owned());
    }
    if finding.verdict == Verdict::Holds && finding.exercised.is_none() {
        return Err("it is said to hold, and no witness exercises the claim".to_owned());
    }
    let refused = || {
        let (shows, kind) = (finding.evidence.kind(), posed.ask.kind());
        Err(format!("a {shows} decides no claim of the kind {kind} as {}", finding.verdict))
    };
    let exists = matches!(posed.ask, Ask::Reachable(_) | Ask::ReachableAndThenAlways(..));
    let (violated, holds) = (finding.verdict == Verdict::Violated, finding.verdict == Verdict::Holds);
    match (&posed.ask, &finding.evidence) {
        // Only that something is nowhere to be found is shown by the exhausted search alone.
        (_, Evidence::Closure) if (violated && !exists) || (holds && exists) => refused(),
        (_, Evidence::Closure) => Ok(()),
        (Ask::Always(fact), Evidence::Run(run)) if violated => shown.ends(run, fact, false),
        // What was reached stays reached where the claim was not exercised.
        (Ask::Reachable(fact), Evidence::Run(run)) if !violated => shown.ends(run, fact, true),
        (Ask::ReachableAndThenAlways(first, then), Evidence::Run(run)) if !violated => {
            shown.stays(run, first, |state| then.holds(service, state))
        }
        (Ask::Inevitable(when, then), Evidence::Run(run)) if violated => {
            shown.stays(run, when, |state| !then.holds(service, state))?;
            shown.stops(run)
        }
        (Ask::Inevitable(when, then), Evidence::Lasso { stem, cycle }) if violated => {
            let whole = Recipe {
                past: stem.past.clone(),
                actions: stem.actions.iter().chain(cycle).copied().collect(),
            };
            shown.closes(stem, &whole)?;
            shown.stays(&whole, when, |state| !then.holds(service, state))
        }
        (Ask::NeverKnown(_) | Ask::NeverKnownWhether(_), Evidence::Twin { run, twin }) if !violated => {
            shown.twins(run, twin)
        }
        (Ask::Known(_), Evidence::Twin { run, twin }) if !holds => shown.twins(run, twin),
        (Ask::NeverKnown(_) | Ask::NeverKnownWhether(_), Evidence::Class { run, .. }) if violated => {
            shown.class(run)
        }
        _ => refused(),
    }
}

/// Whether a finding that somebody kept is about this question: the same formula within the same scope, and a fact that can
/// decide it.
pub(crate) fn is_about(
    service: &Service,
    posed: &Posed,
    context: &Context,
    finding: &Finding,
) -> Result<(), String> {
    let (formula, scope) = (posed.ask.formula(&context.adversary.name), service.scope().summary());
    let decides = posed.ask.decisions().contains(&finding.fact);
    if finding.formula == formula && finding.scope == scope && decides {
        return Ok(());
    }
    Err("the finding is about another formula, another scope or another fact".to_owned())
}

struct Shown<'a> {
    service: &'a Service,
    posed: &'a Posed,
    context: &'a Context,
    finding: &'a Finding,
}

impl Shown<'_> {
    fn states(&self, recipe: &Recipe) -> Result<Vec<State>, String> {
        let replayed = self.service.replay(&recipe.past, &recipe.actions);
        replayed.map_err(|step| format!("the run does not replay at step {step}"))
    }

    fn last(&self, recipe: &Recipe) -> Result<State, String> {
        self.states(recipe)?.pop().ok_or_else(|| "the run has no state".to_owned())
    }

    fn ends(&self, run: &Recipe, fact: &Fact, wanted: bool) -> Result<(), String> {
        self.require(&self.last(run)?, fact, wanted)
    }

    fn require(&self, state: &State, fact: &Fact, wanted: bool) -> Result<(), String> {
        if fact.holds(self.service, state) == wanted {
            return Ok(());
        }
        Err(format!("at the end of the run it is otherwise that {}", fact.clause()))
    }

    /// From some state of the run in which the fact is true, every state to its end passes.
    fn stays(&self, run: &Recipe, fact: &Fact, passes: impl Fn(&State) -> bool) -> Result<(), String> {
        let states = self.states(run)?;
        let mut tail = states.iter().rev().take_while(|state| passes(state));
        if tail.any(|state| fact.holds(self.service, state)) {
            return Ok(());
        }
        Err(format!("what was to stay so after {} does not", fact.clause()))
    }

    /// Nothing more can happen at the end of the run, and no bound is what removed it.
    fn stops(&self, run: &Recipe) -> Result<(), String> {
        let last = self.last(run)?;
        let mut next =
            self.service.all_actions().iter().filter_map(|&action| self.service.step(&last, action));
        if next.next().is_none() && !self.service.cut(&last) {
            return Ok(());
        }
        Err("the run may go on".to_owned())
    }

    fn closes(&self, stem: &Recipe, whole: &Recipe) -> Result<(), String> {
        if whole.actions.len() > stem.actions.len() && self.last(stem)? == self.last(whole)? {
            return Ok(());
        }
        Err("the circle does not return to where it began".to_owned())
    }

    /// The fact, of those asked about, that the finding names.
    fn fact(&self) -> Result<&Fact, String> {
        let mut facts = self.posed.ask.facts().into_iter();
        let named = facts.find(|fact| fact.clause() == self.finding.fact);
        named.ok_or_else(|| "the finding names no fact of the question".to_owned())
    }

    fn twins(&self, run: &Recipe, twin: &Recipe) -> Result<(), String> {
        let (left, right) = (self.last(run)?, self.last(twin)?);
        self.require(&left, self.fact()?, true)?;
        self.require(&right, self.fact()?, false)?;
        self.within(&left)?;
        if same_view(self.service, &self.context.observers, &left, &right) {
            return Ok(());
        }
        Err("the run and its twin look different to the adversary".to_owned())
    }

    fn class(&self, run: &Recipe) -> Result<(), String> {
        let last = self.last(run)?;
        if matches!(self.posed.ask, Ask::NeverKnown(_)) {
            self.require(&last, self.fact()?, true)?;
        }
        self.within(&last)
    }

    fn within(&self, state: &State) -> Result<(), String> {
        if stability::within_bounds(self.service, &self.posed.scope, state) {
            return Ok(());
        }
        Err("the run does more than the claim's own scope allows".to_owned())
    }
}

#[cfg(test)]
mod tests;
