//! **Successors of a layer's states, sifted and handed to their owners.**

use std::sync::Arc;

use crate::dataflow::layer::{Layer, SMALL, Waiting};
use crate::dataflow::name::{Address, Name};
use crate::dataflow::parcel::{Candidate, Cargo, Carried, Parcel, Wire};
use crate::dataflow::search::{BATCH, PIECE, Searcher};
use crate::epistemic::Epistemic;

/// Small successors that are laid aside and sifted together.
const SIFTED: usize = 64;
/// About so many bytes of states travel together.
const PARCEL_BYTES: usize = 1 << 15;
/// Parcels that arrived and are kept to be filled again.
const EMPTIES: usize = 64;

impl<M: Epistemic, W: Wire<M::State>, N: Name> Searcher<M, W, N> {
    /// States that travel together.
    const PARCEL: usize = PARCEL_BYTES.div_ceil(size_of::<Candidate<M::State, W, N>>());

    /// Expands a piece of a layer.
    pub(super) fn expand(&mut self, layer: &mut Layer<M::State>) {
        let model = Arc::clone(&self.model);
        let depth = *layer.capability.time() + 1;
        let next_layer = layer.capability.delayed(&depth);
        let mut actions = std::mem::take(&mut self.actions);
        for Waiting { address, state } in layer.piece::<N>(PIECE, &mut self.spare) {
            if self.samples.examines(N::spread_of(*address)) {
                self.examine(state);
            }
            model.actions(state, &mut actions);
            for action in actions.drain(..) {
                if let Some(next) = model.next_state(state, action)
                    && model.within_boundary(&next)
                {
                    self.generated += 1;
                    if N::EXACT_ADDRESS || next != *state {
                        self.find(&*model, next, depth, *address);
                    }
                }
            }
            if self.found.states.len() >= SIFTED {
                self.sift(depth);
            }
            if self.own.len() >= BATCH {
                self.settle_own(&next_layer);
            }
        }
        self.actions = actions;
        self.sift(depth);
        self.settle_own(&next_layer);
    }

    /// Notes a successor.
    #[inline]
    fn find(&mut self, model: &M, state: M::State, depth: u64, predecessor: Address) {
        let Some(name) = N::of(self.naming, model, &state) else {
            return self.shared.fail(self.naming.complaint(model, &state));
        };
        self.compare_if_few(name, &state);
        if size_of::<M::State>() <= SMALL {
            self.found.names.push((name, predecessor));
            self.found.states.push(state);
        } else if self.filter.admits(depth, name, predecessor) {
            self.hand_over(name, predecessor, state);
        }
    }

    /// Hands those of the successors that are laid aside to their owners that are worth it.
    fn sift(&mut self, depth: u64) {
        let mut found = std::mem::take(&mut self.found);
        self.filter.sift(depth, &mut found);
        let successors = found.names.drain(..).zip(found.states.drain(..));
        for (worthy, ((name, predecessor), state)) in found.worthy.iter().zip(successors) {
            if *worthy {
                self.hand_over(name, predecessor, state);
            }
        }
        self.found = found;
    }

    /// Hands a successor to its owner.
    #[inline]
    fn hand_over(&mut self, name: N, predecessor: Address, state: M::State) {
        let owner = self.naming.owner::<N>(name.address(), self.place.1);
        let candidate = Candidate { label: name.label(), predecessor, state: Carried::new(state) };
        if owner == self.place.0 {
            self.own.push(candidate);
            return;
        }
        self.outbox[owner].push(candidate);
        if self.outbox[owner].len() >= Self::PARCEL {
            self.post(owner);
        }
    }

    fn post(&mut self, owner: usize) {
        let empty = self.empties.pop().unwrap_or_else(|| Vec::with_capacity(Self::PARCEL));
        let states = std::mem::replace(&mut self.outbox[owner], empty);
        self.shared.sent(size_of_val(states.as_slice()));
        self.ready.push(Parcel { to: owner as u64, cargo: Cargo::States(states) });
    }

    /// Makes parcels of all that waits to be sent.
    pub(super) fn post_all(&mut self) {
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

    /// Keeps what a parcel came in, to be filled again.
    pub(super) fn reuse(&mut self, emptied: Vec<Candidate<M::State, W, N>>) {
        if self.empties.len() < EMPTIES {
            self.empties.push(emptied);
        }
    }
}
