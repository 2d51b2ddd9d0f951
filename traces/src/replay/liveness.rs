//! **Deriving again that something stays so: to the end of a run, or round and round for ever.**
//!
//! A cycle counts as a run for ever only if it is fair: machinery that could act all the way round does act on the way.

use super::ReplayedRun;
use crate::error::TraceError;
use mailcover_checker::Epistemic;
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_properties::fact::Fact;

fn wrong(says: String, shows: &str) -> TraceError {
    TraceError::DoesNotShow { says, shows: shows.to_owned() }
}

fn enabled(service: &Service, state: &State) -> impl Iterator<Item = (Action, State)> {
    let step = |action: &Action| Some((*action, service.step(state, *action)?));
    service.all_actions().iter().filter_map(step)
}

/// The first fact is true somewhere, and from there on the second is, in a run that ends, closes a circle, or may rest
/// where it stands, since only people could go on there and nobody has to.
pub(super) fn stays(run: &ReplayedRun, first: &Fact, then: &Fact) -> Result<String, TraceError> {
    let service = run.service.as_ref();
    let says = || format!("{}, and from then on {}", first.clause(), then.clause());
    let tail = run.states.iter().rev().take_while(|state| then.holds(service, state)).count();
    let from = run.states.len() - tail;
    let begins = run.states[from..].iter().position(|state| first.holds(service, state));
    let Some(begins) = begins else {
        return Err(wrong(says(), "the two are never so together up to the end of the run"));
    };
    let last = run.last()?;
    let on: Vec<(Action, State)> = enabled(service, last).collect();
    let round = on.iter().any(|(_, state)| run.states[from + begins..].contains(state));
    let end = if on.is_empty() {
        "and nothing is possible after that"
    } else if on.iter().all(|(action, _)| !action.fair()) {
        "and no machinery has anything to do after that, so that it may stay so for ever, since people need not act"
    } else if on.iter().all(|(action, state)| !action.fair() || state == last) {
        "and whatever machinery does after that, be it that days go by, changes nothing, so that it may stay so for ever, \
         since people need not act"
    } else if round {
        "and it can go round like this for ever"
    } else {
        return Err(wrong(says(), "the run could go on to where that is not known to be so"));
    };
    Ok(format!(
        "the run was executed again: after step {}, {}; from then on {}, {end}",
        from + begins,
        first.clause(),
        then.clause()
    ))
}

/// The trigger is true somewhere, the goal from there on is not, and the run is over.
pub(super) fn ends_without(run: &ReplayedRun, when: &Fact, then: &Fact) -> Result<String, TraceError> {
    let service = run.service.as_ref();
    let last = run.last()?;
    let says = || format!("the run ends without it ever coming to this: {}", then.clause());
    if enabled(service, last).next().is_some() || service.cut(last) {
        return Err(wrong(says(), "the run is not over where the trace ends"));
    }
    avoids(run, run.states.len() - 1, when, then)?;
    Ok(format!(
        "the run was executed again: {}, and the run ends without it ever coming to this: {}",
        when.clause(),
        then.clause()
    ))
}

/// The trigger is true on the way in, the goal from there on and all the way round is not, and the circle is fair.
pub(super) fn goes_round(
    run: &ReplayedRun,
    stem: usize,
    when: &Fact,
    then: &Fact,
) -> Result<String, TraceError> {
    let service = run.service.as_ref();
    let circle = run.states.get(stem..).unwrap_or_default();
    let actions = run.actions.get(stem..).unwrap_or_default();
    let says = || "the circle returns to where it began".to_owned();
    if actions.is_empty() || circle.first() != circle.last() {
        return Err(wrong(says(), "it ends in another state"));
    }
    avoids(run, stem, when, then)?;
    let uncut = || circle.iter().filter(|state| !service.cut(state));
    if uncut().next().is_none() {
        return Err(wrong(
            "the circle can be gone round for ever".to_owned(),
            "a bound of the scope ends it",
        ));
    }
    for fair in service.all_actions().iter().filter(|action| action.fair()) {
        let rests = uncut().any(|state| service.step(state, *fair).is_none());
        if !rests && !actions.contains(fair) {
            return Err(wrong(
                "the circle is fair".to_owned(),
                &format!(
                    "this is possible all the way round and never done: {}",
                    crate::tell::acts::plain(fair)
                ),
            ));
        }
    }
    Ok(format!(
        "the run was executed again: {}; its circle of {} leads back to the state in which it began; nowhere from then on is \
         it so that {}; and whatever machinery could act all the way round does act on it",
        when.clause(),
        crate::tell::words::count(actions.len() as u32, "step"),
        then.clause()
    ))
}

/// The trigger is true at or before this place, and the goal is false from there to the end.
fn avoids(run: &ReplayedRun, place: usize, when: &Fact, then: &Fact) -> Result<(), TraceError> {
    let service = run.service.as_ref();
    let tail = run.states.iter().rev().take_while(|state| !then.holds(service, state)).count();
    let from = run.states.len() - tail;
    let triggered = (from..=place).any(|at| when.holds(service, &run.states[at]));
    if triggered {
        return Ok(());
    }
    Err(wrong(
        format!("{}, and then it never comes to this: {}", when.clause(), then.clause()),
        "the first was not so, or the second came after all",
    ))
}
