//! **Who looks on, and what they may do besides: observers by name, capabilities, and adversaries made of both.**

use super::listed;
use crate::world::User;
use enumset::{EnumSet, EnumSetType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that an adversary, or the environment, may *do*. What it may *see* is an observer.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// Add a key of one's own to an address in the directory.
    AddKey,
    /// Replace an address's keys in the directory by one's own.
    SwapKey,
    /// Keep from an owner's devices that a key was added to the owner's address.
    WithholdAlerts,
    /// Hand any well-formed derivable message to a device, as push does.
    Inject,
    /// Put any derivable record on the wire towards a device.
    InjectOnWire,
    /// Keep rows beyond their retention.
    KeepBeyondWindow,
    /// Hand rows to the investigator without an order.
    DiscloseWithoutOrder,
    /// Apply for orders at the provider and have them served.
    ProviderOrders,
    /// Apply for orders at the carrier and have them served.
    CarrierOrders,
    /// Ask the provider to preserve what exists.
    RequestPreservation,
    /// Ask the provider to disclose in an emergency.
    RequestEmergency,
    /// Copy the private key with which a device opens what is encrypted for it.
    StealDecryptionKey,
    /// Copy the private key with which a device signs.
    StealSigningKey,
    /// Put altered copies of a message's ciphertext before a device that it was encrypted for.
    AlterInTransit,
}

/// Who sees, by name: a set of these pools its views.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ObserverName {
    /// All that the provider's servers handle, as it happens.
    ProviderLive,
    /// All that the provider's stores hold now.
    ProviderStore,
    /// The retained rows of the log of this name, now.
    Log(String),
    /// What was asked for and what was disclosed.
    Investigator,
    /// All that the carrier handles, as it happens.
    Carrier,
    /// A tap between devices and the provider.
    Network,
    /// A false station of the radio network, beside people's telephones.
    Radio,
    /// What was stolen from devices.
    Thief,
    /// The key of the authority for whom messages are encrypted besides.
    Authority,
    /// What is published.
    Public,
    /// A user's devices, taken and opened: what they store now.
    Opened(User),
    /// Another user's devices.
    Peer(User),
    /// One's own devices.
    Owner(User),
}

/// A set of observers who pool their views, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adversary {
    /// The name that claims and the command line use.
    pub name: String,
    /// One sentence on who this is.
    pub says: String,
    /// Whose views are pooled.
    pub observers: Vec<ObserverName>,
    /// What they may do.
    #[serde(with = "listed")]
    pub capabilities: EnumSet<Capability>,
}
