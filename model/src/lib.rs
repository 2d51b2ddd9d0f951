//! An executable model of a messaging service.

pub mod deduction;
pub mod pattern;
pub mod term;
