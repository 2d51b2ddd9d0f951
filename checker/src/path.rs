//! **A run of a model, re-executed while it is written down.**
//!
//! The explorer remembers for each state only its predecessor. A [`Path`] is made by asking the
//! model again for each action and each state, so that a path that exists has been replayed.

use stateright::Model;

use crate::epistemic::Epistemic;
use crate::error::Nondeterminism;

/// A run: where it starts, the actions taken, and the states passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<S, A> {
    /// The index of the first state in `Model::init_states`.
    ///
    /// The cycle of a lasso starts elsewhere; it repeats the index of its stem.
    pub initial: usize,
    /// The actions, in order.
    pub actions: Vec<A>,
    /// The states, one more than the actions.
    pub states: Vec<S>,
}

/// The run of a given model.
pub type PathOf<M> = Path<<M as Model>::State, <M as Model>::Action>;

impl<S, A> Path<S, A> {
    /// The number of actions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether the run takes no action.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Where the run ends.
    #[must_use]
    pub fn last(&self) -> Option<&S> {
        self.states.last()
    }
}

impl<S: Clone + Eq, A: Clone> Path<S, A> {
    /// Starts at the given state, wherever `init_states` has it.
    pub(crate) fn start<M>(model: &M, first: &S) -> Result<Self, Nondeterminism>
    where
        M: Epistemic<State = S, Action = A>,
    {
        let found = model.init_states().into_iter().position(|state| state == *first);
        let initial = found.ok_or_else(|| Nondeterminism {
            what: "an initial state is no longer one",
            state: Some(format!("{first:?}")),
            action: None,
        })?;
        Ok(Path { initial, actions: Vec::new(), states: vec![first.clone()] })
    }

    /// Adds the first action that leads to `target`.
    pub(crate) fn step_to<M>(&mut self, model: &M, target: &S) -> Result<(), Nondeterminism>
    where
        M: Epistemic<State = S, Action = A>,
    {
        let mut actions = Vec::new();
        let Some(from) = self.states.last() else {
            return Ok(());
        };
        model.actions(from, &mut actions);
        let leads_there = |action: &A| model.next_state(from, action.clone()).as_ref() == Some(target);
        let Some(action) = actions.into_iter().find(leads_there) else {
            return Err(Nondeterminism {
                what: "no action leads any more to a state that one led to",
                state: Some(format!("{from:?}")),
                action: None,
            });
        };
        self.actions.push(action);
        self.states.push(target.clone());
        Ok(())
    }

    /// Adds `action`, which must lead to `target`.
    pub(crate) fn step_by<M>(&mut self, model: &M, action: &A, target: &S) -> Result<(), Nondeterminism>
    where
        M: Epistemic<State = S, Action = A>,
    {
        let Some(from) = self.states.last() else {
            return Ok(());
        };
        if model.next_state(from, action.clone()).as_ref() != Some(target) {
            return Err(Nondeterminism {
                what: "the next state differs",
                state: Some(format!("{from:?}")),
                action: Some(format!("{action:?}")),
            });
        }
        self.actions.push(action.clone());
        self.states.push(target.clone());
        Ok(())
    }
}
