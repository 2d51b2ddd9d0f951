//! **The claims table of `README.md`, made from the claims and the pinned verdicts.**

use crate::pins;
use crate::repository::root;
use mailcover_model::design::library;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The line before the table.
pub const BEGIN: &str = "<!-- claims table: generated -->";
/// The line after it.
pub const END: &str = "<!-- end of claims table -->";
/// The designs that have a column of their own.
const COLUMNS: [&str; 2] = ["imessage-2013", "imessage-2016"];

/// The verdicts of a cell by design.
type Verdicts = BTreeMap<(String, String), Vec<(&'static str, Verdict)>>;

/// The table in Markdown.
#[must_use]
pub fn markdown() -> String {
    let verdicts = verdicts();
    let mut text = String::from(
        "| claim | sentence | adversary | imessage-2013 | imessage-2016 | other designs, where it differs |\n\
         |---|---|---|---|---|---|\n",
    );
    for claim in all_claims() {
        for (at, question) in claim.questions.iter().enumerate() {
            let key = (claim.id.clone(), question.adversary.clone());
            let found = verdicts.get(&key).map_or(&[][..], Vec::as_slice);
            let of =
                |design: &str| found.iter().find(|(name, _)| *name == design).map(|(_, verdict)| *verdict);
            let (id, sentence) = match at {
                0 => (format!("`{}`", claim.id), claim.sentence.as_str()),
                _ => (String::new(), ""),
            };
            let columns = COLUMNS.map(|design| of(design).map_or("", Verdict::word));
            let differs = |&&(name, verdict): &&(&str, Verdict)| {
                !COLUMNS.contains(&name) && Some(verdict) != of("imessage-2016")
            };
            let others: Vec<String> =
                found.iter().filter(differs).map(|(name, verdict)| format!("{name}: {verdict}")).collect();
            let others = others.join(", ");
            let adversary = &question.adversary;
            text += &format!(
                "| {id} | {sentence} | {adversary} | {} | {} | {others} |\n",
                columns[0], columns[1]
            );
        }
    }
    text
}

/// The built-in claims, then those of the designs' own files.
fn all_claims() -> Vec<Arc<Claim>> {
    let mut all = claims::all();
    for name in library::names() {
        for claim in claims::of(&crate::cells::design(name)) {
            if all.iter().all(|known| known.id != claim.id) {
                all.push(claim);
            }
        }
    }
    all
}

fn verdicts() -> Verdicts {
    let mut verdicts = Verdicts::new();
    for design in library::names() {
        for pin in pins::of(design) {
            verdicts.entry((pin.claim, pin.adversary)).or_default().push((design, pin.verdict));
        }
    }
    verdicts
}

/// What stands between the marks in the text; `None` when a mark is missing.
#[must_use]
pub fn between_marks(text: &str) -> Option<&str> {
    let begin = text.find(BEGIN)? + BEGIN.len();
    let end = begin + text[begin..].find(END)?;
    Some(text[begin..end].trim())
}

/// Puts the table between the marks of `README.md`, where there are any and all designs are pinned.
///
/// # Panics
/// When the file cannot be written.
pub fn rewrite() {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let path = root().join("README.md");
    let Ok(text) = std::fs::read_to_string(&path) else { return };
    let Some(old) = between_marks(&text) else { return };
    if library::names().iter().any(|name| pins::lines(name).is_empty()) {
        return;
    }
    let new = if old.is_empty() {
        text.replace(BEGIN, &format!("{BEGIN}\n\n{}", markdown()))
    } else {
        text.replace(old, markdown().trim())
    };
    std::fs::write(&path, new).unwrap_or_else(|error| panic!("README.md: {error}"));
}
