//! **A message, from its submission on: who waits for a copy, who has one, and what became of the rest.**

mod rows;

use super::{MESSAGE_CAPACITY, OPERATOR_KEY};
use crate::action::Signer;
use crate::world::{Address, Device, User};

/// What sort of message it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageKind {
    /// No message.
    None,
    /// Submitted to push by a device whose owner pressed send.
    Platform,
    /// Handed to the carrier by a device whose owner pressed send.
    Sms,
    /// Composed by no device: put before a device by an adversary.
    Injected,
    /// Could not be sent at all; the sender was told.
    Failed,
}

impl MessageKind {
    const ALL: [Self; 5] = [Self::None, Self::Platform, Self::Sms, Self::Injected, Self::Failed];
}

/// What has become of a message so far. Whatever speaks of a message's end matches this and names every case, so that a rule
/// which gives messages another end has to say there what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// A copy of it waits, and nobody has accepted one.
    Waiting,
    /// Some device accepted it.
    Received,
    /// The sender was told that it was not delivered.
    Reported,
    /// No copy of it waits, nobody accepted one, and nobody said so.
    Lost,
}

/// A message, sent or injected, from its submission on. It is never forgotten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Message {
    /// In the lower half what sort of message it is, in the upper half the devices that fetched what is attached to it.
    sort: u8,
    /// Two bits each: who sent it, from which device, to which address; and, where a claim asks, which of the receiver's devices
    /// the directory did not list when it was sent.
    envelope: u8,
    /// The keys that it was encrypted for, and above them whether push gave it up, whether the sender was told of a failure, and
    /// whether something is attached to it.
    named: u8,
    /// In the lower half the devices that a copy still waits for, in the upper half those that altered copies were put before.
    waiting: u8,
    /// In the lower half the devices that accepted it, in the upper half those that took it and did not.
    arrived: u8,
    /// Days since submission, while a copy waits; 0 afterwards.
    pub age: u8,
    /// Days since the first receipt, saturating, where a claim asks; 0 otherwise.
    pub heard: u8,
    /// In the lower half whose message's body it carries, in the upper half the devices that had accepted it by the time at which
    /// the key that opens it was stolen from them.
    content: u8,
    /// In the lower half who signed it, in the upper half the devices that have put it into their backups.
    signed: u8,
}

/// The body that an adversary wrote, in the place of a message's number.
pub const FORGED_BODY: u8 = MESSAGE_CAPACITY as u8;

/// The devices' keys and the operator's, as a mask.
const ALL_KEYS: u8 = LOWER | OPERATOR_KEY;
/// Above the keys that a message was encrypted for, the bits of how it ended, and of what is attached to it.
const EXPIRED: u8 = OPERATOR_KEY << 1;
const TOLD: u8 = OPERATOR_KEY << 2;
const ATTACHED: u8 = OPERATOR_KEY << 3;

/// How far up in a byte a second mask of devices stands: of those that did not accept what they took, of those that have put
/// it into their backups, and so on.
const UPPER: u32 = Device::ALL.len() as u32;
/// The lower half of such a byte.
const LOWER: u8 = (1 << UPPER) - 1;

/// Where the marks of devices that are not listed begin, above the address that it was sent to.
const UNLISTED: usize = 6;

/// The mark of a device of the receiver's that is not listed.
fn unlisted(device: Device) -> u8 {
    1 << (UNLISTED + device.among_own())
}

/// Who, from which device, to which address, in two bits each.
const fn envelope(author: User, device: Device, to: Address) -> u8 {
    author as u8 | (device as u8) << 2 | (to as u8) << 4
}

impl Message {
    pub(super) const NONE: Self = Self {
        sort: 0,
        envelope: 0,
        named: 0,
        waiting: 0,
        arrived: 0,
        age: 0,
        heard: 0,
        content: 0,
        signed: 0,
    };

    /// A message that a person chose to send, from the device, with its body its own place; `named` is the mask
    /// of devices it was encrypted for, all of which still wait but for the operator's key.
    #[must_use]
    pub fn sent(kind: MessageKind, device: Device, to: Address, named: u8, body: usize) -> Self {
        Self {
            sort: kind as u8,
            envelope: envelope(device.owner(), device, to),
            signed: device as u8,
            named,
            waiting: if kind == MessageKind::Failed { 0 } else { named & !OPERATOR_KEY },
            content: body as u8,
            ..Self::NONE
        }
    }

    /// A message that nobody composed, which the device accepts as the claimed author's, or does not.
    #[must_use]
    pub fn injected(device: Device, claimed: User, body: u8, signer: Signer, accepted: bool) -> Self {
        Self {
            sort: MessageKind::Injected as u8,
            envelope: envelope(claimed, device, device.owner().address()),
            named: device.bit(),
            arrived: if accepted { device.bit() } else { device.bit() << UPPER },
            content: body,
            signed: match signer {
                Signer::Device(by) => by as u8,
                Signer::Adversary => Device::ALL.len() as u8,
            },
            ..Self::NONE
        }
    }

    /// All of it: a word, and what does not fit into it.
    pub(super) const fn words(&self) -> (u64, u8) {
        let Self { sort, envelope, named, waiting, arrived, age, heard, content, signed } = *self;
        let word = u64::from_le_bytes([sort, envelope, named, waiting, arrived, age, heard, content]);
        (word, signed)
    }

    /// What sort of message it is.
    #[must_use]
    pub const fn kind(&self) -> MessageKind {
        MessageKind::ALL[(self.sort & LOWER) as usize % MessageKind::ALL.len()]
    }

    /// Whether a person chose to send it.
    #[must_use]
    pub const fn honest(&self) -> bool {
        matches!(self.kind(), MessageKind::Platform | MessageKind::Sms | MessageKind::Failed)
    }

    /// Who sent it, or is claimed to have sent it.
    #[must_use]
    pub const fn author(&self) -> User {
        User::ALL[(self.envelope & 3) as usize]
    }

    /// The device that sent it; for an injected one, the device that it was put before.
    #[must_use]
    pub const fn device(&self) -> Device {
        Device::ALL[(self.envelope >> 2 & 3) as usize]
    }

    /// Who signed it.
    #[must_use]
    pub fn signer(&self) -> Signer {
        Device::ALL.get((self.signed & LOWER) as usize).map_or(Signer::Adversary, |&by| Signer::Device(by))
    }

    /// Whose message's body it carries: a message's place, or [`FORGED_BODY`].
    #[must_use]
    pub const fn body(&self) -> u8 {
        self.content & LOWER
    }

    /// The address that it was sent to.
    #[must_use]
    pub const fn to(&self) -> Address {
        Address::ALL[(self.envelope >> 4 & 3) as usize]
    }

    /// The devices that it was encrypted for.
    #[must_use]
    pub const fn named(&self) -> u8 {
        self.named & ALL_KEYS
    }

    /// The receiver's devices that the directory did not list when it was sent, where a claim asks.
    #[must_use]
    pub fn unlisted(&self) -> u8 {
        let own = Device::ALL.into_iter().filter(|device| device.owner() == self.to().owner());
        let marked = own.filter(|device| self.envelope & unlisted(*device) != 0);
        marked.fold(0, |mask, device| mask | device.bit())
    }

    /// Notes that the directory does not list the receiver's device when it is sent.
    pub fn send_past(&mut self, device: Device) {
        self.envelope |= unlisted(device);
    }

    /// The devices that a copy still waits for.
    #[must_use]
    pub const fn waiting(&self) -> u8 {
        self.waiting & LOWER
    }

    /// The devices that altered copies of it were put before.
    #[must_use]
    pub const fn altered(&self) -> u8 {
        self.waiting >> UPPER
    }

    /// The devices that had accepted it when the key that opens it was stolen from them.
    #[must_use]
    pub const fn read_before_theft(&self) -> u8 {
        self.content >> UPPER
    }

    /// The devices that received and accepted it.
    #[must_use]
    pub const fn received(&self) -> u8 {
        self.arrived & LOWER
    }

    /// The devices that took a copy and did not accept it, so far.
    #[must_use]
    pub const fn refused(&self) -> u8 {
        self.arrived >> UPPER
    }

    /// The devices that hold it: the one that sent it, and those that accepted it.
    #[must_use]
    pub const fn held(&self) -> u8 {
        let sender = if self.honest() { self.device().bit() } else { 0 };
        sender | self.received()
    }

    /// The devices whose backups have it.
    #[must_use]
    pub const fn backed_up(&self) -> u8 {
        self.signed >> UPPER
    }

    /// Whether its author attached something to it.
    #[must_use]
    pub const fn attached(&self) -> bool {
        self.named & ATTACHED != 0
    }

    /// The devices that have fetched what is attached to it from the provider's store.
    #[must_use]
    pub const fn fetched(&self) -> u8 {
        self.sort >> UPPER
    }

    /// Whether the provider's store holds what is attached to it: what went by SMS, or not at all, was never put there.
    #[must_use]
    pub fn stored(&self) -> bool {
        self.attached() && self.kind() == MessageKind::Platform
    }

    /// Whether what is attached to it is on the device: on the one that sent it, or on one that fetched it, or took it by SMS.
    #[must_use]
    pub fn has_file(&self, device: Device) -> bool {
        let taken = if self.kind() == MessageKind::Sms { self.received() } else { self.fetched() };
        let sender = if self.honest() { self.device().bit() } else { 0 };
        self.attached() && (sender | taken) & device.bit() != 0
    }

    /// Whether push gave it up.
    #[must_use]
    pub const fn expired(&self) -> bool {
        self.named & EXPIRED != 0
    }

    /// Whether the sender was told of a failure.
    #[must_use]
    pub const fn told(&self) -> bool {
        self.named & TOLD != 0
    }

    /// The sender is told of the failure.
    pub fn tell(&mut self) {
        self.named |= TOLD;
    }

    /// What has become of it so far.
    #[must_use]
    pub const fn fate(&self) -> Fate {
        match (self.received() != 0, self.told(), self.waiting() != 0) {
            (true, ..) => Fate::Received,
            (false, true, _) => Fate::Reported,
            (false, false, true) => Fate::Waiting,
            (false, false, false) => Fate::Lost,
        }
    }

    /// The same message, with something attached to it or not.
    #[must_use]
    pub const fn with_attachment(self, attached: bool) -> Self {
        Self { named: if attached { self.named | ATTACHED } else { self.named & !ATTACHED }, ..self }
    }

    /// Notes that the device has fetched what is attached to it.
    pub fn fetch(&mut self, device: Device) {
        self.sort |= device.bit() << UPPER;
    }

    /// The message, with what is attached to it fetched by those devices that fetched it of the other one.
    #[must_use]
    pub const fn fetched_as(self, other: &Self) -> Self {
        Self { sort: self.sort & LOWER | other.sort & !LOWER, ..self }
    }

    /// Puts it into the device's backup.
    pub fn back_up(&mut self, device: Device) {
        self.signed |= device.bit() << UPPER;
    }

    /// The message, in those backups that the other one is in.
    #[must_use]
    pub const fn backed_up_as(self, other: &Self) -> Self {
        Self { signed: self.signed & LOWER | other.signed & !LOWER, ..self }
    }

    /// Notes that altered copies of it were put before the device.
    pub fn alter(&mut self, device: Device) {
        self.waiting |= device.bit() << UPPER;
    }

    /// Notes that the key which opens it is stolen from the device now, if that has accepted it by now.
    pub fn precede_theft(&mut self, device: Device) {
        self.content |= (self.received() & device.bit()) << UPPER;
    }

    /// The message, with the marks of what was read before a theft that the other one has.
    #[must_use]
    pub const fn robbed_as(self, other: &Self) -> Self {
        Self { content: self.content & LOWER | other.content & !LOWER, ..self }
    }

    /// Takes the device's copy, which it accepted, off the queue.
    pub fn hand_over(&mut self, device: Device) {
        self.waiting &= !device.bit();
        self.arrived &= !(device.bit() << UPPER);
        self.arrived |= device.bit();
        if self.waiting() == 0 {
            self.age = 0;
        }
    }

    /// Notes that the device took its copy and did not accept it; the copy stays in the queue.
    pub fn refuse(&mut self, device: Device) {
        self.arrived |= device.bit() << UPPER;
    }

    /// Gives up all copies that still wait.
    pub fn give_up(&mut self) {
        self.waiting &= !LOWER;
        self.age = 0;
        self.named |= EXPIRED;
    }
}
