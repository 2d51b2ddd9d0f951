//! **From a cell (a claim, an adversary, a design) to a verdict.**
//!
//! Cells that need the same exploration share it. Every run that a verdict rests on is replayed from the empty world
//! before the verdict is given; an exhausted class cannot be replayed, only explored again.

mod alike;
mod answer;
mod fast;
mod group;

use crate::claim::{Claim, Context, Posed, Question};
use crate::claims;
use crate::confirm::{confirm, is_about};
use crate::finding::Finding;
pub(crate) use group::search_of;
use mailcover_checker::{Epistemic, Limits, Progress};
use mailcover_model::design::{Design, Expectation, ExpectedVerdict};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Calendar;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::widening::Widening;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A claim put to an adversary in a design.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The design.
    pub design: Arc<Design>,
    /// The claim.
    pub claim: Arc<Claim>,
    /// Which of the claim's questions.
    pub question: usize,
}

impl Cell {
    /// All cells of a design, in the order of its claims.
    #[must_use]
    pub fn all(design: &Arc<Design>) -> Vec<Self> {
        claims::of(design).iter().flat_map(|claim| Self::of(design, claim)).collect()
    }

    /// The cells of a claim in a design, one for each of its questions.
    #[must_use]
    pub fn of(design: &Arc<Design>, claim: &Arc<Claim>) -> Vec<Self> {
        let cell = |question| Self { design: Arc::clone(design), claim: Arc::clone(claim), question };
        (0..claim.questions.len()).map(cell).collect()
    }

    /// The question.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.claim.questions[self.question]
    }

    /// The design, and the adversary in it; `None` when the design lacks something that the adversary observes.
    #[must_use]
    pub fn context(&self) -> Option<Context> {
        Context::of(&self.design, &self.question().adversary)
    }

    /// Why the claim does not apply to the design: it lacks what the adversary observes, or what the claim speaks of.
    /// `None` where it applies.
    #[must_use]
    pub fn inapplicable(&self) -> Option<String> {
        group::posed(self).err()
    }

    /// What the design expects otherwise than the claim does, if anything.
    #[must_use]
    pub fn own_expectation(&self) -> Option<&Expectation> {
        self.design
            .expects
            .iter()
            .find(|expect| expect.claim == self.claim.id && expect.adversary == self.question().adversary)
    }

    /// The verdict to expect: the design's own expectation where it has one, else the claim's.
    #[must_use]
    pub fn expected(&self) -> ExpectedVerdict {
        self.own_expectation().map_or(self.question().expected, |expect| expect.verdict)
    }
}

/// Which search is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Engine {
    /// The plain one: sequential, every state kept and compared in full.
    #[default]
    Plain,
    /// The dataflow: keys of 128 bits, on as many workers as wanted. Where the plain one stops early it does so at the
    /// end of a layer, and counts more states.
    Timely,
}

/// How to check.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Limits of each exploration.
    pub limits: Limits,
    /// How many explorations run at once; 0 counts as 1.
    pub threads: usize,
    /// Which search is used.
    pub engine: Engine,
    /// How many threads each search of the dataflow engine uses; 0 counts as 1.
    pub workers: usize,
    /// The mistake to plant, if any.
    pub flaw: Option<Flaw>,
    /// By how much bounds are raised, and which. States that matter stay within the claim's own scope.
    pub widening: Widening,
    /// Whether nothing is sliced away.
    pub whole: bool,
    /// Another calendar than the scopes', where a test compares them.
    pub calendar: Option<Calendar>,
}

/// What is told while a check runs.
#[derive(Debug, Clone)]
pub struct Stage {
    /// How many explorations there are in all.
    pub explorations: usize,
    /// How many are done.
    pub done: usize,
    /// What the one that reports has reached.
    pub states: usize,
    /// The claim that it was begun for.
    pub claim: String,
}

/// From how many bytes on a search counts as large. Of large searches one is continued at a time, the others wait, so that
/// together they need little more memory than the largest.
const LARGE: usize = 1 << 30;

/// Checks the cells, and returns a finding for each, in their order.
pub fn check(cells: &[Cell], options: &Options, tell: &(dyn Fn(&Stage) + Sync)) -> Vec<Finding> {
    let mut findings: Vec<Option<Finding>> = vec![None; cells.len()];
    let groups = group::group(cells, options, &mut findings);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (results, large) = (Mutex::new(Vec::new()), Mutex::new(()));
    std::thread::scope(|threads| {
        for _ in 0..options.threads.clamp(1, groups.len().max(1)) {
            threads.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(group) = groups.get(number) else { break };
                    let claim = group.cells.first().map_or("", |(at, ..)| cells[*at].claim.id.as_str());
                    let mut alone = None;
                    let report = |progress: &Progress| {
                        if progress.memory >= LARGE && alone.is_none() {
                            alone = large.lock().ok();
                        }
                        tell(&Stage {
                            explorations: groups.len(),
                            done: done.load(Ordering::Relaxed),
                            states: progress.states,
                            claim: claim.to_owned(),
                        });
                    };
                    let numbered = |(at, finding)| (at, Finding { exploration: Some(number), ..finding });
                    let answered = answer::answer(group, options, report).into_iter().map(numbered);
                    done.fetch_add(1, Ordering::Relaxed);
                    if let Ok(mut all) = results.lock() {
                        all.extend(answered);
                    }
                }
            });
        }
    });
    for (at, finding) in results.into_inner().unwrap_or_default() {
        findings[at] = Some(finding);
    }
    findings.into_iter().map(|finding| finding.unwrap_or_else(Finding::lost)).collect()
}

/// Checks one cell.
#[must_use]
pub fn check_one(cell: &Cell, options: &Options) -> Finding {
    check(std::slice::from_ref(cell), options, &|_| {}).pop().unwrap_or_else(Finding::lost)
}

/// The model that a cell is checked on, and what is asked of it.
///
/// # Errors
/// A sentence: the design lacks what the adversary observes or what the claim speaks of, or the model cannot be set up.
pub fn prepare(cell: &Cell, options: &Options) -> Result<(Service, Posed, Context), String> {
    let (posed, context) = group::posed(cell)?;
    let (scope, setup) = search_of(&posed, &context, options);
    let service = Service::new(Arc::clone(&cell.design), scope, setup).map_err(|error| error.to_string())?;
    Ok((service, posed, context))
}

/// Whether a finding that somebody kept is about the cell, and its runs show what it says of it.
///
/// # Errors
/// A sentence: the claim cannot be put, the finding is about another question, a step is not possible, or a state is
/// otherwise than the finding says.
pub fn confirmed(cell: &Cell, finding: &Finding, options: &Options) -> Result<(), String> {
    let (posed, context) = group::posed(cell)?;
    let (scope, setup) = search_of(&posed, &context, options);
    // Its runs bring their own past, so that those of the scope need not be found.
    let service = Service::without_pasts(Arc::clone(&cell.design), scope, setup);
    let service = service.map_err(|error| error.to_string())?;
    is_about(&service, &posed, &context, finding)?;
    confirm(&service, &posed, &context, finding)
}

/// What a cell asks, and of whom, without a model of it.
///
/// # Errors
/// A sentence, when the claim does not apply to the design.
pub fn pose(cell: &Cell) -> Result<(Posed, Context), String> {
    group::posed(cell)
}

/// The view of an observer, for callers that compare two runs.
#[must_use]
pub fn same_view(service: &Service, observers: &[Observer], left: &State, right: &State) -> bool {
    observers.iter().all(|&observer| service.view(observer, left) == service.view(observer, right))
}
