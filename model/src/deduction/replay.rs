//! **Checking a derivation, step by step, against the rules as they read on terms.**
//!
//! Nothing here uses the compiled clauses or the search: the two can only agree if both are right.

use std::collections::HashSet;
use std::ptr;

use foldhash::fast::FixedState;
use thiserror::Error;

use super::{Deduction, Derivation, Rule, Side, Step, TermSet};
use crate::term::{Term, TermId, Universe};

/// Why a derivation is no proof.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// A step claims that a term was seen, and it was not.
    #[error("the derivation says that `{term}` was seen, but it is not among the known terms")]
    NotSeen {
        /// The description of the term.
        term: String,
    },
    /// A step's conclusion does not follow from its premises by the rule that it names.
    #[error("`{term}` cannot be {rule} from `{from}`", from = .from.join("`, `"))]
    DoesNotFollow {
        /// The description of the conclusion.
        term: String,
        /// The rule that was claimed.
        rule: Rule,
        /// The descriptions of the premises.
        from: Vec<String>,
    },
}

impl Deduction {
    /// Checks every step of a derivation from the known terms.
    ///
    /// # Errors
    ///
    /// Says which step is wrong, and why.
    pub fn replay(&self, known: &TermSet, derivation: &Derivation) -> Result<(), ReplayError> {
        let describe = |term| self.universe.describe(term);
        let mut checked = HashSet::with_hasher(FixedState::default());
        let mut pending = vec![derivation];
        while let Some(step) = pending.pop() {
            if !checked.insert(ptr::from_ref(step)) {
                continue;
            }
            match &step.by {
                Step::Seen if known.contains(step.term) => {}
                Step::Seen => {
                    return Err(ReplayError::NotSeen { term: describe(step.term) });
                }
                Step::Rule { rule, from } => {
                    let premises: Vec<_> = from.iter().map(|premise| premise.term).collect();
                    if !follows(&self.universe, *rule, &premises, step.term) {
                        return Err(ReplayError::DoesNotFollow {
                            term: describe(step.term),
                            rule: *rule,
                            from: premises.into_iter().map(describe).collect(),
                        });
                    }
                    pending.extend(from.iter().map(|premise| &**premise));
                }
            }
        }
        Ok(())
    }
}

/// Says whether the conclusion follows from the premises by the rule, reading only the terms.
fn follows(universe: &Universe, rule: Rule, premises: &[TermId], conclusion: TermId) -> bool {
    let public_key_of = |public, private| universe.term(public) == Some(Term::PublicKey(private));
    let Some(first) = premises.first().and_then(|id| universe.term(*id)) else {
        return false;
    };
    let Some(goal) = universe.term(conclusion) else {
        return false;
    };
    match (rule, first, premises) {
        // knows(m) <- knows(aenc(pk(k), m; r)), knows(k)
        (Rule::Decrypt, Term::Aenc { public, plaintext, .. }, &[_, private]) => {
            plaintext == conclusion && public_key_of(public, private)
        }
        // knows(m) <- knows(senc(k, m; r)), knows(k)
        (Rule::OpenSymmetric, Term::Senc { key, plaintext, .. }, &[_, held]) => {
            plaintext == conclusion && key == held
        }
        // knows(kem_secret(pk(k), s)) <- knows(kem_cipher(pk(k), s)), knows(k)
        (Rule::Decapsulate, Term::KemCipher { public, seed }, &[_, private]) => {
            goal == Term::KemSecret { public, seed } && public_key_of(public, private)
        }
        // knows(x) <- knows((x, y))
        (Rule::Unpair(Side::Left), Term::Pair(left, _), &[_]) => left == conclusion,
        // knows(y) <- knows((x, y))
        (Rule::Unpair(Side::Right), Term::Pair(_, right), &[_]) => right == conclusion,
        // knows(f(x, ...)) <- knows(x), ...
        (Rule::Compose(constructor), _, parts) => {
            goal.constructor() == Some(constructor) && goal.parts().as_slice() == parts
        }
        _ => false,
    }
}
