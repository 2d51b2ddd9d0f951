//! **Why a question could not be answered at all.**
//!
//! A question that was answered with "not yet known" is no error; see [`crate::Outcome`].
//! Nothing in this crate panics because of what a caller does. A model that panics does so through [`crate::plain`], and
//! becomes an error in [`crate::dataflow`].

use std::error;
use std::fmt;

/// The model answered the same question in two ways, so that nothing said about it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nondeterminism {
    /// What differed.
    pub what: &'static str,
    /// The state in which it differed, if it was not the choice of initial states.
    pub state: Option<String>,
    /// The action after which it differed, if one was taken.
    pub action: Option<String>,
}

impl fmt::Display for Nondeterminism {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "The model is not deterministic: {}", self.what)?;
        if let Some(action) = &self.action {
            write!(out, " after the action {action}")?;
        }
        if let Some(state) = &self.state {
            write!(out, " in the state {state}")?;
        }
        write!(out, ".")
    }
}

impl error::Error for Nondeterminism {}

/// Why a question could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The model answered the same question in two ways.
    Nondeterminism(Nondeterminism),
    /// A class table holds at most 64 facts.
    TooManyFacts(usize),
    /// The class table was not built for this fact.
    NoSuchFact {
        /// The number that was asked for.
        fact: usize,
        /// How many facts there are.
        facts: usize,
    },
    /// The exploration holds no such state.
    NoSuchState {
        /// The number that was asked for.
        id: usize,
        /// How many states there are.
        states: usize,
    },
    /// The graph was built from another exploration.
    ForeignGraph,
    /// Two different states have the same key: `packed` or `Hash` leaves out what tells them apart.
    SameKey {
        /// The one state.
        one: String,
        /// The other state.
        other: String,
    },
    /// What somebody holds in one state and in another is equal and has two hashes, or is not equal and has the same one.
    UnlikeViews {
        /// The one state.
        one: String,
        /// The other state.
        other: String,
    },
    /// A state does not become a number of as many bits as the model says, or they are too many.
    Packing {
        /// How many bits the model says.
        bits: u32,
        /// The number, if there is one.
        number: Option<u128>,
    },
    /// A worker of a search ended before its work was done; it said why.
    Worker(String),
    /// Another process of the cluster is late, lost, or unlike this one.
    Peer(String),
    /// The cluster cannot be what was asked for: a hosts file or an address is wrong.
    Cluster(String),
}

impl From<Nondeterminism> for Error {
    fn from(difference: Nondeterminism) -> Self {
        Error::Nondeterminism(difference)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Nondeterminism(difference) => difference.fmt(out),
            Error::TooManyFacts(given) => {
                write!(out, "A class table holds at most 64 facts, and {given} were given.")
            }
            Error::NoSuchFact { fact, facts } => {
                write!(out, "There is no fact {fact}: the class table holds {facts}, from 0 on.")
            }
            Error::NoSuchState { id, states } => {
                write!(out, "There is no state {id}: the exploration holds {states}, from 0 on.")
            }
            Error::SameKey { one, other } => {
                write!(
                    out,
                    "Two states that are not equal have the same key, so that `Hash` or `packed` must be mended: {one} and \
                     {other}."
                )
            }
            Error::UnlikeViews { one, other } => {
                write!(
                    out,
                    "The views in these two states are equal and have different hashes, or are not and have the same, so \
                     that `Hash` or `Ord` of the view must be mended: {one} and {other}."
                )
            }
            Error::Packing { bits, number: Some(number) } => {
                write!(
                    out,
                    "The model packs states into {bits} bits, and one of them into {number}, which takes more."
                )
            }
            Error::Packing { bits, number: None } => {
                write!(out, "The model packs states into {bits} bits, and at most 128 can be.")
            }
            Error::Worker(words) => write!(out, "A worker of the search ended too early: {words}."),
            Error::Peer(words) | Error::Cluster(words) => write!(out, "{words}."),
            Error::ForeignGraph => {
                write!(out, "The graph and the exploration have different numbers of states.")
            }
        }
    }
}

impl error::Error for Error {}
