//! **Which questions are answered while searching, and what each needs to be asked of a state.**

use std::sync::Arc;

use crate::classes::views_of;
use crate::epistemic::Epistemic;
use crate::formula::Test;
use crate::question::{By, Inquiry, Kind, Knowledge, ViewTest};

/// Facts per coalition: one bit each, and one bit for whether the state matters.
const MOST_FACTS: usize = 63;
/// What is asked, and what a sample shows besides.
const FACTS_OF_A_QUESTION: usize = 2;
/// The bit that says that a state matters.
pub(crate) const MATTERS: u64 = 1 << 63;

/// What every worker asks of every state.
pub(crate) struct Plan<M: Epistemic> {
    pub(crate) roles: Vec<Role>,
    pub(crate) watches: Vec<Watch<M>>,
    pub(crate) coalitions: Vec<Coalition<M>>,
    /// Those of whose views something is asked, now or when the search is over.
    pub(crate) observers: Vec<M::Observer>,
    pub(crate) matters: Option<Test<M::State>>,
    pub(crate) keeps_states: bool,
    pub(crate) ends_when_settled: bool,
    /// How many of the watches, from the first on, a search waits for that may stop early.
    pub(crate) awaited: usize,
    /// The watch that ends the search when it has seen something.
    pub(crate) gives_up_at: Option<usize>,
}

/// Where the answer to a question is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Role {
    /// The watch with this number; whether the question asks for `always`.
    Watch { at: usize, always: bool },
    /// The class table of a coalition, one of its facts, and the one that a sample shows besides.
    Classes { coalition: usize, fact: usize, showing: Option<usize>, by: By },
    /// The graph of all states, afterwards.
    Graph,
}

/// Looks for the first state of some kind.
pub(crate) enum Watch<M: Epistemic> {
    State { fact: Test<M::State>, wanted: bool },
    View { of: Vec<M::Observer>, derives: ViewTest<M::View> },
}

/// Observers who pool their views, and the facts that are asked of them.
pub(crate) struct Coalition<M: Epistemic> {
    pub(crate) members: Vec<M::Observer>,
    pub(crate) facts: Vec<Test<M::State>>,
}

impl<M: Epistemic> Plan<M> {
    pub(crate) fn new(inquiry: &Inquiry<M>) -> Self {
        let mut plan = Plan {
            roles: Vec::new(),
            watches: Vec::new(),
            coalitions: Vec::new(),
            observers: inquiry.observers(),
            matters: inquiry.matters.clone(),
            keeps_states: inquiry.keeps_states,
            ends_when_settled: inquiry.ends_when_settled(),
            awaited: 0,
            gives_up_at: None,
        };
        for (number, question) in inquiry.questions.iter().enumerate() {
            let role = match &question.0 {
                Kind::Always(fact) => {
                    plan.watch(Watch::State { fact: Arc::clone(fact), wanted: false }, true)
                }
                Kind::Reachable(fact) => {
                    plan.watch(Watch::State { fact: Arc::clone(fact), wanted: true }, false)
                }
                Kind::Secret(of, derives) => {
                    plan.watch(Watch::View { of: of.clone(), derives: Arc::clone(derives) }, true)
                }
                Kind::Knowledge(asked) => plan.classes(asked),
                Kind::Inevitable(..) | Kind::Formula(_) => Role::Graph,
            };
            plan.roles.push(role);
            if number < inquiry.awaited {
                plan.awaited = plan.watches.len();
            }
        }
        if let Some(Role::Watch { at, .. }) = plan.roles.last().filter(|_| inquiry.gives_up) {
            plan.gives_up_at = Some(*at);
        }
        plan
    }

    fn watch(&mut self, watch: Watch<M>, always: bool) -> Role {
        self.watches.push(watch);
        Role::Watch { at: self.watches.len() - 1, always }
    }

    /// Adds the facts to those that are asked of the coalition. When these have become too many, the coalition is
    /// listed once more, and its classes are counted again for the others.
    fn classes(&mut self, asked: &Knowledge<M>) -> Role {
        let has_room = |coalition: &Coalition<M>| {
            coalition.members == asked.to && coalition.facts.len() + FACTS_OF_A_QUESTION <= MOST_FACTS
        };
        let known = self.coalitions.iter().position(has_room);
        let coalition = known.unwrap_or_else(|| {
            self.coalitions.push(Coalition { members: asked.to.clone(), facts: Vec::new() });
            self.coalitions.len() - 1
        });
        let of = &mut self.coalitions[coalition];
        let fact = of.number(&asked.fact);
        let showing = asked.showing.as_ref().map(|this| of.number(this));
        Role::Classes { coalition, fact, showing, by: asked.by }
    }
}

impl<M: Epistemic> Watch<M> {
    /// Whether this is a state that is looked for.
    pub(crate) fn sees(&self, model: &M, state: &M::State) -> bool {
        match self {
            Watch::State { fact, wanted } => fact(state) == *wanted,
            Watch::View { of, derives } => derives(&views_of(model, of, state)),
        }
    }
}

impl<M: Epistemic> Coalition<M> {
    /// The number of this fact among those that are asked of the coalition.
    fn number(&mut self, fact: &Test<M::State>) -> usize {
        let known = self.facts.iter().position(|other| Arc::ptr_eq(other, fact));
        known.unwrap_or_else(|| {
            self.facts.push(Arc::clone(fact));
            self.facts.len() - 1
        })
    }

    /// A bit for each fact that is true, and one if the state matters.
    pub(crate) fn truths(&self, matters: Option<&Test<M::State>>, state: &M::State) -> u64 {
        let matters = if matters.is_none_or(|matters| matters(state)) { MATTERS } else { 0 };
        let numbered = self.facts.iter().enumerate();
        numbered.fold(matters, |bits, (number, fact)| bits | u64::from(fact(state)) << number)
    }
}
