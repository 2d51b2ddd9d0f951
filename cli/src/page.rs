//! **What a command prints: text for stdout, notes for stderr, and the exit code.**
//!
//! Text is styled freely here; the streams drop the styles where they are not wanted: when piped, and with `NO_COLOR`.
//! A reader who closes the pipe has read enough, so a broken pipe is no error.

use crate::exit::{Code, Failure};
use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};

/// The width of pages that nobody watches.
const WIDTH: usize = 100;
/// The least width that text is wrapped to.
const LEAST_WIDTH: usize = 40;

/// Names and headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// What can be skipped.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// As it should be.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// As it should not be.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// As it was feared.
pub(crate) const FEARED: Style = AnsiColor::Yellow.on_default();

/// What a command prints.
#[derive(Debug)]
pub(crate) struct Page {
    /// For stdout.
    pub(crate) text: String,
    /// Failures that left the page standing, for stderr.
    pub(crate) failures: Vec<Failure>,
    /// How the program ends, these failures aside.
    pub(crate) code: Code,
}

impl Page {
    /// A page of a command that did what it was asked.
    pub(crate) fn of(text: String) -> Self {
        Self { text, failures: Vec::new(), code: Code::AsExpected }
    }

    /// The same for a value, as JSON.
    pub(crate) fn json(value: &impl serde::Serialize) -> Result<Self, Failure> {
        json(value).map(Self::of)
    }
}

/// The value as JSON text, ended by a newline.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::internal(format!("a result cannot be written as JSON: {error}")))?;
    Ok(text + "\n")
}

/// Prints the page, or the failure, and returns how the program ends.
pub(crate) fn print(outcome: Result<Page, Failure>) -> Code {
    let page = outcome.unwrap_or_else(|failure| {
        let code = failure.code;
        Page { text: String::new(), failures: vec![failure], code }
    });
    let mut codes = vec![page.code];
    let mut stdout = anstream::stdout().lock();
    if let Err(error) = stdout.write_all(page.text.as_bytes()).and_then(|()| stdout.flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        note(&format!("stdout cannot be written to: {error}"));
        codes.push(Code::Io);
    }
    for failure in &page.failures {
        note(&failure.to_string());
        codes.push(failure.code);
    }
    Code::gravest(&codes)
}

/// Writes an error to stderr; who does not listen there misses it.
fn note(sentence: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}: {sentence}", paint(BAD, "error"));
}

/// Writes a remark to stderr if somebody watches it.
pub(crate) fn remark(sentence: &str) {
    if std::io::stderr().is_terminal() {
        let _ = writeln!(anstream::stderr().lock(), "{}", paint(FAINT, sentence));
    }
}

/// The text in a style.
pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The width to wrap text to.
pub(crate) fn width() -> usize {
    match terminal_size::terminal_size_of(std::io::stdout()) {
        Some((width, _)) => usize::from(width.0).clamp(LEAST_WIDTH, WIDTH),
        None => WIDTH,
    }
}

/// The text wrapped, every line begun by the indent, the first by another lead of the same width.
pub(crate) fn wrapped(lead: &str, text: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(width())
        .initial_indent(lead)
        .subsequent_indent(&indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

/// The clause as a sentence: a capital letter before, a full stop after.
pub(crate) fn sentence(clause: &str) -> String {
    let clause = clause.trim();
    let mut letters = clause.chars();
    let Some(first) = letters.next() else { return String::new() };
    let stop = if clause.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
}

/// The number with thin spaces between its thousands.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// So many of something.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{sentence, thousands};

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let spaced = |number| thousands(number).replace('\u{202f}', " ");
        assert_eq!([0, 999, 1000, 1_234_567].map(spaced), ["0", "999", "1 000", "1 234 567"]);
    }

    #[test]
    fn clauses_become_sentences() {
        assert_eq!(["", "a b", "Done."].map(sentence), ["", "A b.", "Done."]);
    }
}
