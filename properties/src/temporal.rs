//! **A way on along which something stays true: EF (first ∧ EG second), with a run that shows it.**

use mailcover_checker::{
    Answer, Doubt, Evaluator, Evidence, Exploration, Formula, Graph, Outcome, and, atom, eg,
};
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;

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
    let begins = evaluator.states(&and(atom("first", first), stays));
    let Some(start) = begins.iter().position(|&holds| holds) else {
        return Ok(Answer { outcome: Outcome::Violated, classes: None, evidence: Evidence::Closure });
    };
    let mut path = exploration.path_to(service, start)?;
    let (mut at, mut seen) = (start, vec![false; on.len()]);
    while !std::mem::replace(&mut seen[at], true) {
        let onward = graph.edges(at).find(|&(_, target)| on[target as usize] && !seen[target as usize]);
        let Some((label, target)) = onward else { break };
        let (Some(&action), Some(&state)) = (graph.action(label), exploration.state(target as usize)) else {
            break;
        };
        path.actions.push(action);
        path.states.push(state);
        at = target as usize;
    }
    Ok(Answer { outcome: Outcome::Holds, classes: None, evidence: Evidence::Run(path) })
}
