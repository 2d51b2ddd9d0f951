//! **What the workers of one process tell each other without messages: when to stop, and how far they are.**
//!
//! The first reason to stop is the one that is reported. A failure outweighs any limit: after it there is no answer.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::explore::Progress;
use crate::limits::{Limit, Limits};

/// How long between two looks at the memory that the system counts.
const MEMORY_EVERY: Duration = Duration::from_millis(20);

/// What the workers of one process share.
pub(crate) struct Shared {
    limits: Limits,
    began: Instant,
    resident_before: usize,
    looked: Mutex<Instant>,
    stopping: AtomicBool,
    limit: Mutex<Option<Limit>>,
    failed: AtomicBool,
    failure: Mutex<Option<Error>>,
    /// States that were allowed under a limit on their number.
    admitted: AtomicUsize,
    /// States kept.
    states: AtomicUsize,
    /// States kept and not expanded.
    frontier: AtomicI64,
    /// The layer that is being expanded.
    layer: AtomicUsize,
    /// Bytes held by the workers, and on the way between them.
    bytes: AtomicI64,
}

impl Shared {
    pub(crate) fn new(limits: &Limits) -> Self {
        let now = Instant::now();
        Shared {
            limits: limits.clone(),
            began: now,
            resident_before: resident(),
            looked: Mutex::new(now),
            stopping: AtomicBool::new(false),
            limit: Mutex::default(),
            failed: AtomicBool::new(false),
            failure: Mutex::default(),
            admitted: AtomicUsize::new(0),
            states: AtomicUsize::new(0),
            frontier: AtomicI64::new(0),
            layer: AtomicUsize::new(0),
            bytes: AtomicI64::new(0),
        }
    }

    /// Whether a state may be refused because of how many or how deep there are.
    #[inline]
    pub(crate) fn is_bounded(&self) -> bool {
        self.limits.max_states.is_some() || self.limits.max_depth.is_some()
    }

    /// Whether one more state may be kept at this depth; if not, the search stops.
    pub(crate) fn admit(&self, depth: usize) -> bool {
        if let Some(most) = self.limits.max_depth.filter(|most| depth > *most) {
            self.stop(Limit::Depth(most));
            return false;
        }
        let Some(most) = self.limits.max_states else {
            return true;
        };
        let admitted = self.admitted.fetch_add(1, Ordering::Relaxed) < most;
        if !admitted {
            self.stop(Limit::States(most));
        }
        admitted
    }

    /// A worker keeps so many more states.
    pub(crate) fn found(&self, states: usize) {
        self.states.fetch_add(states, Ordering::Relaxed);
        self.frontier.fetch_add(states as i64, Ordering::Relaxed);
    }

    /// A worker begins to expand its states of a layer.
    pub(crate) fn entered(&self, layer: usize, states: usize) {
        self.layer.fetch_max(layer, Ordering::Relaxed);
        self.frontier.fetch_sub(states as i64, Ordering::Relaxed);
    }

    /// So many bytes are on the way.
    pub(crate) fn sent(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as i64, Ordering::Relaxed);
    }

    /// So many bytes are no longer on the way.
    pub(crate) fn arrived(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes as i64, Ordering::Relaxed);
    }

    /// A worker holds so many bytes, no longer so many.
    pub(crate) fn holds(&self, before: usize, now: usize) {
        self.bytes.fetch_add(now as i64 - before as i64, Ordering::Relaxed);
    }

    /// The bytes that this search is known to hold.
    fn memory(&self) -> usize {
        usize::try_from(self.bytes.load(Ordering::Relaxed)).unwrap_or(0)
    }

    /// Looks at the clock, the memory, and whoever may want to stop the search.
    pub(crate) fn look_up(&self) {
        if self.limits.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            self.stop(Limit::Interrupted);
        }
        if let Some(most) = self.limits.max_time.filter(|most| self.began.elapsed() >= *most) {
            self.stop(Limit::Time(most));
        }
        if let Some(most) = self.limits.max_memory {
            if self.memory() > most {
                self.stop(Limit::Memory(most));
            }
            if let Ok(mut looked) = self.looked.try_lock()
                && looked.elapsed() >= MEMORY_EVERY
            {
                // What states own on the heap is seen by the system alone.
                if resident().saturating_sub(self.resident_before) > most {
                    self.stop(Limit::Memory(most));
                }
                *looked = Instant::now();
            }
        }
    }

    pub(crate) fn stop(&self, limit: Limit) {
        self.limit.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(limit);
        self.stopping.store(true, Ordering::Release);
    }

    #[inline]
    pub(crate) fn stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    pub(crate) fn limit(&self) -> Option<Limit> {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the search with an error. That a peer is lost explains what else goes wrong.
    pub(crate) fn fail(&self, error: Error) {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*failure, &error) {
            (None, _) | (Some(Error::Worker(_)), Error::Peer(_)) => *failure = Some(error),
            _ => {}
        }
        drop(failure);
        self.failed.store(true, Ordering::Release);
        self.stopping.store(true, Ordering::Release);
    }

    #[inline]
    pub(crate) fn failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    pub(crate) fn failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits so long for the news that a peer is lost.
    pub(crate) fn lost_peer(&self, patience: Duration) -> Option<Error> {
        let deadline = Instant::now() + patience;
        loop {
            match self.failure() {
                Some(error @ Error::Peer(_)) => return Some(error),
                Some(Error::Worker(_)) | None if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                _ => return None,
            }
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        Progress {
            layer: self.layer.load(Ordering::Relaxed),
            states: self.states.load(Ordering::Relaxed),
            frontier: usize::try_from(self.frontier.load(Ordering::Relaxed)).unwrap_or(0),
            elapsed: self.began.elapsed(),
            memory: self.memory(),
        }
    }
}

/// The bytes of memory that the system gives this process; 0 where it does not say.
pub(crate) fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem)
}
