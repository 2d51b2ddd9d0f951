//! **What workers send each other.**
//!
//! Between threads a state is moved as it is. Between processes it is written and read again with serde. Which of the two
//! a search does is a type, so that a model whose states cannot be written still runs on many threads.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::dataflow::fingerprint::Key;
use crate::dataflow::name::{Address, Name};
use crate::limits::Limit;

/// How states travel.
pub(crate) trait Wire<S>: Send + Sync + Clone + 'static {
    fn write<Z: Serializer>(state: &S, serializer: Z) -> Result<Z::Ok, Z::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<S, D::Error>;
}

/// States stay in their process.
#[derive(Clone)]
pub(crate) struct Within;

/// States leave their process.
#[derive(Clone)]
pub(crate) struct Across;

impl<S> Wire<S> for Within {
    fn write<Z: Serializer>(_: &S, _: Z) -> Result<Z::Ok, Z::Error> {
        Err(Z::Error::custom("the states of this search stay in their process"))
    }

    fn read<'de, D: Deserializer<'de>>(_: D) -> Result<S, D::Error> {
        Err(D::Error::custom("the states of this search stay in their process"))
    }
}

impl<S: Serialize + DeserializeOwned> Wire<S> for Across {
    fn write<Z: Serializer>(state: &S, serializer: Z) -> Result<Z::Ok, Z::Error> {
        state.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<S, D::Error> {
        S::deserialize(deserializer)
    }
}

/// A state that travels in this way.
#[derive(Clone)]
pub(crate) struct Carried<S, W>(pub(crate) S, pub(crate) PhantomData<W>);

impl<S, W> Carried<S, W> {
    pub(crate) fn new(state: S) -> Self {
        Carried(state, PhantomData)
    }
}

impl<S, W: Wire<S>> Serialize for Carried<S, W> {
    fn serialize<Z: Serializer>(&self, serializer: Z) -> Result<Z::Ok, Z::Error> {
        W::write(&self.0, serializer)
    }
}

impl<'de, S, W: Wire<S>> Deserialize<'de> for Carried<S, W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        W::read(deserializer).map(Carried::new)
    }
}

/// A state on the way to its owner.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "W: Wire<S>, N: Name")]
pub(crate) struct Candidate<S, W, N: Name> {
    pub(crate) label: N::Label,
    pub(crate) predecessor: Address,
    pub(crate) state: Carried<S, W>,
}

/// Some states of a class in which the same facts are true.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Sighting {
    /// Which coalition's class.
    pub(crate) coalition: u32,
    pub(crate) class: Key,
    /// A bit for each fact that is true.
    pub(crate) truths: u64,
    /// How many states.
    pub(crate) count: u64,
    /// The first of them: by depth, then by key.
    pub(crate) first: Spot,
}

/// A state that was found, by depth and key: a smaller one is shown rather than a larger one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub(crate) depth: u64,
    pub(crate) key: Key,
}

/// What a parcel holds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "W: Wire<S>, N: Name")]
pub(crate) enum Cargo<S, W, N: Name> {
    States(Vec<Candidate<S, W, N>>),
    Sightings(Vec<Sighting>),
    /// Which of the questions that a run settles have theirs, up to the layer that the sender expands.
    Settled(Vec<bool>),
    /// The sender stops; the receiver shall too.
    Stop(Limit),
}

/// Something for one worker.
#[derive(Clone, Serialize, Deserialize)]
#[serde(bound = "W: Wire<S>, N: Name")]
pub(crate) struct Parcel<S, W, N: Name> {
    pub(crate) to: u64,
    pub(crate) cargo: Cargo<S, W, N>,
}
