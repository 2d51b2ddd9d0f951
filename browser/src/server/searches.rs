//! **The searches behind what is known: in the background, a bounded number of them, and none lost while somebody waits.**
//!
//! A search takes long, and whoever waits for one asks again and again. Several may wait for different searches, as two
//! tabs do. So a search that somebody still asks about is never stopped for another, and its result is kept until it was
//! told; who asks for one search more waits, too.

use mailcover_checker::{Limits, Progress};
use mailcover_properties::insight::Insight;
use mailcover_traces::{Replayed, insight};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The most that a search may hold, in bytes.
const MEMORY: usize = 3 << 30;

/// How many searches there are at once, those that have ended and are kept among them.
const ROOM: usize = 2;

/// How long a search goes on, or an untold result is kept, for somebody who no longer asks when another is wanted. A
/// browser lets a page that is out of sight ask once in a minute.
const PATIENCE: Duration = Duration::from_secs(150);

/// What a search gives: what it found, or the sentence that says why it found nothing.
type Found = Result<Insight, String>;

/// The searches that run or are kept, for each trace at most one.
#[derive(Debug, Default)]
pub(super) struct Searches {
    places: Mutex<Vec<Place>>,
}

/// A search, and who cares about it.
#[derive(Debug)]
struct Place {
    /// The trace, by its number.
    number: usize,
    search: Arc<Search>,
    /// When somebody last asked about it.
    asked: Instant,
    /// Whether somebody has asked about it since it ended.
    told: bool,
}

/// A search of the scope of one trace's claim.
#[derive(Debug, Default)]
pub(super) struct Search {
    states: AtomicUsize,
    stop: Arc<AtomicBool>,
    done: OnceLock<Found>,
}

impl Searches {
    /// The search for the trace with this number, begun now unless it has begun before; `None` while there is no room for
    /// one more, and whoever wants it has to ask again.
    pub(super) fn of(&self, number: usize, trace: &Replayed) -> Option<Arc<Search>> {
        let (search, new) = self.place(number, Instant::now())?;
        if new {
            let (running, trace) = (Arc::clone(&search), trace.clone());
            let begun = std::thread::Builder::new().spawn(move || {
                running.run(|limits, tell| insight(&trace, limits, tell));
            });
            if let Err(error) = begun {
                search.end(Err(format!("the system lets no search begin: {error}")));
            }
        }
        Some(search)
    }

    /// The search with this number, asked about now, and whether it is new.
    fn place(&self, number: usize, now: Instant) -> Option<(Arc<Search>, bool)> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = places.iter_mut().find(|known| known.number == number) {
            known.asked = now;
            known.told |= known.search.done().is_some();
            return Some((Arc::clone(&known.search), false));
        }
        if places.len() >= ROOM {
            let spare = places.iter().enumerate().filter(|(_, place)| place.spare(now));
            let (longest, _) = spare.min_by_key(|(_, place)| place.asked)?;
            places.remove(longest).search.stop();
        }
        let search = Arc::new(Search::default());
        places.push(Place { number, search: Arc::clone(&search), asked: now, told: false });
        Some((search, true))
    }
}

impl Drop for Searches {
    fn drop(&mut self) {
        for place in self.places.get_mut().unwrap_or_else(PoisonError::into_inner) {
            place.search.stop();
        }
    }
}

impl Place {
    /// Whether it may give way to another: it was told, or nobody waits for it any more.
    fn spare(&self, now: Instant) -> bool {
        self.told || now.saturating_duration_since(self.asked) > PATIENCE
    }
}

impl Search {
    /// Searches, and ends with an answer whatever happens, so that nobody waits for ever.
    fn run(&self, search: impl FnOnce(&Limits, &mut dyn FnMut(&Progress)) -> Found) {
        let limits =
            Limits { max_memory: Some(MEMORY), stop: Some(Arc::clone(&self.stop)), ..Limits::default() };
        let mut tell = |progress: &Progress| self.states.store(progress.states, Ordering::Relaxed);
        let found = catch_unwind(AssertUnwindSafe(|| search(&limits, &mut tell)));
        self.end(found.unwrap_or_else(|_| {
            Err("the program has a mistake, which ended the search; please report it".to_owned())
        }));
    }

    fn end(&self, found: Found) {
        // A search ends once, so it is not set yet.
        let _ = self.done.set(found);
    }

    fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// How many states it has found so far.
    pub(super) fn states(&self) -> usize {
        self.states.load(Ordering::Relaxed)
    }

    /// What it found, once it has ended.
    pub(super) fn done(&self) -> Option<&Found> {
        self.done.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stopped(search: &Search) -> bool {
        search.stop.load(Ordering::Relaxed)
    }

    /// The searches 0 to [`ROOM`] - 1, begun now.
    fn full(now: Instant) -> (Searches, Vec<Arc<Search>>) {
        let searches = Searches::default();
        let begun = (0..ROOM).map(|number| {
            let (search, new) = searches.place(number, now).expect("there is room");
            assert!(new);
            search
        });
        let begun = begun.collect();
        (searches, begun)
    }

    #[test]
    fn a_search_that_somebody_waits_for_is_not_stopped_for_another() {
        let now = Instant::now();
        let (searches, begun) = full(now);
        for poll in 1..100 {
            let now = now + PATIENCE * poll / 2;
            for (number, search) in begun.iter().enumerate() {
                let (same, new) = searches.place(number, now).expect("it goes on");
                assert!(Arc::ptr_eq(&same, search) && !new && !stopped(search));
            }
            assert!(searches.place(ROOM, now).is_none(), "one more waits");
        }
    }

    #[test]
    fn a_result_is_kept_until_it_was_told_and_then_gives_way() {
        let now = Instant::now();
        let (searches, begun) = full(now);
        begun[0].end(Err("nothing".to_owned()));
        assert!(searches.place(ROOM, now).is_none(), "nobody was told yet");
        assert!(searches.place(0, now).is_some_and(|(search, _)| search.done().is_some()));
        assert!(searches.place(ROOM, now).is_some_and(|(_, new)| new));
        assert!(!stopped(&begun[1]), "another's search goes on");
    }

    #[test]
    fn a_search_that_nobody_waits_for_any_more_is_stopped_when_another_is_wanted() {
        let begin = Instant::now();
        let (searches, begun) = full(begin);
        let later = begin + PATIENCE * 2;
        assert!(searches.place(0, later).is_some());
        assert!(searches.place(ROOM, later).is_some_and(|(_, new)| new));
        assert_eq!(begun.iter().map(|search| stopped(search)).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_search_that_panics_ends_with_an_answer() {
        let search = Search::default();
        search.run(|_, _| panic!("on purpose"));
        let said = search.done().map(|found| found.as_ref().map(drop));
        assert!(said.is_some_and(|said| said.is_err_and(|sentence| sentence.contains("mistake"))));
    }
}
