//! **Somebody without Rust states a log and a claim in TOML, and gets a verdict, a run that replays, and its story.**

use mailcover_model::design::Design;
use mailcover_model::design::library::Shipped;
use mailcover_model::design::read::read;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_properties::finding::{Finding, Verdict};
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
    let design = design(DESIGN);
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

/// The design of this text.
fn design(text: &str) -> Arc<Design> {
    let read = read(text, "own.toml", &Shipped, &claims::vocabulary());
    Arc::new(read.unwrap_or_else(|error| panic!("{error}")))
}

/// A claim of this kind about this event, put to an adversary of the file or of every design, and what is found.
fn found(kind: &str, event: &str, to: &str, text: &str) -> (Cell, Finding) {
    let claim = format!(
        "\n[[claim]]\nid = \"own\"\nkind = \"{kind}\"\nevent = \"{event}\"\nto = [\"{to}\"]\nsentence = \"Is it so?\"\n"
    );
    let begin =
        "format = 1\nname = \"own\"\nextends = \"imessage-2016\"\nsays = \"With a claim of its own.\"\n";
    let design = design(&format!("{begin}{text}{claim}"));
    let claim = claims::of(&design).into_iter().find(|claim| claim.id == "own");
    let claim = claim.unwrap_or_else(|| panic!("the design's claim is not among its claims"));
    let cell = Cell { design, claim, question: 0 };
    let finding = check_one(&cell, &Options { threads: 2, ..Options::default() });
    assert!(!finding.bug, "{kind} {event}: {}", finding.reason);
    (cell, finding)
}

fn verdict(kind: &str, event: &str, to: &str) -> Verdict {
    found(kind, event, to, "").1.verdict
}

/// Whoever sees nothing knows nothing, and what happens does so whoever looks.
#[test]
fn every_kind_of_claim_can_be_put_to_nobody() {
    for event in ["typed", "communicated-by-sms", "communicated"] {
        assert_eq!(verdict("reachable", event, "nobody"), Verdict::Holds, "{event}");
        assert_eq!(verdict("never", event, "nobody"), Verdict::Violated, "{event}");
    }
    assert_eq!(verdict("never-known", "typed", "nobody"), Verdict::Holds);
    assert_eq!(verdict("never-known-whether", "typed", "nobody"), Verdict::Holds);
    assert_eq!(verdict("known", "typed", "nobody"), Verdict::Violated);
}

/// Whether something happened is known if it is known that it did not: then the table says that it did not, as the story does.
#[test]
fn what_is_known_not_to_have_happened_is_said_to_be_so() {
    let (cell, finding) = found("never-known-whether", "typed", "peer-bob", "");
    assert_eq!(finding.verdict, Verdict::Violated);
    let trace = Trace::of(&cell, &finding, &Options::default()).expect("a class has a run");
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
    let story = tell(&replayed, &TellOptions { width: 400, ..TellOptions::default() });
    let (_, known) = finding.reason.split_once(", ").expect("how many look alike, and what is so in them");
    assert!(story.contains(&format!(", {known}.")), "{known}\n{story}");
}

/// A claim that something never happens is told by what happens, and nowhere by a denial of a denial.
#[test]
fn what_was_never_to_be_is_told_as_what_is() {
    let (cell, finding) = found("never", "communicated", "nobody", "");
    assert_eq!(finding.verdict, Verdict::Violated);
    let trace = Trace::of(&cell, &finding, &Options::default()).expect("a run shows it");
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
    let story = tell(&replayed, &TellOptions { width: 400, ..TellOptions::default() });
    assert!(story.contains("Yet this can happen: two of them communicated."), "{story}");
    assert!(!story.contains("not so that it is not so"), "{story}");
}

/// A row that names nobody shows that two people communicated; which two, only as many rows as the scope has messages would
/// show, and that is not what is told.
#[test]
fn of_two_things_that_are_known_the_plainer_is_told() {
    let log = r#"
[[log]]
name = "bare"
on = ["delivered"]
fields = ["day"]
keep_days = 30
"#;
    let (_, finding) = found("never-known", "communicated", "bare-log", log);
    assert_eq!((finding.verdict, finding.fact.as_str()), (Verdict::Violated, "two of them communicated"));
}
