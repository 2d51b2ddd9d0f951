//! **The pasts that a design's own rules can leave behind.**
//!
//! The service is older than the run. Its caches are warm, registrations have come and gone, rows are young and old.
//! A free choice of such conditions would be wrong: a warm cache without the row that its lookup left would hand an
//! observer's class a twin that no history explains. So the rules themselves are run for some days from the empty
//! world, under bounds of their own, and every state in which that prologue ends begins a run.

use crate::action::Action;
use crate::row::Row;
use crate::service::{Service, SetupError};
use crate::state::State;
use crate::world::User;
use indexmap::IndexMap;

/// Finds the initial states, each with a shortest prologue that leads to it.
pub(crate) fn begin(service: &mut Service, limit: usize) -> Result<(), SetupError> {
    let empty = State::empty(service.scope().past);
    let mut found: IndexMap<State, Option<(usize, Action)>, foldhash::fast::FixedState> = IndexMap::default();
    found.insert(empty, None);
    let mut at = 0;
    while service.past_days() > 0 && at < found.len() {
        let Some((&state, _)) = found.get_index(at) else { break };
        let over = service.past_days() > 0 && state.day >= service.past_days();
        for &action in service.all_actions().iter().filter(|_| !over) {
            if let Some(next) = service.step(&state, action) {
                found.entry(next).or_insert(Some((at, action)));
            }
        }
        if found.len() > limit {
            return Err(SetupError::PastTooLarge(limit));
        }
        at += 1;
    }
    let mut initial: IndexMap<State, Vec<Action>, foldhash::fast::FixedState> = IndexMap::default();
    for (at, state) in found.keys().enumerate() {
        if state.day >= service.past_days() {
            initial.entry(start(service, *state)).or_insert_with(|| prologue(&found, at));
        }
    }
    let (states, pasts) = initial.into_iter().unzip();
    service.set_pasts(states, pasts);
    Ok(())
}

/// The run begins where the prologue ends: on day 0, with the run's own bounds.
fn start(service: &Service, past: State) -> State {
    let mut state = past;
    (state.day, state.prologue, state.budget) = (0, false, service.scope().bounds);
    let legal = &service.design().legal;
    if legal.preservation_in_force && legal.preservation_days > 0 {
        service.freeze(&mut state, User::Alice);
        service.observe(&mut state, Row::of(crate::row::Kind::Preserved).to(User::Alice.address()));
    }
    state
}

impl Service {
    /// Runs a prologue and then a run from the empty world, and returns the states of the run, the initial one first.
    ///
    /// # Errors
    /// The number of the first action that is not possible where it stands: the prologue's are counted first, and the
    /// number of all the prologue's actions stands for a prologue that ends too early or too late.
    pub fn replay(&self, past: &[Action], actions: &[Action]) -> Result<Vec<State>, usize> {
        let older = self.past_days() > 0;
        let mut state = State::empty(self.scope().past);
        for (at, &action) in past.iter().enumerate() {
            let listed = |_: &State| older && self.all_actions().contains(&action);
            state = self.step(&state, action).filter(listed).ok_or(at)?;
        }
        if state.day < self.past_days() {
            return Err(past.len());
        }
        state = start(self, state);
        let mut states = vec![state];
        for (at, &action) in actions.iter().enumerate() {
            let listed = |_: &State| self.all_actions().contains(&action);
            state = self.step(&state, action).filter(listed).ok_or(past.len() + at)?;
            states.push(state);
        }
        Ok(states)
    }
}

fn prologue(
    found: &IndexMap<State, Option<(usize, Action)>, foldhash::fast::FixedState>,
    mut at: usize,
) -> Vec<Action> {
    let mut actions = Vec::new();
    while let Some((_, Some((before, action)))) = found.get_index(at) {
        actions.push(*action);
        at = *before;
    }
    actions.reverse();
    actions
}
