//! **The same, asked of the dataflow engine: one inquiry for all cells of a group, and no state kept that need not be.**
//!
//! What must be avoided for ever, or not at all, is asked of the states afterwards, as of those of the plain search.

use super::Options;
use super::answer::{Asker, Raw, Told, Unanswered, finding, worst_of};
use super::group::Group;
use crate::claim::{Ask, Context, Posed};
use crate::fact::Fact;
use crate::finding::Finding;
use crate::stability::within_bounds;
use enumset::EnumSet;
use mailcover_checker::dataflow;
use mailcover_checker::{Evidence, Inquiry, Outcome, Progress, Question};
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};
use std::ops::Range;
use std::sync::Arc;

/// Where the answers that concern a cell stand: whether it is exercised, and one for each of its facts.
struct Place {
    exercised: usize,
    facts: Range<usize>,
}

pub(super) fn answer(
    group: &Group,
    service: &Arc<Service>,
    options: &Options,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Vec<(usize, Finding)>, String> {
    let mut questions = Vec::new();
    let mut places = Vec::new();
    let mut stored = false;
    for (_, posed, context) in &group.cells {
        let exercised = questions.len();
        questions.push(Question::reachable(test(service, &posed.exercised)));
        let start = questions.len();
        questions.extend(asked(service, posed, context));
        stored |= questions.len() == start;
        places.push(Place { exercised, facts: start..questions.len() });
    }
    let inner = (Arc::clone(service), group.inner.clone());
    let mut inquiry = Inquiry::new(questions)
        .of_states(move |state| within_bounds(&inner.0, &inner.1, state))
        .giving_up_at(Question::reachable(|state: &State| !state.outgrown.is_empty()));
    inquiry = if stored { inquiry.keeping_states() } else { inquiry.stopping_early() };
    let search = dataflow::Options {
        limits: options.limits.clone(),
        threads: options.workers.max(1),
        pinned: options.workers > 1,
    };
    let report =
        dataflow::answer(Arc::clone(service), &inquiry, &search, tell).map_err(|error| error.to_string())?;
    if let Some(answer) = report.answers.last().filter(|answer| answer.outcome == Outcome::Holds) {
        return Err(Room::why(outgrown(&answer.evidence)));
    }
    let reply = |at: usize| -> Raw {
        report.answers.get(at).cloned().ok_or(Unanswered::Bug("a question was not answered"))
    };
    let finding_of = |(at, posed, context): &(usize, _, Context), place: &Place| {
        let worst = match &report.exploration {
            Some(exploration) if place.facts.is_empty() => {
                Asker { service, exploration, inner: &group.inner }.worst(posed, context)
            }
            _ => worst_of(
                &posed.ask.facts().into_iter().cloned().collect::<Vec<_>>(),
                place.facts.clone().map(reply),
                |state| posed.exercised.holds(service, state),
            ),
        };
        let told = Told {
            worst,
            exercised: reply(place.exercised),
            states: report.unique_states(),
            depth: report.depth(),
            collision: report.collision,
        };
        (*at, finding(service, posed, context, told))
    };
    Ok(group.cells.iter().zip(&places).map(|(cell, place)| finding_of(cell, place)).collect())
}

/// The lists that were full in the state in which the run ends.
fn outgrown(evidence: &Evidence<State, Action>) -> EnumSet<Room> {
    match evidence {
        Evidence::Run(run) => run.last().map_or(EnumSet::all(), |state| state.outgrown),
        _ => EnumSet::all(),
    }
}

/// One question for each fact; none for what is asked of the stored states.
fn asked(service: &Arc<Service>, posed: &Posed, context: &Context) -> Vec<Question<Service>> {
    let to = &context.observers;
    let each =
        |facts: &[Fact], question: &dyn Fn(&Fact) -> Question<Service>| facts.iter().map(question).collect();
    // A twin explains most where the claim's interesting case is reached.
    let exercised: Arc<dyn Fn(&State) -> bool + Send + Sync> = Arc::new(test(service, &posed.exercised));
    match &posed.ask {
        Ask::Always(fact) => vec![Question::always(test(service, fact))],
        Ask::Reachable(fact) => vec![Question::reachable(test(service, fact))],
        Ask::NeverKnown(facts) => {
            each(facts, &|fact| Question::never_known(test(service, fact), to).showing(&exercised))
        }
        Ask::NeverKnownWhether(facts) => {
            each(facts, &|fact| Question::never_known_whether(test(service, fact), to).showing(&exercised))
        }
        Ask::Known(facts) => each(facts, &|fact| Question::known(test(service, fact), to)),
        Ask::ReachableAndThenAlways(..) | Ask::Inevitable(..) => Vec::new(),
    }
}

fn test(service: &Arc<Service>, fact: &Fact) -> impl Fn(&State) -> bool + Send + Sync + use<> {
    let (service, fact) = (Arc::clone(service), fact.clone());
    move |state| fact.holds(&service, state)
}
