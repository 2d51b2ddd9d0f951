//! **Reading a trace: nothing of it is believed before its length, syntax, version and hashes are right.**

use super::{FORMAT, MAX_BYTES, Trace, design_hash};
use crate::error::TraceError;
use crate::tell::words::harmless;
use mailcover_model::design::read::is_name;
use mailcover_model::design::{Design, MAX_LOGS, MAX_TIMES, ObserverName, library};
use mailcover_model::row::MAX_DAYS;
use mailcover_properties::finding::Evidence;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn read(bytes: &[u8], file: &str) -> Result<Trace, TraceError> {
    if bytes.len() > MAX_BYTES {
        return Err(TraceError::TooLong { file: file.to_owned(), length: bytes.len(), most: MAX_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| TraceError::NotText {
        file: file.to_owned(),
        line: 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count(),
    })?;
    let trace = parse(text, file)?;
    let refuse = |message: String, remedy: &str| {
        Err(TraceError::Tampered { file: file.to_owned(), message, remedy: remedy.to_owned() })
    };
    if let Some(excess) = excess(text, &trace) {
        return refuse(
            format!("the trace is not written as mailcover writes it, at {excess}"),
            "give the file as it was exported",
        );
    }
    if design_hash(&trace.design) != trace.design_sha256 {
        return refuse(
            "the design is not the one that the trace was made in: its hash is another".to_owned(),
            "give the file as it was exported, or export it again in this design",
        );
    }
    if trace.hash() != trace.id {
        return refuse(
            "the trace was changed after it was written: its id is the hash of something else".to_owned(),
            "give the file as it was exported",
        );
    }
    if matches!(trace.evidence, Evidence::Class { size: 0, .. }) {
        return refuse(
            "its class has no states, and its run ends in one".to_owned(),
            "export the trace again",
        );
    }
    if let Some(fault) = implausible(&trace.design) {
        return refuse(format!("the design in the trace is none: {fault}"), "export the trace again");
    }
    Ok(trace)
}

/// A file of another format need not fit this one, so its version is looked at first.
fn parse(text: &str, file: &str) -> Result<Trace, TraceError> {
    #[derive(Deserialize)]
    struct Header {
        format: u64,
    }
    if let Ok(Header { format }) = serde_json::from_str::<Header>(text)
        && format != u64::from(FORMAT)
    {
        return Err(TraceError::OtherFormat { file: file.to_owned(), found: format, known: FORMAT });
    }
    serde_json::from_str(text).map_err(|error| {
        if let Some(knob) = lacking_knob(text).filter(|_| error.is_data()) {
            return TraceError::OlderDesign { file: file.to_owned(), knob };
        }
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let cut_off = error.is_eof();
        TraceError::Syntax {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            message: if cut_off {
                "the text ends in the middle of the trace".to_owned()
            } else {
                format!(
                    "this is no trace in JSON: {}",
                    harmless(message.strip_suffix(&place).unwrap_or(&message))
                )
            },
            remedy: if cut_off {
                "the file was cut off, so export it again".to_owned()
            } else {
                "give a file that `mailcover check --traces` or `mailcover trace minimize` wrote".to_owned()
            },
        }
    })
}

/// Where the trace's design lacks what every design of this program says; `None` where it lacks nothing, or is none.
fn lacking_knob(text: &str) -> Option<String> {
    let given: Value = serde_json::from_str(text).ok()?;
    let design = library::load(library::mains().first()?).ok()?;
    lacking(given.get("design")?, &serde_json::to_value(design).ok()?)
}

/// The path to the first name in the one value that the other lacks. Items of a list are all of one shape.
fn lacking(given: &Value, known: &Value) -> Option<String> {
    match (given, known) {
        (Value::Object(given), Value::Object(known)) => {
            known.iter().find_map(|(key, value)| match given.get(key) {
                None => Some(key.clone()),
                Some(given) => lacking(given, value).map(|inner| format!("{key}.{inner}")),
            })
        }
        (Value::Array(given), Value::Array(known)) => {
            given.iter().zip(known.iter().cycle()).find_map(|(given, known)| lacking(given, known))
        }
        _ => None,
    }
}

/// Where the text says more than was understood, or says it otherwise; `None` when it says just that.
fn excess(text: &str, trace: &Trace) -> Option<String> {
    let given: Value = serde_json::from_str(text).ok()?;
    let understood = serde_json::to_value(trace).ok()?;
    difference(&given, &understood)
}

fn difference(given: &Value, understood: &Value) -> Option<String> {
    let below =
        |key: String, inner: String| Some(if inner.is_empty() { key } else { format!("{key}.{inner}") });
    match (given, understood) {
        (Value::Object(left), Value::Object(right)) => {
            if let Some(key) = left.keys().find(|key| !right.contains_key(*key)) {
                return Some(format!("{key:?}"));
            }
            right.iter().find_map(|(key, value)| match left.get(key) {
                Some(given) => difference(given, value).and_then(|inner| below(key.clone(), inner)),
                None => Some(key.clone()),
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).enumerate().find_map(|(at, (given, value))| {
                difference(given, value).and_then(|inner| below(at.to_string(), inner))
            })
        }
        _ => (given != understood).then(String::new),
    }
}

/// What no design that was read from a file can have; the model relies on its absence.
fn implausible(design: &Design) -> Option<String> {
    let logs = &design.logs;
    let names: Vec<&String> = std::iter::once(&design.name)
        .chain(logs.iter().map(|log| &log.name))
        .chain(design.adversaries.iter().map(|adversary| &adversary.name))
        .chain(design.claims.iter().map(|claim| &claim.id))
        .collect();
    if let Some(name) = names.into_iter().find(|name| !is_name(name)) {
        return Some(format!("{name:?} is no name"));
    }
    let redefined = design.adversaries.iter().find(|adversary| {
        let observers: Vec<String> = ObserverName::all(logs).iter().map(ObserverName::name).collect();
        observers.contains(&adversary.name) || library::shared_adversary_names().contains(&adversary.name)
    });
    if let Some(adversary) = redefined {
        return Some(format!("every design has an adversary or observer called {:?}", adversary.name));
    }
    if logs.len() > MAX_LOGS {
        return Some(format!("it has {} logs, and a design has at most {MAX_LOGS}", logs.len()));
    }
    if logs.iter().map(|log| &log.name).collect::<BTreeSet<_>>().len() < logs.len() {
        return Some("two of its logs have the same name".to_owned());
    }
    let legal = &design.legal;
    let times = legal.extensions.max(legal.preservation_renewals);
    if times > MAX_TIMES {
        return Some(format!("it prolongs {times} times, and a design does so at most {MAX_TIMES} times"));
    }
    let periods = [
        design.directory.cache_days,
        design.messaging.expiry_days,
        legal.order_days,
        legal.extension_days,
        legal.preservation_days,
    ];
    let keeps = logs.iter().filter_map(|log| log.keep_days);
    let longest = periods.into_iter().chain(keeps).max().unwrap_or(0);
    (longest > MAX_DAYS).then(|| format!("it counts {longest} days, and a design counts at most {MAX_DAYS}"))
}
