//! What the fast engine counts, where it stops, and what it does when a model misbehaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use mailcover_checker::dataflow::{Options, answer};
use mailcover_checker::{
    Completion, Epistemic, Error, Inquiry, Limit, Limits, Outcome, Packing, Question, Report,
};
use stateright::Model;

use crate::two_phase_commit::{TwoPhase, questions};

fn two_phase(managers: u32, threads: usize, limits: Limits) -> Report<TwoPhase> {
    let (_, questions): (Vec<_>, Vec<_>) = questions(TwoPhase(managers)).into_iter().unzip();
    let options = Options { limits, threads, pinned: true };
    let model = Arc::new(TwoPhase(managers));
    answer(model, &Inquiry::new(questions), &options, &mut |_| {}).expect("the model is deterministic")
}

fn assert_counts(managers: u32, states: usize, layers: usize) {
    for threads in [1, 2] {
        let report = two_phase(managers, threads, Limits::default());
        assert_eq!((report.unique_states(), report.layers.len()), (states, layers));
        assert!(report.answers.iter().all(|answer| answer.outcome == Outcome::Holds));
        assert!(report.collision == 0.0, "{}", report.collision);
        assert!(report.bytes <= 48 * report.unique_states(), "{} bytes", report.bytes);
    }
}

#[test]
fn seven_managers_have_296448_states_in_23_layers() {
    assert_counts(7, 296_448, 23);
}

/// Larger systems are for a thorough run, `MAILCOVER_THOROUGH=1`; the benchmark counts theirs as well.
#[test]
fn eight_and_nine_managers_have_their_states_and_layers() {
    if std::env::var_os("MAILCOVER_THOROUGH").is_none() {
        return;
    }
    assert_counts(8, 1_745_408, 26);
    assert_counts(9, 10_340_352, 29);
}

/// The same system, whose states are told apart in another way.
struct Renamed(TwoPhase, Option<Packing>);

impl Model for Renamed {
    type State = <TwoPhase as Model>::State;
    type Action = <TwoPhase as Model>::Action;

    fn init_states(&self) -> Vec<Self::State> {
        self.0.init_states()
    }

    fn actions(&self, state: &Self::State, actions: &mut Vec<Self::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &Self::State, action: Self::Action) -> Option<Self::State> {
        self.0.next_state(state, action)
    }
}

impl Epistemic for Renamed {
    type Observer = u32;
    type View = u64;

    fn view(&self, manager: u32, state: &Self::State) -> u64 {
        self.0.view(manager, state)
    }

    fn packing(&self) -> Option<Packing> {
        self.1
    }

    fn packed(&self, state: &Self::State) -> u128 {
        self.0.packed(state)
    }
}

#[test]
fn states_are_as_many_whatever_they_are_told_apart_by() {
    for packing in [None, Some(Packing::of_bits(128)), Some(Packing::of_bits(46))] {
        for threads in [1, 2] {
            let options = Options { threads, ..Options::default() };
            let inquiry = Inquiry::new(Vec::new());
            let model = Arc::new(Renamed(TwoPhase(7), packing));
            let report = answer(model, &inquiry, &options, &mut |_| {}).expect("the model is deterministic");
            assert_eq!((report.unique_states(), report.layers.len()), (296_448, 23));
            assert!(report.bytes <= 48 * report.unique_states(), "{} bytes", report.bytes);
            assert_eq!(report.collision > 0.0, packing.is_none(), "{}", report.collision);
            assert!(report.collision < 1e-27, "{}", report.collision);
        }
    }
}

#[test]
fn a_limit_gives_no_verdict_from_a_part() {
    let stop = Arc::new(AtomicBool::new(true));
    for (limits, expected) in [
        (Limits { max_states: Some(1000), ..Limits::default() }, Limit::States(1000)),
        (Limits { max_depth: Some(5), ..Limits::default() }, Limit::Depth(5)),
        (Limits { max_memory: Some(4 << 20), ..Limits::default() }, Limit::Memory(4 << 20)),
        (Limits { max_time: Some(Duration::ZERO), ..Limits::default() }, Limit::Time(Duration::ZERO)),
        (Limits { stop: Some(stop), ..Limits::default() }, Limit::Interrupted),
    ] {
        for threads in [1, 2] {
            let report = two_phase(9, threads, limits.clone());
            assert_eq!(report.completion, Completion::Cut(expected));
            assert!(report.unique_states() <= 200_000, "{} states", report.unique_states());
            assert!(matches!(report.answers[0].outcome, Outcome::Inconclusive(_)));
            assert!(matches!(report.answers[2].outcome, Outcome::Inconclusive(_)));
        }
    }
}

/// Counts up to a number, and then does something else; whoever looks sees the tens.
struct Counter {
    last: u64,
    after: fn(u64, &AtomicU64) -> Option<u64>,
    calls: AtomicU64,
}

impl Counter {
    fn new(last: u64, after: fn(u64, &AtomicU64) -> Option<u64>) -> Arc<Self> {
        Arc::new(Counter { last, after, calls: AtomicU64::new(0) })
    }
}

impl Model for Counter {
    type State = u64;
    type Action = ();

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, _: &u64, actions: &mut Vec<()>) {
        actions.push(());
    }

    fn next_state(&self, at: &u64, (): ()) -> Option<u64> {
        if *at < self.last { Some(at + 1) } else { (self.after)(*at, &self.calls) }
    }
}

impl Epistemic for Counter {
    type Observer = ();
    type View = u64;

    fn view(&self, (): (), at: &u64) -> u64 {
        at / 10
    }
}

/// What a model ends with that misbehaves at the number 500.
fn error_of(misbehaves: fn(u64, &AtomicU64) -> Option<u64>, threads: usize) -> Error {
    let limits = Limits { max_states: Some(200_000), ..Limits::default() };
    let inquiry = Inquiry::new(vec![Question::always(|_| true)]);
    let options = Options { limits, threads, pinned: false };
    match answer(Counter::new(500, misbehaves), &inquiry, &options, &mut |_| {}) {
        Ok(report) => panic!("it answered {}", report.answers[0].outcome),
        Err(error) => error,
    }
}

#[test]
fn a_model_that_panics_ends_the_search_with_its_words() {
    for threads in [1, 2] {
        let error = error_of(|at, _| panic!("no state follows {at}"), threads);
        assert_eq!(error, Error::Worker("no state follows 500".to_owned()));
    }
}

/// One state in a few thousand is asked twice.
#[test]
fn a_model_that_changes_its_mind_is_found_out() {
    let error = error_of(|_, calls| Some(501 + calls.fetch_add(1, Ordering::Relaxed)), 1);
    let Error::Nondeterminism(difference) = error else {
        panic!("{error}");
    };
    assert_eq!(difference.what, "the next state differs");
    assert!(difference.state.is_some());
}

/// Counts up to a thousand, and becomes a number that need not be one's own.
struct Packer {
    bits: u32,
    packed: fn(u64) -> u128,
}

impl Model for Packer {
    type State = u64;
    type Action = ();

    fn init_states(&self) -> Vec<u64> {
        vec![0]
    }

    fn actions(&self, at: &u64, actions: &mut Vec<()>) {
        if *at < 1000 {
            actions.push(());
        }
    }

    fn next_state(&self, at: &u64, (): ()) -> Option<u64> {
        Some(at + 1)
    }
}

impl Epistemic for Packer {
    type Observer = ();
    type View = u64;

    fn view(&self, (): (), at: &u64) -> u64 {
        *at
    }

    fn packing(&self) -> Option<Packing> {
        Some(Packing::of_bits(self.bits))
    }

    fn packed(&self, at: &u64) -> u128 {
        (self.packed)(*at)
    }
}

#[test]
fn a_packing_that_loses_states_is_found_out() {
    let error_of = |bits, packed| {
        let options = Options::default();
        answer(Arc::new(Packer { bits, packed }), &Inquiry::new(Vec::new()), &options, &mut |_| {}).err()
    };
    let same = Error::SameKey { one: "0".to_owned(), other: "1".to_owned() };
    assert_eq!(error_of(48, |at| u128::from(at / 2)), Some(same.clone()));
    assert_eq!(error_of(128, |at| u128::from(at / 2)), Some(same));
    assert_eq!(error_of(9, u128::from), Some(Error::Packing { bits: 9, number: Some(512) }));
    assert_eq!(error_of(129, u128::from), Some(Error::Packing { bits: 129, number: None }));
    assert_eq!(error_of(10, u128::from), None);
}

#[test]
fn of_one_coalition_any_number_of_facts_may_be_asked() {
    let questions = (0..101).map(|wanted| Question::never_known(move |at: &u64| *at == wanted, &[()]));
    let inquiry = Inquiry::new(questions.collect());
    for threads in [1, 2] {
        let options = Options { threads, ..Options::default() };
        let report = answer(Counter::new(100, |_, _| None), &inquiry, &options, &mut |_| {});
        let report = report.expect("they may be many");
        let violated: Vec<usize> =
            (0..101).filter(|at| report.answers[*at].outcome == Outcome::Violated).collect();
        assert_eq!(violated, [100], "only the last number has its tens for itself");
        assert!(report.answers.iter().all(|answer| answer.classes == Some(11)));
    }
}

/// Nobody has so many processors; the search takes as many threads as it can use.
#[test]
fn an_absurd_number_of_threads_is_taken_for_the_most() {
    let options = Options { threads: usize::MAX, ..Options::default() };
    let inquiry = Inquiry::new(vec![Question::reachable(|at: &u64| *at == 3)]);
    let model = Arc::new(Packer { bits: 2, packed: u128::from });
    let error = answer(model, &inquiry, &options, &mut |_| {}).err();
    assert_eq!(error, Some(Error::Packing { bits: 2, number: Some(4) }));
}
