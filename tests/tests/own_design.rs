//! **Somebody without Rust states a log and a claim in TOML, and gets a verdict, a run that replays, and its story.**

use mailcover_model::design::library::Shipped;
use mailcover_model::design::read::read;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use mailcover_tests::cells;
use mailcover_traces::{TellOptions, Trace, replay, tell};
use std::sync::Arc;

const DESIGN: &str = r#"
format = 1
name = "court"
extends = "imessage-2016"
says = "As in 2016, but push keeps a receipt of every delivery, and there are no SMS."

[directory]
lookup_on = ["send"] # assumption: Typing alone asks nobody.

[fallback]
sms = false # assumption: The platform or nothing.

[[log]]
name = "receipt"
on = ["delivered"] # assumption: Written when a device acknowledges a message.
fields = ["day", "source", "target"] # assumption: The outside of the message.
keep_days = 7 # assumption: A week.
yields_to = ["pen-register"] # assumption: The orders that it is given up to.

[[claim]]
id = "receipts-prove-no-attempt"
kind = "never-known"
event = "attempted"
to = ["receipt-log"]
sentence = "The receipts never show that anybody pressed send."

[[expect]]
claim = "receipts-prove-no-attempt"
adversary = "receipt-log"
verdict = "violated"
reason = "What was received was sent."
"#;

#[test]
fn a_log_and_a_claim_in_toml_get_a_verdict_and_a_story() {
    let read = read(DESIGN, "court.toml", &Shipped, &claims::vocabulary());
    let design = Arc::new(read.unwrap_or_else(|error| panic!("{error}")));
    let claims = claims::of(&design);
    let claim = claims.iter().find(|claim| claim.id == "receipts-prove-no-attempt");
    let claim = claim.unwrap_or_else(|| panic!("the design's claim is not among its claims"));
    let cell = Cell { design: Arc::clone(&design), claim: Arc::clone(claim), question: 0 };

    let finding = check_one(&cell, &Options::default());
    assert_eq!(finding.verdict, Verdict::Violated, "{}", finding.reason);
    assert!(cells::as_expected(&cell, finding.verdict));

    let trace = Trace::of(&cell, &finding, &Options::default());
    let trace = trace.unwrap_or_else(|| panic!("there is no trace of {finding:?}"));
    let stored = Trace::read(trace.to_json().as_bytes(), "court.json");
    let stored = stored.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(stored, trace);
    let replayed = replay(&stored, false).unwrap_or_else(|error| panic!("{error}"));
    let story = tell(&replayed, &TellOptions::default());
    for words in [claim.sentence.as_str(), "receipt", "court", "Alice", "Bob"] {
        assert!(story.contains(words), "the story lacks {words:?}:\n{story}");
    }
}
