//! **The plain engine: the same questions as [`crate::dataflow::answer`], asked of the sequential explorer.**
//!
//! It is the oracle of the fast one. States and views are compared in full, and every state is kept.

use crate::answer::{Answer, AnswerOf, Doubt};
use crate::classes::views_of;
use crate::epistemic::Epistemic;
use crate::error::Error;
use crate::exploration::Exploration;
use crate::explore::{Progress, explore_until};
use crate::formula::Test;
use crate::graph_answers::by_graph;
use crate::knowledge::ClassTable;
use crate::limits::Limits;
use crate::question::{By, Inquiry, Kind, Knowledge, Question, Report};
use crate::safety::{always, reachable};
use crate::sanity::determinism;

/// How many states the model is asked about twice.
const SAMPLES: usize = 256;

/// Answers all questions by one search.
///
/// # Errors
///
/// The model may not answer alike when asked twice, which is tried on some of the states.
pub fn answer<M: Epistemic>(
    model: &M,
    inquiry: &Inquiry<M>,
    limits: &Limits,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Report<M>, Error> {
    let mut open: Vec<&Question<M>> = inquiry.questions.iter().take(inquiry.awaited).collect();
    let (ends, gives_up_at) = (inquiry.ends_when_settled(), inquiry.gives_up_at());
    let exploration = explore_until(model, limits, progress, &mut |state| {
        if ends {
            open.retain(|question| !settles(model, question, state));
        }
        ends && open.is_empty() || gives_up_at.is_some_and(|question| settles(model, question, state))
    });
    determinism(model, &exploration, &inquiry.observers(), SAMPLES)?;
    let matters = inquiry.matters.as_ref();
    let asked = inquiry.questions.iter();
    let answers = asked.map(|question| one(model, &exploration, question, matters));
    let mut answers = answers.collect::<Result<Vec<_>, _>>()?;
    by_graph(model, &exploration, &inquiry.questions, &mut answers)?;
    Ok(Report {
        answers,
        layers: exploration.layers().to_vec(),
        generated: exploration.generated(),
        completion: exploration.complete(),
        bytes: exploration.memory(),
        collision: 0.0,
        exploration: inquiry.keeps_states.then_some(exploration),
    })
}

/// Whether this state settles the question.
fn settles<M: Epistemic>(model: &M, question: &Question<M>, state: &M::State) -> bool {
    match &question.0 {
        Kind::Always(fact) => !fact(state),
        Kind::Reachable(fact) => fact(state),
        Kind::Secret(from, derives) => derives(&views_of(model, from, state)),
        _ => false,
    }
}

fn one<M: Epistemic>(
    model: &M,
    exploration: &Exploration<M::State>,
    question: &Question<M>,
    matters: Option<&Test<M::State>>,
) -> Result<AnswerOf<M>, Error> {
    match &question.0 {
        Kind::Always(fact) => always(model, exploration, |state| fact(state)),
        Kind::Reachable(fact) => reachable(model, exploration, |state| fact(state)),
        Kind::Secret(from, derives) => {
            always(model, exploration, |state| !derives(&views_of(model, from, state)))
        }
        Kind::Knowledge(Knowledge { by, fact, to, showing }) => {
            let fact = |state: &M::State| fact(state);
            let showing = |state: &M::State| showing.as_ref().is_none_or(|this| this(state));
            let matters = matters.map(|matters| |state: &M::State| matters(state));
            let matters = matters.as_ref().map(|matters| matters as &dyn Fn(&M::State) -> bool);
            let table = ClassTable::build(model, exploration, to, &[&fact, &showing], matters)?.showing(1);
            match by {
                By::NeverKnown => table.never_known(0),
                By::NeverKnownWhether => table.never_known_whether(0),
                By::Known => table.known(0),
            }
        }
        // These are answered afterwards, from one graph.
        Kind::Inevitable(..) | Kind::Formula(_) => Ok(Answer::doubtful(Doubt::CutByBound)),
    }
}
