//! **Candidates put into the table, many at a time, so that the processor can fetch the slots of all of them at once.**

use std::sync::Arc;

use timely::dataflow::operators::Capability;

use crate::dataflow::layer::{Layer, Waiting};
use crate::dataflow::name::Name;
use crate::dataflow::parcel::{Candidate, Spot, Wire};
use crate::dataflow::search::Searcher;
use crate::dataflow::visited::{Arrival, Origin};
use crate::epistemic::Epistemic;

/// Candidates whose slots are fetched while those before them are put into the table.
const AHEAD: usize = 64;

impl<M: Epistemic, W: Wire<M::State>, N: Name> Searcher<M, W, N> {
    /// Puts the own candidates into the table.
    pub(super) fn settle_own(&mut self, capability: &Capability<u64>) {
        let mut own = std::mem::take(&mut self.own);
        self.settle(capability, &mut own);
        self.own = own;
    }

    /// Puts candidates into the table, and observes those that are new.
    pub(super) fn settle(
        &mut self,
        capability: &Capability<u64>,
        candidates: &mut Vec<Candidate<M::State, W, N>>,
    ) {
        let model = Arc::clone(&self.model);
        let name = |candidate: &Candidate<M::State, W, N>| {
            N::labelled(candidate.label, self.naming, &*model, &candidate.state.0)
        };
        let mut names = std::mem::take(&mut self.names);
        names.clear();
        names.extend(candidates.iter().map(name));
        self.visited.touch(&names[..names.len().min(AHEAD)]);
        let depth = *capability.time();
        let is_bounded = self.shared.is_bounded();
        let before = self.visited.len();
        let mut fresh = std::mem::take(&mut self.fresh);
        fresh.clear();
        for (at, (name, candidate)) in names.iter().zip(candidates.iter()).enumerate() {
            if at.is_multiple_of(AHEAD) {
                let ahead = names.get(at + AHEAD..).unwrap_or_default();
                self.visited.touch(&ahead[..ahead.len().min(AHEAD)]);
            }
            let state = &candidate.state.0;
            // A limit refuses a state only if it is not known already.
            if is_bounded && !self.visited.contains(*name) && !self.shared.admit(depth as usize) {
                fresh.push(false);
                continue;
            }
            if self.samples.compares(name.spread())
                && let Err(error) = self.samples.compare(name.key(), state)
            {
                self.shared.fail(error);
            }
            let origin = Origin::new(depth, candidate.predecessor);
            let is_new = self.visited.insert(*name, origin) == Arrival::New;
            if is_new {
                self.watcher.observe(Spot { depth, key: name.key() }, state);
            }
            fresh.push(is_new);
        }
        if self.visited.len() > before {
            let layer = self.layers.entry(depth).or_insert_with(|| Layer::new(capability));
            for ((is_new, name), candidate) in fresh.iter().zip(&names).zip(candidates.drain(..)) {
                if *is_new {
                    let waiting = Waiting { address: name.address(), state: candidate.state.0 };
                    layer.push(waiting, &mut self.spare);
                }
            }
        }
        candidates.clear();
        self.fresh = fresh;
        self.names = names;
        self.note_new(depth as usize, self.visited.len() - before);
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
}
