//! **What was found a moment ago is not looked up again.**
//!
//! A small table beside each worker holds the states that it last found on expanding others, each at the one place where
//! it may stand. A state that is in it is known to its owner or will be; it is handed over once more only if it would
//! replace its predecessor there.
//!
//! Small successors are sifted many at a time and without branches: whether one was found before is as good as random, so
//! that the processor would guess wrong and wait. Large ones are asked about one at a time, since to lay them aside would take
//! longer.

use crate::dataflow::name::{Address, Name};
use crate::dataflow::visited::Origin;

/// Places, a power of two: few enough for all of them to stay near the processor.
const PLACES: usize = 1 << 13;

/// The states that a worker found last.
pub(crate) struct Filter<N> {
    places: Vec<(N, Origin)>,
}

/// Successors that were found and not sifted, each with its name and predecessor.
pub(crate) struct Found<S, N> {
    pub(crate) states: Vec<S>,
    pub(crate) names: Vec<(N, Address)>,
    /// Which of them are worth handing over.
    pub(crate) worthy: Vec<bool>,
}

impl<S, N> Default for Found<S, N> {
    fn default() -> Self {
        Found { states: Vec::new(), names: Vec::new(), worthy: Vec::new() }
    }
}

impl<N: Name> Filter<N> {
    pub(crate) fn new() -> Self {
        Filter { places: vec![(N::default(), Origin::default()); PLACES] }
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of_val(self.places.as_slice())
    }

    /// Whether a successor is worth handing over; it is remembered.
    #[inline]
    pub(crate) fn admits(&mut self, depth: u64, name: N, predecessor: Address) -> bool {
        let place = &mut self.places[name.spread() as usize % PLACES];
        let origin = Origin::new(depth, predecessor);
        let is_new = (place.0 != name) | place.1.is_free() | origin.improves(place.1);
        // A step that changes nothing leads to nothing new.
        let is_step = !N::EXACT_ADDRESS | (name.address() != predecessor);
        place.0 = name;
        place.1 = if is_new { origin } else { place.1 };
        is_new & is_step
    }

    /// Says which of the successors at this depth are worth handing over, and remembers them.
    pub(crate) fn sift<S>(&mut self, depth: u64, found: &mut Found<S, N>) {
        found.worthy.clear();
        let each = found.names.iter();
        found.worthy.extend(each.map(|(name, predecessor)| self.admits(depth, *name, *predecessor)));
    }
}
