//! **The engines in this process: the dataflow, and stateright's on two representations of the same system.**

use crate::run::{Clock, Run};
use crate::slice;
use crate::two_phase_commit::{TwoPhase, questions};
use crate::wide::Wide;
use clap::ValueEnum;
use mailcover_checker::dataflow::{Options, answer};
use mailcover_checker::{Epistemic, Inquiry, Question};
use stateright::{Checker, Model, Property};
use std::hash::Hash;
use std::sync::Arc;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    Two,
    One,
    WideBfs,
    WideDfs,
    PackedBfs,
    PackedDfs,
    SliceTwo,
    SliceOne,
    SliceBfs,
    SliceDfs,
    SliceModel,
}

impl Engine {
    /// Those that search two-phase commit.
    pub(crate) const TWO_PHASE: [Self; 6] =
        [Self::Two, Self::One, Self::WideBfs, Self::WideDfs, Self::PackedBfs, Self::PackedDfs];
    /// Those that search a slice of a design.
    pub(crate) const SLICE: [Self; 5] =
        [Self::SliceTwo, Self::SliceOne, Self::SliceBfs, Self::SliceDfs, Self::SliceModel];

    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Two | Self::SliceTwo => "this checker, 2 threads",
            Self::One | Self::SliceOne => "this checker, 1 thread",
            Self::WideBfs => "stateright BFS, 2 threads, collections",
            Self::WideDfs => "stateright DFS, 2 threads, collections",
            Self::PackedBfs => "stateright BFS, 2 threads, one word",
            Self::PackedDfs => "stateright DFS, 2 threads, one word",
            Self::SliceBfs => "stateright BFS, 2 threads",
            Self::SliceDfs => "stateright DFS, 2 threads",
            Self::SliceModel => "the model alone, 1 thread",
        }
    }

    /// Searches once, in this process.
    pub(crate) fn run(self, managers: u32) -> Result<Run, String> {
        match self {
            Self::Two => two_phase(managers, 2),
            Self::One => two_phase(managers, 1),
            Self::WideBfs => Ok(breadth_first(Wide(managers))),
            Self::WideDfs => Ok(depth_first(Wide(managers))),
            Self::PackedBfs => Ok(breadth_first(TwoPhase(managers))),
            Self::PackedDfs => Ok(depth_first(TwoPhase(managers))),
            Self::SliceTwo => ours(slice::service()?, Vec::new(), 2),
            Self::SliceOne => ours(slice::service()?, Vec::new(), 1),
            Self::SliceBfs => Ok(breadth_first(slice::Bare(slice::service()?))),
            Self::SliceDfs => Ok(depth_first(slice::Bare(slice::service()?))),
            Self::SliceModel => slice::model_alone(),
        }
    }
}

fn two_phase(managers: u32, threads: usize) -> Result<Run, String> {
    let questions = questions(TwoPhase(managers)).into_iter().map(|(_, question)| question).collect();
    ours(Arc::new(TwoPhase(managers)), questions, threads)
}

fn ours<M>(model: Arc<M>, questions: Vec<Question<M>>, threads: usize) -> Result<Run, String>
where
    M: Epistemic<State: Send, Observer: Send + Sync> + Send + Sync + 'static,
{
    let options = Options { threads, pinned: threads > 1, ..Options::default() };
    let clock = Clock::start();
    let report = answer(model, &Inquiry::new(questions), &options, &mut |_| {});
    let report = report.map_err(|error| error.to_string())?;
    Ok(Run { layers: report.layers.len(), ..clock.stop(report.unique_states()) })
}

/// A model that stateright can search on several threads.
trait Searched:
    Model<State: Send + Sync + Clone + Hash + PartialEq, Action: Clone + PartialEq> + Send + Sync + 'static
{
}

impl<M> Searched for M where
    M: Model<State: Send + Sync + Clone + Hash + PartialEq, Action: Clone + PartialEq>
        + Send
        + Sync
        + 'static
{
}

fn breadth_first(model: impl Searched) -> Run {
    let clock = Clock::start();
    clock.stop(Unstopped(model).checker().threads(2).spawn_bfs().join().unique_state_count())
}

fn depth_first(model: impl Searched) -> Run {
    let clock = Clock::start();
    clock.stop(Unstopped(model).checker().threads(2).spawn_dfs().join().unique_state_count())
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
