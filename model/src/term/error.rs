//! **Why a term could not be built.**

use thiserror::Error;

use super::MAX_TERMS;

/// Why a universe refused to build a term.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TermError {
    /// The universe has [`MAX_TERMS`] terms already.
    #[error("the universe already has {MAX_TERMS} terms, which is its limit; narrow the scope")]
    Full,
    /// An id was used that this universe never handed out.
    #[error("term number {index} does not exist in this universe, which has {size} terms")]
    Foreign {
        /// The number that was used.
        index: usize,
        /// How many terms the universe has.
        size: usize,
    },
    /// A constructor that needs a public key was given something else.
    #[error("`{given}` is not a public key; pass one that `public_key` built")]
    NotAPublicKey {
        /// The description of what was given.
        given: String,
    },
    /// A label was used both for a fresh and for a meaningful name.
    #[error("the name `{label}` already exists and is {kind}; choose another label", kind = if *.meaningful { "meaningful" } else { "fresh" })]
    LabelTaken {
        /// The label in question.
        label: String,
        /// The kind of the name that holds the label.
        meaningful: bool,
    },
}
