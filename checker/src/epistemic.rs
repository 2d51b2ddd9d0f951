//! **What a model must say about itself before anybody's knowledge can be computed.**
//!
//! A [`stateright::Model`] says what may happen. [`Epistemic`] adds the two things that it leaves
//! open: what each observer sees of a state, and which actions the world cannot put off for ever.
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

    /// All that an observer holds.
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
}
