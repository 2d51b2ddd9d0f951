//! **The demands that the provider was served with in the time that a report is about.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a demand for a user's data is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A criminal matter, a missing person, a theft: whatever the police ask about.
    Criminal,
    /// National security.
    NationalSecurity,
}

impl Purpose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Criminal, Self::NationalSecurity];

    /// Its words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Criminal => "in a criminal matter",
            Self::NationalSecurity => "for national security",
        }
    }
}

/// How many demands there were, and whether the report about them is out, in bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Tally(u8);

/// Bits of each of the two numbers; what is above them says whether the report is out.
const BITS: u32 = 3;
/// The most demands of a sort that can be counted.
const MOST: u16 = (1 << BITS) - 1;

impl Tally {
    /// All of it.
    pub(super) const fn byte(self) -> u8 {
        self.0
    }

    /// How many demands there were for this purpose, at most 7.
    #[must_use]
    pub const fn of(self, purpose: Purpose) -> u16 {
        (self.0 >> (BITS * purpose as u32)) as u16 & MOST
    }

    /// How many there were of both sorts.
    #[must_use]
    pub const fn total(self) -> u16 {
        self.of(Purpose::Criminal) + self.of(Purpose::NationalSecurity)
    }

    /// One more for this purpose; no more than can be counted.
    pub(crate) fn add(&mut self, purpose: Purpose) {
        if self.of(purpose) < MOST {
            self.0 += 1 << (BITS * purpose as u32);
        }
    }

    /// Whether the report is out.
    #[must_use]
    pub const fn published(self) -> bool {
        self.0 >> (2 * BITS) != 0
    }

    /// The report comes out.
    pub(crate) fn publish(&mut self) {
        self.0 |= 1 << (2 * BITS);
    }
}
