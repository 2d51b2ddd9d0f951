//! **A set of terms as bits, of fixed size.**

use std::fmt;

use crate::term::{MAX_TERMS, TermId};

const WORDS: usize = MAX_TERMS / 64;

/// A set of terms of one universe: plain data, cheap to copy, compare and hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TermSet([u64; WORDS]);

impl TermSet {
    /// The set without members.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// Adds a term, and says whether it was missing.
    pub fn insert(&mut self, term: TermId) -> bool {
        let (word, bit) = place(term);
        let added = self.0[word] & bit == 0;
        self.0[word] |= bit;
        added
    }

    /// Says whether a term is a member.
    pub fn contains(&self, term: TermId) -> bool {
        let (word, bit) = place(term);
        self.0[word] & bit != 0
    }

    /// Gives the terms that are in this set or in the other.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        self
    }

    /// Says whether every member of this set is a member of the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        let mut words = self.0.iter().zip(other.0);
        words.all(|(mine, theirs)| mine & !theirs == 0)
    }

    /// Counts the members.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Says whether there are no members.
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// Lists the members in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = TermId> + use<> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            let lowest_dropped = |rest: &u64| Some(rest & (rest - 1)).filter(|&rest| rest != 0);
            std::iter::successors(Some(bits).filter(|&bits| bits != 0), lowest_dropped)
                .filter_map(move |rest| TermId::new(word * 64 + rest.trailing_zeros() as usize))
        })
    }
}

fn place(term: TermId) -> (usize, u64) {
    (term.index() / 64, 1 << (term.index() % 64))
}

impl FromIterator<TermId> for TermSet {
    fn from_iter<I: IntoIterator<Item = TermId>>(terms: I) -> Self {
        let mut set = Self::EMPTY;
        set.extend(terms);
        set
    }
}

impl Extend<TermId> for TermSet {
    fn extend<I: IntoIterator<Item = TermId>>(&mut self, terms: I) {
        for term in terms {
            self.insert(term);
        }
    }
}

impl fmt::Debug for TermSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.iter().map(TermId::index);
        formatter.debug_set().entries(members).finish()
    }
}
