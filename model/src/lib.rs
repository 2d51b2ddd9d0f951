//! An executable model of a messaging service: its directory, its messages, its logs, and the legal process.

pub mod design;
pub mod event;
pub mod row;
pub mod state;
pub mod world;
