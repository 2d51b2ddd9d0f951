//! **What a worker notes of each state that it keeps: for the questions, the classes, and whoever wants all states.**

use std::sync::Arc;

use crate::classes::views_of;
use crate::dataflow::fingerprint::Key;
use crate::dataflow::name::{Name, owner};
use crate::dataflow::parcel::{Sighting, Spot};
use crate::dataflow::plan::{Coalition, Plan};
use crate::dataflow::sightings::{Classes, Pending};
use crate::epistemic::Epistemic;

/// What one worker has noted.
pub(crate) struct Watcher<M: Epistemic> {
    model: Arc<M>,
    plan: Arc<Plan<M>>,
    /// This worker, and how many there are.
    place: (usize, usize),
    pending: Pending,
    /// Sightings for each worker, ready to be sent.
    pub(crate) sightings: Vec<Vec<Sighting>>,
    /// The classes that this worker owns.
    pub(crate) classes: Classes,
    /// The first state that each watch saw.
    pub(crate) firsts: Vec<Option<Spot>>,
    /// All states, if they are to be kept.
    pub(crate) kept: Vec<(Spot, M::State)>,
}

impl<M: Epistemic> Watcher<M> {
    pub(crate) fn new(model: Arc<M>, plan: Arc<Plan<M>>, place: (usize, usize)) -> Self {
        Watcher {
            pending: Pending::new(!plan.coalitions.is_empty()),
            sightings: vec![Vec::new(); place.1],
            classes: Classes::default(),
            firsts: vec![None; plan.watches.len()],
            kept: Vec::new(),
            model,
            plan,
            place,
        }
    }

    /// Looks at a new state.
    #[inline]
    pub(crate) fn observe(&mut self, spot: Spot, state: &M::State) {
        for (watch, first) in self.plan.watches.iter().zip(&mut self.firsts) {
            if first.is_none_or(|first| spot < first) && watch.sees(&self.model, state) {
                *first = Some(spot);
            }
        }
        for coalition in 0..self.plan.coalitions.len() {
            self.sight(coalition, spot, state);
        }
        if self.plan.keeps_states {
            self.kept.push((spot, state.clone()));
        }
    }

    fn sight(&mut self, number: usize, spot: Spot, state: &M::State) {
        let coalition = &self.plan.coalitions[number];
        let sighting = Sighting {
            coalition: number as u32,
            class: class_of(&*self.model, coalition, state),
            truths: coalition.truths(self.plan.matters.as_ref(), state),
            count: 1,
            first: spot,
        };
        if let Some(complete) = self.pending.add(sighting) {
            self.pass_on(complete);
        }
    }

    /// Hands a sighting to the owner of its class.
    fn pass_on(&mut self, sighting: Sighting) {
        let owner = owner(sighting.class.spread(), self.place.1);
        if owner == self.place.0 {
            self.classes.add(&sighting);
        } else {
            self.sightings[owner].push(sighting);
        }
    }

    /// Hands over all that waits.
    pub(crate) fn flush(&mut self) {
        let waiting: Vec<Sighting> = self.pending.drain().collect();
        waiting.into_iter().for_each(|sighting| self.pass_on(sighting));
    }

    /// The bytes that this takes.
    pub(crate) fn bytes(&self) -> usize {
        self.classes.bytes() + self.kept.capacity() * size_of::<(Spot, M::State)>()
    }
}

/// The key of all that a coalition holds in a state.
pub(crate) fn class_of<M: Epistemic>(model: &M, coalition: &Coalition<M>, state: &M::State) -> Key {
    match coalition.members.as_slice() {
        [only] => Key::of(&model.view(*only, state)),
        members => Key::of(&views_of(model, members, state)),
    }
}
