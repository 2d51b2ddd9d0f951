//! **One line of a log or of an observer's memory, in 32 bits.**
//!
//! A row says what kind of thing happened, how many days ago, between whom, and whatever else its log records.
//! A field that a log does not record is zero in the row, so two worlds that differ only in it have the same
//! log. Ages rather than dates are stored; the day itself is a part of every view, so nothing is lost by that.
//!
//! Nobody acts in a court's decision from a device at some place. Its row holds the terms of the order in those bits. Nor does
//! a tap learn who writes to whom: what it sees of an exchange has a shape in the bits that name the two in other rows.

mod blob;
mod kind;
mod mask;
mod rows;

pub use kind::{Kind, Numbered};
pub use mask::{Field, Mask};
pub use rows::Rows;

use crate::action::PrivateKey;
use crate::design::{Holder, MAX_LOGS, OrderKind, Trigger};
use crate::rules::calls::Signal;
use crate::rules::legal::Ground;
use crate::scope::Span;
use crate::state::{MESSAGE_CAPACITY, ORDER_CAPACITY};
use crate::view::Shape;
use crate::world::{Address, Device, Place, User};
use enumset::EnumSetType;

/// The detail of a row in which the sender's own device reports that it could not send: nobody else hears of it.
pub const TOLD_BY_THE_DEVICE: u8 = 1;

/// The detail of an injected message that the device did not accept: its owner sees nothing of it.
pub const NOT_ACCEPTED: u8 = 1;

/// The most days that a period of a design can have.
pub const MAX_DAYS: u16 = 250;

/// The most days that an age or a clock can count, where it saturates. It is more than any period, so that what outlives
/// its period can be told from what does not; and no run that ends is longer (see [`crate::service::SetupError::TooManyDays`]).
pub const MAX_AGE: u16 = u8::MAX as u16;

/// A packed row. The accessors say what each field means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Row(u32);

#[derive(Clone, Copy)]
struct Bits {
    at: u32,
    width: u32,
}

const KIND: Bits = Bits { at: 0, width: 6 };
const AGE: Bits = Bits { at: 6, width: 8 };
const TARGET: Bits = Bits { at: 14, width: 3 };
const SOURCE: Bits = Bits { at: 17, width: 2 };
/// In place of the two before it, in a row about an exchange: a tap learns no handles.
const SHAPE: Bits = Bits { at: 14, width: 5 };
const DEVICE: Bits = Bits { at: 19, width: 2 };
const PLACE: Bits = Bits { at: 21, width: 1 };
/// In place of the three before it, in a row about an application.
const TERMS: Bits = Bits { at: 17, width: 5 };
const FOUND: Bits = Bits { at: 22, width: 2 };
const DETAIL: Bits = Bits { at: 24, width: 3 };
const INDEX: Bits = Bits { at: 27, width: 2 };
/// A bit for each [`Party`].
const FROZEN: Bits = Bits { at: 29, width: 2 };
const DISCLOSED: Bits = Bits { at: 31, width: 1 };

/// Each field has room for all that it names; where one value stands for "none", for one more.
const _: () = {
    assert!(Kind::ALL.len() <= 1 << KIND.width);
    assert!(Address::ALL.len() < 1 << TARGET.width);
    assert!(User::ALL.len() < 1 << SOURCE.width);
    assert!(Device::ALL.len() <= 1 << DEVICE.width && Device::ALL.len() <= 1 << FOUND.width);
    assert!(Place::ALL.len() <= 1 << PLACE.width);
    assert!(Span::ALL.len() * Span::ALL.len() <= 1 << TERMS.width);
    assert!(OrderKind::ALL.len() <= 1 << FOUND.width && ORDER_CAPACITY <= 1 << FOUND.width);
    assert!(Shape::ALL.len() <= 1 << SHAPE.width && SHAPE.width == TARGET.width + SOURCE.width);
    assert!(Ground::ALL.len() < 1 << DETAIL.width && Signal::ALL.len() < 1 << DETAIL.width);
    assert!((Trigger::Receive as usize + 1) < 1 << DETAIL.width && MESSAGE_CAPACITY < 1 << DETAIL.width);
    assert!(PrivateKey::ALL.len() <= 1 << DETAIL.width);
    assert!(MAX_LOGS <= 1 << INDEX.width && MESSAGE_CAPACITY <= 1 << INDEX.width);
    assert!(Holder::ALL.len() <= 1 << INDEX.width);
};

/// A part that somebody has in a row, for which a request to preserve can name it.
#[derive(Debug, EnumSetType)]
pub enum Party {
    /// Whoever acted.
    Source,
    /// Whoever was acted upon.
    Target,
}

impl Row {
    const fn get(self, bits: Bits) -> u32 {
        (self.0 >> bits.at) & ((1 << bits.width) - 1)
    }

    const fn with(self, bits: Bits, value: u32) -> Self {
        let mask = ((1 << bits.width) - 1) << bits.at;
        Self((self.0 & !mask) | ((value << bits.at) & mask))
    }

    /// A row of this kind, of today, with all other fields empty.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self(0).with(KIND, kind as u32)
    }

    /// The packed bits: equal for equal rows, ordered in no meaningful way.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// What the row is about.
    #[must_use]
    pub fn kind(self) -> Kind {
        Kind::ALL[self.get(KIND) as usize % Kind::ALL.len()]
    }

    /// How many days ago it was written, at most [`MAX_AGE`].
    #[must_use]
    pub const fn age(self) -> u16 {
        self.get(AGE) as u16
    }

    /// The same row, so many days old (saturating at [`MAX_AGE`]).
    #[must_use]
    pub fn aged(self, days: u16) -> Self {
        self.with(AGE, u32::from(days.min(MAX_AGE)))
    }

    /// Whether it is about an application, so that it has terms and nobody acts in it from anywhere.
    const fn has_terms(self) -> bool {
        let kind = self.get(KIND);
        kind == Kind::Granted as u32 || kind == Kind::Refused as u32
    }

    const fn of_an_act(self, bits: Bits) -> u32 {
        if self.has_terms() { 0 } else { self.get(bits) }
    }

    /// Whether it is about an exchange, so that it has a shape and names nobody.
    const fn has_shape(self) -> bool {
        self.get(KIND) == Kind::Exchange as u32
    }

    const fn of_a_party(self, bits: Bits) -> u32 {
        if self.has_shape() { 0 } else { self.get(bits) }
    }

    /// Who acted; `None` when the row does not say.
    #[must_use]
    pub fn source(self) -> Option<User> {
        let stored = if self.has_terms() { 0 } else { self.of_a_party(SOURCE) as usize };
        User::ALL.get(stored.wrapping_sub(1)).copied()
    }

    /// The same row with its source.
    #[must_use]
    pub const fn from(self, user: User) -> Self {
        self.with(SOURCE, user as u32 + 1)
    }

    /// In a row about an application, how far back it asks and for how long it is to run. `None` in other rows.
    #[must_use]
    pub fn terms(self) -> Option<(Span, Span)> {
        let spans = Span::ALL.len();
        let code = self.get(TERMS) as usize;
        let terms = (*Span::ALL.get(code / spans)?, Span::ALL[code % spans]);
        self.has_terms().then_some(terms)
    }

    /// The same row about an application, with its terms: how far back it asks, and for how long it is to run.
    #[must_use]
    pub const fn on_terms(self, since: Span, runs: Span) -> Self {
        self.with(TERMS, since as u32 * Span::ALL.len() as u32 + runs as u32)
    }

    /// In a row about an exchange, its shape. `None` in other rows.
    #[must_use]
    pub fn shape(self) -> Option<Shape> {
        Shape::ALL.get(self.get(SHAPE) as usize).copied().filter(|_| self.has_shape())
    }

    /// The same row about an exchange, with its shape.
    #[must_use]
    pub const fn shaped(self, shape: Shape) -> Self {
        self.with(SHAPE, shape as u32)
    }

    /// The address acted upon; `None` when the row names none, or everyone.
    #[must_use]
    pub fn target(self) -> Option<Address> {
        let stored = self.of_a_party(TARGET) as usize;
        Address::ALL.get(stored.wrapping_sub(1)).copied()
    }

    /// The same row with its target.
    #[must_use]
    pub const fn to(self, address: Address) -> Self {
        self.with(TARGET, address as u32 + 1)
    }

    /// The device that acted; the first of all where the row does not say.
    #[must_use]
    pub const fn device(self) -> Device {
        Device::ALL[self.of_an_act(DEVICE) as usize]
    }

    /// The same row with its device.
    #[must_use]
    pub const fn by(self, device: Device) -> Self {
        self.with(DEVICE, device as u32)
    }

    /// Where the device was; at home where the row does not say.
    #[must_use]
    pub const fn place(self) -> Place {
        Place::ALL[self.of_an_act(PLACE) as usize]
    }

    /// The same row with its place.
    #[must_use]
    pub const fn at(self, place: Place) -> Self {
        self.with(PLACE, place as u32)
    }

    /// How many devices the directory named, at most 3; in a row of the law, the kind of the order applied for, or the
    /// number of the order that is extended or served.
    #[must_use]
    pub const fn found(self) -> u32 {
        self.get(FOUND)
    }

    /// The same row with such a number (at most 3).
    #[must_use]
    pub fn finding(self, devices: u32) -> Self {
        self.with(FOUND, devices.min(3))
    }

    /// In a row about a call, the device at its other end.
    #[must_use]
    pub const fn other_end(self) -> Device {
        Device::ALL[self.get(FOUND) as usize]
    }

    /// The same row about a call, with the device at its other end.
    #[must_use]
    pub const fn towards(self, device: Device) -> Self {
        self.with(FOUND, device as u32)
    }

    /// A detail whose meaning depends on the kind: why a lookup was made, why an application was refused,
    /// what a disclosure rests on, what became of a call.
    #[must_use]
    pub const fn detail(self) -> u8 {
        self.get(DETAIL) as u8
    }

    /// The same row with its detail (below 8).
    #[must_use]
    pub const fn because(self, detail: u8) -> Self {
        self.with(DETAIL, detail as u32)
    }

    /// In a log, which of the design's logs; in a memory, which message or which holder's order.
    #[must_use]
    pub const fn index(self) -> usize {
        self.get(INDEX) as usize
    }

    /// In a memory, the place of the message that the row is about; `None` in a row about none.
    #[must_use]
    pub fn message(self) -> Option<usize> {
        (self.kind().numbered() == Numbered::Message).then_some(self.index())
    }

    /// In a memory, whose order, whose court's decision or whose disclosure the row is about; `None` in other rows.
    #[must_use]
    pub fn holder(self) -> Option<Holder> {
        let holder = Holder::ALL.get(self.index()).copied();
        holder.filter(|_| self.kind().numbered() == Numbered::Holder)
    }

    /// In a log that records texts, the place of the message whose text the row records.
    #[must_use]
    pub fn text(self) -> Option<u8> {
        if self.kind() == Kind::Submitted { self.detail().checked_sub(1) } else { None }
    }

    /// A message, by its place, in a device's backup; with whom it was exchanged the row does not say.
    #[must_use]
    pub const fn copied(device: Device, message: usize) -> Self {
        Self::of(Kind::BackedUp).from(device.owner()).by(device).because(message as u8 + 1)
    }

    /// In a row about a backup, the place of the message in it. A log records that a backup was made, and no message of it.
    #[must_use]
    pub fn copy(self) -> Option<u8> {
        if self.kind() == Kind::BackedUp { self.detail().checked_sub(1) } else { None }
    }

    /// In a row about a theft, which of the device's keys was stolen.
    #[must_use]
    pub fn stolen_key(self) -> Option<PrivateKey> {
        if self.kind() == Kind::KeyStolen {
            PrivateKey::ALL.get(usize::from(self.detail())).copied()
        } else {
            None
        }
    }

    /// The same row, which says whether it holds a text or a blob's address, and not which: neither bears a number.
    #[must_use]
    pub fn without_text(self) -> Self {
        if self.text().or(self.copy()).or(self.blob()).is_some() { self.because(1) } else { self }
    }

    /// The same row with its index (below 4).
    #[must_use]
    pub const fn indexed(self, index: usize) -> Self {
        self.with(INDEX, index as u32)
    }

    /// Whether a preservation request names this row.
    #[must_use]
    pub const fn frozen(self) -> bool {
        self.get(FROZEN) != 0
    }

    /// Whether a preservation request about this party names the row.
    #[must_use]
    pub const fn frozen_for(self, party: Party) -> bool {
        self.get(FROZEN) & 1 << party as u32 != 0
    }

    /// The same row, named by a preservation request about this party or not.
    #[must_use]
    pub const fn freeze_for(self, party: Party, frozen: bool) -> Self {
        let others = self.get(FROZEN) & !(1 << party as u32);
        self.with(FROZEN, others | (frozen as u32) << party as u32)
    }

    /// The same row, named by no preservation request.
    #[must_use]
    pub const fn thawed(self) -> Self {
        self.with(FROZEN, 0)
    }

    /// In a log: whether the row was disclosed under the running order. In a memory: whether it is a log's row
    /// that was disclosed, rather than something seen.
    #[must_use]
    pub const fn disclosed(self) -> bool {
        self.get(DISCLOSED) == 1
    }

    /// The same row, disclosed or not.
    #[must_use]
    pub const fn disclose(self, disclosed: bool) -> Self {
        self.with(DISCLOSED, disclosed as u32)
    }

    /// The row with the fields that the mask leaves, and all others empty.
    #[must_use]
    pub const fn masked(self, mask: Mask) -> Self {
        Self(self.0 & mask.0)
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({}d", self.kind(), self.age())?;
        write!(f, " {:?}->{:?} {:?}", self.source(), self.target(), self.device())?;
        write!(f, " {:?} n{} d{} i{}", self.place(), self.found(), self.detail(), self.index())?;
        if let Some(shape) = self.shape() {
            write!(f, " {shape:?}")?;
        }
        write!(
            f,
            "{}{})",
            if self.frozen() { " frozen" } else { "" },
            if self.disclosed() { " out" } else { "" }
        )
    }
}
