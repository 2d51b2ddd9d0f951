//! **What tests of the whole program share: running it in a directory of its own, and reading what it writes.**

use serde_json::Value;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// What came of a run of the program.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Its exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) stdout: String,
    /// What it complained of.
    pub(crate) stderr: String,
}

/// A directory that is gone after the test.
pub(crate) fn directory() -> TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"))
}

/// Runs the program there, on a fixed day.
pub(crate) fn mailcover(here: &Path, args: &[&str]) -> Checked {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
    command.args(args).current_dir(here).env("SOURCE_DATE_EPOCH", "1767225600");
    let output = command.output().unwrap_or_else(|error| panic!("mailcover does not start: {error}"));
    Checked {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The text of a file.
pub(crate) fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Writes a file.
pub(crate) fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// The JSON in a file.
pub(crate) fn json(file: &Path) -> Value {
    serde_json::from_str(&text(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
