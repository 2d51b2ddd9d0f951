//! **The two engines, made to do the same work: every reachable state of one model, on one thread.**
//!
//! Left out: what each engine does with the states afterwards. Freeing them is not timed either.

use mailcover_checker::{Exploration, Limits, explore};
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use stateright::{Checker, Model, Property};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a search counted. Two engines that saw the same model agree on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// How many different states were seen.
    pub(crate) states: usize,
    /// How many transitions were taken, those into known states included.
    pub(crate) transitions: usize,
}

/// Searches with the plain sequential explorer.
pub(crate) fn plain(service: &Service) -> (Duration, Counts, Exploration<State>) {
    let began = Instant::now();
    let found = explore(service, &Limits::default(), &mut |_| {});
    let took = began.elapsed();
    (took, Counts { states: found.unique_states(), transitions: found.generated() }, found)
}

/// Searches with stateright's breadth-first checker.
pub(crate) fn stateright(service: &Arc<Service>) -> (Duration, Counts) {
    let model = Unstopped(Arc::clone(service));
    let began = Instant::now();
    let checker = model.checker().threads(1).spawn_bfs().join();
    let took = began.elapsed();
    // stateright counts the initial states with the transitions.
    let transitions = checker.state_count() - service.init_states().len();
    (took, Counts { states: checker.unique_state_count(), transitions })
}

/// The model with one property that is never discovered: without any, stateright stops at the first state.
struct Unstopped(Arc<Service>);

impl Model for Unstopped {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.0.init_states()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.0.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("never discovered", |_, _| true)]
    }
}
