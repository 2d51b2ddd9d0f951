//! **Settings of the command line: one knob each, folded onto a design.**
//!
//! A setting is a line of TOML, except that words may stand bare, since shells eat quotes. It is read as a layer
//! is, and meets the same checks.

use super::error::{DesignError, Source, nearest, quoted, unprintable};
use super::layer::{Layer, LogLayer};
use super::{Vocabulary, check, fold};
use crate::design::Design;

/// The knobs that hold lists, by the last part of their names.
const LISTS: [&str; 7] = ["lookup_on", "capabilities", "acts", "on", "fields", "yields_to", "keepers"];

/// Applies one setting, such as `directory.cache_days=1`, `directory.lookup_on=[type,send]` or
/// `log.query.keep_days=25`.
///
/// # Errors
/// When the setting names no knob, its value does not fit, or the design then contradicts itself.
pub fn apply_setting(design: &mut Design, setting: &str) -> Result<(), DesignError> {
    apply_settings(design, &[setting])
}

/// Applies settings together, so that each may rely on the others: only their outcome is checked as a whole.
///
/// # Errors
/// As [`apply_setting`]; the design is then unchanged.
pub fn apply_settings<S: AsRef<str>>(design: &mut Design, settings: &[S]) -> Result<(), DesignError> {
    let mut changed = design.clone();
    let mut layers = Vec::new();
    for (at, setting) in settings.iter().map(AsRef::as_ref).enumerate() {
        once(settings.iter().take(at).map(AsRef::as_ref), setting)
            .map_err(|error| on_command_line(setting, error))?;
        let layer = apply(&mut changed, setting).map_err(|error| on_command_line(setting, error))?;
        layers.push((setting, layer));
    }
    for (setting, layer) in layers {
        let source = Source { file: "", text: "" };
        check::design(source, &changed, Some(design), &layer, &Vocabulary::default())
            .map_err(|error| on_command_line(setting, error))?;
    }
    *design = changed;
    Ok(())
}

/// The knob that a setting sets.
fn knob(setting: &str) -> &str {
    setting.split_once('=').map_or(setting, |(name, _)| name).trim()
}

/// Fails when one of the earlier settings sets the same knob.
fn once<'a>(mut earlier: impl Iterator<Item = &'a str>, setting: &str) -> Result<(), DesignError> {
    match earlier.find(|other| knob(other) == knob(setting)) {
        None => Ok(()),
        Some(other) => {
            let value = other.split_once('=').map_or("", |(_, value)| value.trim());
            let message =
                format!("the knob {} is set twice, first to {}", quoted(knob(setting)), quoted(value));
            Err(Source { file: "--set", text: setting }.error(0, message, "keep one of the two"))
        }
    }
}

/// A setting is one line, so its errors point at the whole of it.
fn on_command_line(setting: &str, error: DesignError) -> DesignError {
    let file = format!("--set {}", Source { file: "", text: "" }.error(0, setting, "").message);
    DesignError { file, line: 1, column: 1, ..error }
}

/// Folds the setting onto the design, and returns it as a layer.
fn apply(design: &mut Design, setting: &str) -> Result<Layer, DesignError> {
    let whole = Source { file: "--set", text: setting };
    let Some((name, value)) = setting.split_once('=') else {
        return Err(whole.error(0, "the setting has no value", "write KNOB=VALUE"));
    };
    if setting.chars().any(unprintable) {
        return Err(whole.error(
            0,
            "the setting holds characters that are not printed",
            "write one plain line",
        ));
    }
    let (name, value) = (name.trim(), value.trim());
    let known = names(design);
    if !known.iter().any(|known| known == name) {
        let message = format!("no knob is called {}", quoted(name));
        let remedy = match nearest(name, &known) {
            Some(near) => format!("did you mean `{near}`? `mailcover explain` lists the knobs of a design"),
            None => format!("the knobs are {}", known.join(", ")),
        };
        return Err(whole.error(0, message, remedy));
    }
    if let Some((log, knob)) = log_knob(name) {
        let text = format!("{knob} = {}", as_toml(knob, value));
        let source = Source { text: &text, ..whole };
        let layer: LogLayer = toml::from_str(&text).map_err(|error| source.toml(&error))?;
        let found = design.logs.iter_mut().find(|found| found.name == log);
        found.map_or(Ok(()), |found| fold::log_knobs(source, found, &layer))?;
        return Ok(Layer::default());
    }
    let text = format!("{name} = {}", as_toml(name, value));
    let source = Source { text: &text, ..whole };
    let layer = super::parse(source)?;
    fold::knobs(source, design, &layer)?;
    Ok(layer)
}

/// The names of all knobs that a setting can set in this design.
fn names(design: &Design) -> Vec<String> {
    let mut names: Vec<String> = Layer::default().knobs().iter().map(|knob| knob.name.to_owned()).collect();
    for log in &design.logs {
        names
            .extend(LogLayer::default().knobs().iter().map(|knob| format!("log.{}.{}", log.name, knob.name)));
    }
    names
}

/// The log and the knob in `log.NAME.KNOB`.
fn log_knob(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix("log.")?.split_once('.')
}

/// The value as TOML: as it stands if it is, else with its bare words quoted.
fn as_toml(name: &str, value: &str) -> String {
    let is_toml = |text: &str| toml::from_str::<toml::Table>(&format!("value = {text}")).is_ok();
    let quoted = |word: &str| if is_toml(word) { word.to_owned() } else { format!("\"{word}\"") };
    let listed = |words: &str| {
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(quoted);
        format!("[{}]", words.collect::<Vec<_>>().join(", "))
    };
    let inside = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_list = name.rsplit('.').next().is_some_and(|last| LISTS.contains(&last));
    match inside {
        Some(_) if is_toml(value) => value.to_owned(),
        Some(words) => listed(words),
        None if is_list => listed(value),
        None => quoted(value),
    }
}
