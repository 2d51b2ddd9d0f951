//! **What can be wrong with a trace, each in one sentence that says what would be right.**

use std::path::PathBuf;

/// What sort of failure it is, as far as whoever called can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The trace is not one, or does not show what it says: bad input.
    BadInput,
    /// A file could not be written.
    Io,
    /// A mistake of this program.
    Internal,
}

/// Why a trace was refused, or not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceError {
    /// The file is longer than a trace can be.
    #[error(
        "{file}: the file has {length} bytes, and a trace has at most {most}; give a file that mailcover wrote"
    )]
    TooLong {
        /// Which file.
        file: String,
        /// How long it is.
        length: usize,
        /// How long it may be.
        most: usize,
    },
    /// The bytes are not text.
    #[error("{file}:{line}: the file holds bytes that are not UTF-8; a trace is JSON text in UTF-8")]
    NotText {
        /// Which file.
        file: String,
        /// In which line, from 1.
        line: usize,
    },
    /// The text is not a trace in JSON.
    #[error("{file}:{line}:{column}: {message}; {remedy}")]
    Syntax {
        /// Which file.
        file: String,
        /// In which line, from 1.
        line: usize,
        /// In which column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// What would be right.
        remedy: String,
    },
    /// The trace is of another version of the format.
    #[error(
        "{file}: the trace has format {found}, and this program reads format {known}; export it again with this program"
    )]
    OtherFormat {
        /// Which file.
        file: String,
        /// The version in the file.
        found: u64,
        /// The version that is read.
        known: u32,
    },
    /// The trace's design lacks something that designs have in this program.
    #[error(
        "{file}: the design in the trace has no {knob}, so the trace was written before designs had it; check the claim \
         again with this program and export a new trace"
    )]
    OlderDesign {
        /// Which file.
        file: String,
        /// Where the design would say it: `legal.emergency`.
        knob: String,
    },
    /// The trace contradicts itself.
    #[error("{file}: {message}; {remedy}")]
    Tampered {
        /// Which file.
        file: String,
        /// What contradicts what.
        message: String,
        /// What would be right.
        remedy: String,
    },
    /// The trace speaks of something that this program does not know.
    #[error("the trace speaks of {what}, which this program does not know; {remedy}")]
    Unknown {
        /// Of what.
        what: String,
        /// What would be right.
        remedy: String,
    },
    /// What the caller asked for is not there; the trace is none the worse for it.
    #[error("there is no {asked}; {remedy}")]
    Absent {
        /// What was asked for.
        asked: String,
        /// What there is instead.
        remedy: String,
    },
    /// An action is not possible where it stands.
    #[error(
        "the trace does not replay: {run}, {step} is not possible where it stands ({why}); export the trace again"
    )]
    DoesNotReplay {
        /// Which of the runs.
        run: String,
        /// Which step, and what it would have been.
        step: String,
        /// Why it is not possible, as far as that can be said.
        why: String,
    },
    /// The run replays, and does not show what the trace says.
    #[error(
        "the trace says that {says}, but replay shows that {shows}; check the claim again and export a new trace"
    )]
    DoesNotShow {
        /// What the trace says.
        says: String,
        /// What replay shows.
        shows: String,
    },
    /// A file could not be written.
    #[error("{}: this cannot be written: {}; choose another place", path.display(), why(source))]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A mistake of this program.
    #[error("internal: {0}; please report it together with the trace")]
    Internal(String),
}

impl TraceError {
    /// What sort of failure it is.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Io { .. } => ErrorKind::Io,
            Self::Internal(_) => ErrorKind::Internal,
            _ => ErrorKind::BadInput,
        }
    }
}

/// There is no run of this number, counted from 0, among so many.
pub(crate) fn no_run(number: usize, runs: usize) -> TraceError {
    let remedy = match runs {
        1 => "the trace has one".to_owned(),
        runs => format!("the runs are 1 to {runs}"),
    };
    TraceError::Absent { asked: format!("run {}", number.saturating_add(1)), remedy }
}

/// There is no step of this number, counted from 1, among so many.
pub(crate) fn no_step(number: usize, steps: usize) -> TraceError {
    TraceError::Absent { asked: format!("step {number}"), remedy: format!("the steps are 1 to {steps}") }
}

/// Why a file cannot be written, in words that fit every system.
fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        NotFound => "there is no such directory".to_owned(),
        NotADirectory => "what its path names as a directory is none".to_owned(),
        PermissionDenied => "it is not permitted".to_owned(),
        ReadOnlyFilesystem => "nothing is written to that disk".to_owned(),
        StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
