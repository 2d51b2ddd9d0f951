//! **Push stores each device's copy and forwards it; the device checks, decrypts and acknowledges.**
//!
//! From row Y3: a message is encrypted and signed for each device that the directory named, its envelope is visible
//! to the provider and hidden from the carrier and the network by the transport's encryption; the receiver fetches
//! the sender's keys to check the signature; what nobody fetches in time expires.
//!
//! A device whose cached keys do not verify a signature asks again; a copy that does not pass then is not
//! acknowledged, so it waits until it expires, and nobody sees that it was tried.
//!
//! Delivery, the check, decryption and the acknowledgement are one step: whatever happens between them, nobody sees
//! a state in which one is done and the next is not. Loss is not modelled, since a message that is lost and one that
//! is delivered later than anybody looks are the same for every claim about safety and knowledge.

use crate::design::Trigger;
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{Cached, Message, MessageKind, State};
use crate::world::{Address, Device, User};

impl Service {
    /// Encrypts for each device named, signs, and hands the copies to push.
    pub(crate) fn submit(&self, next: &mut State, device: Device, address: Address, named: u8) -> Option<()> {
        let body = next.messages().count();
        let index = next.add_message(Message::sent(MessageKind::Platform, device, address, named, body))?;
        let row = Row::of(Kind::Submitted).from(device.owner()).to(address).by(device);
        let row = row.at(next.device(device).place()).finding(named.count_ones()).indexed(index);
        let detail = if self.has(Flaw::LogRecordsBody) { index as u8 + 1 } else { 0 };
        self.observe(next, row.because(detail));
        Some(())
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
        self.consult(&mut next, device, author.address(), Trigger::Receive)?;
        if !self.verifies(next.cached(device, author.address()), sender.bit()) {
            if !self.looks_up_on(Trigger::Receive) {
                return None;
            }
            self.look_up(&mut next, device, author.address(), Trigger::Receive)?;
        }
        if !self.verifies(next.cached(device, author.address()), sender.bit()) {
            return None;
        }
        if waiting.received() == 0 {
            next.message_mut(index).heard = 0;
        }
        next.message_mut(index).hand_over(device, true);
        self.acknowledge(&mut next, index, author, device);
        Some(next)
    }

    /// Whether push could hand over a copy now.
    pub(crate) fn copy_in_hand(&self, state: &State) -> bool {
        let could = |at: usize, device| self.deliver(state, at as u8, device).is_some();
        state.messages().enumerate().any(|(at, _)| Device::ALL.into_iter().any(|device| could(at, device)))
    }

    /// Whether a signature by `signer` passes, as far as the device knows the claimed author's keys. A device that
    /// was never told them, in a design whose receivers do not ask, has nothing to check against.
    pub(crate) fn verifies(&self, keys: Cached, signer: u8) -> bool {
        !keys.known() || keys.named() & signer != 0
    }

    fn acknowledge(&self, next: &mut State, index: usize, author: User, device: Device) {
        let row = Row::of(Kind::Delivered).from(author).to(device.owner().address()).by(device);
        self.observe(next, row.at(next.device(device).place()).indexed(index));
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
                next.message_mut(index).told = true;
                let row = Row::of(Kind::Told).from(message.author()).to(message.to()).by(message.device());
                self.observe(next, row.indexed(index));
            }
        }
    }
}
