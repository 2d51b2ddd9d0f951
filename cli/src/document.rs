//! **A document of headings, prose, tables and pictures, written as one page or as Markdown with its pictures beside it.**
//!
//! What is said is made once; the two formats differ in nothing but markup. There is no date in either, so that the same
//! input makes the same files.

mod html;
mod markdown;

pub(crate) use html::html;
pub(crate) use markdown::markdown;

/// A document.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// Its title.
    pub(crate) title: String,
    /// What is in it, in order.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a document. All texts are plain: each format writes them so that they mean themselves.
#[derive(Debug)]
pub(crate) enum Block {
    /// A heading: 2 for a part, 3 within it.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// A list; numbered where its order is that of events.
    List {
        /// Whether it is numbered.
        numbered: bool,
        /// Its items.
        items: Vec<String>,
    },
    /// A table; the first column names the rows.
    Table {
        /// The columns' names.
        columns: Vec<String>,
        /// The rows' cells.
        rows: Vec<Vec<String>>,
    },
    /// A picture.
    Picture {
        /// The name of its file, without an ending.
        name: String,
        /// The picture, as SVG.
        svg: String,
        /// What it shows, for who cannot see it.
        describes: String,
    },
}

impl Document {
    /// Begins a part.
    pub(crate) fn part(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(2, heading.to_owned()));
    }

    /// Begins a part of a part.
    pub(crate) fn within(&mut self, heading: &str) {
        self.blocks.push(Block::Heading(3, heading.to_owned()));
    }

    /// Adds a paragraph.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a list; nothing of an empty one.
    pub(crate) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered: false, items });
        }
    }

    /// Its pictures: names of files, and what is in them.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = (String, &str)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Picture { name, svg, .. } => Some((format!("{name}.svg"), svg.as_str())),
            _ => None,
        })
    }
}
