//! **Numbers that are pinned: a changed count is a changed model.**
//!
//! A pinned file is a JSON array with one object a line, so that a change shows as the lines that changed.

use crate::repository::root;
use mailcover_properties::finding::Verdict;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The command that pins anew.
pub const COMMAND: &str = "MAILCOVER_PIN=1 cargo test --workspace --test pinned --test flaws";

/// What is pinned of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The claim.
    pub claim: String,
    /// The adversary.
    pub adversary: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How many states were explored.
    pub states: usize,
    /// How deep they lie.
    pub depth: usize,
    /// How many classes they fall into; `None` where the claim is not about knowledge.
    pub classes: Option<usize>,
}

/// Whether this run pins instead of comparing.
#[must_use]
pub fn pinning() -> bool {
    std::env::var_os("MAILCOVER_PIN").is_some_and(|value| value == "1")
}

/// The lines of the pinned file of this name; none when there is no such file.
#[must_use]
pub fn lines(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path(name)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// What is pinned of a design.
///
/// # Panics
/// When nothing is, or it cannot be read.
#[must_use]
pub fn of(design: &str) -> Vec<Pin> {
    let text = lines(design).join("\n");
    assert!(!text.is_empty(), "nothing is pinned for {design} yet: {COMMAND}");
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("tests/pinned/{design}.json: {error}; {COMMAND}"))
}

/// The beginning of a digest of the text, as many bits as tell some thousands of texts apart: of what is too long to be pinned.
#[must_use]
pub fn digest(text: &str) -> String {
    hex::encode(&Sha256::digest(text)[..8])
}

/// Compares with what is pinned, or pins.
///
/// # Errors
/// What differs, line by line.
///
/// # Panics
/// When what is to be pinned cannot be written.
pub fn held<T: Serialize>(name: &str, items: &[T]) -> Result<(), String> {
    let found = written(items);
    if pinning() {
        let text = found.join("\n") + "\n";
        std::fs::write(path(name), text).unwrap_or_else(|error| panic!("tests/pinned/{name}.json: {error}"));
        return Ok(());
    }
    let pinned = lines(name);
    if pinned == found {
        return Ok(());
    }
    let changes = changes(&pinned, &found);
    Err(format!(
        "tests/pinned/{name}.json says otherwise (- pinned, + found):\n{changes}\nIf that is meant: {}",
        command(name)
    ))
}

/// The command that pins this file anew: what is in a folder is pinned by the suite of that name.
fn command(name: &str) -> String {
    match name.split_once('/') {
        Some((suite, _)) => format!("MAILCOVER_PIN=1 cargo test --workspace --test {suite}"),
        None => COMMAND.to_owned(),
    }
}

/// Compares with what is pinned of the same cells, where some were left out.
///
/// # Errors
/// What differs, line by line.
pub fn among(design: &str, found: &[Pin]) -> Result<(), String> {
    let is_found =
        |pin: &Pin| found.iter().any(|one| (&one.claim, &one.adversary) == (&pin.claim, &pin.adversary));
    let pinned: Vec<Pin> = of(design).into_iter().filter(is_found).collect();
    if pinned == found {
        return Ok(());
    }
    let changes = changes(&written(&pinned), &written(found));
    Err(format!(
        "tests/pinned/{design}.json says otherwise (- pinned, + found):\n{changes}\nIf that is meant: {COMMAND}"
    ))
}

fn written<T: Serialize>(items: &[T]) -> Vec<String> {
    let object = |item| serde_json::to_string(item).unwrap_or_else(|error| panic!("{error}"));
    let objects: Vec<String> = items.iter().map(object).collect();
    let last = objects.len().saturating_sub(1);
    let line = |(at, object): (usize, &String)| format!("  {object}{}", if at == last { "" } else { "," });
    let middle = objects.iter().enumerate().map(line);
    std::iter::once("[".to_owned()).chain(middle).chain(std::iter::once("]".to_owned())).collect()
}

/// The lines that only one of the two has.
#[must_use]
pub fn changes(old: &[String], new: &[String]) -> String {
    let only = |these: &[String], those: &[String], sign: &str| {
        let lines = these.iter().filter(|line| !those.contains(line));
        lines.map(|line| format!("{sign} {}\n", line.trim())).collect::<String>()
    };
    only(old, new, "-") + &only(new, old, "+")
}

fn path(name: &str) -> PathBuf {
    root().join("tests/pinned").join(format!("{name}.json"))
}
