//! **Every knob with its value, marked a fact or an assumption.**
//!
//! A design file marks a knob by a comment that ends its line, or by the comment lines right above it:
//! `# fact Y2: ...` names a row of the project's list of facts, `# assumption: ...` says why the value was chosen.
//! Of a key that a log leaves out, a comment line that begins with its name and "is absent" speaks.
//! A knob that a design inherits keeps its base's mark; one that was changed by no marked file is an assumption.

use super::{Shipped, text};
use crate::design::Design;
use crate::design::read::knobs;
use crate::design::read::layer::{Layer, LogLayer};
use crate::design::read::{self, DesignError};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;
use std::ops::Range;

/// A knob of a design, as `mailcover explain` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Knob {
    /// The knob's name, as `--set` takes it.
    pub name: String,
    /// Its value, in words.
    pub value: String,
    /// Whether the value is reported or chosen.
    pub mark: Mark,
    /// Who reports it, or why it was chosen.
    pub note: String,
    /// Who gives it its value.
    pub given: Given,
}

/// Who gives a knob its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// A base, or nobody: an absent key has a meaning as well.
    Inherited,
    /// The design's own file.
    Here,
    /// A setting, outside of all files.
    Set,
}

/// Whether a value is reported or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Reported, or law: the row of the project's list of facts.
    Fact(String),
    /// Chosen.
    Assumption,
}

/// The knobs of a shipped design, or of one that extends it, with the marks of the shipped files.
///
/// # Errors
/// When a shipped file does not parse.
pub fn describe(design: &Design) -> Result<Vec<Knob>, DesignError> {
    let shipped = text(&design.name).or_else(|| text(design.extends.as_deref()?));
    match shipped {
        Some(text) => described(design, text, &design.name),
        None => Ok(assumed(design, Vec::new(), &IndexMap::new(), &[])),
    }
}

/// The knobs of the design that this text resolves to, with the text's own marks as well.
///
/// # Errors
/// When the text is not a design file.
pub fn describe_text(design: &Design, text: &str, file: &str) -> Result<Vec<Knob>, DesignError> {
    described(design, text, file)
}

fn described(design: &Design, text: &str, file: &str) -> Result<Vec<Knob>, DesignError> {
    let marked = values(&read::read(text, file, &Shipped, &read::Vocabulary::default())?);
    let mut marks = IndexMap::new();
    collect(text, file, &mut marks)?;
    Ok(assumed(design, marked, &marks, &here(text, file)?))
}

type Marks = IndexMap<String, (Mark, String)>;

/// The knobs that the text itself gives, without its base's.
fn here(text: &str, file: &str) -> Result<Vec<String>, DesignError> {
    let layer = read::parse_text(text, file)?;
    let given =
        |knobs: Vec<knobs::Given>| knobs.into_iter().filter(|knob| knob.at.is_some()).map(|knob| knob.name);
    let mut here: Vec<String> = given(layer.knobs()).map(str::to_owned).collect();
    for log in layer.log.iter().map(read::layer::Placed::get) {
        let name = log.name.as_ref().map_or("", |name| name.get().as_str());
        here.extend(given(log.knobs()).map(|knob| format!("log.{name}.{knob}")));
    }
    Ok(here)
}

/// Gives each knob its mark, if its value is still the one that was marked.
fn assumed(design: &Design, marked: Vec<(String, Value)>, marks: &Marks, here: &[String]) -> Vec<Knob> {
    let unmarked = |why: &str| (Mark::Assumption, why.to_owned());
    let known = |name: &str, value: &Value| marked.iter().any(|(n, v)| n == name && v == value);
    values(design)
        .into_iter()
        .map(|(name, value)| {
            let (mark, note) = match marks.get(&name) {
                _ if !known(&name, &value) => unmarked("Set outside of any file."),
                Some(mark) => mark.clone(),
                None => unmarked(absent(&name)),
            };
            let given = match () {
                () if !known(&name, &value) => Given::Set,
                () if here.contains(&name) => Given::Here,
                () => Given::Inherited,
            };
            Knob { name, value: in_words(&value), mark, note, given }
        })
        .collect()
}

/// What it means that a file says nothing of this knob. Only those of logs can be left out without a base.
fn absent(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("yields_to") => "Not given, so no order reaches the log.",
        Some("keep_days") => "Not given, so rows are kept for good.",
        Some("while_ordered") => "Not given, so it is kept at all times.",
        Some("held_by") => "Not given, so the provider keeps the log.",
        _ => "Not given.",
    }
}

/// All knobs of a resolved design, in the order of the format.
fn values(design: &Design) -> Vec<(String, Value)> {
    let json = serde_json::to_value(design).unwrap_or_default();
    let at = |path: &str| json.pointer(path).cloned().unwrap_or_default();
    let mut values = Vec::new();
    for knobs::Given { name, .. } in Layer::default().knobs() {
        let path = match name {
            "environment.capabilities" => "/environment".to_owned(),
            _ => format!("/{}", name.replace('.', "/")),
        };
        values.push((name.to_owned(), at(&path)));
    }
    for (place, log) in design.logs.iter().enumerate() {
        for knobs::Given { name, .. } in LogLayer::default().knobs() {
            values.push((format!("log.{}.{name}", log.name), at(&format!("/logs/{place}/{name}"))));
        }
    }
    values
}

/// Collects the marks of the text's base, then its own.
fn collect(text: &str, file: &str, marks: &mut Marks) -> Result<(), DesignError> {
    let layer = read::parse_text(text, file)?;
    if let Some(base) = &layer.extends
        && let Some(base_text) = super::text(base.get())
    {
        collect(base_text, base.get(), marks)?;
    }
    for knobs::Given { name, at } in layer.knobs() {
        if let Some(at) = at {
            marks.insert(name.to_owned(), mark(text, at));
        }
    }
    for placed in &layer.log {
        let log = placed.get();
        let Some(name) = &log.name else { continue };
        for knobs::Given { name: knob, at } in log.knobs() {
            let found = at.map(|at| mark(text, at)).or_else(|| of_absent(&text[placed.start()..], knob));
            if let Some(found) = found {
                marks.insert(format!("log.{}.{knob}", name.get()), found);
            }
        }
    }
    Ok(())
}

/// The mark beside the value at these bytes, else the one right above its line.
fn mark(text: &str, at: Range<usize>) -> (Mark, String) {
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |length| from + length);
    let beside = text[at.end..line_end(at.end)].trim_start().strip_prefix('#').and_then(parsed);
    let line_start = text[..at.start].rfind('\n').map_or(0, |newline| newline + 1);
    let above = || parsed(&comment_above(&text[..line_start]));
    let unmarked = "Not marked where it is set; put `# fact SOURCE: ...` or `# assumption: ...` beside it.";
    beside.or_else(above).unwrap_or_else(|| (Mark::Assumption, unmarked.to_owned()))
}

/// The mark, on a line of its own in the table that the text begins with, of a knob that the table leaves out.
fn of_absent(text: &str, knob: &str) -> Option<(Mark, String)> {
    let table = text.lines().skip(1).take_while(|line| !line.starts_with('['));
    let marks = table.filter_map(|line| parsed(line.strip_prefix('#')?));
    marks.into_iter().find(|(_, note)| note.starts_with(&format!("`{knob}` is absent")))
}

/// The comment lines that end the text, joined, from the last one that begins a mark.
fn comment_above(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines().rev() {
        let Some(comment) = line.strip_prefix('#') else { break };
        lines.push(comment.trim());
        if parsed(comment).is_some() {
            break;
        }
    }
    lines.reverse();
    lines.join(" ")
}

/// The mark in a comment.
fn parsed(comment: &str) -> Option<(Mark, String)> {
    let (mark, note) = comment.trim().split_once(": ")?;
    let note = note.trim().to_owned();
    match mark.split_once(' ') {
        Some(("fact", row)) => Some((Mark::Fact(row.to_owned()), note)),
        None if mark == "assumption" => Some((Mark::Assumption, note)),
        _ => None,
    }
}

/// A value as a reader says it.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "for good".to_owned(),
        Value::String(word) => word.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
