//! **How a message is encrypted for a device, and for how long the key to it lives.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The encryption of messages over the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encryption {
    /// What a device makes of a ciphertext that was altered on its way.
    pub cipher: Cipher,
    /// For how long a device keeps the key that opens a message.
    pub keys: KeyLife,
    /// For whom a message is encrypted besides its receiver's devices.
    pub escrow: Escrow,
}

/// What a device makes of a ciphertext that was altered on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cipher {
    /// The alteration changes the text, and how the device reacts depends on the result.
    Malleable,
    /// The key is derived from the text, so that any alteration is noticed, and no copy with one is reacted to.
    DerivedKey,
}

/// For how long a device keeps the key that opens a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyLife {
    /// For good: one key opens all messages.
    Static,
    /// Until it has read the message: each has a key of its own, which is then erased.
    OneTime,
}

/// For whom a message is encrypted besides its receiver's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Escrow {
    /// Nobody.
    None,
    /// An authority, whose one key opens every message.
    Authority,
}
