//! **What people attach to messages.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Attachments to messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachments {
    /// Where the key is that opens the blob of an attachment.
    pub key: AttachmentKey,
}

/// Where the key is that opens the blob of an attachment. The blob itself is in the provider's store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentKey {
    /// Nowhere: nobody attaches anything.
    None,
    /// In the message alone.
    InMessage,
    /// In the message, and beside the blob in the store.
    Provider,
}

impl Attachments {
    /// Whether anything is attached to messages.
    #[must_use]
    pub fn made(&self) -> bool {
        self.key != AttachmentKey::None
    }
}
