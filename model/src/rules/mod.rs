//! **The rules: one function each, guard and effect together.**
//!
//! A rule takes the state and the action's parameters and returns the next state, or `None` when it is disabled.
//! Guards come first and the state is copied last. Families: [`directory`], [`compose`], [`messaging`],
//! [`fallback`], [`keys`], [`attachments`], [`backup`], [`calls`], [`account`], [`logging`] (what the logs record, and the turn of the day that
//! purges them), [`legal`], [`disclosure`], [`report`] and [`adversary`].

pub mod account;
pub mod adversary;
pub mod attachments;
pub mod backup;
pub mod calls;
pub mod compose;
pub mod directory;
pub mod disclosure;
pub mod fallback;
pub mod keys;
pub mod legal;
pub mod logging;
pub mod messaging;
mod numbers;
pub mod report;
