//! **What a row or an observation is about.**

use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a row or an observation is about.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A person entered an address.
    Typed,
    /// A person picked a contact's name.
    Picked,
    /// A person abandoned a draft.
    Abandoned,
    /// A device asked the directory about an address.
    Lookup,
    /// A device submitted a message to push.
    Submitted,
    /// A device acknowledged a message that push delivered to it.
    Delivered,
    /// A device took a copy from push and did not acknowledge it, since its signature did not pass.
    Unacknowledged,
    /// Push gave up on a message that nobody fetched in time.
    Expired,
    /// The sender was told that a message expired or could not be sent.
    Told,
    /// A device handed an SMS to the carrier.
    SmsSent,
    /// The carrier delivered an SMS.
    SmsDelivered,
    /// A device registered at the directory.
    Registered,
    /// A device's registration was removed.
    Deregistered,
    /// A device put messages that it holds into its backup with the provider.
    BackedUp,
    /// A device put something that is attached to a message into the provider's store.
    Uploaded,
    /// A device fetched something that is attached to a message from the provider's store.
    Fetched,
    /// A device handed push an invitation to a call.
    Invited,
    /// A device said, through push, what became of an invitation.
    Signalled,
    /// The media of a call has passed: the call is over.
    Media,
    /// A device signed in to its owner's account.
    SignedIn,
    /// A person bought something, with an account at the provider.
    Purchased,
    /// A person took the number to a telephone of another make.
    Left,
    /// A person gave the number up.
    GivenUp,
    /// A device was switched off.
    SwitchedOff,
    /// A device was switched on.
    SwitchedOn,
    /// A person or a device moved.
    Travelled,
    /// The directory's operator added a key of its own to an address.
    KeyAdded,
    /// The directory's operator replaced an address's keys by its own.
    KeySwapped,
    /// A device was told that a key was added to its owner's address.
    Alerted,
    /// A client was told that an answer of the directory's which it remembers no longer serves.
    Recalled,
    /// Two people compared the keys of the one with what a device of the other has for them.
    Compared,
    /// A message that no device composed was put before a device.
    Injected,
    /// A private key was copied from a device.
    KeyStolen,
    /// Altered copies of a message were put before a device.
    Altered,
    /// An application was granted.
    Granted,
    /// An application was refused.
    Refused,
    /// An order was extended.
    Extended,
    /// A request to preserve what exists was made, or renewed.
    Preserved,
    /// A disclosure was made; the rows disclosed follow it.
    Disclosed,
    /// The provider published a report about the demands that it was served with.
    Reported,
    /// Something left an end device for the network, or came from there: all that a tap can say of it.
    Exchange,
}

/// What the index of a row counts in a memory. In a log it is the log's number, whatever the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// Messages, in the order of their sending.
    Message,
    /// Holders, in the order of [`crate::design::Holder::ALL`].
    Holder,
    /// Nothing: it is 0.
    Nothing,
}

impl Kind {
    /// What the index of a row of this kind counts in a memory.
    #[must_use]
    pub const fn numbered(self) -> Numbered {
        match self {
            Self::Submitted
            | Self::Delivered
            | Self::Unacknowledged
            | Self::Expired
            | Self::Told
            | Self::SmsSent
            | Self::SmsDelivered
            | Self::Uploaded
            | Self::Fetched
            | Self::Injected
            | Self::Altered => Numbered::Message,
            Self::Granted | Self::Refused | Self::Extended | Self::Disclosed => Numbered::Holder,
            Self::Typed
            | Self::Picked
            | Self::Abandoned
            | Self::Lookup
            | Self::Registered
            | Self::Deregistered
            | Self::BackedUp
            | Self::Invited
            | Self::Signalled
            | Self::Media
            | Self::SignedIn
            | Self::Purchased
            | Self::Left
            | Self::GivenUp
            | Self::SwitchedOff
            | Self::SwitchedOn
            | Self::Travelled
            | Self::KeyAdded
            | Self::KeySwapped
            | Self::Alerted
            | Self::Recalled
            | Self::Compared
            | Self::KeyStolen
            | Self::Preserved
            | Self::Reported
            | Self::Exchange => Numbered::Nothing,
        }
    }

    pub(super) const ALL: [Self; 41] = [
        Self::Typed,
        Self::Picked,
        Self::Abandoned,
        Self::Lookup,
        Self::Submitted,
        Self::Delivered,
        Self::Unacknowledged,
        Self::Expired,
        Self::Told,
        Self::SmsSent,
        Self::SmsDelivered,
        Self::Registered,
        Self::Deregistered,
        Self::BackedUp,
        Self::Uploaded,
        Self::Fetched,
        Self::Invited,
        Self::Signalled,
        Self::Media,
        Self::SignedIn,
        Self::Purchased,
        Self::Left,
        Self::GivenUp,
        Self::SwitchedOff,
        Self::SwitchedOn,
        Self::Travelled,
        Self::KeyAdded,
        Self::KeySwapped,
        Self::Alerted,
        Self::Recalled,
        Self::Compared,
        Self::Injected,
        Self::KeyStolen,
        Self::Altered,
        Self::Granted,
        Self::Refused,
        Self::Extended,
        Self::Preserved,
        Self::Disclosed,
        Self::Reported,
        Self::Exchange,
    ];
}
