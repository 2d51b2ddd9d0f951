//! **One worker's share of the visited states: their names, their depths, and whence they were first reached.**
//!
//! Open addressing over slots of 24 bytes, or of 16 where states are short numbers: the state's name, 48 bits that tell the
//! predecessor, and 16 bits that hold the depth. The table is in parts that grow one at a time, so that growing never holds
//! more than a small share of it twice. Within a part, slots are in the order of the first bits of where their states belong,
//! so that growing reads and writes memory in order.
//!
//! Of several predecessors in the layer before, the one with the smallest address is kept, whatever the order of arrival.
//! Depths of [`DEEPEST`] and more are kept as that; the predecessor of such a state is whichever came first.
//!
//! Left out: the states themselves, and removal.

use std::hint::black_box;

use serde::{Deserialize, Serialize};

use crate::dataflow::name::{Address, Name};

/// Parts per table, a power of two.
const PARTS: usize = 1 << PART_BITS;
const PART_BITS: u32 = 6;
/// Homes of an empty part.
const FIRST_HOMES: usize = 16;
/// Slots that are fetched together.
const TOUCHED: usize = 32;
/// Bytes that a processor fetches together.
const LINE: usize = 64;
/// Slots behind the last home of a large part.
const LONGEST_RUN: usize = 512;
/// The depth from which on depths are not told apart.
pub(crate) const DEEPEST: u64 = 0xfffe;

/// A place for one state; all zeros when it is free.
#[derive(Clone, Copy, Default)]
struct Slot<N> {
    name: N,
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

    /// Whether this is no state's origin.
    #[inline]
    pub(crate) fn is_free(self) -> bool {
        self.0 == 0
    }

    /// Whether, for one and the same state, this origin is to replace the other.
    #[inline]
    pub(crate) fn improves(self, other: Origin) -> bool {
        // No branch, since which way it would go is as good as random.
        (self.0 < other.0) & (self.0 & 0xffff == other.0 & 0xffff) & (self.0 & 0xffff <= DEEPEST)
    }
}

/// What became of a state that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    New,
    Known,
}

/// The share of one worker.
pub(crate) struct Visited<N> {
    parts: Vec<Part<N>>,
    len: usize,
    slots: usize,
}

/// So many slots in which a search may start, and behind them some more, in which a run of keys ends that starts near
/// the end of these.
struct Part<N> {
    slots: Vec<Slot<N>>,
    /// The first home.
    first: usize,
    homes: usize,
    len: usize,
}

impl<N: Name> Visited<N> {
    /// So many slots on, the next line begins or has begun.
    const NEXT_LINE: usize = LINE.div_ceil(size_of::<Slot<N>>());

    pub(crate) fn new() -> Self {
        let parts: Vec<Part<N>> = (0..PARTS).map(|_| Part::new(FIRST_HOMES)).collect();
        let slots = parts.iter().map(|part| part.slots.len()).sum();
        Visited { parts, len: 0, slots }
    }

    /// How many states there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The bytes that the table takes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots * size_of::<Slot<N>>()
    }

    /// Brings the slots of these states near, all at once, so that probing them does not wait for each in turn.
    ///
    /// Where they are is computed first, for as many as the processor can look ahead.
    #[inline]
    pub(crate) fn touch(&self, names: &[N]) {
        let mut seen = 0;
        for names in names.chunks(TOUCHED) {
            let mut places = [(0, 0); TOUCHED];
            for (place, name) in places.iter_mut().zip(names) {
                let spread = name.spread();
                let part = part_of(spread);
                *place = (part, self.parts[part].home(spread));
            }
            for (part, home) in &places[..names.len()] {
                let slots = &self.parts[*part].slots;
                let slot = &slots[*home];
                // A slot can begin in one cache line and end in the next.
                seen ^= slot.origin.0 ^ u64::from(slot.name == N::default());
                // A fourth of the runs, or half of them where slots do not share a line, go on into the next one.
                seen ^= slots.get(*home + Self::NEXT_LINE).map_or(0, |slot| slot.origin.0);
            }
        }
        black_box(seen);
    }

    #[inline]
    pub(crate) fn contains(&self, name: N) -> bool {
        let spread = name.spread();
        let part = &self.parts[part_of(spread)];
        !part.slots[part.find(name, spread)].origin.is_free()
    }

    /// Keeps a state unless it is known; if it is known in the same layer, keeps the smaller predecessor.
    #[inline]
    pub(crate) fn insert(&mut self, name: N, origin: Origin) -> Arrival {
        let spread = name.spread();
        let part = &mut self.parts[part_of(spread)];
        let at = part.find(name, spread);
        let slot = &mut part.slots[at];
        if slot.origin.is_free() {
            *slot = Slot { name, origin };
            part.len += 1;
            self.len += 1;
            if part.is_full() {
                self.slots += part.grow();
            }
            return Arrival::New;
        }
        if origin.improves(slot.origin) {
            slot.origin = origin;
        }
        Arrival::Known
    }

    /// The states with this address, nearly always one, each with its origin.
    pub(crate) fn at(&self, address: Address) -> impl Iterator<Item = (N, Origin)> {
        let spread = N::spread_of(address);
        let part = &self.parts[part_of(spread)];
        let run = part
            .slots
            .get(part.home(spread)..)
            .unwrap_or_default()
            .iter()
            .take_while(|slot| !slot.origin.is_free());
        let here = run.filter(move |slot| slot.name.address() == address);
        here.map(|slot| (slot.name, slot.origin))
    }

    /// The origin of a state that is known.
    pub(crate) fn origin(&self, name: N) -> Option<Origin> {
        self.at(name.address()).find(|(found, _)| *found == name).map(|(_, origin)| origin)
    }
}

impl<N: Name> Part<N> {
    /// Slots in a cache line, if they fill it: they are then the home of the same states.
    const SHARED: usize =
        if LINE.is_multiple_of(size_of::<Slot<N>>()) { LINE / size_of::<Slot<N>>() } else { 1 };

    /// An empty part with at least so many homes.
    fn new(homes: usize) -> Self {
        let homes = homes.next_multiple_of(Self::SHARED);
        let len = homes + (homes / 4).clamp(Self::SHARED, LONGEST_RUN).next_multiple_of(Self::SHARED);
        let mut slots = vec![Slot::default(); len + Self::SHARED];
        // The first slots are left out if a cache line does not begin with them.
        let first = slots.as_ptr().align_offset(LINE).min(Self::SHARED) % Self::SHARED;
        slots.truncate(first + len);
        Part { slots, first, homes, len: 0 }
    }

    #[inline]
    fn is_full(&self) -> bool {
        // Where slots share a line, room saves more looking into the next one than it costs.
        let (most, of) = if Self::SHARED > 1 { (2, 3) } else { (3, 4) };
        self.len * of >= self.homes * most || self.slots.last().is_some_and(|last| !last.origin.is_free())
    }

    /// Where the search for a state starts. It depends on the first 48 bits alone, and grows with them.
    #[inline]
    fn home(&self, spread: u64) -> usize {
        let within = (spread >> 16 << 16) << PART_BITS;
        let lines = (self.homes / Self::SHARED) as u128;
        self.first + ((u128::from(within) * lines) >> 64) as usize * Self::SHARED
    }

    /// Where this state stands, or would.
    #[inline]
    fn find(&self, name: N, spread: u64) -> usize {
        let mut at = self.home(spread);
        // The last slot is free, so that every search ends.
        loop {
            // All slots of a line are looked at without a branch: which of them it is is as good as random.
            let mut here = 0_u32;
            for (bit, slot) in self.slots[at..at + Self::SHARED].iter().enumerate() {
                here |= u32::from((slot.name == name) | slot.origin.is_free()) << bit;
            }
            if here != 0 {
                return at + here.trailing_zeros() as usize;
            }
            at += Self::SHARED;
        }
    }

    /// Moves to a third more slots, and says by how many slots the part grew.
    #[cold]
    fn grow(&mut self) -> usize {
        let before = self.slots.len();
        let mut homes = self.homes + self.homes / 3;
        loop {
            if let Some(grown) = self.moved(homes) {
                *self = grown;
                return self.slots.len() - before;
            }
            // A run of states reached the end: with more room it ends earlier.
            homes += homes / 8 + 1;
        }
    }

    /// The states among so many homes, unless a run of them would reach the last slot.
    fn moved(&self, homes: usize) -> Option<Self> {
        let mut part = Part::new(homes);
        for slot in self.slots.iter().filter(|slot| !slot.origin.is_free()) {
            let mut at = part.home(slot.name.spread());
            while !part.slots.get(at)?.origin.is_free() {
                at += 1;
            }
            part.slots[at] = *slot;
        }
        part.len = self.len;
        part.slots.last().is_some_and(|last| last.origin.is_free()).then_some(part)
    }
}

#[inline]
fn part_of(spread: u64) -> usize {
    (spread >> (u64::BITS - PART_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataflow::fingerprint::Key;
    use crate::dataflow::name::{Number, owner};
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
        // Slots of 24 bytes; a part that has just grown uses 9 of 16 homes, and so small a one has a fourth more behind them.
        assert!(visited.bytes() <= visited.len() * 24 * 16 / 9 * 5 / 4, "{} bytes", visited.bytes());
    }

    #[test]
    fn no_predecessor_replaces_another_beyond_the_deepest_layer() {
        let deep = |predecessor| Origin::new(DEEPEST + 5, Address(predecessor));
        assert!(!deep(1).improves(deep(2)));
        assert_eq!(deep(1).depth(), DEEPEST);
        assert!(Origin::new(3, Address(1)).improves(Origin::new(3, Address(2))));
    }

    /// How many slots beyond its home a state stands, on average, in the table of the first of so many workers.
    fn removed_from_home<N: Name>(named: impl Fn(u64) -> N, workers: usize) -> f64 {
        let mut visited = Visited::new();
        let own = |name: &N| owner(N::region(name.address(), 0), workers) == 0;
        for name in (0..).map(named).filter(own).take(150_000) {
            visited.insert(name, Origin::new(0, Address(0)));
        }
        let removed = visited.parts.iter().flat_map(|part| {
            let taken = part.slots.iter().enumerate().filter(|(_, slot)| !slot.origin.is_free());
            taken.map(|(at, slot)| at - part.home(slot.name.spread()))
        });
        removed.sum::<usize>() as f64 / visited.len() as f64
    }

    /// A table that is three quarters full has its states one and a half slots from their homes.
    #[test]
    fn states_stand_near_their_homes() {
        for workers in [1, 3] {
            let removed = removed_from_home(|number| Key::of(&number), workers);
            assert!(removed < 1.6, "{removed} slots with {workers} workers");
            let removed = removed_from_home(|number| Number::of_key(Key::from_words([0, number])), workers);
            assert!(removed < 2.5, "{removed} slots with {workers} workers");
        }
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
