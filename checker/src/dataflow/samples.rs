//! **A few of the states, asked twice and kept, to find a model that does not answer alike, or does not tell states apart.**
//!
//! Left out: proof. A `Hash` or a packing that leaves out a part of the state is found soon, since it makes one of a state
//! and its successor; one that takes two of millions for one may not be.

use std::collections::HashMap;
use std::fmt::Debug;

use foldhash::fast::FixedState;

use crate::dataflow::fingerprint::Key;
use crate::dataflow::name::{Name, Naming};
use crate::dataflow::plan::Plan;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::sanity;

/// One state in so many is a sample.
const SAMPLED: u64 = 1 << 12;

/// The samples of one worker.
pub(crate) struct Samples<S> {
    states: HashMap<Key, S, FixedState>,
}

impl<S: Clone + Eq + Debug> Samples<S> {
    pub(crate) fn new() -> Self {
        Samples { states: HashMap::default() }
    }

    /// Whether the state with this [`Name::spread`] is a sample.
    #[inline]
    pub(crate) fn include(spread: u64) -> bool {
        (spread >> 16).is_multiple_of(SAMPLED)
    }

    /// Compares a state with the one of the same name that was there before.
    #[cold]
    pub(crate) fn compare(&mut self, key: Key, state: &S) -> Result<(), Error> {
        let known = self.states.entry(key).or_insert_with(|| state.clone());
        if known == state {
            return Ok(());
        }
        Err(Error::SameKey { one: format!("{known:?}"), other: format!("{state:?}") })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.states.capacity() * (size_of::<(Key, S)>() + 1) * 8 / 7
    }
}

/// Asks the model twice about a state, and whether its successors are told apart, from it and from each other.
#[cold]
pub(crate) fn examine<M: Epistemic, N: Name>(
    model: &M,
    naming: Naming,
    plan: &Plan<M>,
    state: &M::State,
) -> Result<(), Error> {
    let observers = plan.coalitions.iter().flat_map(|coalition| coalition.members.iter());
    sanity::same_answers(model, state, observers.copied())?;
    let mut actions = Vec::new();
    model.actions(state, &mut actions);
    let successors = actions.into_iter().filter_map(|action| model.next_state(state, action));
    let mut around = Samples::new();
    for state in std::iter::once(state.clone()).chain(successors) {
        if let Some(name) = N::of(naming, model, &state) {
            around.compare(name.key(), &state)?;
        }
    }
    Ok(())
}
