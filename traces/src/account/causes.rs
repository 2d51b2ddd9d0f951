//! **Each thing that the adversary holds at the end, and what caused it: in the run, and in its twin.**
//!
//! This is what makes a pair of twins an explanation. The adversary holds the same in both; beside each entry stands what
//! caused it in the one run and what caused it in the other.

use super::{Holder, RunAccount, Step};
use crate::replay::Replayed;
use crate::tell::words::joined;
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
    /// Of a row that was handed over: what had it recorded. Null for anything else.
    pub recorded: Option<Recorded>,
}

/// What had a row recorded that was handed over later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recorded {
    /// In which step; 0 for what was before the run.
    pub step: usize,
    /// The action, and the question to the directory that came of it, as a clause.
    pub act: String,
}

/// What somebody holds at the end of a run.
struct Entry {
    /// The step in which it came about.
    step: usize,
    /// What it is, in words.
    what: String,
    /// The step in which it was recorded, where it is a row that was handed over.
    recorded: Option<usize>,
}

pub(super) fn causes(replayed: &Replayed, holders: &[Holder], runs: &[RunAccount]) -> Vec<Cause> {
    if !matches!(replayed.trace.evidence, Evidence::Twin { .. } | Evidence::Class { .. }) {
        return Vec::new();
    }
    let own = holders.iter().enumerate().filter(|(_, holder)| holder.adversary);
    own.flat_map(|(holder, _)| of_holder(holder, holders, runs)).collect()
}

/// The entries of one holder. In twins there are equally many in both runs, in the same order; were it otherwise, only what
/// caused those of the first run is said.
fn of_holder(holder: usize, holders: &[Holder], runs: &[RunAccount]) -> Vec<Cause> {
    let held: Vec<Vec<Entry>> = runs.iter().map(|run| held(holder, holders, run)).collect();
    let Some(first) = held.first() else { return Vec::new() };
    let paired = held.iter().take_while(|other| other.len() == first.len()).count();
    let cause = |at: usize| {
        let by =
            held.iter().zip(runs).take(paired).filter_map(|(held, run)| Some(caused(run, held.get(at)?)));
        Cause { holder, entry: first[at].what.clone(), by: by.collect() }
    };
    (0..first.len()).map(cause).collect()
}

/// What somebody holds at the end of a run.
fn held(holder: usize, holders: &[Holder], run: &RunAccount) -> Vec<Entry> {
    let kept = run.logged.iter().filter(|row| row.deleted.is_none());
    if holders[holder].set == "stored" {
        let providers = kept.filter(|row| holders[row.holder].kept_by.as_deref() == Some("provider"));
        let rows = providers.map(|row| Entry {
            step: row.step,
            what: format!("{}: {}", holders[row.holder].name, joined(&row.cells)),
            recorded: None,
        });
        return rows.chain(stored(run)).collect();
    }
    let rows = kept.filter(|row| row.holder == holder);
    let rows = rows.map(|row| Entry { step: row.step, what: joined(&row.cells), recorded: None });
    let seen = run.seen.iter().filter(|seen| seen.holder == holder);
    let seen = seen.map(|seen| {
        let when = if seen.when.is_empty() { String::new() } else { format!("{}: ", seen.when) };
        let recorded = seen.row.and_then(|row| run.logged.get(row)).map(|row| row.step);
        Entry { step: seen.step, what: format!("{when}{}", seen.what), recorded }
    });
    rows.chain(seen).collect()
}

/// What the stores hold at the end besides the rows of logs, each since it stood there without a break.
fn stored(run: &RunAccount) -> impl Iterator<Item = Entry> {
    let last = run.stored.last().into_iter().flat_map(|stored| &stored.lines);
    last.map(|line| {
        let ever = run.stored.iter().rev().take_while(|stored| stored.lines.contains(line));
        Entry { step: ever.last().map_or(0, |stored| stored.step), what: line.clone(), recorded: None }
    })
}

/// What caused an entry: the act, and the question to the directory that came of it, which is what a log of lookups
/// records.
fn caused(run: &RunAccount, entry: &Entry) -> Caused {
    let recorded = entry.recorded.map(|step| Recorded { step, act: act(run, step) });
    Caused { step: entry.step, act: act(run, entry.step), recorded }
}

fn act(run: &RunAccount, step: usize) -> String {
    match step.checked_sub(1).and_then(|at| run.steps.get(at)) {
        Some(Step { act, asks: Some(asks), .. }) => format!("{act}, and {asks}"),
        Some(Step { act, .. }) => act.clone(),
        None => "It was there before the run began".to_owned(),
    }
}

impl Caused {
    /// What caused it as a sentence or two: "The provider serves its order (step 4). The row was recorded before: ...".
    #[must_use]
    pub fn said(&self) -> String {
        let numbered = |step: usize| if step > 0 { format!(" (step {step})") } else { String::new() };
        let first = format!("{}{}.", self.act, numbered(self.step));
        match &self.recorded {
            None => first,
            Some(Recorded { step: 0, .. }) => format!("{first} The row was recorded before the run began."),
            Some(Recorded { step, act }) => format!("{first} The row is of step {step}: {act}."),
        }
    }
}
