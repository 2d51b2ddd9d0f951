//! **A frontier as a picture: a row for each power, a column for each party, and a mark where the party has the power.**
//!
//! What breaks the claim stands to the left, what does not to the right. Signs and filling tell them apart, never colour alone.

use super::{Powers, Side};
use crate::page::count;
use mailcover_traces::harmless;
use std::fmt::Write;

/// The width of a letter, taken generously, and the heights and widths of what is drawn, in pixels.
const LETTER: usize = 8;
const ROW: usize = 24;
const COLUMN: usize = 56;
const HEAD: usize = 64;
const FOOT: usize = 76;
const MARGIN: usize = 16;

const STYLE: &str = "text{font:13px system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:#1c2430}\
.head{font-weight:600}.small{font-size:11px;fill:#46546b}line.row{stroke:#e3e7ed}\
.breaks line{stroke:#a34700;stroke-width:2}.breaks .has{fill:#a34700}.breaks .head{fill:#8a3b00}\
.spares line{stroke:#2d6a4f;stroke-width:2}.spares .has{fill:#2d6a4f}.spares .head{fill:#1f5a40}\
.lacks{fill:#fff;stroke:#8b97a8}";

/// A column: a party that breaks the claim, or one that does not.
struct Column<'a> {
    powers: &'a Powers,
    breaks: bool,
    /// What is said below it.
    foot: String,
}

/// The picture of one side.
pub(super) fn picture(side: &Side) -> String {
    let rows: Vec<&str> = names(&side.ground).collect();
    let breaking = side.breaking.iter().map(|breaks| Column {
        powers: &breaks.powers,
        breaks: true,
        foot: count(breaks.steps, "step", "steps"),
    });
    let sparing = side.sparing.iter().map(|spares| Column {
        powers: &spares.powers,
        breaks: false,
        foot: spares.states.map_or_else(|| "no search".to_owned(), |states| count(states, "state", "states")),
    });
    let columns: Vec<Column<'_>> = breaking.chain(sparing).collect();
    let label = rows.iter().map(|row| row.len()).max().unwrap_or(0) * LETTER + MARGIN;
    // The numbers of states stand aslant below their columns, and the last of them needs some room.
    let width = (label + COLUMN * columns.len() + COLUMN + MARGIN).max(480);
    let height = HEAD + ROW * rows.len() + FOOT;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"describes\">\n<title id=\"describes\">{}</title>\n<style>{STYLE}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" style=\"fill:#fff\"/>\n",
        escaped(&describes(side))
    );
    for (at, row) in rows.iter().enumerate() {
        let y = HEAD + ROW * at + ROW / 2;
        let _ = writeln!(
            out,
            "<line class=\"row\" x1=\"{MARGIN}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/><text x=\"{MARGIN}\" y=\"{}\" \
             style=\"paint-order:stroke;stroke:#fff;stroke-width:5px\">{}</text>",
            label + COLUMN * columns.len(),
            y + 4,
            escaped(row)
        );
    }
    for (at, column) in columns.iter().enumerate() {
        drawn(&mut out, column, label + COLUMN * at + COLUMN / 2, &rows);
    }
    if !side.undecided.is_empty() {
        let _ = writeln!(
            out,
            "<text class=\"head\" x=\"{MARGIN}\" y=\"20\">Not all was decided: {}, see below.</text>",
            count(side.undecided.len(), "party is open", "parties are open")
        );
    }
    let _ = writeln!(
        out,
        "<text class=\"small\" x=\"{MARGIN}\" y=\"{}\">✗ breaks the claim · ✓ does not · filled: has the power · hollow: \
         lacks it</text>\n</svg>",
        height - 12
    );
    out
}

fn drawn(out: &mut String, column: &Column<'_>, x: usize, rows: &[&str]) {
    let (class, sign) = if column.breaks { ("breaks", "✗") } else { ("spares", "✓") };
    let has: Vec<bool> = rows.iter().map(|row| names(column.powers).any(|name| name == *row)).collect();
    let y = |at: usize| HEAD + ROW * at + ROW / 2;
    let _ = writeln!(
        out,
        "<g class=\"{class}\">\n<text class=\"head\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{sign}</text>",
        HEAD - 14
    );
    let (first, last) = (has.iter().position(|has| *has), has.iter().rposition(|has| *has));
    if let Some((first, last)) = first.zip(last) {
        let _ = writeln!(out, "<line x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{}\"/>", y(first), y(last));
    }
    for (at, has) in has.iter().enumerate() {
        let look = if *has { "has" } else { "lacks" };
        let _ = writeln!(out, "<circle class=\"{look}\" cx=\"{x}\" cy=\"{}\" r=\"6\"/>", y(at));
    }
    let foot = HEAD + ROW * rows.len() + 12;
    let _ = writeln!(
        out,
        "<text class=\"small\" transform=\"translate({} {foot}) rotate(25)\">{}</text>\n</g>",
        x.saturating_sub(6),
        escaped(&column.foot)
    );
}

/// What the picture shows, for who cannot see it.
pub(super) fn describes(side: &Side) -> String {
    let breaking =
        side.breaking.iter().map(|breaks| names(&breaks.powers).collect::<Vec<_>>().join(" with "));
    let breaking: Vec<String> = breaking.collect();
    if breaking.is_empty() && !side.undecided.is_empty() {
        return format!("In {}, nobody is found who breaks the claim, and not all was decided.", side.design);
    }
    if breaking.is_empty() {
        return format!("In {}, no set of these powers breaks the claim.", side.design);
    }
    format!("In {}, the claim is broken by: {}.", side.design, breaking.join("; "))
}

fn names(powers: &Powers) -> impl Iterator<Item = &str> {
    powers.observers.iter().chain(&powers.capabilities).map(String::as_str)
}

fn escaped(text: &str) -> String {
    mailcover_browser::escaped(&harmless(text))
}
