//! **The JSON Schema names every field of a trace, and the choices that an action has.**

mod common;

use mailcover_traces::{TellOptions, replay, tell, trace_schema};

#[test]
fn the_schema_names_what_a_trace_has() {
    let schema = trace_schema();
    let properties = schema["properties"].as_object().expect("an object");
    let trace = serde_json::to_value(&common::all()[0]).expect("a trace is JSON");
    for field in trace.as_object().expect("an object").keys() {
        assert!(properties.contains_key(field), "{field} is missing");
    }
    assert_eq!(schema["additionalProperties"], false);
    let text = schema.to_string();
    for word in ["deliver-sms", "lasso", "add-key", "fallback-by-server"] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn a_step_alone_is_told_with_everybodys_view() {
    let replayed = replay(&common::all()[0], false).expect("it replays");
    let story = |step| tell(&replayed, &TellOptions { step: Some(step), ..TellOptions::default() });
    let unseen = "The carrier, the investigator, Alice's devices and Carol's devices see nothing of it.";
    assert!(story(3).contains(unseen), "{}", story(3));
    assert!(story(99).contains("There is no step 99: the run has 3 steps."), "{}", story(99));
    assert!(story(0).contains("There is no step 0"));
}
