//! **A document as Markdown.**

use super::{Block, Document};
use crate::report::escape::markdown as escaped;
use std::fmt::Write;

/// The document; its pictures are expected in this folder beside it.
pub(crate) fn markdown(document: &Document, pictures: &str) -> String {
    let mut text = format!("# {}\n", escaped(&document.title));
    for block in &document.blocks {
        text.push('\n');
        written(&mut text, block, pictures);
    }
    text
}

fn written(text: &mut String, block: &Block, pictures: &str) {
    match block {
        Block::Heading(level, heading) => {
            let _ = writeln!(text, "{} {}", "#".repeat(usize::from(*level)), escaped(heading));
        }
        Block::Paragraph(paragraph) => {
            let _ = writeln!(text, "{}", escaped(paragraph));
        }
        Block::List { numbered, items } => {
            for (at, item) in items.iter().enumerate() {
                let mark = if *numbered { format!("{}.", at + 1) } else { "-".to_owned() };
                let _ = writeln!(text, "{mark} {}", escaped(item));
            }
        }
        Block::Table { columns, rows } => {
            let line =
                |cells: &[String]| cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ");
            let _ = writeln!(text, "| {} |", line(columns));
            let _ = writeln!(text, "|{}", "---|".repeat(columns.len()));
            for row in rows {
                let _ = writeln!(text, "| {} |", line(row));
            }
        }
        Block::Picture { name, describes, .. } => {
            let _ = writeln!(text, "![{}]({pictures}/{name}.svg)", escaped(describes));
        }
    }
}
