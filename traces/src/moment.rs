//! **The state of the world after a step as text; or only what the step changed of it.**

use crate::account::RunAccount;
use crate::error::{TraceError, no_step};
use crate::held::View;
use crate::portrait::{Change, Value, apply};
use std::fmt::Write;

/// The state after the step of this number, 0 for the beginning, as text.
///
/// # Errors
/// [`TraceError::Absent`] when the run has no such step.
pub fn moment(run: &RunAccount, step: usize, view: View) -> Result<String, TraceError> {
    if step > run.steps.len() {
        return Err(no_step(step, run.steps.len()));
    }
    let mut out = String::new();
    match view {
        View::Diff => {
            let changes = step.checked_sub(1).and_then(|at| run.steps.get(at)).map(|step| &step.changes);
            for Change { path, from, to } in changes.into_iter().flatten() {
                let _ = writeln!(out, "  {}: {} -> {}", path.join(" / "), said(from), said(to));
            }
            if out.is_empty() {
                out.push_str("  Nothing changed.\n");
            }
        }
        View::Full => {
            let mut state = run.begins.clone();
            for change in run.steps.iter().take(step).flat_map(|step| &step.changes) {
                apply(&mut state, change);
            }
            tree(&mut out, 1, &state);
        }
    }
    Ok(out)
}

fn tree(out: &mut String, depth: usize, value: &Value) {
    let indent = "  ".repeat(depth);
    let mut line = |name: &str, value: &Value| match value {
        Value::Record(fields) if !fields.is_empty() => {
            let _ = writeln!(out, "{indent}{name}:");
            tree(out, depth + 1, value);
        }
        Value::List(items) if items.iter().any(|item| matches!(item, Value::Record(_))) => {
            let _ = writeln!(out, "{indent}{name}:");
            tree(out, depth + 1, value);
        }
        other => _ = writeln!(out, "{indent}{name}: {}", said(other)),
    };
    match value {
        Value::Record(fields) => fields.iter().for_each(|(name, value)| line(name, value)),
        Value::List(items) => {
            items.iter().enumerate().for_each(|(at, item)| line(&(at + 1).to_string(), item))
        }
        _ => {}
    }
}

/// A value in a few words.
fn said(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) if items.is_empty() => "none".to_owned(),
        Value::List(items) => items.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Record(fields) => {
            let named = fields.iter().map(|(name, value)| format!("{name} {}", said(value)));
            format!("({})", named.collect::<Vec<_>>().join(", "))
        }
    }
}
