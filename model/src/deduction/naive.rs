//! **The slow twin of deduction: the textbook's two phases, on the terms themselves.**
//!
//! First everything known is taken apart as far as it goes, then every term of the universe is
//! tried to be put together. No clause, no bit set, no order of work is shared with
//! [`Deduction::close`](super::Deduction::close). The cost is exponential in the depth of terms
//! that share parts; it is meant for tests.

use std::collections::BTreeSet;

use crate::term::{Term, TermId, Universe};

/// Adds everything that follows from the known terms.
pub fn close(universe: &Universe, known: &BTreeSet<TermId>) -> BTreeSet<TermId> {
    let mut analysed = known.clone();
    loop {
        let obtained: BTreeSet<_> =
            analysed.iter().flat_map(|&id| take_apart(universe, &analysed, id)).collect();
        if obtained.is_subset(&analysed) {
            break;
        }
        analysed.extend(obtained);
    }
    let composed = universe.ids().filter(|&id| can_compose(universe, &analysed, id));
    analysed.iter().copied().chain(composed).collect()
}

/// Lists what one term gives away to whoever can put the right key together.
fn take_apart(universe: &Universe, analysed: &BTreeSet<TermId>, id: TermId) -> Vec<TermId> {
    let holds = |key| can_compose(universe, analysed, key);
    let holds_private_of = |public| match universe.term(public) {
        Some(Term::PublicKey(private)) => holds(private),
        _ => false,
    };
    match universe.term(id) {
        Some(Term::Pair(left, right)) => vec![left, right],
        Some(Term::Senc { key, plaintext, .. }) if holds(key) => vec![plaintext],
        Some(Term::Aenc { public, plaintext, .. }) if holds_private_of(public) => vec![plaintext],
        Some(Term::KemCipher { public, seed }) if holds_private_of(public) => {
            let secret = Term::KemSecret { public, seed };
            let is_secret = |other: &TermId| universe.term(*other) == Some(secret);
            universe.ids().find(is_secret).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Says whether a term is at hand, or all of its parts can be composed.
fn can_compose(universe: &Universe, analysed: &BTreeSet<TermId>, id: TermId) -> bool {
    if analysed.contains(&id) {
        return true;
    }
    let parts = universe.term(id).map(Term::parts).unwrap_or_default();
    !parts.is_empty() && parts.into_iter().all(|part| can_compose(universe, analysed, part))
}
