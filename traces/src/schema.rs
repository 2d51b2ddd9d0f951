//! **The JSON Schema of trace files.**
//!
//! It is derived from the types that read them. Of the resolved design it says only that it is an object: its hash says
//! the rest.

use crate::account::{ACCOUNT, Account};
use crate::trace::{FORMAT, Trace};

/// The JSON Schema of a trace.
#[must_use]
pub fn trace_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Trace).to_value();
    if let Some(format) = schema.pointer_mut("/properties/format") {
        *format = serde_json::json!({ "description": "The version of the format.", "const": FORMAT });
    }
    schema
}

/// The JSON Schema of an account, which `trace export --to json` writes.
#[must_use]
pub fn account_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Account).to_value();
    if let Some(version) = schema.pointer_mut("/properties/account") {
        *version = serde_json::json!({ "description": "The version of the format.", "const": ACCOUNT });
    }
    schema
}
