//! **Somebody without Rust asks about a log of their own: from an empty directory to a verdict with its story.**

use std::path::Path;
use std::process::{Command, Output};

fn mailcover(directory: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mailcover"));
    command.args(args).current_dir(directory).env("SOURCE_DATE_EPOCH", "1767225600");
    command.output().unwrap_or_else(|error| panic!("mailcover does not start: {error}"))
}

fn check(directory: &Path, args: &[&str], code: i32) -> String {
    let output = mailcover(directory, args);
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "mailcover {}\n{stdout}\n{stderr}", args.join(" "));
    stdout
}

fn edit(file: &Path, changes: &[(&str, &str)]) {
    let mut text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{error}"));
    for (old, new) in changes {
        assert!(text.contains(old), "{old} is not in\n{text}");
        text = text.replace(old, new);
    }
    std::fs::write(file, text).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_log_and_a_claim_in_toml_get_a_verdict_with_a_story() {
    let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let here = directory.path();
    let file = here.join("court.toml");

    let said = check(here, &["init", "court"], 0);
    assert!(said.contains("mailcover check court.toml"), "{said}");
    check(here, &["init", "court"], 2);
    edit(
        &file,
        &[
            ("\n[[log]]\n", "\n[directory]\nlookup_on = [\"send\"]\n\n[fallback]\nsms = false\n\n[[log]]\n"),
            ("name = \"delivery\"", "name = \"receipt\""),
            ("\"delivery-log\"", "\"receipt-log\""),
            ("delivery-log-proves-nothing", "receipts-prove-no-attempt"),
            ("event = \"communicated\"", "event = \"attempted\""),
        ],
    );

    let explained = check(here, &["explain", "court.toml"], 0);
    assert!(explained.contains("log.receipt.keep_days = 30"), "{explained}");
    let explained = check(here, &["explain", "receipts-prove-no-attempt", "--design", "court.toml"], 0);
    assert!(explained.contains("K[receipt-log]"), "{explained}");
    let explained = check(here, &["explain", "attachment-secret", "--design", "sms"], 0);
    assert!(explained.contains("– network: not applicable"), "{explained}");
    assert!(!explained.contains("expected to"), "nothing is expected of what does not apply: {explained}");

    let claim =
        ["check", "court.toml", "--claim", "receipts-*", "--traces", "runs", "--json", "results.json"];
    let table = check(here, &claim, 0);
    let trace = "runs/court--receipts-prove-no-attempt--receipt-log.json";
    assert!(table.contains("✗ violated (as expected)  receipts-prove-no-attempt  receipt-log"), "{table}");
    assert!(table.contains(&format!("mailcover trace show {trace}")), "{table}");

    let results = std::fs::read_to_string(here.join("results.json")).unwrap_or_default();
    let results: serde_json::Value = serde_json::from_str(&results).unwrap_or_default();
    assert_eq!(results["results"][0]["verdict"], "violated");
    assert_eq!(results["results"][0]["trace"], trace);
    assert!(results["results"][0]["classes"].is_number());

    let story = check(here, &["trace", "show", trace], 0);
    assert!(story.contains("The receipt log records: day 0, Alice, Bob's number."), "{story}");
    let replayed = check(here, &["trace", "replay", trace, "--exhaust"], 0);
    assert!(replayed.starts_with("✓ receipts-prove-no-attempt, put to receipt-log in court"), "{replayed}");
    check(here, &["trace", "show", trace, "--step", "999"], 2);

    edit(&file, &[("verdict = \"violated\"", "verdict = \"holds\"")]);
    let table = check(here, &claim, 10);
    assert!(table.contains("✗ violated (unexpected)"), "{table}");
    assert!(table.contains("Expected to hold: A delivery row is written only"), "{table}");
}

#[test]
fn results_are_the_same_whatever_the_number_of_threads() {
    let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let with = |threads: &str| {
        let claims = ["--claim", "entry-without-communication", "--claim", "sms-is-recorded"];
        let args = ["check", "imessage-2016", "typed-only", "--format", "json", "--threads", threads];
        check(directory.path(), &[&args[..], &claims[..]].concat(), 0)
    };
    assert_eq!(with("1"), with("3"));
}

#[test]
fn results_fit_their_schema_by_name() {
    let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let parsed = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&check(directory.path(), args, 0)).unwrap_or_default()
    };
    let schema = parsed(&["schema", "result"]);
    let args = ["check", "imessage-2016", "--claim", "entry-without-communication", "--format", "json"];
    let results = parsed(&args);
    let names = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
    };
    assert_eq!(names(&results), names(&schema["properties"]));
    assert_eq!(names(&results["results"][0]), names(&schema["$defs"]["CellResult"]["properties"]));
    for of in ["design", "trace"] {
        assert!(parsed(&["schema", of])["type"].is_string(), "{of}");
    }
}

#[cfg(unix)]
mod streams {
    use super::check;
    use std::io::Read;
    use std::process::{Command, Stdio};
    use std::time::Duration;

    #[test]
    fn an_interrupted_check_prints_what_is_known() {
        let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        // Of several times as many states as two seconds are enough for.
        let cell = ["--claim", "logs-together", "--adversary", "both-orders"];
        let child = Command::new(env!("CARGO_BIN_EXE_mailcover"))
            .args(["check", "imessage-2016", "--threads", "1"])
            .args(cell)
            .args(["--json=r.json", "--junit=r.xml", "--sarif=r.sarif", "--summary=r.md"])
            .current_dir(directory.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}"));
        std::thread::sleep(Duration::from_secs(2));
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        let output = child.wait_with_output().unwrap_or_else(|error| panic!("{error}"));
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(130), "{stdout}");
        assert!(stdout.starts_with("Partial: the check was interrupted.\n"), "{stdout}");
        assert!(stdout.contains("The search was interrupted."), "{stdout}");
        for (file, mark) in [
            ("r.json", "\"partial\": true"),
            ("r.xml", "<property name=\"mailcover.partial\" value=\"true\"/>"),
            ("r.sarif", "\"executionSuccessful\": false"),
            ("r.md", "**Partial: the check was interrupted.**"),
        ] {
            let text = std::fs::read_to_string(directory.path().join(file)).unwrap_or_default();
            assert!(text.contains(mark), "{file}: {text}");
        }
    }

    #[test]
    fn a_closed_pipe_ends_quietly() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mailcover"))
            .args(["schema", "design"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}"));
        drop(child.stdout.take());
        let mut said = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            let _ = stderr.read_to_string(&mut said);
        }
        assert_eq!(said, "");
        assert!(child.wait().is_ok_and(|status| status.success()));
    }

    #[test]
    fn nothing_is_coloured_when_piped() {
        let directory = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        assert!(!check(directory.path(), &["claims"], 0).contains('\u{1b}'));
    }
}
