//! A partial search settles what it can, never contradicts the whole, and never claims closure.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use mailcover_checker::{
    ClassTable, Completion, Doubt, Evaluator, Evidence, Limit, Limits, Outcome, Progress, always, explore,
    inevitable, inevitable_by_fixpoint, reachable,
};
use proptest::prelude::*;

use crate::formulas::{formula, shapes};
use crate::web::{ACTIONS, Web, webs};

/// All outcomes within these limits: those that need closure to hold, then `reachable`.
fn outcomes(web: &Web, limits: &Limits) -> (Option<Limit>, [Outcome; 7]) {
    let (exploration, graph) = web.search_within(limits);
    let (fact, other) = (web.fact(0), web.fact(1));
    let table = ClassTable::build(web, &exploration, &[0], &[&fact], Some(&other)).unwrap();
    let outcomes = [
        always(web, &exploration, &fact).unwrap().outcome,
        table.never_known(0).unwrap().outcome,
        table.never_known_whether(0).unwrap().outcome,
        table.known(0).unwrap().outcome,
        inevitable(web, &exploration, &graph, &other, &fact).unwrap().outcome,
        inevitable_by_fixpoint(&exploration, &graph, &other, &fact).unwrap(),
        reachable(web, &exploration, &fact).unwrap().outcome,
    ];
    (exploration.limit(), outcomes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_part_never_contradicts_the_whole(
        web in webs(12),
        max_states in prop::option::of(0..12_usize),
        max_depth in prop::option::of(0..5_usize),
    ) {
        let limits = Limits { max_states, max_depth, ..Limits::default() };
        let (limit, partial) = outcomes(&web, &limits);
        let (_, whole) = outcomes(&web, &Limits::default());
        let Some(limit) = limit else {
            prop_assert_eq!(partial, whole);
            return Ok(());
        };
        for (part, whole) in partial.iter().zip(&whole) {
            let doubt = Outcome::Inconclusive(Doubt::Limit(limit));
            prop_assert!(*part == doubt || part == whole, "{part:?} contradicts {whole:?}");
        }
        prop_assert!(!partial[..6].contains(&Outcome::Holds));
        for never_partial in [partial[1], partial[2], partial[6]] {
            prop_assert_ne!(never_partial, Outcome::Violated);
        }
    }

    #[test]
    fn what_is_kept_is_a_prefix(web in webs(12), most in 0..12_usize) {
        let (whole, _) = web.search();
        let (part, _) = web.search_within(&Limits { max_states: Some(most), ..Limits::default() });
        prop_assert!(part.states().eq(whole.states().take(most)));
        prop_assert_eq!(part.limit().is_some(), whole.unique_states() > most);
        prop_assert_eq!(part.layers().iter().sum::<usize>(), part.unique_states());
        for id in 0..part.unique_states() {
            prop_assert_eq!(part.depth_of(id), whole.depth_of(id));
            web.assert_run(&part.path_to(&web, id).unwrap());
        }

        let (part, _) = web.search_within(&Limits { max_depth: Some(most), ..Limits::default() });
        let kept = whole.layers().len().min(most + 1);
        prop_assert_eq!(part.layers(), &whole.layers()[..kept]);
        prop_assert_eq!(part.limit().is_some(), whole.layers().len() > kept);
    }

    #[test]
    fn nobody_knows_for_certain_from_a_part(web in webs(12), most in 0..12_usize) {
        let (part, _) = web.search_within(&Limits { max_states: Some(most), ..Limits::default() });
        let (whole, _) = web.search();
        let fact = web.fact(0);
        let of = |found| ClassTable::build(&web, found, &[0], &[&fact], None).unwrap();
        let (in_part, in_whole) = (of(&part), of(&whole));
        for id in 0..part.unique_states() {
            let knows = in_part.knows(0, id);
            prop_assert!(knows.is_none() || knows == in_whole.knows(0, id));
            prop_assert!(part.limit().is_none() || knows != Some(true));
        }
    }

    /// What is certain of a part is so of the whole, and what is possible in the whole is so in the part. Of a whole that no
    /// bound cuts, all is certain.
    #[test]
    fn formulas_of_a_part_are_bounded_by_the_whole(web in webs(9), shape in shapes(), most in 1..7_usize) {
        let (whole, graph) = web.search();
        let formula = formula(&web, &shape);
        let truth = Evaluator::new(&web, &whole, &graph).expect("it is its graph").truth(&formula);
        if !whole.states().any(|state| web.is_cut(*state)) {
            prop_assert_eq!(&truth.certain, &truth.possible);
        }
        let (part, graph) = web.search_within(&Limits { max_states: Some(most), ..Limits::default() });
        let bounds = Evaluator::new(&web, &part, &graph).expect("it is its graph").truth(&formula);
        for (id, state) in part.states().enumerate() {
            let there = whole.id_of(state).expect("the whole has all states");
            prop_assert!(truth.certain[there] || !bounds.certain[id], "{formula} in {state}");
            prop_assert!(!truth.possible[there] || bounds.possible[id], "{formula} in {state}");
        }
        if part.limit().is_none() {
            prop_assert_eq!(bounds, truth);
        }
    }
}

/// A line of so many states that its memory and time can be limited.
fn line(states: u8) -> Web {
    let next = |state: u8| [(state + 1 < states).then_some(state + 1), None, None, None];
    Web::with(&(0..states).map(next).collect::<Vec<_>>())
}

#[test]
fn a_limit_that_is_just_enough_is_no_limit() {
    let web = line(10);
    let within = |max_states, max_depth| {
        let limits = Limits { max_states, max_depth, ..Limits::default() };
        web.search_within(&limits).0.complete()
    };
    assert_eq!(within(Some(10), Some(9)), Completion::Complete);
    assert_eq!(within(Some(9), None), Completion::Cut(Limit::States(9)));
    assert_eq!(within(None, Some(8)), Completion::Cut(Limit::Depth(8)));
}

#[test]
fn memory_is_never_exceeded() {
    let web = line(200);
    for bytes in [0, 100, 1_000, 3_000, 100_000] {
        let limits = Limits { max_memory: Some(bytes), ..Limits::default() };
        let (exploration, _) = web.search_within(&limits);
        let cut = exploration.unique_states() < 200;
        assert_eq!(exploration.limit(), cut.then_some(Limit::Memory(bytes)));
        assert!(exploration.memory() <= bytes);
    }
}

#[test]
fn time_and_interruption_end_a_search() {
    let web = line(10);
    let limits = Limits { max_time: Some(Duration::ZERO), ..Limits::default() };
    assert_eq!(web.search_within(&limits).0.limit(), Some(Limit::Time(Duration::ZERO)));
    let stop = Some(Arc::new(AtomicBool::new(true)));
    let limits = Limits { stop, ..Limits::default() };
    let (exploration, _) = web.search_within(&limits);
    assert_eq!(exploration.limit(), Some(Limit::Interrupted));
    assert_eq!(exploration.layers(), [1]);
}

#[test]
fn progress_is_reported_once_per_layer() {
    let mut layers = Vec::new();
    let mut note = |progress: &Progress| {
        assert_eq!((progress.states, progress.frontier), (progress.layer + 1, 1));
        layers.push(progress.layer);
    };
    explore(&line(5), &Limits::default(), &mut note);
    assert_eq!(layers, [0, 1, 2, 3, 4]);
}

#[test]
fn a_model_without_states_has_nothing_against_it() {
    let mut web = line(2);
    web.outside = vec![true; 2];
    let (exploration, graph) = web.search();
    assert_eq!((exploration.unique_states(), exploration.depth()), (0, 0));
    assert!(graph.is_empty());
    let answer = always(&web, &exploration, |_| false).unwrap();
    assert_eq!((answer.outcome, answer.evidence), (Outcome::Holds, Evidence::Closure));
}

#[test]
fn a_boundary_cuts_a_run_short() {
    let mut web = line(3);
    web.outside[2] = true;
    web.fair = [true; ACTIONS];
    let (exploration, graph) = web.search();
    let answer = inevitable(&web, &exploration, &graph, |_| true, |state| *state == 2).unwrap();
    assert_eq!(answer.outcome, Outcome::Inconclusive(Doubt::CutByBound));
}

#[test]
fn limits_are_sentences() {
    assert_eq!(Limit::States(7).to_string(), "The search stopped at 7 states.");
    assert_eq!(Limit::Interrupted.to_string(), "The search was interrupted.");
    assert_eq!(Completion::Complete.to_string(), "Every reachable state was searched.");
    assert_eq!(Doubt::CutByBound.to_string(), "Some run could go on only beyond a bound.");
}
