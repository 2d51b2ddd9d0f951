//! **Who sees something of what a row describes, and what of it.**

use super::{Observer, Watcher};
use crate::design::{Access, Addresses, Holder, Sizes};
use crate::flaw::Flaw;
use crate::row::{Kind, NOT_ACCEPTED, Row, TOLD_BY_THE_DEVICE};
use crate::rules::calls::{Signal, length, went_directly};
use crate::service::Service;
use crate::state::Length;
use crate::world::{Address, Place, User};
use enumset::EnumSet;

const fn own(user: User) -> Watcher {
    match user {
        User::Alice => Watcher::Alice,
        User::Bob => Watcher::Bob,
        User::Carol => Watcher::Carol,
    }
}

/// Who sees something of what the row describes, as it happens.
#[must_use]
pub fn watchers(row: Row, flaw: Option<Flaw>) -> EnumSet<Watcher> {
    let of = |user: Option<User>| user.map_or(EnumSet::empty(), |user| EnumSet::only(own(user)));
    let source = of(row.source());
    let target = of(row.target().map(Address::owner));
    match row.kind() {
        Kind::Typed | Kind::Picked | Kind::Abandoned | Kind::Travelled => source,
        Kind::Lookup | Kind::Submitted | Kind::BackedUp | Kind::Uploaded | Kind::Fetched => {
            Watcher::ProviderLive | Watcher::Network | source
        }
        // What is lost behind the tap has passed it.
        Kind::Delivered if flaw == Some(Flaw::AcknowledgementLost) => Watcher::Network | target,
        Kind::Delivered => Watcher::ProviderLive | Watcher::Network | source | target,
        // Its owner's device shows nothing of what it does not accept.
        Kind::Unacknowledged => Watcher::ProviderLive | Watcher::Network,
        Kind::Expired => EnumSet::only(Watcher::ProviderLive),
        Kind::Told if row.detail() == TOLD_BY_THE_DEVICE => source,
        Kind::Told => Watcher::ProviderLive | source,
        Kind::SmsSent if flaw == Some(Flaw::FallbackByServer) => {
            Watcher::ProviderLive | Watcher::Carrier | source
        }
        Kind::SmsSent => Watcher::Carrier | Watcher::Radio | source,
        Kind::SmsDelivered if flaw == Some(Flaw::SmsDeliveryUnrecorded) => target | Watcher::Radio,
        Kind::SmsDelivered => target | Watcher::Carrier | Watcher::Radio,
        Kind::Registered | Kind::Deregistered => Watcher::ProviderLive | Watcher::Network | source,
        Kind::Invited | Kind::SignedIn | Kind::Purchased => Watcher::ProviderLive | Watcher::Network | source,
        Kind::Signalled if Signal::of(row) == Some(Signal::Missed) => source | target,
        Kind::Signalled
            if flaw == Some(Flaw::AnswerGoesDirectly) && Signal::of(row) == Some(Signal::Answered) =>
        {
            Watcher::Network | source | target
        }
        Kind::Media if went_directly(row) => Watcher::Network | source | target,
        Kind::Signalled | Kind::Media => Watcher::ProviderLive | Watcher::Network | source | target,
        Kind::Left | Kind::GivenUp => Watcher::Carrier | source,
        Kind::SwitchedOff | Kind::SwitchedOn => Watcher::ProviderLive | source,
        Kind::KeyAdded | Kind::KeySwapped => EnumSet::only(Watcher::ProviderLive),
        Kind::Alerted => Watcher::ProviderLive | Watcher::Network | target,
        Kind::Recalled => Watcher::ProviderLive | Watcher::Network | source,
        // Two people speak, and nobody else hears them.
        Kind::Compared => source | target,
        Kind::Injected if row.detail() == NOT_ACCEPTED => Watcher::ProviderLive | Watcher::Network,
        Kind::Injected => Watcher::ProviderLive | Watcher::Network | target,
        Kind::KeyStolen => EnumSet::only(Watcher::Thief),
        // Its owner's device shows nothing that its owner could make sense of.
        Kind::Altered => Watcher::ProviderLive | Watcher::Network,
        Kind::Granted | Kind::Refused | Kind::Extended | Kind::Disclosed => {
            let holder = match row.holder() {
                Some(Holder::Carrier) => Watcher::Carrier,
                Some(Holder::Provider) | None => Watcher::ProviderLive,
            };
            Watcher::Investigator | holder
        }
        Kind::Preserved => Watcher::Investigator | Watcher::ProviderLive,
        Kind::Reported => EnumSet::only(Watcher::Public),
        Kind::Exchange => EnumSet::empty(),
    }
}

/// Who sees it as well where devices reach the provider through the mobile network: whatever passes a tap on the line passes
/// the carrier then, and the radio.
#[must_use]
pub(crate) fn through(access: Access, flaw: Option<Flaw>, seen: EnumSet<Watcher>) -> EnumSet<Watcher> {
    let mobile = access == Access::Mobile || flaw == Some(Flaw::MobileBesideWifi);
    if mobile && seen.contains(Watcher::Network) { seen | Watcher::Carrier | Watcher::Radio } else { seen }
}

impl Service {
    /// The row, with the address under which its device appears: where many share one, it does not show the place. A person's
    /// own journey is no matter of addresses.
    pub(crate) fn addressed(&self, row: Row) -> Row {
        let shared = self.design.network.addresses == Addresses::Shared && !self.has(Flaw::PortRecorded);
        if shared && row.place() != Place::Home && row.kind() != Kind::Travelled {
            row.at(Place::Home)
        } else {
            row
        }
    }

    /// Who sees something of what the row describes, as it happens in this design.
    #[must_use]
    pub fn watchers(&self, row: Row) -> EnumSet<Watcher> {
        through(self.design.network.access, self.setup.flaw, watchers(row, self.setup.flaw))
    }

    /// As whom the observer sees what the row describes: as a tap, where it only carries packets.
    pub(super) fn sees_as(&self, observer: Observer, row: Row) -> Observer {
        let carries = matches!(observer, Observer::Carrier | Observer::Radio);
        let own = watchers(row, self.setup.flaw);
        let takes_part = observer.watcher().is_some_and(|watcher| own.contains(watcher));
        if carries && !takes_part { Observer::Network } else { observer }
    }

    /// What the observer sees of a row that it has a part in.
    #[must_use]
    pub fn shown(&self, observer: Observer, row: Row) -> Row {
        let shown = shown(self.sees_as(observer, row), row);
        match shown.shape() {
            Some(shape) if self.pads() && !(row.is_of_a_blob() && self.has(Flaw::AttachmentUnpadded)) => {
                shown.shaped(shape.padded())
            }
            _ => shown,
        }
    }

    /// Whether messages and what is attached to them are padded to one size, and go one way.
    pub(super) fn pads(&self) -> bool {
        self.design.network.sizes == Sizes::One
    }
}

/// What a tap can say of an exchange: its size, which way the bulk of it went, and whether it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A small request and its answer.
    Request,
    /// Something large from the device.
    Upload,
    /// Something large to the device, which answers.
    Download,
    /// Something large to the device, which does not answer.
    Unanswered,
    /// Something large from the device to where backups are kept, which its endpoint gives away.
    Backup,
    /// Something large from the device to where attachments are kept, which its endpoint and its size give away.
    BlobUpload,
    /// Something large to the device from there.
    BlobDownload,
    /// A stream begins between two devices.
    StreamBegins,
    /// A stream between two devices ends, of which little has passed.
    StreamEndsSoon,
    /// A stream between two devices ends, of which much has passed.
    StreamEndsLate,
}

impl Shape {
    /// All shapes, in the order of their details.
    pub const ALL: [Self; 10] = [
        Self::Request,
        Self::Upload,
        Self::Download,
        Self::Unanswered,
        Self::Backup,
        Self::BlobUpload,
        Self::BlobDownload,
        Self::StreamBegins,
        Self::StreamEndsSoon,
        Self::StreamEndsLate,
    ];

    /// Whether it is of a stream between two devices, both of which a tap sees.
    #[must_use]
    pub const fn of_a_stream(self) -> bool {
        matches!(self, Self::StreamBegins | Self::StreamEndsSoon | Self::StreamEndsLate)
    }

    /// The shape where attachments are padded to the size of messages, and go the same way.
    const fn padded(self) -> Self {
        match self {
            Self::BlobUpload => Self::Upload,
            Self::BlobDownload => Self::Download,
            other => other,
        }
    }

    fn of(row: Row) -> Self {
        match row.kind() {
            Kind::Submitted => Self::Upload,
            Kind::BackedUp => Self::Backup,
            Kind::Uploaded => Self::BlobUpload,
            Kind::Fetched => Self::BlobDownload,
            Kind::Delivered => Self::Download,
            Kind::Injected | Kind::Altered if row.detail() != NOT_ACCEPTED => Self::Download,
            Kind::Unacknowledged | Kind::Injected | Kind::Altered => Self::Unanswered,
            Kind::Signalled if Signal::of(row) == Some(Signal::Answered) => Self::StreamBegins,
            Kind::Media if length(row) == Some(Length::Long) => Self::StreamEndsLate,
            Kind::Media => Self::StreamEndsSoon,
            Kind::Lookup
            | Kind::Registered
            | Kind::Deregistered
            | Kind::Invited
            | Kind::Signalled
            | Kind::Alerted
            | Kind::Recalled
            | Kind::SignedIn
            | Kind::Purchased => Self::Request,
            // No tap sees any of these.
            Kind::Typed
            | Kind::Picked
            | Kind::Abandoned
            | Kind::Expired
            | Kind::Told
            | Kind::SmsSent
            | Kind::SmsDelivered
            | Kind::Left
            | Kind::GivenUp
            | Kind::SwitchedOff
            | Kind::SwitchedOn
            | Kind::Travelled
            | Kind::KeyAdded
            | Kind::KeySwapped
            | Kind::Compared
            | Kind::KeyStolen
            | Kind::Granted
            | Kind::Refused
            | Kind::Extended
            | Kind::Preserved
            | Kind::Disclosed
            | Kind::Reported
            | Kind::Exchange => Self::Request,
        }
    }
}

/// What somebody of this sort sees of a row.
fn shown(observer: Observer, row: Row) -> Row {
    match (observer, row.kind()) {
        (Observer::Network, _) => {
            let exchange = Row::of(Kind::Exchange).aged(row.age()).by(row.device()).at(row.place());
            let shape = Shape::of(row);
            let exchange = if shape.of_a_stream() { exchange.towards(row.other_end()) } else { exchange };
            exchange.shaped(shape)
        }
        // A lookup does not say what caused it.
        (Observer::ProviderLive, Kind::Lookup | Kind::Submitted) => row.because(0),
        // A receipt does not say which of the receiver's devices it is from, nor where that is.
        (Observer::Owner(user), Kind::Delivered) if row.source() == Some(user) => {
            row.by(user.phone()).at(Place::Home)
        }
        // Nor does whoever compares keys.
        (Observer::Owner(user), Kind::Compared) if row.source() != Some(user) => {
            row.by(row.device().owner().phone())
        }
        // The other side of a call does not say on which device, nor where that is, unless media goes there directly.
        (Observer::Owner(user), Kind::Signalled | Kind::Media) if !went_directly(row) => {
            if row.device().owner() == user {
                row.towards(row.target().map_or(row.device(), |target| target.owner().phone()))
            } else {
                row.by(row.device().owner().phone()).at(Place::Home)
            }
        }
        // To its receiver a forged message is a message.
        (Observer::Owner(_), Kind::Injected) => {
            let message = Row::of(Kind::Delivered).aged(row.age()).to(row.device().owner().address());
            let message = row.source().map_or(message, |claimed| message.from(claimed));
            message.by(row.device()).at(row.place()).indexed(row.index())
        }
        (Observer::Owner(_), Kind::Submitted) => row.because(0),
        _ => row,
    }
}
