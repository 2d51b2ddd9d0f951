//! **A trace is told in words, with nothing of the program in them.**

mod common;

use mailcover_traces::{TellOptions, account, held, markdown, mermaid, replay, tell};

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

/// The story of a cell.
fn story(design: &str, claim: &str, adversary: &str) -> String {
    let trace = common::trace(design, claim, adversary, None);
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{claim}: {error}"));
    tell(&replayed, &TellOptions { width: 400, ..TellOptions::default() })
}

#[test]
fn days_are_counted_from_one_origin() {
    let story = story("imessage-2016", "history-strung-together", "investigator");
    let row = "day −1, Alice, Bob's number, from home, 1 device";
    for words in [
        "Before the story begins:\n  - Day −1: Alice types Bob's number",
        &format!("The query log records: {row}."),
        "\nDay 0:\n  1. 29 days pass. It is now day 29.\n\nDay 29:\n",
        &format!("a row of the query log: {row}"),
        "The investigator has this:\n     1  day 29: A pen register",
    ] {
        assert!(story.contains(words), "{words:?} is not in\n{story}");
    }
    for wrong in ["before day 0", "days before", "day ago", "days ago"] {
        assert!(!story.contains(wrong), "{wrong:?} is in\n{story}");
    }
}

#[test]
fn a_run_without_a_last_day_has_days_as_well() {
    let story = story("imessage-2013", "departed-or-told", "nobody");
    for words in [
        "  - Day −1: Bob takes his number",
        "\nDay 0:\n",
        "It is now day 1.",
        "encrypts message 1 for Bob's phone, signs it and hands it to push",
        "Push gives message 1 up, since nobody fetched it in time.",
        ", and from here on the run goes round:",
    ] {
        assert!(story.contains(words), "{words:?} is not in\n{story}");
    }
}

#[test]
fn exports_have_the_same_days_as_the_story() {
    let trace = common::trace("imessage-2016", "history-strung-together", "investigator", None);
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
    let account = account(&replayed);
    let run = &account.runs[0];
    assert!(run.before[0].starts_with("Day −1: "), "{:?}", run.before);
    assert_eq!((run.steps[0].day, run.steps[1].day), (0, 29));
    let disclosed = run.seen.iter().find(|seen| seen.what.starts_with("A row of the query log: "));
    assert!(
        disclosed.is_some_and(|seen| seen.what.contains("day −1") && seen.when == "day 29"),
        "{disclosed:?}"
    );
    assert!(run.logged[0].cells.contains(&"day −1".to_owned()), "{:?}", run.logged[0]);
    let handed = run.seen.iter().filter_map(|seen| Some((&seen.what, &run.logged[seen.row?])));
    let handed: Vec<_> = handed.collect();
    assert!(handed.len() > 1, "several rows are handed over, each of its own in the log: {:?}", run.seen);
    for (what, row) in handed {
        assert!(what.contains(&row.cells[0]) && row.disclosed.is_some(), "{what}: {row:?}");
    }
    let markdown = markdown(&replayed, &account).unwrap_or_else(|error| panic!("{error}"));
    for words in ["- Day −1: Alice types", "1. **Day 0.** 29 days pass", "2. **Day 29.** The investigator"]
    {
        assert!(markdown.contains(words), "{words:?} is not in\n{markdown}");
    }
    let mermaid = mermaid(&replayed, 0).unwrap_or_else(|error| panic!("{error}"));
    assert!(mermaid.contains(": Day 0\n") && mermaid.contains(": 1. Day 29\n"), "{mermaid}");
}

#[test]
fn what_is_kept_beyond_its_time_is_shown() {
    let old = "day −1, Alice, Bob's number, from home, 1 device; it is 31 days old, and the log keeps rows for 30 days";
    let kept = story("imessage-2016", "retention-bounded", "keeper");
    assert!(kept.contains(&format!("The query log has this:\n     1  {old}\n")), "{kept}");
    let preserved = story("preserved", "preservation-outlives-retention", "preserver");
    for words in [
        format!("{old}; it is preserved\n"),
        "Day 0, before all else: the provider is asked to preserve what it holds about Alice.".to_owned(),
        "     1  day 0: The provider is to preserve what it holds about Alice\n".to_owned(),
    ] {
        assert!(preserved.contains(&words), "{words:?} is not in\n{preserved}");
    }
    let trace = common::trace("preserved", "preservation-outlives-retention", "preserver", None);
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{error}"));
    let held = held(&account(&replayed), 0, 2, "investigator").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(held.rows.len(), 1, "{held:?}");
}

#[test]
fn a_text_that_is_accepted_twice_is_said_to_be_the_same() {
    let story = story("imessage-2016", "sender-authentic-once", "malicious-provider");
    assert!(story.contains("It is the same text as that of message 1, accepted a second time."), "{story}");
    let unasked = "still remembers the directory's answer about Alice's number (";
    assert!(story.contains(unasked), "{story}");
}

#[test]
fn scaled_periods_are_given_beside_the_real_ones() {
    let scaled = story("imessage-2016", "person-place-unknown", "query-log");
    assert!(scaled.contains("the query log keeps rows for 1 day instead of 30"), "{scaled}");
    let real = story("imessage-2016", "retention-bounded", "keeper");
    assert!(!real.contains("scaled down"), "{real}");
}

#[test]
fn twins_show_the_case_that_the_claim_is_about() {
    let story = story("imessage-2016", "person-place-unknown", "query-log");
    assert!(story.contains("1  day 0, Alice, Bob's number, from away, 1 device"), "{story}");
}

#[test]
fn a_run_that_stays_so_for_ever_ends_where_only_days_go_by() {
    let story = story("imessage-2016", "entry-without-communication", "query-log");
    assert!(
        story.contains("whatever machinery does after that, be it that days go by, changes nothing"),
        "{story}"
    );
    assert!(!story.contains("writes a message"), "nobody need do more than to type an address:\n{story}");
}
