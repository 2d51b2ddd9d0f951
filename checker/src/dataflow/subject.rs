//! **What a process is about to search, as a number: processes that differ in it do not search together.**
//!
//! The same program may be started for models of different sizes, or be asked different things. So the first states of the
//! model are searched beforehand, and what is asked of them is answered; all of that goes into the number, together with what the
//! caller says that the search is about.
//!
//! Left out: models that begin alike and differ later. Whoever makes them says so; see
//! [`Cluster::about`](crate::dataflow::Cluster::about).

use std::any::type_name;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::dataflow::fingerprint::Key;
use crate::dataflow::plan::Plan;
use crate::dataflow::run::{Task, words_of};
use crate::dataflow::watcher::class_of;
use crate::epistemic::Epistemic;
use crate::error::Error;

/// So many states are searched beforehand.
const FIRST: usize = 1 << 8;

/// Stands for what is searched, and how.
///
/// # Errors
///
/// The model may panic.
pub(crate) fn of<M: Epistemic>(task: &Task<M>, about: &str) -> Result<u64, Error> {
    let plan = &*task.plan;
    let beginning = catch_unwind(AssertUnwindSafe(|| beginning(task)));
    let beginning = beginning.map_err(|panic| Error::Worker(words_of(&*panic)))?;
    let ends = (plan.ends_when_settled, plan.awaited, plan.gives_up_at);
    let asked = (format!("{:?}", plan.roles), plan.keeps_states, ends);
    let how = (env!("CARGO_PKG_VERSION"), type_name::<M>(), task.threads, about);
    Ok(Key::of(&(how, asked, beginning)).words()[0])
}

/// What is seen and asked of the first states, in the order of discovery, and what may be done there.
fn beginning<M: Epistemic>(task: &Task<M>) -> Vec<Key> {
    let model = &*task.model;
    let mut states: Vec<M::State> = model.init_states();
    states.truncate(FIRST);
    let mut met: HashSet<M::State> = states.iter().cloned().collect();
    let (mut said, mut actions, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(state) = states.get(at).cloned() {
        model.actions(&state, &mut actions);
        said.push(Key::of(&(task.naming.key(model, &state), &actions, model.cut(&state))));
        said.push(answered(model, &task.plan, &state));
        for action in actions.drain(..) {
            let next = model.next_state(&state, action).filter(|next| model.within_boundary(next));
            states.extend(next.filter(|next| met.len() < FIRST && met.insert(next.clone())));
        }
        at += 1;
    }
    said
}

/// What the questions say of a state.
fn answered<M: Epistemic>(model: &M, plan: &Plan<M>, state: &M::State) -> Key {
    let watched: Vec<bool> = plan.watches.iter().map(|watch| watch.sees(model, state)).collect();
    let truths = plan
        .coalitions
        .iter()
        .map(|coalition| (class_of(model, coalition, state), coalition.truths(plan.matters.as_ref(), state)));
    Key::of(&(watched, truths.collect::<Vec<_>>()))
}
