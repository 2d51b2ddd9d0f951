//! **Which terms an observer has seen, and what follows from them.**
//!
//! What was seen is a function of the state: messages are never forgotten. The closure is memoised, not stored.

use crate::deduction::{Derivation, TermSet};
use crate::flaw::Flaw;
use crate::row::Kind;
use crate::service::Service;
use crate::state::{Message, MessageKind, OPERATOR_KEY, State};
use crate::term::TermId;
use crate::view::Observer;
use crate::world::Device;
use enumset::EnumSet;

impl Service {
    /// All that these observers, pooling what they saw, can derive.
    #[must_use]
    pub fn known(&self, observers: &[Observer], state: &State) -> TermSet {
        self.wire.close(self.held(observers, state))
    }

    /// The terms that these observers hold, before any deduction.
    #[must_use]
    pub fn held(&self, observers: &[Observer], state: &State) -> TermSet {
        observers.iter().fold(self.wire.public(), |held, &observer| held.union(self.seen(observer, state)))
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

    fn seen(&self, observer: Observer, state: &State) -> TermSet {
        let mut seen = TermSet::default();
        match observer {
            Observer::ProviderLive => {
                seen = self.wire.own_keys().union(self.wire.channels(EnumSet::all()));
                for message in state.messages() {
                    self.see_at_provider(&mut seen, message, message.named());
                }
            }
            Observer::ProviderStore => {
                for message in state.messages() {
                    self.see_at_provider(&mut seen, message, message.waiting());
                }
            }
            Observer::Network => {
                seen = self.wire.own_keys();
                for message in state.messages() {
                    self.see_on_the_wire(&mut seen, message);
                }
            }
            Observer::Carrier => {
                for message in state.messages() {
                    if message.kind() == MessageKind::Sms || self.in_the_clear(message) {
                        seen.insert(self.wire.body(message.body));
                    }
                }
            }
            Observer::Log(log) => self.see_in_log(&mut seen, state, log),
            Observer::Investigator => {}
            Observer::Owner(user) => {
                seen = self.wire.keys_of(user);
                for message in state.messages().filter(|message| message.honest() && message.author() == user)
                {
                    seen.insert(self.wire.body(message.body));
                }
                for message in state.messages().filter(|message| message.to().owner() == user) {
                    self.see_on_own_devices(&mut seen, message);
                }
            }
        }
        seen
    }

    fn in_the_clear(&self, message: &Message) -> bool {
        message.kind() == MessageKind::Platform && self.has(Flaw::BodyInClear)
    }

    fn see_at_provider(&self, seen: &mut TermSet, message: &Message, copies: u8) {
        if self.in_the_clear(message)
            || (message.kind() == MessageKind::Sms && self.has(Flaw::FallbackByServer))
        {
            seen.insert(self.wire.body(message.body));
        }
        if message.kind() == MessageKind::Platform {
            seen.extend(
                keys_in(copies).filter_map(|key| self.wire.payload(message.body, key, message.device())),
            );
        }
    }

    fn see_on_the_wire(&self, seen: &mut TermSet, message: &Message) {
        if self.in_the_clear(message) {
            seen.insert(self.wire.body(message.body));
        }
        if message.kind() != MessageKind::Platform {
            return;
        }
        let sender = message.device();
        seen.extend(keys_in(message.named()).filter_map(|key| self.wire.upload(message.body, key, sender)));
        let taken = keys_in(message.received() | message.refused()).flatten();
        seen.extend(taken.filter_map(|device| self.wire.record(message.body, device, sender)));
    }

    fn see_in_log(&self, seen: &mut TermSet, state: &State, log: u8) {
        if !self.has(Flaw::LogRecordsBody) {
            return;
        }
        let rows = state.rows.as_slice().iter().filter(|row| row.index() == usize::from(log));
        for row in rows.filter(|row| row.kind() == Kind::Submitted) {
            seen.insert(self.wire.body(row.detail().saturating_sub(1)));
        }
    }

    fn see_on_own_devices(&self, seen: &mut TermSet, message: &Message) {
        for device in Device::ALL.into_iter().filter(|device| message.received() & device.bit() != 0) {
            match message.kind() {
                MessageKind::Platform => {
                    seen.extend(self.wire.payload(message.body, Some(device), message.device()))
                }
                MessageKind::Sms | MessageKind::Injected => {
                    seen.insert(self.wire.body(message.body));
                }
                MessageKind::None | MessageKind::Failed => {}
            }
        }
    }
}

/// The keys in a mask of devices, the operator's own, as [`None`], last.
pub(crate) fn keys_in(mask: u8) -> impl Iterator<Item = Option<Device>> {
    let devices = Device::ALL.into_iter().filter(move |device| mask & device.bit() != 0).map(Some);
    devices.chain((mask & OPERATOR_KEY != 0).then_some(None))
}
