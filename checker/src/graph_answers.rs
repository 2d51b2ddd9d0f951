//! **Answers that need the transitions between all states: what is inevitable, and formulas.**

use crate::answer::AnswerOf;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;
use crate::graph::Graph;
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
                *answer = inevitable(model, exploration, &graph, |state| trigger(state), |state| goal(state))?;
            }
            Kind::Formula(_) => {}
            _ => {}
        }
    }
    Ok(())
}
