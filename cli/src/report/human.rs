//! **The results as a table: quiet where all is as expected, in full sentences where it is not.**

use super::result::{CellResult, Results, Word};
use crate::exit::Code;
use crate::page::{BAD, BOLD, FAINT, FEARED, GOOD, count, paint, thousands, wrapped};
use crate::select::Chosen;
use anstyle::Style;
use mailcover_model::design::ExpectedVerdict;
use std::collections::BTreeSet;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The table, with what to type next.
pub(crate) fn table(results: &Results, chosen: &[Chosen]) -> String {
    let rows = &results.results;
    let widths = Widths::of(rows);
    let mut text = head(results);
    let mut design = "";
    for row in rows {
        if row.design != design {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = write!(
                text,
                "{gap}{}\n{}\n",
                paint(BOLD, &row.design),
                wrapped("  ", says(chosen, &row.design), 2)
            );
            design = &row.design;
        }
        line(&mut text, row, &widths);
    }
    text.push('\n');
    text.push_str(&totals(results));
    text.push_str(&not_applicable(rows));
    text.push_str(&next(rows, chosen));
    text
}

fn says<'a>(chosen: &'a [Chosen], design: &str) -> &'a str {
    let found = chosen.iter().find(|chosen| chosen.design.name == design);
    found.map_or("", |chosen| chosen.design.says.as_str())
}

/// What is unusual about the whole check.
fn head(results: &Results) -> String {
    let mut text = String::new();
    if results.partial {
        let _ = writeln!(text, "{}", paint(BAD, "Partial: the check was interrupted."));
    }
    if let Some(flaw) = &results.flaw {
        let _ = writeln!(text, "With the flaw {} planted.", paint(BOLD, flaw));
    }
    if !results.settings.is_empty() {
        let _ = writeln!(text, "With {}.", results.settings.join(", "));
    }
    if results.widened > 0 {
        let respects = mailcover_traces::respects(results.widened_in);
        let _ = writeln!(text, "With bounds raised by {}: {respects}.", results.widened);
    }
    text
}

/// The widths of the columns.
struct Widths {
    verdict: usize,
    claim: usize,
    adversary: usize,
    states: usize,
}

impl Widths {
    fn of(rows: &[CellResult]) -> Self {
        let widest = |cell: &dyn Fn(&CellResult) -> String| {
            rows.iter().map(|row| cell(row).width()).max().unwrap_or(0)
        };
        Self {
            verdict: widest(&|row| verdict(row).0),
            claim: widest(&|row| row.claim.clone()),
            adversary: widest(&|row| row.adversary.clone()),
            states: widest(&|row| thousands(row.states)),
        }
    }
}

/// The verdict with its sign, and how to paint it.
fn verdict(row: &CellResult) -> (String, Style) {
    let said = format!("{} {}", row.verdict.sign(), row.verdict.said());
    match (row.verdict, row.as_expected) {
        (Word::Holds, true) => (said, GOOD),
        (Word::Violated, true) => (format!("{said} (as expected)"), FEARED),
        (Word::NotApplicable, true) => (said, FAINT),
        (Word::Holds | Word::Violated, false) if row.code != Code::Violation || row.expired.is_none() => {
            (format!("{said} (unexpected)"), BAD)
        }
        (Word::Holds | Word::Violated | Word::NotApplicable, false) => (format!("{said} (expired)"), BAD),
        (Word::Inconclusive | Word::Vacuous, _) => (said, BAD),
    }
}

fn line(text: &mut String, row: &CellResult, widths: &Widths) {
    let (said, style) = verdict(row);
    let pad = |cell: &str, width: usize| " ".repeat(width.saturating_sub(cell.width()));
    let states = thousands(row.states);
    let _ = write!(
        text,
        "  {}{}  {}{}  {}{}  {}{}",
        paint(style, &said),
        pad(&said, widths.verdict),
        row.claim,
        pad(&row.claim, widths.claim),
        row.adversary,
        pad(&row.adversary, widths.adversary),
        pad(&states, widths.states),
        paint(FAINT, &states),
    );
    let _ = writeln!(text, "  {}", row.trace.as_deref().unwrap_or("-"));
    if row.as_expected {
        return;
    }
    text.push_str(&wrapped("      ", &row.reason, 6));
    if let Some(day) = &row.expired {
        let expired = format!("The design's own expectation expired on {day} and excuses nothing any more.");
        text.push_str(&wrapped("      ", &expired, 6));
    }
    if matches!(row.code, Code::Violation | Code::NoViolation) {
        let expected = match row.expected {
            ExpectedVerdict::Holds => "to hold",
            ExpectedVerdict::Violated => "to be violated",
        };
        text.push_str(&wrapped("      ", &format!("Expected {expected}: {}", row.because), 6));
    }
}

/// How many cells, how many states (those that cells share counted once), and what is not as expected.
fn totals(results: &Results) -> String {
    let rows = &results.results;
    let mut counted = BTreeSet::new();
    let new = |row: &&CellResult| row.exploration.is_none_or(|number| counted.insert(number));
    let states = rows.iter().filter(new).map(|row| row.states).sum();
    let mut designs: Vec<&str> = rows.iter().map(|row| row.design.as_str()).collect();
    designs.dedup();
    let cells = count(rows.len(), "cell", "cells");
    let designs = count(designs.len(), "design", "designs");
    let states = count(states, "state", "states");
    let expired = rows.iter().filter(|row| row.expired.is_some()).count();
    let current = || rows.iter().filter(|row| row.expired.is_none());
    let of = |code: Code| current().filter(|row| row.code == code).count();
    let groups = [
        (Code::Internal, "internal error", "internal errors"),
        (Code::Violation, "unexpected violation", "unexpected violations"),
        (Code::NoViolation, "violation missing", "violations missing"),
        (Code::Vacuous, "vacuous", "vacuous"),
        (Code::Inconclusive, "inconclusive", "inconclusive"),
    ];
    let mut wrong: Vec<String> = groups
        .into_iter()
        .filter(|(code, ..)| of(*code) > 0)
        .map(|(code, one, many)| count(of(code), one, many))
        .collect();
    if expired > 0 {
        wrong.push(count(expired, "expired expectation", "expired expectations"));
    }
    let verdict = match wrong.as_slice() {
        [] if rows.iter().all(|row| row.verdict == Word::NotApplicable) => paint(BAD, "nothing was checked"),
        [] => paint(GOOD, "all as expected"),
        wrong => paint(BAD, wrong.join(", ")),
    };
    format!("{cells} in {designs}, {states}: {verdict}.\n")
}

/// Why some questions do not apply, each reason once.
fn not_applicable(rows: &[CellResult]) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.verdict == Word::NotApplicable) {
        if !reasons.contains(&row.reason.as_str()) {
            reasons.push(&row.reason);
        }
    }
    reasons.into_iter().map(|reason| wrapped("– ", reason, 2)).collect()
}

/// How to have the result's claim explained; a claim of a design's own is found through its design.
fn explain(row: &CellResult, chosen: &[Chosen]) -> String {
    let own = chosen.iter().find(|chosen| {
        chosen.design.name == row.design && chosen.design.claims.iter().any(|claim| claim.id == row.claim)
    });
    let design = own.map_or_else(|| row.design.clone(), |chosen| chosen.named.clone());
    format!("mailcover explain {} --design {design}", row.claim)
}

/// What to type next.
fn next(rows: &[CellResult], chosen: &[Chosen]) -> String {
    let wrong = rows.iter().find(|row| !row.as_expected);
    let violated = rows.iter().find(|row| row.verdict == Word::Violated);
    let shown = wrong.into_iter().chain(rows).find_map(|row| row.trace.as_deref());
    let claim = wrong.or(violated).or(rows.first());
    let mut lines = Vec::new();
    if let Some(trace) = shown {
        lines.push(format!("mailcover trace show {trace}"));
    } else if rows.iter().any(|row| row.evidence != "closure") {
        lines.push("add --traces DIR to keep the runs".to_owned());
    }
    lines.extend(claim.map(|row| explain(row, chosen)));
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { "Next:" } else { "     " };
        let _ = writeln!(text, "{} {line}", paint(FAINT, lead));
    }
    text
}
