//! The fast engine, the plain one and stateright's agree, on random models and whatever the number of workers.

use std::sync::Arc;

use mailcover_checker::dataflow::{self, Options};
use mailcover_checker::{
    Answer, Evidence, Graph, Inquiry, Limits, Outcome, Question, Report, inevitable_by_fixpoint, plain,
    second_engine,
};
use proptest::prelude::*;

use crate::formulas::{Shape, formula, shapes};
use crate::web::{Web, webs};

/// A question as plain data.
#[derive(Clone, Debug)]
enum Asked {
    Always(usize),
    Reachable(usize),
    Secret(Vec<usize>, u8),
    NeverKnown(usize, Vec<usize>),
    NeverKnownWhether(usize, Vec<usize>),
    Known(usize, Vec<usize>),
    Inevitable(usize, usize),
    Formula(Shape),
}

fn asked() -> impl Strategy<Value = Asked> {
    let fact = 0..2_usize;
    let group = || prop::sample::subsequence(vec![0_usize, 1], 1..=2);
    prop_oneof![
        fact.clone().prop_map(Asked::Always),
        fact.clone().prop_map(Asked::Reachable),
        (group(), 0..3_u8).prop_map(|(from, view)| Asked::Secret(from, view)),
        (fact.clone(), group()).prop_map(|(fact, to)| Asked::NeverKnown(fact, to)),
        (fact.clone(), group()).prop_map(|(fact, to)| Asked::NeverKnownWhether(fact, to)),
        (fact.clone(), group()).prop_map(|(fact, to)| Asked::Known(fact, to)),
        (fact.clone(), fact).prop_map(|(trigger, goal)| Asked::Inevitable(trigger, goal)),
        shapes().prop_map(Asked::Formula),
    ]
}

fn question(web: &Web, asked: &Asked) -> Question<Web> {
    match asked {
        Asked::Always(fact) => Question::always(web.fact(*fact)),
        Asked::Reachable(fact) => Question::reachable(web.fact(*fact)),
        Asked::Secret(from, wanted) => {
            let wanted = *wanted;
            Question::secret(from, move |views| views.iter().all(|view| *view == wanted))
        }
        Asked::NeverKnown(fact, to) => {
            let other: Arc<dyn Fn(&u8) -> bool + Send + Sync> = Arc::new(web.fact(1 - *fact));
            Question::never_known(web.fact(*fact), to).showing(&other)
        }
        Asked::NeverKnownWhether(fact, to) => Question::never_known_whether(web.fact(*fact), to),
        Asked::Known(fact, to) => Question::known(web.fact(*fact), to),
        Asked::Inevitable(trigger, goal) => Question::inevitable(web.fact(*trigger), web.fact(*goal)),
        Asked::Formula(shape) => Question::formula(formula(web, shape)),
    }
}

fn on_threads(web: &Web, inquiry: &Inquiry<Web>, limits: &Limits, threads: usize) -> Report<Web> {
    let options = Options { limits: limits.clone(), threads, pinned: false };
    dataflow::answer(Arc::new(web.clone()), inquiry, &options, &mut |_| {}).expect("a table is deterministic")
}

fn on_plain(web: &Web, inquiry: &Inquiry<Web>, limits: &Limits) -> Report<Web> {
    plain::answer(web, inquiry, limits, &mut |_| {}).expect("a table is deterministic")
}

/// The length of the run of which the evidence consists, or of the first of two. Of states that are equally deep the
/// engines may choose different ones, whose twins and classes differ.
fn length(evidence: &Evidence<u8, u8>) -> Option<usize> {
    match evidence {
        Evidence::Run(run) | Evidence::Class { run, .. } | Evidence::Twins { run, .. } => Some(run.len()),
        Evidence::Lasso { stem, .. } => Some(stem.len()),
        Evidence::Closure | Evidence::Nothing => None,
    }
}

/// Panics unless every run of the evidence is one, and shows what it is to show.
fn assert_shows(web: &Web, asked: &Asked, answer: &Answer<u8, u8>) {
    let last = |run: &mailcover_checker::PathOf<Web>| *run.last().expect("a run is never empty");
    let holds = |fact: usize, state: u8| web.facts[state as usize][fact];
    let same = |to: &[usize], left: u8, right: u8| {
        to.iter().all(|who| web.views[left as usize][*who] == web.views[right as usize][*who])
    };
    match &answer.evidence {
        Evidence::Run(run) | Evidence::Class { run, .. } => web.assert_run(run),
        Evidence::Twins { run, twin } => {
            web.assert_run(run);
            web.assert_run(twin);
        }
        Evidence::Lasso { stem, cycle } => {
            web.assert_run(stem);
            web.assert_steps(cycle);
            assert_eq!((stem.last(), stem.last()), (cycle.states.first(), cycle.last()));
        }
        Evidence::Closure | Evidence::Nothing => {}
    }
    match (asked, &answer.evidence) {
        (Asked::Always(fact), Evidence::Run(run)) => assert!(!holds(*fact, last(run))),
        (Asked::Reachable(fact), Evidence::Run(run)) => assert!(holds(*fact, last(run))),
        (Asked::NeverKnown(fact, to), Evidence::Twins { run, twin }) => {
            assert!(holds(*fact, last(run)) && !holds(*fact, last(twin)) && same(to, last(run), last(twin)));
        }
        (Asked::NeverKnownWhether(fact, to) | Asked::Known(fact, to), Evidence::Twins { run, twin }) => {
            assert!(holds(*fact, last(run)) && !holds(*fact, last(twin)));
            assert!(same(to, last(run), last(twin)));
            let twins =
                web.reachable().into_iter().filter(|it| same(to, *it, last(run)) && !holds(*fact, *it));
            assert_eq!(twins.map(|it| web.depth(it)).min(), Some(twin.len()));
        }
        (Asked::NeverKnown(fact, to), Evidence::Class { run, size }) => {
            let class: Vec<u8> = web.reachable().into_iter().filter(|it| same(to, *it, last(run))).collect();
            assert_eq!(class.len(), *size);
            assert!(class.iter().all(|it| holds(*fact, *it)));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Where something is never known, the sample also shows what it is asked to show, wherever it can.
    #[test]
    fn samples_show_what_they_are_asked_to(mut web in webs(9), to in prop::sample::subsequence(vec![0_usize, 1], 1..=2)) {
        web.outside[web.initial[0] as usize] = false;
        let inquiry = Inquiry::new(vec![question(&web, &Asked::NeverKnown(0, to))]).of_states(|state| *state % 3 != 0);
        let reached = web.reachable().into_iter().filter(|state| *state % 3 != 0 && web.facts[*state as usize][0]);
        let (telling, plain): (Vec<u8>, Vec<u8>) = reached.partition(|state| web.facts[*state as usize][1]);
        let expected = |states: &[u8]| states.iter().map(|state| web.depth(*state)).min();
        for report in [on_plain(&web, &inquiry, &Limits::default()), on_threads(&web, &inquiry, &Limits::default(), 2)] {
            if let Evidence::Twins { run, .. } = &report.answers[0].evidence {
                let depth = expected(&telling).or_else(|| expected(&plain));
                prop_assert_eq!(Some(run.len()), depth);
                prop_assert_eq!(web.facts[*run.last().unwrap() as usize][1], !telling.is_empty());
            }
        }
    }

    #[test]
    fn the_engines_agree(
        mut web in webs(9),
        asked in prop::collection::vec(asked(), 1..6),
        matters in any::<bool>(),
    ) {
        web.outside[web.initial[0] as usize] = false;
        let mut inquiry = Inquiry::new(asked.iter().map(|asked| question(&web, asked)).collect());
        if matters {
            inquiry = inquiry.of_states(|state| *state % 3 != 0);
        }
        let limits = Limits::default();
        let oracle = on_plain(&web, &inquiry, &limits);
        let one = on_threads(&web, &inquiry, &limits, 1);
        prop_assert_eq!(&one.layers, &oracle.layers);
        prop_assert_eq!(one.generated, oracle.generated);
        for (asked, (fast, slow)) in asked.iter().zip(one.answers.iter().zip(&oracle.answers)) {
            prop_assert_eq!(fast.outcome, slow.outcome, "{:?}", asked);
            prop_assert_eq!(fast.classes, slow.classes);
            // Evidence for a formula is the first that is found, and neither engine's is the shortest of all.
            if !matches!(asked, Asked::Formula(_)) {
                prop_assert_eq!(length(&fast.evidence), length(&slow.evidence), "{:?}", asked);
            }
            assert_shows(&web, asked, fast);
            assert_shows(&web, asked, slow);
        }
    }

    #[test]
    fn stateright_counts_the_same(mut web in webs(9), fact in 0..2_usize) {
        web.outside[web.initial[0] as usize] = false;
        let inquiry = Inquiry::new(vec![Question::always(web.fact(fact)), Question::reachable(web.fact(fact))]);
        let report = on_threads(&web, &inquiry, &Limits::default(), 1);
        let always = second_engine::always(Arc::new(web.clone()), web.fact(fact), 1);
        let reachable = second_engine::reachable(Arc::new(web.clone()), web.fact(fact), 1);
        prop_assert_eq!(report.unique_states(), always.unique_states);
        prop_assert_eq!(report.answers[0].outcome == Outcome::Violated, always.discovered);
        prop_assert_eq!(report.answers[1].outcome == Outcome::Holds, reachable.discovered);
    }

    #[test]
    fn what_is_inevitable_is_so_by_fixpoint(mut web in webs(9)) {
        web.outside[web.initial[0] as usize] = false;
        let inquiry = Inquiry::new(vec![Question::inevitable(web.fact(0), web.fact(1))]);
        let report = on_threads(&web, &inquiry, &Limits::default(), 1);
        let exploration = report.exploration.as_ref().expect("the question needs the states");
        let graph = Graph::build(&web, exploration).expect("a table is deterministic");
        let again = inevitable_by_fixpoint(exploration, &graph, web.fact(0), web.fact(1));
        prop_assert_eq!(Ok(report.answers[0].outcome), again);
    }

    #[test]
    fn stopping_early_changes_no_answer(mut web in webs(12), asked in prop::collection::vec(asked(), 1..4)) {
        web.outside[web.initial[0] as usize] = false;
        let questions = || asked.iter().map(|asked| question(&web, asked)).collect();
        let whole = on_threads(&web, &Inquiry::new(questions()), &Limits::default(), 1);
        let early = on_threads(&web, &Inquiry::new(questions()).stopping_early(), &Limits::default(), 1);
        prop_assert_eq!(&early.answers, &whole.answers);
        prop_assert!(early.unique_states() <= whole.unique_states());
    }

    /// Where a run settles the question that is reason to give up, the search ends with its layer or the next; where
    /// none does, all is answered.
    #[test]
    fn giving_up_ends_the_search_where_it_is_settled(
        mut web in webs(12),
        asked in prop::collection::vec(asked(), 1..4),
        stopping_early in any::<bool>(),
    ) {
        web.outside[web.initial[0] as usize] = false;
        let questions = || asked.iter().map(|asked| question(&web, asked)).collect();
        let inquiry = || {
            let inquiry = Inquiry::new(questions());
            if stopping_early { inquiry.stopping_early() } else { inquiry }
        };
        let alone = on_plain(&web, &Inquiry::new(vec![Question::reachable(web.fact(0))]), &Limits::default());
        // No thread stands for the plain engine.
        let on = |threads: usize, inquiry: &Inquiry<Web>| match threads {
            0 => on_plain(&web, inquiry, &Limits::default()),
            _ => on_threads(&web, inquiry, &Limits::default(), threads),
        };
        for threads in [0, 1, 2] {
            let without = on(threads, &inquiry());
            let report = on(threads, &inquiry().giving_up_at(Question::reachable(web.fact(0))));
            let (last, others) = report.answers.split_last().expect("two questions were asked");
            match (&last.evidence, &alone.answers[0].evidence) {
                (Evidence::Run(run), Evidence::Run(shortest)) => {
                    prop_assert_eq!(run.len(), shortest.len());
                    prop_assert!(run.last().is_some_and(web.fact(0)));
                    prop_assert!(report.depth() <= run.len() + 1, "{threads} threads");
                }
                (Evidence::Run(_), _) => prop_assert!(false, "nothing leads there"),
                // Either nothing leads there, or all that was waited for was settled before.
                _ => {
                    prop_assert_eq!(others, without.answers.as_slice());
                    prop_assert!(stopping_early || alone.answers[0].outcome == Outcome::Violated);
                }
            }
        }
    }

    /// What a part of the states settles, the whole settles in the same way.
    #[test]
    fn what_is_settled_early_is_settled(
        mut web in webs(9),
        asked in prop::collection::vec(asked(), 1..6),
        depth in 0..4_usize,
        states in 1..8_usize,
    ) {
        web.outside[web.initial[0] as usize] = false;
        let inquiry = Inquiry::new(asked.iter().map(|asked| question(&web, asked)).collect());
        let whole = on_plain(&web, &inquiry, &Limits::default());
        for limits in [
            Limits { max_depth: Some(depth), ..Limits::default() },
            Limits { max_states: Some(states), ..Limits::default() },
        ] {
            let most = limits.max_states.unwrap_or(usize::MAX);
            for part in [on_plain(&web, &inquiry, &limits), on_threads(&web, &inquiry, &limits, 1)] {
                prop_assert!(part.unique_states() <= most);
                prop_assert!(part.depth() <= limits.max_depth.unwrap_or(usize::MAX));
                for (asked, (part, whole)) in asked.iter().zip(part.answers.iter().zip(&whole.answers)) {
                    if !matches!(part.outcome, Outcome::Inconclusive(_)) {
                        prop_assert_eq!(part.outcome, whole.outcome, "{:?}", asked);
                        assert_shows(&web, asked, part);
                    }
                }
            }
            let one = on_threads(&web, &inquiry, &limits, 1);
            if limits.max_depth.is_some() {
                let oracle = on_plain(&web, &inquiry, &limits);
                prop_assert_eq!(one.layers, oracle.layers);
                prop_assert_eq!(one.completion, oracle.completion);
            }
        }
    }
}

// Workers take turns on few processors, so that many small searches on several threads take long.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn the_number_of_workers_changes_nothing(
        mut web in webs(12),
        asked in prop::collection::vec(asked(), 1..6),
        stopping_early in any::<bool>(),
    ) {
        web.outside[web.initial[0] as usize] = false;
        let mut inquiry = Inquiry::new(asked.iter().map(|asked| question(&web, asked)).collect());
        if stopping_early {
            inquiry = inquiry.stopping_early();
        }
        let one = on_threads(&web, &inquiry, &Limits::default(), 1);
        for threads in [2, 3] {
            let many = on_threads(&web, &inquiry, &Limits::default(), threads);
            prop_assert_eq!(&many.layers, &one.layers);
            prop_assert_eq!(many.generated, one.generated);
            prop_assert_eq!(many.completion, one.completion);
            prop_assert_eq!(&many.answers, &one.answers);
        }
    }
}
