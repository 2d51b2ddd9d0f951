//! **An answer: what is so, and what shows it.**
//!
//! There are three outcomes, not two. What a partial search can settle, it settles: a run that
//! breaks a rule breaks it whatever else may exist. What it cannot settle is inconclusive, and
//! the answer says why. No answer holds because of states that nobody visited.
//!
//! Left out: whether the claim was ever put to the test. An answer may hold vacuously; the author
//! of a claim asks with [`crate::reachable`] whether its interesting case occurs.

use std::fmt;

use stateright::Model;

use crate::exploration::Exploration;
use crate::limits::Limit;
use crate::path::Path;

/// What is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is so in every reachable state.
    Holds,
    /// It is not so, and the evidence shows it.
    Violated,
    /// The search could not tell.
    Inconclusive(Doubt),
}

/// Why a search could not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A limit stopped it.
    Limit(Limit),
    /// Some run could go on only beyond a bound of the scope.
    CutByBound,
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Limit(limit) => limit.fmt(out),
            Doubt::CutByBound => write!(out, "Some run could go on only beyond a bound."),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Holds => write!(out, "holds"),
            Outcome::Violated => write!(out, "violated"),
            Outcome::Inconclusive(_) => write!(out, "inconclusive"),
        }
    }
}

/// What shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence<S, A> {
    /// The search was exhausted, and there is nothing to show but that.
    Closure,
    /// Nothing was shown, because the search was not exhausted.
    Nothing,
    /// A run.
    Run(Path<S, A>),
    /// A run that ends in a cycle, which may be repeated for ever.
    Lasso {
        /// From an initial state to the cycle.
        stem: Path<S, A>,
        /// From the last state of the stem back to it.
        cycle: Path<S, A>,
    },
    /// Two runs that look the same to those who observe, and differ in the fact.
    Twins {
        /// The run on which the fact is true.
        run: Path<S, A>,
        /// The run on which it is false.
        twin: Path<S, A>,
    },
    /// A run into a class in which all states agree on the fact.
    Class {
        /// A shortest such run.
        run: Path<S, A>,
        /// How many states look the same as its last one.
        size: usize,
    },
}

/// An answer to a question about a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<S, A> {
    /// What is so.
    pub outcome: Outcome,
    /// How many classes there were, for questions about knowledge.
    pub classes: Option<usize>,
    /// What shows it.
    pub evidence: Evidence<S, A>,
}

/// The answer to a question about a given model.
pub type AnswerOf<M> = Answer<<M as Model>::State, <M as Model>::Action>;

impl<S, A> Answer<S, A> {
    pub(crate) fn holds(evidence: Evidence<S, A>) -> Self {
        Answer { outcome: Outcome::Holds, classes: None, evidence }
    }

    pub(crate) fn violated(evidence: Evidence<S, A>) -> Self {
        Answer { outcome: Outcome::Violated, classes: None, evidence }
    }

    pub(crate) fn doubtful(doubt: Doubt) -> Self {
        Answer { outcome: Outcome::Inconclusive(doubt), classes: None, evidence: Evidence::Nothing }
    }

    /// The given outcome if the search was exhausted, and a doubt otherwise.
    pub(crate) fn by_closure(exploration: &Exploration<S>, outcome: Outcome) -> Self {
        match exploration.limit() {
            None => Answer { outcome, classes: None, evidence: Evidence::Closure },
            Some(limit) => Answer::doubtful(Doubt::Limit(limit)),
        }
    }

    pub(crate) fn among(mut self, classes: usize) -> Self {
        self.classes = Some(classes);
        self
    }
}
