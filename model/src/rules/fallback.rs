//! **The sender's own device sends an SMS when the directory names no device.**
//!
//! From row Y4: the device holds the plaintext, so no server need decrypt anything to reroute. The carrier sees the
//! envelope and the content. Somebody who left the platform but is still registered gets no SMS: the sender's device
//! submits to push, and the message waits for a device that will never fetch it.
//!
//! Left out: SMS that the carrier loses (as with push, late enough is the same).

use crate::row::{Kind, Row, TOLD_BY_THE_DEVICE};
use crate::service::Service;
use crate::state::{Message, MessageKind, State};
use crate::world::{Address, Device};

impl Service {
    /// Sends by SMS where the design has the fallback and the device is a telephone; otherwise tells the sender.
    pub(crate) fn fall_back(&self, next: &mut State, device: Device, address: Address, attached: bool) {
        let body = next.messages().count();
        let user = device.owner();
        let number = address == address.owner().address();
        if self.design.fallback.sms && device == user.phone() && number {
            let phone = address.owner().phone().bit();
            let message = Message::sent(MessageKind::Sms, device, address, phone, body);
            let Some(index) = next.add_message(message.with_attachment(attached)) else { return };
            let row = Row::of(Kind::SmsSent).from(user).to(address).by(device).indexed(index);
            self.observe(next, row.with_attachment(attached));
        } else {
            let message = Message::sent(MessageKind::Failed, device, address, 0, body);
            let Some(index) = next.add_message(message.with_attachment(attached)) else { return };
            next.message_mut(index).tell();
            let row = Row::of(Kind::Told).from(user).to(address).by(device).because(TOLD_BY_THE_DEVICE);
            self.observe(next, row.indexed(index).with_attachment(attached));
        }
    }

    /// **Deliver an SMS.** The carrier delivers it to whatever telephone has the number now, once that is on. One that
    /// somebody took up instead of the telephone of the platform counts as on.
    pub(crate) fn deliver_sms(&self, state: &State, message: u8) -> Option<State> {
        let index = usize::from(message);
        let waiting = *state.messages().nth(index)?;
        if waiting.kind() != MessageKind::Sms || waiting.waiting() == 0 {
            return None;
        }
        let phone = waiting.to().owner().phone();
        if self.scope.power && !(state.device(phone).on() || state.device(phone).gone()) {
            return None;
        }
        let mut next = *state;
        next.message_mut(index).hand_over(phone);
        let row = Row::of(Kind::SmsDelivered).from(waiting.author()).to(waiting.to()).by(phone);
        self.observe(&mut next, row.indexed(index).with_attachment(waiting.attached()));
        Some(next)
    }
}
