//! **A set of a design's logs, by their numbers.**

use crate::design::Design;

/// A number that stands for the query log, wherever the design lists it. No design lists so many logs.
pub const QUERY_LOG: usize = 7;

/// A set of the design's logs, by their numbers, or by [`QUERY_LOG`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Logs(u8);

impl Logs {
    /// No log.
    pub const NONE: Self = Self(0);
    /// All logs, however many the design lists.
    pub const ALL: Self = Self(u8::MAX);

    /// The log of this number alone.
    #[must_use]
    pub const fn only(log: usize) -> Self {
        Self(1 << (log & QUERY_LOG))
    }

    /// Whether the query log is among them by [`QUERY_LOG`], rather than by its number in a design.
    #[must_use]
    pub fn name_the_query_log(self) -> bool {
        self != Self::ALL && self.contains(QUERY_LOG)
    }

    /// The same logs, the query log by its number in the design. Where there is none, it is not among them.
    #[must_use]
    pub fn of_design(self, design: &Design) -> Self {
        if !self.name_the_query_log() {
            return self;
        }
        let numbered = Self(self.0 & !Self::only(QUERY_LOG).0);
        design.query_log().map_or(numbered, |log| numbered.and(Self::only(log)))
    }

    /// Whether the log of this number is among them.
    #[must_use]
    pub const fn contains(self, log: usize) -> bool {
        self.0 & Self::only(log).0 != 0
    }

    /// These and those.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}
