//! **A trace survives export and import, and whatever was changed on the way is refused with a sentence.**

mod common;

use enumset::EnumSet;
use mailcover_model::design::{Adversary, ObserverName};
use mailcover_properties::finding::Evidence;
use mailcover_traces::{
    ErrorKind, MAX_BYTES, TellOptions, Trace, TraceError, can_be_written, replay, tell, write_atomically,
};
use proptest::prelude::*;
use serde_json::Value;

/// Reads and replays, and says why not.
fn accept(text: &str) -> Result<(), TraceError> {
    let trace = Trace::read(text.as_bytes(), "run.json")?;
    let replayed = replay(&trace, false)?;
    assert!(!tell(&replayed, &TellOptions::default()).is_empty());
    Ok(())
}

fn refused(text: &str) -> String {
    let error = accept(text).expect_err("the trace is refused");
    assert_eq!(error.kind(), ErrorKind::BadInput, "{error}");
    error.to_string()
}

/// The trace with a change, and with hashes that fit the change.
fn forged(trace: &Trace, change: impl FnOnce(&mut Trace)) -> String {
    let mut changed = trace.clone();
    change(&mut changed);
    reseal(changed).to_json()
}

/// Gives the trace the hashes that its reader expects.
fn reseal(mut trace: Trace) -> Trace {
    use sha2::{Digest, Sha256};
    let hash = |bytes: Vec<u8>| hex::encode(Sha256::digest(bytes));
    trace.design_sha256 = hash(serde_json::to_vec(&trace.design).expect("a design is JSON"));
    trace.id = String::new();
    trace.id = hash(serde_json::to_vec(&trace).expect("a trace is JSON"));
    trace
}

#[test]
fn export_import_and_replay_agree() {
    for trace in common::all() {
        let text = trace.to_json();
        let read = Trace::read(text.as_bytes(), "run.json").expect("it reads");
        assert_eq!(*trace, read);
        assert_eq!(text, read.to_json());
        replay(&read, false).unwrap_or_else(|error| panic!("{}: {error}", trace.claim));
        assert!(trace.file_name().chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c)));
    }
}

#[test]
fn an_exhausted_class_is_counted_again() {
    let of_places = |trace: &&Trace| matches!(trace.evidence, Evidence::Class { .. });
    let trace = common::all().iter().find(of_places).expect("a class is among them");
    let replayed = replay(trace, true).expect("it replays");
    assert!(replayed.done.ends_with("were searched out again, and agree"), "{}", replayed.done);
    let wrong = forged(trace, |trace| {
        if let Evidence::Class { size, .. } = &mut trace.evidence {
            *size += 1;
        }
    });
    let wrong = Trace::read(wrong.as_bytes(), "run.json").expect("it reads");
    let error = replay(&wrong, true).expect_err("the size is wrong").to_string();
    assert!(error.contains("states that look alike, "), "{error}");
}

#[test]
fn a_trace_from_before_a_knob_is_told_so() {
    let mut trace: Value = serde_json::from_str(&common::all()[0].to_json()).expect("a trace is JSON");
    let legal = trace["design"]["legal"].as_object_mut().expect("a design has law");
    legal.remove("emergency").expect("a design says whether there are emergencies");
    assert_eq!(
        refused(&trace.to_string()),
        "run.json: the design in the trace has no legal.emergency, so the trace was written before designs had it; \
         check the claim again with this program and export a new trace"
    );
}

#[test]
fn what_was_changed_is_refused() {
    let trace = &common::all()[0];
    let text = trace.to_json();
    let swap = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        refused(&text.replacen(from, to, 1))
    };
    assert!(
        swap("\"verdict\": \"violated\"", "\"verdict\": \"holds\"").contains("changed after it was written")
    );
    assert!(swap("\"cache_days\": ", "\"cache_days\": 1").contains("the design is not the one"));
    assert!(swap("\"format\": 1", "\"format\": 2").contains("has format 2, and this program reads format 1"));
    assert!(swap("\"claim\":", "\"why\": 1, \"claim\":").contains("run.json:"));
    assert!(
        swap("\"cache_days\":", "\"why\": 1, \"cache_days\":").contains("not written as mailcover writes it")
    );
    assert!(swap("\"do\": \"type\"", "\"do\": \"\u{202e}fly\"").contains("[U+202E]"));
    assert!(refused(&text[..text.len() / 2]).contains("the file was cut off"));
    let long = vec![b' '; MAX_BYTES + 1];
    let error = Trace::read(&long, "run.json").expect_err("it is too long").to_string();
    assert!(error.contains("a trace has at most 4194304"), "{error}");
    let error = Trace::read(b"{\n\xff", "run.json").expect_err("it is no text").to_string();
    assert!(error.starts_with("run.json:2: the file holds bytes that are not UTF-8"), "{error}");
}

#[test]
fn what_does_not_follow_is_refused() {
    let trace = &common::all()[0];
    let with = |change: fn(&mut Trace)| refused(&forged(trace, change));
    let steps = |change: fn(&mut Vec<mailcover_model::action::Action>)| {
        refused(&forged(trace, |trace| {
            if let Evidence::Run(run) = &mut trace.evidence {
                change(&mut run.actions);
            }
        }))
    };
    assert!(
        with(|trace| trace.claim = "flat-earth".into())
            .contains("the claim \"flat-earth\", which this program")
    );
    assert!(with(|trace| trace.adversary = "moon".into()).contains("the adversary \"moon\""));
    assert!(with(|trace| trace.scope = "all".into()).contains("the claim's scope is \"all\""));
    assert!(with(|trace| trace.evidence = Evidence::Closure).contains("there is no run to re-execute"));
    assert!(
        with(|trace| trace.verdict = mailcover_properties::finding::Verdict::Holds)
            .contains("decides no such claim")
    );
    assert!(
        steps(|actions| actions.truncate(actions.len() - 1)).contains("at the end of the run it is so that")
    );
    assert!(steps(|actions| actions.reverse()).contains("is not possible where it stands"));
    assert!(
        steps(|actions| actions.push(mailcover_model::action::Action::DeliverSms { message: 200 }))
            .contains("the claim's scope has no such action")
    );
}

/// Nothing that a trace says of its question is believed: not even what no step depends on.
#[test]
fn what_a_trace_says_of_itself_is_what_the_claim_says() {
    for trace in common::all() {
        let says = refused(&forged(trace, |trace| trace.fact = "the moon is made of cheese".to_owned()));
        assert!(says.contains("the claim is not about that"), "{}: {says}", trace.claim);
    }
    let class = common::all().iter().find(|trace| matches!(trace.evidence, Evidence::Class { .. }));
    let empty = forged(class.expect("a class is among them"), |trace| {
        if let Evidence::Class { size, .. } = &mut trace.evidence {
            *size = 0;
        }
    });
    assert!(refused(&empty).contains("its class has no states"));
}

#[test]
fn who_every_design_knows_cannot_be_somebody_else_in_a_trace() {
    let trace = common::all().iter().find(|trace| trace.adversary == "carrier").expect("the carrier's");
    for name in ["carrier", "investigator", "query-log", "owner-alice"] {
        let says = refused(&forged(trace, |trace| {
            let observers = vec![ObserverName::ProviderStore, ObserverName::Network];
            let says = "A passer-by who sees nothing.".to_owned();
            let capabilities = EnumSet::empty();
            trace.design.adversaries =
                vec![Adversary { name: name.to_owned(), says, observers, capabilities }];
        }));
        assert!(
            says.contains(&format!("every design has an adversary or observer called \"{name}\"")),
            "{says}"
        );
    }
}

#[test]
fn a_design_that_only_bears_a_shipped_name_is_told_as_that() {
    let trace = &common::all()[0];
    let told = |trace: &Trace| tell(&replay(trace, false).expect("it replays"), &TellOptions::default());
    assert!(!told(trace).contains("It bears the name"), "{}", told(trace));
    let mut other = trace.clone();
    other.design.legal.order_days = 61;
    let said = told(&reseal(other)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("It bears the name of a shipped design, and differs from it in legal.order_days."),
        "{said}"
    );
}

#[test]
fn a_way_on_that_breaks_off_is_refused() {
    let mut trace = common::trace("imessage-2016", "entry-without-communication", "query-log", None);
    assert!(replay(&trace, false).is_ok());
    if let Evidence::Run(run) = &mut trace.evidence {
        run.actions.truncate(1);
    }
    assert!(refused(&reseal(trace).to_json()).contains("the run could go on"));
}

#[test]
fn a_file_is_written_whole_and_into_new_directories() {
    let home = tempfile::tempdir().expect("a directory");
    let path = home.path().join("new").join("run.json");
    write_atomically(&path, "one").expect("it is written");
    write_atomically(&path, "two").expect("it is replaced");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "two");
    let error = write_atomically(&path.join("below"), "three").expect_err("a file is no directory");
    assert_eq!(error.kind(), ErrorKind::Io);
}

#[test]
fn a_place_is_tried_without_leaving_anything_there() {
    let home = tempfile::tempdir().expect("a directory");
    can_be_written(&home.path().join("new").join("run.json")).expect("it could be");
    assert_eq!(std::fs::read_dir(home.path()).expect("it is there").count(), 0);
    let file = home.path().join("run.json");
    write_atomically(&file, "one").expect("it is written");
    let below = file.join("below").join("run.json");
    let error = can_be_written(&below).expect_err("a file is no directory");
    assert_eq!(error.kind(), ErrorKind::Io);
    let expected = format!(
        "{}: this cannot be written: what its path names as a directory is none; choose another place",
        below.display()
    );
    assert_eq!(error.to_string(), expected);
}

#[cfg(unix)]
#[test]
fn a_file_has_the_permissions_that_other_programs_would_give_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a directory");
    let mode = |name: &str| {
        let about = std::fs::metadata(home.path().join(name)).expect("it is there");
        about.permissions().mode() & 0o777
    };
    std::fs::write(home.path().join("other"), "").expect("it is written");
    write_atomically(&home.path().join("own"), "").expect("it is written");
    assert_eq!(mode("own"), mode("other"));
    std::fs::set_permissions(home.path().join("own"), PermissionsExt::from_mode(0o640)).expect("it is ours");
    write_atomically(&home.path().join("own"), "again").expect("it is written");
    assert_eq!(mode("own"), 0o640);
}

/// The number that a path of positions leads to is changed, dropped or repeated.
fn mutate(value: &mut Value, path: &[usize], how: u8) {
    match (value, path) {
        (Value::Object(fields), [at, rest @ ..]) if !fields.is_empty() => {
            let key = fields.keys().nth(at % fields.len()).cloned().unwrap_or_default();
            if rest.is_empty() && how == 0 {
                fields.remove(&key);
            } else if let Some(value) = fields.get_mut(&key) {
                mutate(value, rest, how);
            }
        }
        (Value::Array(items), [at, rest @ ..]) if !items.is_empty() => {
            let at = at % items.len();
            match (rest.is_empty(), how) {
                (true, 0) => drop(items.remove(at)),
                (true, 1) => items.insert(at, items[at].clone()),
                (true, 2) => items.swap(at, 0),
                _ => mutate(&mut items[at], rest, how),
            }
        }
        (value, _) => {
            *value =
                [Value::Null, 255.into(), "bob".into(), true.into(), 3.into()][usize::from(how) % 5].clone()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Trace::read(&bytes, "run.json").is_err());
    }

    #[test]
    fn no_change_brings_it_down(
        which in 0..4usize,
        path in proptest::collection::vec(0..8usize, 1..6),
        in_evidence in any::<bool>(),
        how in 0..5u8,
    ) {
        let trace = &common::all()[which];
        let mut value = serde_json::to_value(trace).expect("a trace is JSON");
        let target = if in_evidence { value.get_mut("evidence").expect("there is evidence") } else { &mut value };
        mutate(target, &path, how);
        let resealed = serde_json::from_value::<Trace>(value.clone()).map(|trace| reseal(trace).to_json());
        for text in [Ok(value.to_string()), resealed].into_iter().flatten() {
            if let Err(error) = accept(&text) {
                prop_assert_eq!(error.kind(), ErrorKind::BadInput, "{}", error);
            } else {
                // What is accepted differs in its design and in its runs, which were executed, and in nothing that is said.
                let accepted = Trace::read(text.as_bytes(), "run.json").expect("it was accepted");
                let said = |trace: &Trace| {
                    let words = [&trace.claim, &trace.adversary, &trace.sentence, &trace.fact, &trace.formula];
                    (words.map(Clone::clone), trace.kind.clone(), trace.verdict, trace.scope.clone())
                };
                prop_assert_eq!(said(&accepted), said(trace));
            }
        }
    }
}
