//! **Traces made smaller and compared: what comes out replays, is no longer, and is the same every time.**

mod common;

use mailcover_checker::Limits;
use mailcover_model::action::Action;
use mailcover_properties::finding::Evidence;
use mailcover_traces::{Left, Trace, account, compare, held, insight, knows, minimize, replay, ways};

const START: Left<'static> = Left { run: 0, step: 0, actions: &[] };

fn steps(trace: &Trace) -> Vec<Action> {
    trace.evidence.recipes().iter().flat_map(|recipe| recipe.actions.clone()).collect()
}

/// The trace with other evidence and with hashes that fit it.
fn resealed(trace: &Trace, evidence: Evidence) -> Trace {
    use sha2::{Digest, Sha256};
    let mut changed = Trace { evidence, id: String::new(), ..trace.clone() };
    changed.id = hex::encode(Sha256::digest(serde_json::to_vec(&changed).expect("a trace is JSON")));
    changed
}

#[test]
fn what_is_made_smaller_replays_and_is_the_same_every_time() {
    for trace in common::all() {
        let smaller = minimize(trace, 60_000).expect("it replays").trace;
        assert!(steps(&smaller).len() <= steps(trace).len(), "{}", trace.claim);
        replay(&smaller, false).unwrap_or_else(|error| panic!("{}: {error}", trace.claim));
        let again = minimize(trace, 60_000).expect("it replays").trace;
        assert_eq!(smaller, again);
        let twice = minimize(&smaller, 60_000).expect("it replays").trace;
        assert_eq!(smaller, twice, "{} could have been smaller still", trace.claim);
    }
}

#[test]
fn the_providers_stores_hold_the_rows_of_the_providers_logs_and_none_of_the_carriers() {
    let replayed = replay(&common::all()[1], false).expect("it replays");
    let account = account(&replayed);
    let last = account.runs[0].steps.len();
    let rows = |who: &str| held(&account, 0, last, who).expect("the design has such an observer").rows;
    assert!(!rows("sms-log").is_empty() && !rows("query-log").is_empty(), "an SMS after a lookup");
    let stored = rows("provider-store");
    let of = |log: &str| stored.iter().filter(|(_, row)| row[0].starts_with(log)).count();
    assert_eq!(of("The query log: "), rows("query-log").len());
    assert_eq!(of("The SMS log: "), 0);
}

/// Where a choice is named, the claim comes out otherwise in a design that makes only that one otherwise, or by another run.
#[test]
fn a_trace_rests_on_the_choices_that_its_steps_need() {
    let rests_on = |claim: &str, adversary: &str| -> Vec<(String, String, bool)> {
        let trace = common::trace("imessage-2013", claim, adversary, None);
        let account = account(&replay(&trace, false).expect("it replays"));
        let choices = account.choices.into_iter();
        choices.map(|choice| (choice.knob, choice.value, choice.fact.is_some())).collect()
    };
    let owned = |all: &[(&str, &str, bool)]| -> Vec<(String, String, bool)> {
        all.iter().map(|&(knob, value, fact)| (knob.to_owned(), value.to_owned(), fact)).collect()
    };
    assert_eq!(rests_on("departed-or-told", "nobody"), owned(&[("messaging.expiry_notice", "false", false)]));
    assert_eq!(rests_on("sms-content-secret", "carrier"), owned(&[("fallback.sms", "true", true)]));
    let strung = rests_on("history-strung-together", "investigator");
    for choice in owned(&[
        ("directory.lookup_on", "type, refresh", false),
        ("legal.extensions", "1", false),
        ("legal.extension_of", "collection", false),
        ("log.query.yields_to", "pen-register", true),
    ]) {
        assert!(strung.contains(&choice), "{choice:?}: {strung:#?}");
    }
    assert!(!strung.iter().any(|(knob, ..)| knob == "fallback.sms"), "no SMS is in it: {strung:#?}");
}

/// Whatever tells two traces apart is named.
#[test]
fn traces_that_differ_are_not_said_to_be_the_same() {
    let trace = |kind: &str| {
        let found = common::all().iter().find(|trace| trace.evidence.kind() == kind);
        found.unwrap_or_else(|| panic!("no {kind} is among them")).clone()
    };
    let between = |one: &Trace, other: &Trace| {
        let shown = |trace: &Trace| replay(trace, false).unwrap_or_else(|error| panic!("{error}"));
        compare(&shown(one), &shown(other)).expect("they are compared")
    };
    let class = trace("class");
    let Evidence::Class { run, size } = class.evidence.clone() else { panic!("it is a class") };
    let larger = resealed(&class, Evidence::Class { run, size: size + 3 });
    assert!(between(&class, &larger).contains(&format!("evidence: class of {size} state")));
    let whole = resealed(&Trace { whole: true, ..class.clone() }, class.evidence.clone());
    assert!(between(&class, &whole).contains("left out: what does not matter | nothing"));
    let lasso = trace("lasso");
    let Evidence::Lasso { stem, cycle } = lasso.evidence.clone() else { panic!("it is a lasso") };
    let mut later = stem.clone();
    later.actions.extend(cycle.iter().copied());
    let longer = resealed(&lasso, Evidence::Lasso { stem: later, cycle });
    assert!(between(&lasso, &longer).contains("evidence: lasso that goes round after"));
    assert!(between(&class, &class).contains("Both traces answer the same question"));
    assert!(between(&class, &lasso).contains("about: "));
}

#[test]
fn steps_that_do_nothing_for_the_evidence_are_left_out() {
    let trace = &common::all()[1];
    let replayed = replay(trace, false).expect("it replays");
    let Evidence::Run(run) = &trace.evidence else { panic!("the text of an SMS is shown by a run") };
    // Go another way on: some step first that changes nothing of the rest.
    let idle = ways(&replayed, START).expect("there is a beginning").next;
    let longer = idle.iter().find_map(|next| {
        let action = replayed.runs[0].service.all_actions()[next.number];
        let mut longer = run.clone();
        longer.actions.insert(0, action);
        let trace = resealed(trace, Evidence::Run(longer));
        replay(&trace, false).ok().map(|_| trace)
    });
    let longer = longer.expect("something can happen besides");
    for most in [1, 1_000_000] {
        let smaller = minimize(&longer, most).expect("it replays");
        assert!(steps(&smaller.trace).len() < steps(&longer).len(), "{}", smaller.done);
        assert!(smaller.done.contains("instead of"), "{}", smaller.done);
    }
}

#[test]
fn a_trace_does_not_differ_from_itself() {
    for trace in common::all() {
        let replayed = replay(trace, false).expect("it replays");
        let said = compare(&replayed, &replayed).expect("they compare");
        assert!(said.starts_with("Both traces answer the same question"), "{said}");
        assert!(!said.contains("part"), "{said}");
    }
}

#[test]
fn traces_of_two_claims_part_in_the_question_and_in_what_happens() {
    let all = common::all();
    let (one, other) = (&all[0], &all[1]);
    let said = compare(&replay(one, false).expect("it replays"), &replay(other, false).expect("it replays"));
    let said = said.expect("they compare");
    assert!(said.contains("claim: content-secret | sms-content-secret"), "{said}");
    assert!(said.contains("part"), "{said}");
}

#[test]
fn another_way_on_is_gone_or_refused() {
    let replayed = replay(&common::all()[0], false).expect("it replays");
    let start = ways(&replayed, START).expect("there is a beginning");
    let first = start.next.first().expect("something is possible").number;
    let on = ways(&replayed, Left { actions: &[first], ..START }).expect("it is possible");
    assert_eq!(on.run.steps.len(), 1);
    assert!(start.alike.is_empty(), "a claim about texts is not about what somebody holds");
    let placed = replay(&common::all()[3], false).expect("it replays");
    let end = placed.runs[0].actions.len();
    assert_eq!(ways(&placed, Left { step: end, ..START }).expect("there is an end").alike, [true]);
    assert_eq!(ways(&placed, START).expect("there is a beginning").alike, [false]);
    let refused = |run, step, actions: &[usize]| {
        ways(&replayed, Left { run, step, actions }).expect_err("refused").to_string()
    };
    assert!(refused(7, 0, &[]).contains("run 8"));
    assert!(refused(0, 99, &[]).contains("the steps are 1 to"));
    assert!(refused(0, 0, &[usize::MAX]).contains("the page lists what is possible"));
    assert!(refused(0, 0, &[first; 201]).contains("at most 200"));
    assert!(refused(usize::MAX, 0, &[]).contains("there is no run"), "{}", refused(usize::MAX, 0, &[]));
}

#[test]
fn what_is_known_where_a_way_leads_is_what_the_search_of_the_trace_found() {
    let limits = Limits::default();
    let placed = replay(&common::all()[3], false).expect("it replays");
    let Evidence::Class { size, .. } = &placed.trace.evidence else { panic!("a place is shown by a class") };
    let search = insight(&placed, &limits, &mut |_| {}).expect("its scope is small");
    let end = Left { step: placed.runs[0].actions.len(), ..START };
    let there = knows(&placed, &search, end).expect("there is an end");
    assert_eq!(there.alike, *size);
    let said = |known: bool| there.lines.iter().filter(|line| line.known == known).collect::<Vec<_>>();
    assert!(said(true).iter().any(|line| line.says.starts_with("The adversary knows that a device of")));
    assert!(said(true).iter().all(|line| line.other.is_empty()), "{there:?}");
    let begun = knows(&placed, &search, START).expect("there is a beginning");
    assert!(begun.alike > 1 && begun.lines.iter().all(|line| !line.known), "{begun:?}");
    assert!(begun.lines.iter().all(|line| !line.other.is_empty()), "a run that looks the same is told");
    assert!(knows(&placed, &search, Left { run: 9, ..START }).is_err());
    let text = replay(&common::all()[0], false).expect("it replays");
    assert!(insight(&text, &limits, &mut |_| {}).is_err(), "a claim about texts is not about knowledge");
}
