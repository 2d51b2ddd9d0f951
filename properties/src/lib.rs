//! The claims that Mailcover checks, and the way from a claim to a verdict.
//!
//! A [`claim::Claim`] is put to adversaries; a [`check::Cell`] is one such question in one design; a
//! [`finding::Finding`] is the verdict with what it rests on. The claims themselves are in [`claims`], by theme.

pub mod atoms;
pub mod check;
pub mod claim;
pub mod claims;
mod confirm;
pub mod fact;
pub mod finding;
pub mod frontier;
pub mod insight;
pub mod need;
pub mod scopes;
pub mod smallest;
pub mod stability;
mod temporal;
