use super::{Raw, Unanswered, conclude, confirmed, worst_of};
use crate::check::{Cell, Engine, Options, check_one, prepare};
use crate::claim::Ask;
use crate::fact::{Fact, denied};
use crate::finding::{Evidence, Verdict};
use enumset::EnumSet;
use mailcover_checker::{Answer, Doubt, Evidence as Found, Limit, Limits, Outcome, Path};
use mailcover_model::action::Action;
use mailcover_model::design::library;
use mailcover_model::service::Service;
use mailcover_model::slice::Part;
use mailcover_model::state::State;
use mailcover_model::widening::Widening;
use stateright::Model;
use std::sync::Arc;

/// A small cell of this design about knowledge.
fn cell(design: &str) -> Cell {
    let wanted =
        |cell: &Cell| cell.claim.id == "use-proves-no-pair" && cell.question().adversary == "provider";
    Cell::all(&Arc::new(library::load(design).unwrap())).into_iter().find(wanted).unwrap()
}

fn service() -> (Service, State) {
    let service = prepare(&cell("lookup-on-send"), &Options::default()).unwrap().0;
    let first = service.init_states()[0];
    (service, first)
}

/// A fact that is so everywhere, or nowhere.
fn always(so: bool, clause: &str) -> Fact {
    Fact::atom("p", clause, EnumSet::<Part>::empty(), EnumSet::empty(), move |_, _| so)
}

/// A run of so many steps that lead nowhere.
fn run(state: State, steps: usize) -> Path<State, Action> {
    let actions = vec![Action::Turn { keep: false }; steps];
    Path { initial: 0, actions, states: vec![state; steps + 1] }
}

fn answer(outcome: Outcome, evidence: Found<State, Action>) -> Answer<State, Action> {
    Answer { outcome, classes: None, evidence }
}

/// Which of two facts is told.
fn told(answers: [Answer<State, Action>; 2], exercised: bool) -> String {
    let facts = [always(true, "the first is so"), always(true, "the second is so")];
    let worst = worst_of(&facts, answers.into_iter().map(Raw::Ok), |_| exercised);
    worst.unwrap_or_else(|unanswered| panic!("{unanswered:?}")).1
}

const FIRST: &str = "the first is so";
const SECOND: &str = "the second is so";

#[test]
fn of_several_answers_the_worst_is_told_and_of_these_the_plainest() {
    let state = service().1;
    let class = |steps| answer(Outcome::Violated, Found::Class { run: run(state, steps), size: 1 });
    let twins = |steps| {
        let (run, twin) = (run(state, steps), run(state, steps));
        answer(Outcome::Violated, Found::Twins { run, twin })
    };
    let open = || answer(Outcome::Inconclusive(Doubt::Limit(Limit::Interrupted)), Found::Nothing);
    let holds = || answer(Outcome::Holds, Found::Closure);
    assert_eq!(told([holds(), class(9)], false), SECOND);
    assert_eq!(told([holds(), open()], false), SECOND);
    assert_eq!(told([class(9), open()], false), FIRST);
    for shorter in [&class as &dyn Fn(usize) -> _, &twins] {
        assert_eq!(told([shorter(2), shorter(1)], false), SECOND, "the shorter run");
        assert_eq!(told([shorter(1), shorter(2)], false), FIRST);
        assert_eq!(told([shorter(1), shorter(1)], false), FIRST, "of equals the first");
    }
    assert_eq!(told([twins(1), class(2)], true), FIRST, "twins that exercise the claim");
    assert_eq!(told([class(1), twins(2)], true), SECOND, "twins that exercise the claim");
    assert_eq!(told([class(1), twins(2)], false), FIRST, "twins that do not");
    let none = worst_of(&[], std::iter::empty(), |_| true);
    assert!(matches!(none, Err(Unanswered::Bug(_))));
}

/// Whether something is so may be known since it is not.
#[test]
fn what_is_known_not_to_be_so_is_said_to_be_not_so() {
    let (service, state) = service();
    let facts = vec![always(true, FIRST), always(false, SECOND)];
    let ask = Ask::NeverKnownWhether(facts);
    let said = |clause: &str, evidence: Found<State, Action>| {
        conclude(&service, &ask, &answer(Outcome::Violated, evidence), clause.to_owned()).reason
    };
    let class = || Found::Class { run: run(state, 1), size: 2 };
    let known = "in all 2 states that look the same to the adversary, ";
    assert_eq!(said(FIRST, class()), format!("{known}{FIRST}"));
    assert_eq!(said(SECOND, class()), format!("{known}{}", denied(SECOND)));
    assert_ne!(denied(SECOND), SECOND);
}

#[test]
fn what_its_runs_do_not_show_is_a_mistake_that_tells_how_much_was_searched() {
    let cell = cell("lookup-on-send");
    let mut finding = check_one(&cell, &Options::default());
    let (service, posed, context) = prepare(&cell, &Options::default()).unwrap();
    assert_eq!(confirmed(&service, &posed, &context, finding.clone()), finding);
    assert!(finding.states > 0 && finding.verdict == Verdict::Violated);
    finding.evidence = Evidence::Closure;
    let wrong = confirmed(&service, &posed, &context, finding.clone());
    assert!(wrong.bug && wrong.verdict == Verdict::Inconclusive);
    assert_eq!(wrong.states, finding.states);
}

#[test]
fn where_a_state_has_no_room_nothing_is_decided_and_both_engines_say_why() {
    let said = |engine: Engine| {
        // The dataflow notes it, and goes on as far as it may.
        let limits = Limits { max_states: Some(100_000), ..Limits::default() };
        let options = Options { engine, limits, widening: Widening::everywhere(1), ..Options::default() };
        let finding = check_one(&cell("lookup-on-send"), &options);
        assert_eq!(finding.verdict, Verdict::Inconclusive, "{engine:?}");
        finding.reason
    };
    let plain = said(Engine::Plain);
    assert!(plain.contains("outgrew") && plain.contains("4 messages"), "{plain}");
    assert_eq!(said(Engine::Timely), plain);
}
