//! **In which states a formula is true, computed as its definition says.**
//!
//! A formula is a set of states, computed from the sets of its parts. Each operator of time is the
//! least or greatest set that satisfies its own expansion law, found by going round until nothing
//! changes. Each operator of knowledge compares states of equal view.
//!
//! All runs are maximal. A state without successors is treated as if it led to itself, so that a
//! run that ends there stays there: `EX φ` and `AX φ` are then `φ`, and `AF φ` needs `φ` there.
//!
//! Left out: partial explorations. A formula with both kinds of run in it has no final answer on
//! a part of the states, so a partial exploration is refused.

use crate::classes::class_per_state;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;
use crate::formula::{Formula, Knowers, Node, Runs, Tense};
use crate::graph::GraphOf;

/// Evaluates formulas over one exploration. Classes are computed once per group of observers.
pub struct Evaluator<'a, M: Epistemic> {
    model: &'a M,
    exploration: &'a Exploration<M::State>,
    graph: &'a GraphOf<M>,
    classes: Vec<(Vec<M::Observer>, Vec<u32>)>,
}

impl<'a, M: Epistemic> Evaluator<'a, M> {
    /// Prepares to evaluate formulas.
    ///
    /// # Errors
    ///
    /// The exploration may be partial, or the graph may belong to another one.
    pub fn new(
        model: &'a M,
        exploration: &'a Exploration<M::State>,
        graph: &'a GraphOf<M>,
    ) -> Result<Self, Error> {
        if let Some(limit) = exploration.limit() {
            return Err(Error::Partial(limit));
        }
        if graph.len() != exploration.unique_states() {
            return Err(Error::ForeignGraph);
        }
        Ok(Evaluator { model, exploration, graph, classes: Vec::new() })
    }

    /// For each state, whether the formula is true in it.
    pub fn states(&mut self, formula: &Formula<M>) -> Vec<bool> {
        match formula.node() {
            Node::Atom(_, test) => self.exploration.states().map(|state| test(state)).collect(),
            Node::Not(inner) => negation(self.states(inner)),
            Node::And(left, right) => both(self.states(left), &self.states(right)),
            Node::Or(left, right) => either(self.states(left), &self.states(right)),
            Node::Implies(left, right) => either(negation(self.states(left)), &self.states(right)),
            Node::Known(knowers, inner) => {
                let inner = self.states(inner);
                self.known(knowers, inner)
            }
            Node::Timed(runs, tense, inner) => {
                let inner = self.states(inner);
                self.timed(*runs, *tense, inner)
            }
            Node::Until(runs, left, right) => {
                let (left, right) = (self.states(left), self.states(right));
                match runs {
                    Runs::Some => self.exists_until(&left, right),
                    Runs::Every => self.always_until(left, right),
                }
            }
        }
    }

    /// Whether the formula is true in every initial state.
    pub fn holds_initially(&mut self, formula: &Formula<M>) -> bool {
        let initial = self.exploration.layers().first().copied().unwrap_or(0);
        self.states(formula).iter().take(initial).all(|holds| *holds)
    }

    fn known(&mut self, knowers: &Knowers<M::Observer>, fact: Vec<bool>) -> Vec<bool> {
        match knowers {
            Knowers::One(observer) => true_throughout(self.classes(&[*observer]), &fact),
            Knowers::Pooled(group) => true_throughout(self.classes(group), &fact),
            Knowers::Each(group) => self.each_knows(group, &fact),
            // C φ is the greatest set X with X = E (φ ∧ X).
            Knowers::Common(group) => {
                let mut common = vec![true; fact.len()];
                loop {
                    let next = self.each_knows(group, &both(common.clone(), &fact));
                    if next == common {
                        return common;
                    }
                    common = next;
                }
            }
        }
    }

    fn each_knows(&mut self, group: &[M::Observer], fact: &[bool]) -> Vec<bool> {
        group.iter().fold(vec![true; fact.len()], |all, observer| {
            both(all, &true_throughout(self.classes(&[*observer]), fact))
        })
    }

    fn classes(&mut self, group: &[M::Observer]) -> &[u32] {
        let known = self.classes.iter().position(|(members, _)| members == group);
        let at = known.unwrap_or_else(|| {
            let classes = class_per_state(self.model, self.exploration, group);
            self.classes.push((group.to_vec(), classes));
            self.classes.len() - 1
        });
        self.classes.get(at).map_or(&[], |(_, classes)| classes)
    }

    fn timed(&self, runs: Runs, tense: Tense, inner: Vec<bool>) -> Vec<bool> {
        let everywhere = vec![true; inner.len()];
        match (runs, tense) {
            (Runs::Some, Tense::Next) => self.exists_next(&inner),
            (Runs::Some, Tense::SomeDay) => self.exists_until(&everywhere, inner),
            (Runs::Some, Tense::ForEver) => self.exists_for_ever(inner),
            (Runs::Every, Tense::Next) => negation(self.exists_next(&negation(inner))),
            (Runs::Every, Tense::SomeDay) => negation(self.exists_for_ever(negation(inner))),
            (Runs::Every, Tense::ForEver) => negation(self.exists_until(&everywhere, negation(inner))),
        }
    }

    /// Whether the state, or one that follows it, is in the set.
    fn leads_into(&self, id: usize, set: &[bool]) -> bool {
        let contains = |id: usize| set.get(id) == Some(&true);
        let next = self.graph.successors(id);
        next.iter().any(|to| contains(*to as usize)) || next.is_empty() && contains(id)
    }

    fn exists_next(&self, set: &[bool]) -> Vec<bool> {
        (0..set.len()).map(|id| self.leads_into(id, set)).collect()
    }

    /// E[φ U ψ] is the least set X with X = ψ ∨ (φ ∧ EX X).
    fn exists_until(&self, left: &[bool], right: Vec<bool>) -> Vec<bool> {
        let mut set = right;
        while self.sweep(&mut set, true, |id| left.get(id) == Some(&true)) {}
        set
    }

    /// EG φ is the greatest set X with X = φ ∧ EX X.
    fn exists_for_ever(&self, inner: Vec<bool>) -> Vec<bool> {
        let mut set = inner;
        while self.sweep(&mut set, false, |_| true) {}
        set
    }

    /// A[φ U ψ] fails where ψ fails for ever, or where φ fails before ψ is so.
    fn always_until(&self, left: Vec<bool>, right: Vec<bool>) -> Vec<bool> {
        let never = negation(right);
        let neither = both(negation(left), &never);
        let broken = self.exists_until(&never, neither);
        negation(either(broken, &self.exists_for_ever(never)))
    }

    /// Turns every state that is not `value` though EX of the set is, and for which it is due.
    /// Says whether any was. Backwards, since most transitions lead to higher numbers.
    fn sweep(&self, set: &mut [bool], value: bool, due: impl Fn(usize) -> bool) -> bool {
        let mut changed = false;
        for id in (0..set.len()).rev() {
            let turns = set.get(id) == Some(&!value) && self.leads_into(id, set) == value;
            if let Some(member) = set.get_mut(id).filter(|_| turns && due(id)) {
                *member = value;
                changed = true;
            }
        }
        changed
    }
}

/// For each state, whether the fact is true in every state of its class.
fn true_throughout(classes: &[u32], fact: &[bool]) -> Vec<bool> {
    let count = classes.iter().max().map_or(0, |most| *most as usize + 1);
    let mut throughout = vec![true; count];
    for (class, fact) in classes.iter().zip(fact) {
        if let Some(throughout) = throughout.get_mut(*class as usize) {
            *throughout &= fact;
        }
    }
    classes.iter().map(|class| throughout.get(*class as usize) == Some(&true)).collect()
}

fn negation(mut set: Vec<bool>) -> Vec<bool> {
    set.iter_mut().for_each(|member| *member = !*member);
    set
}

fn both(mut left: Vec<bool>, right: &[bool]) -> Vec<bool> {
    left.iter_mut().zip(right).for_each(|(left, right)| *left &= right);
    left
}

fn either(mut left: Vec<bool>, right: &[bool]) -> Vec<bool> {
    left.iter_mut().zip(right).for_each(|(left, right)| *left |= right);
    left
}
