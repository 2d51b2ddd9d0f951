//! **What is wrong with a design file, where, and what would be right.**
//!
//! The words of the parser and of serde are turned into the project's own here, so that an unknown key names its
//! neighbour and a wrong type is called by the name that a file's author knows.

use super::MAX_BYTES;

/// A mistake in a design file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}; {remedy}")]
pub struct DesignError {
    /// The file, or the name of the shipped design, or the setting.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub remedy: String,
}

impl DesignError {
    /// The error of asking for a shipped design by a name that none has.
    pub(crate) fn no_such_design(name: &str, known: &[&str]) -> Self {
        let message = format!("no design is called {}", quoted(name));
        Source { file: name, text: "" }.error(
            0,
            message,
            nearest_of(name, known, "the designs that ship are"),
        )
    }
}

/// A text and what to call it in an error.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// An error at a byte of the text.
    pub(crate) fn error(
        self,
        at: usize,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> DesignError {
        let (line, column) = position(self.text, at);
        DesignError {
            file: self.file.to_owned(),
            line,
            column,
            message: printable(&message.into()),
            remedy: printable(&remedy.into()),
        }
    }

    /// The error of a file longer than [`MAX_BYTES`].
    pub(crate) fn too_long(self, bytes: usize) -> DesignError {
        self.error(
            0,
            format!("the file is {bytes} bytes long"),
            format!("a design file has at most {MAX_BYTES} bytes"),
        )
    }

    /// The parser's error, in words that a file's author knows.
    pub(crate) fn toml(self, error: &toml::de::Error) -> DesignError {
        let at = error.span().map_or(0, |span| span.start);
        let (message, remedy) = reworded(error.message());
        self.error(at, message, remedy)
    }
}

/// The line and the column of a byte, both from 1; a byte beyond the text counts as its end.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Message and remedy for what serde or the TOML parser says.
fn reworded(message: &str) -> (String, String) {
    let words = quoted_words(message);
    if let Some(what) = message.strip_prefix("unknown ") {
        let what = if what.starts_with("field") { "key" } else { "word" };
        let (wrong, known) = words.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
        return (format!("there is no {what} {} here", quoted(wrong)), nearest_of(wrong, known, "known are"));
    }
    if let Some((wrong, expected)) = message.split_once(", expected ")
        && (wrong.starts_with("invalid type: ") || wrong.starts_with("invalid value: "))
    {
        let found = wrong.split_once(": ").map_or(wrong, |(_, found)| found);
        if found.starts_with("integer") && expected == "i64" {
            return ("the number is out of bounds".to_owned(), "write a smaller one".to_owned());
        }
        if found == "map" && expected == "a sequence" {
            let message = "a single table stands where there can be many".to_owned();
            return (message, "write its name in two brackets, such as `[[log]]`".to_owned());
        }
        return (
            format!("a value of the wrong type stands here: {found}"),
            format!("write {}", plain(expected)),
        );
    }
    if message == "wanted string or table" {
        let said = "a value of the wrong type stands here".to_owned();
        return (said, "write one of the words for it, in quotes".to_owned());
    }
    if let Some(key) = message.strip_prefix("duplicate key") {
        return (format!("the key stands twice{key}"), "keep one of the two".to_owned());
    }
    (format!("this is not TOML: {message}"), "see https://toml.io for the syntax".to_owned())
}

/// serde's word for an expected type, in a file author's words.
fn plain(expected: &str) -> &str {
    match expected {
        "i64" | "u16" | "u8" => "a whole number",
        "a boolean" => "true or false",
        "a string" => "a string in quotes",
        "a sequence" => "a list in brackets",
        other if other.starts_with("struct ") || other.starts_with("a map") => "a table",
        other if other.contains("enum ") => {
            "one of the words that `mailcover schema design` lists, in quotes"
        }
        other => other,
    }
}

/// The words that stand between backticks.
fn quoted_words(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// "did you mean `x`?", and all the known words.
pub(crate) fn nearest_of<S: AsRef<str>>(wrong: &str, known: &[S], lead: &str) -> String {
    if known.is_empty() {
        return "leave it out".to_owned();
    }
    let all = known.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match nearest(wrong, known) {
        Some(word) => format!("did you mean `{word}`? {lead} {all}"),
        None => format!("{lead} {all}"),
    }
}

/// Other words for keys, which no distance between letters would find.
const SYNONYMS: [(&str, &str); 2] = [("sees", "observers"), ("may", "capabilities")];

/// The known word that is near enough to be meant.
pub(crate) fn nearest<'a, S: AsRef<str>>(wrong: &str, known: &'a [S]) -> Option<&'a str> {
    let words = || known.iter().map(AsRef::as_ref);
    let meant = |word: &&str| SYNONYMS.contains(&(wrong, *word));
    let begun = |word: &&str| wrong.len() > 2 && word.starts_with(wrong);
    let distance = |word: &str| strsim::damerau_levenshtein(&shortened(wrong), word);
    let near = |word: &&str| distance(word) <= 1 + word.len() / 3;
    let closest = || words().min_by_key(|word| distance(word)).filter(near);
    words().find(meant).or_else(|| words().find(begun)).or_else(closest)
}

/// What a file says, between backticks, shortened.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", shortened(text))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(48) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_owned(),
    }
}

/// The text with everything escaped that could disturb a terminal or a reader.
fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = unprintable(c).then(|| c.escape_unicode());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// Whether the character is a control character, or one that is not seen or that changes the order of others.
pub(crate) fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
