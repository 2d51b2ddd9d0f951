//! **In which states a formula is true, computed as its definition says.**
//!
//! A formula is a set of states, computed from the sets of its parts. Each operator of time is the
//! least or greatest set that satisfies its own expansion law, found by going round until nothing
//! changes. Each operator of knowledge compares states of equal view; common knowledge joins the
//! classes of all members of its group.
//!
//! All runs are maximal. A state without successors is treated as if it led to itself, so that a
//! run that ends there stays there: `EX φ` and `AX φ` are then `φ`, and `AF φ` needs `φ` there.
//!
//! On a part of the states there are two sets: where the formula is certainly true, and where it
//! may be. A state may have successors that nobody saw, and a class may have members that nobody
//! saw, so that nothing is certainly known; that something is *not* known can be certain.
//!
//! A state that a bound of the model cuts ([`Epistemic::cut`]) is no dead end, and its runs may go on
//! in ways that the bound forbids. What can be *reached*, and what is known, is said of the states
//! within the bound; that something stays so *for ever* is certain only along states that are seen to
//! go on, and impossible only where no cut state leaves it open.

use std::collections::HashMap;

use crate::classes::class_per_state;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;
use crate::formula::{Formula, Knowers, Node, Runs, Tense};
use crate::graph::GraphOf;
use crate::joined::joined;

/// Where a formula is true: for each state, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Whether it is true there, whatever was not seen.
    pub certain: Vec<bool>,
    /// Whether it can be true there. If all states were seen then this is the same.
    pub possible: Vec<bool>,
}

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
    /// The graph may belong to another exploration.
    pub fn new(
        model: &'a M,
        exploration: &'a Exploration<M::State>,
        graph: &'a GraphOf<M>,
    ) -> Result<Self, Error> {
        if graph.len() != exploration.unique_states() {
            return Err(Error::ForeignGraph);
        }
        Ok(Evaluator { model, exploration, graph, classes: Vec::new() })
    }

    /// For each state, whether the formula is certainly true in it.
    pub fn states(&mut self, formula: &Formula<M>) -> Vec<bool> {
        self.truth(formula).certain
    }

    /// Whether the formula is true in every initial state; `None` if what was not seen decides.
    pub fn initially(&mut self, formula: &Formula<M>) -> Option<bool> {
        let truth = self.truth(formula);
        let mut all = Some(true);
        for state in self.model.init_states().iter().filter(|state| self.model.within_boundary(state)) {
            let Some(id) = self.exploration.id_of(state) else {
                all = None;
                continue;
            };
            if truth.possible.get(id) == Some(&false) {
                return Some(false);
            }
            if truth.certain.get(id) == Some(&false) {
                all = None;
            }
        }
        all
    }

    /// Whether the formula is certainly true in every initial state.
    pub fn holds_initially(&mut self, formula: &Formula<M>) -> bool {
        self.initially(formula) == Some(true)
    }

    /// Where the formula is true.
    ///
    /// It takes time proportional to the number of different formulas that it is made of, however often each stands in it.
    pub fn truth(&mut self, formula: &Formula<M>) -> Truth {
        let order = formula.inside_out();
        let mut parts = Parts::of(&order);
        for formula in order {
            let truth = self.of_parts(formula.node(), &mut parts);
            parts.note(formula, truth);
        }
        parts.take(formula)
    }

    /// Where a formula is true, given where its parts are.
    fn of_parts(&mut self, node: &Node<M>, parts: &mut Parts) -> Truth {
        match node {
            Node::Atom(_, test) => Truth::known(self.exploration.states().map(|state| test(state)).collect()),
            Node::Not(inner) => parts.take(inner).negated(),
            Node::And(left, right) => parts.take(left).with(parts.take(right), both),
            Node::Or(left, right) => parts.take(left).with(parts.take(right), either),
            Node::Implies(left, right) => parts.take(left).negated().with(parts.take(right), either),
            Node::Known(knowers, inner) => self.known(knowers, &parts.take(inner)),
            Node::Timed(runs, tense, inner) => self.timed(*runs, *tense, parts.take(inner)),
            Node::Until(Runs::Some, left, right) => self.exists_until(&parts.take(left), parts.take(right)),
            Node::Until(Runs::Every, left, right) => self.always_until(parts.take(left), parts.take(right)),
        }
    }

    /// The other states that a group, in its way of knowing, takes this one for; itself included.
    pub(crate) fn alike(&mut self, knowers: &Knowers<M::Observer>, id: usize) -> Vec<usize> {
        let count = self.exploration.unique_states();
        let mut alike = vec![false; count];
        for classes in self.partitions(knowers, count) {
            let class = classes.get(id);
            for (other, alike) in alike.iter_mut().enumerate() {
                *alike |= classes.get(other) == class;
            }
        }
        (0..count).filter(|other| alike.get(*other) == Some(&true)).collect()
    }

    fn known(&mut self, knowers: &Knowers<M::Observer>, fact: &Truth) -> Truth {
        let count = fact.possible.len();
        let partitions = self.partitions(knowers, count);
        let throughout = |fact: &[bool]| {
            let everywhere = vec![true; count];
            partitions.iter().fold(everywhere, |all, classes| both(all, &true_throughout(classes, fact)))
        };
        // Whoever knows nothing in particular, as an empty group, knows it vacuously.
        let is_certain = self.exploration.limit().is_none() || partitions.is_empty();
        let certain = if is_certain { throughout(&fact.certain) } else { vec![false; count] };
        Truth { certain, possible: throughout(&fact.possible) }
    }

    /// The partitions of the states in all of whose classes something must be true to be known.
    fn partitions(&mut self, knowers: &Knowers<M::Observer>, count: usize) -> Vec<Vec<u32>> {
        match knowers {
            Knowers::One(observer) => vec![self.classes(&[*observer]).to_vec()],
            Knowers::Pooled(group) => vec![self.classes(group).to_vec()],
            Knowers::Each(group) => group.iter().map(|one| self.classes(&[*one]).to_vec()).collect(),
            Knowers::Common(group) if group.is_empty() => Vec::new(),
            Knowers::Common(group) => {
                let each: Vec<_> = group.iter().map(|one| self.classes(&[*one]).to_vec()).collect();
                vec![joined(&each, count)]
            }
        }
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

    fn timed(&self, runs: Runs, tense: Tense, inner: Truth) -> Truth {
        let everywhere = Truth::known(vec![true; inner.certain.len()]);
        match (runs, tense) {
            (Runs::Some, Tense::Next) => self.exists_next(&inner),
            (Runs::Some, Tense::SomeDay) => self.exists_until(&everywhere, inner),
            (Runs::Some, Tense::ForEver) => self.exists_for_ever(inner),
            (Runs::Every, Tense::Next) => self.exists_next(&inner.negated()).negated(),
            (Runs::Every, Tense::SomeDay) => self.exists_for_ever(inner.negated()).negated(),
            (Runs::Every, Tense::ForEver) => self.exists_until(&everywhere, inner.negated()).negated(),
        }
    }

    /// Whether one that follows the state is in the set. `unseen` says whether one that nobody saw may
    /// follow it, and what to say then, if none that somebody saw is in the set.
    fn leads_into(&self, id: usize, set: &[bool], unseen: Unseen) -> bool {
        let contains = |id: usize| set.get(id) == Some(&true);
        let next = self.graph.successors(id);
        if next.iter().any(|to| contains(*to as usize)) {
            return true;
        }
        let open = if unseen.beyond_bounds { self.graph.cut(id) } else { self.graph.open(id) };
        if open { unseen.said } else { next.is_empty() && contains(id) }
    }

    fn exists_next(&self, set: &Truth) -> Truth {
        let next = |set: &[bool], unseen| (0..set.len()).map(|id| self.leads_into(id, set, unseen)).collect();
        Truth {
            certain: next(&set.certain, Unseen::within(false)),
            possible: next(&set.possible, Unseen::within(true)),
        }
    }

    /// E[φ U ψ] is the least set X with X = ψ ∨ (φ ∧ EX X).
    fn exists_until(&self, left: &Truth, right: Truth) -> Truth {
        let until = |left: &[bool], mut set: Vec<bool>, unseen| {
            while self.sweep(&mut set, true, unseen, |id| left.get(id) == Some(&true)) {}
            set
        };
        Truth {
            certain: until(&left.certain, right.certain, Unseen::within(false)),
            possible: until(&left.possible, right.possible, Unseen::within(true)),
        }
    }

    /// EG φ is the greatest set X with X = φ ∧ EX X.
    fn exists_for_ever(&self, inner: Truth) -> Truth {
        let for_ever = |mut set: Vec<bool>, unseen| {
            while self.sweep(&mut set, false, unseen, |_| true) {}
            set
        };
        Truth {
            certain: for_ever(inner.certain, Unseen::anywhere(false)),
            possible: for_ever(inner.possible, Unseen::anywhere(true)),
        }
    }

    /// A[φ U ψ] fails where ψ fails for ever, or where φ fails before ψ is so.
    fn always_until(&self, left: Truth, right: Truth) -> Truth {
        let never = right.negated();
        let neither = left.negated().with(never.clone(), both);
        let broken = self.exists_until(&never, neither);
        broken.with(self.exists_for_ever(never), either).negated()
    }

    /// Turns every state that is not `value` though EX of the set is, and for which it is due.
    /// Says whether any was. Backwards first, since most transitions lead to higher numbers; and then forwards, or a long
    /// way back through lower ones would take a round for each step.
    fn sweep(&self, set: &mut [bool], value: bool, unseen: Unseen, due: impl Fn(usize) -> bool) -> bool {
        let mut turn = |id: usize| {
            let turns = set.get(id) == Some(&!value) && self.leads_into(id, set, unseen) == value;
            let member = set.get_mut(id).filter(|_| turns && due(id));
            member.map(|member| *member = value).is_some()
        };
        let count = self.exploration.unique_states();
        let changed = (0..count).rev().fold(false, |changed, id| turn(id) | changed);
        changed && (0..count).fold(true, |changed, id| turn(id) | changed)
    }
}

/// Where the parts of a formula are true, as long as something still needs to know it.
struct Parts {
    truths: HashMap<*const (), Truth>,
    /// How often each part will be asked for.
    asked: HashMap<*const (), usize>,
}

impl Parts {
    fn of<M: Epistemic>(formulas: &[&Formula<M>]) -> Self {
        let mut asked = HashMap::new();
        for part in formulas.iter().flat_map(|formula| formula.parts()) {
            *asked.entry(part.identity()).or_insert(0) += 1;
        }
        Parts { truths: HashMap::new(), asked }
    }

    fn note<M: Epistemic>(&mut self, formula: &Formula<M>, truth: Truth) {
        self.truths.insert(formula.identity(), truth);
    }

    /// Where a part is true that was evaluated before.
    fn take<M: Epistemic>(&mut self, part: &Formula<M>) -> Truth {
        let known = match self.asked.get_mut(&part.identity()).filter(|times| **times > 1) {
            Some(times) => {
                *times -= 1;
                self.truths.get(&part.identity()).cloned()
            }
            None => self.truths.remove(&part.identity()),
        };
        known.unwrap_or_else(|| Truth::known(Vec::new()))
    }
}

/// What to say of a state from which the run may go on to one that nobody saw.
#[derive(Clone, Copy)]
struct Unseen {
    /// Whether those count that lie beyond a bound of the model, or only those that a limit kept from being found.
    beyond_bounds: bool,
    /// What to say.
    said: bool,
}

impl Unseen {
    const fn within(said: bool) -> Self {
        Unseen { beyond_bounds: false, said }
    }

    const fn anywhere(said: bool) -> Self {
        Unseen { beyond_bounds: true, said }
    }
}

impl Truth {
    fn known(set: Vec<bool>) -> Self {
        Truth { possible: set.clone(), certain: set }
    }

    /// The truth of the negation: certain where this is impossible.
    #[must_use]
    pub fn negated(self) -> Self {
        Truth { certain: negation(self.possible), possible: negation(self.certain) }
    }

    fn with(self, other: Truth, join: fn(Vec<bool>, &[bool]) -> Vec<bool>) -> Self {
        Truth { certain: join(self.certain, &other.certain), possible: join(self.possible, &other.possible) }
    }

    /// Whether the formula certainly has this value in this state.
    pub(crate) fn is_certainly(&self, id: usize, value: bool) -> bool {
        if value { self.certain.get(id) == Some(&true) } else { self.possible.get(id) == Some(&false) }
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
