//! **How a term came to be known: a smallest proof.**

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::{Deduction, Rule, TermSet};
use crate::term::{MAX_TERMS, TermId, Universe};

/// A proof that a term is known.
///
/// It is a tree whose equal branches are shared, so that a term which is used often is stored
/// once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// What is proved to be known.
    pub term: TermId,
    /// How it is known.
    pub by: Step,
}

/// The last step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The term was known to begin with.
    Seen,
    /// The term follows from others.
    Rule {
        /// The rule that was applied.
        rule: Rule,
        /// The premises, in the order that the rule states.
        from: Vec<Arc<Derivation>>,
    },
}

impl Derivation {
    /// Lists the steps, each proved term once, every step after those that it needs; the last one
    /// is this derivation's own.
    pub fn steps(&self) -> Vec<&Derivation> {
        let mut steps = Vec::new();
        let mut listed = HashSet::with_hasher(FixedState::default());
        let mut pending = vec![(self, false)];
        while let Some((derivation, premises_listed)) = pending.pop() {
            if listed.contains(&derivation.term) {
                continue;
            }
            match &derivation.by {
                Step::Rule { from, .. } if !premises_listed => {
                    pending.push((derivation, true));
                    pending.extend(from.iter().rev().map(|premise| (&**premise, false)));
                }
                _ => {
                    listed.insert(derivation.term);
                    steps.push(derivation);
                }
            }
        }
        steps
    }

    /// Writes one line for each step, such as `m0: decrypted, from aenc(pk(k), m0; r), k`.
    pub fn explain(&self, universe: &Universe) -> Vec<String> {
        let describe = |derivation: &Derivation| universe.describe(derivation.term);
        let line = |step: &Derivation| match &step.by {
            Step::Seen => format!("{}: seen", describe(step)),
            Step::Rule { rule, from } => {
                let premises: Vec<_> = from.iter().map(|premise| describe(premise)).collect();
                format!("{}: {rule}, from {}", describe(step), premises.join(", "))
            }
        };
        self.steps().into_iter().map(line).collect()
    }
}

/// A way to know a term: the size of its proof as a tree, the term, and the clause that proves
/// it, or none if it was seen. Ordered, so that equal sizes are always settled alike.
type Candidate = (u64, TermId, Option<usize>);

impl Deduction {
    /// Proves that the target follows from the known terms, or returns `None` if it does not.
    ///
    /// The proof has the fewest steps, counted as a tree; of several such proofs, it is always
    /// the same one that is returned.
    pub fn derive(&self, known: TermSet, target: TermId) -> Option<Derivation> {
        // Terms are settled by the size of their smallest proof, as in Dijkstra's algorithm:
        // a conclusion's proof is larger than that of any of its premises.
        let mut settled: Vec<Option<(u64, Arc<Derivation>)>> = vec![None; MAX_TERMS];
        let mut missing = self.premise_counts.clone();
        let mut candidates: BinaryHeap<Reverse<Candidate>> =
            known.iter().map(|term| Reverse((1, term, None))).collect();
        while let Some(Reverse((size, term, clause))) = candidates.pop() {
            if settled[term.index()].is_some() {
                continue;
            }
            let derivation = self.prove(term, clause, &settled)?;
            if term == target {
                return Some(derivation);
            }
            settled[term.index()] = Some((size, Arc::new(derivation)));
            for &number in self.uses_of(term.index()) {
                let number = usize::from(number);
                missing[number] -= 1;
                if missing[number] > 0 {
                    continue;
                }
                let clause = &self.clauses[number];
                let sizes = clause.premises.iter().map(|premise| {
                    let proof = settled[premise.index()].as_ref();
                    proof.map_or(u64::MAX, |(size, _)| *size)
                });
                let size = sizes.fold(1, u64::saturating_add);
                candidates.push(Reverse((size, clause.conclusion, Some(number))));
            }
        }
        None
    }

    /// Builds the derivation of a term whose premises are settled.
    fn prove(
        &self,
        term: TermId,
        clause: Option<usize>,
        settled: &[Option<(u64, Arc<Derivation>)>],
    ) -> Option<Derivation> {
        let Some(number) = clause else {
            return Some(Derivation { term, by: Step::Seen });
        };
        let clause = &self.clauses[number];
        let mut from = Vec::with_capacity(clause.premises.len());
        for premise in &clause.premises {
            let (_, proof) = settled[premise.index()].as_ref()?;
            from.push(Arc::clone(proof));
        }
        Some(Derivation { term, by: Step::Rule { rule: clause.rule, from } })
    }
}
