//! **The results as a table: quiet where all is as expected, in full sentences where it is not.**

use super::result::{CellResult, Results};
use super::word::Word;
use crate::baseline::Known;
use crate::exit::Code;
use crate::page::{BAD, BOLD, FAINT, FEARED, GOOD, count, paint, thousands, watched, wrapped};
use crate::select::Chosen;
use anstyle::Style;
use std::collections::BTreeSet;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

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

/// The headings of the columns that stand in every table.
const HEADINGS: [&str; 4] = ["verdict", "claim", "put to", "states"];

/// How much of a row stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// All of it, the file of its run included.
    Wide,
    /// All but the file.
    Middling,
    /// The same, with verdicts in few letters, and from the edge on.
    Narrow,
    /// Verdict and claim; below them whom it was put to, how many states, and the file.
    Least,
}

/// The widths of the columns.
struct Widths {
    columns: [usize; 4],
    room: Room,
    /// Whether any row names the file of its run.
    traced: bool,
}

impl Widths {
    /// The widths of these rows, for a terminal of so many columns, if there is one.
    fn of(rows: &[CellResult], width: Option<usize>) -> Self {
        let traced = rows.iter().any(|row| row.trace.is_some());
        let fitting = |room: &Room| {
            let files = rows.iter().filter_map(|row| row.trace.as_deref()).map(|file| file.width() + 2).max();
            let file = if *room == Room::Wide { files.unwrap_or(0) } else { 0 };
            let all: usize = columns(rows, *room).iter().sum();
            width.is_none_or(|width| room.edge() + all + 3 * 2 + file <= width)
        };
        let room = [Room::Wide, Room::Middling, Room::Narrow].into_iter().find(fitting);
        let room = room.unwrap_or(Room::Least);
        Self { columns: columns(rows, room), room, traced }
    }

    /// The line of headings.
    fn headings(&self, text: &mut String) {
        let run = if self.traced && self.room == Room::Wide { "run" } else { "" };
        let line = self.line(&HEADINGS.map(|heading| (heading.to_owned(), FAINT)), run);
        let _ = writeln!(text, "{line}");
    }

    /// A row of the table: words to the left, the number to the right, and the file, if any.
    fn line(&self, cells: &[(String, Style); 4], file: &str) -> String {
        let mut line = String::new();
        for (at, ((cell, style), width)) in cells.iter().zip(self.columns).enumerate() {
            let room = " ".repeat(width.saturating_sub(cell.width()));
            let painted = paint(*style, cell);
            line.push_str(match (at, self.room) {
                (0, room) => room.lead(),
                (2, Room::Least) => BELOW,
                _ => "  ",
            });
            line.push_str(&match (at, self.room) {
                (1 | 3, Room::Least) => painted,
                (3, _) => format!("{room}{painted}"),
                _ => format!("{painted}{room}"),
            });
        }
        if !file.is_empty() {
            line.push_str(if self.room == Room::Wide { "  " } else { BELOW });
            line.push_str(file);
        }
        line
    }
}

/// What begins the further lines of a row.
const BELOW: &str = "\n      ";

impl Room {
    /// How far from the edge a row begins.
    const fn edge(self) -> usize {
        self.lead().len()
    }

    /// What a row begins with.
    const fn lead(self) -> &'static str {
        match self {
            Self::Narrow => "",
            Self::Wide | Self::Middling | Self::Least => "  ",
        }
    }
}

/// How wide the columns are.
fn columns(rows: &[CellResult], room: Room) -> [usize; 4] {
    let mut columns = HEADINGS.map(UnicodeWidthStr::width);
    for row in rows {
        let cells = [verdict(row, room).0, row.claim.clone(), row.adversary.clone(), thousands(row.states)];
        for (width, cell) in columns.iter_mut().zip(&cells) {
            *width = (*width).max(cell.width());
        }
    }
    columns
}

/// The verdict in words, and how to paint it.
fn verdict(row: &CellResult, room: Room) -> (String, Style) {
    let style = match (row.verdict, row.as_expected) {
        (Word::Holds | Word::Violated | Word::Vacuous, _) if row.baseline == Some(Known::Same) => FEARED,
        (Word::Holds, true) => GOOD,
        (Word::Violated, true) => FEARED,
        (Word::NotApplicable, true) => FAINT,
        (Word::Holds | Word::Violated | Word::NotApplicable, false)
        | (Word::Inconclusive | Word::Vacuous, _) => BAD,
    };
    (if room == Room::Narrow { row.said_shortly() } else { row.said() }, style)
}

fn line(text: &mut String, row: &CellResult, widths: &Widths) {
    let (said, style) = verdict(row, widths.room);
    let plain = Style::new();
    let cells = [
        (said, style),
        (row.claim.clone(), plain),
        (row.adversary.clone(), plain),
        (thousands(row.states), FAINT),
    ];
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
    rows.iter().filter(|row| row.exploration.is_none_or(|number| counted.insert(number))).collect()
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
    if rows.iter().map(|row| row.states).sum::<usize>() > states {
        let searches = count(searched.iter().filter(|row| row.states > 0).count(), "search", "searches");
        let shared =
            format!("Cells that can share a search do; the total counts the states of {searches} once each.");
        text.push_str(&wrapped("", &shared, 0));
    }
    text.push_str(&mistaken(&searched));
    text
}

/// What is not as expected, and how often.
fn outcome(rows: &[CellResult]) -> String {
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
        lines.push(format!("mailcover trace show {trace}"));
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
    use super::{Room, Widths, line, rounded_up};
    use crate::args::Engine;
    use crate::expectation::expected;
    use crate::input;
    use crate::report::result::CellResult;
    use anstream::adapter::strip_str;
    use mailcover_model::design::ExpectedVerdict;
    use mailcover_properties::check::Cell;
    use mailcover_properties::finding::{Finding, Verdict};
    use unicode_width::UnicodeWidthStr;

    /// A row for each question to the usual design, all as expected.
    fn rows() -> Vec<CellResult> {
        let design = input::design(input::USUAL).unwrap_or_else(|failure| panic!("{failure}")).design;
        let row = |cell: &Cell| {
            let verdict = match cell.expected() {
                ExpectedVerdict::Holds => Verdict::Holds,
                ExpectedVerdict::Violated => Verdict::Violated,
            };
            let finding = Finding { states: 1_234_567, ..Finding::unanswered(verdict, String::new()) };
            let expected =
                expected(cell, jiff::civil::date(2026, 1, 1)).unwrap_or_else(|failure| panic!("{failure}"));
            CellResult::of(cell, &finding, expected, Engine::Own)
        };
        Cell::all(&design).iter().filter(|cell| cell.inapplicable().is_none()).map(row).collect()
    }

    #[test]
    fn rows_fit_the_terminal() {
        let mut rows = rows();
        for (width, room) in [(200, Room::Wide), (80, Room::Narrow), (66, Room::Least)] {
            let widths = Widths::of(&rows, Some(width));
            assert_eq!(widths.room, room, "in {width} columns");
            let mut text = String::new();
            widths.headings(&mut text);
            rows.iter().for_each(|row| line(&mut text, row, &widths));
            let longest = strip_str(&text).to_string().lines().map(UnicodeWidthStr::width).max();
            assert!(longest <= Some(width), "{longest:?} of {width} columns:\n{text}");
        }
        rows[0].trace = Some("x".repeat(100));
        assert_eq!(Widths::of(&rows, Some(110)).room, Room::Middling);
        assert_eq!(Widths::of(&rows, None).room, Room::Wide);
    }

    #[test]
    fn a_bound_is_never_rounded_down() {
        assert_eq!([2.4e-29, 1.01e-3, 4.5e-7].map(rounded_up), ["3e-29", "2e-3", "5e-7"]);
    }
}
