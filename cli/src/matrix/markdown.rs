//! **The matrix as Markdown.**

use super::Matrix;
use crate::report::escape::markdown as escaped;
use std::fmt::Write;

/// The matrix as Markdown.
pub(crate) fn markdown(matrix: &Matrix) -> String {
    let mut text = format!("## {}\n\n", escaped(&matrix.title()));
    for remark in matrix.remarks() {
        let _ = writeln!(text, "**{}**\n", escaped(&remark));
    }
    let columns: Vec<String> = matrix.columns.iter().map(|column| escaped(column)).collect();
    let _ = writeln!(text, "| claim | LINDDUN | {} |", columns.join(" | "));
    let _ = writeln!(text, "|---|---|{}", "---|".repeat(columns.len()));
    for row in &matrix.rows {
        let cells =
            row.cells.iter().map(|cell| cell.as_ref().map(|cell| escaped(&cell.text())).unwrap_or_default());
        let claim = format!("**{}** {}", escaped(&row.claim), escaped(&row.sentence));
        let _ = writeln!(text, "| {claim} | {} | {} |", row.linddun, cells.collect::<Vec<_>>().join(" | "));
    }
    for (at, note) in matrix.notes.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { "" });
        let _ = writeln!(text, "{}. {}", at + 1, escaped(note));
    }
    for (heading, lines) in matrix.rests_on() {
        part(&mut text, &heading, &lines);
    }
    text
}

fn part(text: &mut String, heading: &str, lines: &[String]) {
    let _ = writeln!(text, "\n### {}\n", escaped(heading));
    for line in lines {
        let _ = writeln!(text, "- {}", escaped(line));
    }
    if lines.is_empty() {
        text.push_str("None.\n");
    }
}
