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
    let line = format!("{}: {sentence}\n", paint(BAD, "error"));
    let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
    let line = width.map_or_else(|| line.clone(), |width| fit(&line, width));
    let _ = anstream::stderr().lock().write_all(line.as_bytes());
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

/// The width of the terminal that shows the page; `None` where none does, and lines may be as long as they are.
pub(crate) fn watched() -> Option<usize> {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    size.map(|(width, _)| usize::from(width.0).max(LEAST_WIDTH))
}

/// The text with the lines wrapped that are longer than that, if there is a width.
pub(crate) fn fitted(text: String, width: Option<usize>) -> String {
    match width {
        Some(width) => fit(&text, width),
        None => text,
    }
}

/// The text with its long lines wrapped. What goes over stands below the last column of its line, where that begins in the
/// first half, and else a little to the right of the line's beginning.
fn fit(text: &str, width: usize) -> String {
    let width = width.max(LEAST_WIDTH);
    let mut out = String::new();
    for line in text.lines() {
        if textwrap::core::display_width(line) <= width {
            out.push_str(line);
        } else {
            let rest = line.trim_start();
            let (indent, _) = line.split_at(line.len() - rest.len());
            let column =
                rest.rfind("  ").map(|at| textwrap::core::display_width(&line[..indent.len() + at + 2]));
            let hang = column.filter(|column| column * 2 <= width).unwrap_or(indent.len() + 2);
            let hang = " ".repeat(hang);
            out.push_str(&textwrap::fill(rest, options(width, indent, &hang)));
        }
        out.push('\n');
    }
    out
}

/// How text is wrapped: words stay whole.
fn options<'a>(width: usize, lead: &'a str, indent: &'a str) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .initial_indent(lead)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// The text wrapped, every line begun by the indent, the first by another lead of the same width.
pub(crate) fn wrapped(lead: &str, text: &str, indent: usize) -> String {
    let indent = " ".repeat(indent);
    textwrap::fill(text, options(width(), lead, &indent)) + "\n"
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
    use super::{fit, sentence, thousands};

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let spaced = |number| thousands(number).replace('\u{202f}', " ");
        assert_eq!([0, 999, 1000, 1_234_567].map(spaced), ["0", "999", "1 000", "1 234 567"]);
    }

    #[test]
    fn long_lines_hang_below_their_last_column() {
        let text = "Heading\n  day 0  Alice's phone, at home, asks about Bob's number\n  knob: one value and then another of them\n";
        let fitted = "Heading\n  day 0  Alice's phone, at home, asks\n         about Bob's number\n  knob: one value and then another of\n    them\n";
        assert_eq!(fit(text, 40), fitted);
        assert_eq!(fit(text, 60), text);
    }

    #[test]
    fn clauses_become_sentences() {
        assert_eq!(["", "a b", "Done."].map(sentence), ["", "A b.", "Done."]);
    }
}
