//! **The tables of `README.md`, made from the claims and the pinned verdicts; here that of the claims.**

use crate::pins;
use crate::repository::root;
use crate::rows::SYSTEMS;
use mailcover_model::design::library;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A table, and the lines between which it stands.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The line before it.
    pub begin: &'static str,
    /// The line after it.
    pub end: &'static str,
    /// The table in Markdown.
    pub markdown: fn() -> String,
}

/// All of them.
pub const TABLES: [Table; 2] = [SYSTEMS, CLAIMS];

/// The claims table.
const CLAIMS: Table =
    Table { begin: "<!-- claims table: generated -->", end: "<!-- end of claims table -->", markdown };

/// The designs that have a column of their own.
const COLUMNS: [&str; 2] = ["imessage-2013", "imessage-2016"];

/// The verdicts of a cell by design.
type Verdicts = BTreeMap<(String, String), Vec<(&'static str, Verdict)>>;

fn markdown() -> String {
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
pub(crate) fn all_claims() -> Vec<Arc<Claim>> {
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

pub(crate) fn verdicts() -> Verdicts {
    let mut verdicts = Verdicts::new();
    for design in library::names() {
        for pin in pins::of(design) {
            verdicts.entry((pin.claim, pin.adversary)).or_default().push((design, pin.verdict));
        }
    }
    verdicts
}

impl Table {
    /// What stands between the marks in the text; `None` when a mark is missing.
    #[must_use]
    pub fn within<'a>(&self, text: &'a str) -> Option<&'a str> {
        let begin = text.find(self.begin)? + self.begin.len();
        let end = begin + text[begin..].find(self.end)?;
        Some(text[begin..end].trim())
    }

    /// The text with the table between the marks, where it has any.
    fn put_into(&self, text: String) -> String {
        let Some(begin) = text.find(self.begin).map(|at| at + self.begin.len()) else { return text };
        let Some(length) = text[begin..].find(self.end) else { return text };
        format!("{}\n\n{}\n\n{}", &text[..begin], (self.markdown)().trim(), &text[begin + length..])
    }
}

/// Puts the tables between their marks in `README.md`, where all designs are pinned.
///
/// # Panics
/// When the file cannot be written.
pub fn rewrite() {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let path = root().join("README.md");
    let Ok(text) = std::fs::read_to_string(&path) else { return };
    if library::names().iter().any(|name| pins::lines(name).is_empty()) {
        return;
    }
    let new = TABLES.iter().fold(text, |text, table| table.put_into(text));
    std::fs::write(&path, new).unwrap_or_else(|error| panic!("README.md: {error}"));
}
