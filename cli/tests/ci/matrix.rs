//! **The matrix in each of its formats, and what it says of designs that say strange things.**

use crate::support::{directory, mailcover, write};
use serde_json::Value;
use std::path::Path;

/// Cheap cells, some of which are put to the same adversary.
const CLAIMS: [&str; 3] =
    ["--claim=retention-bounded", "--claim=sender-authentic*", "--claim=log-holds-no-content"];

/// A design without a query log, whose own claim is anything that its file may hold.
fn strange(here: &Path) {
    let design = "format = 1\nname = \"strange\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\nremove_logs = [\"query\"]\n\n\
                  [[claim]]\nid = \"nobody-looks\"\nkind = \"never\"\nevent = \"looked-up\"\nto = [\"provider\"]\n\
                  sentence = \"=HYPERLINK(1) | <b>@all</b>\"\n";
    write(&here.join("strange.toml"), design);
}

fn matrix(here: &Path, code: i32, args: &[&str]) -> String {
    let checked = mailcover(here, &[&["matrix"], args].concat());
    assert_eq!(checked.code, Some(code), "{checked:?}");
    checked.stdout
}

#[test]
fn claims_stand_against_the_adversaries_of_a_design() {
    let here = directory();
    let json = matrix(here.path(), 0, &[&["imessage-2016", "--format=json"][..], &CLAIMS[..2]].concat());
    let json: Value = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(json["axis"], "adversaries");
    assert_eq!(json["of"], "imessage-2016");
    let names = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let of_the_sender = ["active-network", "malicious-provider", "reading-impostor", "signing-impostor"];
    assert_eq!(names(&json["columns"]), [&of_the_sender[..], &["query-log", "keeper"]].concat());
    let bounded = json["rows"].as_array().and_then(|rows| rows.last()).unwrap_or_else(|| panic!("{json}"));
    assert_eq!(bounded["claim"], "retention-bounded");
    assert_eq!(bounded["linddun"], "Non-compliance");
    assert!(bounded["cells"][0].is_null(), "{bounded}");
    assert_eq!(bounded["cells"][5]["said"], "✗ violated (as expected)");
    assert_eq!(json["model_sha256"].as_str().map(str::len), Some(64));
    let design = &json["designs"][0];
    assert!(design["assumptions"].as_array().is_some_and(|list| !list.is_empty()), "{design}");
    assert!(json["scopes"][0]["claims"].as_array().is_some_and(|list| !list.is_empty()), "{json}");
}

#[test]
fn claims_stand_against_designs_for_an_adversary() {
    let here = directory();
    strange(here.path());
    let args = ["imessage-2016", "strange.toml", CLAIMS[0], CLAIMS[2], "--adversary=query-log"];
    let human = matrix(here.path(), 0, &args);
    assert!(human.starts_with("Claims, put to query-log, in each design\n"), "{human}");
    assert!(human.contains("  imessage-2016  ✓ holds, 5\u{202f}404 states\n"), "{human}");
    assert!(human.contains("  strange        – not applicable [1]\n"), "{human}");
    assert!(human.contains("[1] The design has nothing that the adversary query-log observes."), "{human}");
    assert!(human.contains("Assumptions of strange") && human.contains("the SHA-256 of"), "{human}");
}

#[test]
fn no_format_takes_what_a_design_says_for_its_own() {
    let here = directory();
    strange(here.path());
    let cells = ["strange.toml", "--claim=nobody-looks", CLAIMS[2]];
    let in_format = |format: &str| matrix(here.path(), 10, &[&cells[..], &[format]].concat());
    let html = in_format("--format=html");
    assert!(html.contains("&lt;b&gt;@all&lt;/b&gt;") && !html.contains("<b>"), "{html}");
    assert!(html.contains("<td class=\"unexpected\">✗ violated (unexpected)</td>"), "{html}");
    assert!(!html.contains("<script") && html.contains("default-src 'none'"), "{html}");
    let md = in_format("--format=md");
    assert!(md.contains("=HYPERLINK(1) \\| &lt;b&gt;@<!-- -->all"), "{md}");
    let csv = in_format("--format=csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "claim,sentence,linddun,query-log,provider");
    assert!(lines[1].contains(",– not applicable: The design has nothing"), "{csv}");
    assert!(lines[2].starts_with("nobody-looks,'=HYPERLINK(1)"), "{csv}");
    for text in [html, md] {
        assert!(!text.to_lowercase().contains("score"), "{text}");
    }
}

#[test]
fn a_matrix_is_of_one_adversary_or_of_one_design() {
    let here = directory();
    for args in [&["imessage-2016", "imessage-2013"][..], &["--all"], &[]] {
        assert_eq!(matrix(here.path(), 2, args), "");
    }
    assert_eq!(matrix(here.path(), 2, &["imessage-2016", "--claim=retention-unbounded"]), "");
    assert_eq!(matrix(here.path(), 2, &["imessage-2016", "--adversary=nobody-else"]), "");
    matrix(here.path(), 5, &["imessage-2016", CLAIMS[0], "--max-states=1000"]);
}
