//! **One worker: it receives states of a layer, and expands the layer once nobody can send more of it.**
//!
//! Time stamps are depths. What is sent at one depth arrives, through the feedback edge, at the next. A worker holds a
//! capability for each layer of which it has states; when the frontier of its input has passed a layer, every state of it
//! has arrived everywhere, and it is expanded, a piece at a time, so that messages are read in between.
//!
//! A worker's own successors do not travel: they are put straight into its table.

mod expand;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use timely::dataflow::operators::Capability;

use crate::dataflow::filter::{Filter, Found};
use crate::dataflow::layer::{Layer, Spare};
use crate::dataflow::name::{Address, Name, Naming};
use crate::dataflow::parcel::{Candidate, Cargo, Carried, Parcel, Spot, Wire};
use crate::dataflow::plan::Plan;
use crate::dataflow::samples::Samples;
use crate::dataflow::shared::Shared;
use crate::dataflow::visited::Visited;
use crate::dataflow::watcher::Watcher;
use crate::epistemic::Epistemic;
use crate::limits::Limit;
use crate::sanity::same_start;

/// Own candidates that are put into the table together.
const BATCH: usize = 256;
/// States that are expanded before messages are read again.
const PIECE: usize = 2048;

/// One worker of a search.
pub(crate) struct Searcher<M: Epistemic, W, N: Name> {
    model: Arc<M>,
    naming: Naming,
    plan: Arc<Plan<M>>,
    shared: Arc<Shared>,
    /// This worker, and how many there are.
    place: (usize, usize),
    pub(crate) visited: Visited<N>,
    pub(crate) watcher: Watcher<M>,
    filter: Filter<N>,
    samples: Samples<M>,
    found: Found<M::State, N>,
    own: Vec<Candidate<M::State, W, N>>,
    /// The names of the candidates that are put into the table.
    names: Vec<N>,
    /// Which of them were not known.
    fresh: Vec<bool>,
    outbox: Vec<Vec<Candidate<M::State, W, N>>>,
    empties: Vec<Vec<Candidate<M::State, W, N>>>,
    ready: Vec<Parcel<M::State, W, N>>,
    layers: BTreeMap<u64, Layer<M::State>>,
    spare: Spare<M::State>,
    actions: Vec<M::Action>,
    /// Which watches somebody said to be settled, and from which depth on that counts.
    settled: Vec<(u64, Vec<bool>)>,
    /// How many of this worker's states lie at each depth.
    pub(crate) sizes: Vec<usize>,
    pub(crate) generated: usize,
    /// The bytes that the others know this worker to hold.
    counted: usize,
    said_stop: bool,
}

/// What sends a parcel with the capability of a layer.
pub(crate) type Send<'a, S, W, N> = dyn FnMut(&Capability<u64>, Parcel<S, W, N>) + 'a;

impl<M: Epistemic, W: Wire<M::State>, N: Name> Searcher<M, W, N> {
    pub(crate) fn new(
        (model, naming): (Arc<M>, Naming),
        plan: Arc<Plan<M>>,
        shared: Arc<Shared>,
        place: (usize, usize),
    ) -> Self {
        Searcher {
            visited: Visited::new(),
            watcher: Watcher::new(Arc::clone(&model), Arc::clone(&plan), place),
            filter: Filter::new(),
            samples: Samples::new(),
            found: Found::default(),
            own: Vec::with_capacity(BATCH),
            names: Vec::new(),
            fresh: Vec::new(),
            outbox: (0..place.1).map(|_| Vec::new()).collect(),
            empties: Vec::new(),
            ready: Vec::new(),
            layers: BTreeMap::new(),
            spare: Spare::new(),
            actions: Vec::new(),
            settled: Vec::new(),
            sizes: Vec::new(),
            generated: 0,
            counted: 0,
            said_stop: false,
            model,
            naming,
            plan,
            shared,
            place,
        }
    }

    /// Takes in those initial states that this worker owns.
    pub(crate) fn begin(&mut self, capability: &Capability<u64>) {
        let model = Arc::clone(&self.model);
        if let Err(difference) = same_start(&*model) {
            return self.shared.fail(difference.into());
        }
        for state in model.init_states().into_iter().filter(|state| model.within_boundary(state)) {
            let Some(name) = N::of(self.naming, &*model, &state) else {
                return self.shared.fail(self.naming.complaint(&*model, &state));
            };
            self.compare_if_few(name, &state);
            if self.owns(name) {
                let label = name.label();
                self.own.push(Candidate { label, predecessor: Address(0), state: Carried::new(state) });
            }
        }
        self.settle_own(capability);
    }

    #[cold]
    fn examine(&mut self, state: &M::State) {
        if let Err(error) = self.samples.examine::<N>(&self.model, self.naming, &self.plan, state) {
            self.shared.fail(error);
        }
    }

    /// Compares a state that this worker has found, and that the filter or another worker may drop for its name alone.
    #[inline]
    fn compare_if_few(&mut self, name: N, state: &M::State) {
        if self.samples.compare_all()
            && let Err(error) = self.samples.compare(name.key(), state)
        {
            self.shared.fail(error);
        }
    }

    fn owns(&self, name: N) -> bool {
        self.naming.owner::<N>(name.address(), self.place.1) == self.place.0
    }

    /// Takes in what arrived for the layer of this capability.
    pub(crate) fn receive(&mut self, capability: &Capability<u64>, cargo: Cargo<M::State, W, N>) {
        match cargo {
            Cargo::States(mut candidates) => {
                self.shared.arrived(size_of_val(candidates.as_slice()));
                if !self.shared.stopping() {
                    self.settle(capability, &mut candidates);
                    self.reuse(candidates);
                }
                if self.shared.stopping() && !self.said_stop {
                    // A worker that keeps none of these still has to tell the others, and needs the capability for it.
                    self.layers.entry(*capability.time()).or_insert_with(|| Layer::new(capability));
                }
            }
            Cargo::Sightings(sightings) => {
                sightings.iter().for_each(|sighting| self.watcher.classes.add(sighting));
            }
            Cargo::Settled(watches) => self.settled.push((*capability.time(), watches)),
            Cargo::Stop(limit) => self.shared.stop(limit),
        }
    }

    /// Expands a piece of the first layer of which every state has arrived. Says whether there is more to do at once.
    pub(crate) fn advance(
        &mut self,
        has_arrived: impl Fn(u64) -> bool,
        send: &mut Send<'_, M::State, W, N>,
    ) -> bool {
        self.shared.look_up();
        let first = self.layers.keys().next().copied();
        let Some(depth) = first.filter(|depth| self.shared.stopping() || has_arrived(*depth)) else {
            return false;
        };
        let Some(mut layer) = self.layers.remove(&depth) else {
            return false;
        };
        if !layer.begun && !self.shared.stopping() {
            layer.begun = true;
            self.enter(depth, layer.len());
        }
        if self.shared.stopping() {
            self.abandon(&layer.capability, send);
            return false;
        }
        self.expand(&mut layer);
        let unfinished = layer.len() > 0;
        if !unfinished {
            self.post_all();
        }
        self.ready.drain(..).for_each(|parcel| send(&layer.capability, parcel));
        if unfinished {
            self.layers.insert(depth, layer);
        } else {
            layer.end(&mut self.spare);
        }
        self.account();
        unfinished
    }

    /// Begins a layer: says which watches are settled, and stops when these are all that are waited for, or one of them
    /// is enough to give up.
    ///
    /// What was said while the layer before was begun is heard by everybody before this one is, so that all workers
    /// stop at the same layer.
    fn enter(&mut self, depth: u64, states: usize) {
        self.shared.entered(depth as usize, states);
        if !self.plan.ends_when_settled && self.plan.gives_up_at.is_none() {
            return;
        }
        let heard = self.settled.iter().filter(|(from, _)| *from <= depth);
        let is_settled = |watch: usize| heard.clone().any(|(_, watches)| watches.get(watch) == Some(&true));
        let all_are = || self.plan.ends_when_settled && (0..self.plan.awaited).all(is_settled);
        if self.plan.gives_up_at.is_some_and(is_settled) || all_are() {
            self.shared.stop(Limit::Enough);
            return;
        }
        // A watch may have seen something in a deeper layer, which does not count yet.
        let seen = |first: &Option<Spot>| first.is_some_and(|first| first.depth <= depth);
        let watches: Vec<bool> = self.watcher.firsts.iter().map(seen).collect();
        self.tell_others(&Cargo::Settled(watches.clone()));
        self.settled.push((depth + 1, watches));
    }

    fn tell_others(&mut self, cargo: &Cargo<M::State, W, N>) {
        let others = (0..self.place.1).filter(|other| *other != self.place.0);
        self.ready.extend(others.map(|other| Parcel { to: other as u64, cargo: cargo.clone() }));
    }

    /// Gives up all layers, and tells the others once.
    fn abandon(&mut self, capability: &Capability<u64>, send: &mut Send<'_, M::State, W, N>) {
        self.ready.clear();
        if let Some(limit) = self.shared.limit().filter(|_| !self.said_stop) {
            self.said_stop = true;
            self.tell_others(&Cargo::Stop(limit));
            self.ready.drain(..).for_each(|parcel| send(capability, parcel));
        }
        self.layers.clear();
    }

    /// Tells the others of this process how many bytes this worker holds.
    fn account(&mut self) {
        let layers: usize = self.layers.values().map(Layer::bytes).sum();
        let tables = self.visited.bytes() + self.filter.bytes() + self.samples.bytes();
        let bytes = tables + self.watcher.bytes() + layers + self.spare.bytes();
        self.shared.holds(self.counted, bytes);
        self.counted = bytes;
    }
}
