//! **What becomes of design files that others write: mistakes are explained, and nothing is too strange to read.**

mod files;

use files::{HEADER, read_body, read_text, shipped};
use mailcover_model::design::Design;
use mailcover_model::design::library;
use mailcover_model::design::read::{self, Bases, MAX_BYTES, Vocabulary};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

// Mistakes.

/// Each case is a text and, after `=> `, the error's place and words; ` ...` stands for the rest of them.
fn check_mistakes(cases: &str, header: &str) {
    for case in cases.split("\n----\n") {
        let (body, expected) = case.split_once("=> ").expect("a case has an expectation");
        let text = format!("{header}{}", body.strip_suffix('\n').unwrap_or(body));
        let error = match read_text(&text) {
            Ok(_) => panic!("no mistake was found in\n{body}"),
            Err(error) => error.to_string(),
        };
        let expected = format!("mine.toml:{}", expected.trim_end());
        match expected.strip_suffix(" ...") {
            Some(beginning) => assert!(error.starts_with(beginning), "{error}\nfor\n{body}"),
            None => assert_eq!(error, expected, "for\n{body}"),
        }
    }
}

#[test]
fn mistakes_of_syntax_are_explained() {
    check_mistakes(include_str!("bad_designs/syntax.txt"), HEADER);
}

#[test]
fn mistakes_in_knobs_are_explained() {
    check_mistakes(include_str!("bad_designs/knobs.txt"), HEADER);
}

#[test]
fn mistakes_in_logs_are_explained() {
    check_mistakes(include_str!("bad_designs/logs.txt"), HEADER);
}

#[test]
fn mistakes_in_claims_are_explained() {
    check_mistakes(include_str!("bad_designs/claims.txt"), HEADER);
}

#[test]
fn mistakes_in_headers_are_explained() {
    check_mistakes(include_str!("bad_designs/headers.txt"), "");
}

/// Bases of a test's own, beside the shipped ones.
struct Chain(Vec<(&'static str, String)>);

impl Bases for Chain {
    fn text(&self, name: &str) -> Option<&str> {
        let own = self.0.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
        own.or_else(|| library::text(name))
    }

    fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| *name).chain(library::names()).collect()
    }
}

fn extending(name: &str, base: &str) -> String {
    format!("format = 1\nname = \"{name}\"\nextends = \"{base}\"\nsays = \"A test.\"\n")
}

#[test]
fn bases_that_run_in_a_circle_are_refused() {
    let bases = Chain(vec![("one", extending("one", "two")), ("two", extending("two", "one"))]);
    let read = |text: &str| read::read(text, "mine.toml", &bases, &Vocabulary::default());
    let error = read(&extending("mine", "one")).unwrap_err().to_string();
    let circle = "the bases run in a circle: mine extends one extends two extends one";
    assert_eq!(error, format!("two:3:11: {circle}; let one of them extend nothing"));
    assert!(read(&extending("mine", "mine")).unwrap_err().to_string().contains("mine extends mine"));
}

/// Bases without end: each name leads to a longer one.
struct Endless(Vec<String>);

impl Bases for Endless {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name.len()).map(String::as_str)
    }

    fn names(&self) -> Vec<&str> {
        Vec::new()
    }
}

#[test]
fn a_chain_of_bases_ends_somewhere() {
    let text = |length: usize| extending(&"a".repeat(length), &"a".repeat(length + 1));
    let bases = Endless((0..40).map(text).collect());
    let error = read::read(&text(1), "mine.toml", &bases, &Vocabulary::default()).unwrap_err();
    assert!(error.message.contains("more than 16 bases"), "{error}");
}

#[test]
fn a_file_that_is_too_long_is_refused_before_it_is_parsed() {
    let text = format!("{HEADER}#{}", " ".repeat(MAX_BYTES));
    let error = read_text(&text).unwrap_err();
    assert_eq!((error.line, error.remedy.as_str()), (1, "a design file has at most 1048576 bytes"));
    assert!(read::text_of(text.as_bytes(), "mine.toml").is_err());
    let error = read::text_of(b"format = 1\nname = \"\xff\"", "mine.toml").unwrap_err();
    assert_eq!((error.line, error.column), (2, 9));
}

#[test]
fn no_nesting_is_too_deep_and_no_list_too_long() {
    let full = |unit: &str| unit.repeat((MAX_BYTES - HEADER.len() - 100) / unit.len());
    let bodies = [
        format!("x = {}", full("[")),
        format!("x = {}", full("{a=")),
        format!("{}a = 1", full("a.")),
        format!("[{}a]", full("a.")),
        format!("x = {{{}a = 1}}", full("a.")),
        full("[[log]]\n"),
        full(
            "[[claim]]\nid = \"x\"\nkind = \"known\"\nevent = \"typed\"\nto = [\"carrier\"]\nsentence = \"S.\"\n",
        ),
        format!("remove_logs = [{}]", full("\"x\",")),
        format!("[directory]\nlookup_on = [{}]", full("\"send\",")),
        full("a"),
        full("\n"),
        full("#"),
    ];
    for body in bodies {
        let error = read_body(&body).map(|design| design.name).map_err(|error| error.to_string());
        let length = error.map_or_else(|error| error.len(), |name| name.len());
        assert!(length < 1500, "the error has {length} characters");
    }
}

// Settings.

fn check_setting(setting: &str, expected: Result<(&str, Value), &str>) {
    let mut design = shipped("imessage-2016");
    let applied = read::apply_setting(&mut design, setting);
    match expected {
        Ok((path, value)) => {
            assert_eq!(applied, Ok(()));
            assert_eq!(serde_json::to_value(&design).unwrap().pointer(path), Some(&value), "{setting}");
        }
        Err(message) => {
            let error = applied.expect_err(setting).to_string();
            assert!(error.starts_with(&format!("--set {message}")), "{error}");
            assert_eq!(design, shipped("imessage-2016"));
        }
    }
}

#[test]
fn a_setting_sets_one_knob() {
    use serde_json::json;
    check_setting("directory.cache_days=1", Ok(("/directory/cache_days", json!(1))));
    check_setting("directory.lookup_on=send", Ok(("/directory/lookup_on", json!(["send"]))));
    check_setting("directory.lookup_on=[send, type]", Ok(("/directory/lookup_on", json!(["type", "send"]))));
    check_setting("directory.lookup_on=[\"send\"]", Ok(("/directory/lookup_on", json!(["send"]))));
    check_setting("legal.extension_of=retention", Ok(("/legal/extension_of", json!("retention"))));
    check_setting("legal.emergency = true", Ok(("/legal/emergency", json!(true))));
    check_setting("environment.capabilities=[]", Ok(("/environment", json!([]))));
    check_setting("log.query.keep_days=25", Ok(("/logs/0/keep_days", json!(25))));
    check_setting("log.query.keep_days=for-good", Ok(("/logs/0/keep_days", Value::Null)));
    check_setting("log.sms.yields_to=[]", Ok(("/logs/1/yields_to", json!([]))));
}

#[test]
fn every_knob_of_a_description_can_be_set() {
    for name in library::names() {
        let design = shipped(name);
        for knob in library::describe(&design).unwrap() {
            let value = match knob.value.as_str() {
                "none"
                    if ![
                        "directory.deregistration",
                        "attachments.key",
                        "backup.key",
                        "calls.media",
                        "encryption.escrow",
                    ]
                    .contains(&knob.name.as_str()) =>
                {
                    "[]".to_owned()
                }
                "for good" => "for-good".to_owned(),
                value => value.replace(", ", ","),
            };
            let mut set = design.clone();
            read::apply_setting(&mut set, &format!("{}={value}", knob.name)).unwrap();
            assert_eq!(set, design, "{}", knob.name);
        }
    }
}

#[test]
fn a_knob_is_set_once() {
    let mut design = shipped("imessage-2016");
    let before = design.clone();
    let twice = ["directory.cache_days=1", "fallback.sms=false", "directory.cache_days = 1"];
    let error = read::apply_settings(&mut design, &twice).expect_err("it is set twice").to_string();
    let message = "the knob `directory.cache_days` is set twice, first to `1`; keep one of the two";
    assert_eq!(error, format!("--set {}:1:1: {message}", twice[2]));
    assert_eq!(design, before);
}

#[test]
fn a_setting_that_fits_nothing_is_explained() {
    let not =
        |setting: &str, message: &str| check_setting(setting, Err(&format!("{setting}:1:1: {message}")));
    not("directory.cache_days", "the setting has no value; write KNOB=VALUE");
    not("directory.cache_days=", "a value of the wrong type stands here: string \"\"; write a whole number");
    not("directory.cache_days=251", "251 is out of bounds; write a number from 0 to 250");
    not(
        "directory.cash_days=1",
        "no knob is called `directory.cash_days`; did you mean `directory.cache_days`?",
    );
    not(
        "log.qery.keep_days=5",
        "no knob is called `log.qery.keep_days`; did you mean `log.query.keep_days`?",
    );
    not("log.qery.keep_days=for-good", "no knob is called `log.qery.keep_days`; did you mean");
    not(
        "log.query.keep_days=ever",
        "a value of the wrong type stands here: string \"ever\"; write a whole number of days, or \"for-good\"",
    );
    not("name=other", "no knob is called `name`;");
    not("log.sms.on=lookup", "the carrier keeps the log `sms`, and never sees `lookup`;");
    not("directory.lookup_on=[refresh]", "with these triggers no client could ever learn a first key");
    check_setting(
        "fallback.sms=true\nmain=true",
        Err("fallback.sms=true\\u{a}main=true:1:1: the setting holds"),
    );
}

#[test]
fn settings_may_rely_on_each_other() {
    let mut design = shipped("imessage-2016");
    let settings = ["legal.preservation_in_force=true", "legal.preservation_days=0"];
    assert!(read::apply_settings(&mut design, &settings).is_err());
    read::apply_settings(&mut design, &["legal.order_days=200", "legal.extension_days=50"]).unwrap();
    assert_eq!((design.legal.order_days, design.legal.extension_days), (200, 50));
}

// Whatever else comes in.

fn check_anything(text: &str) -> Result<(), TestCaseError> {
    match read_text(text) {
        Ok(design) => {
            let json = serde_json::to_string(&design).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Design>(&json).unwrap(), &design);
            prop_assert!(library::describe_text(&design, text, "mine.toml").is_ok());
            prop_assert!(!design.adversary_names().is_empty());
        }
        Err(error) => {
            let of_base = error.file != "mine.toml";
            prop_assert!(of_base || (1..=text.matches('\n').count() + 1).contains(&error.line));
            prop_assert!(error.column >= 1);
            prop_assert!(!error.message.is_empty() && !error.remedy.is_empty());
            prop_assert!(!error.to_string().contains(char::is_control), "{:?}", error);
        }
    }
    Ok(())
}

fn any_shipped() -> impl Strategy<Value = String> {
    let texts: Vec<String> =
        library::names().into_iter().filter_map(library::text).map(str::to_owned).collect();
    select(texts.into_iter().chain([library::template("mine")]).collect::<Vec<_>>())
}

const SCRAPS: [&str; 14] = [
    "=",
    "[",
    "]",
    "\"",
    "\n",
    "-1",
    "9999999999",
    "[[log]]\n",
    "\u{202e}",
    "\0",
    "type",
    "true",
    "é",
    "'''",
];

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(text) = read::text_of(&bytes, "mine.toml") {
            check_anything(text)?;
        }
        check_anything(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn no_body_is_too_strange(body in "([a-z_\\[\\]=\", 0-9.-]{0,20}\n){0,8}") {
        check_anything(&format!("{HEADER}{body}"))?;
    }

    #[test]
    fn no_changed_design_is_too_strange(
        text in any_shipped(),
        cuts in prop::collection::vec((any::<Index>(), 0_usize..12, select(SCRAPS.to_vec())), 1..4),
    ) {
        let mut characters: Vec<char> = text.replace("imessage-2013\"\nsays", "mine\"\nsays").chars().collect();
        for (at, length, scrap) in cuts {
            let from = at.index(characters.len());
            let to = (from + length).min(characters.len());
            characters.splice(from..to, scrap.chars());
        }
        check_anything(&characters.into_iter().collect::<String>())?;
    }

    #[test]
    fn no_shuffled_design_is_too_strange(
        text in any_shipped(),
        other in any_shipped(),
        moves in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6),
    ) {
        let mut lines: Vec<&str> = text.lines().collect();
        let others: Vec<&str> = other.lines().collect();
        for (from, to) in moves {
            lines.insert(to.index(lines.len()), others[from.index(others.len())]);
        }
        check_anything(&lines.join("\n").replacen("name = \"", "name = \"my-", 1))?;
    }

    #[test]
    fn no_setting_is_too_strange(
        knob in "(directory|legal|log\\.query|log\\.sms|fallback)\\.(cache_days|sms|on|keep_days|covers|lookup_on)",
        value in "\\PC{0,12}|[\\[\\]a-z\",0-9-]{0,12}",
    ) {
        let mut design = shipped("imessage-2016");
        let before = design.clone();
        if let Err(error) = read::apply_setting(&mut design, &format!("{knob}={value}")) {
            prop_assert!(!error.to_string().contains(char::is_control));
            prop_assert_eq!(design, before);
        }
    }
}
