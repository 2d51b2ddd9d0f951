//! Small random models, and the dull things that every test says about them.

use std::collections::BTreeSet;

use mailcover_checker::{Epistemic, Exploration, Graph, GraphOf, Limits, Packing, PathOf, explore};
use proptest::prelude::*;
use stateright::Model;

/// How many actions there are in every state, enabled or not.
pub(crate) const ACTIONS: usize = 4;

/// A model given by its tables. Its states and actions are their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Web {
    pub(crate) initial: Vec<u8>,
    pub(crate) next: Vec<[Option<u8>; ACTIONS]>,
    pub(crate) views: Vec<[u8; 2]>,
    pub(crate) facts: Vec<[bool; 2]>,
    pub(crate) cut: Vec<bool>,
    pub(crate) outside: Vec<bool>,
    pub(crate) fair: [bool; ACTIONS],
    pub(crate) packing: Option<Packing>,
}

impl Model for Web {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        self.initial.clone()
    }

    fn actions(&self, _: &u8, actions: &mut Vec<u8>) {
        actions.extend(0..ACTIONS as u8);
    }

    fn next_state(&self, state: &u8, action: u8) -> Option<u8> {
        self.next[*state as usize][action as usize]
    }

    fn within_boundary(&self, state: &u8) -> bool {
        !self.outside[*state as usize]
    }
}

impl Epistemic for Web {
    type Observer = usize;
    type View = u8;

    fn view(&self, observer: usize, state: &u8) -> u8 {
        self.views[*state as usize][observer]
    }

    fn fair(&self, action: &u8) -> bool {
        self.fair[*action as usize]
    }

    fn cut(&self, state: &u8) -> bool {
        self.cut[*state as usize]
    }

    fn packing(&self) -> Option<Packing> {
        self.packing
    }

    fn packed(&self, state: &u8) -> u128 {
        // The highest bit as well, of as many as there are.
        u128::from(*state) | u128::from(*state) << (if self.packing == Some(wide()) { 92 } else { 40 })
    }
}

impl Web {
    /// A model with these transitions, in which nothing is fair, seen, cut or outside.
    pub(crate) fn with(next: &[[Option<u8>; ACTIONS]]) -> Self {
        Web {
            initial: vec![0],
            next: next.to_vec(),
            views: vec![[0; 2]; next.len()],
            facts: vec![[false; 2]; next.len()],
            cut: vec![false; next.len()],
            outside: vec![false; next.len()],
            fair: [false; ACTIONS],
            packing: None,
        }
    }

    /// The same without any bound: nothing is cut, nothing is outside.
    pub(crate) fn unbounded(mut self) -> Self {
        self.cut.fill(false);
        self.outside.fill(false);
        self
    }

    /// The initial states within the boundary.
    pub(crate) fn starts(&self) -> impl Iterator<Item = u8> {
        self.initial.iter().copied().filter(|state| self.within_boundary(state))
    }

    pub(crate) fn search(&self) -> (Exploration<u8>, GraphOf<Self>) {
        self.search_within(&Limits::default())
    }

    pub(crate) fn search_within(&self, limits: &Limits) -> (Exploration<u8>, GraphOf<Self>) {
        let exploration = explore(self, limits, &mut |_| {});
        let graph = Graph::build(self, &exploration).expect("a table is deterministic");
        (exploration, graph)
    }

    pub(crate) fn fact(&self, fact: usize) -> impl Fn(&u8) -> bool + use<> {
        let truths: Vec<bool> = self.facts.iter().map(|facts| facts[fact]).collect();
        move |state| truths[*state as usize]
    }

    /// The steps within the boundary.
    pub(crate) fn steps(&self, state: u8) -> Vec<(u8, u8)> {
        let labelled = self.next[state as usize].iter().enumerate();
        let enabled = labelled.filter_map(|(action, next)| Some((action as u8, (*next)?)));
        enabled.filter(|(_, next)| self.within_boundary(next)).collect()
    }

    /// Whether the state may have more steps than those within the boundary.
    pub(crate) fn is_cut(&self, state: u8) -> bool {
        let leaves = |next: &Option<u8>| next.is_some_and(|next| !self.within_boundary(&next));
        self.cut(&state) || self.next[state as usize].iter().any(leaves)
    }

    /// The layers of reachable states, by repeated union.
    pub(crate) fn layers(&self) -> Vec<BTreeSet<u8>> {
        let inside = |state: &u8| self.within_boundary(state);
        let mut seen: BTreeSet<u8> = self.initial.iter().copied().filter(inside).collect();
        let mut layers = vec![seen.clone()];
        while let Some(layer) = layers.last().filter(|layer| !layer.is_empty()) {
            let next = layer.iter().flat_map(|state| self.steps(*state)).map(|(_, to)| to);
            let fresh: BTreeSet<u8> = next.filter(|state| !seen.contains(state)).collect();
            seen.extend(&fresh);
            layers.push(fresh);
        }
        layers.pop();
        layers
    }

    pub(crate) fn reachable(&self) -> BTreeSet<u8> {
        self.layers().into_iter().flatten().collect()
    }

    pub(crate) fn depth(&self, state: u8) -> usize {
        self.layers().iter().position(|layer| layer.contains(&state)).expect("it is reachable")
    }

    /// Panics unless the path is a run of the model.
    pub(crate) fn assert_run(&self, path: &PathOf<Self>) {
        assert_eq!(self.init_states()[path.initial], path.states[0]);
        self.assert_steps(path);
    }

    /// Panics unless each step of the path is one of the model.
    pub(crate) fn assert_steps(&self, path: &PathOf<Self>) {
        assert_eq!(path.states.len(), path.actions.len() + 1);
        for (action, pair) in path.actions.iter().zip(path.states.windows(2)) {
            assert_eq!(self.next_state(&pair[0], *action), Some(pair[1]));
        }
    }
}

/// States as numbers that are their own keys.
fn narrow() -> Packing {
    Packing::of_bits(48)
}

/// States as numbers that are permuted into keys.
fn wide() -> Packing {
    Packing::of_bits(100)
}

/// Models of up to `most` states.
pub(crate) fn webs(most: usize) -> impl Strategy<Value = Web> {
    (1..=most).prop_flat_map(|size| {
        let state = 0..size as u8;
        let next = prop::option::weighted(0.4, state.clone());
        (
            prop::collection::vec(state, 1..=3),
            prop::collection::vec(prop::array::uniform4(next), size),
            prop::collection::vec(prop::array::uniform2(0..3_u8), size),
            prop::collection::vec(prop::array::uniform2(any::<bool>()), size),
            prop::collection::vec(prop::bool::weighted(0.1), size),
            prop::collection::vec(prop::bool::weighted(0.1), size),
            prop::array::uniform4(any::<bool>()),
            prop::sample::select(vec![
                None,
                Some(narrow()),
                Some(narrow().keeping_together(42)),
                Some(wide()),
            ]),
        )
            .prop_map(|(initial, next, views, facts, cut, outside, fair, packing)| Web {
                initial,
                next,
                views,
                facts,
                cut,
                outside,
                fair,
                packing,
            })
    })
}
