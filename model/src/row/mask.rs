//! **Which fields of a row somebody gets to see, or a log gets to record.**

use super::{AGE, Bits, DETAIL, DEVICE, DISCLOSED, FOUND, FROZEN, INDEX, KIND, PLACE, SOURCE, TARGET};
use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which fields of a row somebody gets to see, or a log gets to record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask(pub(super) u32);

impl Mask {
    /// Only what kind of row it is and which log it stands in.
    pub const KIND: Self = Self::none().and(KIND).and(INDEX);
    /// Everything.
    pub const ALL: Self = Self(u32::MAX);

    const fn none() -> Self {
        Self(0)
    }

    const fn and(self, bits: Bits) -> Self {
        Self(self.0 | (((1 << bits.width) - 1) << bits.at))
    }

    /// This mask, and the field that a log's `fields` may name.
    #[must_use]
    pub const fn with(self, field: Field) -> Self {
        match field {
            Field::Day => self.and(AGE),
            Field::Source => self.and(SOURCE),
            Field::Target => self.and(TARGET),
            Field::Address => self.and(PLACE),
            Field::Devices => self.and(FOUND),
            Field::Device => self.and(DEVICE),
            Field::Trigger | Field::Outcome | Field::Blob => self.and(DETAIL),
        }
    }

    /// This mask without the detail.
    #[must_use]
    pub const fn without_detail(self) -> Self {
        Self(self.0 & !(((1 << DETAIL.width) - 1) << DETAIL.at))
    }

    /// This mask without the age.
    #[must_use]
    pub const fn without_age(self) -> Self {
        Self(self.0 & !(((1 << AGE.width) - 1) << AGE.at))
    }

    /// This mask and the marks that a store keeps beside a row: frozen, disclosed.
    #[must_use]
    pub const fn and_marks(self) -> Self {
        self.and(FROZEN).and(DISCLOSED)
    }
}

/// A field that a log may record.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The day on which it happened.
    Day,
    /// The user who acted.
    Source,
    /// The address acted upon.
    Target,
    /// The network address that the device used, which stands for its place.
    #[serde(rename = "ip")]
    Address,
    /// How many devices the directory named.
    Devices,
    /// Which device acted.
    Device,
    /// What made the device ask the directory. No log of the sources records it.
    Trigger,
    /// What became of a call: what a device said of the invitation, or how long the media passed.
    Outcome,
    /// Where in the store the blob stands that was put there or fetched: an address that says nothing but that it is the same.
    Blob,
}
