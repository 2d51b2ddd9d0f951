//! **What a step can need that a state may lack, in bits, so that what is out of the question is not tried.**
//!
//! Of the actions of a scope few are enabled in any one state: for most of the others the bound is spent, or what they
//! are about is not there yet. Left out: all else that a rule asks for, which only the rule knows.

use super::{Budget, CALL_CAPACITY, MESSAGE_CAPACITY, MessageKind, ORDER_CAPACITY, State};
use crate::world::Device;

/// What there is in a state, or what a step cannot do without: a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Means {
    /// What of the budget is not spent.
    budget: u64,
    /// The copies and SMS that wait, the calls and orders that there are, and the devices with a draft.
    things: u64,
}

/// Where the bits of things begin.
const COPIES: usize = 0;
const SMS: usize = COPIES + MESSAGE_CAPACITY * DEVICES;
const CALLS: usize = SMS + MESSAGE_CAPACITY;
const ORDERS: usize = CALLS + CALL_CAPACITY;
const DRAFTS: usize = ORDERS + ORDER_CAPACITY;
const _: () = assert!(DRAFTS + DEVICES <= u64::BITS as usize);

const DEVICES: usize = Device::ALL.len();

impl Means {
    /// Something of each of these counts.
    pub(crate) fn some_of(budget: Budget) -> Self {
        Self { budget: budget.left(), things: 0 }
    }

    /// Also a copy of the message of this number that waits for this device.
    pub(crate) const fn and_copy(self, number: u8, device: Device) -> Self {
        self.and(COPIES + number as usize * DEVICES + device as usize)
    }

    /// Also that the message of this number is an SMS that waits.
    pub(crate) const fn and_sms(self, number: u8) -> Self {
        self.and(SMS + number as usize)
    }

    /// Also the call of this number.
    pub(crate) const fn and_call(self, number: u8) -> Self {
        self.and(CALLS + number as usize)
    }

    /// Also the order of this number.
    pub(crate) const fn and_order(self, number: u8) -> Self {
        self.and(ORDERS + number as usize)
    }

    /// Also an open draft on this device.
    pub(crate) const fn and_draft(self, device: Device) -> Self {
        self.and(DRAFTS + device as usize)
    }

    const fn and(self, thing: usize) -> Self {
        Self { things: self.things | 1 << thing, ..self }
    }

    /// Whether a state with these means has all that is needed.
    #[inline]
    pub(crate) const fn suffice(self, needed: Self) -> bool {
        (needed.budget & !self.budget) | (needed.things & !self.things) == 0
    }
}

impl State {
    /// What steps may need and this state has.
    pub(crate) fn means(&self) -> Means {
        let (mut copies, mut sms) = (0, 0);
        for message in self.messages.iter().rev() {
            let (kind, waiting) = (message.kind(), u64::from(message.waiting()));
            copies = copies << DEVICES | if kind == MessageKind::Platform { waiting } else { 0 };
            sms = sms << 1 | u64::from(kind == MessageKind::Sms && waiting != 0);
        }
        let first = |count: usize| (1_u64 << count) - 1;
        let drafts =
            self.devices.iter().rev().fold(0, |bits, device| bits << 1 | u64::from(device.draft().is_some()));
        let things = copies << COPIES
            | sms << SMS
            | first(self.calls().count()) << CALLS
            | first(self.orders().len()) << ORDERS
            | drafts << DRAFTS;
        Means { budget: self.budget.left(), things }
    }
}
