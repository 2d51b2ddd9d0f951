//! **Some of the states, asked twice and kept, to find a model that does not answer alike, or does not tell states apart.**
//!
//! The first states that a worker meets are all samples, so that a small model is examined as a whole; of those that follow, one
//! in some thousands is. Of these samples the views are compared as well, each with those of the same hash and with those
//! that it equals.
//!
//! Left out: proof. A `Hash` or a packing that leaves out a part of the state is found soon, since it makes one of a state
//! and its successor; one that takes two of millions for one may not be.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use crate::classes::views_of;
use crate::dataflow::fingerprint::Key;
use crate::dataflow::name::{Name, Naming, SAMPLE_BITS};
use crate::dataflow::plan::{Coalition, Plan};
use crate::dataflow::watcher::class_of;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::sanity;

/// One state in so many is a sample.
const SAMPLED: u64 = 1 << SAMPLE_BITS;
/// So many different states are compared in any case, those that a worker meets first.
const COMPARED: usize = 1 << 10;
/// So many states are examined in any case, those that a worker expands first.
const EXAMINED: usize = 1 << 8;

/// The samples of one worker.
pub(crate) struct Samples<M: Epistemic> {
    states: HashMap<Key, M::State, FixedState>,
    examined: usize,
    /// For each coalition, its views in the states that were examined.
    views: Vec<Views<M>>,
}

/// Views of a coalition, by themselves and by their keys, each with the first state in which they were held.
struct Views<M: Epistemic> {
    keys: BTreeMap<Vec<M::View>, (Key, M::State)>,
    held: HashMap<Key, Held<M>, FixedState>,
}

/// What a coalition holds in a state.
struct Held<M: Epistemic> {
    views: Vec<M::View>,
    state: M::State,
}

impl<M: Epistemic> Samples<M> {
    pub(crate) fn new() -> Self {
        Samples { states: HashMap::default(), examined: 0, views: Vec::new() }
    }

    /// Whether the state with this [`Name::spread`] is a sample, whenever it is met.
    #[inline]
    fn include(spread: u64) -> bool {
        (spread >> 16).is_multiple_of(SAMPLED)
    }

    /// Whether every state that is met is still compared.
    #[inline]
    pub(crate) fn compare_all(&self) -> bool {
        self.states.len() < COMPARED
    }

    /// Whether a state is to be compared that has this [`Name::spread`].
    #[inline]
    pub(crate) fn compares(&self, spread: u64) -> bool {
        self.compare_all() || Self::include(spread)
    }

    /// Whether a state is to be examined that has this [`Name::spread`].
    #[inline]
    pub(crate) fn examines(&self, spread: u64) -> bool {
        self.examined < EXAMINED || Self::include(spread)
    }

    /// Compares a state with the one of the same name that was there before.
    #[cold]
    pub(crate) fn compare(&mut self, key: Key, state: &M::State) -> Result<(), Error> {
        let known = self.states.entry(key).or_insert_with(|| state.clone());
        if known == state {
            return Ok(());
        }
        Err(Error::SameKey { one: format!("{known:?}"), other: format!("{state:?}") })
    }

    /// Asks the model twice about a state, and whether its successors are told apart, from it and from each other, and what is
    /// seen of it from what is seen of others.
    #[cold]
    pub(crate) fn examine<N: Name>(
        &mut self,
        model: &M,
        naming: Naming,
        plan: &Plan<M>,
        state: &M::State,
    ) -> Result<(), Error> {
        self.examined += 1;
        sanity::same_answers(model, state, plan.observers.iter().copied())?;
        let mut actions = Vec::new();
        model.actions(state, &mut actions);
        let successors = actions.into_iter().filter_map(|action| model.next_state(state, action));
        let mut around = Samples::<M>::new();
        for state in std::iter::once(state.clone()).chain(successors) {
            if let Some(name) = N::of(naming, model, &state) {
                around.compare(name.key(), &state)?;
            }
        }
        self.views.resize_with(plan.coalitions.len(), Views::default);
        for (views, coalition) in self.views.iter_mut().zip(&plan.coalitions) {
            views.compare(model, coalition, state)?;
        }
        Ok(())
    }

    /// The bytes that the states take. Of views only a few are kept.
    pub(crate) fn bytes(&self) -> usize {
        self.states.capacity() * (size_of::<(Key, M::State)>() + 1) * 8 / 7
    }
}

impl<M: Epistemic> Default for Views<M> {
    fn default() -> Self {
        Views { keys: BTreeMap::new(), held: HashMap::default() }
    }
}

impl<M: Epistemic> Views<M> {
    /// Compares what the coalition holds in this state with what it held in those before.
    fn compare(&mut self, model: &M, coalition: &Coalition<M>, state: &M::State) -> Result<(), Error> {
        let (key, views) = (class_of(model, coalition, state), views_of(model, &coalition.members, state));
        let other = match (self.keys.get(&views), self.held.get(&key)) {
            (Some((known, other)), _) if *known != key => other,
            (_, Some(held)) if held.views != views => &held.state,
            (Some(_), Some(_)) => return Ok(()),
            _ => {
                self.keys.insert(views.clone(), (key, state.clone()));
                self.held.insert(key, Held { views, state: state.clone() });
                return Ok(());
            }
        };
        Err(Error::UnlikeViews { one: format!("{other:?}"), other: format!("{state:?}") })
    }
}
