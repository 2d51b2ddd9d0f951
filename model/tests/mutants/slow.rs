//! **The suites that take seconds each, in one program**, for the mutants that `quick.rs` misses.

#![expect(clippy::duplicate_mod, reason = "each suite brings the helpers that it uses")]

#[path = "../calendars.rs"]
mod calendars;
#[path = "../deduction_laws.rs"]
mod deduction_laws;
#[path = "../design_files.rs"]
mod design_files;
#[path = "../hostile.rs"]
mod hostile;
#[path = "../pattern.rs"]
mod pattern;
#[path = "../rules_fire.rs"]
mod rules_fire;
#[path = "../slices.rs"]
mod slices;
#[path = "../unseen_steps.rs"]
mod unseen_steps;
