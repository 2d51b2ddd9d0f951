//! **A list of rows in the order of writing, of fixed capacity.**

use super::Row;
use std::hash::{Hash, Hasher};

/// A list of rows in the order of writing, of fixed capacity.
///
/// The places behind the last row are zero, so lists are compared place by place, and only the rows are hashed: two to a
/// word, and with the last word the length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rows<const N: usize> {
    length: u32,
    rows: [Row; N],
}

impl<const N: usize> Default for Rows<N> {
    fn default() -> Self {
        Self { length: 0, rows: [Row::default(); N] }
    }
}

impl<const N: usize> Hash for Rows<N> {
    // Within the hash of a state, a hasher need not be put down and taken up again.
    #[inline(always)]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (pairs, odd) = self.as_slice().as_chunks::<2>();
        let word = |first: u32, second: Row| u64::from(first) | u64::from(second.bits()) << u32::BITS;
        pairs.iter().for_each(|[one, other]| state.write_u64(word(one.bits(), *other)));
        state.write_u64(word(self.length, odd.first().copied().unwrap_or_default()));
    }
}

impl<const N: usize> Rows<N> {
    /// The rows, oldest first.
    #[must_use]
    pub fn as_slice(&self) -> &[Row] {
        &self.rows[..self.length as usize]
    }

    /// The rows, oldest first, to be changed in place.
    pub fn as_mut_slice(&mut self) -> &mut [Row] {
        &mut self.rows[..self.length as usize]
    }

    /// Appends a row. Returns false, and appends nothing, when the list is full.
    #[must_use]
    pub fn push(&mut self, row: Row) -> bool {
        let Some(slot) = self.rows.get_mut(self.length as usize) else { return false };
        *slot = row;
        self.length += 1;
        true
    }

    /// Keeps the rows that `keep` says to keep, in their order, and zeroes the freed places.
    pub fn retain(&mut self, keep: impl Fn(Row) -> bool) {
        let mut kept = 0;
        for at in 0..self.length as usize {
            if keep(self.rows[at]) {
                self.rows[kept] = self.rows[at];
                kept += 1;
            }
        }
        self.rows[kept..self.length as usize].fill(Row::default());
        self.length = kept as u32;
    }
}

impl<const N: usize> std::fmt::Debug for Rows<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.as_slice()).finish()
    }
}
