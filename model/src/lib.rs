//! An executable model of a messaging service: its directory, its messages, its logs, and the legal process that
//! reads them.
//!
//! **Pure.** No input or output, no clock, no randomness: a [`service::Service`] is a state machine that any
//! `stateright` tool can run. It knows nothing of claims; those are in `mailcover-properties`.

pub mod action;
pub mod deduction;
pub mod design;
pub mod event;
pub mod flaw;
pub mod heap;
pub mod knowledge;
mod past;
pub mod pattern;
pub mod row;
pub mod rules;
pub mod scope;
pub mod service;
pub mod slice;
pub mod state;
pub mod term;
pub mod time;
mod universe;
pub mod view;
pub mod widening;
pub mod wire;
pub mod word;
pub mod world;
