//! **A way on along which something stays true: EF (first ∧ EG second), with a run that shows it.**

use mailcover_checker::{
    Answer, Doubt, Evaluator, Evidence, Exploration, Formula, Graph, Outcome, and, atom, eg,
};
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use std::collections::VecDeque;

/// Whether some reachable state has `first`, and a maximal run from it has `second` throughout.
///
/// # Errors
/// When the model is not deterministic.
pub(crate) fn reachable_and_then_always(
    service: &Service,
    exploration: &Exploration<State>,
    first: impl Fn(&State) -> bool + Send + Sync + 'static,
    second: impl Fn(&State) -> bool + Send + Sync + 'static,
) -> Result<Answer<State, Action>, mailcover_checker::Error> {
    if let Some(limit) = exploration.limit() {
        let outcome = Outcome::Inconclusive(Doubt::Limit(limit));
        return Ok(Answer { outcome, classes: None, evidence: Evidence::Nothing });
    }
    let graph = Graph::build(service, exploration)?;
    let mut evaluator = Evaluator::new(service, exploration, &graph)?;
    let stays: Formula<Service> = eg(atom("second", second));
    let on: Vec<bool> = evaluator.states(&stays);
    let begins = evaluator.truth(&and(atom("first", first), stays));
    let Some(start) = begins.certain.iter().position(|&holds| holds) else {
        let open = begins.possible.contains(&true);
        let outcome = if open { Outcome::Inconclusive(Doubt::CutByBound) } else { Outcome::Violated };
        return Ok(Answer { outcome, classes: None, evidence: Evidence::Closure });
    };
    let mut path = exploration.path_to(service, start)?;
    for (label, at) in way_to_rest(&graph, &on, start) {
        let (Some(&action), Some(&state)) = (graph.action(label), exploration.state(at)) else { break };
        path.actions.push(action);
        path.states.push(state);
    }
    Ok(Answer { outcome: Outcome::Holds, classes: None, evidence: Evidence::Run(path) })
}

/// A shortest way through states that are `on` to one in which the run may rest for ever, since whatever machinery does there
/// changes nothing, be it that a day goes by, and people need do nothing; where there is none, a way that goes round. Each
/// step is its label, and the state after it.
fn way_to_rest(graph: &Graph<Action>, on: &[bool], start: usize) -> Vec<(u32, usize)> {
    let machinery = |label| graph.action(label).is_some_and(Action::fair);
    let moves = |at: usize| graph.edges(at).any(|(label, to)| machinery(label) && to as usize != at);
    let rests = |at: usize| !graph.cut(at) && !moves(at);
    let mut from: Vec<Option<(u32, usize)>> = vec![None; on.len()];
    let mut seen = vec![false; on.len()];
    seen[start] = true;
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        if rests(at) {
            let back =
                std::iter::successors(from[at].map(|(label, before)| (label, at, before)), |&(_, _, at)| {
                    from[at].map(|(label, before)| (label, at, before))
                });
            let mut way: Vec<(u32, usize)> = back.map(|(label, at, _)| (label, at)).collect();
            way.reverse();
            return way;
        }
        for (label, to) in graph.edges(at).map(|(label, to)| (label, to as usize)) {
            if on[to] && !std::mem::replace(&mut seen[to], true) {
                from[to] = Some((label, at));
                queue.push_back(to);
            }
        }
    }
    way_round(graph, on, start)
}

/// A way through states that are `on`, until each next one was passed before: by machinery alone where that leads on, since
/// what people do besides shows nothing.
fn way_round(graph: &Graph<Action>, on: &[bool], start: usize) -> Vec<(u32, usize)> {
    let (mut at, mut seen, mut way) = (start, vec![false; on.len()], Vec::new());
    while !std::mem::replace(&mut seen[at], true) {
        let machinery = |label| graph.action(label).is_some_and(Action::fair);
        let fresh =
            graph.edges(at).map(|(label, to)| (label, to as usize)).filter(|&(_, to)| on[to] && !seen[to]);
        let Some((label, to)) = fresh.min_by_key(|&(label, _)| !machinery(label)) else { break };
        way.push((label, to));
        at = to;
    }
    way
}
