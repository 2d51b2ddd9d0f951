//! **The states that a run passes between a trigger and a goal that it has not reached.**
//!
//! They are visited in the order of the length of the shortest run that leads there through a
//! trigger and avoids the goal from then on, so that the first culprit has a shortest run.

use std::collections::VecDeque;

use crate::exploration::{Exploration, NOBODY};
use crate::graph::Graph;

/// One transition of a walk: its label, and where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) label: u32,
    pub(crate) to: u32,
}

/// The states without the goal that a trigger without the goal leads to.
pub(crate) struct Region {
    order: Vec<u32>,
    inside: Vec<bool>,
    /// For each state, from where and by which label it was first reached.
    reached: Vec<(u32, u32)>,
}

impl Region {
    pub(crate) fn build<S, A>(
        exploration: &Exploration<S>,
        graph: &Graph<A>,
        trigger: impl Fn(&S) -> bool,
        goal: impl Fn(&S) -> bool,
    ) -> Self {
        let avoids: Vec<bool> = exploration.states().map(|state| !goal(state)).collect();
        let starts = exploration.states().zip(&avoids).enumerate();
        let mut starts =
            starts.filter_map(|(id, (state, avoids))| (*avoids && trigger(state)).then_some(id)).peekable();
        let mut region = Region {
            order: Vec::new(),
            inside: vec![false; avoids.len()],
            reached: vec![(NOBODY, 0); avoids.len()],
        };
        let mut expanded = 0;
        let mut length = 0;
        loop {
            // A start at depth d joins the walks of length d.
            while let Some(id) = starts.next_if(|id| exploration.depth_of(*id) == Some(length)) {
                region.enter(id, (NOBODY, 0));
            }
            let end = region.order.len();
            if expanded == end {
                let Some(next) = starts.peek().and_then(|id| exploration.depth_of(*id)) else {
                    break;
                };
                length = next;
                continue;
            }
            while expanded < end {
                let Some(id) = region.order.get(expanded).copied() else {
                    break;
                };
                for (label, to) in graph.edges(id as usize) {
                    if avoids.get(to as usize) == Some(&true) {
                        region.enter(to as usize, (id, label));
                    }
                }
                expanded += 1;
            }
            length += 1;
        }
        region
    }

    fn enter(&mut self, id: usize, from: (u32, u32)) {
        let (Some(inside), Some(reached)) = (self.inside.get_mut(id), self.reached.get_mut(id)) else {
            return;
        };
        if !*inside {
            *inside = true;
            *reached = from;
            self.order.push(id as u32);
        }
    }

    /// The states, the nearest first.
    pub(crate) fn order(&self) -> impl Iterator<Item = usize> {
        self.order.iter().map(|id| *id as usize)
    }

    pub(crate) fn contains(&self, id: usize) -> bool {
        self.inside.get(id).copied().unwrap_or(false)
    }

    /// The trigger state from which this one was reached, and the steps between.
    pub(crate) fn way_to(&self, id: usize) -> (usize, Vec<Step>) {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some((from, label)) = self.reached.get(at).filter(|(from, _)| *from != NOBODY) {
            steps.push(Step { label: *label, to: at as u32 });
            at = *from as usize;
        }
        steps.reverse();
        (at, steps)
    }
}

/// A shortest walk of at least one step, through states that are inside, that ends with a step
/// that is wanted; no steps at all if there is none.
pub(crate) fn shortest_walk<A>(
    graph: &Graph<A>,
    inside: &impl Fn(usize) -> bool,
    start: usize,
    wanted: impl Fn(&Step) -> bool,
) -> Vec<Step> {
    // Each entry is a step and the position in this list of the step before it.
    let mut steps: Vec<(Step, usize)> = Vec::new();
    let mut seen = std::collections::HashSet::from([start]);
    let mut queue = VecDeque::from([(start, usize::MAX)]);
    while let Some((at, before)) = queue.pop_front() {
        for (label, to) in graph.edges(at).filter(|(_, to)| inside(*to as usize)) {
            let step = Step { label, to };
            steps.push((step, before));
            if wanted(&step) {
                return unwind(&steps);
            }
            if seen.insert(to as usize) {
                queue.push_back((to as usize, steps.len() - 1));
            }
        }
    }
    Vec::new()
}

/// The steps that lead to the last one of the list.
fn unwind(steps: &[(Step, usize)]) -> Vec<Step> {
    let mut walk = Vec::new();
    let mut at = steps.len().wrapping_sub(1);
    while let Some((step, before)) = steps.get(at) {
        walk.push(*step);
        at = *before;
    }
    walk.reverse();
    walk
}
