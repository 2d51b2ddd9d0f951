//! **The repository as text.**

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file that belongs to the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All text files of the repository: those that git tracks, and those that it would track if they were added.
///
/// # Panics
/// When git does not answer.
#[must_use]
pub fn files() -> Vec<File> {
    let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(list).current_dir(root()).output();
    let output = output.unwrap_or_else(|error| panic!("git does not start: {error}"));
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |path: &str| std::fs::read_to_string(root().join(path)).ok();
    let file = |path: &str| Some(File { path: path.to_owned(), text: read(path)? });
    let mut files: Vec<File> = names.lines().filter_map(file).collect();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files.dedup_by(|left, right| left.path == right.path);
    files
}

/// The files of Rust source.
#[must_use]
pub fn rust() -> Vec<File> {
    files().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}
