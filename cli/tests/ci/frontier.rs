//! **The frontier of a claim: for people and programs, compared, with runs that replay, and what it refuses.**

use crate::reports::errors;
use crate::support::{directory, json, mailcover, write};
use serde_json::Value;
use std::path::Path;

/// A claim with a small search.
const CLAIM: &str = "sender-authentic-once";

fn frontier(here: &Path, code: i32, args: &[&str]) -> String {
    let drawn = mailcover(here, &[&["frontier"], args].concat());
    assert_eq!(drawn.code, Some(code), "{drawn:?}");
    if code == 0 { drawn.stdout } else { drawn.stderr }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn it_says_what_breaks_the_claim_and_what_does_not() {
    let here = directory();
    let drawn = parsed(&frontier(here.path(), 0, &[CLAIM, "--format=json", "--traces=runs"]));
    let schema = parsed(&mailcover(here.path(), &["schema", "frontier"]).stdout);
    assert_eq!(errors(&schema, &drawn), Vec::<String>::new());
    let side = &drawn["sides"][0];
    assert_eq!(side["breaking"][0]["powers"]["capabilities"], serde_json::json!(["inject"]));
    assert_eq!(side["breaking"][0]["powers"]["observers"], serde_json::json!([]));
    assert_eq!(side["sparing"][0]["lacks"]["capabilities"], serde_json::json!(["inject"]));
    assert_eq!((&side["once"], side["breaking"].as_array().map(Vec::len)), (&Value::Bool(true), Some(1)));
    let trace = side["breaking"][0]["trace"].as_str().unwrap_or_else(|| panic!("{side}"));
    assert_eq!(json(&here.path().join(trace))["adversary"], "party");
    assert_eq!(mailcover(here.path(), &["trace", "replay", trace]).code, Some(0));
    let story = mailcover(here.path(), &["trace", "show", trace]).stdout;
    assert!(story.contains("What it may do: put messages before devices"), "{story}");
}

#[test]
fn it_is_told_in_sentences() {
    let here = directory();
    let told = frontier(here.path(), 0, &[CLAIM]);
    for words in [
        "In imessage-2016, it is broken by somebody who\n  ✗ may put messages before devices, as the push service\n",
        "And by nobody who, of all these powers,\n  ✓ lacks inject (",
        "The claim is monotone",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn two_designs_are_compared() {
    let here = directory();
    let design = "format = 1\nname = \"open\"\nextends = \"imessage-2016\"\nsays = \"Anybody may inject.\"\n\n[environment]\n\
                  capabilities = [\"inject\"] # assumption: A test.\n";
    write(&here.path().join("open.toml"), design);
    let args = [CLAIM, "--compare=open.toml", "--capability=add-key", "--format=json"];
    let drawn = parsed(&frontier(here.path(), 0, &args));
    assert_eq!(drawn["sides"][0]["breaking"], serde_json::json!([]));
    assert_eq!(drawn["change"]["bought"], serde_json::json!([]));
    assert_eq!(drawn["change"]["cost"][0]["says"], "sees nothing and may do nothing");
}

#[test]
fn knowledge_takes_a_search_for_each_party() {
    let here = directory();
    let args = ["query-proves-no-attempt", "--design=lookup-on-send", "--capability=inject", "--format=json"];
    let drawn = parsed(&frontier(here.path(), 0, &args));
    let side = &drawn["sides"][0];
    assert_eq!(side["once"], false);
    assert_eq!(side["breaking"][0]["powers"]["observers"], serde_json::json!(["query-log"]));
}

#[test]
fn what_cannot_be_is_refused() {
    let here = directory();
    let everybody = "--observer=query-log,sms-log,provider-live,provider-store,investigator,carrier,network,thief,peer-alice,\
                     peer-bob,peer-carol,owner-alice,owner-bob";
    for (args, says) in [
        (&["content-secrte"][..], "did you mean \"content-secret\"?"),
        (&[CLAIM, "--design=imessage-2061"], "imessage-2016"),
        (&[CLAIM, "--capability=ad-key"], "did you mean \"add-key\"?"),
        (&[CLAIM, "--observer=netwrok"], "did you mean \"network\"?"),
        (&[CLAIM, "--adversary=carrier"], "it is put to"),
        (&[CLAIM, "--max-depth=3"], "leave it out"),
        (&["sms-is-recorded"], "has no frontier"),
        (&["delivered-or-told"], "has no frontier"),
        (&["entry-without-communication"], "has no frontier"),
        (&["query-proves-no-attempt", everybody], "choose fewer with"),
    ] {
        let said = frontier(here.path(), 2, args);
        assert!(said.contains(says), "{args:?}: {said}");
    }
    let said = frontier(here.path(), 5, &[CLAIM, "--max-states=1000"]);
    assert!(said.contains("stopped at 10") && said.contains("raise `--max-states`"), "{said}");
    write(&here.path().join("file"), "in the way");
    frontier(here.path(), 1, &[CLAIM, "--traces=file/runs"]);
    let twice = frontier(here.path(), 0, &[CLAIM, "--observer=carrier,network,carrier", "--format=json"]);
    assert_eq!(parsed(&twice)["sides"][0]["ground"]["observers"], serde_json::json!(["carrier", "network"]));
}

/// The picture has a column for each party and a filled mark for each of its powers.
#[test]
fn it_is_drawn_as_it_is_told() {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let here = directory();
    let args = [CLAIM, "--compare=typed-only", "--format=json", "--html=page.html"];
    let drawn = parsed(&frontier(here.path(), 0, &args));
    let page =
        std::fs::read_to_string(here.path().join("page.html")).unwrap_or_else(|error| panic!("{error}"));
    let pictures: Vec<String> = page
        .split("data:image/svg+xml;base64,")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(data, _)| {
            let bytes = BASE64_STANDARD.decode(data).unwrap_or_else(|error| panic!("{error}"));
            String::from_utf8(bytes).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    let sides = drawn["sides"].as_array().unwrap_or_else(|| panic!("{drawn}"));
    assert_eq!(pictures.len(), sides.len());
    let powers = |party: &Value| {
        ["capabilities", "observers"]
            .map(|kind| party[kind].as_array().map_or(0, Vec::len))
            .iter()
            .sum::<usize>()
    };
    for (picture, side) in pictures.iter().zip(sides) {
        for (class, parties) in [("breaks", "breaking"), ("spares", "sparing")] {
            let parties = side[parties].as_array().unwrap_or_else(|| panic!("{side}"));
            let columns: Vec<&str> = picture
                .split(&format!("<g class=\"{class}\">"))
                .skip(1)
                .filter_map(|rest| rest.split_once("</g>"))
                .map(|(column, _)| column)
                .collect();
            assert_eq!(columns.len(), parties.len(), "{class}: {picture}");
            for (column, party) in columns.iter().zip(parties) {
                let filled = column.matches("class=\"has\"").count();
                let hollow = column.matches("class=\"lacks\"").count();
                assert_eq!(filled, powers(&party["powers"]), "{party}: {column}");
                assert_eq!(filled + hollow, powers(&side["ground"]), "every power has its row");
            }
        }
    }
    frontier(here.path(), 1, &[CLAIM, "--html=page.html/below.html"]);
}

/// Where a limit left everything open, nothing is concluded from it: neither that nobody breaks the claim, nor what a design buys.
#[test]
fn what_was_not_decided_is_nowhere_taken_for_unbroken() {
    let here = directory();
    let args = [
        "query-proves-no-attempt",
        "--design=lookup-on-send",
        "--compare=imessage-2016",
        "--capability=inject",
    ];
    let limits = ["--observer=query-log", "--max-states=147000"];
    let json = mailcover(
        here.path(),
        &[&["frontier"], &args[..], &limits, &["--format=json", "--html=page.html"]].concat(),
    );
    assert_eq!(json.code, Some(5), "{json:?}");
    let drawn = parsed(&json.stdout);
    assert!(!drawn["sides"][0]["breaking"].as_array().is_none_or(Vec::is_empty), "{drawn}");
    assert!(!drawn["sides"][1]["undecided"].as_array().is_none_or(Vec::is_empty), "{drawn}");
    assert_eq!(drawn["change"], serde_json::json!({ "bought": [], "cost": [] }), "{drawn}");
    let page =
        std::fs::read_to_string(here.path().join("page.html")).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        page.contains("Not decided of somebody who") && !page.contains("no set of these powers"),
        "{page}"
    );
    assert!(page.contains("with all of these powers but"), "a larger party may break less: {page}");
    assert_eq!(drawn["sides"][0]["one_by_one"], "knowledge", "{drawn}");
    let told = mailcover(here.path(), &[&["frontier"], &args[..], &limits].concat()).stdout;
    assert!(told.contains("as it is put to the adversary query-log"), "{told}");
    assert!(told.contains("not all was decided") && !told.contains("not with all of these powers"), "{told}");
}

/// A design in which the claim's case never arises says nothing about anybody.
#[test]
fn a_claim_that_is_never_exercised_has_no_frontier() {
    let here = directory();
    let design = "format = 1\nname = \"quiet\"\nextends = \"imessage-2016\"\nsays = \"No SMS.\"\n\n[fallback]\nsms = false\n\n\
                  [[claim]]\nid = \"no-texts\"\nkind = \"never-known\"\nevent = \"communicated-by-sms\"\n\
                  to = [\"carrier\"]\nsentence = \"Nobody learns of a text.\"\n";
    crate::support::write(&here.path().join("quiet.toml"), design);
    let args = ["no-texts", "--design=quiet.toml", "--capability=swap-key", "--observer=carrier"];
    let drawn = mailcover(here.path(), &[&["frontier"], &args[..]].concat());
    assert_eq!(drawn.code, Some(12), "{drawn:?}");
    assert!(drawn.stderr.contains("never exercised"), "{drawn:?}");
}

/// What the environment may do is nobody's power, which has to be said; and so has what was set.
#[test]
fn what_the_environment_may_do_and_what_was_set_is_said() {
    let here = directory();
    let set = "--set=environment.capabilities=inject";
    let drawn = parsed(&frontier(here.path(), 0, &[CLAIM, set, "--format=json"]));
    assert_eq!(drawn["sides"][0]["environment"], serde_json::json!(["inject"]), "{drawn}");
    assert_eq!(drawn["settings"], serde_json::json!(["environment.capabilities=inject"]), "{drawn}");
    let told = frontier(here.path(), 0, &[CLAIM, set, "--html=page.html"]);
    let page =
        std::fs::read_to_string(here.path().join("page.html")).unwrap_or_else(|error| panic!("{error}"));
    for text in [&told, &page] {
        assert!(text.contains("possible in every search: inject."), "{text}");
        assert!(text.contains("environment.capabilities=inject"), "{text}");
    }
}
