//! **What follows from what is known, by the rules of Dolev and Yao.**
//!
//! [`Universe::seal`] compiles the rules, for the terms of one universe, to Horn clauses
//! `conclusion <- premises`; [`Deduction::close`] then runs over bit sets. Nothing is known to
//! begin with: nothing follows from the empty set, and whoever wants public values known to
//! everybody unites them with the set that is closed.
//!
//! Deduction composes only terms of the universe. See [`term`](crate::term) for why that loses no
//! derivation. A slow twin that reads the terms themselves is in [`naive`], and
//! [`Deduction::replay`] checks a derivation without the clauses.

mod clause;
mod derivation;
mod memo;
pub mod naive;
mod replay;
mod set;

use crate::pattern::Recognition;
use crate::term::{MAX_TERMS, TermId, Universe};

pub use clause::{Rule, Side};
pub use derivation::{Derivation, Step};
pub use memo::ClosureMemo;
pub use replay::ReplayError;
pub use set::TermSet;

use clause::Clause;

/// A term is the conclusion of one composition, and may be taken apart in two ways.
const MAX_CLAUSES: usize = 3 * MAX_TERMS;

/// The rules of deduction, compiled for the terms of one universe.
#[derive(Debug, Clone)]
pub struct Deduction {
    universe: Universe,
    clauses: Vec<Clause>,
    /// How many distinct premises each clause has: one to three.
    premise_counts: Vec<u8>,
    /// The clauses that have a given premise, one premise after the other.
    uses: Vec<u16>,
    /// Where each premise's clauses start in `uses`; one entry more marks the end.
    starts: Vec<u16>,
    recognition: Recognition,
}

impl Universe {
    /// Ends the building and compiles the rules of deduction for the terms that were built.
    pub fn seal(self) -> Deduction {
        let clauses = clause::compile(&self);
        let mut users: Vec<Vec<u16>> = vec![Vec::new(); MAX_TERMS];
        let mut premise_counts = Vec::with_capacity(clauses.len());
        for (number, clause) in clauses.iter().enumerate() {
            let distinct: TermSet = clause.premises.iter().copied().collect();
            premise_counts.push(distinct.len() as u8);
            for premise in distinct.iter() {
                users[premise.index()].push(number as u16);
            }
        }
        let mut starts = vec![0];
        let mut uses = Vec::new();
        for mut clauses_of_one in users {
            uses.append(&mut clauses_of_one);
            starts.push(uses.len() as u16);
        }
        Deduction {
            recognition: Recognition::compile(&self),
            universe: self,
            clauses,
            premise_counts,
            uses,
            starts,
        }
    }
}

impl Deduction {
    /// Gives the universe whose terms this deduction is about.
    pub fn universe(&self) -> &Universe {
        &self.universe
    }

    /// Adds everything that follows from the known terms.
    ///
    /// The result contains what was known; closing it again adds nothing. Ids that are out of
    /// range in this universe stay in the set, and nothing follows from them.
    pub fn close(&self, known: TermSet) -> TermSet {
        let mut closed = known;
        let mut missing = [0_u8; MAX_CLAUSES];
        for (slot, count) in missing.iter_mut().zip(&self.premise_counts) {
            *slot = *count;
        }
        // Each term enters the queue once, when it becomes known, so the queue cannot overflow.
        let mut queue = [0_u16; MAX_TERMS];
        let mut filled = 0;
        for term in known.iter() {
            queue[filled] = term.index() as u16;
            filled += 1;
        }
        let mut next = 0;
        while next < filled {
            let premise = usize::from(queue[next]);
            next += 1;
            for &number in self.uses_of(premise) {
                let number = usize::from(number);
                missing[number] -= 1;
                let conclusion = self.clauses[number].conclusion;
                if missing[number] == 0 && closed.insert(conclusion) {
                    queue[filled] = conclusion.index() as u16;
                    filled += 1;
                }
            }
        }
        closed
    }

    /// Lists the clauses that have a given premise.
    fn uses_of(&self, premise: usize) -> &[u16] {
        let start = usize::from(self.starts[premise]);
        let end = usize::from(self.starts[premise + 1]);
        &self.uses[start..end]
    }

    /// Gives the table from which patterns are rendered.
    pub(crate) fn recognition(&self) -> &Recognition {
        &self.recognition
    }

    /// Says whether the target follows from the known terms.
    pub fn follows(&self, known: TermSet, target: TermId) -> bool {
        self.close(known).contains(target)
    }
}
