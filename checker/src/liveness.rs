//! **What cannot be avoided: every fair run from a trigger reaches the goal.**
//!
//! A run avoids the goal in one of two ways. It ends before it, in a state without any enabled
//! action. Or it goes round for ever without it, fairly: each fair action that stays enabled all
//! the way round is also taken on the way (weak fairness, action by action).
//!
//! A fair round trip lies within one strongly connected component of the states that avoid the
//! goal, and if a component has one at all then the trip through all of it is one: what disables
//! or takes a fair action in a part does so in the whole. So each component is judged once.
//!
//! A state that a bound has cut is never a witness against the goal by what it lacks: that it has
//! no action, or that a fair action is disabled in it, may be the bound's doing. A component whose
//! states are all cut is doubtful for the same reason.
//!
//! [`crate::inevitable_by_fixpoint`] reaches the same verdict in another way.

use std::collections::HashMap;

use crate::answer::{Answer, AnswerOf, Doubt, Evidence};
use crate::components::components;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;
use crate::graph::{Graph, GraphOf};
use crate::path::{Path, PathOf};
use crate::region::{Region, Step, shortest_walk};

/// Whether every fair maximal run from a state where `trigger` is true reaches `goal`.
///
/// The state itself counts as reached. A run that avoids the goal is final. That there is none
/// needs an exhausted search, in which no bound has cut such a run short.
///
/// # Errors
///
/// The graph may belong to another exploration, or the model may not repeat what it did.
pub fn inevitable<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    graph: &GraphOf<M>,
    trigger: impl Fn(&M::State) -> bool,
    goal: impl Fn(&M::State) -> bool,
) -> Result<AnswerOf<M>, Error> {
    if graph.len() != exploration.unique_states() {
        return Err(Error::ForeignGraph);
    }
    let region = Region::build(exploration, graph, trigger, goal);
    let mut doubtful = false;
    let mut round_trips = HashMap::new();
    for (number, component) in components(graph, &region).iter().enumerate() {
        match judge(graph, component) {
            Judgement::Fair => round_trips.extend(component.iter().map(|id| (*id, number))),
            Judgement::Doubtful => doubtful = true,
            Judgement::Unfair => {}
        }
    }
    for id in region.order() {
        if graph.is_dead_end(id) {
            if !graph.cut(id) {
                let run = run_to(model, exploration, graph, &region, id)?;
                return Ok(Answer::violated(Evidence::Run(run)));
            }
            doubtful = true;
        } else if let Some(trip) = round_trips.get(&id) {
            let stem = run_to(model, exploration, graph, &region, id)?;
            let cycle = fair_cycle(graph, |other| round_trips.get(&other) == Some(trip), id);
            let mut path = Path {
                initial: stem.initial,
                actions: Vec::new(),
                states: stem.last().cloned().into_iter().collect(),
            };
            follow(model, exploration, graph, &mut path, &cycle)?;
            return Ok(Answer::violated(Evidence::Lasso { stem, cycle: path }));
        }
    }
    Ok(match exploration.limit() {
        Some(limit) => Answer::doubtful(Doubt::Limit(limit)),
        None if doubtful => Answer::doubtful(Doubt::CutByBound),
        None => Answer::holds(Evidence::Closure),
    })
}

/// Whether a component can be gone round for ever, fairly.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judgement {
    Fair,
    Unfair,
    /// Fair only if what a bound removed was not enabled.
    Doubtful,
}

fn judge<A>(graph: &Graph<A>, component: &[usize]) -> Judgement {
    let inside = |id: u32| component.binary_search(&(id as usize)).is_ok();
    let mut worst =
        if component.iter().all(|id| graph.cut(*id)) { Judgement::Doubtful } else { Judgement::Fair };
    for fair in graph.fair() {
        let disabled = |id: &usize| !graph.labels(*id).contains(fair);
        let taken = |id: &usize| graph.edges(*id).any(|(label, to)| label == *fair && inside(to));
        let satisfied = component.iter().any(|id| taken(id) || disabled(id) && !graph.cut(*id));
        if satisfied {
            continue;
        }
        if !component.iter().any(disabled) {
            return Judgement::Unfair;
        }
        worst = Judgement::Doubtful;
    }
    worst
}

/// A walk from `entry` back to it that does justice to every fair action.
fn fair_cycle<A>(graph: &Graph<A>, inside: impl Fn(usize) -> bool, entry: usize) -> Vec<Step> {
    let mut walk: Vec<Step> = Vec::new();
    let uncut = |id: u32| !graph.cut(id as usize);
    let disabled = |label: u32, id: u32| uncut(id) && !graph.labels(id as usize).contains(&label);
    for fair in graph.fair() {
        let just = |step: &Step| step.label == *fair || disabled(*fair, step.to);
        extend(graph, &inside, &mut walk, entry, just, |at| disabled(*fair, at));
    }
    extend(graph, &inside, &mut walk, entry, |step| uncut(step.to), uncut);
    let home = |step: &Step| step.to as usize == entry;
    if !walk.last().is_some_and(home) {
        let at = walk.last().map_or(entry, |step| step.to as usize);
        walk.extend(shortest_walk(graph, &inside, at, home));
    }
    walk
}

/// Extends a walk to the nearest step that is wanted, unless the walk is content already.
fn extend<A>(
    graph: &Graph<A>,
    inside: &impl Fn(usize) -> bool,
    walk: &mut Vec<Step>,
    entry: usize,
    wanted: impl Fn(&Step) -> bool,
    content: impl Fn(u32) -> bool,
) {
    if content(entry as u32) || walk.iter().any(&wanted) {
        return;
    }
    let at = walk.last().map_or(entry, |step| step.to as usize);
    walk.extend(shortest_walk(graph, inside, at, wanted));
}

/// The run that the region remembers: to a trigger, and on without the goal.
fn run_to<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    graph: &GraphOf<M>,
    region: &Region,
    id: usize,
) -> Result<PathOf<M>, Error> {
    let (source, steps) = region.way_to(id);
    let mut path = exploration.path_to(model, source)?;
    follow(model, exploration, graph, &mut path, &steps)?;
    Ok(path)
}

/// Re-executes these steps at the end of a path.
pub(crate) fn follow<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    graph: &GraphOf<M>,
    path: &mut PathOf<M>,
    steps: &[Step],
) -> Result<(), Error> {
    for step in steps {
        let target = exploration.state(step.to as usize);
        if let (Some(action), Some(target)) = (graph.action(step.label), target) {
            path.step_by(model, action, target)?;
        }
    }
    Ok(())
}
