//! **What differs between two portraits, and a portrait with such a change made in it.**

use super::Value;
use schemars::JsonSchema;
use serde::Serialize;

/// A value that a step changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Where it stands: names and places, from the outside in.
    pub path: Vec<String>,
    /// What it was; nothing if it was not there.
    pub from: Value,
    /// What it is; nothing if it is gone.
    pub to: Value,
}

/// What differs between two portraits, leaf by leaf.
#[must_use]
pub fn changes(before: &[(String, Value)], after: &[(String, Value)]) -> Vec<Change> {
    let mut found = Vec::new();
    fields(&mut Vec::new(), before, after, &mut found);
    found
}

/// Makes the change in a portrait from before it.
pub fn apply(state: &mut Value, change: &Change) {
    set(state, &change.path, &change.to);
}

fn set(value: &mut Value, path: &[String], to: &Value) {
    let Some((name, rest)) = path.split_first() else {
        *value = to.clone();
        return;
    };
    match value {
        Value::Record(fields) => {
            if let Some((_, field)) = fields.iter_mut().find(|(known, _)| known == name) {
                set(field, rest, to);
            }
        }
        Value::List(items) => {
            let at = name.parse::<usize>().unwrap_or(1).saturating_sub(1);
            match items.get_mut(at) {
                // Lists are compared place by place, so what is taken away is always the end of one.
                Some(_) if rest.is_empty() && *to == Value::Nothing => items.truncate(at),
                Some(item) => set(item, rest, to),
                None if *to != Value::Nothing => items.push(to.clone()),
                None => {}
            }
        }
        _ => {}
    }
}

fn fields(
    path: &mut Vec<String>,
    before: &[(String, Value)],
    after: &[(String, Value)],
    found: &mut Vec<Change>,
) {
    let look = |side: &[(String, Value)], name: &str| {
        side.iter().find(|(known, _)| known == name).map_or(Value::Nothing, |(_, value)| value.clone())
    };
    let more = after.iter().filter(|(name, _)| before.iter().all(|(known, _)| known != name));
    for (name, _) in before.iter().chain(more) {
        path.push(name.clone());
        differ(path, &look(before, name), &look(after, name), found);
        path.pop();
    }
}

fn differ(path: &mut Vec<String>, before: &Value, after: &Value, found: &mut Vec<Change>) {
    match (before, after) {
        _ if before == after => {}
        (Value::Record(left), Value::Record(right)) => fields(path, left, right, found),
        (Value::List(left), Value::List(right)) if left.iter().chain(right).any(structured) => {
            for at in 0..left.len().max(right.len()) {
                let side = |list: &[Value]| list.get(at).cloned().unwrap_or(Value::Nothing);
                path.push((at + 1).to_string());
                differ(path, &side(left), &side(right), found);
                path.pop();
            }
        }
        _ => found.push(Change { path: path.clone(), from: before.clone(), to: after.clone() }),
    }
}

/// Whether an item is compared part by part. Lists of names are short, and compared as a whole.
const fn structured(item: &Value) -> bool {
    matches!(item, Value::Record(_) | Value::List(_))
}
