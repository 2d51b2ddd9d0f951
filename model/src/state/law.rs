//! **The orders that were granted, and the requests to preserve, in force or not.**

use crate::design::{Holder, OrderKind};
use crate::world::User;

/// What became of an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OrderStatus {
    /// It runs.
    Running,
    /// Its validity has ended.
    Ended,
}

/// A granted order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Order {
    /// Whether there is one, its kind, its target, its holder, and how often it was extended, in bits.
    bits: u8,
    /// Days since it was granted, saturating.
    pub age: u8,
    /// For how many days after the grant it runs, the last inclusive, extensions included.
    pub runs: u8,
    /// How many days before the grant the period asked about begins.
    pub since: u8,
}

/// How far up in an order's bits its kind, its target (3 for everyone), its holder and its extensions stand.
const KIND: u8 = 1;
const TARGET: u8 = 3;
const HOLDER: u8 = 5;
const EXTENDED: u8 = 6;
/// The target that stands for everyone.
const EVERYONE: u8 = 3;

impl Order {
    /// All of it.
    pub(super) const fn bytes(self) -> [u8; 4] {
        let Self { bits, age, runs, since } = self;
        [bits, age, runs, since]
    }

    /// An order granted today.
    #[must_use]
    pub fn granted(kind: OrderKind, at: Holder, target: Option<User>, since: u8, runs: u8) -> Self {
        let target = target.map_or(EVERYONE, |user| user as u8);
        let bits = 1 | (kind as u8) << KIND | target << TARGET | (at as u8) << HOLDER;
        Self { bits, age: 0, runs, since }
    }

    /// Whether this is an order at all, and not a place for one.
    #[must_use]
    pub const fn exists(&self) -> bool {
        self.bits & 1 != 0
    }

    /// What kind of order it is.
    #[must_use]
    pub const fn kind(&self) -> OrderKind {
        OrderKind::ALL[(self.bits >> KIND & 3) as usize]
    }

    /// Who has to serve it.
    #[must_use]
    pub const fn at(&self) -> Holder {
        Holder::ALL[(self.bits >> HOLDER & 1) as usize]
    }

    /// The user it names; `None` means everyone.
    #[must_use]
    pub fn target(&self) -> Option<User> {
        User::ALL.get(usize::from(self.bits >> TARGET & 3)).copied()
    }

    /// How often it was extended, at most 3.
    #[must_use]
    pub const fn extended(&self) -> u8 {
        self.bits >> EXTENDED
    }

    /// Extends it once more, by so many days.
    pub fn extend(&mut self, days: u8) {
        self.bits += 1 << EXTENDED;
        self.runs = self.runs.saturating_add(days);
    }

    /// Whether it is in force.
    #[must_use]
    pub const fn running(&self) -> bool {
        self.exists() && self.age <= self.runs
    }

    /// What became of it.
    #[must_use]
    pub const fn status(&self) -> OrderStatus {
        if self.running() { OrderStatus::Running } else { OrderStatus::Ended }
    }
}

/// A request to preserve what exists about one user, in force or not. Whoever it is about, it is told by its place among
/// [`super::State::requests`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Preservation {
    /// Days since it was made or renewed.
    pub age: u8,
    /// Days since it was first made: rows older than that existed then, and younger ones did not.
    pub made: u8,
    /// 0 when it is not in force, else one more than the number of its renewals.
    phase: u8,
}

impl Preservation {
    /// All of it.
    pub(super) const fn bytes(self) -> [u8; 3] {
        let Self { age, made, phase } = self;
        [age, made, phase]
    }

    /// A request made today.
    pub const TODAY: Self = Self { age: 0, made: 0, phase: 1 };

    /// Whether it is in force.
    #[must_use]
    pub const fn in_force(&self) -> bool {
        self.phase != 0
    }

    /// How often it was renewed.
    #[must_use]
    pub const fn renewed(&self) -> u8 {
        self.phase.saturating_sub(1)
    }

    /// Renews it today.
    pub fn renew(&mut self) {
        self.age = 0;
        self.phase += 1;
    }
}
