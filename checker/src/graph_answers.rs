//! **Answers that need the transitions between all states: what is inevitable, and formulas.**
//!
//! They are drawn from an [`Exploration`], whichever engine made it.

use crate::answer::{Answer, AnswerOf, Doubt, Evidence, Outcome};
use crate::demonstration::Demonstrator;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::evaluation::Evaluator;
use crate::exploration::Exploration;
use crate::formula::Formula;
use crate::graph::{Graph, GraphOf};
use crate::liveness::inevitable;
use crate::question::{Kind, Question};

/// Replaces the answers to those questions that need a graph.
pub(crate) fn by_graph<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    questions: &[Question<M>],
    answers: &mut [AnswerOf<M>],
) -> Result<(), Error> {
    if !questions.iter().any(Question::needs_states) {
        return Ok(());
    }
    let graph = Graph::build(model, exploration)?;
    for (question, answer) in questions.iter().zip(answers) {
        match &question.0 {
            Kind::Inevitable(trigger, goal) => {
                *answer =
                    inevitable(model, exploration, &graph, |state| trigger(state), |state| goal(state))?;
            }
            Kind::Formula(formula) => *answer = holds(model, exploration, &graph, formula)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whether a formula is true in every initial state.
///
/// A false one is shown by a counterexample. A true one is shown by a run if it says that there is one; if it speaks of
/// knowledge, by the shortest run on which the fact is true and not known, and its twin; and else by nothing.
///
/// # Errors
///
/// The graph may belong to another exploration, or the model may not repeat what it did.
pub fn holds<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    graph: &GraphOf<M>,
    formula: &Formula<M>,
) -> Result<AnswerOf<M>, Error> {
    let mut evaluator = Evaluator::new(model, exploration, graph)?;
    let (outcome, truth) = (evaluator.initially(formula), evaluator.truth(formula));
    let mut demonstrator = Demonstrator { model, exploration, graph, evaluator };
    let initial = 0..exploration.layers().first().copied().unwrap_or(0);
    Ok(match (outcome, exploration.limit()) {
        (Some(false), _) => {
            let culprit = initial.into_iter().find(|id| truth.is_certainly(*id, false));
            let evidence = culprit.map(|id| demonstrator.show(formula, id, false)).transpose()?;
            Answer {
                outcome: Outcome::Violated,
                classes: None,
                evidence: evidence.unwrap_or(Evidence::Nothing),
            }
        }
        (Some(true), _) => {
            let evidence =
                initial.into_iter().next().map(|id| demonstrator.show(formula, id, true)).transpose()?;
            Answer { outcome: Outcome::Holds, classes: None, evidence: evidence.unwrap_or(Evidence::Closure) }
        }
        (None, Some(limit)) => Answer::doubtful(Doubt::Limit(limit)),
        (None, None) => Answer::doubtful(Doubt::CutByBound),
    })
}
