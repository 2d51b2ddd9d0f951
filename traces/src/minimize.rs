//! **A smaller trace that shows the same: shortest, then fewest actors, then fewest kinds of action, then earliest.**
//!
//! Where the evidence ends in a state that can be recognised, all runs of the scope are searched, layer by layer, for the
//! best that ends in such a state ([`search`]). Where it cannot, as in a lasso, or where the search would outgrow its
//! limit, actions are left out as long as the trace still replays and still shows what it did. Either way the result is
//! replayed before it is returned, and the same trace always gives the same result.

pub(crate) mod search;

use crate::error::TraceError;
use crate::replay::{Replayed, replay};
use crate::tell::words::count;
use crate::trace::Trace;
use mailcover_model::state::State;
use mailcover_properties::check::same_view;
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Evidence, Recipe, Verdict};
use search::Search;

/// A trace made smaller.
#[derive(Debug, Clone)]
pub struct Minimized {
    /// The trace, which replays.
    pub trace: Trace,
    /// In one sentence, what was done and how sure it is that nothing smaller would do.
    pub done: String,
}

/// A smaller trace that shows the same; the search holds at most so many states.
///
/// # Errors
/// When the trace does not replay to begin with.
pub fn minimize(trace: &Trace, most: usize) -> Result<Minimized, TraceError> {
    let replayed = replay(trace, false)?;
    let before = length(trace);
    let found = searched(&replayed, most).map(|evidence| trace.with(evidence));
    let (trace, how) = match found.filter(|smaller| replay(smaller, false).is_ok()) {
        Some(smaller) => {
            let pair = matches!(smaller.evidence, Evidence::Twin { .. } | Evidence::Class { .. });
            let among = if pair {
                "no shorter run ends in what the adversary holds here"
            } else {
                "no run of the scope is shorter"
            };
            (smaller, format!("all ways of this length or less were searched, and {among}"))
        }
        None => (left_out(trace)?, unsearched(&trace.evidence).to_owned()),
    };
    let steps = |number: usize| count(u32::try_from(number).unwrap_or(u32::MAX), "step");
    let after = length(&trace);
    let done = match after {
        _ if after == before => format!("{} as before: {how}", steps(after)),
        _ => format!("{} instead of {}: {how}", steps(after), steps(before)),
    };
    Ok(Minimized { trace, done })
}

/// What is known of a trace whose runs were not all searched, and why they were not.
const fn unsearched(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Lasso { .. } => {
            "no single step can be left out; of runs that go round, not all are searched, whatever the limit"
        }
        _ => "no single step can be left out, but not all runs were searched",
    }
}

fn length(trace: &Trace) -> usize {
    recipes(&trace.evidence).iter().map(|recipe| recipe.actions.len()).sum()
}

fn recipes(evidence: &Evidence) -> Vec<Recipe> {
    match evidence {
        Evidence::Closure => Vec::new(),
        Evidence::Run(run) | Evidence::Class { run, .. } => vec![run.clone()],
        Evidence::Lasso { stem, cycle } => {
            vec![stem.clone(), Recipe { past: Vec::new(), actions: cycle.clone() }]
        }
        Evidence::Twin { run, twin } => vec![run.clone(), twin.clone()],
    }
}

/// The evidence with other runs, given in the order of [`recipes`].
fn rebuilt(evidence: &Evidence, mut runs: Vec<Recipe>) -> Option<Evidence> {
    let mut next = || if runs.is_empty() { None } else { Some(runs.remove(0)) };
    Some(match evidence {
        Evidence::Closure => return None,
        Evidence::Run(_) => Evidence::Run(next()?),
        Evidence::Class { size, .. } => Evidence::Class { run: next()?, size: *size },
        Evidence::Lasso { .. } => Evidence::Lasso { stem: next()?, cycle: next()?.actions },
        Evidence::Twin { .. } => Evidence::Twin { run: next()?, twin: next()? },
    })
}

/// The best evidence of the same kind that the scope has; `None` where no search can tell.
fn searched(replayed: &Replayed, most: usize) -> Option<Evidence> {
    let trace = &replayed.trace;
    let named = |clause: &str| replayed.facts.iter().find(|fact| fact.clause() == clause);
    let fact = named(&trace.fact)?;
    let run = replayed.runs.first()?;
    let service = run.service.as_ref();
    let best = |at: usize, goal: &dyn Fn(&State) -> bool| {
        let longest = replayed.runs.get(at)?.actions.len();
        Search { service, goal, longest, most }.best()
    };
    let value = |fact: &Fact, state: &State| fact.holds(service, state);
    match (&trace.evidence, trace.kind.as_str(), trace.verdict) {
        (Evidence::Run(_), "always", Verdict::Violated) => {
            Some(Evidence::Run(best(0, &|state| !value(fact, state))?))
        }
        (Evidence::Run(_), "reachable", Verdict::Holds) => {
            Some(Evidence::Run(best(0, &|state| value(fact, state))?))
        }
        (Evidence::Class { size, .. }, ..) => {
            let end = run.states.last()?;
            let alike = |state: &State| same_view(service, &replayed.observers, state, end);
            Some(Evidence::Class { run: best(0, &alike)?, size: *size })
        }
        (Evidence::Twin { .. }, ..) => {
            let end = run.states.last()?;
            let alike = |state: &State| same_view(service, &replayed.observers, state, end);
            let run = best(0, &|state| value(fact, state) && alike(state))?;
            let twin = best(1, &|state| !value(fact, state) && alike(state))?;
            Some(Evidence::Twin { run, twin })
        }
        _ => None,
    }
}

/// The trace without whatever can be left out of it, from the end to the beginning, until nothing more can.
fn left_out(trace: &Trace) -> Result<Trace, TraceError> {
    let mut best = trace.clone();
    loop {
        let before = length(&best);
        let runs = recipes(&best.evidence).len();
        for run in 0..runs {
            let mut size = recipes(&best.evidence)[run].actions.len();
            while size > 0 {
                best = without_pieces(best, run, size);
                size /= 2;
            }
        }
        if length(&best) == before {
            break;
        }
    }
    replay(&best, false).map(|_| best)
}

/// The trace without those pieces of this size, of one run, without which it still shows the same.
fn without_pieces(mut best: Trace, run: usize, size: usize) -> Trace {
    let mut end = recipes(&best.evidence)[run].actions.len();
    while end > 0 {
        let begin = end.saturating_sub(size);
        let mut runs = recipes(&best.evidence);
        runs[run].actions.drain(begin..end);
        let smaller = rebuilt(&best.evidence, runs).map(|evidence| best.with(evidence));
        if let Some(smaller) = smaller.filter(|smaller| replay(smaller, false).is_ok()) {
            best = smaller;
        }
        end = begin;
    }
    best
}
