//! **Each thing that the adversary holds at the end, and what caused it: in the run, and in its twin.**
//!
//! This is what makes a pair of twins an explanation. The adversary holds the same in both; beside each entry stands what
//! caused it in the one run and what caused it in the other.

use super::{Holder, RunAccount, Step};
use crate::replay::Replayed;
use mailcover_properties::finding::Evidence;
use schemars::JsonSchema;
use serde::Serialize;

/// Something that the adversary holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cause {
    /// Who holds it, by number.
    pub holder: usize,
    /// What it is, in words.
    pub entry: String,
    /// What caused it, in each run.
    pub by: Vec<Caused>,
}

/// What caused an entry in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Caused {
    /// In which step; 0 for what was before the run.
    pub step: usize,
    /// The action, and the question to the directory that came of it, as a clause.
    pub act: String,
}

pub(super) fn causes(replayed: &Replayed, holders: &[Holder], runs: &[RunAccount]) -> Vec<Cause> {
    if !matches!(replayed.trace.evidence, Evidence::Twin { .. } | Evidence::Class { .. }) {
        return Vec::new();
    }
    let own = holders.iter().enumerate().filter(|(_, holder)| holder.adversary);
    own.flat_map(|(holder, _)| of_holder(holder, runs)).collect()
}

/// The entries of one holder; in twins there are equally many in both runs, in the same order.
fn of_holder(holder: usize, runs: &[RunAccount]) -> Vec<Cause> {
    let held: Vec<Vec<(usize, String)>> = runs.iter().map(|run| held(holder, run)).collect();
    let Some(first) = held.first() else { return Vec::new() };
    if held.iter().any(|other| other.len() != first.len()) {
        return Vec::new();
    }
    let cause = |at: usize| {
        let by = held.iter().zip(runs).filter_map(|(held, run)| Some(caused(run, held.get(at)?.0)));
        Cause { holder, entry: first[at].1.clone(), by: by.collect() }
    };
    (0..first.len()).map(cause).collect()
}

/// What somebody holds at the end of a run: the step in which it came about, and what it is.
fn held(holder: usize, run: &RunAccount) -> Vec<(usize, String)> {
    let rows = run.logged.iter().filter(|row| row.holder == holder && row.deleted.is_none());
    let rows = rows.map(|row| (row.step, join(&row.cells)));
    let seen = run.seen.iter().filter(|seen| seen.holder == holder);
    let seen = seen.map(|seen| {
        let when = if seen.when.is_empty() { String::new() } else { format!("{}: ", seen.when) };
        (seen.step, format!("{when}{}", seen.what))
    });
    rows.chain(seen).collect()
}

fn join(cells: &[String]) -> String {
    let said: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    said.join(", ")
}

/// What caused an entry: the act, and the question to the directory that came of it, which is what a log of lookups
/// records.
fn caused(run: &RunAccount, step: usize) -> Caused {
    let act = match step.checked_sub(1).and_then(|at| run.steps.get(at)) {
        Some(Step { act, asks: Some(asks), .. }) => format!("{act}, and {asks}"),
        Some(Step { act, .. }) => act.clone(),
        None => "It was there before the run began".to_owned(),
    };
    Caused { step, act }
}
