//! **What the directory's operator did to an entry, and what a device remembers of the directory's answer.**

use crate::world::{Address, Pair};

/// What the directory's operator did to an address's entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Tampering {
    /// Nothing.
    #[default]
    None,
    /// A key of the operator's is listed beside the owner's.
    Added,
    /// The operator's keys are listed in place of the owner's.
    Swapped,
}

/// What the directory's operator did to the entries of all addresses: two bits each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Entries(u8);

impl Entries {
    /// All of it.
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// What the operator did to this address's entry.
    #[must_use]
    pub const fn of(self, address: Address) -> Tampering {
        match self.0 >> (2 * address as u32) & 3 {
            0 => Tampering::None,
            1 => Tampering::Added,
            _ => Tampering::Swapped,
        }
    }

    /// Notes what the operator does to an address's entry, to which nothing has been done so far.
    pub const fn tamper(&mut self, address: Address, how: Tampering) {
        self.0 |= (how as u8) << (2 * address as u32);
    }
}

/// Between whom keys were compared, and what came of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Comparisons {
    made: u8,
    foreign: u8,
}

impl Comparisons {
    /// All of it.
    pub(super) const fn bytes(self) -> [u8; 2] {
        let Self { made, foreign } = self;
        [made, foreign]
    }

    /// Whether a device of the one has been held to the keys of the other.
    #[must_use]
    pub const fn made(self, pair: Pair) -> bool {
        self.made & pair.bit() != 0
    }

    /// Whether that device then had a key for the other that is not the other's.
    #[must_use]
    pub const fn foreign(self, pair: Pair) -> bool {
        self.foreign & pair.bit() != 0
    }

    /// Notes that a device of the one was held to the keys of the other, and whether it had one that is not the other's.
    pub const fn make(&mut self, pair: Pair, foreign: bool) {
        self.made |= pair.bit();
        self.foreign |= if foreign { pair.bit() } else { 0 };
    }
}

/// The bit of the operator's own key in a mask of devices.
pub const OPERATOR_KEY: u8 = 1 << 4;

/// What a device remembers of the directory's answer about an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Cached {
    /// Days since the answer, saturating one past the days that the cache keeps it fresh.
    pub age: u8,
    bits: u8,
}

impl Cached {
    /// All of it.
    pub(super) const fn bytes(self) -> [u8; 2] {
        let Self { age, bits } = self;
        [age, bits]
    }

    const KNOWN: u8 = 1 << 7;

    /// An answer of today that names these devices: a mask, with [`OPERATOR_KEY`] for the operator's key.
    #[must_use]
    pub const fn today(named: u8) -> Self {
        Self { age: 0, bits: named | Self::KNOWN }
    }

    /// Whether there is an answer, fresh or stale.
    #[must_use]
    pub const fn known(self) -> bool {
        self.bits & Self::KNOWN != 0
    }

    /// The devices that the answer names: a mask, with [`OPERATOR_KEY`] for the operator's key.
    #[must_use]
    pub const fn named(self) -> u8 {
        self.bits & !Self::KNOWN
    }
}
