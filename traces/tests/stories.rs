//! **A trace is told in words, with nothing of the program in them.**

mod common;

use mailcover_traces::{TellOptions, replay, tell};

#[test]
fn stories_are_prose() {
    for trace in common::all() {
        let replayed = replay(trace, false).unwrap_or_else(|error| panic!("{}: {error}", trace.claim));
        for width in [60, 120] {
            let story = tell(&replayed, &TellOptions { width, ..TellOptions::default() });
            println!("{story}");
            for sign in ["{", "}", "::", "Some(", "None", "_", "\"", "  1. ."] {
                assert!(!story.contains(sign), "{} in the story of {}:\n{story}", sign, trace.claim);
            }
            assert!(story.contains(&trace.sentence[..20]), "the claim is told");
            assert!(story.contains(&trace.id[..12]), "the trace is named");
        }
    }
}
