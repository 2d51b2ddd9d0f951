//! **The same question as [`crate::inevitable`], answered by a greatest fixpoint.**
//!
//! E. A. Emerson and C.-L. Lei, *Efficient model checking in fragments of the propositional
//! mu-calculus*, 1986. The states from which the goal can be avoided for ever, fairly, are the
//! largest set Z of states without the goal such that from each of them, and for each fair action,
//! a walk of at least one step within Z does justice to that action:
//!
//! ```text
//! Z = ¬goal ∧ ⋀ₐ EX E[Z U (Z ∧ a is disabled)] ∨ E[Z U a is taken into Z]
//! ```
//!
//! It is slower than the search for components and shares no step with it, which is what it is
//! for: the two are tested against each other.

use crate::answer::{Doubt, Outcome};
use crate::error::Error;
use crate::exploration::Exploration;
use crate::graph::Graph;

/// Whether every fair maximal run from a state where `trigger` is true reaches `goal`.
///
/// # Errors
///
/// The graph may belong to another exploration.
pub fn inevitable_by_fixpoint<S, A>(
    exploration: &Exploration<S>,
    graph: &Graph<A>,
    trigger: impl Fn(&S) -> bool,
    goal: impl Fn(&S) -> bool,
) -> Result<Outcome, Error> {
    if graph.len() != exploration.unique_states() {
        return Err(Error::ForeignGraph);
    }
    let avoids: Vec<bool> = exploration.states().map(|state| !goal(state)).collect();
    let triggered = |avoidable: &[bool]| {
        exploration.states().zip(avoidable).any(|(state, avoidable)| *avoidable && trigger(state))
    };
    if triggered(&avoidable(graph, &avoids, Trust::Nothing)) {
        return Ok(Outcome::Violated);
    }
    if let Some(limit) = exploration.limit() {
        return Ok(Outcome::Inconclusive(Doubt::Limit(limit)));
    }
    if triggered(&avoidable(graph, &avoids, Trust::Everything)) {
        return Ok(Outcome::Inconclusive(Doubt::CutByBound));
    }
    Ok(Outcome::Holds)
}

/// Whether what a cut state lacks may be taken for disabled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Nothing,
    Everything,
}

/// The states from which some fair maximal run avoids the goal.
fn avoidable<A>(graph: &Graph<A>, avoids: &[bool], trust: Trust) -> Vec<bool> {
    let trusted = |id: usize| trust == Trust::Everything || !graph.cut(id);
    let for_ever = fair_for_ever(graph, avoids, trusted);
    let ends = |id: usize| graph.is_dead_end(id) && trusted(id);
    let seeds = (0..graph.len()).map(|id| avoids[id] && (for_ever[id] || ends(id))).collect();
    until(graph, avoids, seeds)
}

/// The states from which some infinite fair run avoids the goal.
fn fair_for_ever<A>(graph: &Graph<A>, avoids: &[bool], trusted: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut stays = avoids.to_vec();
    loop {
        let before = stays.clone();
        // Some state that can be trusted is passed, which is the first demand upon the walk.
        let passed = (0..graph.len()).map(|id| stays[id] && trusted(id)).collect();
        let walks = until(graph, &stays, passed);
        restrict(&mut stays, |id| steps_into(graph, id, &walks));
        for fair in graph.fair() {
            let disabled = |id: usize| trusted(id) && !graph.labels(id).contains(fair);
            let disabled = (0..graph.len()).map(|id| stays[id] && disabled(id)).collect();
            let walks = until(graph, &stays, disabled);
            let taken = |id: usize| graph.edges(id).any(|(label, to)| label == *fair && stays[to as usize]);
            let taken = (0..graph.len()).map(|id| stays[id] && taken(id)).collect();
            let takes = until(graph, &stays, taken);
            restrict(&mut stays, |id| steps_into(graph, id, &walks) || takes[id]);
        }
        if stays == before {
            return stays;
        }
    }
}

fn restrict(set: &mut [bool], keep: impl Fn(usize) -> bool) {
    for (id, member) in set.iter_mut().enumerate() {
        *member = *member && keep(id);
    }
}

fn steps_into<A>(graph: &Graph<A>, id: usize, set: &[bool]) -> bool {
    graph.successors(id).iter().any(|to| set[*to as usize])
}

/// The least set that contains the seeds, and each state of `along` with a successor in the set.
fn until<A>(graph: &Graph<A>, along: &[bool], seeds: Vec<bool>) -> Vec<bool> {
    let mut set = seeds;
    let mut changed = true;
    while changed {
        changed = false;
        for id in (0..graph.len()).rev() {
            if !set[id] && along[id] && steps_into(graph, id, &set) {
                set[id] = true;
                changed = true;
            }
        }
    }
    set
}
