//! **The searches behind what is known: one at a time, in the background, and kept until another is wanted.**

use mailcover_checker::Limits;
use mailcover_properties::insight::Insight;
use mailcover_traces::{Replayed, insight};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The most that a search may hold, in bytes.
const MEMORY: usize = 3 << 30;

/// The search that was wanted last.
#[derive(Debug, Default)]
pub(super) struct Searches {
    last: Mutex<Option<(usize, Arc<Search>)>>,
}

/// A search of the scope of one trace's claim.
#[derive(Debug, Default)]
pub(super) struct Search {
    states: AtomicUsize,
    stop: Arc<AtomicBool>,
    done: OnceLock<Result<Insight, String>>,
}

impl Searches {
    /// The search for the trace with this number. It begins now unless it was the last that was wanted; whatever ran
    /// before is stopped and forgotten.
    pub(super) fn of(&self, number: usize, trace: &Replayed) -> Arc<Search> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, search)) = last.as_ref()
            && *known == number
        {
            return Arc::clone(search);
        }
        if let Some((_, before)) = last.take() {
            before.stop.store(true, Ordering::Relaxed);
        }
        let search = Arc::new(Search::default());
        let (running, trace) = (Arc::clone(&search), trace.clone());
        std::thread::spawn(move || running.run(&trace));
        *last = Some((number, Arc::clone(&search)));
        search
    }
}

impl Drop for Searches {
    fn drop(&mut self) {
        if let Ok(Some((_, search))) = self.last.get_mut().map(Option::take) {
            search.stop.store(true, Ordering::Relaxed);
        }
    }
}

impl Search {
    fn run(&self, trace: &Replayed) {
        let limits =
            Limits { max_memory: Some(MEMORY), stop: Some(Arc::clone(&self.stop)), ..Limits::default() };
        let found =
            insight(trace, &limits, &mut |progress| self.states.store(progress.states, Ordering::Relaxed));
        // Nobody else sets it, so it is not set yet.
        let _ = self.done.set(found);
    }

    /// How many states it has found so far.
    pub(super) fn states(&self) -> usize {
        self.states.load(Ordering::Relaxed)
    }

    /// What it found, once it has ended.
    pub(super) fn done(&self) -> Option<&Result<Insight, String>> {
        self.done.get()
    }
}
