//! **What else of an account leaves an address with the provider, besides messages and lookups.**

use enumset::{EnumSet, EnumSetType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::listed;
use crate::row::Kind;

/// What people and devices do with an account at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What is done with it.
    #[serde(with = "listed")]
    pub acts: EnumSet<AccountAct>,
}

/// Something that is done with an account.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum AccountAct {
    /// A device signs in, by itself as well as at its owner's hands.
    SignIn,
    /// A person buys something on a device.
    Purchase,
}

impl AccountAct {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::SignIn, Self::Purchase];

    /// The kind of row that it leaves.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::SignIn => Kind::SignedIn,
            Self::Purchase => Kind::Purchased,
        }
    }
}
