//! Stored runs: a recipe of named actions that replays, and its telling in plain words.
//!
//! **A trace stores choices, not pictures.** [`Trace`] is the file: the question, the resolved design, and the actions
//! by name. [`replay`] re-executes them from the empty world and derives again what the trace says they show; what does
//! not follow is refused. [`tell`] explains a replayed trace to a reader who never saw the model.

mod account;
mod chart;
mod choices;
mod compare;
#[cfg(test)]
mod completeness;
mod error;
mod export;
mod file;
mod held;
mod knows;
mod minimize;
mod moment;
mod portrait;
mod replay;
mod schema;
mod tell;
mod trace;
mod ways;

pub use account::{
    ACCOUNT, Account, Cause, Caused, Derivation, Fact, Happened, Holder, Logged, Recorded, RunAccount, Seen,
    Step, Stored, account,
};
pub use chart::{Band, Chart, Lifeline, Look, Shape};
pub use choices::Choice;
pub use compare::compare;
pub use error::{ErrorKind, TraceError};
pub use export::{escaped, itf, markdown, mermaid, picture};
pub use file::{can_be_written, folder_can_be_written, write_atomically};
pub use held::{Held, View, held};
pub use knows::{Knows, Line, can_be_gone, insight, knows};
pub use minimize::{Minimized, minimize};
pub use moment::moment;
pub use portrait::{Change, Value, apply, changes, portrait};
pub use replay::{Replayed, ReplayedRun, replay};
pub use schema::{account_schema, trace_schema};
pub use tell::opening::may;
pub use tell::terms::Known;
pub use tell::words::{harmless, respects};
pub use tell::{TellOptions, tell};
pub use trace::{FORMAT, MAX_BYTES, Trace, design_hash};
pub use ways::{LONGEST, Left, Next, Way, ways};
