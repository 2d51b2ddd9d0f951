//! **`diff`: which verdicts differ between two files of results, or between two designs.**
//!
//! A counterexample has changed when its actions, without their parameters, are others. Results are matched by claim and adversary; by design too, unless each side is about one design only.

mod markdown;

use crate::args::{DiffArgs, DiffFormat, Engine};
use crate::engine;
use crate::exit::{Code, Failure};
use crate::input;
use crate::page::{BOLD, FAINT, Page, count, paint, wrapped};
use crate::report::result::VERSION;
use crate::report::word::Word;
use crate::select;
use mailcover_properties::check::Cell;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// The longest file of results that is read.
const MAX_BYTES: usize = 64 << 20;

/// A file of results, as far as it is compared.
#[derive(Deserialize)]
struct Stored {
    version: u32,
    results: Vec<Row>,
}

/// A verdict with what it is about.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    design: String,
    claim: String,
    adversary: String,
    verdict: Word,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    shape: Option<String>,
}

/// Two sides, and what differs.
struct Differences<'a> {
    args: &'a DiffArgs,
    old: &'a Side,
    new: &'a Side,
    changes: Vec<Change>,
    shapes: Vec<Reshaped>,
}

/// A claim that is violated on both sides, by attacks of different shapes.
#[derive(Debug, Serialize)]
struct Reshaped {
    design: Option<String>,
    claim: String,
    adversary: String,
    old: String,
    new: String,
}

/// A verdict that differs.
#[derive(Debug, Serialize)]
struct Change {
    design: Option<String>,
    claim: String,
    adversary: String,
    old: Option<Word>,
    new: Option<Word>,
    reason: String,
}

/// One side of the comparison.
struct Side {
    rows: Vec<Row>,
    interrupted: bool,
}

/// Compares, and prints what differs.
pub(crate) fn run(args: &DiffArgs) -> Result<Page, Failure> {
    let (old, new) = match (is_results(&args.old), is_results(&args.new)) {
        (true, true) => (stored(&args.old)?, stored(&args.new)?),
        (false, false) => checked(args)?,
        _ => {
            let sentence = format!("{} and {} are not of one kind", args.old, args.new);
            return Err(Failure::input(format!("{sentence}; name two files of results, or two designs")));
        }
    };
    let changes = changes(&old.rows, &new.rows);
    let shapes = shapes(&old.rows, &new.rows);
    let interrupted = old.interrupted || new.interrupted;
    let differences = Differences { args, old: &old, new: &new, changes, shapes };
    let mut page = match args.format {
        DiffFormat::Json => {
            let Differences { changes, shapes, .. } = &differences;
            Page::json(&serde_json::json!({ "version": 1, "changes": changes, "shapes": shapes }))?
        }
        DiffFormat::Human => Page::of(told(&differences)),
        DiffFormat::Markdown => Page::of(markdown::comment(&differences)),
    };
    if interrupted {
        page.code = Code::Interrupted;
    }
    Ok(page)
}

fn is_results(named: &str) -> bool {
    Path::new(named).extension().is_some_and(|extension| extension == "json")
}

fn stored(file: &str) -> Result<Side, Failure> {
    let bytes = input::bytes_of(Path::new(file), MAX_BYTES, "a file of results")?;
    let remedy = "name a file that `mailcover check --json FILE` wrote";
    let stored: Stored = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::input(format!("{file}: these are no results: {error}; {remedy}")))?;
    if stored.version != VERSION {
        let version = stored.version;
        return Err(Failure::input(format!(
            "{file}: the results have version {version}, not {VERSION}; {remedy}"
        )));
    }
    Ok(Side { rows: stored.results, interrupted: false })
}

/// Checks both designs, after both were found to be designs.
fn checked(args: &DiffArgs) -> Result<(Side, Side), Failure> {
    let cells = |named: &String| -> Result<Vec<Cell>, Failure> {
        let designs = select::designs(std::slice::from_ref(named), &args.what.settings)?;
        select::cells(&designs, &args.what)
    };
    let (old, new) = (cells(&args.old)?, cells(&args.new)?);
    Ok((side(&old, args)?, side(&new, args)?))
}

fn side(cells: &[Cell], args: &DiffArgs) -> Result<Side, Failure> {
    let mut options = engine::options(&args.what, &args.limits);
    let found = engine::run(cells, &mut options, Engine::Own)?;
    if let Some(bug) = found.findings.iter().find(|finding| finding.bug) {
        return Err(Failure::internal(bug.reason.clone()));
    }
    let row = |(cell, finding): (&Cell, &mailcover_properties::finding::Finding)| Row {
        design: cell.design.name.clone(),
        claim: cell.claim.id.clone(),
        adversary: cell.question().adversary.clone(),
        verdict: finding.verdict.into(),
        reason: crate::page::sentence(&finding.reason),
        shape: finding.evidence.shape(),
    };
    Ok(Side { rows: cells.iter().zip(&found.findings).map(row).collect(), interrupted: found.interrupted })
}

/// Whether results are matched by design too: not where each side is about one design only.
fn by_design(old: &[Row], new: &[Row]) -> bool {
    let one_design = |rows: &[Row]| rows.iter().map(|row| &row.design).collect::<BTreeSet<_>>().len() <= 1;
    !(one_design(old) && one_design(new))
}

/// What a result is about: design, where results are matched by it, claim and adversary.
fn about(row: &Row, by_design: bool) -> [&str; 3] {
    [if by_design { &row.design } else { "" }, &row.claim, &row.adversary]
}

/// The results by what they are about; of several the first.
fn index(rows: &[Row], by_design: bool) -> BTreeMap<[&str; 3], &Row> {
    let mut index = BTreeMap::new();
    for row in rows {
        index.entry(about(row, by_design)).or_insert(row);
    }
    index
}

/// What is violated before and after, by attacks of different shapes. Results from before they had shapes are left out.
fn shapes(old: &[Row], new: &[Row]) -> Vec<Reshaped> {
    let by_design = by_design(old, new);
    let index = index(new, by_design);
    let violated = |row: &&Row| row.verdict == Word::Violated;
    let reshaped = |before: &Row| {
        let after = index.get(&about(before, by_design)).copied().filter(violated)?;
        let (old, new) = (before.shape.clone()?, after.shape.clone()?);
        let design = by_design.then(|| before.design.clone());
        let (claim, adversary) = (before.claim.clone(), before.adversary.clone());
        (old != new).then_some(Reshaped { design, claim, adversary, old, new })
    };
    old.iter().filter(violated).filter_map(reshaped).collect()
}

fn changes(old: &[Row], new: &[Row]) -> Vec<Change> {
    let by_design = by_design(old, new);
    let (before, after) = (index(old, by_design), index(new, by_design));
    let change = |row: &Row, old: Option<Word>, new: Option<Word>| Change {
        design: by_design.then(|| row.design.clone()),
        claim: row.claim.clone(),
        adversary: row.adversary.clone(),
        old,
        new,
        reason: row.reason.clone(),
    };
    let mut changes = Vec::new();
    for before in old {
        match after.get(&about(before, by_design)) {
            Some(after) if after.verdict == before.verdict => {}
            Some(after) => changes.push(change(after, Some(before.verdict), Some(after.verdict))),
            None => changes.push(change(before, Some(before.verdict), None)),
        }
    }
    let added = new.iter().filter(|after| !before.contains_key(&about(after, by_design)));
    changes.extend(added.map(|after| change(after, None, Some(after.verdict))));
    changes
}

/// The verdict with its sign, or that there is none.
fn said(word: Option<Word>) -> String {
    word.map_or_else(|| "–".to_owned(), |word| format!("{} {}", word.sign(), word.said()))
}

fn told(differences: &Differences<'_>) -> String {
    let Differences { args, changes, shapes, .. } = differences;
    let mut text = format!("From {} to {}.\n\n", paint(BOLD, &args.old), paint(BOLD, &args.new));
    for change in changes {
        let design = change.design.as_ref().map(|design| format!("{design}  ")).unwrap_or_default();
        let (old, new) = (said(change.old), said(change.new));
        let _ = writeln!(text, "  {design}{}, put to {}", paint(BOLD, &change.claim), change.adversary);
        let _ = writeln!(text, "      {old} → {new}");
        if change.new.is_some() && !change.reason.is_empty() {
            text.push_str(&paint(FAINT, wrapped("      ", &change.reason, 6).trim_end()));
            text.push('\n');
        }
    }
    for Reshaped { design, claim, adversary, old, new } in shapes {
        let design = design.as_ref().map(|design| format!("{design}  ")).unwrap_or_default();
        let _ = writeln!(text, "  {design}{}, put to {adversary}", paint(BOLD, claim));
        text.push_str(&wrapped("      ", "✗ violated as before, by an attack of another shape", 6));
        text.push_str(&wrapped("      before  ", old, 14));
        text.push_str(&wrapped("      after   ", new, 14));
    }
    if !changes.is_empty() || !shapes.is_empty() {
        text.push('\n');
    }
    for line in totals(differences) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// How many differ, of how many, and how many may yet.
fn totals(differences: &Differences<'_>) -> Vec<String> {
    let (old, new) = (&differences.old.rows, &differences.new.rows);
    let compared = count(old.len().max(new.len()), "cell", "cells");
    let changed = match differences.changes.len() {
        0 => format!("No verdict changes, of {compared}."),
        1 => format!("1 verdict changes, of {compared}."),
        many => format!("{many} verdicts change, of {compared}."),
    };
    let mut lines = vec![changed];
    match differences.shapes.len() {
        0 => {}
        1 => lines.push("1 counterexample has another shape.".to_owned()),
        many => lines.push(format!("{many} counterexamples have other shapes.")),
    }
    let undecided = |rows: &[Row]| rows.iter().filter(|row| row.verdict == Word::Inconclusive).count();
    let (before, after) = (undecided(old), undecided(new));
    if before + after > 0 {
        lines.push(format!("Inconclusive are {before} before and {after} after, which may yet differ."));
    }
    lines
}
