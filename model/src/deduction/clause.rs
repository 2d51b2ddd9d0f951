//! **The rules of deduction as Horn clauses over the terms of a universe.**

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::term::{Constructor, Parts, Term, TermId, Universe};

/// A half of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The first.
    Left,
    /// The second.
    Right,
}

/// Why one term follows from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A public-key ciphertext opens with its private key. From: the ciphertext, the key.
    Decrypt,
    /// A symmetric ciphertext opens with its key. From: the ciphertext, the key.
    OpenSymmetric,
    /// An encapsulation opens with its private key. From: the encapsulation, the key.
    Decapsulate,
    /// A pair is taken apart. From: the pair.
    Unpair(Side),
    /// A term is built by its constructor. From: its parts, in order.
    Compose(Constructor),
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Rule::Decrypt => "decrypted",
            Rule::OpenSymmetric => "decrypted with the shared key",
            Rule::Decapsulate => "decapsulated",
            Rule::Unpair(Side::Left) => "taken from the left of the pair",
            Rule::Unpair(Side::Right) => "taken from the right of the pair",
            Rule::Compose(Constructor::PublicKey) => "computed as the public key",
            Rule::Compose(Constructor::Aenc | Constructor::Senc) => "encrypted",
            Rule::Compose(Constructor::Sign) => "signed",
            Rule::Compose(Constructor::Hash) => "hashed",
            Rule::Compose(Constructor::Mac) => "authenticated",
            Rule::Compose(Constructor::Pair) => "paired",
            Rule::Compose(Constructor::KemCipher) => "encapsulated",
            Rule::Compose(Constructor::KemSecret) => "computed as the encapsulated secret",
            Rule::Compose(Constructor::Kdf) => "derived as a key",
        })
    }
}

/// An instance of a rule: the conclusion follows from the premises, of which there are one to
/// three, in the order that the rule states.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) rule: Rule,
    pub(super) premises: Parts,
    pub(super) conclusion: TermId,
}

/// Lists every instance of every rule within the universe, at most three for a term.
pub(super) fn compile(universe: &Universe) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for id in universe.ids() {
        let Some(term) = universe.term(id) else {
            continue;
        };
        compose(id, term, &mut clauses);
        take_apart(universe, id, term, &mut clauses);
    }
    clauses
}

fn compose(id: TermId, term: Term, clauses: &mut Vec<Clause>) {
    // knows(f(x, ...)) <- knows(x), ...        for every constructor f
    if let Some(constructor) = term.constructor() {
        clauses.push(Clause { rule: Rule::Compose(constructor), premises: term.parts(), conclusion: id });
    }
}

fn take_apart(universe: &Universe, id: TermId, term: Term, clauses: &mut Vec<Clause>) {
    let mut add = |rule, premises: &[TermId], conclusion| {
        clauses.push(Clause { rule, premises: Parts::from_slice(premises), conclusion });
    };
    match term {
        // knows(m) <- knows(aenc(pk(k), m; r)), knows(k)
        Term::Aenc { public, plaintext, .. } => {
            if let Some(Term::PublicKey(private)) = universe.term(public) {
                add(Rule::Decrypt, &[id, private], plaintext);
            }
        }
        // knows(m) <- knows(senc(k, m; r)), knows(k)
        Term::Senc { key, plaintext, .. } => add(Rule::OpenSymmetric, &[id, key], plaintext),
        // knows(kem_secret(pk(k), s)) <- knows(kem_cipher(pk(k), s)), knows(k)
        Term::KemCipher { public, seed } => {
            let secret = universe.find(Term::KemSecret { public, seed });
            if let (Some(Term::PublicKey(private)), Some(secret)) = (universe.term(public), secret) {
                add(Rule::Decapsulate, &[id, private], secret);
            }
        }
        // knows(x) <- knows((x, y))
        // knows(y) <- knows((x, y))
        Term::Pair(left, right) => {
            add(Rule::Unpair(Side::Left), &[id], left);
            add(Rule::Unpair(Side::Right), &[id], right);
        }
        // Nothing leads back from a public key, a signature, a hash, a code, a derived key or an
        // encapsulated secret to what it was made of.
        Term::Name { .. }
        | Term::PublicKey(_)
        | Term::Sign { .. }
        | Term::Hash(_)
        | Term::Mac { .. }
        | Term::KemSecret { .. }
        | Term::Kdf { .. } => {}
    }
}
