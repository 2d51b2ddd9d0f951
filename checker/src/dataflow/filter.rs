//! **What was sent before is not sent again.**
//!
//! A small table beside each worker holds the keys that it sent last, each at the one place where it may stand. A state
//! that is in it has arrived or will; it is sent once more only if it would replace its predecessor at the owner.

use crate::dataflow::fingerprint::Key;
use crate::dataflow::visited::Origin;

/// Places, a power of two: with 24 bytes each they stay near the processor.
const PLACES: usize = 1 << 15;

/// The keys that a worker sent last.
pub(crate) struct Filter {
    places: Vec<(Key, Origin)>,
}

impl Filter {
    /// A filter for a worker with peers; without peers there is nothing to filter.
    pub(crate) fn new(peers: usize) -> Self {
        let empty = (Key::from_words([0, 0]), Origin::default());
        Filter { places: if peers > 1 { vec![empty; PLACES] } else { Vec::new() } }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.places.len() * size_of::<(Key, Origin)>()
    }

    /// Whether this is worth sending; if so it is remembered.
    #[inline]
    pub(crate) fn passes(&mut self, key: Key, origin: Origin) -> bool {
        let at = key.words()[1] as usize % PLACES;
        let Some(place) = self.places.get_mut(at) else {
            return true;
        };
        if place.0 == key && place.1 != Origin::default() && !origin.improves(place.1) {
            return false;
        }
        *place = (key, origin);
        true
    }
}
