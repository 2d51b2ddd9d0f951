//! **The plain search: breadth first, one layer after the other, full states compared in full.**
//!
//! This is the oracle against which faster engines are measured, so nothing in it can collide and
//! nothing depends on timing, except where a limit on time or an interruption ends it.
//!
//! An action whose `next_state` is `None` is disabled. A state outside `Model::within_boundary` is
//! not kept. A successor equal to its own state is a transition, though not a new state.
//!
//! Left out: properties. They are asked of the finished [`Exploration`], so that one search
//! answers all of them.

use std::hash::Hash;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::epistemic::Epistemic;
use crate::exploration::{Exploration, NOBODY, bytes_for};
use crate::limits::{Completion, Limit, Limits};

/// States are numbered with 32 bits, and one number means that there is no state.
const MOST_STATES: usize = u32::MAX as usize - 1;
/// How many states are expanded between two looks at the clock.
const CLOCK_EVERY: usize = 1 << 10;
/// How many states are expanded between two reports of progress.
const REPORT_EVERY: usize = 1 << 16;

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The depth of the states that are being expanded.
    pub layer: usize,
    /// How many states are known.
    pub states: usize,
    /// How many known states wait to be expanded.
    pub frontier: usize,
    /// The time since the search began.
    pub elapsed: Duration,
    /// The bytes that the search is known to hold.
    pub memory: usize,
}

/// Finds every reachable state, as far as the limits allow.
pub fn explore<M: Epistemic>(
    model: &M,
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
) -> Exploration<M::State> {
    explore_until(model, limits, progress, &mut |_| false)
}

/// As [`explore`], but stops at the first state of which `enough` says that no more are needed.
///
/// It is asked of each state once, in the order of discovery. What it stopped is no complete search:
/// runs that were found are final, and nothing holds everywhere because of it.
pub fn explore_until<M: Epistemic>(
    model: &M,
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
    enough: &mut dyn FnMut(&M::State) -> bool,
) -> Exploration<M::State> {
    let mut search = Search::new(limits);
    let completion = match search.run(model, progress, enough) {
        Ok(()) => Completion::Complete,
        Err(limit) => Completion::Cut(limit),
    };
    search.finish(completion)
}

/// A search under way.
struct Search<'a, S> {
    limits: &'a Limits,
    most_states: usize,
    began: Instant,
    states: IndexSet<S, FixedState>,
    predecessors: Vec<u32>,
    layer_starts: Vec<usize>,
    /// Where the layer after the present one starts.
    next_layer: usize,
    generated: usize,
    /// For how many states there is memory.
    room: usize,
}

impl<'a, S: Hash + Eq> Search<'a, S> {
    fn new(limits: &'a Limits) -> Self {
        Search {
            limits,
            most_states: limits.max_states.unwrap_or(MOST_STATES).min(MOST_STATES),
            began: Instant::now(),
            states: IndexSet::with_hasher(FixedState::default()),
            predecessors: Vec::new(),
            layer_starts: Vec::new(),
            next_layer: 0,
            generated: 0,
            room: 0,
        }
    }

    fn run<M>(
        &mut self,
        model: &M,
        progress: &mut dyn FnMut(&Progress),
        enough: &mut dyn FnMut(&S) -> bool,
    ) -> Result<(), Limit>
    where
        M: Epistemic<State = S>,
    {
        for state in model.init_states() {
            if model.within_boundary(&state) {
                self.keep(state, NOBODY, 0, enough)?;
            }
        }
        let mut actions = Vec::new();
        let mut successors = Vec::new();
        let mut start = 0;
        while start < self.states.len() {
            let end = self.states.len();
            let depth = self.layer_starts.len();
            self.layer_starts.push(start);
            self.next_layer = end;
            for id in start..end {
                if id == start || id % REPORT_EVERY == 0 {
                    progress(&self.progress(depth, id));
                }
                if id % CLOCK_EVERY == 0 {
                    self.look_up()?;
                }
                let Some(state) = self.states.get_index(id) else {
                    break;
                };
                model.actions(state, &mut actions);
                let next = actions.drain(..).filter_map(|action| model.next_state(state, action));
                successors.extend(next.filter(|next| model.within_boundary(next)));
                self.generated += successors.len();
                for successor in successors.drain(..) {
                    self.keep(successor, id as u32, depth + 1, enough)?;
                }
            }
            start = end;
        }
        Ok(())
    }

    /// Keeps a state unless it is known, and says so if there is no room for it.
    #[inline]
    fn keep(
        &mut self,
        state: S,
        predecessor: u32,
        depth: usize,
        enough: &mut dyn FnMut(&S) -> bool,
    ) -> Result<(), Limit> {
        let too_deep = self.limits.max_depth.is_some_and(|most| depth > most);
        if too_deep || self.states.len() == self.room {
            if self.states.contains(&state) {
                return Ok(());
            }
            if let Some(most) = self.limits.max_depth.filter(|_| too_deep) {
                return Err(Limit::Depth(most));
            }
            self.grow()?;
        }
        let (id, new) = self.states.insert_full(state);
        if new {
            self.predecessors.push(predecessor);
            if self.states.get_index(id).is_some_and(enough) {
                return Err(Limit::Enough);
            }
        }
        Ok(())
    }

    /// Makes room for at least one more state, if the limits allow it.
    #[cold]
    fn grow(&mut self) -> Result<(), Limit> {
        if self.room >= self.most_states {
            return Err(Limit::States(self.most_states));
        }
        let mut room = (self.room * 2).max(1 << 10).min(self.most_states);
        if let Some(most) = self.limits.max_memory {
            room = largest_within::<S>(most, self.room, room);
            if room == self.room {
                return Err(Limit::Memory(most));
            }
        }
        self.room = room;
        self.states.reserve_exact(room - self.states.len());
        self.predecessors.reserve_exact(room - self.predecessors.len());
        Ok(())
    }

    /// Looks at the clock and at whoever may want to stop the search.
    fn look_up(&self) -> Result<(), Limit> {
        if self.limits.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return Err(Limit::Interrupted);
        }
        match self.limits.max_time {
            Some(most) if self.began.elapsed() >= most => Err(Limit::Time(most)),
            _ => Ok(()),
        }
    }

    fn progress(&self, layer: usize, expanded: usize) -> Progress {
        Progress {
            layer,
            states: self.states.len(),
            frontier: self.states.len() - expanded,
            elapsed: self.began.elapsed(),
            memory: bytes_for::<S>(self.room),
        }
    }

    fn finish(mut self, completion: Completion) -> Exploration<S> {
        // A search that ends within a layer has found states of the next one.
        if self.next_layer < self.states.len() {
            self.layer_starts.push(self.next_layer);
        }
        let ends = self.layer_starts.iter().skip(1).copied().chain([self.states.len()]);
        let layers = self.layer_starts.iter().zip(ends).map(|(start, end)| end - start).collect();
        Exploration {
            states: self.states,
            predecessors: self.predecessors,
            layer_starts: self.layer_starts,
            layers,
            generated: self.generated,
            completion,
        }
    }
}

/// The most states, from `low` to `high`, that fit into so many bytes; `low` is taken to fit.
fn largest_within<S>(bytes: usize, mut low: usize, mut high: usize) -> usize {
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if bytes_for::<S>(middle) <= bytes {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}
