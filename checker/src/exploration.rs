//! **What a search found: every state, how deep it lies, and how it was first reached.**
//!
//! States are numbered in the order in which they were found, breadth first, so that a smaller
//! number never lies deeper. The first state with some property therefore has a shortest run.
//!
//! Left out: edges. They are found again by re-execution when somebody needs them; see
//! [`crate::Graph`].

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::limits::{Completion, Limit};
use crate::path::{Path, PathOf};

/// The predecessor of a state that has none.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The reachable states of a model, or as many of them as the limits allowed.
#[derive(Clone, Debug)]
pub struct Exploration<S> {
    pub(crate) states: IndexSet<S, FixedState>,
    pub(crate) predecessors: Vec<u32>,
    pub(crate) layer_starts: Vec<usize>,
    pub(crate) layers: Vec<usize>,
    pub(crate) generated: usize,
    pub(crate) completion: Completion,
}

impl<S> Exploration<S> {
    /// Whether every reachable state was seen.
    #[must_use]
    pub fn complete(&self) -> Completion {
        self.completion
    }

    /// What stopped the search, if anything did.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.completion.limit()
    }

    /// How many different states were kept.
    #[must_use]
    pub fn unique_states(&self) -> usize {
        self.states.len()
    }

    /// How many transitions were taken, those into known states and self-loops included.
    #[must_use]
    pub fn generated(&self) -> usize {
        self.generated
    }

    /// How many states were found at each depth.
    #[must_use]
    pub fn layers(&self) -> &[usize] {
        &self.layers
    }

    /// The depth of the deepest state.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.layers.len().saturating_sub(1)
    }

    /// The state with this number.
    #[must_use]
    pub fn state(&self, id: usize) -> Option<&S> {
        self.states.get_index(id)
    }

    /// All states, in the order of their numbers.
    pub fn states(&self) -> impl ExactSizeIterator<Item = &S> {
        self.states.iter()
    }

    /// How many actions a shortest run to this state takes.
    #[must_use]
    pub fn depth_of(&self, id: usize) -> Option<usize> {
        if id >= self.states.len() {
            return None;
        }
        self.layer_starts.partition_point(|start| *start <= id).checked_sub(1)
    }

    /// The state from which this one was first found; none for an initial state.
    #[must_use]
    pub fn predecessor_of(&self, id: usize) -> Option<usize> {
        let predecessor = *self.predecessors.get(id)?;
        (predecessor != NOBODY).then_some(predecessor as usize)
    }

    /// The bytes that the states, their predecessors and their index take.
    #[must_use]
    pub fn memory(&self) -> usize {
        bytes_for::<S>(self.states.capacity())
    }

    /// A shortest run to the state with this number, re-executed.
    ///
    /// # Errors
    ///
    /// There may be no such state, or the model may not repeat what it did.
    pub fn path_to<M>(&self, model: &M, id: usize) -> Result<PathOf<M>, Error>
    where
        M: Epistemic<State = S>,
    {
        let mut chain = vec![id];
        let mut at = id;
        while let Some(predecessor) = self.predecessor_of(at) {
            chain.push(predecessor);
            at = predecessor;
        }
        let missing = || Error::NoSuchState { id, states: self.states.len() };
        let mut path = Path::start(model, self.state(at).ok_or_else(missing)?)?;
        for id in chain.into_iter().rev().skip(1) {
            path.step_to(model, self.state(id).ok_or_else(missing)?)?;
        }
        Ok(path)
    }

    /// The number of this state.
    #[must_use]
    pub fn id_of(&self, state: &S) -> Option<usize>
    where
        S: Eq + std::hash::Hash,
    {
        self.states.get_index_of(state)
    }
}

/// The bytes that room for so many states takes.
///
/// An index set keeps a hash of eight bytes beside each state, and a table of eight-byte indices
/// with a control byte each, a power of two in number and at most seven eighths full.
pub(crate) fn bytes_for<S>(room: usize) -> usize {
    if room == 0 {
        return 0;
    }
    let entry = size_of::<S>() + size_of::<u64>() + size_of::<u32>();
    let slots = (room.saturating_mul(8) / 7 + 1).next_power_of_two();
    room.saturating_mul(entry).saturating_add(slots.saturating_mul(9))
}
