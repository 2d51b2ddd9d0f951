//! **Random terms: what the suites on deduction and on patterns draw from.**

use mailcover_model::term::{TermError, TermId, Universe};
use proptest::prelude::*;
use std::ops::Range;

/// A constructor and the choices of its parts, taken modulo what exists by then.
pub(crate) type Choice = (u8, usize, usize, usize);

/// A choice, its parts drawn from this range.
pub(crate) fn choice(index: Range<usize>) -> impl Strategy<Value = Choice> {
    (0..10_u8, index.clone(), index.clone(), index)
}

/// Applies the constructor of this number; a part that must be a public key is `public`.
pub(crate) fn apply(
    universe: &mut Universe,
    constructor: u8,
    [a, b, c]: [TermId; 3],
    public: TermId,
) -> Result<TermId, TermError> {
    match constructor {
        0 => universe.public_key(a),
        1 => universe.aenc(public, b, c),
        2 => universe.senc(a, b, c),
        3 => universe.sign(a, b),
        4 => universe.hash(a),
        5 => universe.mac(a, b),
        6 => universe.pair(a, b),
        7 => universe.kem_cipher(public, b),
        8 => universe.kem_secret(public, b),
        _ => universe.kdf(a, b),
    }
}
