//! **What is exported says what replay found: ITF is read back by another's reader, and nothing hostile gets through.**

mod common;

use itf::value::Value as ItfValue;
use mailcover_traces::{
    Account, Replayed, Trace, View, account, apply, held, markdown, mermaid, moment, picture, replay,
};
use serde_json::Value;

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
                assert_eq!(variable.get("day"), Some(&day));
                let taken = variable.get("mbt::actionTaken").expect("there is an action");
                assert_eq!(*taken == ItfValue::String("init".to_owned()), at == 0);
                assert!(matches!(variable.get("mbt::nondetPicks"), Some(ItfValue::Record(_))));
            }
            assert_eq!(raw["#meta"]["format"], "ITF");
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
fn a_picture_begins_with_the_rows_from_before_the_run() {
    let (said, _) = pictured("history-strung-together", "investigator");
    let before = "from before: day −1, Alice, Bob's number, from home, 1 device Day 0";
    assert!(said.contains(before), "{said}");
}
