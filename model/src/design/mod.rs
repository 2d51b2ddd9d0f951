//! **A protocol variant: everything about the service that a file may choose.**
//!
//! A [`Design`] is what a design file says once its base and the command line's settings are folded in. Periods
//! are in days, as the sources give them; a scope scales them down (see [`crate::time`]). The reading of files,
//! with its errors, is in [`read`]; the JSON Schema of the files is in [`schema`]; the designs that ship with the
//! program are in [`library`].

mod account;
mod adversary;
mod attachments;
mod backup;
mod calls;
mod devices;
mod encryption;
pub mod library;
mod listed;
mod network;
pub mod read;
mod report;
pub mod schema;

pub use account::{Account, AccountAct};
pub use adversary::{Adversary, Capability, ObserverName};
pub use attachments::{AttachmentKey, Attachments};
pub use backup::{Backup, BackupKey};
pub use calls::{Calls, Media};
pub use devices::Devices;
pub use encryption::{Cipher, Encryption, Escrow, KeyLife};
pub use network::{Access, Addresses, Network, Sizes};
pub use report::{MAX_BAND, Publishes, Report};

use crate::event::Event;
use crate::row::{Field, Kind};
use enumset::{EnumSet, EnumSetType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A design, resolved: no knob is left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// The name that the command line and traces use.
    pub name: String,
    /// One sentence on what the design is.
    pub says: String,
    /// Whether a bare check runs it.
    pub main: bool,
    /// The design that it differs from.
    pub extends: Option<String>,
    /// The key directory and its clients.
    pub directory: Directory,
    /// Messages over push.
    pub messaging: Messaging,
    /// How a message is encrypted for a device.
    pub encryption: Encryption,
    /// Sending by SMS instead.
    pub fallback: Fallback,
    /// What people attach to messages.
    pub attachments: Attachments,
    /// What devices keep with the provider of the messages that they hold.
    pub backup: Backup,
    /// Calls between devices.
    pub calls: Calls,
    /// What the provider publishes of the demands that it is served with.
    pub report: Report,
    /// What else is done with an account at the provider.
    pub account: Account,
    /// The network between devices and the provider.
    pub network: Network,
    /// What devices keep of the messages that they hold.
    pub devices: Devices,
    /// What orders can do.
    pub legal: Legal,
    /// The logs that are kept.
    pub logs: Vec<Log>,
    /// What people outside of any adversary may do besides using the service.
    #[serde(with = "listed")]
    pub environment: EnumSet<Capability>,
    /// Adversaries, those of the base first.
    pub adversaries: Vec<Adversary>,
    /// Claims of the file's own.
    pub claims: Vec<ClaimText>,
    /// Verdicts that this design expects otherwise than its claims do.
    pub expects: Vec<Expectation>,
}

/// When a client asks the directory, and what it keeps of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// What makes a client look an address up, unless a fresh answer is cached; nothing where there is no platform.
    #[serde(with = "listed")]
    pub lookup_on: EnumSet<Trigger>,
    /// For how many days after the lookup an answer stays fresh; 0 means for the rest of the day.
    pub cache_days: u16,
    /// Whether somebody who left the platform can remove the registration left behind.
    pub deregistration: Deregistration,
    /// Whether an owner's devices are told of a key that is added to the owner's address.
    pub alerts: bool,
    /// Whether two people can compare, past the provider, the keys of the one with what the other's device has for them.
    pub comparison: bool,
    /// Whether clients that remember an answer about somebody are told when a device of theirs is listed or removed.
    pub recalls: bool,
}

impl Directory {
    /// Whether any client ever asks it. Where none does there is no platform, and all that is sent is sent by SMS.
    #[must_use]
    pub fn asked(&self) -> bool {
        !self.lookup_on.is_empty()
    }
}

/// What makes a client look an address up.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Typing an address.
    Type,
    /// Picking a contact's name, which looks up all of the contact's addresses.
    Contact,
    /// Pressing send.
    Send,
    /// The client's own background refresh of an address that it already knows.
    Refresh,
    /// Receiving a message, whose signature is to be checked.
    Receive,
}

/// How a registration ends when its owner leaves the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Deregistration {
    /// Only on the registered device, which somebody who left no longer uses.
    None,
    /// Also from elsewhere, by a tool.
    Tool,
}

/// Store and forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messaging {
    /// For how many days push stores a message that has not been fetched, the last day inclusive.
    pub expiry_days: u16,
    /// Whether the sender is told when push gives a message up.
    pub expiry_notice: bool,
}

/// Sending by SMS when the directory names no device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fallback {
    /// Whether the sender's device falls back to SMS at all.
    pub sms: bool,
}

/// The legal process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legal {
    /// For how many days an order runs, at most.
    pub order_days: u16,
    /// By how many days an extension prolongs it.
    pub extension_days: u16,
    /// How often an order can be extended.
    pub extensions: u8,
    /// What an extension prolongs.
    pub extension_of: ExtensionOf,
    /// Whether an order on a user reaches only the lookups by, or also those of, the user.
    pub covers: Covers,
    /// For how many days a preservation request freezes what exists; 0 where there is no such request.
    pub preservation_days: u16,
    /// How often such a request can be renewed.
    pub preservation_renewals: u8,
    /// Whether a request for Alice's rows was made on the eve of the run.
    pub preservation_in_force: bool,
    /// Whether the provider may disclose in an emergency, without an order.
    pub emergency: bool,
    /// What an order about somebody names.
    pub order_names: Names,
}

/// What an order about somebody names, and so whose rows it reaches once the number is somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// A number, whoever had it on the day of a row.
    Number,
    /// Whoever has the number on the day of the grant: rows of days on which another had it are out of reach.
    Person,
}

/// What the extension of an order prolongs; the sources do not say which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExtensionOf {
    /// The period in which rows are handed over as they come.
    Collection,
    /// The retention of the rows that came in within the order's first term.
    Retention,
}

/// Which rows an order on a user reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Rows that the user caused.
    Source,
    /// Rows that the user caused, and rows about the user.
    Both,
}

/// A log, of which a design may list any number up to [`MAX_LOGS`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The log's name; its observer is called by the name and `-log`.
    pub name: String,
    /// Who keeps it.
    pub held_by: Holder,
    /// What it records.
    #[serde(with = "listed")]
    pub on: EnumSet<Kind>,
    /// Which fields of that.
    #[serde(with = "listed")]
    pub fields: EnumSet<Field>,
    /// For how many days a row is kept after the day of its writing; `None` means for good.
    pub keep_days: Option<u16>,
    /// The kinds of order that it is given up to.
    #[serde(with = "listed")]
    pub yields_to: EnumSet<OrderKind>,
    /// Whether it records only what concerns an account on which such an order runs.
    pub while_ordered: bool,
}

/// How often an order or a request to preserve can be prolonged, at most.
pub const MAX_TIMES: u8 = 3;

/// The most logs that a design can list.
pub const MAX_LOGS: usize = 4;

impl Log {
    /// The name of the query log, which records the lookups that the directory answers.
    pub const QUERY: &str = "query";

    /// The name of the observer who holds this log's retained rows.
    #[must_use]
    pub fn observer_name(&self) -> String {
        format!("{}-log", self.name)
    }
}

impl Design {
    /// The number of the query log: of the log with its name, wherever the design lists it. `None` where there is none.
    #[must_use]
    pub fn query_log(&self) -> Option<usize> {
        self.logs.iter().position(|log| log.name == Log::QUERY)
    }
}

/// Who keeps a log and answers orders.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The service's provider.
    Provider,
    /// The telephone company.
    Carrier,
}

impl Holder {
    /// Both holders.
    pub const ALL: [Self; 2] = [Self::Provider, Self::Carrier];

    /// The holder's position in [`Holder::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The holder's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provider => "the provider",
            Self::Carrier => "the carrier",
        }
    }
}

/// A kind of legal process.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// Reaches stored subscriber and toll-type records; looks back only.
    Subpoena,
    /// A court order for stored non-content records (18 USC 2703(d)); looks back only.
    RecordsOrder,
    /// A pen register or trap and trace: records of contacts, held and to come, without content.
    PenRegister,
    /// A search warrant for what is held, content included; looks back only.
    Warrant,
}

impl OrderKind {
    /// All kinds, in order.
    pub const ALL: [Self; 4] = [Self::Subpoena, Self::RecordsOrder, Self::PenRegister, Self::Warrant];

    /// Whether the kind of order can run into the future, rather than only reach what is held.
    #[must_use]
    pub const fn looks_ahead(self) -> bool {
        matches!(self, Self::PenRegister)
    }

    /// Whether the kind of order reaches content, and not only records about it.
    #[must_use]
    pub const fn reaches_content(self) -> bool {
        matches!(self, Self::Warrant)
    }

    /// The kind's name for prose.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subpoena => "subpoena",
            Self::RecordsOrder => "records order",
            Self::PenRegister => "pen register",
            Self::Warrant => "warrant",
        }
    }
}

/// The kinds of claim that a file may state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
    /// The adversary never comes to know that the event happened.
    NeverKnown,
    /// The adversary never comes to know whether it happened.
    NeverKnownWhether,
    /// Wherever it happened, the adversary knows.
    Known,
    /// The event never happens.
    Never,
    /// The event can happen.
    Reachable,
}

/// A claim that a design file states in the vocabulary, without Rust.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimText {
    /// The claim's name.
    pub id: String,
    /// What is claimed.
    pub kind: ClaimKind,
    /// About which event.
    pub event: Event,
    /// About the event's absence instead of its occurrence.
    pub absent: bool,
    /// The adversaries, or observers, whom it speaks of.
    pub to: Vec<String>,
    /// The claim as a sentence.
    pub sentence: String,
}

/// What verdict to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExpectedVerdict {
    /// The claim holds.
    Holds,
    /// The claim is violated.
    Violated,
}

/// A verdict that a design expects otherwise than the claim does, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The claim.
    pub claim: String,
    /// The adversary.
    pub adversary: String,
    /// The verdict.
    pub verdict: ExpectedVerdict,
    /// Why, in a sentence.
    pub reason: String,
    /// The last day, `YYYY-MM-DD`, on which this excuses; `None` means for good.
    pub expires: Option<String>,
}
