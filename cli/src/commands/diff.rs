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
use mailcover_traces::harmless;
use schemars::JsonSchema;
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
    #[serde(flatten)]
    under: Conditions,
}

/// Under which conditions verdicts were found, as far as they can differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Conditions {
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    shard: Option<String>,
    #[serde(default)]
    flaw: Option<String>,
    #[serde(default)]
    settings: Vec<String>,
    #[serde(default)]
    widened: u8,
    #[serde(default)]
    model_sha256: Option<String>,
}

impl Conditions {
    /// What is unusual about them, in words; nothing where nothing is.
    fn said(&self) -> String {
        let mut said = Vec::new();
        if self.partial {
            said.push("interrupted".to_owned());
        }
        said.extend(self.shard.as_ref().map(|shard| format!("part {} only", harmless(shard))));
        said.extend(self.flaw.as_ref().map(|flaw| format!("with the mistake {} planted", harmless(flaw))));
        if !self.settings.is_empty() {
            said.push(format!("with {}", harmless(&self.settings.join(", "))));
        }
        if self.widened > 0 {
            said.push(format!("with bounds raised by {}", self.widened));
        }
        said.join(", ")
    }
}

/// What differs, for programs.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Differences of mailcover diff")]
pub(crate) struct Comparison<'a> {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    version: u32,
    /// Verdicts that differ, and cells that only one side has.
    changes: &'a [Change],
    /// Claims that are violated on both sides, by attacks of different shapes.
    shapes: &'a [Reshaped],
    /// How many cells were not decided on each side, the old one first. These may yet differ; the program then ends with 5.
    undecided: [usize; 2],
    /// What is unusual about either side, or differs in how its verdicts were found, a sentence each.
    remarks: Vec<String>,
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
#[derive(Debug, Serialize, JsonSchema)]
struct Reshaped {
    design: Option<String>,
    claim: String,
    adversary: String,
    old: String,
    new: String,
}

/// A verdict that differs.
#[derive(Debug, Serialize, JsonSchema)]
struct Change {
    /// The design; null where each side is about one design only.
    design: Option<String>,
    claim: String,
    adversary: String,
    /// The verdict on the old side; null where it has no such cell.
    old: Option<Word>,
    /// The verdict on the new side; null where it has no such cell.
    new: Option<Word>,
    reason: String,
}

/// One side of the comparison.
struct Side {
    rows: Vec<Row>,
    under: Conditions,
}

impl Side {
    fn undecided(&self) -> usize {
        self.rows.iter().filter(|row| row.verdict == Word::Inconclusive).count()
    }
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
    let differences = Differences { args, old: &old, new: &new, changes, shapes };
    let mut page = match args.format {
        DiffFormat::Json => {
            let Differences { changes, shapes, .. } = &differences;
            let undecided = [old.undecided(), new.undecided()];
            Page::json(&Comparison {
                version: 1,
                changes,
                shapes,
                undecided,
                remarks: remarks(&differences),
            })?
        }
        DiffFormat::Human => Page::of(told(&differences)),
        DiffFormat::Markdown => Page::of(markdown::comment(&differences)),
    };
    if old.undecided() + new.undecided() > 0 {
        page.code = Code::Inconclusive;
    }
    if !is_results(&args.old) && (old.under.partial || new.under.partial) {
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
    let mut known = BTreeSet::new();
    for row in &stored.results {
        if !known.insert(about(row, true)) {
            let [design, claim, adversary] = about(row, true).map(harmless);
            return Err(Failure::input(format!(
                "{file}: there are two results of {claim}, put to {adversary}, in {design}; {remedy}"
            )));
        }
    }
    Ok(Side { rows: stored.results, under: stored.under })
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
    let under = Conditions {
        partial: found.interrupted,
        flaw: args.what.flaw.map(mailcover_model::flaw::Flaw::name),
        settings: args.what.settings.clone(),
        widened: args.what.widen,
        ..Conditions::default()
    };
    Ok(Side { rows: cells.iter().zip(&found.findings).map(row).collect(), under })
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
    word.map_or_else(|| "not there".to_owned(), |word| format!("{} {}", word.sign(), word.said()))
}

fn told(differences: &Differences<'_>) -> String {
    let Differences { args, changes, shapes, .. } = differences;
    let mut text = format!("From {} to {}.\n\n", paint(BOLD, &args.old), paint(BOLD, &args.new));
    for remark in remarks(differences) {
        text.push_str(&wrapped("", &remark, 0));
    }
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
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

/// What a reader has to know before the differences: what was not decided, and under which conditions either side was found.
fn remarks(differences: &Differences<'_>) -> Vec<String> {
    let Differences { args, old, new, .. } = differences;
    let mut remarks = Vec::new();
    let (before, after) = (old.undecided(), new.undecided());
    if before + after > 0 {
        let cells = count(before, "cell was", "cells were");
        remarks.push(format!("{cells} not decided before and {after} after; these may yet differ."));
    }
    let said = |side: &Side| Some(side.under.said()).filter(|said| !said.is_empty());
    match (said(old), said(new)) {
        (None, None) => {}
        (Some(one), Some(other)) if one == other => remarks.push(format!("Both sides: {one}.")),
        (one, other) => {
            let usual = || "as usual".to_owned();
            let (one, other) = (one.unwrap_or_else(usual), other.unwrap_or_else(usual));
            remarks.push(format!("{}: {one}. {}: {other}.", harmless(&args.old), harmless(&args.new)));
        }
    }
    if let (Some(one), Some(other)) = (&old.under.model_sha256, &new.under.model_sha256)
        && one != other
    {
        remarks.push(
            "The two were found by programs with different models, so that not only the designs can differ."
                .to_owned(),
        );
    }
    remarks
}

/// How many differ, of how many.
fn totals(differences: &Differences<'_>) -> Vec<String> {
    let (old, new) = (&differences.old.rows, &differences.new.rows);
    let only_in =
        |none: fn(&Change) -> bool| differences.changes.iter().filter(|change| none(change)).count();
    let (gone, added) = (only_in(|change| change.new.is_none()), only_in(|change| change.old.is_none()));
    let compared = count(old.len().saturating_sub(gone).min(new.len()), "cell", "cells");
    let changed = match differences.changes.len() - gone - added {
        0 => format!("No verdict changes, of {compared}."),
        1 => format!("1 verdict changes, of {compared}."),
        many => format!("{many} verdicts change, of {compared}."),
    };
    let mut lines = vec![changed];
    let args = differences.args;
    for (cells, side) in [(gone, &args.old), (added, &args.new)] {
        if cells > 0 {
            let cells = count(cells, "cell is", "cells are");
            lines.push(format!("{cells} only in {}.", harmless(side)));
        }
    }
    match differences.shapes.len() {
        0 => {}
        1 => lines.push("1 counterexample has another shape.".to_owned()),
        many => lines.push(format!("{many} counterexamples have other shapes.")),
    }
    lines
}
