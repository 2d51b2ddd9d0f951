//! **The columns of the table, as wide as what stands in them and as the terminal lets them be.**

use super::result::CellResult;
use super::word::Word;
use crate::baseline::Known;
use crate::page::{BAD, FAINT, FEARED, GOOD, paint};
use anstyle::Style;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The headings of the columns that stand in every table.
const HEADINGS: [&str; 4] = ["verdict", "claim", "put to", "states"];

/// How much of a row stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
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
pub(super) struct Widths {
    columns: [usize; 4],
    /// How much of a row stands on one line.
    pub(super) room: Room,
    /// Whether any row names the file of its run.
    traced: bool,
}

impl Widths {
    /// The widths of these rows, for a terminal of so many columns, if there is one.
    pub(super) fn of(rows: &[CellResult], width: Option<usize>) -> Self {
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
    pub(super) fn headings(&self, text: &mut String) {
        let run = if self.traced && self.room == Room::Wide { "run" } else { "" };
        let line = self.line(&HEADINGS.map(|heading| (heading.to_owned(), FAINT)), run);
        let _ = writeln!(text, "{line}");
    }

    /// A row of the table: words to the left, the number to the right, and the file, if any.
    pub(super) fn line(&self, cells: &[(String, Style); 4], file: &str) -> String {
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
        let cells = [verdict(row, room).0, row.claim.clone(), row.adversary.clone(), row.searched()];
        for (width, cell) in columns.iter_mut().zip(&cells) {
            *width = (*width).max(cell.width());
        }
    }
    columns
}

/// The verdict in words, and how to paint it.
pub(super) fn verdict(row: &CellResult, room: Room) -> (String, Style) {
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

#[cfg(test)]
mod tests {
    use super::{Room, Widths};
    use crate::args::Engine;
    use crate::expectation::expected;
    use crate::input;
    use crate::report::human::line;
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
}
