//! **A second opinion: stateright's own breadth-first checker, asked one question.**
//!
//! It shares no code with [`crate::explore`], so that agreement on the number of states and on the
//! verdict means something. stateright's properties are bare function pointers; the model and the
//! condition are therefore wrapped into one type, whose property calls the condition.
//!
//! stateright stops when every property has its discovery. A second property that is never
//! discovered keeps it going, so that the numbers of states can be compared. The price is that it
//! goes on to replace what it has discovered: the run reported is a run, not a shortest one.
//!
//! Left out: liveness. stateright's `eventually` does not look at cycles.

use std::hash::Hash;
use std::sync::Arc;

use stateright::{Checker, Expectation, Model, Property};

/// What stateright found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondOpinion<A> {
    /// How many different states it saw.
    pub unique_states: usize,
    /// Whether it found a counterexample (for [`always`]) or an example (for [`reachable`]).
    pub discovered: bool,
    /// The actions of a run to what it found.
    pub actions: Option<Vec<A>>,
}

/// The name of the property that is asked.
const ASKED: &str = "asked";
/// The name of the property that is never discovered.
const NEVER: &str = "never discovered";

/// Looks for a state in which `condition` is false.
///
/// # Panics
///
/// stateright panics if the model panics, or does not repeat what it did.
pub fn always<M, F>(model: Arc<M>, condition: F, threads: usize) -> SecondOpinion<M::Action>
where
    M: Model<State: Hash + Clone + PartialEq + Send + Sync + 'static> + Send + Sync + 'static,
    M::Action: Clone + PartialEq,
    F: Fn(&M::State) -> bool + Send + Sync + 'static,
{
    ask(Watched { model, condition, expectation: Expectation::Always }, threads)
}

/// Looks for a state in which `condition` is true.
///
/// # Panics
///
/// stateright panics if the model panics, or does not repeat what it did.
pub fn reachable<M, F>(model: Arc<M>, condition: F, threads: usize) -> SecondOpinion<M::Action>
where
    M: Model<State: Hash + Clone + PartialEq + Send + Sync + 'static> + Send + Sync + 'static,
    M::Action: Clone + PartialEq,
    F: Fn(&M::State) -> bool + Send + Sync + 'static,
{
    ask(Watched { model, condition, expectation: Expectation::Sometimes }, threads)
}

fn ask<M, F>(watched: Watched<M, F>, threads: usize) -> SecondOpinion<M::Action>
where
    M: Model<State: Hash + Clone + PartialEq + Send + Sync + 'static> + Send + Sync + 'static,
    M::Action: Clone + PartialEq,
    F: Fn(&M::State) -> bool + Send + Sync + 'static,
{
    let checker = watched.checker().threads(threads.max(1)).spawn_bfs().join();
    let path = checker.discovery(ASKED);
    SecondOpinion {
        unique_states: checker.unique_state_count(),
        discovered: path.is_some(),
        actions: path.map(stateright::Path::into_actions),
    }
}

/// A model together with the question that it is asked.
struct Watched<M, F> {
    model: Arc<M>,
    condition: F,
    expectation: Expectation,
}

impl<M: Model, F: Fn(&M::State) -> bool> Model for Watched<M, F> {
    type State = M::State;
    type Action = M::Action;

    /// stateright numbers initial states in one place after it has dropped those outside the
    /// boundary, and in another before. They are dropped here, so that the numbers agree.
    fn init_states(&self) -> Vec<M::State> {
        let mut states = self.model.init_states();
        states.retain(|state| self.model.within_boundary(state));
        states
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.model.actions(state, actions);
    }

    fn next_state(&self, state: &M::State, action: M::Action) -> Option<M::State> {
        self.model.next_state(state, action)
    }

    fn within_boundary(&self, state: &M::State) -> bool {
        self.model.within_boundary(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property {
                expectation: self.expectation.clone(),
                name: ASKED,
                condition: |watched, state| (watched.condition)(state),
            },
            Property { expectation: Expectation::Always, name: NEVER, condition: |_, _| true },
        ]
    }
}
