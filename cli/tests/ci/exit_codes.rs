//! **How a check ends: each exit code, which of several counts, and what moves them.**

use crate::reports::errors;
use crate::support::{Checked, directory, json, mailcover, text, write};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// A claim that holds after 5 thousand states, and is violated by somebody else, as expected, after 51.
const BOUNDED: &str = "--claim=retention-bounded";
/// One that holds after 280 states.
const OUTLIVES: &str = "--claim=preservation-outlives-retention";
/// One that is never exercised where no SMS is sent, which takes 3 thousand states to find out.
const VACUOUS: [&str; 2] = ["--claim=sms-is-recorded", "--set=fallback.sms=false"];
const FLAW: &str = "--flaw=purge-one-day-late";
/// Enough for what ends early, and too few for the others.
const FEW: &str = "--max-states=1000";

/// A design that expects other verdicts: that nobody keeps rows for too long, and that requests to preserve are no use.
const CONTRARY: &str = r#"format = 1
name = "contrary"
extends = "imessage-2016"
says = "A test."

[[expect]]
claim = "retention-bounded"
adversary = "keeper"
verdict = "holds"
reason = "It was hoped so."

[[expect]]
claim = "preservation-outlives-retention"
adversary = "preserver"
verdict = "violated"
reason = "It was thought so."

[[expect]]
claim = "bad-order-refused"
adversary = "investigator"
verdict = "violated"
reason = "For a while."
expires = 2020-01-01
"#;

/// A design in which a claim falls, which was to be looked at again by a day that is past.
const LATE: &str = r#"format = 1
name = "late"
extends = "imessage-2016"
says = "A test."

[directory]
lookup_on = ["type"]

[[expect]]
claim = "query-proves-no-typing"
adversary = "query-log"
verdict = "violated"
reason = "For a while."
expires = 2020-01-01
"#;

/// A design without a query log, of which claims about that log do not speak.
const LOGLESS: &str = r#"format = 1
name = "logless"
extends = "imessage-2016"
says = "A test."
remove_logs = ["query"]
"#;

/// A directory with both in it.
fn prepared() -> TempDir {
    let here = directory();
    write(&here.path().join("contrary.toml"), CONTRARY);
    write(&here.path().join("logless.toml"), LOGLESS);
    write(&here.path().join("file"), "");
    here
}

fn check(here: &Path, design: &str, args: &[&str]) -> Checked {
    mailcover(here, &[&["check", design], args].concat())
}

/// Each case in a fresh directory: the design, the arguments, how it ends.
fn all_end(cases: &[(&str, &[&str], i32)]) {
    for (design, args, code) in cases {
        let here = prepared();
        let checked = check(here.path(), design, args);
        assert_eq!(checked.code, Some(*code), "{design} {args:?}: {checked:?}");
    }
}

#[test]
fn each_code_has_its_case() {
    all_end(&[
        ("imessage-2016", &[BOUNDED], 0),
        ("imessage-2016", &[BOUNDED, "--json=file/no"], 1),
        ("imessage-2016", &["--claim=retention-unbounded"], 2),
        ("imessage-2016", &[BOUNDED, "--adversary=nobody-else"], 2),
        ("imessage-2016", &[BOUNDED, "--adversary=network"], 4),
        ("logless.toml", &["--claim=log-holds-no-content"], 4),
        ("imessage-2016", &[BOUNDED, FEW], 5),
        ("imessage-2016", &[BOUNDED, FLAW], 10),
        ("contrary.toml", &["--claim=bad-order-refused", "--flaw=court-grants-anything"], 10),
        ("contrary.toml", &["--claim=bad-order-refused"], 0),
        ("contrary.toml", &[OUTLIVES], 11),
        ("imessage-2016", &VACUOUS, 12),
    ]);
}

#[test]
fn of_several_codes_the_gravest_counts() {
    all_end(&[
        ("contrary.toml", &[BOUNDED, "--json=file/no"], 1),
        ("contrary.toml", &[BOUNDED, "--shard=9/2"], 2),
        ("contrary.toml", &[BOUNDED, OUTLIVES], 10),
        ("contrary.toml", &[BOUNDED, FEW], 10),
        ("contrary.toml", &[BOUNDED, VACUOUS[0], VACUOUS[1]], 10),
        ("imessage-2016", &[BOUNDED, VACUOUS[0], VACUOUS[1], "--max-states=5000"], 12),
        ("contrary.toml", &[OUTLIVES, VACUOUS[0], VACUOUS[1]], 12),
        ("contrary.toml", &[BOUNDED, OUTLIVES, "--adversary=query-log", "--adversary=preserver", FEW], 5),
    ]);
}

/// A file can turn out not to be writable after the search, beside an unexpected violation.
#[test]
fn a_failure_to_write_counts_before_a_verdict() {
    let here = prepared();
    let blocked = here.path().join("runs/imessage-2016--retention-bounded--keeper.json/full");
    std::fs::create_dir_all(blocked).unwrap_or_else(|error| panic!("{error}"));
    let checked = check(here.path(), "imessage-2016", &[BOUNDED, FLAW, "--traces=runs"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(checked.stdout.contains("1 unexpected violation"), "{checked:?}");
}

#[test]
fn only_some_departures_may_count_but_what_is_undecided_always_does() {
    all_end(&[
        ("imessage-2016", &[BOUNDED, FLAW, "--fail-on=violated"], 10),
        ("imessage-2016", &[BOUNDED, FLAW, "--fail-on=vacuous,xpass"], 0),
        (
            "contrary.toml",
            &["--claim=bad-order-refused", "--flaw=court-grants-anything", "--fail-on=xpass"],
            0,
        ),
        ("contrary.toml", &[OUTLIVES, "--fail-on=xpass"], 11),
        ("contrary.toml", &[OUTLIVES, "--fail-on=violated,inconclusive,vacuous"], 0),
        ("contrary.toml", &[BOUNDED, OUTLIVES, "--fail-on=xpass"], 11),
        ("imessage-2016", &[VACUOUS[0], VACUOUS[1], "--fail-on=vacuous"], 12),
        ("imessage-2016", &[VACUOUS[0], VACUOUS[1], "--fail-on=violated"], 0),
        ("imessage-2016", &[BOUNDED, FEW, "--fail-on=violated"], 5),
        ("imessage-2016", &[BOUNDED, FEW, "--fail-on=inconclusive"], 5),
        ("imessage-2016", &[BOUNDED, "--fail-on=everything"], 2),
    ]);
}

#[test]
fn exit_zero_hides_verdicts_and_no_errors() {
    all_end(&[
        ("imessage-2016", &[BOUNDED, FLAW, "--exit-zero"], 0),
        ("imessage-2016", &[BOUNDED, FEW, "--exit-zero"], 0),
        ("contrary.toml", &["--claim=bad-order-refused", "--flaw=court-grants-anything", "--exit-zero"], 0),
        ("contrary.toml", &[OUTLIVES, "--exit-zero"], 0),
        ("imessage-2016", &[VACUOUS[0], VACUOUS[1], "--exit-zero"], 0),
        ("imessage-2016", &[BOUNDED, "--exit-zero", "--json=file/no"], 1),
        ("imessage-2016", &["--claim=retention-unbounded", "--exit-zero"], 2),
        ("imessage-2016", &[BOUNDED, "--exit-zero", "--fail-on=xpass"], 2),
        ("imessage-2016", &[BOUNDED, "--exit-zero", "--adversary=network"], 4),
    ]);
}

/// The results without what depends on who else was checked.
fn verdicts(file: &Path) -> Vec<Value> {
    let found = json(file);
    let row =
        |row: &Value| serde_json::json!([row["design"], row["claim"], row["adversary"], row["verdict"]]);
    found["results"].as_array().into_iter().flatten().map(row).collect()
}

#[test]
fn the_parts_of_a_check_are_together_the_whole() {
    let here = prepared();
    let file = here.path().join("r.json");
    let cells =
        [BOUNDED, OUTLIVES, "--claim=bad-order-refused", "--claim=sender-authentic*", "--json=r.json"];
    assert_eq!(check(here.path(), "imessage-2016", &cells).code, Some(0));
    let whole = verdicts(&file);
    for of in [1, 2, 3, whole.len()] {
        let mut together = Vec::new();
        for number in 1..=of {
            let shard = format!("--shard={number}/{of}");
            assert_eq!(check(here.path(), "imessage-2016", &[&cells[..], &[&shard]].concat()).code, Some(0));
            let part = verdicts(&file);
            assert!(
                part.len() == whole.len() / of || part.len() == whole.len() / of + 1,
                "{shard}: {part:?}"
            );
            together.extend(part);
        }
        assert_eq!(together, whole, "{of} parts");
    }
    let too_many = format!("--shard=1/{}", whole.len() + 1);
    for shard in ["--shard=0/2", "--shard=3/2", "--shard=1/0", "--shard=one", "--shard=1/2/3", &too_many] {
        let checked = check(here.path(), "imessage-2016", &[&cells[..], &[shard]].concat());
        assert_eq!((checked.code, checked.stdout.as_str()), (Some(2), ""), "{shard}: {checked:?}");
    }
}

/// A part may hold nothing but what does not apply, while the whole does apply.
#[test]
fn a_part_without_anything_to_search_is_no_failure() {
    let here = prepared();
    let cells = ["--claim=log-holds-no-content", "--claim=sms-is-recorded"];
    for shard in ["--shard=1/2", "--shard=2/2"] {
        let checked = check(here.path(), "logless.toml", &[&cells[..], &[shard]].concat());
        assert_eq!(checked.code, Some(0), "{shard}: {checked:?}");
    }
}

#[test]
fn a_baseline_excuses_what_it_names_and_nothing_else() {
    let here = prepared();
    let file = here.path().join("b.json");
    let cells = [BOUNDED, OUTLIVES];
    let with = |more: &[&str]| {
        check(here.path(), "contrary.toml", &[&cells[..], &["--baseline=b.json"], more].concat())
    };
    let missing = with(&[]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(missing.stderr.contains("b.json: there is no such file"), "{missing:?}");

    let written = with(&["--update-baseline"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    let first = text(&file);
    assert_eq!(json(&file)["results"].as_array().map(Vec::len), Some(2), "{first}");
    let schema = mailcover(here.path(), &["schema", "baseline"]).stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(errors(&schema, &json(&file)), Vec::<String>::new());
    let known = with(&["--junit=r.xml", "--sarif=r.sarif", "--html=r.html"]);
    assert_eq!(known.code, Some(0), "{known:?}");
    assert!(known.stdout.contains("✗ violated (in the baseline)"), "{known:?}");
    assert!(known.stdout.contains("all as expected, but for 2 in the baseline"), "{known:?}");
    assert!(!text(&here.path().join("r.xml")).contains("<failure"));
    assert_eq!(text(&here.path().join("r.html")).matches("\"excused\":true").count(), 2);
    assert_eq!(json(&here.path().join("r.sarif"))["runs"][0]["results"][0]["baselineState"], "unchanged");

    assert_eq!(with(&["--json=b.json"]).code, Some(2));
    assert_eq!(text(&file), first);

    // A part of the cells, or another design, leaves the rest of the baseline as it is.
    assert_eq!(
        check(here.path(), "contrary.toml", &[BOUNDED, "--baseline=b.json", "--update-baseline"]).code,
        Some(0)
    );
    assert_eq!(text(&file), first);
    assert_eq!(
        check(here.path(), "imessage-2016", &[BOUNDED, "--baseline=b.json", "--update-baseline"]).code,
        Some(0)
    );
    assert_eq!(text(&file), first);

    // Another attack is not what the baseline names, and neither is another mistake.
    write(&file, &first.replace("\"shape\":\"", "\"shape\":\"travel, "));
    let other = with(&[]);
    assert_eq!(other.code, Some(10), "{other:?}");
    assert!(other.stdout.contains("The baseline knows another verdict here"), "{other:?}");
    write(&file, &first);
    assert_eq!(with(&[FLAW]).code, Some(10));
    assert_eq!(with(&[FLAW, "--update-baseline"]).code, Some(2));

    // What was not decided, or expected until a day that is past, it never excuses.
    write(&file, &first.replace("\"verdict\":\"violated\"", "\"verdict\":\"inconclusive\""));
    assert_eq!(with(&["--max-states=20", "--adversary=query-log"]).code, Some(5));
    let late = ["--claim=query-proves-no-typing", "--baseline=late.json", "--update-baseline"];
    write(&here.path().join("late.toml"), LATE);
    assert_eq!(check(here.path(), "late.toml", &late).code, Some(10));

    // Mended, so that nothing departs any more.
    write(&here.path().join("contrary.toml"), CONTRARY.split("[[expect]]").next().unwrap_or_default());
    assert_eq!(with(&["--update-baseline"]).code, Some(0));
    assert_eq!(json(&file)["results"], serde_json::json!([]));
}

#[test]
fn a_file_that_is_no_baseline_is_refused_with_its_line() {
    let entry = r#"{"design":"contrary","claim":"retention-bounded","adversary":"keeper","verdict":"violated","shape":null}"#;
    let gone = entry.replace("retention-bounded", "retention-unbounded");
    let cases = [
        ("{\n  \"baseline\": 2,\n  \"results\": [[1]]\n}".to_owned(), "b.json:2: the baseline has version 2"),
        ("{\n  \"baseline\": 1,\n  \"results\": [\n{]\n}".to_owned(), "b.json:4: this is no baseline"),
        (
            "{\"baseline\": 1, \"results\": [], \"more\": 1}".to_owned(),
            "b.json:1: this is no baseline: unknown field `more`",
        ),
        (
            format!("{{\"baseline\": 1, \"results\": [\n{entry},\n{entry}]}}"),
            "b.json:3: the baseline has two entries",
        ),
        (
            format!("{{\"baseline\": 1, \"results\": [\n{entry},\n{gone}]}}"),
            "b.json:3: there is no such cell any more",
        ),
        ("[".repeat(100_000), "b.json:1: this is no baseline"),
        (
            format!("{{\"baseline\": 1, \"{}\": 1}}", "long".repeat(9_000)),
            "b.json:1: this is no baseline: unknown field",
        ),
    ];
    let here = prepared();
    for (text, said) in cases {
        write(&here.path().join("b.json"), &text);
        let checked = check(here.path(), "contrary.toml", &[BOUNDED, "--baseline=b.json"]);
        assert_eq!((checked.code, checked.stdout.as_str()), (Some(2), ""), "{said}: {checked:?}");
        assert!(checked.stderr.contains(said) && checked.stderr.contains("; "), "{said}: {checked:?}");
        assert_eq!(checked.stderr.lines().count(), 1, "{checked:?}");
        assert!(checked.stderr.len() < 1_000, "{checked:?}");
    }
}

/// As many entries as a file can hold are read, and those about other designs are nobody's business.
#[test]
fn a_baseline_may_be_long() {
    let here = prepared();
    let entry = |number: usize| {
        format!(
            "{{\"design\":\"d{number}\",\"claim\":\"c\",\"adversary\":\"a\",\"verdict\":\"vacuous\",\"shape\":null}}"
        )
    };
    let entries: Vec<String> = (0..50_000).map(entry).collect();
    write(&here.path().join("b.json"), &format!("{{\"baseline\":1,\"results\":[{}]}}", entries.join(",\n")));
    let checked = check(here.path(), "imessage-2016", &[BOUNDED, "--baseline=b.json"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

#[test]
fn expectations_that_are_stale_double_or_contradictory_are_refused_with_their_line() {
    let head = format!("{LOGLESS}\n");
    let expect = |claim: &str, adversary: &str, verdict: &str| {
        format!(
            "[[expect]]\nclaim = \"{claim}\"\nadversary = \"{adversary}\"\nverdict = \"{verdict}\"\nreason = \"So.\"\n\n"
        )
    };
    let bounded = |verdict: &str| expect("retention-bounded", "keeper", verdict);
    let cases = [
        (
            expect("refusal-and-emptiness-prove-nothing", "investigator", "violated"),
            "mine.toml:7: a verdict is expected of refusal-and",
        ),
        (
            expect("retention-unbounded", "keeper", "holds"),
            "mine.toml:8:9: no claim is called `retention-unbounded`",
        ),
        (
            expect("retention-bounded", "network", "holds"),
            "mine.toml:9:13: the claim `retention-bounded` is not put to",
        ),
        (bounded("holds") + &bounded("holds"), "mine.toml:13:1: the file has two expectations"),
        (bounded("holds") + &bounded("violated"), "mine.toml:13:1: the file has two expectations"),
    ];
    let here = directory();
    for (text, said) in cases {
        write(&here.path().join("mine.toml"), &format!("{head}{text}"));
        let checked = check(here.path(), "mine.toml", &[BOUNDED]);
        assert_eq!((checked.code, checked.stdout.as_str()), (Some(2), ""), "{said}: {checked:?}");
        assert!(checked.stderr.contains(said), "{said}: {checked:?}");
    }
}
