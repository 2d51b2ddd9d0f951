//! **The pasts that a design's own rules can leave behind.**
//!
//! The service is older than the run. Its caches are warm, registrations have come and gone, rows are young and old.
//! A free choice of such conditions would be wrong: a warm cache without the row that its lookup left would hand an
//! observer's class a twin that no history explains. So the rules themselves are run for some days from the empty
//! world, under bounds of their own, and every state in which that prologue ends begins a run.

use crate::action::Action;
use crate::row::Row;
use crate::service::{Service, SetupError};
use crate::state::{Budget, State};
use crate::world::User;
use indexmap::{IndexMap, IndexSet};

/// States in which prologues end, whatever was left of their bounds.
pub(crate) type Ends = IndexSet<State, foldhash::fast::FixedState>;

/// All states of a prologue, each with the one before it on a shortest way and the action in between.
type Prologue = IndexMap<State, Option<(usize, Action)>, foldhash::fast::FixedState>;

/// Finds the initial states, each with a shortest prologue that leads to it.
pub(crate) fn begin(service: &mut Service, limit: usize) -> Result<(), SetupError> {
    service.narrower = narrower(service, limit)?;
    let found = explore(service, State::empty(service.scope().past), limit)?;
    let mut initial: IndexMap<State, Vec<Action>, foldhash::fast::FixedState> = IndexMap::default();
    for (at, state) in found.keys().enumerate() {
        if state.day >= service.past_days() {
            initial.entry(service.start(*state)).or_insert_with(|| prologue(&found, at));
        }
    }
    let (states, pasts) = initial.into_iter().unzip();
    service.set_pasts(states, pasts);
    Ok(())
}

/// Where the prologues of the narrower scope end, if this one was widened. Of a longer past they are those that begin
/// with days on which nothing happens.
fn narrower(service: &Service, limit: usize) -> Result<Option<Ends>, SetupError> {
    let Some(past) = &service.scope().narrower else { return Ok(None) };
    let mut begin = State::empty(past.bounds);
    begin.day = service.scope().past_days.saturating_sub(past.days);
    let found = explore(service, begin, limit)?;
    let ended = found.into_keys().filter(|state| state.day >= service.past_days());
    Ok(Some(ended.map(without_bounds).collect()))
}

fn without_bounds(mut state: State) -> State {
    state.budget = Budget::default();
    state
}

/// All states that a prologue can pass through which begins here.
fn explore(service: &Service, begin: State, limit: usize) -> Result<Prologue, SetupError> {
    let mut found = Prologue::default();
    found.insert(begin, None);
    let mut at = 0;
    while let Some((&state, _)) = found.get_index(at) {
        let over = state.day >= service.past_days();
        for &action in service.all_actions().iter().filter(|_| !over) {
            let Some(next) = service.step(&state, action) else { continue };
            if !next.outgrown.is_empty() {
                return Err(SetupError::Outgrown(next.outgrown));
            }
            found.entry(next).or_insert(Some((at, action)));
        }
        if found.len() > limit {
            return Err(SetupError::PastTooLarge(limit));
        }
        at += 1;
    }
    Ok(found)
}

impl Service {
    /// The run that begins where this prologue ends: on day 0, with the run's own bounds.
    #[must_use]
    pub fn start(&self, past: State) -> State {
        let mut state = past;
        (state.day, state.prologue, state.budget) = (0, false, self.scope().bounds);
        state.widened_past = self.narrower.as_ref().is_some_and(|ends| !ends.contains(&without_bounds(past)));
        if self.design().legal.preservation_in_force {
            self.freeze(&mut state, User::Alice);
            self.observe(&mut state, Row::of(crate::row::Kind::Preserved).to(User::Alice.address()));
        }
        state
    }

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
        state = self.start(state);
        let mut states = vec![state];
        for (at, &action) in actions.iter().enumerate() {
            let listed = |_: &State| self.all_actions().contains(&action);
            state = self.step(&state, action).filter(listed).ok_or(past.len() + at)?;
            states.push(state);
        }
        Ok(states)
    }
}

fn prologue(found: &Prologue, mut at: usize) -> Vec<Action> {
    let mut actions = Vec::new();
    while let Some((_, Some((before, action)))) = found.get_index(at) {
        actions.push(*action);
        at = *before;
    }
    actions.reverse();
    actions
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use enumset::EnumSet;

    use crate::design::library;
    use crate::scope::Scope;
    use crate::service::{Setup, SetupError};
    use crate::slice::Slice;
    use crate::world::Device;

    use super::*;

    #[test]
    fn a_past_may_have_as_many_states_as_the_limit_and_no_more() {
        let design = library::load("imessage-2016").expect("the design is the library's own");
        let setup = Setup {
            powers: EnumSet::empty(),
            remember: EnumSet::empty(),
            track: EnumSet::empty(),
            slice: Slice::whole(),
            flaw: None,
        };
        let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
        (scope.past_days, scope.past.registrations) = (2, 1);
        let mut service = Service::without_pasts(Arc::new(design), scope, setup).expect("it fits");
        let many = explore(&service, State::empty(service.scope().past), usize::MAX).expect("no limit").len();
        assert!(many > 3, "{many}");
        assert!(begin(&mut service, many).is_ok());
        assert!(
            matches!(begin(&mut service, many - 1), Err(SetupError::PastTooLarge(limit)) if limit == many - 1)
        );
    }
}
