//! **Which terms an observer has seen, and what follows from them.**
//!
//! What was seen is a function of the state (see [`Service::frame`]). The closure is memoised, not stored.

use crate::deduction::{Derivation, TermSet};
use crate::service::Service;
use crate::state::{OPERATOR_KEY, State};
use crate::term::TermId;
use crate::view::Observer;
use crate::world::Device;

impl Service {
    /// All that these observers, pooling what they saw, can derive.
    #[must_use]
    pub fn known(&self, observers: &[Observer], state: &State) -> TermSet {
        self.wire.close(self.held(observers, state))
    }

    /// The terms that these observers hold, before any deduction.
    #[must_use]
    pub fn held(&self, observers: &[Observer], state: &State) -> TermSet {
        let of = |&observer: &Observer| self.constants(observer).union(self.passed(observer, state));
        observers.iter().map(of).fold(self.wire.public(), TermSet::union)
    }

    /// How these observers derive a term; `None` when they cannot.
    #[must_use]
    pub fn derivation(&self, observers: &[Observer], state: &State, target: TermId) -> Option<Derivation> {
        self.wire.deduction().derive(self.held(observers, state), target)
    }

    /// Whether the text of a message follows from what these observers saw.
    #[must_use]
    pub fn knows_body(&self, observers: &[Observer], state: &State, message: u8) -> bool {
        self.known(observers, state).contains(self.wire.body(message))
    }
}

impl Service {
    /// Whether what is attached to a message follows from what these observers saw.
    #[must_use]
    pub fn knows_attachment(&self, observers: &[Observer], state: &State, message: u8) -> bool {
        let file = self.wire.attachment(message).map(|attachment| attachment.file);
        file.is_some_and(|file| self.known(observers, state).contains(file))
    }
}

/// The keys in a mask of devices, the operator's own, as [`None`], last.
pub(crate) fn keys_in(mask: u8) -> impl Iterator<Item = Option<Device>> {
    let devices = Device::ALL.into_iter().filter(move |device| mask & device.bit() != 0).map(Some);
    devices.chain((mask & OPERATOR_KEY != 0).then_some(None))
}
