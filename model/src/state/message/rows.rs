//! **The rows with which a message passed those who remember, rebuilt from what became of it.**

use super::{Message, MessageKind};
use crate::row::{Kind, NOT_ACCEPTED, Row, TOLD_BY_THE_DEVICE};
use crate::world::Device;
use smallvec::SmallVec;

impl Message {
    /// The rows with which its content passed somebody, rebuilt from what became of it; `number` is its place. They have
    /// neither ages nor places, those about backups do not say with whom the message was exchanged, and of a copy that was first refused and then accepted the acceptance alone.
    #[must_use]
    pub fn rows(&self, number: usize) -> SmallVec<[Row; 8]> {
        let sent = |kind| Row::of(kind).from(self.author()).to(self.to()).by(self.device()).indexed(number);
        let taken = |kind, by: Device| sent(kind).to(by.owner().address()).by(by);
        let (arrives, first) = match self.kind() {
            MessageKind::None => return SmallVec::new(),
            MessageKind::Platform => (Some(Kind::Delivered), sent(Kind::Submitted)),
            MessageKind::Sms => (Some(Kind::SmsDelivered), sent(Kind::SmsSent)),
            MessageKind::Failed => (None, sent(Kind::Told).because(TOLD_BY_THE_DEVICE)),
            MessageKind::Injected if self.received() == 0 => {
                (None, sent(Kind::Injected).because(NOT_ACCEPTED))
            }
            MessageKind::Injected => (None, sent(Kind::Injected)),
        };
        let mut rows = SmallVec::new();
        if self.stored() {
            rows.push(Row::of(Kind::Uploaded).from(self.author()).by(self.device()).about_blob(number));
        }
        rows.push(first);
        for device in Device::ALL {
            if self.fetched() & device.bit() != 0 {
                rows.push(Row::of(Kind::Fetched).from(device.owner()).by(device).about_blob(number));
            }
            if let Some(arrives) = arrives.filter(|_| self.received() & device.bit() != 0) {
                rows.push(taken(arrives, device));
            }
            if arrives.is_some() && self.refused() & device.bit() != 0 {
                rows.push(taken(Kind::Unacknowledged, device));
            }
            if self.altered() & device.bit() != 0 {
                rows.push(taken(Kind::Altered, device));
            }
            if self.backed_up() & device.bit() != 0 {
                rows.push(Row::copied(device, number));
            }
        }
        rows
    }
}
