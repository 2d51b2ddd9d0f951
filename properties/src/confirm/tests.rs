use super::*;
use crate::check::{Cell, Options, check_one, confirmed, prepare};
use mailcover_model::action::Action;
use mailcover_model::design::library;
use mailcover_model::widening::{Respect, Widening};
use stateright::Model;
use std::sync::Arc;

/// What is said of the finding of a cell of `imessage-2016` after a change.
fn said(claim: &str, adversary: &str, change: fn(&mut Finding)) -> Result<(), String> {
    let (cell, finding) = found(("imessage-2016", claim, adversary));
    changed(&cell, &finding, change)
}

#[test]
fn what_was_found_is_confirmed() {
    let cells = [
        ("content-secret", "key-adder"),
        ("device-place-unknown", "query-log"),
        ("person-place-unknown", "query-log"),
        ("departed-or-told", "nobody"),
    ];
    for (claim, adversary) in cells {
        assert_eq!(said(claim, adversary, |_| {}), Ok(()), "{claim}");
    }
}

#[test]
fn a_run_that_ends_before_what_it_shows_is_refused() {
    let shorter = |finding: &mut Finding| {
        let Evidence::Run(run) = &mut finding.evidence else { panic!("a run was found") };
        run.actions.pop();
    };
    assert!(said("content-secret", "key-adder", shorter).is_err());
}

#[test]
fn a_run_that_shows_another_fact_is_refused() {
    let shorter = |finding: &mut Finding| {
        let Evidence::Class { run, .. } = &mut finding.evidence else { panic!("a class was found") };
        run.actions.clear();
        run.past.retain(|action| matches!(action, mailcover_model::action::Action::Turn { .. }));
    };
    assert!(said("device-place-unknown", "query-log", shorter).is_err());
}

#[test]
fn twins_that_agree_are_refused() {
    let alike = |finding: &mut Finding| {
        let Evidence::Twin { run, twin } = &mut finding.evidence else { panic!("twins were found") };
        *twin = run.clone();
    };
    assert!(said("person-place-unknown", "query-log", alike).is_err());
}

#[test]
fn a_circle_that_does_not_close_is_refused() {
    let open = |finding: &mut Finding| {
        let Evidence::Lasso { stem, .. } = &mut finding.evidence else { panic!("a lasso was found") };
        stem.actions.pop();
    };
    assert!(said("departed-or-told", "nobody", open).is_err());
}

#[test]
fn a_witness_that_does_not_exercise_is_refused() {
    let idle = |finding: &mut Finding| {
        finding.exercised.as_mut().expect("it was exercised").actions.clear();
    };
    assert!(said("content-secret", "key-adder", idle).is_err());
}

#[test]
fn what_holds_without_a_witness_is_refused() {
    let unexercised = |finding: &mut Finding| finding.exercised = None;
    assert!(said("person-place-unknown", "query-log", unexercised).is_err());
}

#[test]
fn an_exhausted_search_alone_breaks_no_claim_about_all_states() {
    let empty = |finding: &mut Finding| finding.evidence = Evidence::Closure;
    assert!(said("content-secret", "key-adder", empty).is_err());
    assert!(said("device-place-unknown", "query-log", empty).is_err());
    assert!(said("departed-or-told", "nobody", empty).is_err());
    assert!(
        said("entry-without-communication", "query-log", empty).is_err(),
        "nor shows that something is reached"
    );
}

/// Small cells, which rest on each kind of evidence for each kind of claim: design, claim, adversary.
const CELLS: [(&str, &str, &str); 9] = [
    ("sms", "bad-order-refused", "investigator"),
    ("bulk-access", "no-order-no-disclosure", "emergency-asker"),
    ("lookup-on-send", "departed-or-told", "nobody"),
    ("lookup-on-send", "use-proves-no-pair", "network"),
    ("lookup-on-send", "use-proves-no-pair", "provider"),
    ("report-bands-separate", "report-shows-few-security-demands", "public"),
    ("report-bands-lumped", "report-shows-few-security-demands", "public"),
    ("preserved", "preservation-outlives-retention", "preserver"),
    ("lookup-on-send", "entry-without-communication", "query-log"),
];

/// The cell, and what is found of it.
fn found((design, claim, adversary): (&str, &str, &str)) -> (Cell, Finding) {
    let cells = Cell::all(&Arc::new(library::load(design).unwrap()));
    let wanted = |cell: &Cell| cell.claim.id == claim && cell.question().adversary == adversary;
    let cell = cells.into_iter().find(wanted).unwrap();
    let finding = check_one(&cell, &Options::default());
    (cell, finding)
}

/// What is said of a finding after a change.
fn changed(cell: &Cell, finding: &Finding, change: impl FnOnce(&mut Finding)) -> Result<(), String> {
    let mut finding = finding.clone();
    change(&mut finding);
    confirmed(cell, &finding, &Options::default())
}

#[test]
fn what_shows_one_verdict_shows_no_other() {
    for names in CELLS {
        let (cell, finding) = found(names);
        assert_eq!(changed(&cell, &finding, |_| {}), Ok(()), "{names:?}");
        let other = if finding.verdict == Verdict::Holds { Verdict::Violated } else { Verdict::Holds };
        let said = changed(&cell, &finding, |finding| finding.verdict = other);
        assert!(said.is_err_and(|said| said.contains("decides no claim")), "{names:?}");
        if finding.evidence != Evidence::Closure {
            let bare = changed(&cell, &finding, |finding| finding.evidence = Evidence::Closure);
            let shows_all = finding.verdict == Verdict::Holds && cell.claim.id == "use-proves-no-pair";
            assert_eq!(
                bare.is_ok(),
                shows_all,
                "{names:?}: only that all states pass is shown by having searched all"
            );
        }
    }
}

#[test]
fn runs_that_show_something_else_are_refused() {
    for names in CELLS {
        let (cell, finding) = found(names);
        let without = |finding: &mut Finding| match &mut finding.evidence {
            Evidence::Closure => finding.exercised = Some(Recipe::default()),
            Evidence::Run(run) | Evidence::Class { run, .. } => *run = Recipe::default(),
            Evidence::Lasso { cycle, .. } => cycle.clear(),
            Evidence::Twin { run, twin } => std::mem::swap(run, twin),
        };
        assert!(changed(&cell, &finding, without).is_err(), "{names:?}");
    }
}

/// A part of a run that goes on for ever shows nothing of what comes after it.
#[test]
fn a_run_that_may_go_on_shows_nothing_of_its_end() {
    let (cell, finding) = found(CELLS[2]);
    let Evidence::Lasso { stem, .. } = &finding.evidence else { panic!("it goes round") };
    let said = |verdict: Verdict, run: &Recipe| {
        let evidence = Evidence::Run(run.clone());
        changed(&cell, &finding, |finding| (finding.verdict, finding.evidence) = (verdict, evidence))
    };
    assert_eq!(said(Verdict::Violated, stem), Err("the run may go on".to_owned()));
    assert!(said(Verdict::Holds, stem).is_err_and(|said| said.contains("decides no claim")));
    let past = Recipe { past: stem.past.clone(), actions: Vec::new() };
    let nothing = said(Verdict::Violated, &past);
    assert!(nothing.is_err_and(|said| said.starts_with("what was to stay so")), "nothing was sent");
}

/// Of what a bound removed nobody knows whether it would have come.
#[test]
fn a_run_that_a_bound_ends_shows_nothing_of_its_end() {
    let (cell, finding) = found(CELLS[0]);
    let (service, posed, context) = prepare(&cell, &Options::default()).unwrap();
    let (mut state, mut run) = (service.init_states()[0], Recipe::default());
    let enabled = |state: &State| {
        let step = |&action: &Action| service.step(state, action).map(|next| (action, next));
        service.all_actions().iter().rev().find_map(step)
    };
    while let Some((action, next)) = enabled(&state) {
        run.actions.push(action);
        state = next;
    }
    assert!(service.cut(&state), "a day more was possible but for the horizon");
    let shown = Shown { service: &service, posed: &posed, context: &context, finding: &finding };
    assert_eq!(shown.stops(&run), Err("the run may go on".to_owned()));
}

/// In a wider scope more may be done than the claim is about; that shows nothing of the claim.
#[test]
fn a_run_beyond_the_claims_own_scope_is_refused() {
    let wide = Options { widening: Widening { by: 1, respects: Respect::Run.into() }, ..Options::default() };
    let day = Action::Turn { keep: false };
    for claim in ["device-place-unknown", "person-place-unknown"] {
        let names = ("imessage-2016", claim, "query-log");
        let (cell, _) = found(names);
        let mut finding = check_one(&cell, &wide);
        let (service, posed, context) = prepare(&cell, &wide).unwrap();
        let said = loop {
            let said = confirm(&service, &posed, &context, &finding);
            if said.is_err() {
                break said;
            }
            match &mut finding.evidence {
                Evidence::Class { run, .. } => run.actions.push(day),
                Evidence::Twin { run, twin } => {
                    run.actions.push(day);
                    twin.actions.push(day);
                }
                other => panic!("{names:?}: {}", other.kind()),
            }
        };
        assert_eq!(said, Err("the run does more than the claim's own scope allows".to_owned()), "{claim}");
    }
}

#[test]
fn a_finding_of_another_question_is_refused() {
    let (cell, finding) = found(CELLS[0]);
    let changes: [fn(&mut Finding); 3] = [
        |finding| finding.formula.push('?'),
        |finding| finding.scope.push('?'),
        |finding| finding.fact.push('?'),
    ];
    for change in changes {
        assert!(changed(&cell, &finding, change).is_err());
    }
}
