//! **The finite set of terms of a scope, each held once.**

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{Constructor, Term, TermError, TermId};

/// The largest number of terms that a universe can have.
pub const MAX_TERMS: usize = 640;

/// Descriptions are cut once they are longer than this many bytes.
const LONGEST_DESCRIPTION: usize = 2_000;

/// A growing, finite set of terms, each held once and numbered in the order of building.
///
/// Building the same term twice gives the same id. [`seal`](Self::seal) ends the building and
/// compiles the rules of deduction.
#[derive(Debug, Clone, Default)]
pub struct Universe {
    terms: Vec<Term>,
    labels: Vec<String>,
    ids: HashMap<Term, TermId, FixedState>,
    names: HashMap<String, TermId, FixedState>,
}

impl Universe {
    /// Starts with no term at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// Builds a random name, such as a key, a nonce or a seed: seeing it tells nothing but
    /// whether it was seen before.
    ///
    /// # Errors
    ///
    /// [`TermError::LabelTaken`] if the label belongs to a meaningful name, [`TermError::Full`].
    pub fn fresh_name(&mut self, label: &str) -> Result<TermId, TermError> {
        self.name(label, false)
    }

    /// Builds a name whose value speaks for itself, such as a body or a handle: whoever sees it
    /// in clear knows which one it is.
    ///
    /// # Errors
    ///
    /// [`TermError::LabelTaken`] if the label belongs to a fresh name, [`TermError::Full`].
    pub fn meaningful_name(&mut self, label: &str) -> Result<TermId, TermError> {
        self.name(label, true)
    }

    /// Builds the public key of a private key, which may be any term.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn public_key(&mut self, private: TermId) -> Result<TermId, TermError> {
        self.intern(Term::PublicKey(private))
    }

    /// Builds a randomised public-key encryption.
    ///
    /// # Errors
    ///
    /// [`TermError::NotAPublicKey`], [`TermError::Foreign`] or [`TermError::Full`].
    pub fn aenc(&mut self, public: TermId, plaintext: TermId, nonce: TermId) -> Result<TermId, TermError> {
        self.require_public_key(public)?;
        self.intern(Term::Aenc { public, plaintext, nonce })
    }

    /// Builds a randomised symmetric encryption; the key may be any term.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn senc(&mut self, key: TermId, plaintext: TermId, nonce: TermId) -> Result<TermId, TermError> {
        self.intern(Term::Senc { key, plaintext, nonce })
    }

    /// Builds a signature, and the public key that checks it.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn sign(&mut self, private: TermId, message: TermId) -> Result<TermId, TermError> {
        self.public_key(private)?;
        self.intern(Term::Sign { private, message })
    }

    /// Builds a hash.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn hash(&mut self, message: TermId) -> Result<TermId, TermError> {
        self.intern(Term::Hash(message))
    }

    /// Builds a message authentication code.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn mac(&mut self, key: TermId, message: TermId) -> Result<TermId, TermError> {
        self.intern(Term::Mac { key, message })
    }

    /// Builds a pair.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn pair(&mut self, left: TermId, right: TermId) -> Result<TermId, TermError> {
        self.intern(Term::Pair(left, right))
    }

    /// Builds what a key encapsulation sends, and the secret that its reader gets from it.
    ///
    /// # Errors
    ///
    /// [`TermError::NotAPublicKey`], [`TermError::Foreign`] or [`TermError::Full`].
    pub fn kem_cipher(&mut self, public: TermId, seed: TermId) -> Result<TermId, TermError> {
        self.kem_secret(public, seed)?;
        self.intern(Term::KemCipher { public, seed })
    }

    /// Builds the secret of a key encapsulation.
    ///
    /// # Errors
    ///
    /// [`TermError::NotAPublicKey`], [`TermError::Foreign`] or [`TermError::Full`].
    pub fn kem_secret(&mut self, public: TermId, seed: TermId) -> Result<TermId, TermError> {
        self.require_public_key(public)?;
        self.intern(Term::KemSecret { public, seed })
    }

    /// Builds a derived key.
    ///
    /// # Errors
    ///
    /// [`TermError::Foreign`] or [`TermError::Full`].
    pub fn kdf(&mut self, key: TermId, context: TermId) -> Result<TermId, TermError> {
        self.intern(Term::Kdf { key, context })
    }

    /// Counts the terms, at most [`MAX_TERMS`].
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Says whether nothing was built yet.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Lists all ids, parts before wholes.
    pub fn ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len()).filter_map(TermId::new)
    }

    /// Looks a term up; `None` for an id of another universe that is out of range here.
    pub fn term(&self, id: TermId) -> Option<Term> {
        self.terms.get(id.index()).copied()
    }

    /// Finds the id of a term that was built; `None` if it was not.
    pub fn find(&self, term: Term) -> Option<TermId> {
        self.ids.get(&term).copied()
    }

    /// Writes a term in functional notation, such as `aenc(pk(ek_b), m0; r)`.
    ///
    /// What comes after some 2,000 bytes is cut and shown as `...`; an id that is out of range
    /// here is shown as `?` and its number.
    pub fn describe(&self, id: TermId) -> String {
        let mut text = String::new();
        self.write(id, &mut text);
        text
    }

    fn write(&self, id: TermId, text: &mut String) {
        if text.len() > LONGEST_DESCRIPTION {
            text.push_str("...");
            return;
        }
        let Some(term) = self.term(id) else {
            text.push_str(&format!("?{}", id.index()));
            return;
        };
        if let Term::Name { label, .. } = term {
            let label = self.labels.get(usize::from(label));
            text.push_str(label.map_or("?", String::as_str));
            return;
        }
        let constructor = term.constructor();
        text.push_str(constructor.map_or("", Constructor::symbol));
        text.push('(');
        let randomised = matches!(term, Term::Aenc { .. } | Term::Senc { .. });
        for (position, part) in term.parts().into_iter().enumerate() {
            text.push_str(match position {
                0 => "",
                2 if randomised => "; ",
                _ => ", ",
            });
            self.write(part, text);
        }
        text.push(')');
    }

    fn name(&mut self, label: &str, meaningful: bool) -> Result<TermId, TermError> {
        if let Some(&id) = self.names.get(label) {
            return match self.term(id) {
                Some(Term::Name { meaningful: taken, .. }) if taken != meaningful => {
                    Err(TermError::LabelTaken { label: label.to_owned(), meaningful: taken })
                }
                _ => Ok(id),
            };
        }
        let id = self.intern(Term::Name { label: self.labels.len() as u16, meaningful })?;
        self.labels.push(label.to_owned());
        self.names.insert(label.to_owned(), id);
        Ok(id)
    }

    fn require_public_key(&self, public: TermId) -> Result<(), TermError> {
        match self.term(public) {
            Some(Term::PublicKey(_)) => Ok(()),
            Some(_) => Err(TermError::NotAPublicKey { given: self.describe(public) }),
            None => Err(self.foreign(public)),
        }
    }

    fn intern(&mut self, term: Term) -> Result<TermId, TermError> {
        if let Some(&id) = self.ids.get(&term) {
            return Ok(id);
        }
        let missing = |part: &TermId| self.term(*part).is_none();
        if let Some(part) = term.parts().into_iter().find(missing) {
            return Err(self.foreign(part));
        }
        let id = TermId::new(self.terms.len()).ok_or(TermError::Full)?;
        self.terms.push(term);
        self.ids.insert(term, id);
        Ok(id)
    }

    fn foreign(&self, id: TermId) -> TermError {
        TermError::Foreign { index: id.index(), size: self.terms.len() }
    }
}
