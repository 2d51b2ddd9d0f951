//! **What devices keep of the messages that they hold.**

use super::listed;
use crate::world::User;
use enumset::EnumSet;
use serde::{Deserialize, Serialize};

/// What devices keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// For how many days after its receipt a device keeps a message; `None` means for good.
    pub keep_days: Option<u16>,
    /// Whose devices keep all messages for good all the same.
    #[serde(with = "listed")]
    pub keepers: EnumSet<User>,
}
