//! **The word by which files, formulas and the command line name a value.**

use serde::Serialize;

/// The word that files use for a value of an enumeration: `sms-delivered`. Empty for a value that is written otherwise.
#[must_use]
pub fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
