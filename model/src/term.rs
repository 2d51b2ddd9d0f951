//! **Symbolic messages: what can be said, written as terms over names.**
//!
//! Cryptography is perfect here, as Dolev and Yao have it: a ciphertext opens with its key and in
//! no other way, a hash cannot be turned round, random values are never guessed. That leaves out
//! broken primitives and guessable secrets; a model that wants a guessable word hands it to the
//! observer as known.
//!
//! Terms live in a [`Universe`], which holds each of them once and numbers them. The universe of
//! a scope is finite: it is what was built, and deduction never leaves it. This loses nothing that
//! matters, because a shortest derivation passes only through parts of what is known and parts of
//! its goal, and a universe has every part of whatever it has.

mod error;
mod universe;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use error::TermError;
pub use universe::{MAX_TERMS, Universe};

/// The number of a term in its [`Universe`], always below [`MAX_TERMS`].
///
/// Ids are handed out by a universe in the order of building, so a part has a smaller id than the
/// whole. An id means nothing in another universe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u16);

impl TermId {
    /// Numbers a term; `None` from [`MAX_TERMS`] on, so that every id fits a bit set.
    pub(crate) fn new(index: usize) -> Option<Self> {
        (index < MAX_TERMS).then_some(Self(index as u16))
    }

    /// Says the position of the term in its universe, below [`MAX_TERMS`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The parts of a term in the order in which its constructor takes them: at most three.
pub type Parts = SmallVec<[TermId; 3]>;

/// A symbolic message: a name, or a constructor applied to terms of the same universe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// An atom: a key, a nonce, a body, a handle.
    Name {
        /// The position of its label among the universe's names.
        label: u16,
        /// Whether whoever sees the value knows which one it is, as with a body or a handle. A
        /// random key or nonce is not meaningful: a reader sees only that it is new, or seen
        /// before.
        meaningful: bool,
    },
    /// The public key that belongs to a private key.
    PublicKey(TermId),
    /// A randomised public-key encryption; it does not show whose key it is for.
    Aenc {
        /// The public key that it is for.
        public: TermId,
        /// What it hides.
        plaintext: TermId,
        /// Its randomness, which decryption does not return.
        nonce: TermId,
    },
    /// A randomised and authenticated symmetric encryption: a wrong key is noticed.
    Senc {
        /// The key that made it, and opens it.
        key: TermId,
        /// What it hides.
        plaintext: TermId,
        /// Its randomness, which decryption does not return.
        nonce: TermId,
    },
    /// A deterministic signature with appendix: it reveals nothing of its message, and can be
    /// checked by whoever holds the message and the public key.
    Sign {
        /// The private key that signs.
        private: TermId,
        /// What is signed.
        message: TermId,
    },
    /// A cryptographic hash.
    Hash(TermId),
    /// A message authentication code, which reveals neither its key nor its message.
    Mac {
        /// The shared key.
        key: TermId,
        /// What is authenticated.
        message: TermId,
    },
    /// Two terms side by side, which anybody can take apart.
    Pair(TermId, TermId),
    /// What a key encapsulation sends.
    KemCipher {
        /// The public key that it is for.
        public: TermId,
        /// The sender's randomness.
        seed: TermId,
    },
    /// The secret on which both ends of a key encapsulation agree.
    KemSecret {
        /// The public key that the encapsulation is for.
        public: TermId,
        /// The sender's randomness.
        seed: TermId,
    },
    /// A key derived from another key and a context; it does not lead back.
    Kdf {
        /// The key at the start.
        key: TermId,
        /// What separates this derived key from its siblings.
        context: TermId,
    },
}

impl Term {
    /// Names the outermost constructor; `None` for a name.
    pub fn constructor(self) -> Option<Constructor> {
        match self {
            Term::Name { .. } => None,
            Term::PublicKey(_) => Some(Constructor::PublicKey),
            Term::Aenc { .. } => Some(Constructor::Aenc),
            Term::Senc { .. } => Some(Constructor::Senc),
            Term::Sign { .. } => Some(Constructor::Sign),
            Term::Hash(_) => Some(Constructor::Hash),
            Term::Mac { .. } => Some(Constructor::Mac),
            Term::Pair(..) => Some(Constructor::Pair),
            Term::KemCipher { .. } => Some(Constructor::KemCipher),
            Term::KemSecret { .. } => Some(Constructor::KemSecret),
            Term::Kdf { .. } => Some(Constructor::Kdf),
        }
    }

    /// Lists what the constructor was applied to, in order; empty for a name.
    pub fn parts(self) -> Parts {
        match self {
            Term::Name { .. } => Parts::new(),
            Term::PublicKey(only) | Term::Hash(only) => Parts::from_slice(&[only]),
            Term::Aenc { public: key, plaintext, nonce } | Term::Senc { key, plaintext, nonce } => {
                Parts::from_slice(&[key, plaintext, nonce])
            }
            Term::Sign { private: first, message: second }
            | Term::Mac { key: first, message: second }
            | Term::Pair(first, second)
            | Term::KemCipher { public: first, seed: second }
            | Term::KemSecret { public: first, seed: second }
            | Term::Kdf { key: first, context: second } => Parts::from_slice(&[first, second]),
        }
    }
}

/// A function symbol of the algebra, without its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Constructor {
    /// See [`Term::PublicKey`].
    PublicKey,
    /// See [`Term::Aenc`].
    Aenc,
    /// See [`Term::Senc`].
    Senc,
    /// See [`Term::Sign`].
    Sign,
    /// See [`Term::Hash`].
    Hash,
    /// See [`Term::Mac`].
    Mac,
    /// See [`Term::Pair`].
    Pair,
    /// See [`Term::KemCipher`].
    KemCipher,
    /// See [`Term::KemSecret`].
    KemSecret,
    /// See [`Term::Kdf`].
    Kdf,
}

impl Constructor {
    /// Gives the word that stands before the brackets in a description; empty for a pair.
    pub fn symbol(self) -> &'static str {
        match self {
            Constructor::PublicKey => "pk",
            Constructor::Aenc => "aenc",
            Constructor::Senc => "senc",
            Constructor::Sign => "sign",
            Constructor::Hash => "hash",
            Constructor::Mac => "mac",
            Constructor::Pair => "",
            Constructor::KemCipher => "kem_cipher",
            Constructor::KemSecret => "kem_secret",
            Constructor::Kdf => "kdf",
        }
    }
}
