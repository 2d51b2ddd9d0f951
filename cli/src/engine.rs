//! **Running the search: Mailcover's own or stateright's, with progress, and until somebody presses Ctrl-C.**
//!
//! The first Ctrl-C ends the searches, and what is known by then is printed. The second ends the program.

use crate::args::{Engine, LimitArgs, WhatArgs};
use crate::exit::{Code, Failure};
use crate::page::{count, remark};
use enumset::EnumSet;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mailcover_checker::{Limits, second_engine};
use mailcover_model::service::Service;
use mailcover_model::state::{Room, State};
use mailcover_properties::check::{self, Cell, Options, Stage};
use mailcover_properties::claim::Ask;
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Finding, Verdict};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// For how long a search goes on unless another limit is given: long after whatever ends within a day's patience.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// How many bytes the states of a search may take unless another limit is given. The largest search of the shipped designs
/// needs less than half of it.
const MOST_MEMORY: usize = 4 << 30;

/// The options of a check.
pub(crate) fn options(what: &WhatArgs, limits: &LimitArgs) -> Options {
    Options { flaw: what.flaw, widening: what.widening(), ..plain(limits) }
}

/// What the search found.
pub(crate) struct Found {
    /// A finding for each cell.
    pub(crate) findings: Vec<Finding>,
    /// Whether somebody ended the search early.
    pub(crate) interrupted: bool,
}

/// Checks the cells.
pub(crate) fn run(cells: &[Cell], options: &mut Options, engine: Engine) -> Result<Found, Failure> {
    let stop = stop_on_interrupt()?;
    options.limits.stop = Some(Arc::clone(&stop));
    let (bar, begun) = (progress_bar(), Instant::now());
    let findings = match engine {
        Engine::Own => check::check(cells, options, &|stage| bar.set_message(told(stage))),
        Engine::Timely => {
            options.engine = check::Engine::Timely;
            // One cell is one search, which takes all threads; the searches of several go side by side.
            if let [_] = cells {
                options.workers = options.threads;
            }
            check::check(cells, options, &|stage| bar.set_message(told(stage)))
        }
        Engine::Stateright => {
            let ask = |cell: &Cell| {
                bar.set_message(format!("stateright on {}", cell.claim.id));
                second_opinion(cell, options, &stop)
            };
            cells.iter().map(ask).collect()
        }
    };
    bar.finish_and_clear();
    remark(&format!("{} in {:.1} s", count(cells.len(), "cell", "cells"), begun.elapsed().as_secs_f64()));
    Ok(Found { findings, interrupted: stop.load(Ordering::Relaxed) })
}

/// Searches with progress, until somebody presses Ctrl-C.
pub(crate) fn searched<T>(
    options: &mut Options,
    search: impl FnOnce(&Options, &(dyn Fn(&Stage) + Sync)) -> T,
) -> Result<T, Failure> {
    options.limits.stop = Some(stop_on_interrupt()?);
    let (bar, begun) = (progress_bar(), Instant::now());
    let found = search(options, &|stage| bar.set_message(told(stage)));
    bar.finish_and_clear();
    remark(&format!("in {:.1} s", begun.elapsed().as_secs_f64()));
    Ok(found)
}

/// The options of a search of the plain engine, with nothing planted and nothing widened.
pub(crate) fn plain(limits: &LimitArgs) -> Options {
    let available = || std::thread::available_parallelism().map_or(1, usize::from);
    Options {
        limits: Limits {
            max_states: limits.max_states,
            max_depth: limits.max_depth,
            max_time: Some(limits.max_time.unwrap_or(LONGEST)),
            max_memory: Some(limits.memory.unwrap_or(MOST_MEMORY)),
            stop: None,
        },
        threads: limits.threads.unwrap_or_else(available),
        ..Options::default()
    }
}

/// The flag that Ctrl-C raises, watched from the first search on.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>, Failure> {
    static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    if let Some(stop) = STOP.get() {
        return Ok(Arc::clone(stop));
    }
    let stop = Arc::clone(STOP.get_or_init(Arc::default));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Code::Interrupted as u8));
        }
    };
    ctrlc::set_handler(handler).map_err(|error| Failure::io(format!("Ctrl-C cannot be watched: {error}")))?;
    Ok(stop)
}

/// One line on stderr that erases itself, and is drawn on terminals only.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn told(stage: &Stage) -> String {
    let searches = count(stage.explorations, "search", "searches");
    let states = count(stage.states, "state", "states");
    format!("{} of {searches} done; {}: {states}", stage.done, stage.claim)
}

/// What stateright says of a cell.
fn second_opinion(cell: &Cell, options: &Options, stop: &AtomicBool) -> Finding {
    if stop.load(Ordering::Relaxed) {
        return Finding::unanswered(Verdict::Inconclusive, "the search was interrupted".to_owned());
    }
    let lacking = cell.inapplicable().is_some();
    let (service, posed, context) = match check::prepare(cell, options) {
        Ok(prepared) => prepared,
        Err(reason) if lacking => return Finding::unanswered(Verdict::NotApplicable, reason),
        Err(reason) => return Finding::unanswered(Verdict::Inconclusive, reason),
    };
    let service = Arc::new(service);
    let mut finding = match &posed.ask {
        Ask::Always(fact) => asked(&service, fact, options.threads, true),
        Ask::Reachable(fact) => asked(&service, fact, options.threads, false),
        _ => {
            let reason = "stateright's search has no knowledge, and no sound liveness; use `--engine own`";
            Finding::unanswered(Verdict::NotApplicable, reason.to_owned())
        }
    };
    finding.formula = posed.ask.formula(&context.adversary.name);
    finding.scope = service.scope().summary();
    if finding.verdict == Verdict::Holds
        && asked(&service, &posed.exercised, options.threads, false).verdict == Verdict::Violated
    {
        finding.verdict = Verdict::Vacuous;
        finding.reason = format!(
            "it was never exercised: no reachable state is one in which {}",
            posed.exercised.clause()
        );
    }
    finding
}

/// The bits of the keys by which stateright tells states apart.
const STATERIGHTS_BITS: i32 = 64;

/// Asks stateright whether the fact is always true, or else whether it ever is.
fn asked(service: &Arc<Service>, fact: &Fact, threads: usize, always: bool) -> Finding {
    let outgrown = Arc::new(Mutex::new(EnumSet::<Room>::empty()));
    let test = {
        let (service, fact, outgrown) = (Arc::clone(service), fact.clone(), Arc::clone(&outgrown));
        move |state: &State| {
            if !state.outgrown.is_empty() {
                *outgrown.lock().unwrap_or_else(PoisonError::into_inner) |= state.outgrown;
            }
            fact.holds(&service, state)
        }
    };
    let opinion = if always {
        second_engine::always(Arc::clone(service), test, threads)
    } else {
        second_engine::reachable(Arc::clone(service), test, threads)
    };
    let outgrown = *outgrown.lock().unwrap_or_else(PoisonError::into_inner);
    if !outgrown.is_empty() {
        return Finding::unanswered(Verdict::Inconclusive, Room::why(outgrown));
    }
    let verdict = if opinion.discovered == always { Verdict::Violated } else { Verdict::Holds };
    let clause = fact.clause();
    let reason = match (always, opinion.discovered) {
        (true, true) => format!("stateright reaches a state in which it is not so that {clause}"),
        (true, false) => format!("in every state that stateright reaches: {clause}"),
        (false, true) => format!("stateright reaches a state in which {clause}"),
        (false, false) => format!("in no state that stateright reaches: {clause}"),
    };
    Finding {
        states: opinion.unique_states,
        fact: clause.to_owned(),
        collision: (opinion.unique_states as f64).powi(2) / 2f64.powi(STATERIGHTS_BITS + 1),
        ..Finding::unanswered(verdict, reason)
    }
}
