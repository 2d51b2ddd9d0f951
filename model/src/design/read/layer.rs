//! **A design file as it stands: the knobs that it gives, each with its place in the text.**
//!
//! These types are the file format. They are read with serde, and [`crate::design::schema`] derives the JSON
//! Schema from them, so that neither can say what the other does not.

pub(crate) use super::asked::{AdversaryLayer, ClaimLayer, ExpectLayer};
use crate::design::{
    Access, AccountAct, Addresses, AttachmentKey, BackupKey, Capability, Cipher, Covers, Deregistration,
    Escrow, ExtensionOf, Holder, KeyLife, Media, Names, OrderKind, Publishes, Sizes, Trigger,
};
use crate::row::{Field, Kind};
use crate::world::User;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use toml::Spanned;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T>(Spanned<T>);

impl<T> Placed<T> {
    pub(crate) fn get(&self) -> &T {
        self.0.get_ref()
    }

    pub(crate) fn start(&self) -> usize {
        self.0.span().start
    }

    pub(crate) fn span(&self) -> Range<usize> {
        self.0.span()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A knob that a file may leave to its base.
pub(crate) type Knob<T> = Option<Placed<T>>;

/// A list in a file.
pub(crate) type List<T> = Vec<Placed<T>>;

/// A protocol variant of the messaging service.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Design", extend("required" = ["format", "name", "says"]))]
pub(crate) struct Layer {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub(crate) format: Knob<i64>,
    /// The name that the command line and traces use.
    #[schemars(regex(pattern = "^[a-z0-9-]{1,40}$"))]
    pub(crate) name: Knob<String>,
    /// One sentence on what the design is.
    #[schemars(length(min = 1, max = 400))]
    pub(crate) says: Knob<String>,
    /// Whether a bare check runs it. It is never inherited, and false when absent.
    pub(crate) main: Knob<bool>,
    /// The shipped design that this one differs from. Without a base, a file gives every knob.
    pub(crate) extends: Knob<String>,
    /// When a client asks the key directory, and what it keeps of the answer.
    pub(crate) directory: DirectoryLayer,
    /// Messages over push.
    pub(crate) messaging: MessagingLayer,
    /// How a message is encrypted for a device.
    pub(crate) encryption: EncryptionLayer,
    /// Sending by SMS instead.
    pub(crate) fallback: FallbackLayer,
    /// What people attach to messages.
    pub(crate) attachments: AttachmentsLayer,
    /// What devices keep with the provider of the messages that they hold.
    pub(crate) backup: BackupLayer,
    /// Calls between devices.
    pub(crate) calls: CallsLayer,
    /// What the provider publishes of the demands that it is served with.
    pub(crate) report: ReportLayer,
    /// What else is done with an account at the provider.
    pub(crate) account: AccountLayer,
    /// The network between devices and the provider.
    pub(crate) network: NetworkLayer,
    /// What devices keep of the messages that they hold.
    pub(crate) devices: DevicesLayer,
    /// What orders can do.
    pub(crate) legal: LegalLayer,
    /// What people outside of any adversary may do besides using the service.
    pub(crate) environment: EnvironmentLayer,
    /// The logs that are kept. One with an inherited name changes that log where it says so; others are added, and give
    /// what they record and its fields.
    pub(crate) log: List<LogLayer>,
    /// The names of inherited logs that are not kept here.
    pub(crate) remove_logs: List<String>,
    /// Adversaries of the file's own. One with an inherited name replaces it.
    pub(crate) adversary: List<AdversaryLayer>,
    /// Claims of the file's own.
    pub(crate) claim: List<ClaimLayer>,
    /// Verdicts that this design expects otherwise than the claims do.
    pub(crate) expect: List<ExpectLayer>,
}

/// When a client asks the key directory, and what it keeps of the answer.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Directory")]
pub(crate) struct DirectoryLayer {
    /// What makes a client look an address up, unless a fresh answer is cached.
    pub(crate) lookup_on: Option<Placed<List<Trigger>>>,
    /// For how many days after the lookup an answer stays fresh; 0 means for the rest of the day.
    #[schemars(range(min = 0, max = 250))]
    pub(crate) cache_days: Knob<i64>,
    /// Whether somebody who left the platform can remove the registration left behind.
    pub(crate) deregistration: Knob<Deregistration>,
    /// Whether an owner's devices are told of a key that is added to the owner's address.
    pub(crate) alerts: Knob<bool>,
    /// Whether two people can compare, past the provider, the keys of the one with what the other's device has for them.
    pub(crate) comparison: Knob<bool>,
    /// Whether clients that remember an answer about somebody are told when a device of theirs is listed or removed.
    pub(crate) recalls: Knob<bool>,
}

/// Messages over push.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Messaging")]
pub(crate) struct MessagingLayer {
    /// For how many days push stores a message that has not been fetched, the last day inclusive.
    #[schemars(range(min = 0, max = 250))]
    pub(crate) expiry_days: Knob<i64>,
    /// Whether the sender is told when push gives a message up.
    pub(crate) expiry_notice: Knob<bool>,
}

/// How a message is encrypted for a device.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Encryption")]
pub(crate) struct EncryptionLayer {
    /// What a device makes of a ciphertext that was altered on its way.
    pub(crate) cipher: Knob<Cipher>,
    /// For how long a device keeps the key that opens a message.
    pub(crate) keys: Knob<KeyLife>,
    /// For whom a message is encrypted besides its receiver's devices.
    pub(crate) escrow: Knob<Escrow>,
}

/// Sending by SMS instead.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Fallback")]
pub(crate) struct FallbackLayer {
    /// Whether the sender's device falls back to SMS when the directory names no device.
    pub(crate) sms: Knob<bool>,
}

/// What people attach to messages.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Attachments")]
pub(crate) struct AttachmentsLayer {
    /// Where the key is that opens the blob of an attachment.
    pub(crate) key: Knob<AttachmentKey>,
}

/// What devices keep with the provider of the messages that they hold.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Backup")]
pub(crate) struct BackupLayer {
    /// Who holds the key that opens a backup.
    pub(crate) key: Knob<BackupKey>,
}

/// Calls between devices.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Calls")]
pub(crate) struct CallsLayer {
    /// Which way what is said in a call goes.
    pub(crate) media: Knob<Media>,
}

/// What the provider publishes of the demands that it is served with.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Report")]
pub(crate) struct ReportLayer {
    /// Which numbers it gives.
    pub(crate) publishes: Knob<Publishes>,
    /// How many numbers a band has; 1 gives the numbers themselves.
    #[schemars(range(min = 1, max = 10_000))]
    pub(crate) band: Knob<i64>,
}

/// What else is done with an account at the provider.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Account")]
pub(crate) struct AccountLayer {
    /// What is done with it, each of which a log can record with the network address.
    pub(crate) acts: Option<Placed<List<AccountAct>>>,
}

/// The network between devices and the provider.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Network")]
pub(crate) struct NetworkLayer {
    /// For how many places a network address stands.
    pub(crate) addresses: Knob<Addresses>,
    /// Through whose network devices reach the provider.
    pub(crate) access: Knob<Access>,
    /// What the sizes of what passes give away.
    pub(crate) sizes: Knob<Sizes>,
}

/// What devices keep of the messages that they hold.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Devices")]
pub(crate) struct DevicesLayer {
    /// For how many days after its receipt a device keeps a message, or for good.
    pub(crate) keep_days: Knob<Keep>,
    /// Whose devices keep all messages for good all the same.
    pub(crate) keepers: Option<Placed<List<User>>>,
}

/// What orders can do.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Legal")]
pub(crate) struct LegalLayer {
    /// For how many days an order runs, at most.
    #[schemars(range(min = 0, max = 250))]
    pub(crate) order_days: Knob<i64>,
    /// By how many days an extension prolongs it.
    #[schemars(range(min = 0, max = 250))]
    pub(crate) extension_days: Knob<i64>,
    /// How often an order can be extended.
    #[schemars(range(min = 0, max = 3))]
    pub(crate) extensions: Knob<i64>,
    /// What an extension prolongs.
    pub(crate) extension_of: Knob<ExtensionOf>,
    /// Whether an order on a user reaches only the rows that the user caused, or also the rows about the user.
    pub(crate) covers: Knob<Covers>,
    /// For how many days a preservation request freezes what exists; 0 where there is no such request.
    #[schemars(range(min = 0, max = 250))]
    pub(crate) preservation_days: Knob<i64>,
    /// How often such a request can be renewed.
    #[schemars(range(min = 0, max = 3))]
    pub(crate) preservation_renewals: Knob<i64>,
    /// Whether a request for Alice's rows was made on the eve of the run.
    pub(crate) preservation_in_force: Knob<bool>,
    /// Whether the provider may disclose in an emergency, without an order.
    pub(crate) emergency: Knob<bool>,
    /// What an order about somebody names.
    pub(crate) order_names: Knob<Names>,
}

/// What people outside of any adversary may do besides using the service.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Environment")]
pub(crate) struct EnvironmentLayer {
    /// Their capabilities.
    pub(crate) capabilities: Option<Placed<List<Capability>>>,
}

/// A log: a new one, or what is otherwise in an inherited one of that name.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Log", extend("required" = ["name"]))]
pub(crate) struct LogLayer {
    /// The log's name; its observer is called by the name and `-log`.
    #[schemars(regex(pattern = "^[a-z0-9-]{1,40}$"))]
    pub(crate) name: Knob<String>,
    /// Who keeps it. When absent: as inherited, and the provider in a new log.
    pub(crate) held_by: Knob<Holder>,
    /// What it records. Its holder must see it happen.
    pub(crate) on: Option<Placed<List<Kind>>>,
    /// Which fields of that it records.
    pub(crate) fields: Option<Placed<List<Field>>>,
    /// For how many days a row is kept after the day of its writing. When absent: as inherited, and for good in a new log.
    pub(crate) keep_days: Knob<Keep>,
    /// The kinds of order that it is given up to. When absent: as inherited, and none in a new log.
    pub(crate) yields_to: Option<Placed<List<OrderKind>>>,
    /// Whether it records only what concerns an account on which such an order runs. When absent: as inherited, and false in
    /// a new log.
    pub(crate) while_ordered: Knob<bool>,
}

/// For how long a log keeps its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// For so many days.
    Days(i64),
    /// For good.
    ForGood,
}

impl Keep {
    const FOR_GOOD: &str = "for-good";
}

impl<'de> Deserialize<'de> for Keep {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Keep;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a whole number of days, or {:?}", Keep::FOR_GOOD)
            }

            fn visit_i64<E: de::Error>(self, days: i64) -> Result<Keep, E> {
                Ok(Keep::Days(days))
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Keep, E> {
                match word {
                    Keep::FOR_GOOD => Ok(Keep::ForGood),
                    other => Err(E::invalid_type(de::Unexpected::Str(other), &self)),
                }
            }
        }
        deserializer.deserialize_any(Read)
    }
}

impl JsonSchema for Keep {
    fn schema_name() -> Cow<'static, str> {
        "Keep".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "oneOf": [{ "type": "integer", "minimum": 0, "maximum": 250 }, { "const": Keep::FOR_GOOD }]
        })
    }
}
