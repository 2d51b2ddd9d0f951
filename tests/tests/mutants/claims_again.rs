//! **More suites about claims, in one program, for what `claims.rs` missed in a mutation run.**
//!
//! Some of their cases take longer than all the others together; the run leaves those out by name
//! (`.cargo/mutants-of-claims-again.toml`).

#[path = "../called.rs"]
mod called;
#[path = "../frontier.rs"]
mod frontier;
#[path = "../own_design.rs"]
mod own_design;
#[path = "../query_log.rs"]
mod query_log;
#[path = "../scopes.rs"]
mod scopes;
#[path = "../settings.rs"]
mod settings;
#[path = "../sharing.rs"]
mod sharing;
