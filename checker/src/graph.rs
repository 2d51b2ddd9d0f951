//! **Every transition between the states that were found, written out.**
//!
//! The explorer keeps no edges, because most questions need none. Temporal questions do, so the
//! model is executed once more and its transitions are stored in three flat lists.
//!
//! A graph may be built from a partial exploration. A state with a transition that leads out of
//! what was kept (past a limit, or past `Model::within_boundary`) is marked as cut, together with
//! those that [`Epistemic::cut`] names: such a state may have more transitions than the graph has.

use std::hash::Hash;

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use stateright::Model;

use crate::epistemic::Epistemic;
use crate::error::Nondeterminism;
use crate::exploration::Exploration;
use crate::limits::Limit;

/// The transitions of an exploration.
#[derive(Clone, Debug)]
pub struct Graph<A> {
    offsets: Vec<usize>,
    targets: Vec<u32>,
    labels: Vec<u32>,
    actions: IndexSet<A, FixedState>,
    fair: Vec<u32>,
    cut: Vec<bool>,
    open: Vec<bool>,
    limit: Option<Limit>,
}

/// The graph of a given model.
pub type GraphOf<M> = Graph<<M as Model>::Action>;

impl<A: Clone + Eq + Hash> Graph<A> {
    /// Executes every enabled action of every state once more.
    ///
    /// # Errors
    ///
    /// The model may not repeat what it did.
    pub fn build<M>(model: &M, exploration: &Exploration<M::State>) -> Result<Self, Nondeterminism>
    where
        M: Epistemic<Action = A>,
    {
        let mut graph = Graph {
            offsets: Vec::with_capacity(exploration.unique_states() + 1),
            targets: Vec::with_capacity(exploration.generated()),
            labels: Vec::with_capacity(exploration.generated()),
            actions: IndexSet::with_hasher(FixedState::default()),
            fair: Vec::new(),
            cut: Vec::with_capacity(exploration.unique_states()),
            open: Vec::with_capacity(exploration.unique_states()),
            limit: exploration.limit(),
        };
        let mut actions = Vec::new();
        graph.offsets.push(0);
        for state in exploration.states() {
            let (mut cut, mut open) = (model.cut(state), false);
            model.actions(state, &mut actions);
            for action in actions.drain(..) {
                let Some(next) = model.next_state(state, action.clone()) else {
                    continue;
                };
                if let Some(target) = exploration.id_of(&next) {
                    graph.targets.push(target as u32);
                    let label = graph.label(model, action);
                    graph.labels.push(label);
                } else if graph.limit.is_none() && model.within_boundary(&next) {
                    return Err(Nondeterminism {
                        what: "a state appeared that the exploration did not find",
                        state: Some(format!("{state:?}")),
                        action: Some(format!("{action:?}")),
                    });
                } else {
                    cut = true;
                    open |= model.within_boundary(&next);
                }
            }
            graph.cut.push(cut);
            graph.open.push(open);
            graph.offsets.push(graph.targets.len());
        }
        Ok(graph)
    }

    /// The number of this action, noting whether it is fair when it is met first.
    fn label<M: Epistemic<Action = A>>(&mut self, model: &M, action: A) -> u32 {
        if let Some(known) = self.actions.get_index_of(&action) {
            return known as u32;
        }
        let label = self.actions.len() as u32;
        if model.fair(&action) {
            self.fair.push(label);
        }
        self.actions.insert(action);
        label
    }
}

impl<A> Graph<A> {
    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cut.len()
    }

    /// Whether there are no states.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cut.is_empty()
    }

    /// How many transitions there are.
    #[must_use]
    pub fn transitions(&self) -> usize {
        self.targets.len()
    }

    /// What stopped the exploration, if anything did.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.limit
    }

    /// The states that follow this one, in the order of its actions.
    #[must_use]
    pub fn successors(&self, id: usize) -> &[u32] {
        self.targets.get(self.range(id)).unwrap_or_default()
    }

    /// The labels of the transitions from this state, in the order of [`Graph::successors`].
    #[must_use]
    pub fn labels(&self, id: usize) -> &[u32] {
        self.labels.get(self.range(id)).unwrap_or_default()
    }

    /// The transitions from this state: each label with its target.
    pub fn edges(&self, id: usize) -> impl Iterator<Item = (u32, u32)> {
        self.labels(id).iter().copied().zip(self.successors(id).iter().copied())
    }

    /// Whether the graph has no transition from this state.
    #[must_use]
    pub fn is_dead_end(&self, id: usize) -> bool {
        self.successors(id).is_empty()
    }

    /// The action with this label.
    #[must_use]
    pub fn action(&self, label: u32) -> Option<&A> {
        self.actions.get_index(label as usize)
    }

    /// The labels of the fair actions, each of which is enabled somewhere.
    #[must_use]
    pub fn fair(&self) -> &[u32] {
        &self.fair
    }

    /// Whether this state may have more transitions than the graph has.
    #[must_use]
    pub fn cut(&self, id: usize) -> bool {
        self.cut.get(id).copied().unwrap_or(false)
    }

    /// Whether a transition from this state leads to one that a limit kept from being found.
    #[must_use]
    pub fn open(&self, id: usize) -> bool {
        self.open.get(id).copied().unwrap_or(false)
    }

    fn range(&self, id: usize) -> std::ops::Range<usize> {
        match self.offsets.get(id..id.saturating_add(2)) {
            Some([start, end]) => *start..*end,
            _ => 0..0,
        }
    }
}
