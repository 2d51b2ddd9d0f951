//! **Which states look the same, found by comparing whole views.**
//!
//! A coalition's view is the tuple of its members' views. States with equal views get the same
//! number.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::FixedState;

use crate::epistemic::Epistemic;
use crate::exploration::Exploration;

/// The class of each state, numbered in the order of discovery.
pub(crate) fn class_per_state<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    coalition: &[M::Observer],
) -> Vec<u32> {
    if let [only] = coalition {
        return number(exploration.states().map(|state| model.view(*only, state)));
    }
    number(exploration.states().map(|state| views_of(model, coalition, state)))
}

/// What each member of a coalition holds in a state.
pub(crate) fn views_of<M: Epistemic>(model: &M, coalition: &[M::Observer], state: &M::State) -> Vec<M::View> {
    coalition.iter().map(|member| model.view(*member, state)).collect()
}

/// Equal keys get equal numbers, counted from zero in the order of first sight.
fn number<K: Hash + Eq>(keys: impl Iterator<Item = K>) -> Vec<u32> {
    let mut numbers: HashMap<K, u32, FixedState> = HashMap::default();
    keys.map(|key| {
        let next = numbers.len() as u32;
        *numbers.entry(key).or_insert(next)
    })
    .collect()
}
