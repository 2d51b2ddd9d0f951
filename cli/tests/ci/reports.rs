//! **Reports in the formats of others: they follow their schemas, and show whoever reads them what was found.**

use crate::support::{Checked, directory, json, mailcover, text, write};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Files of all kinds.
const FILES: [&str; 8] = ["--json", "r.json", "--junit", "r.xml", "--sarif", "r.sarif", "--summary", "r.md"];

/// A cheap claim, which holds against one adversary and is violated by another, as expected.
const CLAIM: [&str; 4] = ["check", "imessage-2016", "--claim", "retention-bounded"];
/// A mistake that breaks it.
const FLAW: &str = "--flaw=purge-one-day-late";

fn check(here: &Path, more: &[&str]) -> Checked {
    mailcover(here, &[&CLAIM[..], &FILES[..], more].concat())
}

/// The errors of a value under a schema.
pub(crate) fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::options().should_validate_formats(true).build(schema);
    let validator = validator.unwrap_or_else(|error| panic!("{error}"));
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The schema of SARIF that OASIS published, as the crate that writes it ships it.
fn sarif_schema() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap_or_else(|error| panic!("{error}"));
    let packages = metadata["packages"].as_array().unwrap_or_else(|| panic!("no packages"));
    let package = packages.iter().find(|package| package["name"] == "serde-sarif");
    let manifest = package.and_then(|package| package["manifest_path"].as_str()).unwrap_or_default();
    let schema = text(&Path::new(manifest).with_file_name("src").join("schema.json"));
    // This, of a member that is not written here, is no regular expression of ECMA-262.
    let mended = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}");
    serde_json::from_str(&mended).unwrap_or_else(|error| panic!("{error}"))
}

fn results(sarif: &Value) -> &[Value] {
    sarif["runs"][0]["results"].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn json_and_sarif_follow_their_schemas() {
    let here = directory();
    let sarif = sarif_schema();
    assert!(sarif["title"].as_str().is_some_and(|title| title.contains("2.1.0")), "{}", sarif["title"]);
    let schema_of = |of: &str| -> Value {
        let schema = mailcover(here.path(), &["schema", of]).stdout;
        serde_json::from_str(&schema).unwrap_or_else(|error| panic!("{of}: {error}"))
    };
    let matrix =
        mailcover(here.path(), &["matrix", "imessage-2016", CLAIM[2], CLAIM[3], "--format=json"]).stdout;
    let matrix: Value = serde_json::from_str(&matrix).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(errors(&schema_of("matrix"), &matrix), Vec::<String>::new());
    for (more, code) in [(&[][..], 0), (&[FLAW], 10), (&["--max-states=100"], 5)] {
        let checked = check(here.path(), more);
        assert_eq!(checked.code, Some(code), "{more:?}: {checked:?}");
        assert_eq!(
            errors(&schema_of("result"), &json(&here.path().join("r.json"))),
            Vec::<String>::new(),
            "{more:?}"
        );
        assert_eq!(errors(&sarif, &json(&here.path().join("r.sarif"))), Vec::<String>::new(), "{more:?}");
    }
    let mut wrong = json(&here.path().join("r.sarif"));
    wrong["runs"][0]["results"] = serde_json::json!([{ "level": "loud" }]);
    assert!(!errors(&sarif, &wrong).is_empty(), "the schema refuses nothing");
}

#[test]
fn a_broken_rule_is_seen_in_every_report() {
    let here = directory();
    let path = |name: &str| here.path().join(name);
    assert_eq!(check(here.path(), &[]).code, Some(0));
    let [xml, md] = ["r.xml", "r.md"].map(|name| text(&path(name)));
    assert!(xml.contains("failures=\"0\"") && !xml.contains("<failure"), "{xml}");
    assert!(md.contains("all as expected") && !md.contains("###"), "{md}");
    let sarif = json(&path("r.sarif"));
    let [known] = results(&sarif) else { panic!("{sarif}") };
    assert_eq!(known["level"], "note");
    assert_eq!(known["suppressions"][0]["status"], "accepted");

    let checked = check(here.path(), &[FLAW]);
    assert_eq!(checked.code, Some(10), "{checked:?}");
    let [xml, md] = ["r.xml", "r.md"].map(|name| text(&path(name)));
    assert!(xml.contains("<failure message=\"✗ violated (unexpected)."), "{xml}");
    assert!(xml.contains("type=\"violated\">No log holds a row past its retention"), "{xml}");
    assert!(
        xml.contains("<testcase name=\"retention-bounded put to query-log\" classname=\"imessage-2016\">"),
        "{xml}"
    );
    assert!(xml.contains("What happens") && xml.contains("mailcover.flaw"), "{xml}");
    assert!(md.contains("### ✗ violated (unexpected): retention-bounded"), "{md}");
    assert!(md.contains("<details><summary>") && md.contains("purge-one-day-late"), "{md}");
    let sarif = json(&path("r.sarif"));
    let broken = &results(&sarif)[0];
    assert_eq!(broken["level"], "error");
    assert_eq!(broken["ruleId"], "retention-bounded");
    let place = &broken["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "model/designs/imessage-2016.toml");
    assert_eq!(place["region"]["startLine"], 2);
    let steps = &broken["codeFlows"][0]["threadFlows"][0]["locations"];
    assert!(steps.as_array().is_some_and(|steps| steps.len() > 1), "{broken}");
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "retention-bounded");
    assert!(rule["properties"]["tags"][1].as_str().is_some_and(|tag| tag.starts_with("linddun/")), "{rule}");

    let annotated = mailcover(here.path(), &[&CLAIM[..], &[FLAW, "--format", "github"]].concat());
    let first = annotated.stdout.lines().next().unwrap_or_default();
    let begin = "::error file=model/designs/imessage-2016.toml,line=2,title=✗ violated (unexpected)%3A retention-bounded";
    assert!(first.starts_with(begin) && first.contains("%0A1. "), "{first}");
    assert_eq!(annotated.stdout.matches("::error").count(), 1, "{annotated:?}");
}

/// Fingerprints of what is found with the flaw, in the order of the results.
fn fingerprints(here: &Path, design: &str, more: &[&str]) -> Vec<String> {
    let args = ["check", design, "--claim", "retention-bounded", FLAW, "--sarif", "f.sarif"];
    let checked = mailcover(here, &[&args[..], more].concat());
    assert_eq!(checked.code, Some(10), "{checked:?}");
    let sarif = json(&here.join("f.sarif"));
    let of = |result: &Value| result["partialFingerprints"]["mailcoverAttack/v1"].as_str().map(str::to_owned);
    let all: Vec<String> = results(&sarif).iter().filter_map(of).collect();
    assert_eq!(all.len(), 2, "{sarif}");
    all
}

#[test]
fn a_fingerprint_outlives_a_change_of_the_file() {
    let here = directory();
    let design = "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\n";
    let file = here.path().join("mine.toml");
    write(&file, design);
    let before = fingerprints(here.path(), "mine.toml", &[]);
    write(&file, &format!("# Moved by\n# two lines.\n{design}"));
    assert_eq!(fingerprints(here.path(), "mine.toml", &[]), before);
    let lines = json(&here.path().join("f.sarif"));
    assert_eq!(results(&lines)[0]["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
    let other = fingerprints(here.path(), "imessage-2016", &[]);
    assert!(before.iter().all(|one| !other.contains(one)), "{before:?} {other:?}");
    assert_ne!(before[0], before[1]);
}

#[test]
fn what_does_not_apply_is_skipped_and_what_was_not_decided_is_an_error() {
    let here = directory();
    let design = "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\nremove_logs = [\"query\"]\n";
    write(&here.path().join("mine.toml"), design);
    let cells = ["check", "mine.toml", "--claim=sms-is-recorded", "--claim=log-holds-no-content"];
    let more = ["--max-states=100", "--junit=r.xml", "--sarif=r.sarif"];
    let checked = mailcover(here.path(), &[&cells[..], &more[..]].concat());
    assert_eq!(checked.code, Some(5), "{checked:?}");
    let xml = text(&here.path().join("r.xml"));
    assert!(xml.contains("<skipped message=\""), "{xml}");
    assert!(
        xml.contains("<error message=\"? inconclusive.") && xml.contains("type=\"inconclusive\">"),
        "{xml}"
    );
    let sarif = json(&here.path().join("r.sarif"));
    assert_eq!((&results(&sarif)[0]["kind"], &results(&sarif)[0]["level"]), (&"open".into(), &"none".into()));
}

/// What a design says can be anything that its file may hold.
#[test]
fn what_a_design_says_is_markup_nowhere() {
    let here = directory();
    let hostile = "]]><script>alert(1)</script> @all, %0A::error::x | `rm` =1+1";
    let design = format!(
        "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\n\n[[claim]]\nid = \"nobody-looks\"\n\
         kind = \"never\"\nevent = \"looked-up\"\nto = [\"query-log\"]\nsentence = \"{hostile}\"\n"
    );
    write(&here.path().join("mine.toml"), &design);
    let args =
        ["check", "mine.toml", "--claim=nobody-looks", "--junit=r.xml", "--summary=r.md", "--format=github"];
    let checked = mailcover(here.path(), &args);
    assert_eq!(checked.code, Some(10), "{checked:?}");
    let xml = text(&here.path().join("r.xml"));
    assert!(!xml.contains("<script>") && !xml.contains("]]>") && xml.contains("&lt;script"), "{xml}");
    let md = text(&here.path().join("r.md"));
    assert!(!md.contains("<script>") && !md.contains("@all") && md.contains("\\`rm\\`"), "{md}");
    assert!(checked.stdout.contains("%250A::error::x"), "{checked:?}");
    assert_eq!(checked.stdout.lines().filter(|line| line.starts_with("::")).count(), 1, "{checked:?}");
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_the_search() {
    let here = directory();
    write(&here.path().join("file"), "");
    for flag in ["--json", "--junit", "--sarif", "--summary", "--html"] {
        let checked = mailcover(here.path(), &[&CLAIM[..], &[flag, "file/report"]].concat());
        assert_eq!((checked.code, checked.stdout.as_str()), (Some(1), ""), "{checked:?}");
        assert!(checked.stderr.contains("file/report: this cannot be written"), "{checked:?}");
        let checked = mailcover(here.path(), &[&CLAIM[..], &[flag, "."]].concat());
        assert_eq!(checked.code, Some(2), "{checked:?}");
    }
    let checked = mailcover(here.path(), &[&CLAIM[..], &["--json=one", "--junit=one"]].concat());
    assert_eq!(checked.code, Some(2), "{checked:?}");
}

/// Neither what the check reads, nor what is no file, nor what may only be read; and a link stays one.
#[cfg(unix)]
#[test]
fn a_report_takes_no_other_things_place() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    let here = directory();
    let at = |name: &str| here.path().join(name);
    let design = "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\n";
    write(&at("mine.toml"), design);
    let socket = UnixListener::bind(at("socket")).unwrap_or_else(|error| panic!("{error}"));
    write(&at("kept.json"), "Kept.");
    std::fs::set_permissions(at("kept.json"), std::fs::Permissions::from_mode(0o444))
        .unwrap_or_else(|error| panic!("{error}"));
    write(&at("target.json"), "Old.");
    symlink(at("target.json"), at("link.json")).unwrap_or_else(|error| panic!("{error}"));
    symlink(at("nowhere"), at("dangling.json")).unwrap_or_else(|error| panic!("{error}"));
    let check =
        |more: &[&str]| mailcover(here.path(), &[&["check", "mine.toml"], &CLAIM[2..], more].concat());
    for (report, code) in [
        ("--json=mine.toml", 2),
        ("--html=missing/../mine.toml", 2),
        ("--json=socket", 1),
        ("--sarif=kept.json", 1),
        ("--junit=dangling.json", 1),
    ] {
        let checked = check(&[report]);
        assert_eq!((checked.code, checked.stdout.as_str()), (Some(code), ""), "{report}: {checked:?}");
    }
    let checked = check(&["--json=new/../same", "--junit=./same"]);
    assert_eq!(checked.code, Some(2), "{checked:?}");
    assert_eq!(check(&["--json=link.json"]).code, Some(0));
    assert!(at("link.json").is_symlink() && text(&at("target.json")).contains("\"results\""));
    assert_eq!((text(&at("mine.toml")).as_str(), text(&at("kept.json")).as_str()), (design, "Kept."));
    drop(socket);
    let drawn = ["frontier", "sms-content-secret", "--design=mine.toml", "--html=mine.toml"];
    assert_eq!(mailcover(here.path(), &drawn).code, Some(2));
    assert_eq!(text(&at("mine.toml")), design);
}

/// What stood there before stays, and the other files are written.
#[test]
fn a_file_that_turns_out_not_to_be_writable_spoils_no_other() {
    let here = directory();
    let blocked = here.path().join("runs/imessage-2016--retention-bounded--keeper.json");
    std::fs::create_dir_all(blocked.join("full")).unwrap_or_else(|error| panic!("{error}"));
    let checked = mailcover(here.path(), &[&CLAIM[..], &["--traces=runs", "--junit=r.xml"]].concat());
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(checked.stdout.contains("all as expected"), "{checked:?}");
    assert!(text(&here.path().join("r.xml")).ends_with("</testsuites>\n"));
    let left: Vec<_> = std::fs::read_dir(here.path().join("runs")).into_iter().flatten().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

/// No file may be longer than a block here, as if the disk were full.
#[cfg(unix)]
#[test]
fn of_a_file_for_which_there_is_no_room_nothing_is_left() {
    let here = directory();
    write(&here.path().join("r.sarif"), "Written before.");
    let program = env!("CARGO_BIN_EXE_mailcover");
    let check = format!("{program} {} --sarif r.sarif --summary r.md", CLAIM.join(" "));
    let output = Command::new("sh")
        .args(["-c", &format!("trap '' XFSZ; ulimit -f 1; exec {check}")])
        .current_dir(here.path())
        .output()
        .unwrap_or_else(|error| panic!("sh does not start: {error}"));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("r.sarif: this cannot be written"), "{stderr}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("all as expected"));
    assert_eq!(text(&here.path().join("r.sarif")), "Written before.");
    assert!(text(&here.path().join("r.md")).contains("| ✓ holds |"));
    let left: Vec<_> = std::fs::read_dir(here.path()).into_iter().flatten().flatten().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}
