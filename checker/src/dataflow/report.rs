//! **From what the workers found to answers with runs.**
//!
//! A way is a list of keys. It is turned into a run by executing the model from its initial states and keeping, at each
//! depth, those states whose key is on the way. So every run that is shown has been executed.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::answer::{Answer, AnswerOf, Doubt, Evidence, Outcome};
use crate::dataflow::fingerprint::Key;
use crate::dataflow::name::Address;
use crate::dataflow::parcel::Spot;
use crate::dataflow::plan::Role;
use crate::dataflow::run::{Found, Kept, Task};
use crate::dataflow::sightings::{Exhibit, Stand};
use crate::dataflow::visited::DEEPEST;
use crate::epistemic::Epistemic;
use crate::error::{Error, Nondeterminism};
use crate::exploration::{Exploration, NOBODY};
use crate::graph_answers::by_graph;
use crate::limits::Completion;
use crate::path::{Path, PathOf};
use crate::question::{By, Inquiry, Report};

/// Answers every question.
pub(crate) fn of<M: Epistemic>(
    task: &Task<M>,
    inquiry: &Inquiry<M>,
    mut found: Found<M::State>,
) -> Result<Report<M>, Error> {
    let kept = std::mem::take(&mut found.kept);
    let exploration = task.plan.keeps_states.then(|| exploration(&found, kept)).transpose()?;
    let model = &*task.model;
    let mut answers = Vec::with_capacity(inquiry.questions.len());
    for (at, role) in task.plan.roles.iter().enumerate() {
        answers.push(match role {
            Role::Watch { at, always } => watched(task, &found, found.firsts[*at], *always)?,
            Role::Classes { coalition, by, .. } => {
                let classes = found.verdicts.classes.get(*coalition).copied().unwrap_or(0) as usize;
                let stand = found.verdicts.questions.get(at).copied().unwrap_or_default();
                known(task, &found, stand, *by)?.among(classes)
            }
            Role::Graph => Answer::doubtful(Doubt::CutByBound),
        });
    }
    if let Some(exploration) = &exploration {
        by_graph(model, exploration, &inquiry.questions, &mut answers)?;
    }
    let states: usize = found.layers.iter().sum();
    let hashed = if task.naming.may_collide() { states } else { 0 };
    let classes = found.verdicts.classes.iter().max().copied().unwrap_or(0) as usize;
    Ok(Report {
        answers,
        completion: found.limit.map_or(Completion::Complete, Completion::Cut),
        generated: found.generated,
        bytes: found.bytes,
        collision: collision(hashed) + collision(classes) * found.verdicts.classes.len() as f64,
        exploration,
        layers: found.layers,
    })
}

/// At most the probability that any two of so many keys of 128 random bits are equal.
fn collision(keys: usize) -> f64 {
    (keys as f64).powi(2) / 2f64.powi(129)
}

fn watched<M: Epistemic>(
    task: &Task<M>,
    found: &Found<M::State>,
    first: Option<Spot>,
    always: bool,
) -> Result<AnswerOf<M>, Error> {
    let (seen, unseen): (fn(_) -> _, _) =
        if always { (Answer::violated, Outcome::Holds) } else { (Answer::holds, Outcome::Violated) };
    Ok(match (first, found.limit) {
        (Some(spot), _) => seen(Evidence::Run(run_to(task, found, spot)?)),
        (None, None) => Answer { outcome: unseen, classes: None, evidence: Evidence::Closure },
        (None, Some(limit)) => Answer::doubtful(Doubt::Limit(limit)),
    })
}

fn known<M: Epistemic>(
    task: &Task<M>,
    found: &Found<M::State>,
    stand: Stand,
    by: By,
) -> Result<AnswerOf<M>, Error> {
    let twins = |exhibit: Exhibit| -> Result<_, Error> {
        let run = run_to(task, found, exhibit.state)?;
        Ok(match exhibit.twin {
            Some(twin) => Evidence::Twins { run, twin: run_to(task, found, twin)? },
            None => Evidence::Run(run),
        })
    };
    Ok(match (by, stand.breach, found.limit) {
        (By::Known, Some(breach), _) => Answer::violated(twins(breach)?),
        (_, _, Some(limit)) => Answer::doubtful(Doubt::Limit(limit)),
        (_, Some(breach), None) => {
            let run = run_to(task, found, breach.state)?;
            Answer::violated(Evidence::Class { run, size: breach.size as usize })
        }
        (By::Known, None, None) => Answer::holds(Evidence::Closure),
        (_, None, None) => match stand.sample {
            Some(sample) => Answer::holds(twins(sample)?),
            None => Answer::holds(Evidence::Closure),
        },
    })
}

/// Executes the run to a state.
fn run_to<M: Epistemic>(task: &Task<M>, found: &Found<M::State>, spot: Spot) -> Result<PathOf<M>, Error> {
    let (model, naming) = (&*task.model, task.naming);
    let way = found.way_to(spot);
    let lost = || Nondeterminism {
        what: "no action leads any more to a state that one led to",
        state: None,
        action: None,
    };
    let (Some(start), true) = (way.first(), way.len() == spot.depth as usize + 1) else {
        return Err(lost().into());
    };
    // For each depth, the states on the way, each with the place of its predecessor and the action that led there.
    let key_of = |state: &M::State| naming.key(model, state);
    let on_way = |state: &M::State, keys: &[Key]| key_of(state).is_some_and(|key| keys.contains(&key));
    let initial = model.init_states().into_iter().enumerate().filter(|(_, state)| on_way(state, start));
    let mut passed = vec![initial.map(|(at, state)| (state, at, None)).collect::<Vec<_>>()];
    let mut actions = Vec::new();
    for keys in &way[1..] {
        let mut next: Vec<(M::State, usize, Option<M::Action>)> = Vec::new();
        for (place, (state, ..)) in passed.last().into_iter().flatten().enumerate() {
            model.actions(state, &mut actions);
            for action in actions.drain(..) {
                if next.len() == keys.len() {
                    continue;
                }
                if let Some(target) = model.next_state(state, action.clone())
                    && on_way(&target, keys)
                    && !next.iter().any(|(known, ..)| *known == target)
                {
                    next.push((target, place, Some(action)));
                }
            }
        }
        passed.push(next);
    }
    let mut path = Path { initial: 0, actions: Vec::new(), states: Vec::new() };
    let last = passed
        .last()
        .and_then(|states| states.iter().position(|(state, ..)| key_of(state) == Some(spot.key)));
    let mut place = last.ok_or_else(lost)?;
    for mut states in passed.into_iter().rev() {
        let (state, before, action) = states.swap_remove(place);
        path.states.push(state);
        path.actions.extend(action);
        place = before;
    }
    path.initial = place;
    path.states.reverse();
    path.actions.reverse();
    Ok(path)
}

/// All states, numbered by depth and then by key, as the plain explorer would hand them over.
fn exploration<S: Clone + Eq + std::hash::Hash>(
    found: &Found<S>,
    mut kept: Vec<Kept<S>>,
) -> Result<Exploration<S>, Error> {
    kept.sort_unstable_by_key(|kept| kept.spot);
    let mut numbers: HashMap<(u64, Address), u32, FixedState> = HashMap::default();
    for (number, kept) in kept.iter().enumerate() {
        numbers.entry((kept.spot.depth.min(DEEPEST), kept.address)).or_insert(number as u32);
    }
    let mut states = IndexSet::with_capacity_and_hasher(kept.len(), FixedState::default());
    let mut predecessors = Vec::with_capacity(kept.len());
    for Kept { spot, origin, state, .. } in kept {
        let before = spot.depth.checked_sub(1).map(|depth| (depth.min(DEEPEST), origin.predecessor()));
        predecessors.push(before.and_then(|before| numbers.get(&before)).copied().unwrap_or(NOBODY));
        states.insert(state);
    }
    let mut layer_starts = Vec::with_capacity(found.layers.len());
    let mut start = 0;
    for size in &found.layers {
        layer_starts.push(start);
        start += size;
    }
    if states.len() != start || predecessors.len() != start {
        return Err(Error::Worker("two different states were taken for one".to_owned()));
    }
    Ok(Exploration {
        states,
        predecessors,
        layer_starts,
        layers: found.layers.clone(),
        generated: found.generated,
        completion: found.limit.map_or(Completion::Complete, Completion::Cut),
    })
}
