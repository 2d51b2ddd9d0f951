//! **What a check reports: the results, as a table for people and as JSON for programs, and in the formats of others.**

pub(crate) mod annotations;
mod columns;
pub(crate) mod escape;
pub(crate) mod files;
pub(crate) mod human;
pub(crate) mod junit;
pub(crate) mod place;
pub(crate) mod result;
pub(crate) mod sarif;
pub(crate) mod shown;
pub(crate) mod summary;
pub(crate) mod word;
