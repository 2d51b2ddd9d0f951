//! **Other ways on: what else could happen after a step, and what follows if it does.**

use crate::account::{RunAccount, Telling, told};
use crate::error::{TraceError, no_run, no_step};
use crate::replay::{Replayed, ReplayedRun};
use crate::tell::{acts, outcome};
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_properties::check::same_view;
use mailcover_properties::finding::Evidence;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// The longest way that is gone, in steps after the run is left.
pub const LONGEST: usize = 200;

/// A run that was left after a step, gone on with other actions, and what is possible where it now stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Way {
    /// The run as it is now.
    pub run: RunAccount,
    /// What can be done next.
    pub next: Vec<Next>,
    /// For each run of the trace, whether the adversary holds here exactly what it holds at that run's end; empty where
    /// the claim is not about what somebody holds.
    pub alike: Vec<bool>,
    /// The messages whose texts the adversary can work out here, by number.
    pub known: Vec<usize>,
}

/// An action that is possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Next {
    /// Its number among the actions of the scope.
    pub number: usize,
    /// The action, as a clause.
    pub act: String,
    /// Whether it takes a capability.
    pub power: bool,
    /// Whether the adversary is who has that capability.
    pub by_adversary: bool,
}

/// Where a run is left, and what is done instead.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Which run of the trace.
    pub run: usize,
    /// After which of its steps.
    pub step: usize,
    /// The actions that are taken instead, by their numbers among those of the scope.
    pub actions: &'a [usize],
}

/// Leaves a run of the trace after a step and takes other actions instead.
///
/// # Errors
/// [`TraceError::Absent`] for a run, a step or an action that is not there, and [`TraceError::DoesNotReplay`] for an
/// action that is not possible where it would be taken.
pub fn ways(replayed: &Replayed, left: Left<'_>) -> Result<Way, TraceError> {
    let new = gone(replayed, left)?;
    let service = &new.service;
    let last = new.last()?;
    // A run remembers what somebody saw only where its claim is about that.
    let of_views = matches!(replayed.trace.evidence, Evidence::Twin { .. } | Evidence::Class { .. });
    let alike =
        replayed.runs.iter().filter(|_| of_views).map(|run| {
            run.states.last().is_some_and(|end| same_view(service, &replayed.observers, last, end))
        });
    let honest = last.messages().enumerate().filter(|(_, message)| message.honest());
    let known = honest.filter(|(_, message)| service.knows_body(&replayed.observers, last, message.body()));
    let telling = Telling { replayed };
    Ok(Way {
        next: next(replayed, &new),
        alike: alike.collect(),
        known: known.map(|(at, _)| at + 1).collect(),
        run: told(&telling, &new, "Another way on".to_owned(), None),
    })
}

/// The run up to the step, and then the actions.
pub(crate) fn gone(replayed: &Replayed, left: Left<'_>) -> Result<ReplayedRun, TraceError> {
    let absent = |asked: String, remedy: String| TraceError::Absent { asked, remedy };
    let old = replayed.runs.get(left.run).ok_or_else(|| no_run(left.run, replayed.runs.len()))?;
    if left.step > old.actions.len() {
        return Err(no_step(left.step, old.actions.len()));
    }
    if left.actions.len() > LONGEST {
        let remedy = format!("one has at most {LONGEST}");
        return Err(absent(format!("way of {} steps", left.actions.len()), remedy));
    }
    let service = Arc::clone(&old.service);
    let mut actions = old.actions[..left.step].to_vec();
    let mut states = old.states[..=left.step].to_vec();
    for &number in left.actions {
        let action = *service.all_actions().get(number).ok_or_else(|| {
            absent(format!("action {number}"), "the page lists what is possible".to_owned())
        })?;
        let next = states.last().and_then(|state| possible(&service, state, action));
        let next = next.ok_or_else(|| TraceError::DoesNotReplay {
            run: "on the way".to_owned(),
            step: format!("step {}: {}", actions.len() + 1, acts::plain(&action)),
            why: "the state before it does not allow it".to_owned(),
        })?;
        actions.push(action);
        states.push(next);
    }
    Ok(ReplayedRun { service, past: old.past.clone(), actions, states })
}

/// The state that the action leads to, where it is possible and fits the scope.
fn possible(service: &Service, state: &State, action: Action) -> Option<State> {
    service.step(state, action).filter(|next| next.outgrown.is_empty())
}

fn next(replayed: &Replayed, run: &ReplayedRun) -> Vec<Next> {
    let trace = &replayed.trace;
    let powers =
        trace.design.adversary(&trace.adversary).map_or(EnumSet::empty(), |known| known.capabilities);
    let Some(state) = run.states.last() else { return Vec::new() };
    let all = run.service.all_actions().iter().enumerate();
    let possible = all.filter_map(|(number, action)| {
        let after = possible(&run.service, state, *action)?;
        let power = action.capability();
        Some(Next {
            number,
            act: outcome::act(action, &after, i32::from(after.day) - i32::from(state.day)),
            power: power.is_some(),
            by_adversary: power.is_some_and(|power| powers.contains(power)),
        })
    });
    possible.collect()
}
