//! **Who sees: the observers, and which of them remember.**

use crate::design::{Design, ObserverName};
use crate::world::User;
use enumset::EnumSetType;

/// Who sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observer {
    /// All that the provider's servers handle, as it happens, for good.
    ProviderLive,
    /// All that the provider's stores hold now: logs, the directory with the keys that do not belong there, the push
    /// queue, backups, and the keys of those backups that the provider can open.
    ProviderStore,
    /// The retained rows of the design's log of this number, now.
    Log(u8),
    /// What was asked for, what was decided and what was disclosed, for good.
    Investigator,
    /// All that the carrier handles, for good.
    Carrier,
    /// A tap between the devices and the provider, for good: endpoints, times, sizes.
    Network,
    /// A false station of the radio network, beside people's telephones, for good.
    Radio,
    /// What was stolen from devices, for good.
    Thief,
    /// The key of the authority for whom a design has messages encrypted besides, and nothing that passes anybody.
    Authority,
    /// What is published, for good.
    Public,
    /// A user's own devices, for good.
    Owner(User),
    /// A user's devices, taken and opened: the messages that they store now.
    Opened(User),
}

/// An observer who remembers.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
pub enum Watcher {
    /// See [`Observer::ProviderLive`].
    ProviderLive,
    /// See [`Observer::Investigator`].
    Investigator,
    /// See [`Observer::Carrier`].
    Carrier,
    /// See [`Observer::Network`].
    Network,
    /// See [`Observer::Radio`].
    Radio,
    /// See [`Observer::Thief`].
    Thief,
    /// See [`Observer::Public`].
    Public,
    /// See [`Observer::Owner`].
    Alice,
    /// See [`Observer::Owner`].
    Bob,
    /// See [`Observer::Owner`].
    Carol,
}

impl Observer {
    /// The observer of this name, in this design; `None` when the design lacks the log it names.
    #[must_use]
    pub fn named(name: &ObserverName, design: &Design) -> Option<Self> {
        Some(match name {
            ObserverName::ProviderLive => Self::ProviderLive,
            ObserverName::ProviderStore => Self::ProviderStore,
            ObserverName::Log(log) => {
                Self::Log(design.logs.iter().position(|known| &known.name == log)? as u8)
            }
            ObserverName::Investigator => Self::Investigator,
            ObserverName::Carrier => Self::Carrier,
            ObserverName::Network => Self::Network,
            ObserverName::Radio => Self::Radio,
            ObserverName::Thief => Self::Thief,
            ObserverName::Authority => Self::Authority,
            ObserverName::Public => Self::Public,
            ObserverName::Opened(user) => Self::Opened(*user),
            ObserverName::Peer(user) | ObserverName::Owner(user) => Self::Owner(*user),
        })
    }

    /// The memory that the observer needs; `None` for one that holds a store, or a key alone.
    #[must_use]
    pub const fn watcher(self) -> Option<Watcher> {
        match self {
            Self::ProviderLive => Some(Watcher::ProviderLive),
            Self::Investigator => Some(Watcher::Investigator),
            Self::Carrier => Some(Watcher::Carrier),
            Self::Network => Some(Watcher::Network),
            Self::Radio => Some(Watcher::Radio),
            Self::Thief => Some(Watcher::Thief),
            Self::Public => Some(Watcher::Public),
            Self::Owner(User::Alice) => Some(Watcher::Alice),
            Self::Owner(User::Bob) => Some(Watcher::Bob),
            Self::Owner(User::Carol) => Some(Watcher::Carol),
            Self::ProviderStore | Self::Log(_) | Self::Authority | Self::Opened(_) => None,
        }
    }
}
