//! **How far a search may go, and how it says that it did not go further.**
//!
//! A search that stopped early is not a proof. Every [`Limit`] that stopped one travels with the
//! answers that were drawn from it, and is a sentence when printed.
//!
//! Left out: limits on work other than exploration. What is computed from an exploration takes
//! time and memory proportional to it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What an exploration may use. The default sets no limit.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Keep at most this many states.
    pub max_states: Option<usize>,
    /// Keep only states that are at most this many actions away from an initial state.
    pub max_depth: Option<usize>,
    /// Search for at most this long.
    pub max_time: Option<Duration>,
    /// Hold at most this many bytes.
    ///
    /// They are computed from what the explorer holds: states, predecessors and index. What a
    /// state owns on the heap is not seen, but by the dataflow engine, which asks the system as well.
    pub max_memory: Option<usize>,
    /// Stop as soon as this becomes true, for instance because of Ctrl-C.
    pub stop: Option<Arc<AtomicBool>>,
}

/// What stopped a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// There was a further state, and so many were kept already.
    States(usize),
    /// There was a further state, and it was deeper than this.
    Depth(usize),
    /// The time was up.
    Time(Duration),
    /// A further state would not have fitted into so many bytes.
    Memory(usize),
    /// Somebody asked the search to stop.
    Interrupted,
    /// What was looked for had been found.
    Enough,
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::States(count) => write!(out, "The search stopped at {count} states."),
            Limit::Depth(depth) => write!(out, "The search stopped at depth {depth}."),
            Limit::Time(time) => write!(out, "The search stopped after {time:?}."),
            Limit::Memory(bytes) => {
                write!(out, "The search stopped at {bytes} bytes of memory.")
            }
            Limit::Interrupted => write!(out, "The search was interrupted."),
            Limit::Enough => write!(out, "The search stopped when it had found what it looked for."),
        }
    }
}

/// Whether an exploration saw every reachable state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// Every reachable state within the model's boundary was kept and expanded.
    Complete,
    /// A limit stopped the search, and further states may exist.
    Cut(Limit),
}

impl Completion {
    /// What stopped the search, if anything did.
    #[must_use]
    pub fn limit(self) -> Option<Limit> {
        match self {
            Completion::Complete => None,
            Completion::Cut(limit) => Some(limit),
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Completion::Complete => write!(out, "Every reachable state was searched."),
            Completion::Cut(limit) => limit.fmt(out),
        }
    }
}
