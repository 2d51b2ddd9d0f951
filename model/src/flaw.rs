//! **Deliberate mistakes, each of which some claim must notice.**
//!
//! A claim that no mistake can break says nothing. Each flaw is one plausible error of a designer or a programmer,
//! named for what goes wrong, and each claim names the flaws that break it.

use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A named mistake in the model.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[enumset(serialize_repr = "list")]
pub enum Flaw {
    /// The fallback hands the text to the provider's server, which at once sends the SMS on the device's behalf.
    FallbackByServer,
    /// A device submits the body in the clear, over a connection that is in the clear: to the provider and to a tap.
    BodyInClear,
    /// The query log also records submitted messages, bodies included.
    LogRecordsBody,
    /// The query log records what made the device ask.
    LogRecordsTrigger,
    /// The query log also records acknowledgements.
    LogRecordsDelivery,
    /// Clients look up afresh whatever they have cached.
    CacheIgnored,
    /// The purge spares rows for one day too many.
    PurgeOneDayLate,
    /// The purge deletes preserved rows too.
    PurgeIgnoresPreservation,
    /// An extension is granted, but the order ends on its first date all the same.
    ExtensionIgnored,
    /// A log that is to be kept of accounts with an order on them is kept of everybody while any order runs.
    LogBegunForEverybody,
    /// A disclosure under an order contains everybody's rows.
    DisclosureIgnoresTarget,
    /// A disclosure under an order contains rows from before the period asked about.
    DisclosureIgnoresPeriod,
    /// Where an order finds no row, the provider looks into what push remembers of the last retention period, and answers
    /// that it has nothing only if push remembers nothing either.
    EmptinessLooksFurther,
    /// An order that names a person goes on with whoever has the number next.
    OrderFollowsTheNumber,
    /// An application that was refused is served all the same.
    RefusalIsServed,
    /// The court grants whatever it is asked.
    CourtGrantsAnything,
    /// A key that is to be its owner's alone stays with the provider, where it was once left to set backups up.
    BackupKeyLeftBehind,
    /// The key of an attachment, which is to be in the message alone, is left beside its blob in the store.
    KeyBesideBlob,
    /// The log of what is put into the store and fetched from there also records where in the store it is.
    LogRecordsBlob,
    /// Devices pad messages, and leave what is attached to them as it is.
    AttachmentUnpadded,
    /// The log of invitations also records that a call was answered.
    LogRecordsAnswer,
    /// The log of invitations also records that a call was declined.
    LogRecordsDecline,
    /// Devices report to the log of invitations how long a call took.
    LogRecordsLength,
    /// A device tells the caller directly that it answers, past the provider's servers.
    AnswerGoesDirectly,
    /// Media goes through the provider's relay, although the design says that it goes from device to device.
    RelayAlwaysUsed,
    /// A device answers altered copies by what the alteration makes of the text, although it could notice that there is one.
    AlteredCopyAnswered,
    /// A device that is to erase the key of a message once it has read it keeps the key.
    UsedKeyKept,
    /// Devices encrypt what they send for an authority too, although the design has none.
    CopyForTheAuthority,
    /// The report gives the numbers themselves, where it is to give their bands.
    ReportGivesNumbers,
    /// The report lumps together what it is to give separately.
    ReportLumps,
    /// The report gives separately what it is to lump together.
    ReportSeparates,
    /// An alert about a key that is added goes to the key that is added, and to no device of the owner's.
    AlertGoesAstray,
    /// Clients are told of devices that are listed, and not of those that are removed.
    RemovalNotRecalled,
    /// Two people who compare keys are shown each other's names instead, which are always the same.
    ComparisonOfNames,
    /// A device that is to delete a message only shows it no more.
    DeletionOnlyHides,
    /// A device that submits a message says in the clear whom it is for.
    EnvelopeInClear,
    /// The query log leaves the network address out.
    PlaceNotLogged,
    /// Only devices beside their owner sign in.
    SignInOnlyWhenAttended,
    /// Beside an address that many share, its port is recorded, by which the network can be asked where somebody was.
    PortRecorded,
    /// Devices on a network of their own send through the mobile one all the same.
    MobileBesideWifi,
    /// Only devices beside their owner refresh what they have cached.
    RefreshOnlyWhenAttended,
    /// The carrier also records messages that pass over the platform.
    CarrierRecordsPlatform,
    /// The carrier delivers SMS without a record of the delivery.
    SmsDeliveryUnrecorded,
    /// Push gives messages up without a word, although the design says that it tells the sender.
    ExpiryUntold,
    /// The acknowledgement of a message never reaches the provider.
    AcknowledgementLost,
    /// A copy that was acknowledged stays in the queue beside those that wait.
    QueueForgetsAcknowledgements,
    /// A lookup is recorded only when a message's receipt caused it.
    OnlyReceiptsRecorded,
    /// A device accepts whatever arrives on its connection, checking neither the channel nor the signature.
    DeviceTrustsTheWire,
    /// A device accepts a recorded transmission a second time.
    WireReplayAccepted,
}

impl Flaw {
    /// All flaws, in order.
    #[must_use]
    pub fn all() -> Vec<Self> {
        enumset::EnumSet::<Self>::all().into_iter().collect()
    }

    /// The flaw's stable name.
    #[must_use]
    pub fn name(self) -> String {
        crate::word::word(self)
    }
}
