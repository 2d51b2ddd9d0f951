//! **What an adversary may do, each behind a capability.**
//!
//! From row Y12 and the published attacks: whoever answers key lookups can add a key or swap the keys of an address.
//! Whoever runs push, or sits on the wire, can put before a device any well-formed message that follows from what
//! they have seen. Capabilities only add actions. Keeping rows beyond their retention is a choice beside purging
//! ([`crate::rules::logging`]); disclosing without an order is in [`crate::rules::disclosure`].
//!
//! A device takes what push hands it and looks the claimed author up, whether or not the signature then passes: in
//! this way the provider can plant a row in its own log. What a message that is not accepted carries nobody reads, so
//! the adversary's own text under its own signature stands for all such. What does not pass the channel never gets so
//! far as to be a message, and is no action.
//!
//! A thief copies a private key from a device, and works with whoever puts messages before devices: what is signed with a
//! stolen signing key passes as its owner's, and a stolen decryption key signs nothing (row Y11).
//!
//! Whoever runs push can alter ciphertexts, and put the copies before the device under the name of an account of its own,
//! since a signature does not bind the one to the other (the attack of 2016, row Y11). Such accounts are nobody's of the
//! model, so their lookups, receipts and rows are left out. One step stands for as many copies as the attack takes.

use crate::action::{Point, PrivateKey, Signer};
use crate::design::{Capability, Cipher};
use crate::flaw::Flaw;
use crate::row::{Kind, NOT_ACCEPTED, Row};
use crate::service::Service;
use crate::state::{FORGED_BODY, Message, MessageKind, OPERATOR_KEY, State, Tampering, spend};
use crate::view::Observer;
use crate::world::{Address, Device, User};

impl Service {
    /// **Add a key.** The directory lists a key of the operator's own beside the owner's.
    pub(crate) fn add_key(&self, state: &State, address: Address) -> Option<State> {
        self.may(Capability::AddKey).then(|| self.tamper(state, address, Tampering::Added))?
    }

    /// **Swap a key.** The directory lists the operator's own key in place of the owner's.
    pub(crate) fn swap_key(&self, state: &State, address: Address) -> Option<State> {
        self.may(Capability::SwapKey).then(|| self.tamper(state, address, Tampering::Swapped))?
    }

    /// Spends a change of an address's entry, which nobody has tampered with so far.
    fn tamper(&self, state: &State, address: Address, how: Tampering) -> Option<State> {
        if state.directory.of(address) != Tampering::None {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.keys)?;
        next.directory.tamper(address, how);
        let kind = if how == Tampering::Added { Kind::KeyAdded } else { Kind::KeySwapped };
        self.observe(&mut next, Row::of(kind).to(address));
        self.alert(&mut next, address);
        Some(next)
    }

    /// **Inject.** A message that no device composed is put before a device, which accepts it as the claimed author's
    /// if its signature passes, and otherwise leaves it unacknowledged.
    pub(crate) fn inject(
        &self,
        state: &State,
        device: Device,
        claimed: User,
        body: u8,
        signer: Signer,
        through: Point,
    ) -> Option<State> {
        let capability = match through {
            Point::Push => Capability::Inject,
            Point::Wire => Capability::InjectOnWire,
        };
        let here = state.device(device);
        if !self.may(capability) || !here.reachable() || !here.registered() || claimed == device.owner() {
            return None;
        }
        if !self.can_make(state, device, body, signer, through) {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.injections)?;
        let signer_key = match signer {
            Signer::Device(by) => by.bit(),
            Signer::Adversary => OPERATOR_KEY,
        };
        let trusting = through == Point::Wire && self.has(Flaw::DeviceTrustsTheWire);
        let accepted = self.passes(&mut next, device, claimed, signer_key)? || trusting;
        if !accepted && !stands_for_all(body, signer) {
            return None;
        }
        let message = Message::injected(device, claimed, body, signer, accepted);
        let Some(index) = next.add_message(message) else { return Some(next) };
        let row =
            Row::of(Kind::Injected).from(claimed).to(device.owner().address()).by(device).at(here.place());
        let row = row.because(if accepted { 0 } else { NOT_ACCEPTED });
        self.observe(&mut next, row.indexed(index));
        if accepted && through == Point::Push {
            // The device acknowledges it, and a log that records deliveries cannot tell it from another.
            let from = Row::of(Kind::Delivered).from(claimed).to(device.owner().address());
            self.record(&mut next, from.by(device).at(here.place()).indexed(index));
        }
        Some(next)
    }

    /// Whether the adversary can make what the device would take for a message: the ciphertext for this device under
    /// this signature must follow from what was seen, and on the wire it must also pass the channel.
    fn can_make(&self, state: &State, device: Device, body: u8, signer: Signer, through: Point) -> bool {
        // Nothing follows about what nobody wrote, and this saves asking.
        if body < FORGED_BODY && usize::from(body) >= state.messages().count() {
            return false;
        }
        let observer = match through {
            Point::Push => Observer::ProviderLive,
            Point::Wire => Observer::Network,
        };
        let held = self.held(&[observer, Observer::Thief], state);
        let known = self.wire.close(held);
        self.wire.forms(body, device, signer).any(|form| match through {
            Point::Push => known.contains(form.payload),
            Point::Wire if self.has(Flaw::DeviceTrustsTheWire) => known.contains(form.bare),
            // The channel numbers its records, so one that was seen does not pass a second time.
            Point::Wire => form.record.is_some_and(|record| {
                known.contains(record) && (self.has(Flaw::WireReplayAccepted) || !held.contains(record))
            }),
        })
    }
}

impl Service {
    /// **Steal a key.** A thief copies a private key from a device, which keeps working; its owner notices nothing.
    pub(crate) fn steal_key(&self, state: &State, device: Device, key: PrivateKey) -> Option<State> {
        if !self.may(key.theft()) || state.stolen(device).contains(key) {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.keys)?;
        next.rob(device, key);
        self.observe(&mut next, Row::of(Kind::KeyStolen).from(device.owner()).by(device).because(key as u8));
        Some(next)
    }

    /// **Alter.** Altered copies of a message are put before a device that it was encrypted for, whether or not that has
    /// taken its own copy by then.
    pub(crate) fn alter(&self, state: &State, message: u8, device: Device) -> Option<State> {
        let index = usize::from(message);
        let sent = state.messages().nth(index)?;
        let here = state.device(device);
        if !self.may(Capability::AlterInTransit) || !here.reachable() || !here.registered() {
            return None;
        }
        let encrypted_for = sent.kind() == MessageKind::Platform && sent.named() & device.bit() != 0;
        if !encrypted_for || sent.altered() & device.bit() != 0 {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.injections)?;
        next.message_mut(index).alter(device);
        let row = Row::of(Kind::Altered).from(sent.author()).to(device.owner().address()).by(device);
        let row = row.at(here.place()).because(if self.reacts_to_alterations() { 0 } else { NOT_ACCEPTED });
        self.observe(&mut next, row.indexed(index));
        Some(next)
    }

    /// Whether somebody may steal keys, so that there is a thief who can hold any.
    #[must_use]
    pub fn keys_can_be_stolen(&self) -> bool {
        PrivateKey::ALL.into_iter().any(|key| self.may(key.theft()))
    }

    /// Whether how a device reacts to an altered copy depends on what the alteration makes of the text.
    #[must_use]
    pub fn reacts_to_alterations(&self) -> bool {
        match self.design.encryption.cipher {
            Cipher::Malleable => true,
            Cipher::DerivedKey => self.has(Flaw::AlteredCopyAnswered),
        }
    }
}

/// Whether a message that is not accepted is the one that stands for all that are not.
fn stands_for_all(body: u8, signer: Signer) -> bool {
    body == FORGED_BODY && signer == Signer::Adversary
}
