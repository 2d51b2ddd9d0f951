//! **How a run of the program ends: its exit codes, which of several counts, and failures with their sentence.**

use mailcover_traces::{ErrorKind, TraceError};
use std::fmt;
use std::process::ExitCode;

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Code {
    /// All is as expected.
    AsExpected = 0,
    /// A file could not be read or written, or a tool failed.
    Io = 1,
    /// The command line or a file is wrong.
    Input = 2,
    /// Nothing was selected.
    Nothing = 4,
    /// A limit was reached before a claim was decided.
    Inconclusive = 5,
    /// A claim is violated and was not expected to be.
    Violation = 10,
    /// A claim that was expected to be violated is not.
    NoViolation = 11,
    /// A claim's interesting case was never reached.
    Vacuous = 12,
    /// The program has a mistake.
    Internal = 70,
    /// Somebody interrupted it.
    Interrupted = 130,
}

/// All codes, the one that counts first.
const PRECEDENCE: [Code; 10] = [
    Code::Internal,
    Code::Interrupted,
    Code::Io,
    Code::Input,
    Code::Violation,
    Code::Vacuous,
    Code::Inconclusive,
    Code::NoViolation,
    Code::Nothing,
    Code::AsExpected,
];

impl Code {
    /// The one that counts when several apply.
    pub(crate) fn gravest(codes: &[Self]) -> Self {
        PRECEDENCE.into_iter().find(|code| codes.contains(code)).unwrap_or(Self::AsExpected)
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the program ends.
    pub(crate) code: Code,
    /// What was wrong, where, and what would be right.
    pub(crate) sentence: String,
}

impl Failure {
    /// The command line or a file is wrong.
    pub(crate) fn input(sentence: impl Into<String>) -> Self {
        Self { code: Code::Input, sentence: sentence.into() }
    }

    /// A file could not be read or written.
    pub(crate) fn io(sentence: impl Into<String>) -> Self {
        Self { code: Code::Io, sentence: sentence.into() }
    }

    /// The program has a mistake.
    pub(crate) fn internal(sentence: impl Into<String>) -> Self {
        Self { code: Code::Internal, sentence: sentence.into() }
    }

    /// Nothing was selected.
    pub(crate) fn nothing(sentence: impl Into<String>) -> Self {
        Self { code: Code::Nothing, sentence: sentence.into() }
    }
}

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        let sentence = error.to_string();
        match error.kind() {
            ErrorKind::BadInput => Self::input(sentence),
            ErrorKind::Io => Self::io(sentence),
            ErrorKind::Internal => Self::internal(sentence),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, PRECEDENCE};

    #[test]
    fn the_gravest_code_counts() {
        for (at, graver) in PRECEDENCE.into_iter().enumerate() {
            for lesser in PRECEDENCE.into_iter().skip(at) {
                assert_eq!(Code::gravest(&[lesser, graver]), graver);
            }
        }
        assert_eq!(Code::gravest(&[]), Code::AsExpected);
    }
}
