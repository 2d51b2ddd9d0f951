//! **The private keys of a device, and what it takes to steal them.**

use crate::design::Capability;
use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A private key of a device's.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PrivateKey {
    /// What opens the messages that are encrypted for the device; where each has a key of its own, all that are there.
    Decryption,
    /// What signs the messages that are sent from it.
    Signing,
}

impl PrivateKey {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Decryption, Self::Signing];

    /// The capability that it takes to steal one.
    #[must_use]
    pub const fn theft(self) -> Capability {
        match self {
            Self::Decryption => Capability::StealDecryptionKey,
            Self::Signing => Capability::StealSigningKey,
        }
    }

    /// The key's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decryption => "decryption key",
            Self::Signing => "signing key",
        }
    }
}
