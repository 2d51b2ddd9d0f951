//! **What shows that a formula is true or false in a state: a walk, a cycle, or a twin.**
//!
//! The formula is taken apart along its definition. "On some run" is shown by walking along one; that somebody does not
//! know is shown by a twin. What is so on every run, or in a whole class, no single run can show, and the walk ends there.

use std::collections::HashMap;

use crate::answer::Evidence;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::evaluation::{Evaluator, Truth};
use crate::exploration::Exploration;
use crate::formula::{Formula, Knowers, Node, Runs, Tense, not};
use crate::graph::GraphOf;
use crate::liveness::follow;
use crate::path::Path;
use crate::region::{Step, shortest_walk};

/// A walk from a state, and what is shown at its end.
struct Demonstration {
    walk: Vec<Step>,
    end: End,
}

enum End {
    /// A fact, or what no single run can show.
    Here,
    /// The steps of a cycle.
    Cycle(Vec<Step>),
    /// A state that somebody takes for the last one.
    Twin(usize),
}

/// Shows values of formulas over one exploration.
pub(crate) struct Demonstrator<'a, M: Epistemic> {
    pub(crate) model: &'a M,
    pub(crate) exploration: &'a Exploration<M::State>,
    pub(crate) graph: &'a GraphOf<M>,
    pub(crate) evaluator: Evaluator<'a, M>,
}

impl<M: Epistemic> Demonstrator<'_, M> {
    /// Shows that the formula has this value in this initial state; [`Evidence::Closure`] if no run shows it.
    pub(crate) fn show(
        &mut self,
        formula: &Formula<M>,
        id: usize,
        value: bool,
    ) -> Result<Evidence<M::State, M::Action>, Error> {
        let Demonstration { walk, end } = self.demonstrate(formula, id, value);
        let mut run = self.exploration.path_to(self.model, id)?;
        follow(self.model, self.exploration, self.graph, &mut run, &walk)?;
        Ok(match end {
            End::Here if walk.is_empty() && value => match self.sample(formula) {
                Some((state, twin)) => self.twins(state, twin)?,
                None => Evidence::Closure,
            },
            End::Here => Evidence::Run(run),
            End::Twin(twin) if walk.is_empty() => self.twins(id, twin)?,
            End::Twin(twin) => Evidence::Twins { run, twin: self.exploration.path_to(self.model, twin)? },
            End::Cycle(steps) => {
                let states = run.last().cloned().into_iter().collect();
                let mut cycle = Path { initial: run.initial, actions: Vec::new(), states };
                follow(self.model, self.exploration, self.graph, &mut cycle, &steps)?;
                Evidence::Lasso { stem: run, cycle }
            }
        })
    }

    fn twins(&self, state: usize, twin: usize) -> Result<Evidence<M::State, M::Action>, Error> {
        let path_to = |id| self.exploration.path_to(self.model, id);
        Ok(Evidence::Twins { run: path_to(state)?, twin: path_to(twin)? })
    }

    /// For the outermost part of the formula that speaks of knowledge, and of which there is such a sample: the first state in which the fact is true and not
    /// known, and the first that its observers take for it and in which the fact is false.
    fn sample(&mut self, formula: &Formula<M>) -> Option<(usize, usize)> {
        formula.outside_in().into_iter().find_map(|part| {
            let Node::Known(knowers, fact) = part.node() else {
                return None;
            };
            let (fact, known) = (self.evaluator.truth(fact), self.evaluator.truth(part));
            let unknown = |id: &usize| fact.is_certainly(*id, true) && known.is_certainly(*id, false);
            let state = (0..self.graph.len()).find(unknown)?;
            Some((state, self.twin(knowers, &fact, state)?))
        })
    }

    /// The first state that these observers take for this one and in which the fact is false.
    fn twin(&mut self, knowers: &Knowers<M::Observer>, fact: &Truth, id: usize) -> Option<usize> {
        self.evaluator.alike(knowers, id).into_iter().find(|other| fact.is_certainly(*other, false))
    }

    fn demonstrate(&mut self, formula: &Formula<M>, id: usize, value: bool) -> Demonstration {
        let here = || Demonstration { walk: Vec::new(), end: End::Here };
        match (formula.node(), value) {
            (Node::Not(inner), _) => self.demonstrate(inner, id, !value),
            (Node::And(left, right), _) => self.one_of([(left, value), (right, value)], id),
            (Node::Or(left, right), _) => self.one_of([(left, value), (right, value)], id),
            (Node::Implies(left, right), _) => self.one_of([(left, !value), (right, value)], id),
            (Node::Known(knowers, fact), false) => {
                let truth = self.evaluator.truth(fact);
                match self.twin(knowers, &truth, id) {
                    Some(twin) => Demonstration { walk: Vec::new(), end: End::Twin(twin) },
                    None => here(),
                }
            }
            (Node::Timed(Runs::Some, tense, inner), true) => self.along(*tense, inner, id, true),
            (Node::Timed(Runs::Every, tense, inner), false) => {
                // What fails on every run is shown by its opposite on some.
                let opposite = match tense {
                    Tense::Next => Tense::Next,
                    Tense::SomeDay => Tense::ForEver,
                    Tense::ForEver => Tense::SomeDay,
                };
                self.along(opposite, inner, id, false)
            }
            (Node::Until(Runs::Some, left, right), true) => {
                let (before, goal) = (self.evaluator.truth(left), self.evaluator.truth(right));
                self.towards(
                    right,
                    true,
                    id,
                    |at| before.is_certainly(at, true),
                    |at| goal.is_certainly(at, true),
                )
            }
            (Node::Until(Runs::Every, left, right), false) => self.broken_until(left, right, id),
            _ => here(),
        }
    }

    /// Shows whichever of these has its value; of several, one that takes a walk to show or a twin.
    fn one_of(&mut self, parts: [(&Formula<M>, bool); 2], id: usize) -> Demonstration {
        let mut shown = Demonstration { walk: Vec::new(), end: End::Here };
        for (part, value) in parts {
            if matches!(shown.end, End::Here)
                && shown.walk.is_empty()
                && self.evaluator.truth(part).is_certainly(id, value)
            {
                shown = self.demonstrate(part, id, value);
            }
        }
        shown
    }

    /// Shows a run on which the formula has this value next, some day, or for ever.
    fn along(&mut self, tense: Tense, inner: &Formula<M>, id: usize, value: bool) -> Demonstration {
        let truth = self.evaluator.truth(inner);
        let good = |at: usize| truth.is_certainly(at, value);
        match tense {
            Tense::SomeDay => self.towards(inner, value, id, |_| true, good),
            Tense::ForEver => {
                let kept = if value { inner.clone() } else { not(inner.clone()) };
                self.for_ever(&kept, id)
            }
            Tense::Next => {
                let Some((label, to)) = self.graph.edges(id).find(|(_, to)| good(*to as usize)) else {
                    return self.demonstrate(inner, id, value);
                };
                let mut shown = self.demonstrate(inner, to as usize, value);
                shown.walk.insert(0, Step { label, to });
                shown
            }
        }
    }

    /// Walks to the nearest state in which the formula has its value, and shows it there.
    fn towards(
        &mut self,
        formula: &Formula<M>,
        value: bool,
        id: usize,
        passable: impl Fn(usize) -> bool,
        good: impl Fn(usize) -> bool,
    ) -> Demonstration {
        if good(id) {
            return self.demonstrate(formula, id, value);
        }
        let inside = |at: usize| passable(at) || good(at);
        let mut walk = shortest_walk(self.graph, &inside, id, |step| good(step.to as usize));
        let end = walk.last().map_or(id, |step| step.to as usize);
        let shown = self.demonstrate(formula, end, value);
        walk.extend(shown.walk);
        Demonstration { walk, end: shown.end }
    }

    /// Walks on within the states from which the formula can stay true for ever, until it stays or comes round.
    fn for_ever(&mut self, kept: &Formula<M>, id: usize) -> Demonstration {
        let stays = self.evaluator.truth(&crate::formula::eg(kept.clone()));
        let (mut walk, mut at) = (Vec::<Step>::new(), id);
        let mut passed = HashMap::from([(id, 0)]);
        loop {
            let next = self.graph.edges(at).find(|(_, to)| stays.is_certainly(*to as usize, true));
            let Some((label, to)) = next else {
                return Demonstration { walk, end: End::Here };
            };
            walk.push(Step { label, to });
            at = to as usize;
            if let Some(start) = passed.insert(at, walk.len()) {
                let cycle = walk.split_off(start);
                return Demonstration { walk, end: End::Cycle(cycle) };
            }
        }
    }

    /// Shows a run on which the second never comes, or the first ends before it.
    fn broken_until(&mut self, left: &Formula<M>, right: &Formula<M>, id: usize) -> Demonstration {
        let never = crate::formula::eg(not(right.clone()));
        if self.evaluator.truth(&never).is_certainly(id, true) {
            return self.for_ever(&not(right.clone()), id);
        }
        let (left_truth, right_truth) = (self.evaluator.truth(left), self.evaluator.truth(right));
        let absent = |at: usize| right_truth.is_certainly(at, false);
        self.towards(left, false, id, absent, |at| absent(at) && left_truth.is_certainly(at, false))
    }
}
