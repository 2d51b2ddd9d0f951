//! **`check --cache`: what was kept is marked, belongs to this program and this question, and is believed no further than its runs.**

use super::support::{directory, mailcover, write};
use serde_json::Value;
use std::path::Path;

const CHECK: [&str; 9] = [
    "check",
    "imessage-2016",
    "--claim=sender-authentic-once",
    "--claim=sms-content-secret",
    "--claim=sms-is-recorded",
    "--adversary=malicious-provider",
    "--adversary=carrier",
    "--cache=kept",
    "--format=json",
];

/// Runs the program there, and returns what it prints.
fn run(here: &Path, code: i32, args: &[&str]) -> String {
    let done = mailcover(here, args);
    assert_eq!(done.code, Some(code), "mailcover {}: {}", args.join(" "), done.stderr);
    done.stdout
}

fn checked(here: &Path, more: &[&str]) -> Value {
    serde_json::from_str(&run(here, 0, &[&CHECK[..], more].concat())).expect("it is JSON")
}

fn cached(results: &Value) -> Vec<bool> {
    let rows = results["results"].as_array().into_iter().flatten();
    rows.map(|row| row["cached"].as_bool().unwrap_or_default()).collect()
}

/// The results without what may differ: which of them were kept, and who shared a search.
fn plain(results: &Value) -> Vec<Value> {
    let rows = results["results"].as_array().into_iter().flatten().cloned();
    rows.map(|mut row| {
        row["cached"] = Value::Null;
        row["exploration"] = Value::Null;
        row
    })
    .collect()
}

fn files(here: &Path) -> Vec<std::path::PathBuf> {
    let folder = std::fs::read_dir(here.join("kept")).expect("it is there");
    folder.map(|file| file.expect("it is there").path()).collect()
}

#[test]
fn what_was_found_is_kept_marked_and_the_same() {
    let here = directory();
    let first = checked(here.path(), &[]);
    assert!(cached(&first).len() >= 2 && cached(&first).iter().all(|kept| !kept), "{first}");
    let second = checked(here.path(), &[]);
    assert!(cached(&second).iter().all(|kept| *kept), "{second}");
    assert_eq!(plain(&first), plain(&second));
    let human = [&CHECK[..8], &["--format=human"]].concat();
    let table = run(here.path(), 0, &human);
    assert!(table.contains("  cached"), "{table}");
    assert!(table.contains("by this program in an earlier check"), "{table}");
    assert!(table.contains(" in 1 design, 0 states: "), "no state was searched: {table}");
    // The runs are still there to be written.
    let written = checked(here.path(), &["--traces=runs"]);
    let trace = written["results"][0]["trace"].as_str().expect("its run was written");
    run(here.path(), 0, &["trace", "replay", trace]);
}

#[test]
fn another_question_is_searched() {
    let here = directory();
    checked(here.path(), &[]);
    for more in [&["--set=fallback.sms=true", "--set=legal.extensions=2"][..], &["--engine=timely"]] {
        assert!(cached(&checked(here.path(), more)).iter().all(|kept| !kept), "{more:?}");
    }
    assert!(cached(&checked(here.path(), &["--max-states=10000000"])).iter().all(|kept| *kept));
}

#[test]
fn what_was_changed_or_belongs_to_another_program_is_not_believed() {
    let here = directory();
    let first = checked(here.path(), &[]);
    let with = |change: &dyn Fn(&str) -> String| {
        for file in files(here.path()) {
            let text = std::fs::read_to_string(&file).expect("it is text");
            write(&file, &change(&text));
        }
        let again = checked(here.path(), &[]);
        assert_eq!(plain(&first), plain(&again));
        cached(&again).into_iter().filter(|kept| *kept).count()
    };
    assert_eq!(with(&|text| text[..text.len() / 2].to_owned()), 0, "half of a file");
    assert_eq!(with(&|_| "[".repeat(100_000)), 0, "something else");
    assert_eq!(with(&|text| text.replacen("\"key\":\"", "\"key\":\"0", 1)), 0, "another's");
    assert_eq!(
        with(&|text| text.replace("\"verdict\":\"holds\"", "\"verdict\":\"inconclusive\"")),
        2,
        "undecided"
    );
    let emptied = |text: &str| {
        let mut kept: Value = serde_json::from_str(text).expect("it is JSON");
        if let Some(actions) = kept["evidence"].pointer_mut("/actions") {
            *actions = Value::Array(Vec::new());
        }
        kept.to_string()
    };
    assert_eq!(with(&emptied), 1, "a run that shows nothing; what holds has none");
}

#[test]
fn what_cannot_be_kept_is_said_and_nothing_is_lost() {
    let here = directory();
    let first = checked(here.path(), &[]);
    for file in files(here.path()) {
        std::fs::remove_file(&file).expect("it can go");
        std::fs::create_dir(&file).expect("something else can be there");
    }
    let done = mailcover(here.path(), &CHECK);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(done.stderr.contains("kept"), "{}", done.stderr);
    assert_eq!(plain(&serde_json::from_str(&done.stdout).expect("it is JSON")), plain(&first));
}

#[test]
fn a_cache_that_cannot_be_is_refused() {
    let here = directory();
    write(&here.path().join("kept"), "in the way");
    run(here.path(), 1, &CHECK);
    run(here.path(), 2, &["check", "imessage-2016", "--cache=other", "--widen=1"]);
    run(here.path(), 2, &["check", "imessage-2016", "--cache=other", "--engine=stateright"]);
}
