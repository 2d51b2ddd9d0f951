//! **What the adversary knows where a way leads: asked of all states of the scope that look the same.**

use crate::account::{Telling, told};
use crate::error::TraceError;
use crate::replay::{Replayed, ReplayedRun};
use crate::ways::{Left, gone};
use mailcover_checker::{Limits, Progress};
use mailcover_model::service::Service;
use mailcover_properties::check::Options;
use mailcover_properties::finding::Recipe;
use mailcover_properties::insight::Insight;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What the adversary knows in a state, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Knows {
    /// How many states of the scope were searched.
    pub states: usize,
    /// How many of them look like this one to the adversary, this one included.
    pub alike: usize,
    /// A line for each fact that the claim asks about.
    pub lines: Vec<Line>,
}

/// How one fact stands with the adversary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Whether the adversary knows that the fact is true, or knows that it is not.
    pub known: bool,
    /// Whether that breaks the claim.
    pub breaks: bool,
    /// The sentence that says which.
    pub says: String,
    /// Where it cannot be told: a run that looks the same and in which it is otherwise, step by step, also where nothing
    /// happens in it. Empty where it is known.
    pub other: Vec<String>,
}

/// Searches the whole scope of the trace's claim, after which [`knows`] can say what is known in any state of it.
///
/// It takes the memory of all states of the scope for as long as it is kept.
///
/// # Errors
/// A sentence: the claim is not about knowledge, or a limit ended the search.
pub fn insight(
    replayed: &Replayed,
    limits: &Limits,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Insight, String> {
    let cell = replayed.trace.cell().map_err(|error| error.to_string())?;
    let options = Options { limits: limits.clone(), ..replayed.trace.options() };
    Insight::search(&cell, &options, tell)
}

/// Whether a way can be gone, and so asked about, before anything is searched for it.
///
/// # Errors
/// As of [`ways`](crate::ways::ways).
pub fn can_be_gone(replayed: &Replayed, left: Left<'_>) -> Result<(), TraceError> {
    gone(replayed, left).map(drop)
}

/// What the adversary knows where a way leads.
///
/// # Errors
/// As of [`ways`](crate::ways::ways).
pub fn knows(replayed: &Replayed, insight: &Insight, left: Left<'_>) -> Result<Knows, TraceError> {
    let new = gone(replayed, left)?;
    let known = insight.known(new.last()?).map_err(TraceError::Internal)?;
    let lines = insight.facts().into_iter().zip(known.standings).map(|(fact, standing)| {
        let clause = fact.clause();
        let says = match (&standing.otherwise, standing.here) {
            (Some(_), _) => format!("The adversary cannot tell whether {clause}."),
            (None, true) => format!("The adversary knows that {clause}."),
            (None, false) => format!("The adversary knows that {}.", fact.opposite()),
        };
        let known = standing.otherwise.is_none();
        let other = standing.otherwise.map(|recipe| steps(replayed, &new.service, recipe));
        Ok(Line { known, breaks: standing.breaks, says, other: other.transpose()?.unwrap_or_default() })
    });
    let lines = lines.collect::<Result<_, TraceError>>()?;
    Ok(Knows { states: insight.states(), alike: known.alike, lines })
}

/// A run in sentences, what was before it first. A run without steps says so: it is as good a run as any.
fn steps(replayed: &Replayed, service: &Arc<Service>, recipe: Recipe) -> Result<Vec<String>, TraceError> {
    let states = service.replay(&recipe.past, &recipe.actions);
    let states =
        states.map_err(|step| TraceError::Internal(format!("step {step} of a run does not replay")))?;
    let run =
        ReplayedRun { service: Arc::clone(service), past: recipe.past, actions: recipe.actions, states };
    let told = told(&Telling { replayed }, &run, String::new(), None);
    let still = match (told.steps.is_empty(), told.before.is_empty()) {
        (true, true) => Some("Nothing at all happens."),
        (true, false) => Some("After that nothing happens."),
        (false, _) => None,
    };
    let steps = told.steps.into_iter().map(|step| step.says);
    Ok(told.before.into_iter().chain(steps).chain(still.map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Trace, replay};

    #[test]
    fn a_run_in_which_nothing_happens_is_told_as_one() {
        let stored = include_bytes!("../gallery/a-row-and-its-innocent-cause.json");
        let trace = Trace::read(stored, "the gallery's").expect("it is a trace");
        let replayed = replay(&trace, false).expect("it replays");
        let (service, past) = (&replayed.runs[0].service, replayed.runs[0].past.clone());
        let still = steps(&replayed, service, Recipe { past, actions: Vec::new() }).expect("it replays");
        assert_eq!(still, ["Nothing at all happens."]);
    }
}
