//! **How the adversary works out a text: a derivation as a numbered list.**
//!
//! Keys and ciphertexts of the model are symbols. A fingerprint is the beginning of the SHA-256 of the symbol's
//! description, so that equal things have equal fingerprints; no real key has it.

use super::layout::Text;
use super::words::{capital, harmless};
use crate::replay::ReplayedRun;
use mailcover_model::deduction::{Derivation, Rule, Side, Step};
use mailcover_model::term::{Term, TermId, Universe};
use mailcover_model::view::Observer;
use mailcover_model::wire::Wire;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One thing that the adversary holds or works out on the way to a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Known {
    /// What it is, in words.
    pub term: String,
    /// The fingerprint of a key or a ciphertext; null for a text.
    pub fingerprint: Option<String>,
    /// How it was come by, as a clause.
    pub why: String,
    /// The numbers, from 1, of what it was worked out from; none where it was seen.
    pub from: Vec<usize>,
    /// The step in which it was seen, 0 for the beginning; null where it was worked out, or is known to everybody.
    pub step: Option<usize>,
}

/// What the adversary should not have and has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Learnt {
    /// The number of the message, from 1.
    pub(crate) message: usize,
    /// The number of its text, from 0.
    pub(crate) body: u8,
    /// Whether it is what is attached to the message, rather than its text.
    pub(crate) attached: bool,
}

impl Learnt {
    /// What it is, as part of a sentence: "the text of message 1".
    pub(crate) fn said(self) -> String {
        let what = if self.attached { "what is attached to" } else { "the text of" };
        format!("{what} message {}", self.message)
    }

    fn term(self, wire: &Wire) -> Option<TermId> {
        if self.attached { Some(wire.attachment(self.body)?.file) } else { Some(wire.body(self.body)) }
    }
}

/// The derivation of something from what the observers hold at the end of the run, the thing itself last.
pub(crate) fn derivation(run: &ReplayedRun, observers: &[Observer], learnt: Learnt) -> Option<Vec<Known>> {
    let wire = run.service.wire();
    let universe = wire.deduction().universe();
    let last = run.states.last()?;
    let derivation = run.service.derivation(observers, last, learnt.term(wire)?)?;
    wire.deduction().replay(&run.service.held(observers, last), &derivation).ok()?;
    let steps = derivation.steps();
    let place = |term: TermId| steps.iter().position(|step| step.term == term).map_or(0, |at| at + 1);
    let known = |step: &&Derivation| Known {
        term: harmless(&capital(&described(universe, step.term))),
        fingerprint: fingerprint(universe, step.term),
        why: harmless(&reason(run, observers, step, &place)),
        from: match &step.by {
            Step::Seen => Vec::new(),
            Step::Rule { from, .. } => from.iter().map(|premise| place(premise.term)).collect(),
        },
        step: match &step.by {
            Step::Seen => first_seen(run, observers, step.term),
            Step::Rule { .. } => None,
        },
    };
    Some(steps.iter().map(known).collect())
}

/// A derivation as a numbered list.
pub(super) fn listed(derivation: &[Known]) -> Text {
    let mut text = Text::default();
    for (at, known) in derivation.iter().enumerate() {
        let print =
            known.fingerprint.as_ref().map_or_else(String::new, |print| format!(" [fingerprint {print}]"));
        text.item(2, format!("{}. ", at + 1), format!("{}{print}: {}.", known.term, known.why));
    }
    text
}

fn reason(
    run: &ReplayedRun,
    observers: &[Observer],
    step: &Derivation,
    place: &impl Fn(TermId) -> usize,
) -> String {
    match &step.by {
        Step::Seen => seen(run, observers, step.term),
        Step::Rule { rule, from } => {
            let number = |at: usize| from.get(at).map_or(0, |premise| place(premise.term));
            match rule {
                Rule::Decrypt | Rule::OpenSymmetric | Rule::Decapsulate => {
                    format!("opened from ({}) with ({})", number(0), number(1))
                }
                Rule::Unpair(Side::Left) => format!("the message inside of ({})", number(0)),
                Rule::Unpair(Side::Right) => format!("the signature that comes with ({})", number(0)),
                Rule::Compose(_) => {
                    let all: Vec<String> = (0..from.len()).map(|at| format!("({})", number(at))).collect();
                    format!("put together from {}", super::words::list(&all))
                }
            }
        }
    }
}

/// Where a term that was seen comes from.
fn seen(run: &ReplayedRun, observers: &[Observer], term: TermId) -> String {
    match first_seen(run, observers, term) {
        Some(0) => "held from the beginning".to_owned(),
        Some(step) if only_stored(run, observers, term, step) => format!("stored since step {step}"),
        Some(step) => format!("seen in step {step}"),
        None if run.service.wire().public().contains(term) => "known to everybody".to_owned(),
        None => "held".to_owned(),
    }
}

/// Whether those who held a term after the step read a store, and saw nothing happen.
fn only_stored(run: &ReplayedRun, observers: &[Observer], term: TermId, step: usize) -> bool {
    let Some(state) = run.states.get(step) else { return false };
    let mut holders = observers.iter().filter(|&&one| run.service.held(&[one], state).contains(term));
    holders.all(|one| one.watcher().is_none())
}

/// The step in which a term was first seen, 0 for the beginning; `None` when nobody had to see it.
fn first_seen(run: &ReplayedRun, observers: &[Observer], term: TermId) -> Option<usize> {
    if run.service.wire().public().contains(term) {
        return None;
    }
    run.states.iter().position(|state| run.service.held(observers, state).contains(term))
}

/// A term in English.
fn described(universe: &Universe, id: TermId) -> String {
    let inner = |id: TermId| described(universe, id);
    match universe.term(id) {
        None => "something unknown".to_owned(),
        Some(Term::Name { .. }) => {
            let label = universe.describe(id);
            if label.starts_with("the ") { label } else { format!("the {label}") }
        }
        Some(Term::PublicKey(private)) => match holder(universe, private) {
            Some(("decryption", owner)) => format!("the public key that encrypts for {owner}"),
            Some((_, owner)) => format!("the public key that checks the signatures of {owner}"),
            None => format!("the public key of {}", inner(private)),
        },
        Some(Term::Aenc { public, plaintext, .. }) => {
            format!("{}, encrypted for {}", inner(plaintext), addressee(universe, public))
        }
        Some(Term::Senc { key, plaintext, .. }) => match holder(universe, key) {
            Some((_, owner)) => {
                format!("the transmission on the channel of {owner}, of {}", inner(plaintext))
            }
            None if universe.describe(key) == Wire::ALTERATIONS => {
                format!("the reactions to altered copies of {}", inner(plaintext))
            }
            None => format!("{}, encrypted with {}", inner(plaintext), inner(key)),
        },
        Some(Term::Sign { private, message }) => {
            format!("the signature by {} on ({})", signer(universe, private), inner(message))
        }
        Some(Term::Pair(left, right)) => match universe.term(right) {
            Some(Term::Sign { private, message }) if message == left => {
                format!("{}, signed by {}", inner(left), signer(universe, private))
            }
            _ => format!("{} beside {}", inner(left), inner(right)),
        },
        Some(Term::Hash(message)) => format!("the hash of {}", inner(message)),
        Some(Term::Mac { message, .. }) => format!("the authentication code of {}", inner(message)),
        Some(Term::KemCipher { public, .. }) => {
            format!("the encapsulation of a secret for {}", addressee(universe, public))
        }
        Some(Term::KemSecret { public, .. }) => {
            format!("the secret encapsulated for {}", addressee(universe, public))
        }
        Some(Term::Kdf { key, .. }) => format!("a key derived from {}", inner(key)),
    }
}

/// What a key is for, and whose it is, by its label.
fn holder(universe: &Universe, key: TermId) -> Option<(&'static str, String)> {
    let label = universe.describe(key);
    let (key, owner) = label.split_once(" of ")?;
    let sorts = [
        ("decryption key", "decryption"),
        ("one-time key", "decryption"),
        ("signing key", "signing"),
        ("channel key", "channel"),
    ];
    let (_, sort) = sorts.into_iter().find(|(begins, _)| key.starts_with(begins))?;
    Some((sort, owner.to_owned()))
}

fn addressee(universe: &Universe, public: TermId) -> String {
    match universe.term(public) {
        Some(Term::PublicKey(private)) if universe.describe(private) == Wire::AUTHORITY => {
            "the authority".to_owned()
        }
        Some(Term::PublicKey(private)) => {
            holder(universe, private).map_or_else(|| "somebody".to_owned(), |(_, owner)| owner)
        }
        _ => "somebody".to_owned(),
    }
}

fn signer(universe: &Universe, private: TermId) -> String {
    holder(universe, private).map_or_else(|| "somebody".to_owned(), |(_, owner)| owner)
}

/// The fingerprint of a key or a ciphertext; a text has none.
pub(super) fn fingerprint(universe: &Universe, id: TermId) -> Option<String> {
    if let Some(Term::Name { meaningful: true, .. }) | None = universe.term(id) {
        return None;
    }
    let hash = hex::encode(Sha256::digest(universe.describe(id)));
    Some(format!("{} {}", &hash[..4], &hash[4..8]))
}
