//! **The network between devices and the provider, as far as designs differ in it.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The network between devices and the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// For how many places a network address stands.
    pub addresses: Addresses,
    /// Through whose network devices reach the provider.
    pub access: Access,
    /// What the sizes of what passes give away.
    pub sizes: Sizes,
}

/// What the sizes of what passes give away to a tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sizes {
    /// What an attachment is and what a message, and of how many copies that is made.
    ByKind,
    /// Neither: messages and attachments are padded to one size, and go one way.
    One,
}

/// For how many places a network address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Addresses {
    /// For one: each place has its own.
    Own,
    /// For all: the network translates addresses, and whoever it connects appears under the same one.
    Shared,
}

/// Through whose network devices reach the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Through one that is not the carrier's.
    WiFi,
    /// Through the carrier's, and so by radio.
    Mobile,
}
