//! **One worker's share of the visited states: their keys, their depths, and whence they were first reached.**
//!
//! Open addressing over slots of 24 bytes: the 128-bit key, 48 bits of the predecessor's key, and 16 bits that hold the
//! depth. The table is in parts that grow one at a time, so that growing never holds more than a small share of it twice.
//! Within a part, slots are in the order of their keys' first bits, so that growing reads and writes memory in order.
//!
//! Of several predecessors in the layer before, the one with the smallest key is kept, whatever the order of arrival.
//! Depths of [`DEEPEST`] and more are kept as that; the predecessor of such a state is whichever came first.
//!
//! Left out: the states themselves, and removal.

use std::hint::black_box;

use serde::{Deserialize, Serialize};

use crate::dataflow::fingerprint::{Address, Key};

/// Parts per table, a power of two.
const PARTS: usize = 1 << PART_BITS;
const PART_BITS: u32 = 6;
/// Slots of a part when its first key arrives.
const FIRST_SLOTS: usize = 16;
/// Slots behind the last home of a large part.
const LONGEST_RUN: usize = 512;
/// The depth from which on depths are not told apart.
pub(crate) const DEEPEST: u64 = 0xfffe;

/// A place for one state; all zeros when it is free.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: [u64; 2],
    origin: Origin,
}

/// Whence a state was first reached, and its depth: the predecessor's address, and the depth plus one in 16 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Origin(u64);

impl Origin {
    /// At this depth, from this predecessor. Initial states have the predecessor 0.
    #[inline]
    pub(crate) fn new(depth: u64, predecessor: Address) -> Self {
        Origin(predecessor.0 << 16 | (depth.min(DEEPEST) + 1))
    }

    #[inline]
    pub(crate) fn depth(self) -> u64 {
        (self.0 & 0xffff) - 1
    }

    #[inline]
    pub(crate) fn predecessor(self) -> Address {
        Address(self.0 >> 16)
    }

    #[inline]
    fn is_free(self) -> bool {
        self.0 == 0
    }

    /// Whether, for one and the same state, this origin is to replace the other.
    #[inline]
    pub(crate) fn improves(self, other: Origin) -> bool {
        self.0 < other.0 && self.0 & 0xffff == other.0 & 0xffff && self.depth() < DEEPEST
    }
}

/// What became of a state that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    New,
    Known,
}

/// The share of one worker.
pub(crate) struct Visited {
    parts: Vec<Part>,
    len: usize,
    slots: usize,
}

/// So many slots in which a search may start, and behind them some more, in which a run of keys ends that starts near
/// the end of these.
#[derive(Default)]
struct Part {
    slots: Vec<Slot>,
    homes: usize,
    len: usize,
}

impl Visited {
    pub(crate) fn new() -> Self {
        Visited { parts: (0..PARTS).map(|_| Part::default()).collect(), len: 0, slots: 0 }
    }

    /// How many states there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The bytes that the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots * size_of::<Slot>()
    }

    /// Brings the slots of these keys near, all at once, so that probing them does not wait for each in turn.
    #[inline]
    pub(crate) fn touch(&self, keys: impl Iterator<Item = Key>) {
        let mut seen = 0;
        for key in keys {
            let part = &self.parts[part_of(key.words()[0])];
            let start = home(key.words()[0], part.homes);
            // A search ends after two or three slots on average, and so often in the next cache line.
            if let Some(run) = part.slots.get(start..start + 4) {
                seen ^= run[0].origin.0 ^ run[3].key[0];
            }
        }
        black_box(seen);
    }

    #[inline]
    pub(crate) fn contains(&self, key: Key) -> bool {
        let words = key.words();
        let part = &self.parts[part_of(words[0])];
        !part.slots.is_empty() && !part.slots[part.find(words)].origin.is_free()
    }

    /// Keeps a state unless it is known; if it is known in the same layer, keeps the smaller predecessor.
    #[inline]
    pub(crate) fn insert(&mut self, key: Key, origin: Origin) -> Arrival {
        let words = key.words();
        let part = &mut self.parts[part_of(words[0])];
        if part.is_full() {
            self.slots += part.grow();
        }
        let at = part.find(words);
        let slot = &mut part.slots[at];
        if slot.origin.is_free() {
            *slot = Slot { key: words, origin };
            part.len += 1;
            self.len += 1;
            return Arrival::New;
        }
        if origin.improves(slot.origin) {
            slot.origin = origin;
        }
        Arrival::Known
    }

    /// The states with this address, nearly always one, each with its origin.
    pub(crate) fn at(&self, address: Address) -> impl Iterator<Item = (Key, Origin)> {
        let first = address.0 << 16;
        let part = &self.parts[part_of(first)];
        let run = part
            .slots
            .get(home(first, part.homes)..)
            .unwrap_or_default()
            .iter()
            .take_while(|slot| !slot.origin.is_free());
        let here = run.filter(move |slot| Key::from_words(slot.key).address() == address);
        here.map(|slot| (Key::from_words(slot.key), slot.origin))
    }

    /// The origin of a state that is known.
    pub(crate) fn origin(&self, key: Key) -> Option<Origin> {
        self.at(key.address()).find(|(found, _)| *found == key).map(|(_, origin)| origin)
    }
}

impl Part {
    #[inline]
    fn is_full(&self) -> bool {
        self.len * 5 >= self.homes * 4 || self.slots.last().is_some_and(|last| !last.origin.is_free())
    }

    /// Where this key stands, or would.
    #[inline]
    fn find(&self, key: [u64; 2]) -> usize {
        let mut at = home(key[0], self.homes);
        // The last slot is free, so that every search ends.
        while !self.slots[at].origin.is_free() && self.slots[at].key != key {
            at += 1;
        }
        at
    }

    /// Moves to a third more slots, and says by how many slots the part grew.
    #[cold]
    fn grow(&mut self) -> usize {
        let before = self.slots.len();
        let mut homes = (self.homes + self.homes / 3).max(FIRST_SLOTS);
        loop {
            if let Some(slots) = self.moved(homes) {
                self.slots = slots;
                self.homes = homes;
                return self.slots.len() - before;
            }
            // A run of keys reached the end: with more room it ends earlier.
            homes += homes / 8 + 1;
        }
    }

    /// The keys among so many homes, unless a run of them would reach the last slot.
    fn moved(&self, homes: usize) -> Option<Vec<Slot>> {
        let mut slots = vec![Slot::default(); homes + (homes / 4).clamp(4, LONGEST_RUN)];
        for slot in self.slots.iter().filter(|slot| !slot.origin.is_free()) {
            let mut at = home(slot.key[0], homes);
            while !slots.get(at)?.origin.is_free() {
                at += 1;
            }
            slots[at] = *slot;
        }
        slots.last().is_some_and(|last| last.origin.is_free()).then_some(slots)
    }
}

#[inline]
fn part_of(first: u64) -> usize {
    (first >> (u64::BITS - PART_BITS)) as usize
}

/// Where the search for a key starts. It depends on the bits of its address alone, and grows with them.
#[inline]
fn home(first: u64, homes: usize) -> usize {
    let within = (first >> 16 << 16) << PART_BITS;
    ((u128::from(within) * homes as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn it_is_a_map_that_keeps_the_first_depth_and_the_smallest_predecessor() {
        let mut visited = Visited::new();
        let mut expected: HashMap<u64, Origin> = HashMap::new();
        for round in 0..400_000u64 {
            let number = Key::of(&round).words()[0] % 100_000;
            let origin = Origin::new(round / 50_000, Address(Key::of(&(round, 1u8)).words()[1] >> 40));
            let new = visited.insert(Key::of(&number), origin) == Arrival::New;
            assert_eq!(new, !expected.contains_key(&number));
            let known = expected.entry(number).or_insert(origin);
            if known.depth() == origin.depth() {
                *known = (*known).min(origin);
            }
        }
        assert_eq!(visited.len(), expected.len());
        for (number, origin) in expected {
            assert_eq!(visited.origin(Key::of(&number)), Some(origin));
        }
        assert!(!visited.contains(Key::of(&100_001)));
        assert!(visited.bytes() <= visited.len() * 48, "{} bytes", visited.bytes());
    }

    #[test]
    fn no_predecessor_replaces_another_beyond_the_deepest_layer() {
        let deep = |predecessor| Origin::new(DEEPEST + 5, Address(predecessor));
        assert!(!deep(1).improves(deep(2)));
        assert_eq!(deep(1).depth(), DEEPEST);
        assert!(Origin::new(3, Address(1)).improves(Origin::new(3, Address(2))));
    }

    #[test]
    fn keys_with_one_address_are_told_apart() {
        let mut visited = Visited::new();
        let first = Key::of(&1u64).words()[0];
        for low in 0..20 {
            let key = Key::from_words([first, low]);
            assert_eq!(visited.insert(key, Origin::new(0, Address(0))), Arrival::New);
        }
        assert_eq!(visited.at(Address(first >> 16)).count(), 20);
        assert_eq!(visited.len(), 20);
    }
}
