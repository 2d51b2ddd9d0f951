//! **What `diff` says of two designs, and of two files of results.**

use crate::support::{directory, mailcover, text, write};
use serde_json::{Value, json};
use std::path::Path;

/// The verdicts of a shipped design that the suites pin, as results of a check.
fn pinned(design: &str) -> String {
    let pins =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pinned").join(design).with_extension("json");
    let pins: Value = serde_json::from_str(&text(&pins)).unwrap_or_else(|error| panic!("{error}"));
    let mut rows = pins.as_array().cloned().unwrap_or_default();
    for row in &mut rows {
        row["design"] = design.into();
    }
    json!({ "version": 1, "results": rows }).to_string()
}

/// The claims and adversaries of changed verdicts that fit.
fn changed(diff: &str, fits: impl Fn(&Value) -> bool) -> Vec<String> {
    let diff: Value = serde_json::from_str(diff).unwrap_or_else(|error| panic!("{error}"));
    let changes = diff["changes"].as_array().cloned().unwrap_or_default();
    let named = |change: &Value| format!("{} {}", change["claim"], change["adversary"]).replace('"', "");
    changes.iter().filter(|change| fits(change)).map(named).collect()
}

#[test]
fn a_log_of_deliveries_makes_exactly_these_claims_fall() {
    let here = directory();
    for design in ["imessage-2016", "delivery-log"] {
        write(&here.path().join(design).with_extension("json"), &pinned(design));
    }
    let files = ["diff", "imessage-2016.json", "delivery-log.json"];
    let diff = mailcover(here.path(), &[&files[..], &["--format=json"]].concat());
    assert_eq!(diff.code, Some(0), "{diff:?}");
    let fallen = changed(&diff.stdout, |change| change["old"] == "holds" && change["new"] == "violated");
    let expected = [
        "query-proves-no-communication investigator",
        "same-event-four-ways investigator",
        "logs-together both-orders",
    ];
    assert_eq!(fallen, expected);
    // And the claim of the design's own file, put to two, and one that speaks of nothing where there is no such log.
    let others = changed(&diff.stdout, |change| change["old"] != "holds");
    let own = "delivery-log-shows-no-communication";
    let narrow = "begun-log-is-narrow delivery-reader".to_owned();
    assert_eq!(others, [narrow, format!("{own} delivery-log"), format!("{own} query-log")]);

    let comment = mailcover(here.path(), &[&files[..], &["--format=markdown"]].concat()).stdout;
    assert!(
        comment
            .starts_with("<!-- mailcover diff delivery-log.json -->\n### Mailcover: from imessage-2016.json"),
        "{comment}"
    );
    assert!(comment.contains("| **logs-together** | both-orders | ✓ holds | ✗ violated |"), "{comment}");
    assert_eq!(comment.matches("| ✗ violated |").count(), 5, "{comment}");
}

#[test]
fn two_designs_are_checked_and_compared() {
    let here = directory();
    let cells = ["--claim=retention-bounded", "--claim=sender-authentic*"];
    let same = mailcover(here.path(), &[&["diff", "imessage-2016", "delivery-log"], &cells[..]].concat());
    assert!(same.stdout.ends_with("No verdict changes, of 8 cells.\n"), "{same:?}");
    let design = "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\n\n[[claim]]\n\
                  id = \"nobody-looks\"\nkind = \"never\"\nevent = \"looked-up\"\nto = [\"provider\"]\n\
                  sentence = \"Nobody ever looks anybody up.\"\n";
    let first_lookup = |on: &str| format!("{design}\n[directory]\nlookup_on = [\"{on}\"]\n");
    write(&here.path().join("old.toml"), &first_lookup("type"));
    write(&here.path().join("new.toml"), &first_lookup("send"));
    let files = ["diff", "old.toml", "new.toml", "--claim=nobody-looks"];
    let human = mailcover(here.path(), &files).stdout;
    assert!(human.contains("violated as before, by an attack of another shape"), "{human}");
    assert!(
        human.ends_with("No verdict changes, of 1 cell.\n1 counterexample has another shape.\n"),
        "{human}"
    );
    let comment = mailcover(here.path(), &[&files[..], &["--format=markdown"]].concat()).stdout;
    assert!(
        comment.contains("| **nobody-looks** | provider | (turn) type | (turn) type, send |"),
        "{comment}"
    );
}

#[test]
fn what_was_not_decided_or_not_checked_is_said_first() {
    let here = directory();
    let cells = ["diff", "imessage-2016", "bulk-access", "--claim=sender-authentic-once", "--max-states=10"];
    let diff = mailcover(here.path(), &[&cells[..], &["--format=json"]].concat());
    assert_eq!(diff.code, Some(5), "{diff:?}");
    let found: Value = serde_json::from_str(&diff.stdout).unwrap_or_else(|error| panic!("{error}"));
    let undecided = found["undecided"].as_array().cloned().unwrap_or_default();
    assert!(undecided.len() == 2 && undecided.iter().all(|count| count.as_u64() > Some(0)), "{found}");
    let schema = mailcover(here.path(), &["schema", "diff"]).stdout;
    let schema: Value = serde_json::from_str(&schema).unwrap_or_else(|error| panic!("{error}"));
    jsonschema::validate(&schema, &found).unwrap_or_else(|error| panic!("{error}"));
    let comment = mailcover(here.path(), &[&cells[..], &["--format=markdown"]].concat()).stdout;
    assert!(comment.contains("not decided before"), "{comment}");

    let row =
        |claim: &str| json!({ "design": "one", "claim": claim, "adversary": "network", "verdict": "holds" });
    let whole = json!({ "version": 1, "results": [row("a"), row("b")], "model_sha256": "1" });
    let part = json!({ "version": 1, "results": [row("a")], "shard": "1/2", "model_sha256": "2" });
    write(&here.path().join("old.json"), &whole.to_string());
    write(&here.path().join("new.json"), &part.to_string());
    let human = mailcover(here.path(), &["diff", "old.json", "new.json"]);
    assert_eq!(human.code, Some(0), "{human:?}");
    for words in [
        "old.json: as usual. new.json: part 1/2 only.",
        "different models",
        "No verdict changes, of 1 cell.",
        "1 cell is only in old.json.",
    ] {
        assert!(human.stdout.contains(words), "{words}: {human:?}");
    }
    let twice = json!({ "version": 1, "results": [row("a"), row("a")] });
    write(&here.path().join("new.json"), &twice.to_string());
    assert_eq!(mailcover(here.path(), &["diff", "old.json", "new.json"]).code, Some(2));
}

#[test]
fn a_comment_is_never_longer_than_one_may_be() {
    let here = directory();
    let row = |verdict: &str| {
        let row = |number: usize| {
            json!({ "design": "one", "claim": format!("claim-{number}"), "adversary": "network", "verdict": verdict,
                    "reason": "@".repeat(200) })
        };
        json!({ "version": 1, "results": (0..2_000).map(row).collect::<Vec<_>>() }).to_string()
    };
    write(&here.path().join("old.json"), &row("holds"));
    write(&here.path().join("new.json"), &row("violated"));
    let comment = mailcover(here.path(), &["diff", "old.json", "new.json", "--format=markdown"]).stdout;
    assert!(comment.len() <= 65_536 && comment.contains("Cut here"), "{}", comment.len());
    assert!(!comment.replace("@<!-- -->", "").contains('@'));
}
