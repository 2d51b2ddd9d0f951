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
    let pooled = |state| coalition.iter().map(|member| model.view(*member, state)).collect();
    number(exploration.states().map(pooled).map(|views: Vec<M::View>| views))
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
