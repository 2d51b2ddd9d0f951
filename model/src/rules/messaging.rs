//! **Push stores each device's copy and forwards it; the device checks, decrypts and acknowledges.**
//!
//! From row Y3: a message is encrypted and signed for each device that the directory named, its envelope is visible
//! to the provider and hidden from the carrier and the network by the transport's encryption; the receiver fetches
//! the sender's keys to check the signature; what nobody fetches in time expires.
//!
//! A device whose cached keys do not verify a signature asks again; a copy that does not pass then is not
//! acknowledged, so it waits until it passes or expires. Its owner sees nothing of it. The lookup leaves its row all
//! the same, push has handed the copy over and waits in vain for the acknowledgement, and whoever taps the line sees
//! something large pass and no answer.
//!
//! Forwarding, the check, decryption and the acknowledgement are one step. To communicate is to acknowledge, so a
//! state between the two would be one more in which rows and records are there and the event is not; whoever could
//! stand in that state sees what a copy that is never acknowledged shows. Splitting the step adds no class of states
//! that look alike but differ in an event, and takes none away, so no verdict depends on it. Loss is not modelled,
//! since a message that is lost and one that is delivered later than anybody looks are the same for every claim about
//! safety and knowledge.

use crate::design::Trigger;
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::{Service, Tracked};
use crate::state::{Cached, Message, MessageKind, State};
use crate::world::{Address, Device, User};

impl Service {
    /// Encrypts for each device named, signs, and hands the copies to push. What is attached is put into the store first.
    pub(crate) fn submit(
        &self,
        next: &mut State,
        device: Device,
        address: Address,
        named: u8,
        attached: bool,
    ) {
        let body = next.messages().count();
        let mut message = Message::sent(MessageKind::Platform, device, address, named, body);
        if self.tracks(Tracked::Listed) {
            let own = self.scope.devices.iter().filter(|to| to.owner() == address.owner());
            for removed in own.filter(|to| !next.device(*to).registered()) {
                message.send_past(removed);
            }
        }
        let Some(index) = next.add_message(message.with_attachment(attached)) else { return };
        if attached {
            self.upload(next, device, index);
        }
        let row = Row::of(Kind::Submitted).from(device.owner()).to(address).by(device);
        let row = row.at(next.device(device).place()).finding(named.count_ones()).indexed(index);
        let detail = if self.has(Flaw::LogRecordsBody) { index as u8 + 1 } else { 0 };
        self.observe(next, row.because(detail));
    }

    /// **Deliver.** Push hands a waiting copy to its device, which fetches the sender's keys if it must, checks the
    /// signature, decrypts and acknowledges.
    pub(crate) fn deliver(&self, state: &State, message: u8, device: Device) -> Option<State> {
        let index = usize::from(message);
        let waiting = state.messages().nth(index)?;
        if waiting.kind() != MessageKind::Platform || waiting.waiting() & device.bit() == 0 {
            return None;
        }
        if !state.device(device).reachable() || !state.device(device).registered() {
            return None;
        }
        let (author, sender) = (waiting.author(), waiting.device());
        let mut next = *state;
        if !self.passes(&mut next, device, author, sender.bit())? {
            return self.refuse(next, index, device);
        }
        next.message_mut(index).hand_over(device);
        let row = arrival(Kind::Delivered, &next, index, device);
        self.observe(&mut next, row);
        Some(next)
    }

    /// Whether a signature passes as the author's. The device looks the author up if it has no fresh answer, and
    /// once more if the keys that it remembered do not verify, in a design whose receivers ask.
    ///
    /// `None` only when the scope allows no further lookup: a bound, not the protocol.
    pub(crate) fn passes(&self, next: &mut State, device: Device, author: User, signer: u8) -> Option<bool> {
        let address = author.address();
        let remembered = self.fresh(next.cached(device, address));
        self.consult(next, device, address, Trigger::Receive)?;
        if remembered && !verifies(next.cached(device, address), signer) && self.looks_up_on(Trigger::Receive)
        {
            self.look_up(next, device, address, Trigger::Receive)?;
        }
        Some(verifies(next.cached(device, address), signer))
    }

    /// Whether push could hand over a copy now, however few lookups the scope still allows the device: a bound holds a
    /// copy up, but it makes neither the day end nor a device go off with the copy in hand.
    pub(crate) fn copy_in_hand(&self, state: &State) -> bool {
        let unbounded = state.with_lookups_to_spare();
        let could = |at: usize, device| self.deliver(&unbounded, at as u8, device).is_some();
        state.messages().enumerate().any(|(at, _)| Device::ALL.into_iter().any(|device| could(at, device)))
    }

    /// The device leaves a copy whose signature does not pass unacknowledged. Push keeps it, and tries again.
    ///
    /// That a copy is refused again and again is left out: it would show to nobody what the first refusal did not.
    fn refuse(&self, mut next: State, index: usize, device: Device) -> Option<State> {
        if next.message(index).refused() & device.bit() != 0 {
            return None;
        }
        next.message_mut(index).refuse(device);
        let row = arrival(Kind::Unacknowledged, &next, index, device);
        self.observe(&mut next, row);
        Some(next)
    }

    /// Push gives up every message that has waited longer than it stores any, and tells the sender if the design
    /// says so.
    pub(crate) fn expire(&self, next: &mut State) {
        for index in 0..crate::state::MESSAGE_CAPACITY {
            let message = *next.message(index);
            if message.waiting() == 0 || message.kind() != MessageKind::Platform {
                continue;
            }
            if message.age <= self.periods.expiry {
                continue;
            }
            next.message_mut(index).give_up();
            let row = Row::of(Kind::Expired).from(message.author()).to(message.to()).by(message.device());
            self.observe(next, row.indexed(index));
            if self.design.messaging.expiry_notice && !self.has(Flaw::ExpiryUntold) {
                next.message_mut(index).tell();
                let row = Row::of(Kind::Told).from(message.author()).to(message.to()).by(message.device());
                self.observe(next, row.indexed(index));
            }
        }
    }
}

/// Whether a signature by `signer` passes, as far as the device knows the claimed author's keys. A device that was
/// never told them, in a design whose receivers do not ask, has nothing to check against.
fn verifies(keys: Cached, signer: u8) -> bool {
    !keys.known() || keys.named() & signer != 0
}

/// A row of this kind about the copy that the device has taken.
fn arrival(kind: Kind, state: &State, index: usize, device: Device) -> Row {
    let row = Row::of(kind).from(state.message(index).author()).to(device.owner().address());
    row.by(device).at(state.device(device).place()).indexed(index)
}
