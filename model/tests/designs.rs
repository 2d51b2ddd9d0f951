//! **The shipped designs, how layers are folded, whom names mean, and the schema.**

mod files;

use files::{HEADER, read_body, read_text, shipped};
use mailcover_model::design::library::{self, Given, Mark};
use mailcover_model::design::read::{self, Bases, Vocabulary};
use mailcover_model::design::schema::design_schema;
use mailcover_model::design::{Capability, Design, Expectation, ObserverName, Trigger};

// The shipped designs.

#[test]
fn every_shipped_design_parses_and_bears_its_name() {
    for name in library::names() {
        assert_eq!(shipped(name).name, name);
    }
    assert_eq!(library::mains(), ["imessage-2013", "imessage-2016"]);
}

#[test]
fn every_shipped_design_differs_from_its_base_in_exactly_the_knobs_that_it_sets() {
    for name in library::names() {
        let design = shipped(name);
        let Some(base) = &design.extends else { continue };
        let table: toml::Table = library::text(name).unwrap().parse().unwrap();
        let mut set: Vec<String> = Vec::new();
        for (key, value) in &table {
            if let (toml::Value::Table(knobs), true) = (value, key != "log") {
                set.extend(knobs.keys().map(|knob| format!("{key}.{knob}")));
            }
            for log in value.as_array().filter(|_| key == "log").into_iter().flatten() {
                let name = log["name"].as_str().unwrap();
                // Of a log that the base has, what is given is set; of another, all.
                let inherited = shipped(base).log(name).is_some();
                let knobs = log.as_table().unwrap().keys().filter(|knob| *knob != "name");
                set.extend(knobs.filter(|_| inherited).map(|knob| format!("log.{name}.{knob}")));
                set.extend((!inherited).then(|| format!("log.{name}.")));
            }
        }
        let base = library::describe(&shipped(base)).unwrap();
        for knob in library::describe(&design).unwrap() {
            let inherited = base.iter().any(|other| (&other.name, &other.value) == (&knob.name, &knob.value));
            let own = set.iter().any(|name| knob.name.starts_with(name.as_str()));
            assert_ne!(inherited, own, "{name}: {} is {}", knob.name, knob.value);
        }
    }
}

#[test]
fn every_knob_of_a_shipped_design_is_marked_a_fact_or_an_assumption() {
    let rows: Vec<String> = (1..=21).map(|row| format!("Y{row}")).collect();
    for name in library::names() {
        for knob in library::describe(&shipped(name)).unwrap() {
            assert!(
                !knob.note.starts_with("Not marked") && !knob.note.starts_with("Left at"),
                "{name}: {knob:?}"
            );
            assert!(!knob.note.starts_with("Set outside"), "{name}: {knob:?}");
            assert!(knob.note.ends_with(['.', '?']), "{name}: {knob:?}");
            if let Mark::Fact(named) = &knob.mark {
                assert!(
                    named.split(", ").all(|row| rows.iter().any(|known| known == row)),
                    "{name}: {knob:?}"
                );
            }
        }
    }
}

#[test]
fn every_shipped_design_is_a_page_of_lines_that_fit() {
    for name in library::names() {
        let text = library::text(name).unwrap();
        // The base of all gives every knob.
        let page = if shipped(name).extends.is_some() { 70 } else { 90 };
        assert!(text.lines().count() <= page, "{name}");
        assert!(text.lines().all(|line| line.chars().count() <= 112), "{name}");
    }
}

#[test]
fn a_design_survives_storage() {
    for name in library::names() {
        let design = shipped(name);
        let json = serde_json::to_string(&design).unwrap();
        assert_eq!(serde_json::from_str::<Design>(&json).unwrap(), design);
    }
    let json = serde_json::to_value(shipped("lookup-on-send")).unwrap();
    assert_eq!(json["directory"]["lookup_on"], serde_json::json!(["send"]));
}

#[test]
fn the_template_parses_and_is_marked() {
    let text = library::template("mine");
    let design = read_text(&text).unwrap();
    let inherited = shipped("imessage-2016").expects.len();
    assert_eq!((design.name.as_str(), design.claims.len(), design.expects.len()), ("mine", 1, inherited + 1));
    let knobs = library::describe_text(&design, &text, "mine.toml").unwrap();
    let own = knobs.iter().find(|knob| knob.name == "log.delivery.keep_days").unwrap();
    assert_eq!((own.value.as_str(), own.note.starts_with("As long as")), ("30", true));
}

#[test]
fn a_changed_knob_loses_its_mark() {
    let mut design = shipped("imessage-2016");
    read::apply_setting(&mut design, "log.query.keep_days=25").unwrap();
    let knobs = library::describe(&design).unwrap();
    let mark = |name: &str| &knobs.iter().find(|knob| knob.name == name).unwrap().mark;
    assert_eq!(mark("log.query.keep_days"), &Mark::Assumption);
    assert_eq!(mark("log.query.on"), &Mark::Fact("Y2".to_owned()));
}

// Folding.

#[test]
fn a_layer_keeps_what_it_does_not_give() {
    let base = shipped("imessage-2016");
    let design = read_body("[directory]\ncache_days = 1").unwrap();
    assert_eq!(design.directory.cache_days, 1);
    assert!(!design.main && base.main, "`main` is not inherited");
    assert_eq!((&design.legal, &design.logs), (&base.legal, &base.logs));
}

#[test]
fn a_log_of_an_inherited_name_changes_what_it_gives_and_others_are_added() {
    let base = shipped("imessage-2016");
    let names = |design: &Design| design.logs.iter().map(|log| log.name.clone()).collect::<Vec<_>>();
    let changed = read_body("[[log]]\nname = \"query\"\nkeep_days = 5\n").unwrap();
    assert_eq!(names(&changed), ["query", "sms"]);
    let mut expected = base.logs[0].clone();
    expected.keep_days = Some(5);
    assert_eq!((&changed.logs[0], &changed.logs[1]), (&expected, &base.logs[1]));

    let kept = read_body("[[log]]\nname = \"query\"\nkeep_days = \"for-good\"\n").unwrap();
    assert_eq!(kept.logs[0].keep_days, None);
    let new = "[[log]]\nname = \"third\"\non = [\"delivered\"]\nfields = [\"day\"]\n";
    assert_eq!(read_body(new).unwrap().logs[2].keep_days, None);
    assert_eq!(read_body("remove_logs = [\"sms\"]").unwrap().logs.len(), 1);
}

#[test]
fn a_knob_says_who_gives_it() {
    let text = format!("{HEADER}[[log]]\nname = \"query\"\nkeep_days = 5 # assumption: Why not.\n");
    let mut design = read_text(&text).unwrap();
    read::apply_setting(&mut design, "fallback.sms=false").unwrap();
    let knobs = library::describe_text(&design, &text, "mine.toml").unwrap();
    let given = |name: &str| knobs.iter().find(|knob| knob.name == name).unwrap();
    assert_eq!(
        (given("log.query.keep_days").given, given("log.query.keep_days").note.as_str()),
        (Given::Here, "Why not.")
    );
    assert_eq!(given("log.query.on").given, Given::Inherited);
    assert_eq!(given("log.query.on").mark, Mark::Fact("Y2".to_owned()));
    assert_eq!(given("fallback.sms").given, Given::Set);
}

/// One base, called `mine`, beside the shipped ones.
struct OneMore(String);

impl Bases for OneMore {
    fn text(&self, name: &str) -> Option<&str> {
        if name == "mine" { Some(&self.0) } else { library::text(name) }
    }

    fn names(&self) -> Vec<&str> {
        library::names()
    }
}

#[test]
fn an_expectation_of_an_inherited_pair_replaces_it() {
    let expect = |verdict: &str| {
        format!(
            "[[expect]]\nclaim = \"content-secret\"\nadversary = \"network\"\nverdict = \"{verdict}\"\n\
             reason = \"R.\"\nexpires = 2027-12-31\n"
        )
    };
    let base = format!("{HEADER}{}", expect("violated"));
    let bases = OneMore(base);
    let above = HEADER.replace("imessage-2016", "mine").replace("\"mine\"\nextends", "\"above\"\nextends");
    let text = format!("{above}{}", expect("holds"));
    let design = read::read(&text, "above.toml", &bases, &Vocabulary::default()).unwrap();
    let own = |design: &Design| {
        let about = |expected: &&Expectation| expected.claim == "content-secret";
        design.expects.iter().filter(about).cloned().collect::<Vec<_>>()
    };
    assert_eq!(own(&design).len(), 1);
    assert_eq!(own(&design)[0].expires.as_deref(), Some("2027-12-31"));
    let inherited = read::read(&above, "above.toml", &bases, &Vocabulary::default()).unwrap();
    assert_eq!(own(&inherited).len(), 1);
}

// Adversaries.

#[test]
fn observers_are_found_by_the_names_that_they_give() {
    let logs = shipped("delivery-log").logs;
    for observer in ObserverName::all(&logs) {
        assert_eq!(ObserverName::parse(&observer.name(), &logs), Some(observer));
    }
    assert_eq!(ObserverName::parse("delivery-log", &shipped("imessage-2016").logs), None);
}

#[test]
fn every_shared_adversary_is_available_where_its_observers_are() {
    let designs = ["facetime-relayed", "delivery-log"].map(shipped);
    for name in library::shared_adversary_names() {
        assert!(designs.iter().any(|design| design.adversary(&name).is_some()), "{name}");
    }
    assert_eq!(library::shared_adversary_names().len(), 42);
    let without = read_body("remove_logs = [\"query\"]").unwrap();
    assert_eq!(without.adversary("keeper"), None);
    assert_eq!(without.adversary("query-log"), None);
    assert!(!without.adversary_names().contains(&"logs-together".to_owned()));
}

#[test]
fn a_single_observer_is_an_adversary_without_capabilities() {
    let design = shipped("delivery-log");
    let reader = design.adversary("delivery-log").unwrap();
    assert_eq!(reader.observers, [ObserverName::Log("delivery".to_owned())]);
    assert!(reader.capabilities.is_empty());
    let orders = design.adversary("investigator").unwrap().capabilities;
    assert!(orders.contains(Capability::ProviderOrders), "a shared adversary goes before an observer");
}

// The schema.

#[test]
fn the_schema_lists_every_word_and_describes_every_key() {
    let schema = design_schema();
    let text = schema.to_string();
    for word in ["looked-up", "exchange", "trigger", "pen-register", "never-known-whether", "inject-on-wire"]
    {
        assert!(text.contains(&format!("\"const\":\"{word}\"")), "{word}");
    }
    let trigger = &schema["$defs"]["Trigger"]["oneOf"];
    assert_eq!(trigger.as_array().unwrap().len(), Trigger::Receive as usize + 1);
    let objects = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    for object in objects.filter_map(|object| object["properties"].as_object()) {
        for (key, property) in object {
            assert!(property["description"].is_string(), "{key} has no description");
        }
    }
    assert!(!text.contains("null"));
}

#[test]
fn the_schema_has_exactly_the_keys_that_a_file_may_have() {
    let schema = design_schema();
    let keys = schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(", ");
    let error = read_body("zzzzzz = 1").unwrap_err();
    assert_eq!(error.remedy, format!("known are {keys}"));
    assert_eq!(schema["required"], serde_json::json!(["format", "name", "says"]));
}
