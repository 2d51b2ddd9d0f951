//! **What a model must say about itself before anybody's knowledge can be computed.**
//!
//! A [`stateright::Model`] says what may happen. [`Epistemic`] adds what it leaves open: what each observer sees of a
//! state, which actions the world cannot put off for ever, and which states a bound of the scope cuts short. Only the first
//! must be said.
//!
//! Left out: how views are formed. The checker compares views and never looks inside one, so two
//! views must be equal exactly when their holder cannot tell them apart.

use std::fmt::Debug;
use std::hash::Hash;

use stateright::Model;

/// A model whose author says what observers see.
///
/// States and actions must be comparable and printable: exact comparison is what makes the search
/// exact, and a counterexample that cannot be printed helps nobody.
pub trait Epistemic: Model<State: Clone + Eq + Hash + Debug, Action: Clone + Eq + Hash + Debug> {
    /// Names one of those who see.
    type Observer: Copy + Eq + Debug;

    /// All that an observer holds. `Eq`, `Ord` and `Hash` must agree on what is equal: one engine compares views, the other
    /// their hashes.
    type View: Ord + Hash + Clone;

    /// What `observer` holds in `state`.
    fn view(&self, observer: Self::Observer, state: &Self::State) -> Self::View;

    /// Whether machinery (not a person) takes this action, so that it cannot be put off for ever.
    fn fair(&self, _action: &Self::Action) -> bool {
        false
    }

    /// Whether a bound of the scope, and not the protocol, removed an action in this state.
    /// Such a state is no dead end.
    fn cut(&self, _state: &Self::State) -> bool {
        false
    }

    /// How states become numbers, if the author says so: see [`Packing`].
    fn packing(&self) -> Option<Packing> {
        None
    }

    /// The state as a number of as many bits as [`Self::packing`] says, and never that of another state.
    ///
    /// It is asked for only if there is a packing.
    fn packed(&self, _state: &Self::State) -> u128 {
        0
    }
}

/// How states become numbers.
///
/// The dataflow engine then tells states apart by these numbers and not by keys that were made by hashing: no two are ever
/// taken for one. With up to 48 bits it is also faster, and holds less. What changes in few steps belongs into the high
/// bits: states that differ only in the low ones are expanded one after the other, and their common successors noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packing {
    pub(crate) bits: u32,
    pub(crate) kept_together: u32,
}

impl Packing {
    /// Numbers of so many bits, at most 128.
    #[must_use]
    pub fn of_bits(bits: u32) -> Self {
        Packing { bits, kept_together: 0 }
    }

    /// States that differ only in so many of the lowest bits are kept by the same worker, so that a step that changes only
    /// these need not be told to another. The bits above must take many values, or some workers have little to do.
    #[must_use]
    pub fn keeping_together(self, low_bits: u32) -> Self {
        Packing { kept_together: low_bits, ..self }
    }
}
