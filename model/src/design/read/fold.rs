//! **Folding a layer onto its base.**
//!
//! What a layer gives replaces what the base has; what it does not give stays. Every number is held to its bounds
//! on the way, and every word and sentence to its form, since here each still knows its place in the file.

use super::error::{DesignError, Source, nearest_of, quoted, unprintable};
use super::layer::{AdversaryLayer, ClaimLayer, ExpectLayer, Knob, Layer, List, LogLayer, Placed};
use crate::design::{
    Adversary, ClaimText, Covers, Deregistration, Design, Directory, Expectation, ExtensionOf, Fallback,
    Holder, Legal, Log, MAX_LOGS, Messaging, ObserverName,
};
use crate::row::MAX_DAYS;
use enumset::{EnumSet, EnumSetType};
use std::fmt::Debug;

/// How often an order or a preservation request can be prolonged, at most.
const MAX_TIMES: u16 = 3;
/// The longest sentence, in characters.
const MAX_SENTENCE: usize = 400;
/// The longest name, in characters.
const MAX_NAME: usize = 40;

/// The layer's design, on its base.
pub(super) fn design(
    source: Source<'_>,
    base: Option<&Design>,
    layer: &Layer,
) -> Result<Design, DesignError> {
    let mut design = base.cloned().unwrap_or_else(blank);
    let file = Folder { source };
    design.name = file.name("name", 0, &layer.name)?;
    design.says = file.sentence("says", 0, &layer.says)?;
    design.main = layer.main.as_ref().is_some_and(|main| *main.get());
    design.extends = layer.extends.as_ref().map(|name| name.get().clone());
    knobs(source, &mut design, layer)?;
    file.logs(&mut design.logs, layer)?;
    for adversary in &layer.adversary {
        let read = file.adversary(adversary, &design.logs)?;
        put(&mut design.adversaries, read, |one, other| one.name == other.name);
    }
    for claim in &layer.claim {
        let read = file.claim(claim)?;
        design.claims.push(read);
    }
    for expect in &layer.expect {
        let read = file.expect(expect)?;
        put(&mut design.expects, read, |one, other| {
            (&one.claim, &one.adversary) == (&other.claim, &other.adversary)
        });
    }
    Ok(design)
}

/// Replaces the knobs that the layer's tables give.
pub(super) fn knobs(source: Source<'_>, design: &mut Design, layer: &Layer) -> Result<(), DesignError> {
    let file = Folder { source };
    let (directory, messaging, legal) = (&mut design.directory, &mut design.messaging, &mut design.legal);
    file.set(&mut directory.lookup_on, &layer.directory.lookup_on)?;
    file.count(&mut directory.cache_days, &layer.directory.cache_days, MAX_DAYS)?;
    replace(&mut directory.deregistration, &layer.directory.deregistration);
    file.count(&mut messaging.expiry_days, &layer.messaging.expiry_days, MAX_DAYS)?;
    replace(&mut messaging.expiry_notice, &layer.messaging.expiry_notice);
    replace(&mut design.fallback.sms, &layer.fallback.sms);
    file.count(&mut legal.order_days, &layer.legal.order_days, MAX_DAYS)?;
    file.count(&mut legal.extension_days, &layer.legal.extension_days, MAX_DAYS)?;
    file.times(&mut legal.extensions, &layer.legal.extensions)?;
    replace(&mut legal.extension_of, &layer.legal.extension_of);
    replace(&mut legal.covers, &layer.legal.covers);
    file.count(&mut legal.preservation_days, &layer.legal.preservation_days, MAX_DAYS)?;
    file.times(&mut legal.preservation_renewals, &layer.legal.preservation_renewals)?;
    replace(&mut legal.preservation_in_force, &layer.legal.preservation_in_force);
    replace(&mut legal.emergency, &layer.legal.emergency);
    file.set(&mut design.environment, &layer.environment.capabilities)
}

/// Replaces the knobs of a log that the layer gives.
pub(super) fn log_knobs(source: Source<'_>, log: &mut Log, layer: &LogLayer) -> Result<(), DesignError> {
    let file = Folder { source };
    replace(&mut log.held_by, &layer.held_by);
    file.set(&mut log.on, &layer.on)?;
    file.set(&mut log.fields, &layer.fields)?;
    file.set(&mut log.yields_to, &layer.yields_to)?;
    if layer.keep_days.is_some() {
        let mut days = 0;
        file.count(&mut days, &layer.keep_days, MAX_DAYS)?;
        log.keep_days = Some(days);
    }
    Ok(())
}

/// A design with every knob at its least. A file without a base gives every knob, so none of these survives.
fn blank() -> Design {
    Design {
        name: String::new(),
        says: String::new(),
        main: false,
        extends: None,
        directory: Directory {
            lookup_on: EnumSet::empty(),
            cache_days: 0,
            deregistration: Deregistration::None,
        },
        messaging: Messaging { expiry_days: 0, expiry_notice: false },
        fallback: Fallback { sms: false },
        legal: Legal {
            order_days: 0,
            extension_days: 0,
            extensions: 0,
            extension_of: ExtensionOf::Collection,
            covers: Covers::Source,
            preservation_days: 0,
            preservation_renewals: 0,
            preservation_in_force: false,
            emergency: false,
        },
        logs: Vec::new(),
        environment: EnumSet::empty(),
        adversaries: Vec::new(),
        claims: Vec::new(),
        expects: Vec::new(),
    }
}

fn replace<T: Clone>(value: &mut T, knob: &Knob<T>) {
    if let Some(given) = knob {
        *value = given.get().clone();
    }
}

/// Replaces the item that is the same one, or appends.
fn put<T>(items: &mut Vec<T>, item: T, same: impl Fn(&T, &T) -> bool) {
    match items.iter_mut().find(|old| same(old, &item)) {
        Some(old) => *old = item,
        None => items.push(item),
    }
}

/// Reads values, and says where the wrong ones stand.
#[derive(Clone, Copy)]
struct Folder<'a> {
    source: Source<'a>,
}

impl Folder<'_> {
    fn count(self, value: &mut u16, knob: &Knob<i64>, most: u16) -> Result<(), DesignError> {
        let Some(given) = knob else { return Ok(()) };
        match u16::try_from(*given.get()) {
            Ok(number) if number <= most => *value = number,
            _ => {
                let message = format!("{} is out of bounds", given.get());
                return Err(self.source.error(
                    given.start(),
                    message,
                    format!("write a number from 0 to {most}"),
                ));
            }
        }
        Ok(())
    }

    fn times(self, value: &mut u8, knob: &Knob<i64>) -> Result<(), DesignError> {
        let mut wide = u16::from(*value);
        self.count(&mut wide, knob, MAX_TIMES)?;
        *value = wide as u8;
        Ok(())
    }

    fn set<T: EnumSetType + Debug>(
        self,
        value: &mut EnumSet<T>,
        knob: &Option<Placed<List<T>>>,
    ) -> Result<(), DesignError> {
        let Some(list) = knob else { return Ok(()) };
        let mut set = EnumSet::empty();
        for item in list.get() {
            if !set.insert(*item.get()) {
                return Err(self.source.error(
                    item.start(),
                    "the list names this twice",
                    "name it once, since the order does not count",
                ));
            }
        }
        *value = set;
        Ok(())
    }

    /// A value that must be there, of the thing that begins at `start`.
    fn required<'k, T>(
        self,
        what: &str,
        start: usize,
        knob: &'k Knob<T>,
    ) -> Result<&'k Placed<T>, DesignError> {
        knob.as_ref().ok_or_else(|| {
            self.source.error(start, format!("`{what}` is missing here"), format!("add `{what} = ...`"))
        })
    }

    fn name(self, what: &str, start: usize, knob: &Knob<String>) -> Result<String, DesignError> {
        let given = self.required(what, start, knob)?;
        self.checked_name(given)?;
        Ok(given.get().clone())
    }

    fn checked_name(self, given: &Placed<String>) -> Result<(), DesignError> {
        let name = given.get();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(fits) {
            return Err(self.source.error(
                given.start(),
                format!("{} is not a name", quoted(name)),
                format!("a name has 1 to {MAX_NAME} of the characters a-z, 0-9 and -"),
            ));
        }
        Ok(())
    }

    fn sentence(self, what: &str, start: usize, knob: &Knob<String>) -> Result<String, DesignError> {
        let given = self.required(what, start, knob)?;
        let text = given.get();
        let length = text.chars().count();
        let message = if text.trim().is_empty() {
            format!("`{what}` is empty")
        } else if length > MAX_SENTENCE {
            format!("`{what}` has {length} characters")
        } else if text.chars().any(unprintable) {
            format!("`{what}` holds characters that are not printed")
        } else {
            return Ok(text.clone());
        };
        let remedy =
            format!("write one printable sentence of at most {MAX_SENTENCE} characters, on one line");
        Err(self.source.error(given.start(), message, remedy))
    }

    fn logs(self, logs: &mut Vec<Log>, layer: &Layer) -> Result<(), DesignError> {
        for removed in &layer.remove_logs {
            let Some(at) = logs.iter().position(|log| log.name == *removed.get()) else {
                let known: Vec<_> = logs.iter().map(|log| log.name.as_str()).collect();
                return Err(self.source.error(
                    removed.start(),
                    format!("no log called {} is inherited, or left", quoted(removed.get())),
                    nearest_of(removed.get(), &known, "the inherited logs are"),
                ));
            };
            logs.remove(at);
        }
        for log in &layer.log {
            let read = self.log(log)?;
            put(logs, read, |one, other| one.name == other.name);
            if logs.len() > MAX_LOGS {
                return Err(self.source.error(
                    log.start(),
                    format!("this is log number {} of the design", logs.len()),
                    format!("keep at most {MAX_LOGS}, the inherited ones included"),
                ));
            }
        }
        Ok(())
    }

    fn log(self, placed: &Placed<LogLayer>) -> Result<Log, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        self.required("on", start, &layer.on)?;
        self.required("fields", start, &layer.fields)?;
        let mut log = Log {
            name: self.name("name", start, &layer.name)?,
            held_by: Holder::Provider,
            on: EnumSet::empty(),
            fields: EnumSet::empty(),
            keep_days: None,
            yields_to: EnumSet::empty(),
        };
        log_knobs(self.source, &mut log, layer)?;
        Ok(log)
    }

    fn adversary(self, placed: &Placed<AdversaryLayer>, logs: &[Log]) -> Result<Adversary, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        let mut capabilities = EnumSet::empty();
        self.set(&mut capabilities, &layer.capabilities)?;
        let mut observers: Vec<ObserverName> = Vec::new();
        for name in self.required("observers", start, &layer.observers)?.get() {
            let Some(observer) = ObserverName::parse(name.get(), logs) else {
                return Err(self.source.error(
                    name.start(),
                    format!("this design has no observer {}", quoted(name.get())),
                    nearest_of(name.get(), &ObserverName::names(logs), "its observers are"),
                ));
            };
            if observers.contains(&observer) {
                return Err(self.source.error(name.start(), "the list names this twice", "name it once"));
            }
            observers.push(observer);
        }
        Ok(Adversary {
            name: self.name("name", start, &layer.name)?,
            says: self.sentence("says", start, &layer.says)?,
            observers,
            capabilities,
        })
    }

    fn claim(self, placed: &Placed<ClaimLayer>) -> Result<ClaimText, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        let to = self.required("to", start, &layer.to)?;
        Ok(ClaimText {
            id: self.name("id", start, &layer.id)?,
            kind: *self.required("kind", start, &layer.kind)?.get(),
            event: *self.required("event", start, &layer.event)?.get(),
            absent: layer.absent.as_ref().is_some_and(|absent| *absent.get()),
            to: to.get().iter().map(|name| name.get().clone()).collect(),
            sentence: self.sentence("sentence", start, &layer.sentence)?,
        })
    }

    fn expect(self, placed: &Placed<ExpectLayer>) -> Result<Expectation, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        Ok(Expectation {
            claim: self.name("claim", start, &layer.claim)?,
            adversary: self.name("adversary", start, &layer.adversary)?,
            verdict: *self.required("verdict", start, &layer.verdict)?.get(),
            reason: self.sentence("reason", start, &layer.reason)?,
            expires: layer.expires.as_ref().map(|day| self.day(day)).transpose()?,
        })
    }

    /// A day, written as TOML's date or as a string.
    fn day(self, placed: &Placed<toml::Value>) -> Result<String, DesignError> {
        let written = match placed.get() {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        if is_day(&written) {
            return Ok(written);
        }
        Err(self.source.error(
            placed.start(),
            format!("{} is no day", quoted(&written)),
            "write a day of the calendar as YYYY-MM-DD, without a time",
        ))
    }
}

/// Whether the text is `YYYY-MM-DD` and names a day of the calendar.
fn is_day(text: &str) -> bool {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return false;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
