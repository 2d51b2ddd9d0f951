//! **Paragraphs, wrapped to a width, alone or in two columns.**

/// A paragraph: how far it is indented, what its first line begins with, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) indent: usize,
    pub(super) mark: String,
    pub(super) text: String,
    pub(super) heading: bool,
}

/// Paragraphs, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Text(Vec<Paragraph>);

impl Text {
    /// A heading, with an empty line before it.
    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.gap();
        self.0.push(Paragraph { indent: 0, mark: String::new(), text: text.into(), heading: true });
    }

    /// A paragraph.
    pub(super) fn say(&mut self, indent: usize, text: impl Into<String>) {
        self.item(indent, "", text);
    }

    /// A paragraph that begins with a mark, under which its further lines do not reach.
    pub(super) fn item(&mut self, indent: usize, mark: impl Into<String>, text: impl Into<String>) {
        self.0.push(Paragraph { indent, mark: mark.into(), text: text.into(), heading: false });
    }

    /// An empty line, unless there is one.
    pub(super) fn gap(&mut self) {
        let empty = |last: &Paragraph| last.text.is_empty() && last.mark.is_empty();
        if self.0.last().is_some_and(|last| !empty(last)) {
            self.say(0, "");
        }
    }

    /// All of the other's paragraphs.
    pub(super) fn append(&mut self, other: Text) {
        self.0.extend(other.0);
    }

    /// The lines, none longer than the width as long as no word is.
    pub(super) fn lines(&self, width: usize, color: bool) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in &self.0 {
            for line in paragraph.lines(width) {
                lines.push(match (paragraph.heading, color) {
                    (true, true) => format!("\u{1b}[1m{line}\u{1b}[0m"),
                    _ => line,
                });
            }
        }
        lines
    }
}

impl Paragraph {
    fn lines(&self, width: usize) -> Vec<String> {
        let hang = self.indent + self.mark.chars().count();
        let mut lines = Vec::new();
        let mut line = format!("{}{}", " ".repeat(self.indent), self.mark);
        let mut begun = false;
        for word in self.text.split_whitespace() {
            let length = line.chars().count() + usize::from(begun) + word.chars().count();
            if begun && length > width {
                lines.push(std::mem::replace(&mut line, " ".repeat(hang)));
                begun = false;
            }
            if begun {
                line.push(' ');
            }
            line.push_str(word);
            begun = true;
        }
        lines.push(line.trim_end().to_owned());
        lines
    }
}

/// Two texts beside each other.
pub(super) fn beside(left: &Text, right: &Text, width: usize) -> Vec<String> {
    let column = (width.saturating_sub(3)) / 2;
    let (left, right) = (left.lines(column, false), right.lines(column, false));
    let rows = left.len().max(right.len());
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    (0..rows)
        .map(|at| {
            let first = line(&left, at);
            let room = " ".repeat(column.saturating_sub(first.chars().count()));
            format!("{first}{room} | {}", line(&right, at)).trim_end().to_owned()
        })
        .collect()
}
