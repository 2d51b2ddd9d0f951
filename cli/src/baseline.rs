//! **A baseline: departures that were there before, and therefore fail no check.**
//!
//! It names cells with the verdict that was found and, where a run shows it, the shape of that run. It excuses exactly that:
//! another verdict, or an attack of another shape, counts as if there were no baseline. What was not decided it never excuses,
//! nor an expectation that has expired.

use crate::exit::{Code, Failure};
use crate::input;
use crate::report::result::CellResult;
use crate::report::word::Word;
use crate::select::Chosen;
use mailcover_properties::check::Cell;
use mailcover_traces::harmless;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The version of the format.
const VERSION: u64 = 1;
/// The longest baseline that is read.
const MAX_BYTES: usize = 4 << 20;
/// How many characters of it an error quotes.
const MOST_QUOTED: usize = 120;
/// What to do about a file that is none.
const REMEDY: &str = "name a file that `mailcover check --baseline FILE --update-baseline` wrote";

/// A departure that was there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The design's name.
    design: String,
    /// The claim's name.
    claim: String,
    /// The adversary's name.
    adversary: String,
    /// The verdict that was found.
    verdict: Word,
    /// The names of the actions of the runs that show it, without their parameters; null where no run does.
    shape: Option<String>,
}

/// What a baseline says of a result that is not as expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Known {
    /// It was there before, which excuses it.
    Same,
    /// There was another departure: another verdict, or an attack of another shape.
    Other,
}

/// A baseline.
#[derive(Debug, Default)]
pub(crate) struct Baseline {
    /// What it names, each with its line, from 1.
    entries: Vec<(Entry, usize)>,
}

/// A baseline, as a file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Baseline of mailcover check")]
pub(crate) struct Stored {
    /// The version of this format.
    #[serde(rename = "baseline")]
    #[schemars(range(min = 1, max = 1))]
    _version: u64,
    /// What was there before, each cell once.
    results: Vec<Entry>,
}

impl Entry {
    fn of(row: &CellResult) -> Self {
        Self {
            design: row.design.clone(),
            claim: row.claim.clone(),
            adversary: row.adversary.clone(),
            verdict: row.verdict,
            shape: row.shape.clone(),
        }
    }

    fn cell(&self) -> [&str; 3] {
        [&self.design, &self.claim, &self.adversary]
    }
}

fn cell_of(row: &CellResult) -> [&str; 3] {
    [&row.design, &row.claim, &row.adversary]
}

/// The cells of these designs.
fn cells_of(designs: &[Chosen]) -> Vec<Cell> {
    designs.iter().flat_map(|chosen| Cell::all(&chosen.design)).collect()
}

impl Baseline {
    /// Reads a baseline.
    pub(crate) fn read(file: &Path) -> Result<Self, Failure> {
        let bytes = input::bytes_of(file, MAX_BYTES, "a baseline")?;
        let shown = file.display().to_string();
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            Failure::input(format!(
                "{shown}:{}: this is not UTF-8; {REMEDY}",
                line_after(&bytes[..error.valid_up_to()])
            ))
        })?;
        Self::parse(text, &shown)
    }

    /// The baseline in this text.
    pub(crate) fn parse(text: &str, shown: &str) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Header {
            baseline: u64,
        }
        if let Ok(Header { baseline: version }) = serde_json::from_str(text)
            && version != VERSION
        {
            let line = keys(text, "baseline").next().unwrap_or(1);
            return Err(Failure::input(format!(
                "{shown}:{line}: the baseline has version {version}, and this program reads version {VERSION}; remove \
                 it, and write it anew with `--update-baseline`"
            )));
        }
        let stored: Stored = serde_json::from_str(text).map_err(|error| {
            let line = error.line().max(1);
            Failure::input(format!("{shown}:{line}: this is no baseline: {}; {REMEDY}", plain(&error)))
        })?;
        // Every entry has this key once.
        let mut lines = keys(text, "claim");
        let mut entries: Vec<(Entry, usize)> = Vec::new();
        let mut seen: BTreeSet<[String; 3]> = BTreeSet::new();
        for entry in stored.results {
            let line = lines.next().unwrap_or(1);
            if !seen.insert(entry.cell().map(str::to_owned)) {
                let what = format!("the baseline has two entries for {}", named(&entry));
                return Err(Failure::input(format!("{shown}:{line}: {what}; keep one of them")));
            }
            entries.push((entry, line));
        }
        Ok(Self { entries })
    }

    /// Entries about a design that was chosen must speak of cells that it has.
    pub(crate) fn exists(&self, file: &Path, designs: &[Chosen]) -> Result<(), Failure> {
        let shown = file.display();
        let cells = cells_of(designs);
        for (entry, line) in &self.entries {
            let chosen = designs.iter().any(|chosen| chosen.design.name == entry.design);
            if chosen && !has(&cells, entry) {
                return Err(Failure::input(format!(
                    "{shown}:{line}: there is no such cell any more: {}; remove the entry, or write the baseline anew with \
                     `--update-baseline`",
                    named(entry)
                )));
            }
        }
        Ok(())
    }

    /// Notes what it says of each result, and excuses what it knows.
    pub(crate) fn excuse(&self, rows: &mut [CellResult]) {
        for row in rows.iter_mut().filter(|row| can_be_excused(row)) {
            let Some((entry, _)) = self.entries.iter().find(|(entry, _)| entry.cell() == cell_of(row)) else {
                continue;
            };
            if *entry == Entry::of(row) {
                row.baseline = Some(Known::Same);
                row.as_expected = true;
                row.code = Code::AsExpected;
            } else {
                row.baseline = Some(Known::Other);
            }
        }
    }

    /// The baseline after these results: theirs, and the old entries about cells that were not checked now but still exist.
    pub(crate) fn updated(&self, rows: &[CellResult], designs: &[Chosen]) -> Result<String, Failure> {
        let cells = cells_of(designs);
        let kept = |entry: &&Entry| {
            let chosen = designs.iter().any(|chosen| chosen.design.name == entry.design);
            let checked =
                rows.iter().any(|row| cell_of(row) == entry.cell() && row.verdict != Word::Inconclusive);
            !checked && (!chosen || has(&cells, entry))
        };
        let mut entries: Vec<Entry> =
            self.entries.iter().map(|(entry, _)| entry).filter(kept).cloned().collect();
        let departs = |row: &&CellResult| can_be_excused(row) || row.baseline == Some(Known::Same);
        entries.extend(rows.iter().filter(departs).map(Entry::of));
        entries.sort_by(|left, right| left.cell().cmp(&right.cell()));
        let lines: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
        let lines = lines
            .map_err(|error| Failure::internal(format!("a baseline cannot be written as JSON: {error}")))?;
        let lines = lines.iter().map(|line| format!("\n    {line}")).collect::<Vec<_>>().join(",");
        Ok(format!("{{\n  \"baseline\": {VERSION},\n  \"results\": [{lines}\n  ]\n}}\n"))
    }
}

/// Whether a baseline may excuse the result: it departs from what was expected, was decided, and no expectation expired.
fn can_be_excused(row: &CellResult) -> bool {
    matches!(row.code, Code::Violation | Code::NoViolation | Code::Vacuous) && row.expired.is_none()
}

fn has(cells: &[Cell], entry: &Entry) -> bool {
    cells
        .iter()
        .any(|cell| [&*cell.design.name, &*cell.claim.id, &*cell.question().adversary] == entry.cell())
}

fn named(entry: &Entry) -> String {
    let [design, claim, adversary] = entry.cell().map(shortened);
    format!("{claim} put to {adversary} in {design}")
}

/// In which lines, from 1, the key stands in a text of JSON. Within a string its quotes would be escaped.
fn keys(text: &str, key: &str) -> impl Iterator<Item = usize> {
    let quoted = format!("\"{key}\"");
    let is_key = move |(at, found): &(usize, &str)| text[at + found.len()..].trim_start().starts_with(':');
    let places: Vec<usize> = text.match_indices(&quoted).filter(is_key).map(|(at, _)| at).collect();
    places.into_iter().scan((0, 1), move |(before, line), at| {
        *line += line_after(&text.as_bytes()[*before..at]) - 1;
        *before = at;
        Some(*line)
    })
}

/// In which line, from 1, the text after these bytes goes on.
fn line_after(before: &[u8]) -> usize {
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// What serde says, without its own place.
fn plain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    shortened(message.strip_suffix(&place).unwrap_or(&message))
}

/// As much of what a file says as an error quotes.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_QUOTED) {
        Some((at, _)) => format!("{}...", harmless(&text[..at])),
        None => harmless(text),
    }
}
