//! **The engines in this process: the dataflow, and stateright's on two representations of the same system.**

use crate::two_phase_commit::{TwoPhase, questions};
use crate::wide::Wide;
use clap::ValueEnum;
use mailcover_checker::Inquiry;
use mailcover_checker::dataflow::{Options, answer};
use stateright::{Checker, Model, Property};
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Instant;

/// What is measured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Engine {
    Two,
    One,
    WideBfs,
    WideDfs,
    PackedBfs,
    PackedDfs,
}

impl Engine {
    pub(crate) const ALL: [Self; 6] =
        [Self::Two, Self::One, Self::WideBfs, Self::WideDfs, Self::PackedBfs, Self::PackedDfs];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Two => "two",
            Self::One => "one",
            Self::WideBfs => "wide-bfs",
            Self::WideDfs => "wide-dfs",
            Self::PackedBfs => "packed-bfs",
            Self::PackedDfs => "packed-dfs",
        }
    }

    pub(crate) fn title(self) -> String {
        match self {
            Self::Two => "this checker, 2 threads".to_owned(),
            Self::One => "this checker, 1 thread".to_owned(),
            Self::WideBfs => "stateright BFS, 2 threads, collections".to_owned(),
            Self::WideDfs => "stateright DFS, 2 threads, collections".to_owned(),
            Self::PackedBfs => "stateright BFS, 2 threads, one word".to_owned(),
            Self::PackedDfs => "stateright DFS, 2 threads, one word".to_owned(),
        }
    }

    pub(crate) fn run(self, managers: u32) -> Run {
        let began = Instant::now();
        let states = match self {
            Self::Two => own(managers, 2),
            Self::One => own(managers, 1),
            Self::WideBfs => {
                Unstopped(Wide(managers)).checker().threads(2).spawn_bfs().join().unique_state_count()
            }
            Self::WideDfs => {
                Unstopped(Wide(managers)).checker().threads(2).spawn_dfs().join().unique_state_count()
            }
            Self::PackedBfs => {
                Unstopped(TwoPhase(managers)).checker().threads(2).spawn_bfs().join().unique_state_count()
            }
            Self::PackedDfs => {
                Unstopped(TwoPhase(managers)).checker().threads(2).spawn_dfs().join().unique_state_count()
            }
        };
        Run { states, seconds: began.elapsed().as_secs_f64(), bytes: most_held() }
    }
}

fn own(managers: u32, threads: usize) -> usize {
    let (_, questions): (Vec<_>, Vec<_>) = questions(TwoPhase(managers)).into_iter().unzip();
    let options = Options { threads, pinned: true, ..Options::default() };
    let report = answer(Arc::new(TwoPhase(managers)), &Inquiry::new(questions), &options, &mut |_| {});
    report.map_or(0, |report| report.unique_states())
}

/// The model with one property that is never discovered: without any, stateright stops at the first state.
struct Unstopped<M>(M);

impl<M: Model<State: Clone + Hash>> Model for Unstopped<M> {
    type State = M::State;
    type Action = M::Action;

    fn init_states(&self) -> Vec<M::State> {
        self.0.init_states()
    }

    fn actions(&self, state: &M::State, actions: &mut Vec<M::Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &M::State, action: M::Action) -> Option<M::State> {
        self.0.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("never discovered", |_, _| true)]
    }
}

/// The most bytes of memory that this process has held; 0 where the system does not say.
fn most_held() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) << 10
}

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    pub(crate) states: usize,
    pub(crate) seconds: f64,
    pub(crate) bytes: usize,
}

impl fmt::Display for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.states, self.seconds, self.bytes)
    }
}

impl Run {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        Some(Run {
            states: words.next()?.parse().ok()?,
            seconds: words.next()?.parse().ok()?,
            bytes: words.next()?.parse().ok()?,
        })
    }
}
