//! **What the directory's operator did to an entry, and what a device remembers of the directory's answer.**

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
