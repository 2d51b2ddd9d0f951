//! **Closures that were computed before.**

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use foldhash::fast::FixedState;

use super::{Deduction, TermSet};

/// A deduction that remembers the closures it computed, for loops that ask for few different
/// ones very often. It can be shared between threads.
#[derive(Debug)]
pub struct ClosureMemo {
    deduction: Deduction,
    // A poisoned lock is used all the same: an entry is inserted whole or not at all.
    closures: RwLock<HashMap<TermSet, TermSet, FixedState>>,
}

impl ClosureMemo {
    /// Starts with nothing remembered.
    pub fn new(deduction: Deduction) -> Self {
        Self { deduction, closures: RwLock::default() }
    }

    /// Gives the deduction whose closures are remembered.
    pub fn deduction(&self) -> &Deduction {
        &self.deduction
    }

    /// Adds everything that follows from the known terms, as [`Deduction::close`] does.
    pub fn close(&self, known: TermSet) -> TermSet {
        let read = self.closures.read();
        let remembered = read.unwrap_or_else(PoisonError::into_inner).get(&known).copied();
        remembered.unwrap_or_else(|| {
            let closed = self.deduction.close(known);
            let write = self.closures.write();
            write.unwrap_or_else(PoisonError::into_inner).insert(known, closed);
            closed
        })
    }
}
