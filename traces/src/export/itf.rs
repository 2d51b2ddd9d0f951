//! **A run in the Informal Trace Format, as Apalache and Quint read it.**
//!
//! Every variable stands in every state, and integers are written as `{"#bigint": "..."}`. A value that may be missing is
//! a list of at most one, since not every reader knows options. `mbt::actionTaken` names the action that led to a
//! state, and `mbt::nondetPicks` its parameters, as Quint has them.

use crate::error::{TraceError, no_run};
use crate::portrait::{Value, portrait};
use crate::replay::{Replayed, ReplayedRun};
use crate::tell::scene::{self, LEFT_OUT, Shown};
use mailcover_model::action::Action;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Where the format is described.
const DESCRIBED: &str = "https://apalache-mc.org/docs/adr/015adr-trace.html";

/// The run of this number, from 0, in the Informal Trace Format.
///
/// # Errors
/// [`TraceError::Absent`] when the trace has no such run.
pub fn itf(replayed: &Replayed, number: usize) -> Result<String, TraceError> {
    let run = replayed.runs.get(number).ok_or_else(|| no_run(number, replayed.runs.len()))?;
    let shown = scene::shown(run);
    let states: Vec<Json> = (0..shown.states.len()).map(|at| state(run, &shown, at, &picks(run))).collect();
    let names = |state: &Json| -> Vec<Json> {
        let fields = state.as_object().into_iter().flat_map(Map::keys);
        fields.filter(|name| *name != "#meta").map(|name| json!(name)).collect()
    };
    let trace = &replayed.trace;
    let mut whole = Map::new();
    whole.insert(
        "#meta".to_owned(),
        json!({
            "format": "ITF",
            "format-description": DESCRIBED,
            "source": format!("mailcover trace {}", trace.id),
            "description": format!("{} Put to {} in {}: {}.", trace.sentence, trace.adversary, trace.design.name, trace.verdict),
            "status": trace.verdict.word(),
        }),
    );
    if let (true, Some(meta)) = (shown.lacks_something(), whole.get_mut("#meta")) {
        meta["left-out"] = json!(LEFT_OUT);
    }
    whole.insert("params".to_owned(), json!([]));
    whole.insert("vars".to_owned(), Json::Array(states.first().map(names).unwrap_or_default()));
    if let Some(round) = replayed.round() {
        whole.insert("loop".to_owned(), json!(round));
    }
    whole.insert("states".to_owned(), Json::Array(states));
    let mut text =
        serde_json::to_string_pretty(&whole).map_err(|error| TraceError::Internal(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// The names of all parameters that the run's actions have.
fn picks(run: &ReplayedRun) -> BTreeSet<String> {
    run.actions.iter().flat_map(|action| parameters(action).into_iter().map(|(name, _)| name)).collect()
}

fn state(run: &ReplayedRun, shown: &Shown, at: usize, picks: &BTreeSet<String>) -> Json {
    let mut fields = Map::new();
    fields.insert("#meta".to_owned(), json!({ "index": at }));
    if let Some(state) = shown.states.get(at) {
        for (name, value) in portrait(&shown.service, state) {
            fields.insert(identifier(&name), valued(&value));
        }
    }
    let action = at.checked_sub(1).and_then(|at| run.actions.get(at));
    let taken = action.map_or_else(|| "init".to_owned(), verb);
    fields.insert("mbt::actionTaken".to_owned(), json!(taken));
    let given: Vec<(String, Json)> = action.map_or_else(Vec::new, parameters);
    let pick = |name: &String| {
        let value = given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        (name.clone(), option(value))
    };
    fields.insert("mbt::nondetPicks".to_owned(), Json::Object(picks.iter().map(pick).collect()));
    Json::Object(fields)
}

/// A name as the tools of the format take it: letters, digits and underscores, and no word of Python, in which one of
/// them is written.
fn identifier(name: &str) -> String {
    let kept = name.chars().filter(|&c| c != '\'' && c != '-');
    let name: String = kept.map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if matches!(name.as_str(), "from" | "with" | "in" | "is" | "as" | "for" | "not" | "or" | "and") {
        name + "_"
    } else {
        name
    }
}

/// The action's name.
fn verb(action: &Action) -> String {
    let written = serde_json::to_value(action).unwrap_or_default();
    written.get("do").and_then(Json::as_str).unwrap_or("unknown").to_owned()
}

/// The action's parameters, in the format's values.
fn parameters(action: &Action) -> Vec<(String, Json)> {
    let written = serde_json::to_value(action).unwrap_or_default();
    let fields = written.as_object().cloned().unwrap_or_default();
    fields
        .into_iter()
        .filter(|(name, _)| name != "do")
        .map(|(name, value)| (identifier(&name), converted(value)))
        .collect()
}

/// Plain JSON in the format's values.
fn converted(value: Json) -> Json {
    match value {
        Json::Number(number) => json!({ "#bigint": number.to_string() }),
        Json::Null => option(None),
        Json::Array(items) => json!({ "#set": items.into_iter().map(converted).collect::<Vec<_>>() }),
        Json::Object(fields) => {
            Json::Object(fields.into_iter().map(|(name, value)| (name, converted(value))).collect())
        }
        other => other,
    }
}

/// A value that may be missing: a list of it, or of nothing, which every reader of the format takes.
fn option(value: Option<Json>) -> Json {
    Json::Array(value.into_iter().collect())
}

fn valued(value: &Value) -> Json {
    match value {
        Value::Nothing => option(None),
        Value::Flag(flag) => json!(flag),
        Value::Number(number) => json!({ "#bigint": number.to_string() }),
        Value::Text(text) => json!(text),
        Value::List(items) => Json::Array(items.iter().map(valued).collect()),
        Value::Record(fields) => {
            Json::Object(fields.iter().map(|(name, value)| (identifier(name), valued(value))).collect())
        }
    }
}
