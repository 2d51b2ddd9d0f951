//! **What the provider publishes of the demands that it is served with.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the provider publishes of the demands that it is served with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Which numbers.
    pub publishes: Publishes,
    /// How many numbers a band has, at least 1: of a number that is published in bands, its band is all that is said.
    pub band: u16,
}

/// Which numbers of demands a report gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Publishes {
    /// None: there is no report.
    Nothing,
    /// One number, in bands, of demands of both sorts together.
    Lumped,
    /// Two numbers: demands in criminal matters as they are, and those for national security in bands.
    Separate,
}

/// The widest band that a report can have.
pub const MAX_BAND: u16 = 10_000;

impl Report {
    /// Whether there is one.
    #[must_use]
    pub fn made(&self) -> bool {
        self.publishes != Publishes::Nothing
    }

    /// What is published of so many demands in criminal matters and so many for national security: of each number that the
    /// report gives, the number of its band, counted from 0. A number that is given as it is is a band of its own. `None` where
    /// there is no report.
    #[must_use]
    pub const fn of(&self, criminal: u16, security: u16) -> Option<[u16; 2]> {
        match self.publishes {
            Publishes::Nothing => None,
            Publishes::Lumped => Some([criminal.saturating_add(security) / self.band, 0]),
            Publishes::Separate => Some([criminal, security / self.band]),
        }
    }
}
