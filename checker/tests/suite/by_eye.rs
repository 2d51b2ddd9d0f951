//! A ten-state model whose every number can be checked by eye.
//!
//! Somebody climbs a ladder of rungs 0 to 9. Gravity never tires: climbing is done by a machine and
//! cannot be put off. From rungs 5 to 8 the climber may let go and is back on the ground.

use std::sync::Arc;

use mailcover_checker::{
    ClassTable, Completion, Epistemic, Evaluator, Evidence, Graph, Limits, Outcome, af, ag, always, and,
    atom, common, distributed, ef, eg, everyone, explore, implies, inevitable, inevitable_by_fixpoint, knows,
    not, reachable, second_engine,
};
use stateright::Model;

const NOWHERE: [u8; 0] = [];

struct Ladder;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Move {
    Climb,
    LetGo,
}

/// Who watches: one sees whether the climber is in the upper half, one whether the rung is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watcher {
    Half,
    Parity,
}
use Watcher::{Half, Parity};

impl Model for Ladder {
    type State = u8;
    type Action = Move;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, _: &u8, actions: &mut Vec<Move>) {
        actions.extend([Move::Climb, Move::LetGo]);
    }

    fn next_state(&self, rung: &u8, action: Move) -> Option<u8> {
        match action {
            Move::Climb => (*rung < 9).then(|| rung + 1),
            Move::LetGo => (5..9).contains(rung).then_some(0),
        }
    }
}

impl Epistemic for Ladder {
    type Observer = Watcher;
    type View = bool;

    fn view(&self, watcher: Watcher, rung: &u8) -> bool {
        match watcher {
            Half => upper(rung),
            Parity => rung % 2 == 1,
        }
    }

    fn fair(&self, action: &Move) -> bool {
        *action == Move::Climb
    }
}

fn upper(rung: &u8) -> bool {
    *rung >= 5
}

fn top(rung: &u8) -> bool {
    *rung == 9
}

#[test]
fn the_numbers_are_those_of_the_drawing() {
    let found = explore(&Ladder, &Limits::default(), &mut |_| {});
    assert_eq!(found.complete(), Completion::Complete);
    assert_eq!(found.unique_states(), 10);
    assert_eq!(found.generated(), 9 + 4);
    assert_eq!(found.layers(), [1; 10]);
    assert_eq!(found.depth(), 9);
    let opinion = second_engine::always(Arc::new(Ladder), |rung| !top(rung), 1);
    assert_eq!(opinion.unique_states, 10);
    assert_eq!(opinion.actions, Some(vec![Move::Climb; 9]));
}

#[test]
fn the_top_can_be_reached_in_nine_moves() {
    let found = explore(&Ladder, &Limits::default(), &mut |_| {});
    let answer = reachable(&Ladder, &found, top).unwrap();
    assert_eq!(answer.outcome, Outcome::Holds);
    let Evidence::Run(run) = answer.evidence else { panic!("no run") };
    assert_eq!(run.actions, [Move::Climb; 9]);
    assert_eq!(run.states, Vec::from_iter(0..=9));
    let answer = always(&Ladder, &found, |rung| *rung < 10).unwrap();
    assert_eq!((answer.outcome, answer.evidence), (Outcome::Holds, Evidence::Closure));
}

#[test]
fn the_middle_is_inevitable_and_the_top_is_not() {
    let found = explore(&Ladder, &Limits::default(), &mut |_| {});
    let graph = Graph::build(&Ladder, &found).unwrap();
    let answer = inevitable(&Ladder, &found, &graph, |_| true, |rung| *rung == 5);
    // A climber who starts above the middle may stay there.
    let Evidence::Run(run) = answer.unwrap().evidence else { panic!("no run") };
    assert_eq!(run.last(), Some(&9));
    let ground = |rung: &u8| *rung == 0;
    let answer = inevitable(&Ladder, &found, &graph, ground, |rung| *rung == 5).unwrap();
    assert_eq!(answer.outcome, Outcome::Holds);
    let answer = inevitable(&Ladder, &found, &graph, ground, top).unwrap();
    let Evidence::Lasso { stem, cycle } = answer.evidence else { panic!("no lasso") };
    assert_eq!(stem.states, [0]);
    assert_eq!(cycle.states, [0, 1, 2, 3, 4, 5, 0]);
    let fixpoint = inevitable_by_fixpoint(&found, &graph, ground, top).unwrap();
    assert_eq!((answer.outcome, fixpoint), (Outcome::Violated, Outcome::Violated));
}

#[test]
fn each_watcher_knows_half_and_both_know_more() {
    let found = explore(&Ladder, &Limits::default(), &mut |_| {});
    let facts: [&dyn Fn(&u8) -> bool; 2] = [&upper, &top];
    let of = |who: &[Watcher]| ClassTable::build(&Ladder, &found, who, &facts, None).unwrap();

    let half = of(&[Half]);
    assert_eq!(half.classes(), 2);
    let answer = half.never_known(0).unwrap();
    let Evidence::Class { run, size } = answer.evidence else { panic!("no class") };
    assert_eq!((answer.outcome, run.len(), size), (Outcome::Violated, 5, 5));
    assert_eq!(half.known(0).unwrap().outcome, Outcome::Holds);

    let parity = of(&[Parity]);
    let answer = parity.known(0).unwrap();
    let Evidence::Twins { run, twin } = answer.evidence else { panic!("no twins") };
    assert_eq!((run.last(), twin.last()), (Some(&5), Some(&1)));
    assert_eq!(parity.never_known(0).unwrap().outcome, Outcome::Holds);

    let both = of(&[Half, Parity]);
    assert_eq!(both.classes(), 4);
    assert_eq!(both.members(3).collect::<Vec<_>>(), [6, 8]);
    assert_eq!(both.class_size_of(9), Some(3));
    let answer = both.never_known(1).unwrap();
    let Evidence::Twins { run, twin } = answer.evidence else { panic!("no twins") };
    assert_eq!((answer.outcome, run.last(), twin.last()), (Outcome::Holds, Some(&9), Some(&5)));
    // That the climber is not at the top is known to both on even rungs, and in the lower half.
    let answer = both.never_known_whether(1).unwrap();
    assert_eq!(answer.outcome, Outcome::Violated);
    // Nobody at all has one class.
    assert_eq!(of(&[]).classes(), 1);
}

#[test]
fn formulas_hold_on_the_rungs_where_they_should() {
    let found = explore(&Ladder, &Limits::default(), &mut |_| {});
    let graph = Graph::build(&Ladder, &found).unwrap();
    let mut evaluator = Evaluator::new(&Ladder, &found, &graph).unwrap();
    let mut rungs = |formula| {
        let truths: Vec<bool> = evaluator.states(&formula);
        (0..10_u8).filter(|rung| truths[*rung as usize]).collect::<Vec<u8>>()
    };
    let (upper, top) = (|| atom("upper", upper), || atom("top", top));
    let both = [Half, Parity];
    assert_eq!(rungs(ef(top())), Vec::from_iter(0..10));
    assert_eq!(rungs(af(top())), [9]);
    assert_eq!(rungs(ag(upper())), [9]);
    assert_eq!(rungs(eg(not(upper()))), NOWHERE);
    assert_eq!(rungs(knows(Half, upper())), [5, 6, 7, 8, 9]);
    assert_eq!(rungs(knows(Parity, not(top()))), [0, 2, 4, 6, 8]);
    assert_eq!(rungs(distributed(&both, not(top()))), [0, 1, 2, 3, 4, 6, 8]);
    assert_eq!(rungs(everyone(&both, not(top()))), [0, 2, 4]);
    assert_eq!(rungs(common(&both, not(top()))), NOWHERE);
    assert_eq!(rungs(and(upper(), knows(Parity, upper()))), NOWHERE);
    assert_eq!(rungs(implies(upper(), knows(Half, upper()))), Vec::from_iter(0..10));
}
