//! **A device backs up, with the provider, the messages that it holds.**
//!
//! From row Y9: experts held in 2015 that content is out of the provider's reach between devices, and within its reach in
//! backups; the key is held with the backup, unless it is the owner's alone. What a device holds is what was written on it
//! and what it received, so a message is in the backups of both its sides. The provider keeps the backup, and gives it up
//! to a warrant ([`crate::rules::disclosure`]).
//!
//! A device backs up by itself, when it is left at rest; its owner can keep it from doing so for good. So nobody has to act
//! for it to happen, and it never has to happen.
//!
//! A backup is made of all that the device holds and the backup has not, in one step: since no message is chosen, none is
//! left out. Who a message is from and to stands in the backup, and whoever has its key reads that too. Left out: restoring
//! a backup, which shows nobody but its owner anything new; deleting one, and deleting messages before it is made, both of
//! which take from readers of the present what they could have read a day before; the dates of the messages in it; what is attached
//! to them, whose key is in them ([`crate::rules::attachments`]).

use crate::design::{BackupKey, Holder, OrderKind};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{Message, State, spend};
use crate::world::Device;

/// In a row about a message in a backup, on which side of the message the owner of the backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The message was sent to whom the row names.
    Sender,
    /// The message was received from whom the row names.
    Receiver,
}

impl Side {
    /// The side that the row names; `None` where it is not said.
    #[must_use]
    pub const fn of(row: Row) -> Option<Self> {
        match row.found() {
            1 => Some(Self::Sender),
            2 => Some(Self::Receiver),
            _ => None,
        }
    }
}

impl Service {
    /// **Back up.** A device puts all messages that it holds into its backup with the provider.
    pub(crate) fn back_up(&self, state: &State, device: Device) -> Option<State> {
        let here = state.device(device);
        if !self.design.backup.made() || !here.reachable() {
            return None;
        }
        let new = |message: &Message| message.held() & !message.backed_up() & device.bit() != 0;
        if !state.messages().any(new) {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.backups)?;
        self.record(&mut next, Row::of(Kind::BackedUp).from(device.owner()).by(device).at(here.place()));
        for (number, message) in state.messages().enumerate().filter(|(_, message)| new(message)) {
            next.message_mut(number).back_up(device);
            self.witness(&mut next, self.copy_of(message, number, device).at(here.place()));
        }
        Some(next)
    }

    /// What stands at the provider of a message in a device's backup: with whom it was exchanged only where the provider
    /// can open the backup.
    fn copy_of(&self, message: &Message, number: usize, device: Device) -> Row {
        let row = Row::copied(device, number);
        if !self.provider_opens_backups() {
            return row;
        }
        if message.honest() && message.device() == device {
            row.to(message.to()).finding(1)
        } else {
            row.to(message.author().address()).finding(2)
        }
    }

    /// The messages in the backups that the provider keeps, backup by backup.
    pub fn copies(&self, state: &State) -> impl Iterator<Item = Row> {
        let of = move |device: Device| {
            let kept = move |message: &&Message| message.backed_up() & device.bit() != 0;
            let numbered = state.messages().enumerate();
            numbered
                .filter(move |(_, message)| kept(message))
                .map(move |(number, message)| self.copy_of(message, number, device))
        };
        Device::ALL.into_iter().flat_map(of)
    }

    /// Whether the provider has the keys of the backups that it keeps.
    #[must_use]
    pub fn provider_opens_backups(&self) -> bool {
        match self.design.backup.key {
            BackupKey::None => false,
            BackupKey::Provider => true,
            BackupKey::EndToEnd => self.has(Flaw::BackupKeyLeftBehind),
        }
    }

    /// Whether an application of this kind to this holder asks for content that is held there: backups, or attachments.
    pub(crate) fn content_yields(&self, kind: OrderKind, at: Holder) -> bool {
        let held = self.design.backup.made() || self.design.attachments.made();
        held && at == Holder::Provider && kind.reaches_content()
    }
}
