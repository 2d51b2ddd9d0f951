//! **What happens in a step, found by comparing the states before and after it.**
//!
//! What somebody *could* see of a step is asked of a copy of the model in which everybody remembers: the step is taken
//! there once more, from an empty memory, and what the copy remembers is what happened. The run itself remembers only
//! what its claim needs.

use crate::replay::ReplayedRun;
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::row::{Row, Rows};
use mailcover_model::scope::Scope;
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::Part;
use mailcover_model::state::{Budget, State};
use std::sync::Arc;

/// One step: the action, the states around it, and what happened.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub(super) action: Action,
    pub(super) before: State,
    pub(super) after: State,
    /// What happened, as a row each.
    pub(super) happened: Vec<Row>,
    /// The rows that logs recorded.
    pub(super) recorded: Vec<Row>,
    /// The rows that logs deleted, as they were on the day before.
    pub(super) purged: Vec<Row>,
}

/// The scenes of what happened before the run, and of the run.
#[derive(Debug)]
pub(super) struct Scenes {
    pub(super) past: Vec<Scene>,
    pub(super) run: Vec<Scene>,
}

pub(super) fn scenes(run: &ReplayedRun) -> Scenes {
    let attentive = attentive(&run.service);
    let of = |action: Action, before: State, after: State| {
        let happened = attentive.as_ref().map_or_else(Vec::new, |model| happened(model, &before, action));
        let (recorded, purged) = logs(&run.service, &before, &after, action);
        Scene { action, before, after, happened, recorded, purged }
    };
    let mut state = State::empty(run.service.scope().past);
    let mut past = Vec::new();
    for &action in &run.past {
        let Some(next) = run.service.step(&state, action) else { break };
        past.push(of(action, state, next));
        state = next;
    }
    let pairs = run.states.iter().zip(run.states.iter().skip(1));
    let scenes = run.actions.iter().zip(pairs).map(|(&action, (&before, &after))| of(action, before, after));
    Scenes { past, run: scenes.collect() }
}

/// The same model with everybody remembering. Its own past is left out, since it only takes single steps.
fn attentive(service: &Service) -> Option<Service> {
    let scope = service.scope();
    let past = Budget { sends: scope.past.sends, ..Budget::default() };
    let setup = Setup { remember: EnumSet::all(), ..service.setup().clone() };
    Service::new(Arc::new(service.design().clone()), Scope { past, ..scope.clone() }, setup).ok()
}

fn happened(model: &Service, before: &State, action: Action) -> Vec<Row> {
    let mut empty = *before;
    empty.memory = Rows::default();
    let after = model.step(&empty, action);
    after.map_or_else(Vec::new, |after| {
        after.memory.as_slice().iter().copied().filter(|row| !row.disclosed()).collect()
    })
}

/// Whether the run keeps the logs at all.
pub(super) fn keeps_logs(service: &Service) -> bool {
    service.setup().slice.parts.contains(Part::Logs)
}

/// The rows recorded and the rows purged in a step.
fn logs(service: &Service, before: &State, after: &State, action: Action) -> (Vec<Row>, Vec<Row>) {
    let (old, new) = (before.rows.as_slice(), after.rows.as_slice());
    if !keeps_logs(service) {
        return (Vec::new(), Vec::new());
    }
    if !matches!(action, Action::Turn { .. }) {
        return (new.get(old.len()..).unwrap_or_default().to_vec(), Vec::new());
    }
    let days = u16::from(after.day.saturating_sub(before.day).max(1));
    let mut rest = new;
    let mut purged = Vec::new();
    for &row in old {
        let aged = row.aged(row.age() + days);
        match rest {
            [kept, others @ ..] if *kept == aged || *kept == aged.freeze(false) => rest = others,
            _ => purged.push(row),
        }
    }
    (rest.to_vec(), purged)
}
