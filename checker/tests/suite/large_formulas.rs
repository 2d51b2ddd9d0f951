//! Formulas with many operators or long ways through a model are answered as small ones are.

use mailcover_checker::{
    Evidence, Formula, Inquiry, Limits, Outcome, Question, Report, af, ag, and, atom, ef, eg, ex, knows, not,
    or, plain,
};
use stateright::Model;

use crate::web::Web;

/// A number that grows, and may shrink again.
struct Line {
    end: u32,
    two_ways: bool,
}

impl Model for Line {
    type State = u32;
    type Action = bool;

    fn init_states(&self) -> Vec<u32> {
        vec![0]
    }

    fn actions(&self, _: &u32, actions: &mut Vec<bool>) {
        actions.push(true);
        actions.extend(self.two_ways.then_some(false));
    }

    fn next_state(&self, at: &u32, up: bool) -> Option<u32> {
        if up { (*at < self.end).then(|| at + 1) } else { at.checked_sub(1) }
    }
}

impl mailcover_checker::Epistemic for Line {
    type Observer = ();
    type View = bool;

    fn view(&self, (): (), at: &u32) -> bool {
        *at == 0
    }
}

fn answer<M: mailcover_checker::Epistemic>(model: &M, formula: Formula<M>) -> Report<M> {
    let inquiry = Inquiry::new(vec![Question::formula(formula)]);
    plain::answer(model, &inquiry, &Limits::default(), &mut |_| {}).expect("the model is deterministic")
}

fn at(wanted: u32) -> Formula<Line> {
    atom(format!("at {wanted}"), move |at| *at == wanted)
}

/// A hundred levels, each of which has the one below twice: 2^100 paths through it.
#[test]
fn a_formula_that_shares_its_parts_takes_as_long_as_it_is_large() {
    let line = Line { end: 3, two_ways: true };
    let mut formula = at(0);
    for _ in 0..100 {
        formula = or(formula.clone(), knows((), formula));
    }
    assert_eq!(answer(&line, formula.clone()).answers[0].outcome, Outcome::Holds);
    assert_eq!(answer(&line, ag(formula.clone())).answers[0].outcome, Outcome::Violated);
    assert_eq!(answer(&line, ef(and(at(3), not(formula)))).answers[0].outcome, Outcome::Holds);
}

/// Which values an even and an odd number of operators have is known without evaluating any.
#[test]
fn hundreds_of_operators_may_be_nested() {
    let line = Line { end: 3, two_ways: false };
    for depth in [999, 1000] {
        let negated = (0..depth).fold(at(0), |formula, _| not(formula));
        let expected = if depth % 2 == 0 { Outcome::Holds } else { Outcome::Violated };
        assert_eq!(answer(&line, negated).answers[0].outcome, expected);
        let somewhere = (0..depth).fold(at(3), |formula, _| ef(formula));
        assert_eq!(answer(&line, somewhere).answers[0].outcome, Outcome::Holds);
        let next = (0..depth).fold(at(3), |formula, _| ex(formula));
        let Evidence::Run(run) = &answer(&line, next).answers[0].evidence else {
            panic!("a run shows it");
        };
        assert_eq!(run.len(), 3, "the last state has no next one but itself");
    }
}

#[test]
fn ways_may_be_long() {
    let line = Line { end: 200_000, two_ways: false };
    let report = answer(&line, eg(not(at(200_001))));
    let Evidence::Run(run) = &report.answers[0].evidence else {
        panic!("the run to the end shows it");
    };
    assert_eq!((report.answers[0].outcome, run.len()), (Outcome::Holds, 200_000));
    assert_eq!(answer(&line, af(at(200_000))).answers[0].outcome, Outcome::Holds);
    let line = Line { end: 200_000, two_ways: true };
    assert_eq!(answer(&line, ag(ef(at(0)))).answers[0].outcome, Outcome::Holds);
    assert_eq!(answer(&line, ag(ef(at(200_000)))).answers[0].outcome, Outcome::Holds);
    let Evidence::Lasso { stem, cycle } = &answer(&line, af(at(200_000))).answers[0].evidence else {
        panic!("a lasso shows that the end may never come");
    };
    assert_eq!((stem.states.last(), cycle.len()), (cycle.last(), 2));
}

/// Where nobody is ever ignorant of what the outer operator speaks of, the inner one has the sample.
#[test]
fn a_true_formula_shows_the_twins_of_its_outermost_knower_that_has_some() {
    let mut web = Web::with(&[[Some(1), Some(2), None, None], [None; 4], [None; 4]]);
    web.views = vec![[0, 0], [0, 1], [0, 1]];
    web.facts[1][0] = true;
    let fact = || atom("it", web.fact(0));
    let formula = ag(knows(0, or(not(knows(1, fact())), fact())));
    let report = answer(&web, formula);
    assert_eq!(report.answers[0].outcome, Outcome::Holds);
    let Evidence::Twins { run, twin } = &report.answers[0].evidence else {
        panic!("twins show it");
    };
    assert_eq!((run.last(), twin.last()), (Some(&1), Some(&2)));
}
