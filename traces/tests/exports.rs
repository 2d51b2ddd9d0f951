//! **What is exported says what replay found: ITF is read back by another's reader, and nothing hostile gets through.**

mod common;

use itf::value::Value as ItfValue;
use mailcover_model::design::library::load;
use mailcover_model::design::{ClaimKind, ClaimText};
use mailcover_model::event::Event;
use mailcover_model::world::User;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_traces::{
    Account, Replayed, Trace, View, account, apply, held, markdown, mermaid, moment, picture, replay,
};
use serde_json::Value;
use std::sync::Arc;

fn replayed() -> Vec<(Replayed, Account)> {
    let all = common::all().iter().map(|trace| replay(trace, false).expect("it replays"));
    all.map(|replayed| (replayed.clone(), account(&replayed))).collect()
}

#[test]
fn itf_is_read_back_with_every_variable_in_every_state() {
    for (replayed, account) in replayed() {
        for (number, run) in replayed.runs.iter().enumerate() {
            let text = mailcover_traces::itf(&replayed, number).expect("there is such a run");
            let read: itf::Trace<ItfValue> = serde_json::from_str(&text).expect("the itf crate reads it");
            assert_eq!(read.states.len(), run.states.len());
            let raw: Value = serde_json::from_str(&text).expect("it is JSON");
            let variables = raw["vars"].as_array().expect("there are variables").len();
            for (at, state) in read.states.iter().enumerate() {
                let ItfValue::Record(variable) = &state.value else { panic!("a state is no record") };
                assert_eq!(variable.len(), variables, "{}", account.claim);
                let day = ItfValue::BigInt(itf::value::BigInt::new(run.states[at].day));
                let counted = run.service.last_day().map(|_| &day);
                assert_eq!(variable.get("day"), counted, "where runs go on for ever, no day is counted");
                let taken = variable.get("mbt::actionTaken").expect("there is an action");
                assert_eq!(*taken == ItfValue::String("init".to_owned()), at == 0);
                assert!(matches!(variable.get("mbt::nondetPicks"), Some(ItfValue::Record(_))));
            }
            let rows = |log: &Value| log.as_array().map_or(0, Vec::len);
            for (at, state) in raw["states"].as_array().into_iter().flatten().enumerate() {
                let logs =
                    state["logs"].as_object().expect("there are logs").values().map(rows).sum::<usize>();
                let kept = account.runs[number]
                    .logged
                    .iter()
                    .filter(|row| row.step <= at && row.deleted.is_none_or(|deleted| deleted > at));
                assert_eq!(
                    logs,
                    kept.count(),
                    "{}: the rows that stand in logs in state {at}",
                    account.claim
                );
            }
            assert_eq!(raw["#meta"]["format"], "ITF");
            assert_eq!(raw["#meta"].get("left-out").is_some(), account.runs[number].left_out.is_some());
            assert_eq!(read.loop_index.is_some(), account.evidence == "lasso");
        }
    }
}

#[test]
fn the_changes_of_the_steps_add_up_to_the_last_state() {
    for (_, account) in replayed() {
        for run in &account.runs {
            let mut state = run.begins.clone();
            for change in run.steps.iter().flat_map(|step| &step.changes) {
                apply(&mut state, change);
            }
            let told = moment(run, run.steps.len(), View::Full).expect("there is a last step");
            let mut shown = run.clone();
            (shown.begins, shown.steps) = (state, Vec::new());
            assert_eq!(
                told,
                moment(&shown, 0, View::Full).expect("there is a beginning"),
                "{}",
                account.claim
            );
        }
    }
}

#[test]
fn what_the_adversary_is_said_to_hold_is_what_the_story_says_that_it_holds() {
    let mut compared = 0;
    for (replayed, account) in replayed() {
        let told = mailcover_traces::tell(
            &replayed,
            &mailcover_traces::TellOptions { width: 10_000, ..Default::default() },
        );
        for holder in account.holders.iter().filter(|holder| holder.adversary && holder.set == "logged") {
            let last = account.runs[0].steps.len();
            let table = held(&account, 0, last, &holder.id).expect("it holds something");
            for (at, (_, cells)) in table.rows.iter().enumerate() {
                let cells: Vec<&str> =
                    cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                let line = format!("{:>2}  {}\n", at + 1, cells.join(", "));
                assert!(told.contains(&line), "{line}\n{told}");
                compared += 1;
            }
        }
    }
    assert!(compared > 0);
}

#[test]
fn a_view_after_a_step_is_the_view_before_it_and_what_the_step_brought() {
    for (_, account) in replayed() {
        let last = account.runs[0].steps.len();
        for holder in account.holders.iter().filter(|holder| holder.set == "observed") {
            for step in 1..=last {
                let rows = |step| held(&account, 0, step, &holder.id).expect("there is such a step").rows;
                let (before, after) = (rows(step - 1), rows(step));
                assert_eq!(after.iter().filter(|(new, _)| !new).count(), before.len());
            }
        }
    }
    let (_, account) = &replayed()[0];
    let message = |step, observer| held(account, 0, step, observer).expect_err("refused").to_string();
    assert!(message(99, "network").contains("the steps are 1 to"));
    assert!(message(0, "nobody\u{202e}").contains("the observers are provider-live"));
}

#[test]
fn every_export_names_every_principal_and_day() {
    for (replayed, account) in replayed() {
        let (svg, report) = (picture(&account), markdown(&replayed, &account).expect("it is written"));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(report.contains(&account.claim) && report.contains("```mermaid\nsequenceDiagram\n"));
        for (number, run) in account.runs.iter().enumerate() {
            let diagram = mermaid(&replayed, number).expect("there is such a run");
            for lane in &run.chart.lanes {
                let name = lane.name.join(" ").replace('\'', "&#39;");
                assert!(svg.contains(lane.name[0].replace('\'', "&#39;").as_str()), "{name}");
                assert!(diagram.contains(&lane.name.join(" ")), "{name}");
            }
            assert!(run.steps.iter().all(|step| !step.says.is_empty()));
        }
    }
}

#[test]
fn hostile_names_are_shown_and_not_obeyed() {
    let trace = &common::all()[3];
    let mut hostile: Trace = trace.clone();
    hostile.sentence = "<script>alert(1)</script>\u{202e}\u{1b}[31m".to_owned();
    hostile.design.says = "</script><img src=x onerror=alert(1)>".to_owned();
    let mut replayed = replay(trace, false).expect("it replays");
    replayed.trace = hostile;
    let account = account(&replayed);
    let report = markdown(&replayed, &account).expect("it is written");
    for text in [picture(&account), report] {
        assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{1b}']));
    }
}

#[test]
fn reports_and_charts_say_where_a_run_goes_round() {
    let trace = common::trace("imessage-2013", "departed-or-told", "nobody", None);
    let replayed = replay(&trace, false).expect("it replays");
    let account = account(&replayed);
    let report = markdown(&replayed, &account).expect("it is written");
    let diagram = mermaid(&replayed, 0).expect("it is drawn");
    for text in [words(&picture(&account)), diagram] {
        assert_eq!(text.matches("From here on it goes round").count(), 1, "{text}");
    }
    let (_, round) = report.split_once("From here on the run goes round:\n\n6. ").expect("it says where");
    assert!(round.contains("... and so on, round and round, for ever."), "{report}");
}

/// The words of a picture, whichever lines they were wrapped to.
fn words(svg: &str) -> String {
    let texts = svg.split("<text").skip(1).filter_map(|text| text.split_once('>')?.1.split_once("</text>"));
    texts.map(|(text, _)| text.replace("&#39;", "'")).collect::<Vec<_>>().join(" ")
}

fn pictured(claim: &str, adversary: &str) -> (String, Account) {
    let trace = common::trace("imessage-2016", claim, adversary, None);
    let replayed = replay(&trace, false).unwrap_or_else(|error| panic!("{claim}: {error}"));
    let account = account(&replayed);
    (words(&picture(&account)), account)
}

#[test]
fn a_picture_ends_with_what_follows_and_shows_that_a_forgery_is_believed() {
    let (said, account) = pictured("sender-authentic-once", "malicious-provider");
    assert!(said.ends_with(&format!("What follows {}", account.conclusion)), "{said}");
    assert_eq!(said.matches("takes it for a message of Alice's").count(), 2, "{said}");
    assert_eq!(said.matches("takes it for a message of Alice's, and shows it again").count(), 1, "{said}");
}

#[test]
fn a_picture_begins_with_what_happened_before_the_run() {
    let (said, _) = pictured("history-strung-together", "investigator");
    let before = said.split_once("Day 0").expect("the run begins").0;
    assert!(before.contains("Day −1"), "{said}");
    assert!(before.contains("row: day −1, Alice, Bob's number, from home, 1 device"), "{said}");
}

#[test]
fn the_days_that_pass_and_the_days_until_which_an_order_runs_are_said() {
    let (_, account) = pictured("history-strung-together", "investigator");
    let steps = &account.runs[0].steps;
    assert!(steps.iter().any(|step| step.act.ends_with(" days pass")), "{steps:#?}");
    let granted = steps.iter().find(|step| step.says.contains("grants it")).expect("an order is granted");
    let until = |says: &str| -> i32 {
        let (_, day) = says.rsplit_once("until day ").unwrap_or_else(|| panic!("{says}"));
        day.trim_end_matches('.').parse().unwrap_or_else(|_| panic!("{says}"))
    };
    assert_eq!(until(&granted.says), granted.day + 60, "an order runs for 60 days");
    let extended = steps.iter().find(|step| step.act.contains("extends")).expect("it is extended");
    assert_eq!(until(&extended.says), granted.day + 60 + 60, "and an extension for 60 more");
}

#[test]
fn nobody_is_shown_who_takes_no_part() {
    for (replayed, account) in replayed() {
        let devices = replayed.runs[0].service.scope().devices;
        let carol = devices.iter().any(|device| device.owner() == User::Carol);
        assert_eq!(
            account.holders.iter().any(|holder| holder.id == "owner-carol"),
            carol,
            "{}",
            account.claim
        );
        let state = moment(&account.runs[0], 0, View::Full).expect("there is a beginning");
        assert_eq!(state.contains("Carol's phone"), carol, "{state}");
    }
}

/// What the provider's stores hold is a part of the explanation like what a log holds, in twins as in a class.
#[test]
fn what_the_stores_hold_is_said_with_its_cause() {
    let mut design = load("imessage-2016").expect("it ships");
    design.claims.push(ClaimText {
        id: "stores-prove-no-typing".to_owned(),
        kind: ClaimKind::NeverKnown,
        event: Event::Typed,
        absent: false,
        to: vec!["provider-store".to_owned()],
        sentence: "The stores never show who typed.".to_owned(),
    });
    let design = Arc::new(design);
    let claim = claims::of(&design).into_iter().find(|claim| claim.id == "stores-prove-no-typing");
    let cell = Cell { design, claim: claim.expect("it is the design's own"), question: 0 };
    let options = Options::default();
    let finding = check_one(&cell, &options);
    let trace = Trace::of(&cell, &finding, &options).unwrap_or_else(|| panic!("{finding:?}"));
    assert_eq!(trace.evidence.kind(), "twin", "{finding:?}");
    let account = account(&replay(&trace, false).expect("it replays"));
    let of = |what: &str| account.causes.iter().find(|cause| cause.entry.starts_with(what));
    let row = of("The query log: day").unwrap_or_else(|| panic!("{:#?}", account.causes));
    assert!(row.by.len() == 2 && of("registered: ").is_some(), "{:#?}", account.causes);
}

#[test]
fn one_step_is_shown_with_all_that_logs_record_of_it() {
    for (replayed, account) in replayed() {
        let run = &account.runs[0];
        for step in 1..=run.steps.len() {
            let options = mailcover_traces::TellOptions { step: Some(step), width: 10_000, color: false };
            let told = mailcover_traces::tell(&replayed, &options);
            let recorded = run.logged.iter().filter(|row| row.step == step).count();
            // Twins are told beside each other.
            let least = told.matches(" log records: ").count();
            assert!(least >= recorded, "{}, step {step}: {told}", account.claim);
            assert!(told.contains(" log now holds: "), "{told}");
        }
    }
}

/// A period of which something is shown is among those that are said to be scaled.
#[test]
fn a_row_that_is_deleted_early_has_its_period_said() {
    for (_, account) in replayed() {
        let deleted = account.runs.iter().flat_map(|run| &run.logged).any(|row| row.deleted.is_some());
        let scaled = account.grounds.iter().any(|ground| ground.contains("the query log keeps rows for"));
        assert!(!deleted || scaled, "{}: {:#?}", account.claim, account.grounds);
    }
}
