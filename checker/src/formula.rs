//! **Formulas of time and knowledge, written so that the code reads like the formula.**
//!
//! ```text
//! ef(and(row, eg(not(communicated))))        EF (row ∧ EG ¬communicated)
//! ```
//!
//! Time branches (CTL): `E` is "on some run", `A` is "on every run"; `X` is "next", `F` "some day",
//! `G` "for ever", `U` "until". Knowledge is of one observer (`K`), of several who pool their views
//! (`D`), of each of several (`E`), or common to several (`C`): each knows it, and each knows that
//! each knows it, and so on. The group `E` names its observers in brackets; the `E` of time does not.
//!
//! Left out: fairness. These operators speak of all maximal runs; see [`crate::inevitable`] for
//! those that are fair.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::epistemic::Epistemic;

/// What an atom asks of a state.
pub(crate) type Test<S> = Arc<dyn Fn(&S) -> bool + Send + Sync>;

/// A formula about the states of a model. It is made by the functions beside it.
pub struct Formula<M: Epistemic>(Arc<Node<M>>);

/// The outermost operator of a formula, and what it is applied to.
pub(crate) enum Node<M: Epistemic> {
    Atom(String, Test<M::State>),
    Not(Formula<M>),
    And(Formula<M>, Formula<M>),
    Or(Formula<M>, Formula<M>),
    Implies(Formula<M>, Formula<M>),
    Known(Knowers<M::Observer>, Formula<M>),
    Timed(Runs, Tense, Formula<M>),
    Until(Runs, Formula<M>, Formula<M>),
}

/// Who knows, and together in which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Knowers<O> {
    One(O),
    Pooled(Vec<O>),
    Each(Vec<O>),
    Common(Vec<O>),
}

/// On how many runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runs {
    Some,
    Every,
}

/// When on the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Next,
    SomeDay,
    ForEver,
}

impl<M: Epistemic> Clone for Formula<M> {
    fn clone(&self) -> Self {
        Formula(Arc::clone(&self.0))
    }
}

impl<M: Epistemic> Formula<M> {
    pub(crate) fn node(&self) -> &Node<M> {
        &self.0
    }

    /// The formulas that the outermost operator is applied to.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match self.node() {
            Node::Atom(..) => Vec::new(),
            Node::Not(inner) | Node::Known(_, inner) | Node::Timed(_, _, inner) => vec![inner],
            Node::And(left, right)
            | Node::Or(left, right)
            | Node::Implies(left, right)
            | Node::Until(_, left, right) => vec![left, right],
        }
    }

    /// Those of whose knowledge it speaks.
    pub(crate) fn observers(&self) -> Vec<M::Observer> {
        let each = self.outside_in().into_iter().map(|formula| match formula.node() {
            Node::Known(Knowers::One(observer), _) => vec![*observer],
            Node::Known(Knowers::Pooled(group) | Knowers::Each(group) | Knowers::Common(group), _) => {
                group.clone()
            }
            _ => Vec::new(),
        });
        each.flatten().collect()
    }

    /// What tells this formula from every other one that exists at the same time.
    pub(crate) fn identity(&self) -> *const () {
        Arc::as_ptr(&self.0).cast()
    }

    /// The formulas that this one is made of, itself last, each after its parts. What stands in several places, as the same
    /// formula and not only one like it, is listed once: formulas that share their parts may be small and have no end
    /// of paths through them.
    pub(crate) fn inside_out(&self) -> Vec<&Self> {
        let (mut met, mut listed) = (HashSet::new(), Vec::new());
        // Each formula is put on the stack twice: to list its parts, and then itself.
        let mut stack = vec![(self, false)];
        while let Some((formula, parts_are_listed)) = stack.pop() {
            if parts_are_listed {
                listed.push(formula);
            } else if met.insert(formula.identity()) {
                stack.push((formula, true));
                stack.extend(formula.parts().into_iter().rev().map(|part| (part, false)));
            }
        }
        listed
    }

    /// The same formulas, itself first, each before its parts.
    pub(crate) fn outside_in(&self) -> Vec<&Self> {
        let (mut met, mut listed, mut stack) = (HashSet::new(), Vec::new(), vec![self]);
        while let Some(formula) = stack.pop() {
            if met.insert(formula.identity()) {
                listed.push(formula);
                stack.extend(formula.parts().into_iter().rev());
            }
        }
        listed
    }

    fn of(node: Node<M>) -> Self {
        Formula(Arc::new(node))
    }
}

/// A fact about the state itself.
pub fn atom<M: Epistemic>(
    name: impl Into<String>,
    test: impl Fn(&M::State) -> bool + Send + Sync + 'static,
) -> Formula<M> {
    Formula::of(Node::Atom(name.into(), Arc::new(test)))
}

/// It is not so.
#[must_use]
pub fn not<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Not(inner))
}

/// Both are so.
#[must_use]
pub fn and<M: Epistemic>(left: Formula<M>, right: Formula<M>) -> Formula<M> {
    Formula::of(Node::And(left, right))
}

/// At least one is so.
#[must_use]
pub fn or<M: Epistemic>(left: Formula<M>, right: Formula<M>) -> Formula<M> {
    Formula::of(Node::Or(left, right))
}

/// If the first is so then so is the second.
#[must_use]
pub fn implies<M: Epistemic>(left: Formula<M>, right: Formula<M>) -> Formula<M> {
    Formula::of(Node::Implies(left, right))
}

/// This observer knows it.
#[must_use]
pub fn knows<M: Epistemic>(observer: M::Observer, inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Known(Knowers::One(observer), inner))
}

/// These observers would know it if they pooled their views. Nobody at all knows only what is so
/// in every reachable state.
#[must_use]
pub fn distributed<M: Epistemic>(group: &[M::Observer], inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Known(Knowers::Pooled(group.to_vec()), inner))
}

/// Each of these observers knows it.
#[must_use]
pub fn everyone<M: Epistemic>(group: &[M::Observer], inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Known(Knowers::Each(group.to_vec()), inner))
}

/// It is common knowledge among these observers.
#[must_use]
pub fn common<M: Epistemic>(group: &[M::Observer], inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Known(Knowers::Common(group.to_vec()), inner))
}

/// It is so in some next state.
#[must_use]
pub fn ex<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Some, Tense::Next, inner))
}

/// It is so some day on some run.
#[must_use]
pub fn ef<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Some, Tense::SomeDay, inner))
}

/// It is so for ever on some run.
#[must_use]
pub fn eg<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Some, Tense::ForEver, inner))
}

/// On some run the second is so some day, and the first until then.
#[must_use]
pub fn eu<M: Epistemic>(left: Formula<M>, right: Formula<M>) -> Formula<M> {
    Formula::of(Node::Until(Runs::Some, left, right))
}

/// It is so in every next state.
#[must_use]
pub fn ax<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Every, Tense::Next, inner))
}

/// It is so some day on every run.
#[must_use]
pub fn af<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Every, Tense::SomeDay, inner))
}

/// It is so for ever on every run.
#[must_use]
pub fn ag<M: Epistemic>(inner: Formula<M>) -> Formula<M> {
    Formula::of(Node::Timed(Runs::Every, Tense::ForEver, inner))
}

/// On every run the second is so some day, and the first until then.
#[must_use]
pub fn au<M: Epistemic>(left: Formula<M>, right: Formula<M>) -> Formula<M> {
    Formula::of(Node::Until(Runs::Every, left, right))
}

impl<M: Epistemic> fmt::Display for Formula<M> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node() {
            Node::Atom(name, _) => write!(out, "{name}"),
            Node::Not(inner) => write!(out, "¬{}", Operand(inner)),
            Node::And(left, right) => write!(out, "{} ∧ {}", Operand(left), Operand(right)),
            Node::Or(left, right) => write!(out, "{} ∨ {}", Operand(left), Operand(right)),
            Node::Implies(left, right) => write!(out, "{} → {}", Operand(left), Operand(right)),
            Node::Known(knowers, inner) => write!(out, "{knowers} {}", Operand(inner)),
            Node::Timed(runs, tense, inner) => write!(out, "{runs}{tense} {}", Operand(inner)),
            Node::Until(runs, left, right) => {
                write!(out, "{runs}[{} U {}]", Operand(left), Operand(right))
            }
        }
    }
}

impl<M: Epistemic> fmt::Debug for Formula<M> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A formula inside another one: in brackets, unless it is an atom or starts with its operator.
struct Operand<'a, M: Epistemic>(&'a Formula<M>);

impl<M: Epistemic> fmt::Display for Operand<'_, M> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.node() {
            Node::And(..) | Node::Or(..) | Node::Implies(..) => write!(out, "({})", self.0),
            _ => write!(out, "{}", self.0),
        }
    }
}

impl<O: fmt::Debug> fmt::Display for Knowers<O> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, group) = match self {
            Knowers::One(observer) => return write!(out, "K[{observer:?}]"),
            Knowers::Pooled(group) => ("D", group),
            Knowers::Each(group) => ("E", group),
            Knowers::Common(group) => ("C", group),
        };
        let names: Vec<_> = group.iter().map(|observer| format!("{observer:?}")).collect();
        write!(out, "{letter}[{}]", names.join(", "))
    }
}

impl fmt::Display for Runs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", if *self == Runs::Some { "E" } else { "A" })
    }
}

impl fmt::Display for Tense {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}",
            match self {
                Tense::Next => "X",
                Tense::SomeDay => "F",
                Tense::ForEver => "G",
            }
        )
    }
}
