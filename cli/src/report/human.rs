//! **The results as a table: quiet where all is as expected, in full sentences where it is not.**

use super::columns::{Widths, verdict};
use super::result::{CellResult, Results};
use super::word::Word;
use crate::baseline::Known;
use crate::exit::Code;
use crate::page::{BAD, BOLD, FAINT, FEARED, GOOD, count, paint, thousands, watched, wrapped};
use crate::select::Chosen;
use anstyle::Style;
use mailcover_traces::harmless;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The table, with what to type next.
pub(crate) fn table(results: &Results, chosen: &[Chosen]) -> String {
    let rows = &results.results;
    let widths = Widths::of(rows, watched());
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
            widths.headings(&mut text);
        }
        line(&mut text, row, &widths);
    }
    text.push('\n');
    text.push_str(&totals(results));
    text.push_str(&not_applicable(rows));
    text.push_str(&next(rows, chosen, &results.settings));
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
    if let Some(shard) = &results.shard {
        let _ = writeln!(text, "Part {shard} of the selected cells.");
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

/// The row, and what there is to say about it.
pub(super) fn line(text: &mut String, row: &CellResult, widths: &Widths) {
    let (said, style) = verdict(row, widths.room);
    let plain = Style::new();
    let cells =
        [(said, style), (row.claim.clone(), plain), (row.adversary.clone(), plain), (row.searched(), FAINT)];
    let _ = writeln!(text, "{}", widths.line(&cells, row.trace.as_deref().unwrap_or_default()));
    if row.as_expected {
        return;
    }
    for remark in row.remarks() {
        text.push_str(&wrapped("      ", &remark, 6));
    }
}

/// One result for each search: cells that shared one have the same states.
fn searches(rows: &[CellResult]) -> Vec<&CellResult> {
    let mut counted = BTreeSet::new();
    let own = rows.iter().filter(|row| !row.cached);
    own.filter(|row| row.exploration.is_none_or(|number| counted.insert(number))).collect()
}

/// How many cells, how many states (those that cells share counted once), and what is not as expected.
pub(super) fn totals(results: &Results) -> String {
    let rows = &results.results;
    let searched = searches(rows);
    let states = states_of(&searched);
    let mut designs: Vec<&str> = rows.iter().map(|row| row.design.as_str()).collect();
    designs.dedup();
    let cells = count(rows.len(), "cell", "cells");
    let designs = count(designs.len(), "design", "designs");
    let total = count(states, "state", "states");
    let verdict = outcome(rows);
    let mut text = format!("{cells} in {designs}, {total}: {verdict}.\n");
    let cached = rows.iter().filter(|row| row.cached).count();
    if cached > 0 {
        let kept = format!(
            "{} by this program in an earlier check: what runs show was executed again, and nothing was searched.",
            count(cached, "finding was kept", "findings were kept")
        );
        text.push_str(&wrapped("", &kept, 0));
    }
    if rows.iter().filter(|row| !row.cached).map(|row| row.states).sum::<usize>() > states {
        let searches = count(searched.iter().filter(|row| row.states > 0).count(), "search", "searches");
        let shared =
            format!("Cells that can share a search do; the total counts the states of {searches} once each.");
        text.push_str(&wrapped("", &shared, 0));
    }
    for row in rows.iter().filter(|row| row.as_expected) {
        if let Some(day) = &row.expired {
            let of = format!("{}, put to {}", row.claim, row.adversary);
            text.push_str(&wrapped(
                "",
                &format!("What is expected of {of} in {} expired on {day}; remove it.", row.design),
                0,
            ));
        }
    }
    text.push_str(&mistaken(&searched));
    text
}

/// What is not as expected, and how often.
pub(crate) fn outcome(rows: &[CellResult]) -> String {
    let expired = rows.iter().filter(|row| row.excuse_expired()).count();
    let current = || rows.iter().filter(|row| !row.excuse_expired());
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
    let known = rows.iter().filter(|row| row.baseline == Some(Known::Same)).count();
    match wrong.as_slice() {
        [] if rows.iter().all(|row| row.verdict == Word::NotApplicable) => paint(BAD, "nothing was checked"),
        [] if known > 0 => {
            paint(FEARED, format!("all as expected, but for {} in the baseline", thousands(known)))
        }
        [] => paint(GOOD, "all as expected"),
        wrong => paint(BAD, wrong.join(", ")),
    }
}

fn states_of(rows: &[&CellResult]) -> usize {
    rows.iter().map(|row| row.states).sum()
}

/// How likely it is that an engine which tells states apart by keys took two for one.
fn mistaken(searched: &[&CellResult]) -> String {
    let collision: f64 = searched.iter().map(|row| row.collision).sum();
    if collision == 0.0 {
        return String::new();
    }
    let most = rounded_up(collision);
    let said = format!(
        "States and views were told apart by keys. The probability that any two of them were taken for one is at most {most}."
    );
    wrapped("", &said, 0)
}

/// A small number, rounded up to one digit.
fn rounded_up(number: f64) -> String {
    let power = number.log10().floor();
    format!("{}e{power}", (number / 10f64.powf(power)).ceil())
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

/// How to have the result's claim explained, in the design as the command line called it.
fn explain(row: &CellResult, chosen: &[Chosen], settings: &[String]) -> String {
    let named = chosen.iter().find(|chosen| chosen.design.name == row.design);
    let design = named.map_or(row.design.as_str(), |chosen| chosen.named.as_str());
    let settings: Vec<String> = settings.iter().map(|setting| format!(" --set '{setting}'")).collect();
    format!("mailcover explain {} --design {design}{}", row.claim, settings.concat())
}

/// What to type next.
fn next(rows: &[CellResult], chosen: &[Chosen], settings: &[String]) -> String {
    let wrong = rows.iter().find(|row| !row.as_expected);
    let violated = rows.iter().find(|row| row.verdict == Word::Violated);
    let shown = wrong.into_iter().chain(rows).find_map(|row| row.trace.as_deref());
    let claim = wrong.or(violated).or(rows.first());
    let mut lines = Vec::new();
    if let Some(trace) = shown {
        lines.push(format!("mailcover trace show {}", harmless(trace)));
    } else if rows.iter().any(|row| row.evidence != "closure") {
        lines.push("add --traces DIR to keep the runs".to_owned());
    }
    lines.extend(claim.map(|row| explain(row, chosen, settings)));
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let lead = if at == 0 { "Next:" } else { "     " };
        let _ = writeln!(text, "{} {line}", paint(FAINT, lead));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::rounded_up;

    #[test]
    fn a_bound_is_never_rounded_down() {
        assert_eq!([2.4e-29, 1.01e-3, 4.5e-7].map(rounded_up), ["3e-29", "2e-3", "5e-7"]);
    }
}
