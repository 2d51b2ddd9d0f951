//! **The matrix for a terminal: a block for each claim, a line for each of its columns.**
//!
//! A wide table would not fit; a claim with its sentence and a short list does, however many columns there are.

use super::{Matrix, Row, Square};
use crate::page::{BAD, BOLD, FAINT, FEARED, GOOD, paint, wrapped};
use crate::report::word::Word;
use anstyle::Style;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The matrix for people.
pub(crate) fn human(matrix: &Matrix) -> String {
    let mut text = format!("{}\n", paint(BOLD, matrix.title()));
    for remark in matrix.remarks() {
        let _ = writeln!(text, "{}", paint(BAD, remark));
    }
    let width = matrix.columns.iter().map(|column| column.width()).max().unwrap_or(0);
    for row in &matrix.rows {
        let _ = writeln!(text, "\n{}  {}", paint(BOLD, &row.claim), paint(FAINT, &row.linddun));
        text.push_str(&wrapped("  ", &row.sentence, 2));
        lines(&mut text, matrix, row, width);
    }
    for (at, note) in matrix.notes.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { "" });
        text.push_str(&wrapped(&format!("[{}] ", at + 1), note, 4));
    }
    for (heading, lines) in matrix.rests_on() {
        part(&mut text, &heading, &lines);
    }
    text
}

fn lines(text: &mut String, matrix: &Matrix, row: &Row, width: usize) {
    for (column, cell) in matrix.columns.iter().zip(&row.cells) {
        let Some(cell) = cell else { continue };
        let room = " ".repeat(width.saturating_sub(column.width()));
        let _ = writeln!(text, "    {column}{room}  {}", paint(style(cell), cell.text()));
    }
}

const fn style(cell: &Square) -> Style {
    match (cell.verdict, cell.as_expected) {
        (Word::Holds, true) => GOOD,
        (Word::Violated, true) => FEARED,
        (Word::NotApplicable, true) => FAINT,
        _ => BAD,
    }
}

fn part(text: &mut String, heading: &str, lines: &[String]) {
    let _ = writeln!(text, "\n{}", paint(BOLD, heading));
    for line in lines {
        text.push_str(&wrapped("  ", line, 4));
    }
    if lines.is_empty() {
        text.push_str("  none\n");
    }
}
