//! What a formula's evidence shows is so, and shows that the formula is true or false: from a part of the states as well.

use std::sync::Arc;

use mailcover_checker::dataflow::{self, Options};
use mailcover_checker::{
    Answer, Evidence, Formula, Inquiry, Limits, Outcome, PathOf, Question, af, ag, atom, au, common,
    distributed, ef, eg, eu, everyone, knows, plain,
};
use proptest::prelude::*;

use crate::web::{Web, webs};

/// Formulas whose evidence can be judged by looking at it.
fn formulas(web: &Web) -> Vec<Formula<Web>> {
    let (f, g) = (|| atom("f", web.fact(0)), || atom("g", web.fact(1)));
    vec![
        ef(f()),
        ag(f()),
        eg(f()),
        af(f()),
        eu(f(), g()),
        au(f(), g()),
        ag(knows(1, f())),
        ag(distributed(&[0, 1], f())),
        ag(everyone(&[0, 1], f())),
        ag(common(&[0, 1], f())),
    ]
}

/// Whether a run may end here: nothing follows, in the model and not only within its bounds.
fn ends(web: &Web, state: u8) -> bool {
    web.steps(state).is_empty() && !web.is_cut(state)
}

/// The states that a chain of lookalikes leads to.
fn linked(web: &Web, state: u8) -> Vec<u8> {
    let mut seen = vec![state];
    let mut at = 0;
    while let Some(state) = seen.get(at).copied() {
        let alike =
            |other: &u8| (0..2).any(|who| web.views[state as usize][who] == web.views[*other as usize][who]);
        let more: Vec<u8> =
            web.reachable().into_iter().filter(|it| alike(it) && !seen.contains(it)).collect();
        seen.extend(more);
        at += 1;
    }
    seen
}

/// Panics unless what is shown settles the formula of this number.
fn assert_settles(web: &Web, number: usize, answer: &Answer<u8, u8>) {
    let f = |state: &u8| web.facts[*state as usize][0];
    let g = |state: &u8| web.facts[*state as usize][1];
    let same =
        |who: usize, left: u8, right: u8| web.views[left as usize][who] == web.views[right as usize][who];
    // For ever so: the run ends, or goes round.
    let lasts = |so: &dyn Fn(&u8) -> bool| match &answer.evidence {
        Evidence::Run(run) => run.states.iter().all(so) && ends(web, *run.states.last().unwrap()),
        Evidence::Lasso { stem, cycle } => {
            !cycle.is_empty() && stem.states.iter().chain(&cycle.states).all(so)
        }
        Evidence::Closure => web.starts().any(|first| so(&first) && ends(web, first)),
        _ => false,
    };
    let leads = |before: &dyn Fn(&u8) -> bool, last: &dyn Fn(&u8) -> bool| match &answer.evidence {
        Evidence::Run(run) => {
            run.states.split_last().is_some_and(|(end, way)| way.iter().all(before) && last(end))
        }
        Evidence::Closure => web.starts().any(|first| last(&first)),
        _ => false,
    };
    let twins = |alike: &dyn Fn(u8, u8) -> bool| match &answer.evidence {
        Evidence::Twins { run, twin } => {
            let (here, there) = (*run.states.last().unwrap(), *twin.states.last().unwrap());
            alike(here, there) && !f(&there)
        }
        _ => false,
    };
    let settled = match (number, answer.outcome) {
        (0, Outcome::Holds) => leads(&|_| true, &f),
        (1, Outcome::Violated) => leads(&|_| true, &|state| !f(state)),
        (2, Outcome::Holds) => lasts(&f),
        (3, Outcome::Violated) => lasts(&|state| !f(state)),
        (4, Outcome::Holds) => leads(&f, &g),
        (5, Outcome::Violated) => {
            lasts(&|state| !g(state)) || leads(&|state| !g(state), &|state| !g(state) && !f(state))
        }
        (6, Outcome::Violated) => twins(&|here, there| same(1, here, there)),
        (7, Outcome::Violated) => twins(&|here, there| same(0, here, there) && same(1, here, there)),
        (8, Outcome::Violated) => twins(&|here, there| same(0, here, there) || same(1, here, there)),
        (9, Outcome::Violated) => twins(&|here, there| linked(web, here).contains(&there)),
        // What holds everywhere, or nowhere, no run shows.
        _ => true,
    };
    assert!(settled, "formula {number}, {:?}: {:?}", answer.outcome, answer.evidence);
}

/// Panics unless every run of the evidence is one of the model.
fn assert_runs(web: &Web, evidence: &Evidence<u8, u8>) {
    let run = |run: &PathOf<Web>| web.assert_run(run);
    match evidence {
        Evidence::Run(one) | Evidence::Class { run: one, .. } => run(one),
        Evidence::Twins { run: one, twin } => [one, twin].into_iter().for_each(run),
        Evidence::Lasso { stem, cycle } => {
            run(stem);
            web.assert_steps(cycle);
            assert_eq!((stem.states.last(), stem.states.last()), (cycle.states.first(), cycle.states.last()));
        }
        Evidence::Closure | Evidence::Nothing => {}
    }
}

fn assert_shown(web: &Web, limits: &Limits, threads: &[usize]) {
    let inquiry = Inquiry::new(formulas(web).into_iter().map(Question::formula).collect());
    let mut reports = vec![plain::answer(web, &inquiry, limits, &mut |_| {}).unwrap()];
    for threads in threads {
        let options = Options { limits: limits.clone(), threads: *threads, pinned: false };
        reports.push(dataflow::answer(Arc::new(web.clone()), &inquiry, &options, &mut |_| {}).unwrap());
    }
    let whole = plain::answer(web, &inquiry, &Limits::default(), &mut |_| {}).unwrap();
    for report in reports {
        for (number, (answer, whole)) in report.answers.iter().zip(&whole.answers).enumerate() {
            assert_runs(web, &answer.evidence);
            if matches!(answer.outcome, Outcome::Inconclusive(_)) {
                assert_eq!(answer.evidence, Evidence::Nothing);
                continue;
            }
            assert_eq!(answer.outcome, whole.outcome, "formula {number}");
            // Whatever speaks of all that somebody takes for possible holds only of what was exhausted.
            let speaks_of_knowledge = number >= 6;
            assert!(
                report.completion.limit().is_none()
                    || !speaks_of_knowledge
                    || answer.outcome == Outcome::Violated
            );
            assert_settles(web, number, answer);
        }
    }
}

fn limits(most: Option<usize>, depth: Option<usize>) -> Limits {
    Limits { max_states: most, max_depth: depth, ..Limits::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn evidence_settles_its_formula(
        mut web in webs(9),
        most in prop::option::of(1..8_usize),
        depth in prop::option::of(0..4_usize),
    ) {
        web.outside[web.initial[0] as usize] = false;
        assert_shown(&web, &limits(most, depth), &[1]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn several_workers_settle_no_more_than_is_so(
        mut web in webs(12),
        most in prop::option::of(1..8_usize),
        depth in prop::option::of(0..4_usize),
    ) {
        web.outside[web.initial[0] as usize] = false;
        assert_shown(&web, &limits(most, depth), &[2, 3]);
    }
}
