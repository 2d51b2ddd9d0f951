//! **Calls between the devices of two people.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls {
    /// Which way what is said goes.
    pub media: Media,
}

/// Which way what is said in a call goes. It is encrypted between the two devices either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Media {
    /// None: there are no calls.
    None,
    /// From device to device.
    PeerToPeer,
    /// Through a relay of the provider's.
    Relayed,
}

impl Calls {
    /// Whether there are any.
    #[must_use]
    pub fn made(&self) -> bool {
        self.media != Media::None
    }
}
