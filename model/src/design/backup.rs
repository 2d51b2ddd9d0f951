//! **What devices keep with the provider of the messages that they hold.**

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Backups of messages at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Who holds the key that opens a backup.
    pub key: BackupKey,
}

/// Who holds the key that opens a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackupKey {
    /// Nobody: no device backs anything up.
    None,
    /// The provider, beside the owner.
    Provider,
    /// The owner alone.
    EndToEnd,
}

impl Backup {
    /// Whether devices back anything up.
    #[must_use]
    pub fn made(&self) -> bool {
        self.key != BackupKey::None
    }
}
