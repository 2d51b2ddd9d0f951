//! **One worker: it receives states of a layer, and expands the layer once nobody can send more of it.**
//!
//! Time stamps are depths. What is sent at one depth arrives, through the feedback edge, at the next. A worker holds a
//! capability for each layer of which it has states; when the frontier of its input has passed a layer, every state of it
//! has arrived everywhere, and it is expanded, a piece at a time, so that messages are read in between.
//!
//! A worker's own successors do not travel: they are put straight into its table, in batches, so that the processor
//! can fetch the slots of a whole batch at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use timely::dataflow::operators::Capability;

use crate::dataflow::filter::Filter;
use crate::dataflow::fingerprint::{Address, Key};
use crate::dataflow::parcel::{Candidate, Cargo, Carried, Parcel, Spot, Wire};
use crate::dataflow::plan::Plan;
use crate::dataflow::shared::Shared;
use crate::dataflow::visited::{Arrival, Origin, Visited};
use crate::dataflow::watcher::Watcher;
use crate::epistemic::Epistemic;
use crate::limits::Limit;
use crate::sanity;

/// Own successors that are put into the table together.
const BATCH: usize = 128;
/// States or sightings that travel together.
const PARCEL: usize = 512;
/// States that are expanded before messages are read again.
const PIECE: usize = 2048;
/// One state in so many is asked twice, to find a model that does not answer alike.
const SAMPLED: u64 = 1 << 12;

/// One worker of a search.
pub(crate) struct Searcher<M: Epistemic, W> {
    model: Arc<M>,
    plan: Arc<Plan<M>>,
    shared: Arc<Shared>,
    /// This worker, and how many there are.
    place: (usize, usize),
    pub(crate) visited: Visited,
    pub(crate) watcher: Watcher<M>,
    filter: Filter,
    own: Vec<Candidate<M::State, W>>,
    outbox: Vec<Vec<Candidate<M::State, W>>>,
    ready: Vec<Parcel<M::State, W>>,
    layers: BTreeMap<u64, Layer<M::State>>,
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

/// The states of one depth that this worker owns.
struct Layer<S> {
    capability: Capability<u64>,
    states: Vec<S>,
    addresses: Vec<Address>,
    expanded: usize,
}

/// What sends a parcel with the capability of a layer.
pub(crate) type Send<'a, S, W> = dyn FnMut(&Capability<u64>, Parcel<S, W>) + 'a;

impl<M: Epistemic, W: Wire<M::State>> Searcher<M, W> {
    pub(crate) fn new(model: Arc<M>, plan: Arc<Plan<M>>, shared: Arc<Shared>, place: (usize, usize)) -> Self {
        Searcher {
            visited: Visited::new(),
            watcher: Watcher::new(Arc::clone(&model), Arc::clone(&plan), place),
            filter: Filter::new(place.1),
            own: Vec::with_capacity(BATCH),
            outbox: (0..place.1).map(|_| Vec::new()).collect(),
            ready: Vec::new(),
            layers: BTreeMap::new(),
            actions: Vec::new(),
            settled: Vec::new(),
            sizes: Vec::new(),
            generated: 0,
            counted: 0,
            said_stop: false,
            model,
            plan,
            shared,
            place,
        }
    }

    /// Takes in those initial states that this worker owns.
    pub(crate) fn begin(&mut self, capability: &Capability<u64>) {
        let model = Arc::clone(&self.model);
        for state in model.init_states() {
            let key = Key::of(&state);
            if model.within_boundary(&state) && key.address().owner(self.place.1) == self.place.0 {
                let origin = Origin::new(0, Address(0));
                self.own.push(Candidate { key, origin, state: Carried::new(state) });
            }
        }
        self.settle(capability);
    }

    /// Takes in what arrived for the layer of this capability.
    pub(crate) fn receive(&mut self, capability: &Capability<u64>, cargo: Cargo<M::State, W>) {
        match cargo {
            Cargo::States(candidates) => {
                self.shared.arrived(size_of_all(&candidates));
                if self.shared.stopping() {
                    return;
                }
                let mut candidates = candidates.into_iter();
                while candidates.len() > 0 {
                    self.own.extend(candidates.by_ref().take(BATCH));
                    self.settle(capability);
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
        send: &mut Send<'_, M::State, W>,
    ) -> bool {
        self.shared.look_up();
        let first = self.layers.keys().next().copied();
        let Some(depth) = first.filter(|depth| self.shared.stopping() || has_arrived(*depth)) else {
            return false;
        };
        let Some(mut layer) = self.layers.remove(&depth) else {
            return false;
        };
        if layer.expanded == 0 && !self.shared.stopping() {
            self.enter(depth, layer.states.len());
        }
        if self.shared.stopping() {
            self.abandon(&layer.capability, send);
            return false;
        }
        let end = layer.states.len().min(layer.expanded + PIECE);
        self.expand(&layer, end);
        layer.expanded = end;
        let unfinished = end < layer.states.len();
        if !unfinished {
            self.post_all();
        }
        self.ready.drain(..).for_each(|parcel| send(&layer.capability, parcel));
        if unfinished {
            self.layers.insert(depth, layer);
        }
        self.account();
        unfinished
    }

    /// Begins a layer: says which watches are settled, and stops when all of them are.
    ///
    /// What was said while the layer before was begun is heard by everybody before this one is, so that all workers
    /// stop at the same layer.
    fn enter(&mut self, depth: u64, states: usize) {
        self.shared.entered(depth as usize, states);
        if !self.plan.ends_when_settled {
            return;
        }
        let heard = self.settled.iter().filter(|(from, _)| *from <= depth);
        let is_settled = |watch: usize| heard.clone().any(|(_, watches)| watches.get(watch) == Some(&true));
        if (0..self.plan.awaited).all(is_settled) {
            self.shared.stop(Limit::Enough);
            return;
        }
        // A watch may have seen something in a deeper layer, which does not count yet.
        let seen = |first: &Option<Spot>| first.is_some_and(|first| first.depth <= depth);
        let watches: Vec<bool> = self.watcher.firsts.iter().map(seen).collect();
        self.tell_others(&Cargo::Settled(watches.clone()));
        self.settled.push((depth + 1, watches));
    }

    fn expand(&mut self, layer: &Layer<M::State>, end: usize) {
        let model = Arc::clone(&self.model);
        let depth = *layer.capability.time() + 1;
        let next_layer = layer.capability.delayed(&depth);
        let mut actions = std::mem::take(&mut self.actions);
        let states = layer.states[layer.expanded..end].iter();
        for (state, address) in states.zip(&layer.addresses[layer.expanded..end]) {
            if address.0.is_multiple_of(SAMPLED) {
                self.sample(state);
            }
            model.actions(state, &mut actions);
            for action in actions.drain(..) {
                if let Some(next) = model.next_state(state, action)
                    && model.within_boundary(&next)
                {
                    self.generated += 1;
                    self.found(next, Origin::new(depth, *address));
                }
            }
            if self.own.len() >= BATCH {
                self.settle(&next_layer);
            }
        }
        self.actions = actions;
        self.settle(&next_layer);
    }

    /// Hands a successor to its owner.
    #[inline]
    fn found(&mut self, state: M::State, origin: Origin) {
        let key = Key::of(&state);
        let owner = key.address().owner(self.place.1);
        let candidate = Candidate { key, origin, state: Carried::new(state) };
        if owner == self.place.0 {
            self.own.push(candidate);
        } else if self.filter.passes(key, origin) {
            self.outbox[owner].push(candidate);
            if self.outbox[owner].len() >= PARCEL {
                self.post(owner);
            }
        }
    }

    /// Puts the own candidates into the table, and observes those that are new.
    fn settle(&mut self, capability: &Capability<u64>) {
        if self.own.is_empty() {
            return;
        }
        let mut own = std::mem::take(&mut self.own);
        self.visited.touch(own.iter().map(|candidate| candidate.key));
        let depth = *capability.time();
        let mut layer = self.layers.remove(&depth);
        let before = self.visited.len();
        for candidate in own.drain(..) {
            if self.shared.is_bounded() && !self.may_keep(candidate.key, depth) {
                continue;
            }
            if self.visited.insert(candidate.key, candidate.origin) == Arrival::New {
                self.watcher.observe(Spot { depth, key: candidate.key }, &candidate.state.0);
                let layer = layer.get_or_insert_with(|| Layer::new(capability));
                layer.addresses.push(candidate.key.address());
                layer.states.push(candidate.state.0);
            }
        }
        if let Some(layer) = layer {
            self.layers.insert(depth, layer);
        }
        self.note_new(depth as usize, self.visited.len() - before);
        self.own = own;
    }

    fn note_new(&mut self, depth: usize, new: usize) {
        if new == 0 {
            return;
        }
        if self.sizes.len() <= depth {
            self.sizes.resize(depth + 1, 0);
        }
        self.sizes[depth] += new;
        self.shared.found(new);
    }

    /// Whether the limits allow to keep this state, which may be known already.
    #[cold]
    fn may_keep(&self, key: Key, depth: u64) -> bool {
        self.visited.contains(key) || self.shared.admit(depth as usize)
    }

    /// Asks the model twice about a state.
    #[cold]
    fn sample(&self, state: &M::State) {
        let observers = self.plan.coalitions.iter().flat_map(|coalition| coalition.members.iter());
        if let Err(difference) = sanity::same_answers(&*self.model, state, observers.copied()) {
            self.shared.fail(difference.into());
        }
    }

    fn post(&mut self, owner: usize) {
        let states = std::mem::take(&mut self.outbox[owner]);
        self.shared.sent(size_of_all(&states));
        self.ready.push(Parcel { to: owner as u64, cargo: Cargo::States(states) });
    }

    /// Makes parcels of all that waits to be sent.
    fn post_all(&mut self) {
        self.watcher.flush();
        for owner in 0..self.place.1 {
            if !self.outbox[owner].is_empty() {
                self.post(owner);
            }
            let sightings = std::mem::take(&mut self.watcher.sightings[owner]);
            if !sightings.is_empty() {
                self.ready.push(Parcel { to: owner as u64, cargo: Cargo::Sightings(sightings) });
            }
        }
    }

    fn tell_others(&mut self, cargo: &Cargo<M::State, W>) {
        let others = (0..self.place.1).filter(|other| *other != self.place.0);
        self.ready.extend(others.map(|other| Parcel { to: other as u64, cargo: cargo.clone() }));
    }

    /// Gives up all layers, and tells the others once.
    fn abandon(&mut self, capability: &Capability<u64>, send: &mut Send<'_, M::State, W>) {
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
        let layer = |layer: &Layer<M::State>| {
            layer.states.capacity() * size_of::<M::State>()
                + layer.addresses.capacity() * size_of::<Address>()
        };
        let layers: usize = self.layers.values().map(layer).sum();
        let bytes = self.visited.bytes() + self.filter.bytes() + self.watcher.bytes() + layers;
        self.shared.holds(self.counted, bytes);
        self.counted = bytes;
    }
}

impl<S> Layer<S> {
    fn new(capability: &Capability<u64>) -> Self {
        Layer { capability: capability.clone(), states: Vec::new(), addresses: Vec::new(), expanded: 0 }
    }
}

fn size_of_all<T>(items: &[T]) -> usize {
    size_of_val(items)
}
