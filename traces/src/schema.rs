//! **The JSON Schema of trace files.**

/// The JSON Schema of a trace.
#[must_use]
pub fn trace_schema() -> serde_json::Value {
    serde_json::json!({ "type": "object" })
}
