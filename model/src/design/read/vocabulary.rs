//! **What each holder sees, and which fields each kind of row has.**

use crate::design::Holder;
use crate::row::{Field, Kind};
use enumset::EnumSet;

impl Holder {
    /// All that the holder sees: see [`Holder::sees`].
    #[must_use]
    pub fn seen(self) -> EnumSet<Kind> {
        EnumSet::all().iter().filter(|kind| self.sees(*kind)).collect()
    }

    /// Whether the holder sees things of this kind happen, and so can keep a log of them.
    ///
    /// The provider runs the directory, push, accounts, and the relay through which media may go. What goes by SMS passes the carrier alone, and a person's own
    /// acts pass nobody. What an adversary does is not recorded in an honest holder's log.
    #[must_use]
    pub const fn sees(self, kind: Kind) -> bool {
        match self {
            Self::Provider => matches!(
                kind,
                Kind::Lookup
                    | Kind::Submitted
                    | Kind::Delivered
                    | Kind::Unacknowledged
                    | Kind::Expired
                    | Kind::Told
                    | Kind::Registered
                    | Kind::Deregistered
                    | Kind::BackedUp
                    | Kind::Uploaded
                    | Kind::Fetched
                    | Kind::Invited
                    | Kind::Signalled
                    | Kind::Media
                    | Kind::SignedIn
                    | Kind::Purchased
            ),
            Self::Carrier => matches!(kind, Kind::SmsSent | Kind::SmsDelivered),
        }
    }
}

impl Field {
    /// Whether rows of this kind have the field at all.
    ///
    /// The directory's answer and the reason for a lookup belong to lookups. An SMS reaches the carrier by radio,
    /// without a network address; a message expires in push, where no device acts. Whom the messages in a backup are from
    /// and to stands in the backup, and not beside it; and for whom an attachment is, inside the message. With an account one does
    /// nothing to anybody else.
    #[must_use]
    pub const fn belongs_to(self, kind: Kind) -> bool {
        match self {
            Self::Day | Self::Source => true,
            Self::Target => !matches!(
                kind,
                Kind::BackedUp | Kind::Uploaded | Kind::Fetched | Kind::SignedIn | Kind::Purchased
            ),
            Self::Blob => matches!(kind, Kind::Uploaded | Kind::Fetched),
            Self::Outcome => matches!(kind, Kind::Signalled | Kind::Media),
            Self::Devices | Self::Trigger => matches!(kind, Kind::Lookup),
            Self::Device => !matches!(kind, Kind::Expired),
            Self::Address => !matches!(kind, Kind::Expired | Kind::SmsSent | Kind::SmsDelivered),
        }
    }
}
