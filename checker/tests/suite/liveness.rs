//! What cannot be avoided: components, fixpoint and the definition of a fair run agree.

use std::collections::BTreeSet;

use mailcover_checker::{Doubt, Evidence, Outcome, PathOf, inevitable, inevitable_by_fixpoint};
use proptest::prelude::*;

use crate::web::{ACTIONS, Web, webs};

/// Whether what a cut state lacks is taken for disabled.
#[derive(Clone, Copy, PartialEq)]
enum Trust {
    Nothing,
    Everything,
}

/// What is still owed to fairness: one bit per fair action, and one for a state to be trusted.
fn owed(web: &Web) -> u8 {
    (0..ACTIONS).filter(|action| web.fair[*action]).map(|action| 1 << action).sum::<u8>() | 16
}

/// What being in this state does for fairness.
fn paid_by(web: &Web, state: u8, trust: Trust) -> u8 {
    if trust == Trust::Nothing && web.is_cut(state) {
        return 0;
    }
    let enabled: u8 = web.steps(state).iter().map(|(action, _)| 1 << action).sum();
    !enabled & 15 | 16
}

/// The states that walks of at least zero steps lead to without passing the goal, from a state
/// with nothing paid, each with what has been paid on the way.
fn walks(web: &Web, start: u8, trust: Trust, goal: &dyn Fn(&u8) -> bool) -> BTreeSet<(u8, u8, bool)> {
    let mut seen = BTreeSet::new();
    let mut todo = vec![(start, 0, false)];
    while let Some((state, paid, moved)) = todo.pop() {
        if seen.insert((state, paid, moved)) {
            for (action, next) in web.steps(state).into_iter().filter(|(_, next)| !goal(next)) {
                todo.push((next, paid | 1 << action | paid_by(web, next, trust), true));
            }
        }
    }
    seen
}

/// Whether a run that avoids the goal may end in this state, or pass it for ever, fairly.
fn is_culprit(web: &Web, state: u8, trust: Trust, goal: &dyn Fn(&u8) -> bool) -> bool {
    let trusted = trust == Trust::Everything || !web.is_cut(state);
    let owed = owed(web);
    let back = |(end, paid, moved): &(u8, u8, bool)| *moved && *end == state && paid & owed == owed;
    web.steps(state).is_empty() && trusted || walks(web, state, trust, goal).iter().any(back)
}

/// Whether some fair maximal run from here never reaches the goal, by looking at every walk.
fn avoidable(web: &Web, start: u8, trust: Trust, goal: &dyn Fn(&u8) -> bool) -> bool {
    let reached = walks(web, start, trust, goal);
    reached.iter().any(|(state, ..)| is_culprit(web, *state, trust, goal))
}

/// The length of a shortest run through a trigger, and on without the goal, to a certain culprit.
fn shortest(web: &Web, trigger: &dyn Fn(&u8) -> bool, goal: &dyn Fn(&u8) -> bool) -> Option<usize> {
    let arrive = |state: u8, armed: bool| (state, !goal(&state) && (armed || trigger(&state)));
    let inside = web.initial.iter().filter(|state| !web.outside[**state as usize]);
    let mut layer: BTreeSet<(u8, bool)> = inside.map(|state| arrive(*state, false)).collect();
    for length in 0..=2 * web.next.len() {
        let culprit = |(state, armed): &(u8, bool)| *armed && is_culprit(web, *state, Trust::Nothing, goal);
        if layer.iter().any(culprit) {
            return Some(length);
        }
        let steps = layer
            .iter()
            .flat_map(|(state, armed)| web.steps(*state).into_iter().map(|(_, to)| arrive(to, *armed)));
        layer = steps.collect();
    }
    None
}

fn by_definition(web: &Web, trigger: &dyn Fn(&u8) -> bool, goal: &dyn Fn(&u8) -> bool) -> Outcome {
    let starts = || web.reachable().into_iter().filter(|state| trigger(state) && !goal(state));
    if starts().any(|start| avoidable(web, start, Trust::Nothing, goal)) {
        Outcome::Violated
    } else if starts().any(|start| avoidable(web, start, Trust::Everything, goal)) {
        Outcome::Inconclusive(Doubt::CutByBound)
    } else {
        Outcome::Holds
    }
}

/// Panics unless the evidence shows a fair run that avoids the goal.
fn assert_avoids(
    web: &Web,
    evidence: &Evidence<u8, u8>,
    trigger: &dyn Fn(&u8) -> bool,
    goal: &dyn Fn(&u8) -> bool,
) {
    let triggered = |run: &PathOf<Web>| {
        let after = run.states.iter().rposition(goal).map_or(0, |last| last + 1);
        run.states[after..].iter().any(trigger)
    };
    match evidence {
        Evidence::Run(run) => {
            web.assert_run(run);
            assert!(triggered(run));
            let end = *run.last().unwrap();
            assert!(web.steps(end).is_empty() && !web.is_cut(end));
        }
        Evidence::Lasso { stem, cycle } => {
            web.assert_run(stem);
            web.assert_steps(cycle);
            assert!(triggered(stem));
            assert!(!cycle.is_empty());
            assert_eq!(stem.last(), cycle.states.first());
            assert_eq!(stem.last(), cycle.last());
            assert!(!cycle.states.iter().any(goal));
            for action in (0..ACTIONS as u8).filter(|action| web.fair[*action as usize]) {
                let taken = cycle.actions.contains(&action);
                let disabled = cycle
                    .states
                    .iter()
                    .any(|state| web.next[*state as usize][action as usize].is_none() && !web.is_cut(*state));
                assert!(taken || disabled, "{action} is put off for ever");
            }
        }
        other => panic!("{other:?} shows nothing"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn three_ways_agree(web in webs(9)) {
        let (exploration, graph) = web.search();
        let (trigger, goal) = (web.fact(0), web.fact(1));
        let answer = inevitable(&web, &exploration, &graph, &trigger, &goal).unwrap();
        let fixpoint = inevitable_by_fixpoint(&exploration, &graph, &trigger, &goal).unwrap();
        prop_assert_eq!(answer.outcome, fixpoint);
        prop_assert_eq!(answer.outcome, by_definition(&web, &trigger, &goal));
        if answer.outcome == Outcome::Violated {
            assert_avoids(&web, &answer.evidence, &trigger, &goal);
            let shown = match answer.evidence {
                Evidence::Run(run) => Some(run.len()),
                Evidence::Lasso { stem, .. } => Some(stem.len()),
                _ => None,
            };
            prop_assert_eq!(shown, shortest(&web, &trigger, &goal));
        }
    }
}

/// One check for the cases below: the goal is the last state, the trigger the first one.
fn check(web: &Web, expected: Outcome) -> Evidence<u8, u8> {
    let (exploration, graph) = web.search();
    let last = web.next.len() as u8 - 1;
    let (trigger, goal) = (|state: &u8| *state == 0, |state: &u8| *state == last);
    let answer = inevitable(web, &exploration, &graph, trigger, goal).unwrap();
    let fixpoint = inevitable_by_fixpoint(&exploration, &graph, trigger, goal).unwrap();
    assert_eq!((answer.outcome, fixpoint), (expected, expected));
    answer.evidence
}

#[test]
fn a_person_may_walk_in_a_circle_for_ever() {
    let web = Web::with(&[[Some(0), Some(1), None, None], [None; 4]]);
    let Evidence::Lasso { stem, cycle } = check(&web, Outcome::Violated) else {
        panic!("no lasso");
    };
    assert_eq!((stem.actions, cycle.actions), (vec![], vec![0]));
}

#[test]
fn a_circle_is_no_longer_than_it_must_be() {
    let web = Web::with(&[[Some(1), Some(0), None, None], [Some(0), None, None, None], [None; 4]]);
    let Evidence::Lasso { cycle, .. } = check(&web, Outcome::Violated) else {
        panic!("no lasso");
    };
    assert_eq!(cycle.actions, [1]);
}

#[test]
fn machinery_does_not_wait_for_ever() {
    let mut web = Web::with(&[[Some(0), Some(1), None, None], [None; 4]]);
    web.fair[1] = true;
    assert_eq!(check(&web, Outcome::Holds), Evidence::Closure);
}

#[test]
fn machinery_waits_if_it_is_disabled_now_and_then() {
    // Weak fairness: the action into the goal is enabled in the first state only.
    let mut web = Web::with(&[[Some(1), Some(2), None, None], [Some(0), None, None, None], [None; 4]]);
    web.fair[1] = true;
    let Evidence::Lasso { stem, cycle } = check(&web, Outcome::Violated) else {
        panic!("no lasso");
    };
    assert_eq!((stem.actions, cycle.actions), (vec![], vec![0, 0]));
}

#[test]
fn a_join_is_no_cycle() {
    // Two ways to the same state, which stateright's `eventually` confuses with a cycle.
    let web = Web::with(&[
        [Some(1), Some(2), None, None],
        [Some(3), None, None, None],
        [Some(3), None, None, None],
        [None; 4],
    ]);
    assert_eq!(check(&web, Outcome::Holds), Evidence::Closure);
}

#[test]
fn a_dead_end_is_final_unless_a_bound_made_it() {
    let mut web = Web::with(&[[Some(1), Some(2), None, None], [None; 4], [None; 4]]);
    let Evidence::Run(run) = check(&web, Outcome::Violated) else { panic!("no run") };
    assert_eq!(run.actions, [0]);
    web.cut[1] = true;
    assert_eq!(check(&web, Outcome::Inconclusive(Doubt::CutByBound)), Evidence::Nothing);
}

#[test]
fn what_a_bound_removed_is_not_disabled() {
    let mut web =
        Web::with(&[[Some(1), None, None, None], [Some(1), None, None, None], [None, Some(2), None, None]]);
    web.initial = vec![0, 2];
    web.fair[1] = true;
    assert!(matches!(check(&web, Outcome::Violated), Evidence::Lasso { .. }));
    web.cut[1] = true;
    check(&web, Outcome::Inconclusive(Doubt::CutByBound));
}

#[test]
fn one_fair_trip_visits_every_witness() {
    // Each of two machines is served in its own corner of a component, the third one nowhere.
    let mut web = Web::with(&[
        [Some(1), None, None, Some(2)],
        [None, Some(0), None, Some(3)],
        [None, Some(0), Some(2), None],
        [Some(0), None, Some(0), None],
        [None; 4],
    ]);
    web.fair = [true; ACTIONS];
    let Evidence::Lasso { stem, cycle } = check(&web, Outcome::Violated) else {
        panic!("no lasso");
    };
    assert_eq!(stem.len(), 0);
    assert_avoids(&web, &Evidence::Lasso { stem, cycle }, &|state| *state == 0, &|state| *state == 4);
}
