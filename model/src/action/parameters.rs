//! **What an action is about, where that takes more than a word: applications, signatures, and where a message is put.**

use crate::design::{Holder, OrderKind};
use crate::world::{Device, User};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose signature stands under an injected message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signer {
    /// A device of an honest user, so the ciphertext and the signature were made by it.
    Device(Device),
    /// The adversary, over a ciphertext of its own making.
    Adversary,
}

/// Where a message is injected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// By the push service itself.
    Push,
    /// On the wire between the push service and the device.
    Wire,
}

/// An application for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Application {
    /// What kind of order.
    pub kind: OrderKind,
    /// Who is to disclose.
    pub at: Holder,
    /// About whom; `None` asks about everyone.
    pub target: Option<User>,
    /// How many days back the period asked about begins; 0 means today.
    pub since: u8,
    /// For how many days after the grant the order is to run; 0 asks only for what is held.
    pub runs: u8,
}

/// Whether a number is the first, which is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references over")]
pub(super) const fn is_first(number: &u8) -> bool {
    *number == 0
}
