//! **The suites about claims that take no time, in one program, for mutation runs.**
//!
//! As the model's `quick.rs`: one program is linked in the time that several take together. The unit tests of
//! `properties/` are tried beside it.

#[path = "../atoms.rs"]
mod atoms;
#[path = "../attached.rs"]
mod attached;
#[path = "../backed_up.rs"]
mod backed_up;
#[path = "../drawn.rs"]
mod drawn;
#[path = "../parties.rs"]
mod parties;
#[path = "../reports.rs"]
mod reports;
#[path = "../shallow.rs"]
mod shallow;
#[path = "../stolen_keys.rs"]
mod stolen_keys;
