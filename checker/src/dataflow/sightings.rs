//! **Classes, spread over the workers: which facts are somewhere true and somewhere false in each.**
//!
//! A class is owned by the worker that its key names. Whoever finds a state tells the owner what is true in it; sightings
//! of the same class and the same truths are first added up where they are made. The owner keeps, for each class and
//! each combination of truths, the number of states and the first of them. Everything else is a sum or a minimum over
//! these, so that nothing depends on the order of arrival.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use crate::dataflow::fingerprint::Key;
use crate::dataflow::parcel::{Sighting, Spot};
use crate::dataflow::plan::{MATTERS, Role};
use crate::question::By;

/// Places of the table in which sightings are added up before they are sent.
const PLACES: usize = 1 << 12;

/// Sightings that wait to be sent.
pub(crate) struct Pending {
    places: Vec<Option<Sighting>>,
}

impl Pending {
    pub(crate) fn new(needed: bool) -> Self {
        Pending { places: vec![None; if needed { PLACES } else { 0 }] }
    }

    /// Adds a sighting, and returns the one that has to make room for it.
    pub(crate) fn add(&mut self, sighting: Sighting) -> Option<Sighting> {
        let [_, low] = sighting.class.words();
        let place = self.places.get_mut((low ^ sighting.truths) as usize % PLACES)?;
        if let Some(waiting) = place.as_mut().filter(|waiting| waiting.is_like(&sighting)) {
            waiting.take_in(&sighting);
            return None;
        }
        place.replace(sighting)
    }

    pub(crate) fn drain(&mut self) -> impl Iterator<Item = Sighting> {
        self.places.iter_mut().filter_map(Option::take)
    }
}

impl Sighting {
    fn is_like(&self, other: &Sighting) -> bool {
        (self.coalition, self.class, self.truths) == (other.coalition, other.class, other.truths)
    }

    fn take_in(&mut self, other: &Sighting) {
        self.count += other.count;
        self.first = self.first.min(other.first);
    }
}

/// The classes that a worker owns.
#[derive(Default)]
pub(crate) struct Classes {
    seen: HashMap<(u32, Key, u64), Strand, FixedState>,
}

/// The states of a class in which the same facts are true.
struct Strand {
    count: u64,
    first: Spot,
}

impl Classes {
    pub(crate) fn add(&mut self, sighting: &Sighting) {
        let Sighting { coalition, class, truths, count, first } = *sighting;
        let strand = self.seen.entry((coalition, class, truths)).or_insert(Strand { count: 0, first });
        strand.count += count;
        strand.first = strand.first.min(first);
    }

    /// The bytes that the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.seen.capacity() * (size_of::<((u32, Key, u64), Strand)>() + 1) * 8 / 7
    }

    /// What the classes of this worker say about each question.
    pub(crate) fn judge(self, roles: &[Role], coalitions: usize) -> Verdicts {
        let mut all: Vec<_> = self.seen.into_iter().collect();
        all.sort_unstable_by_key(|((coalition, class, truths), _)| (*coalition, *class, *truths));
        let mut verdicts =
            Verdicts { classes: vec![0; coalitions], questions: vec![Stand::default(); roles.len()] };
        for class in all.chunk_by(|(left, _), (right, _)| (left.0, left.1) == (right.0, right.1)) {
            let Some(((of, ..), _)) = class.first() else {
                continue;
            };
            verdicts.classes[*of as usize] += 1;
            let strands: Vec<(u64, &Strand)> =
                class.iter().map(|((_, _, truths), strand)| (*truths, strand)).collect();
            for (role, stand) in roles.iter().zip(&mut verdicts.questions) {
                if let Role::Classes { coalition, fact, showing, by } = role
                    && *coalition == *of as usize
                {
                    let shown = showing.map_or(0, |this| 1 << this);
                    stand.take_in(&Stand::of(&strands, 1 << fact, shown, *by));
                }
            }
        }
        verdicts
    }
}

/// What some classes say about the questions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Verdicts {
    /// How many classes each coalition has.
    pub(crate) classes: Vec<u64>,
    pub(crate) questions: Vec<Stand>,
}

impl Verdicts {
    pub(crate) fn take_in(&mut self, other: &Verdicts) {
        for (mine, other) in self.classes.iter_mut().zip(&other.classes) {
            *mine += other;
        }
        for (mine, other) in self.questions.iter_mut().zip(&other.questions) {
            mine.take_in(other);
        }
    }
}

/// How a question stands.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stand {
    /// The first state that speaks against it.
    pub(crate) breach: Option<Exhibit>,
    /// The first state that matters in which the fact is true, with its twin; first come those that show more.
    pub(crate) sample: Option<Exhibit>,
}

/// A state, its twin, and the size of their class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Exhibit {
    /// Whether it lacks what a sample should show besides. Such come after all others.
    pub(crate) plain: bool,
    pub(crate) state: Spot,
    /// The first state of the class in which the fact is false.
    pub(crate) twin: Option<Spot>,
    pub(crate) size: u64,
}

impl Stand {
    /// How it stands by one class: its truths, each with the states in which they are so.
    fn of(strands: &[(u64, &Strand)], bit: u64, shown: u64, by: By) -> Self {
        let first = |wanted: &dyn Fn(u64) -> bool| {
            strands.iter().filter(|(truths, _)| wanted(*truths)).map(|(_, strand)| strand.first).min()
        };
        let size = strands.iter().map(|(_, strand)| strand.count).sum();
        let twin = first(&|truths| truths & bit == 0);
        let somewhere_true = strands.iter().any(|(truths, _)| truths & bit != 0);
        let with = |bits: u64| first(&|truths| truths & bits == bits);
        let telling = with(MATTERS | bit | shown);
        let sample = telling.or_else(|| with(MATTERS | bit));
        let sample = sample.map(|state| Exhibit { plain: telling.is_none(), state, twin, size });
        let breach = match by {
            By::NeverKnown => (twin.is_none()).then(|| first(&|truths| truths & MATTERS != 0)).flatten(),
            By::NeverKnownWhether => {
                (twin.is_none() || !somewhere_true).then(|| first(&|truths| truths & MATTERS != 0)).flatten()
            }
            By::Known => with(MATTERS | bit).filter(|_| twin.is_some()),
        };
        Stand { breach: breach.map(|state| Exhibit { plain: false, state, twin, size }), sample }
    }

    fn take_in(&mut self, other: &Stand) {
        self.breach = earlier(self.breach, other.breach);
        self.sample = earlier(self.sample, other.sample);
    }
}

fn earlier<T: Ord>(left: Option<T>, right: Option<T>) -> Option<T> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}
