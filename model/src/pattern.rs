//! **What a holder of some knowledge can tell apart in what it saw: patterns.**
//!
//! Two sequences of terms are the same to their observers when the observers' patterns are equal.
//! This is static equivalence: no test that the one can make (take apart, put together, compare,
//! check) comes out otherwise for the other. The construction follows Abadi and Rogaway, with
//! these additions and conventions.
//!
//! - Constants are terms whose identity the observer knows in every run: handles, everybody's
//!   public keys, its own keys. They show as themselves.
//! - A meaningful name shows as itself as soon as it is seen in clear, but is not guessed: a hash
//!   of an unknown body is opaque. Where bodies can be guessed, make them constants.
//! - Everything else is numbered in order of first sight. What the observer can take apart or
//!   recompute shows its structure when first seen; what it cannot shows its number alone.
//! - An opaque term does not show what kind of thing it is, nor whose key it is for. Where a
//!   format or a size gives that away, the row that carries the term must say so beside it.
//!
//! The slow twin, by definition and not by rendering, is in [`naive`].

pub mod naive;

use smallvec::SmallVec;

use crate::deduction::{Deduction, TermSet};
use crate::term::{MAX_TERMS, Parts, Term, TermId, Universe};

/// What an observer can tell of a sequence of terms; equal patterns cannot be told apart.
///
/// Patterns of one universe and one set of constants can be compared, and no others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pattern(SmallVec<[u32; 28]>);

impl Pattern {
    /// Gives the pattern as numbers, which mean nothing but their equality.
    pub fn codes(&self) -> &[u32] {
        &self.0
    }

    /// Says whether the other pattern continues this one.
    pub fn is_prefix_of(&self, longer: &Self) -> bool {
        longer.0.starts_with(&self.0)
    }
}

/// The kind of a code is in its highest byte, and what it speaks of in the rest.
const SIGHT: u32 = 0;
const ITSELF: u32 = 1 << 24;
const OPENED: u32 = 2 << 24;
const RECOMPUTED: u32 = 3 << 24;

/// One way to see the structure of a term.
#[derive(Debug, Clone)]
struct Way {
    /// What shows: the kind of insight and the constructor.
    code: u32,
    /// What must be known for it.
    needs: Parts,
    /// What then shows of the term.
    shows: Parts,
}

/// For each term the ways to see its structure, the most telling first.
#[derive(Debug, Clone)]
pub(crate) struct Recognition {
    ways: Vec<SmallVec<[Way; 2]>>,
    meaningful: TermSet,
}

impl Recognition {
    /// Lists the ways for every term of a universe.
    pub(crate) fn compile(universe: &Universe) -> Self {
        let ways_of = |id| {
            let term = universe.term(id);
            term.map_or_else(SmallVec::new, |term| ways(universe, term))
        };
        let is_meaningful = |id: &TermId| {
            let term = universe.term(*id);
            matches!(term, Some(Term::Name { meaningful, .. }) if meaningful)
        };
        Self {
            ways: universe.ids().map(ways_of).collect(),
            meaningful: universe.ids().filter(is_meaningful).collect(),
        }
    }

    /// Finds the most telling way that the knowledge allows.
    fn way(&self, term: TermId, knowledge: &TermSet) -> Option<&Way> {
        let all_known = |way: &&Way| way.needs.iter().all(|need| knowledge.contains(*need));
        self.ways.get(term.index())?.iter().find(all_known)
    }
}

fn ways(universe: &Universe, term: Term) -> SmallVec<[Way; 2]> {
    let Some(constructor) = term.constructor() else {
        return SmallVec::new();
    };
    let way = |kind: u32, needs: &[TermId], shows: &[TermId]| Way {
        code: kind | constructor as u32,
        needs: Parts::from_slice(needs),
        shows: Parts::from_slice(shows),
    };
    let private_of = |public| match universe.term(public) {
        Some(Term::PublicKey(private)) => Some(private),
        _ => None,
    };
    let mut ways = SmallVec::new();
    match term {
        // shows(x, y) <- seen((x, y))
        Term::Pair(left, right) => ways.push(way(OPENED, &[], &[left, right])),
        // shows(pk(k), m) <- seen(sign(k, m)), knows(pk(k)), knows(m)
        Term::Sign { private, message } => {
            if let Some(public) = universe.find(Term::PublicKey(private)) {
                ways.push(way(RECOMPUTED, &[public, message], &[public, message]));
            }
        }
        // shows(x, ...) <- seen(f(x, ...)), knows(x), ...        for every other constructor f
        _ => ways.push(way(RECOMPUTED, &term.parts(), &term.parts())),
    }
    match term {
        // shows(pk(k), m) <- seen(aenc(pk(k), m; r)), knows(k)
        Term::Aenc { public, plaintext, .. } => {
            let private = private_of(public);
            ways.extend(private.map(|private| way(OPENED, &[private], &[public, plaintext])));
        }
        // shows(k, m) <- seen(senc(k, m; r)), knows(k)
        Term::Senc { key, plaintext, .. } => ways.push(way(OPENED, &[key], &[key, plaintext])),
        // shows(pk(k), kem_secret(pk(k), s)) <- seen(kem_cipher(pk(k), s)), knows(k)
        Term::KemCipher { public, seed } => {
            let secret = universe.find(Term::KemSecret { public, seed });
            if let (Some(private), Some(secret)) = (private_of(public), secret) {
                ways.push(way(OPENED, &[private], &[public, secret]));
            }
        }
        _ => {}
    }
    ways
}

impl Deduction {
    /// Renders a sequence of terms as far as the holder of the knowledge can tell them apart.
    ///
    /// The knowledge must be closed, and follow from the constants together with the frame or
    /// with a longer frame that this one begins; a key that an observer holds belongs in its
    /// constants if it is the same in every run, and in its frame otherwise. With equal knowledge
    /// the pattern of the beginning of a frame is the beginning of the frame's pattern.
    pub fn pattern(&self, constants: &TermSet, knowledge: &TermSet, frame: &[TermId]) -> Pattern {
        let mut rendering = Rendering {
            recognition: self.recognition(),
            constants,
            knowledge,
            sights: [0; MAX_TERMS],
            seen: 0,
            codes: SmallVec::new(),
        };
        for constant in constants.iter() {
            rendering.constant(constant);
        }
        for &term in frame {
            rendering.term(term);
        }
        Pattern(rendering.codes)
    }
}

/// A pattern in the making.
struct Rendering<'a> {
    recognition: &'a Recognition,
    constants: &'a TermSet,
    knowledge: &'a TermSet,
    /// The number of each term's first sight, counted from one; zero for what was not seen.
    sights: [u16; MAX_TERMS],
    seen: u16,
    codes: SmallVec<[u32; 28]>,
}

impl Rendering<'_> {
    /// Shows how a constant is made, if what the observer knows beyond constants reveals it:
    /// someone who learns the private key of a known public key can tell whose it is.
    fn constant(&mut self, constant: TermId) {
        let Some(way) = self.recognition.way(constant, self.knowledge) else {
            return;
        };
        // A structure that is all constants is the same in every run. Only the key that revealed
        // it could be new, and that shows at its public key.
        let is_constant = |part: &TermId| self.constants.contains(*part);
        if way.shows.iter().all(is_constant) {
            return;
        }
        self.codes.push(ITSELF | constant.index() as u32);
        self.codes.push(way.code);
        for part in &way.shows {
            self.term(*part);
        }
    }

    fn term(&mut self, term: TermId) {
        let mut pending: SmallVec<[TermId; 16]> = SmallVec::new();
        pending.push(term);
        while let Some(term) = pending.pop() {
            if self.constants.contains(term) || self.recognition.meaningful.contains(term) {
                self.codes.push(ITSELF | term.index() as u32);
                continue;
            }
            let sight = self.sights[term.index()];
            if sight > 0 {
                self.codes.push(SIGHT | u32::from(sight));
                continue;
            }
            self.seen += 1;
            self.sights[term.index()] = self.seen;
            match self.recognition.way(term, self.knowledge) {
                Some(way) => {
                    self.codes.push(way.code);
                    pending.extend(way.shows.iter().rev().copied());
                }
                None => self.codes.push(SIGHT | u32::from(self.seen)),
            }
        }
    }
}
