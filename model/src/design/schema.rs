//! **The JSON Schema of the design file format, derived from the types that read it.**

use super::read::layer::Layer;
use serde_json::{Map, Value};

/// The schema, for editors and for `mailcover schema design`.
#[must_use]
pub fn design_schema() -> Value {
    let mut schema = schemars::schema_for!(Layer).to_value();
    tidy(&mut schema);
    schema
}

/// Removes what only Rust means by a number, and `null` wherever the schema allows it: TOML has none, and an absent key is simply absent.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.values_mut().for_each(tidy);
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".to_owned(), only);
                }
            }
            if object.get("format").is_some_and(|format| format == "int64") {
                object.remove("format");
            }
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            lift_only_choice(object);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// `anyOf` with one choice besides null becomes that choice.
fn lift_only_choice(object: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else { return };
    choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
    if let [Value::Object(only)] = choices.as_slice() {
        let only = only.clone();
        object.remove("anyOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
}
