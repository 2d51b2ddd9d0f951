//! **What happens in a step, found by comparing the states before and after it.**
//!
//! What somebody *could* see of a step is asked of a copy of the model in which everybody remembers: the step is taken
//! there once more, from an empty memory, and what the copy remembers is what happened. The run itself remembers only
//! what its claim needs.
//!
//! A run leaves out what its claim does not read, such as the logs. [`shown`] takes it again with nothing left out,
//! for readers who want to see the rest as well.

use super::calendar::{Day, Now, days};
use crate::replay::ReplayedRun;
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::row::{Row, Rows};
use mailcover_model::scope::Scope;
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::{Part, Slice};
use mailcover_model::state::State;
use std::sync::Arc;

/// One step: the action, the states around it, and what happened.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) action: Action,
    pub(crate) before: State,
    pub(crate) after: State,
    /// The day on which it begins.
    pub(crate) day: Day,
    /// The day on which it ends: another only where the action turns the day.
    pub(crate) next_day: Day,
    /// What happened, as a row each.
    pub(crate) happened: Vec<Row>,
    /// The rows that logs recorded.
    pub(crate) recorded: Vec<Row>,
    /// The rows that logs deleted, as they were on the day before.
    pub(crate) purged: Vec<Row>,
    /// Where these stood among the rows of the state before.
    pub(crate) purged_at: Vec<usize>,
    /// The rows that the investigator was given.
    pub(crate) disclosed: Vec<Row>,
}

impl Scene {
    /// The state after it, and its day.
    pub(crate) const fn now(&self) -> Now<'_> {
        Now { state: &self.after, day: self.next_day }
    }
}

/// The scenes of what happened before the run, and of the run.
#[derive(Debug)]
pub(crate) struct Scenes {
    pub(crate) past: Vec<Scene>,
    pub(crate) run: Vec<Scene>,
}

/// The scenes of the run as its claim takes it.
pub(crate) fn scenes(run: &ReplayedRun) -> Scenes {
    let service = Arc::clone(&run.service);
    let mut state = State::empty(service.scope().past);
    let mut before = vec![state];
    for &action in &run.past {
        let Some(next) = service.step(&state, action) else { break };
        before.push(next);
        state = next;
    }
    Stage::new(service, before, run.states.clone()).scenes(run)
}

/// A run as readers are shown it.
pub(crate) struct Shown {
    /// The model: with nothing left out, where the run can be taken so.
    pub(crate) service: Arc<Service>,
    /// The states of the run in that model.
    pub(crate) states: Vec<State>,
    /// Its scenes.
    pub(crate) scenes: Scenes,
}

/// What is said of a run in which something is missing that the claim does not read.
pub(crate) const LEFT_OUT: &str = "This run cannot be taken with nothing left out, so what the claim does not read is missing \
                                   here: perhaps logs, and what devices remember.";

impl Shown {
    /// Whether something is missing that the claim does not read.
    pub(crate) fn lacks_something(&self) -> bool {
        !self.service.setup().slice.parts.is_superset(EnumSet::all())
    }
}

/// The run with nothing left out; or as its claim takes it, where it cannot be taken so, or something else would happen in it.
pub(crate) fn shown(run: &ReplayedRun) -> Shown {
    in_full(run).unwrap_or_else(|| Shown {
        service: Arc::clone(&run.service),
        states: run.states.clone(),
        scenes: scenes(run),
    })
}

fn in_full(run: &ReplayedRun) -> Option<Shown> {
    if super::story::asked_on_the_eve(&run.service) {
        return None;
    }
    let service = Arc::new(whole(&run.service)?);
    let forget = |mut state: State| {
        state.memory = Rows::default();
        state
    };
    let take = |state: &State, action: Action| service.step(state, action).map(forget);
    let mut past = vec![State::empty(run.service.scope().past)];
    for &action in &run.past {
        past.push(take(past.last()?, action)?);
    }
    let mut states = vec![forget(service.start(*past.last()?))];
    for &action in &run.actions {
        states.push(take(states.last()?, action)?);
    }
    if states.iter().chain(&past).any(|state| !state.outgrown.is_empty()) {
        return None;
    }
    let stage = Stage::new(Arc::clone(&service), past, states.clone());
    let full = stage.scenes(run);
    let own = scenes(run);
    let same = |left: &[Scene], right: &[Scene]| {
        left.iter()
            .zip(right)
            .all(|(left, right)| left.happened == right.happened && left.after.day == right.after.day)
    };
    let agree = same(&own.past, &full.past) && same(&own.run, &full.run);
    agree.then_some(Shown { service, states, scenes: full })
}

/// A run's states before and after each of its actions, and who watches them.
pub(crate) struct Stage {
    service: Arc<Service>,
    attentive: Service,
    past: Vec<State>,
    run: Vec<State>,
}

impl Stage {
    /// The stage of a run of this model, with the states of its past and its own.
    pub(crate) fn new(service: Arc<Service>, past: Vec<State>, run: Vec<State>) -> Self {
        Self { attentive: service.with_all_watching(), service, past, run }
    }

    fn scenes(&self, run: &ReplayedRun) -> Scenes {
        let all = |actions: &[Action], states: &[State]| {
            let moments: Vec<_> = states.iter().copied().zip(days(&self.service, states, actions)).collect();
            let pairs = moments.iter().zip(moments.iter().skip(1));
            actions
                .iter()
                .zip(pairs)
                .map(|(&action, (&before, &after))| self.scene(action, before, after))
                .collect()
        };
        Scenes { past: all(&run.past, &self.past), run: all(&run.actions, &self.run) }
    }

    /// The scene of a single step, with the states around it and their days.
    pub(crate) fn scene(
        &self,
        action: Action,
        (before, day): (State, Day),
        (after, next_day): (State, Day),
    ) -> Scene {
        let remembered = remembered(&self.attentive, &before, action);
        let (disclosed, happened) = remembered.into_iter().partition(|row| row.disclosed());
        let (recorded, purged_at) = logs(&self.service, &before, &after, action);
        let purged = purged_at.iter().map(|&at| before.rows.as_slice()[at]).collect();
        Scene { action, before, after, day, next_day, happened, recorded, purged, purged_at, disclosed }
    }
}

/// The same model with nothing left out, and everybody remembering; `None` where the periods of all its parts together
/// cannot be counted.
fn whole(service: &Service) -> Option<Service> {
    let setup = Setup { remember: EnumSet::all(), slice: Slice::whole(), ..service.setup().clone() };
    let scope = Scope { narrower: None, ..service.scope().clone() };
    Service::without_pasts(Arc::new(service.design().clone()), scope, setup).ok()
}

/// What everybody together remembers of the step.
fn remembered(model: &Service, before: &State, action: Action) -> Vec<Row> {
    let mut empty = *before;
    empty.memory = Rows::default();
    model.step(&empty, action).map_or_else(Vec::new, |after| after.memory.as_slice().to_vec())
}

/// Whether the run keeps the logs at all.
pub(crate) fn keeps_logs(service: &Service) -> bool {
    service.setup().slice.parts.contains(Part::Logs)
}

/// The rows recorded in a step, and where the rows that were purged in it had stood.
fn logs(service: &Service, before: &State, after: &State, action: Action) -> (Vec<Row>, Vec<usize>) {
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
    for (at, &row) in old.iter().enumerate() {
        let aged = row.aged(row.age() + days);
        match rest {
            [kept, others @ ..] if *kept == aged || *kept == aged.thawed() => rest = others,
            _ => purged.push(at),
        }
    }
    (rest.to_vec(), purged)
}
