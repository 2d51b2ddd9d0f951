//! Stored runs: a recipe of named actions that replays, and its telling in plain words.
//!
//! **A trace stores choices, not pictures.** [`Trace`] is the file: the question, the resolved design, and the actions
//! by name. [`replay`] re-executes them from the empty world and derives again what the trace says they show; what does
//! not follow is refused. [`tell`] explains a replayed trace to a reader who never saw the model.

mod error;
mod file;
mod replay;
mod schema;
mod tell;
mod trace;

pub use error::{ErrorKind, TraceError};
pub use file::write_atomically;
pub use replay::{Replayed, ReplayedRun, replay};
pub use schema::trace_schema;
pub use tell::{TellOptions, tell};
pub use trace::{FORMAT, MAX_BYTES, Trace};
