//! **Why a question could not be answered at all.**
//!
//! A question that was answered with "not yet known" is no error; see [`crate::Outcome`].
//! Nothing in this crate panics because of what a model or a caller does.

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
            Error::Worker(words) => write!(out, "A worker of the search ended too early: {words}."),
            Error::Peer(words) | Error::Cluster(words) => write!(out, "{words}."),
            Error::ForeignGraph => {
                write!(out, "The graph and the exploration have different numbers of states.")
            }
        }
    }
}

impl error::Error for Error {}
