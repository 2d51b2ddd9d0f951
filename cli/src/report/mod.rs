//! **What a check reports: the results, as a table for people and as JSON for programs.**

pub(crate) mod human;
pub(crate) mod result;
