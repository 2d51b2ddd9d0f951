//! **What stands for a state: a key made by hashing, or a number that the model's author says how to make.**
//!
//! | the model packs states into | name | told apart |
//! |---|---|---|
//! | nothing | [`Key`], by hashing | almost surely |
//! | more than 48 bits | [`Key`], by a permutation of the number | always |
//! | at most 48 bits | [`Number`] | always |
//!
//! A name tells where a state is kept (see [`Naming::owner`] and [`Name::spread`]), and what is remembered of a predecessor (see [`Address`]).

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::dataflow::fingerprint::Key;
use crate::epistemic::{Epistemic, Packing};
use crate::error::Error;

/// Bits of an [`Address`].
const ADDRESS_BITS: u32 = 48;

/// How the states of a search get their names: by hashing, or as the author says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming(Option<Packing>);

impl Naming {
    pub(crate) fn of<M: Epistemic>(model: &M) -> Result<Self, Error> {
        match model.packing() {
            Some(Packing { bits, .. }) if bits > u128::BITS => Err(Error::Packing { bits, number: None }),
            packing => Ok(Naming(packing)),
        }
    }

    /// Whether a [`Number`] can stand for a state, and not only a [`Key`].
    pub(crate) fn is_short(self) -> bool {
        self.0.is_some_and(|packing| packing.bits <= ADDRESS_BITS)
    }

    /// Whether two states can have the same name.
    pub(crate) fn may_collide(self) -> bool {
        self.0.is_none()
    }

    fn bits(self) -> u32 {
        self.0.map_or(0, |packing| packing.bits)
    }

    /// Which of so many workers keeps the states with this address.
    #[inline]
    pub(crate) fn owner<N: Name>(self, address: Address, workers: usize) -> usize {
        if workers == 1 {
            return 0;
        }
        owner(N::region(address, self.0.map_or(0, |packing| packing.kept_together)), workers)
    }

    /// The number of a state, unless it takes too many bits.
    #[inline]
    fn number<M: Epistemic>(self, model: &M, state: &M::State) -> Option<u128> {
        let number = model.packed(state);
        (number.checked_shr(self.bits()).unwrap_or(0) == 0).then_some(number)
    }

    /// What stands for a state outside of the tables.
    pub(crate) fn key<M: Epistemic>(self, model: &M, state: &M::State) -> Option<Key> {
        if self.is_short() {
            Number::of(self, model, state).map(Name::key)
        } else {
            Name::of(self, model, state)
        }
    }

    /// Why a state has no name.
    #[cold]
    pub(crate) fn complaint<M: Epistemic>(self, model: &M, state: &M::State) -> Error {
        Error::Packing { bits: self.bits(), number: Some(model.packed(state)) }
    }
}

/// Bits of what says where a state is kept that tell samples, at the end of its first 48.
pub(crate) const SAMPLE_BITS: u32 = 12;

/// Which of so many workers keeps what has these bits.
///
/// Where in the worker's table is said by the first of 48 bits, by as many of them as the table has room for. So the last
/// ones that do not tell samples say which worker, beginning from the end: were they among those of the place, half of a
/// table would stay empty and the other half overflow.
#[inline]
pub(crate) fn owner(region: u64, workers: usize) -> usize {
    let from_the_end = (region >> (u64::BITS - ADDRESS_BITS + SAMPLE_BITS)).reverse_bits() >> 32;
    ((from_the_end * workers as u64) >> 32) as usize
}

/// 48 bits that tell a state from nearly all others, or from all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Address(pub(crate) u64);

/// What stands for a state in the tables, and on its way to its owner.
pub(crate) trait Name:
    Copy + Debug + Default + Eq + Send + Sync + Serialize + DeserializeOwned + 'static
{
    /// What of a name travels with its state.
    type Label: Copy + Send + Serialize + DeserializeOwned + 'static;

    /// Whether an address belongs to one state only. If so, states with neighbouring addresses are likely to have successors
    /// in common.
    const EXACT_ADDRESS: bool;

    /// The name of a state, unless its number takes too many bits.
    fn of<M: Epistemic>(naming: Naming, model: &M, state: &M::State) -> Option<Self>;

    fn label(self) -> Self::Label;

    /// The name of a state that came with this label.
    fn labelled<M: Epistemic>(label: Self::Label, naming: Naming, model: &M, state: &M::State) -> Self;

    /// What stands for the state outside of the tables.
    fn key(self) -> Key;

    /// The name whose [`Name::key`] this is.
    fn of_key(key: Key) -> Self;

    fn address(self) -> Address;

    /// Bits without a pattern, of which the first 48 say where in a table the state is kept.
    fn spread(self) -> u64;

    /// The first 48 of these bits, for a name with this address.
    fn spread_of(address: Address) -> u64;

    /// Bits without a pattern, the same for states that are to be kept together: those with this address, and if it is a number
    /// those that differ in so many low bits.
    fn region(address: Address, low_bits: u32) -> u64;
}

impl Name for Key {
    type Label = Key;

    const EXACT_ADDRESS: bool = false;

    #[inline]
    fn of<M: Epistemic>(naming: Naming, model: &M, state: &M::State) -> Option<Self> {
        if naming.may_collide() {
            Some(Key::of(state))
        } else {
            naming.number(model, state).map(Key::of_number)
        }
    }

    #[inline]
    fn label(self) -> Key {
        self
    }

    #[inline]
    fn labelled<M: Epistemic>(label: Key, _: Naming, _: &M, _: &M::State) -> Self {
        label
    }

    #[inline]
    fn key(self) -> Key {
        self
    }

    #[inline]
    fn of_key(key: Key) -> Self {
        key
    }

    #[inline]
    fn address(self) -> Address {
        Address(self.words()[0] >> (u64::BITS - ADDRESS_BITS))
    }

    #[inline]
    fn spread(self) -> u64 {
        self.words()[0]
    }

    #[inline]
    fn spread_of(address: Address) -> u64 {
        address.0 << (u64::BITS - ADDRESS_BITS)
    }

    #[inline]
    fn region(address: Address, _: u32) -> u64 {
        Self::spread_of(address)
    }
}

/// A state as a number of at most 48 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Number(u64);

impl Name for Number {
    /// Packing a state again takes less time than carrying the number.
    type Label = ();

    const EXACT_ADDRESS: bool = true;

    #[inline]
    fn of<M: Epistemic>(naming: Naming, model: &M, state: &M::State) -> Option<Self> {
        naming.number(model, state).map(|number| Number(number as u64))
    }

    #[inline]
    fn label(self) {}

    #[inline]
    fn labelled<M: Epistemic>((): (), naming: Naming, model: &M, state: &M::State) -> Self {
        Self::of(naming, model, state).unwrap_or_default()
    }

    #[inline]
    fn key(self) -> Key {
        Key::from_words([0, self.0])
    }

    #[inline]
    fn of_key(key: Key) -> Self {
        Number(key.words()[1])
    }

    #[inline]
    fn address(self) -> Address {
        Address(self.0)
    }

    /// A permutation, so that each number has a place of its own.
    #[inline]
    fn spread(self) -> u64 {
        const ODD: u64 = 0xd6e8_feb8_6659_fd93;
        let folded = |word: u64| word ^ word >> 32;
        folded(folded(folded(self.0).wrapping_mul(ODD)).wrapping_mul(ODD))
    }

    #[inline]
    fn spread_of(address: Address) -> u64 {
        Number(address.0).spread()
    }

    #[inline]
    fn region(address: Address, low_bits: u32) -> u64 {
        Number(address.0.checked_shr(low_bits).unwrap_or(0)).spread()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    /// A table has room for as many states as its first bits tell apart. None of these may say which worker keeps a state, or a
    /// worker's table would use a part of its places only.
    #[test]
    fn who_keeps_a_state_says_nothing_of_where_in_the_table() {
        let some = 0x0123_4567_89ab_cdef_u64;
        for workers in [2, 4, 8, 64] {
            for place in 0..30 {
                let other = some ^ 1 << (u64::BITS - 1 - place);
                assert_eq!(owner(some, workers), owner(other, workers), "bit {place}, {workers} workers");
            }
        }
        let shares = |workers: usize| {
            let mut shares = vec![0_u32; workers];
            for number in 0..64_000_u64 {
                shares[owner(foldhash::quality::FixedState::default().hash_one(number), workers)] += 1;
            }
            shares
        };
        for workers in [2, 3, 64] {
            let fair = 64_000 / workers as u32;
            assert!(shares(workers).iter().all(|share| share.abs_diff(fair) < fair / 5), "{workers} workers");
        }
    }
}
