//! **Everything that the world may choose to do, by name.**
//!
//! An action is a choice; the rule that carries it out is a function of the same name in [`crate::rules`].
//! Actions have named parameters and a stable text form, because a stored trace is a list of them.

mod key;
mod parameters;
mod powers;
mod rule;

pub use key::PrivateKey;
pub use parameters::{Application, Point, Signer};
pub use rule::Rule;

use parameters::is_first;

use crate::design::{AccountAct, Holder};
use crate::state::{Length, Purpose};
use crate::world::{Address, Device, User};
use enumset::EnumSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// A person enters an address on a device.
    Type {
        /// On which device.
        device: Device,
        /// Which address.
        address: Address,
    },
    /// A person picks a contact's name on a device, and then one of the contact's addresses.
    Pick {
        /// On which device.
        device: Device,
        /// Which of the contact's addresses the draft is to.
        address: Address,
    },
    /// A person abandons the open draft.
    Abandon {
        /// On which device.
        device: Device,
    },
    /// A person writes a message and presses send.
    Send {
        /// On which device.
        device: Device,
        /// To which address.
        address: Address,
    },
    /// A person sends a message with something attached to it.
    Attach {
        /// On which device.
        device: Device,
        /// To which address.
        address: Address,
    },
    /// A device looks up, unasked, an address that it already knows.
    Refresh {
        /// Which device.
        device: Device,
        /// Which address.
        address: Address,
    },
    /// Push delivers a message to a device, which checks, decrypts and acknowledges it.
    Deliver {
        /// The message's number, from 0.
        message: u8,
        /// To which device.
        device: Device,
    },
    /// The carrier delivers an SMS.
    DeliverSms {
        /// The message's number, from 0.
        message: u8,
    },
    /// A device backs up, with the provider, the messages that it holds.
    BackUp {
        /// Which device.
        device: Device,
    },
    /// A device that accepted a message fetches what is attached to it from the provider's store.
    Fetch {
        /// The message's number, from 0.
        message: u8,
        /// Which device.
        device: Device,
    },
    /// A person calls somebody.
    Invite {
        /// On which device.
        device: Device,
        /// At which address.
        address: Address,
    },
    /// Push hands an invitation to a device, which rings.
    Ring {
        /// The call's number, from 0.
        call: u8,
        /// Which device.
        device: Device,
    },
    /// A person answers a call.
    Answer {
        /// The call's number, from 0.
        call: u8,
        /// On which device.
        device: Device,
    },
    /// A person declines a call.
    Decline {
        /// The call's number, from 0.
        call: u8,
        /// On which device.
        device: Device,
    },
    /// Nobody has answered a call in time.
    TimeOut {
        /// The call's number, from 0.
        call: u8,
    },
    /// A person hangs up.
    HangUp {
        /// On which device.
        device: Device,
        /// After talking for how long; before anybody has answered, it is short.
        length: Length,
    },
    /// A device signs in to its owner's account, or its owner buys something on it.
    UseAccount {
        /// On which device.
        device: Device,
        /// Which of the two.
        act: AccountAct,
    },
    /// A device registers at the directory.
    Register {
        /// Which device.
        device: Device,
    },
    /// A device's registration is removed by its owner.
    Deregister {
        /// Which device.
        device: Device,
    },
    /// A person takes the number to a telephone of another make.
    Leave {
        /// Who.
        user: User,
    },
    /// A person gives the number up, which is somebody else's from the next day on.
    GiveUp {
        /// Who.
        user: User,
    },
    /// A device is switched off.
    SwitchOff {
        /// Which device.
        device: Device,
    },
    /// A device is switched on.
    SwitchOn {
        /// Which device.
        device: Device,
    },
    /// A person goes to the other place and takes some devices along.
    Travel {
        /// Who.
        user: User,
        /// With which devices.
        #[schemars(with = "Vec<Device>")]
        with: EnumSet<Device>,
    },
    /// The day ends, and with it whatever is due.
    Turn {
        /// Whether rows that are due for deletion are kept all the same.
        keep: bool,
    },
    /// The investigator applies for an order, and the court answers.
    Apply {
        /// The application.
        #[serde(flatten)]
        application: Application,
    },
    /// A holder discloses under a running order.
    Disclose {
        /// Who discloses.
        by: Holder,
        /// The order's number, from 0 in the order of granting, whoever holds them.
        #[serde(default, skip_serializing_if = "is_first")]
        order: u8,
    },
    /// A court extends a running order.
    Extend {
        /// Who has to serve the order.
        at: Holder,
        /// The order's number, as for [`Action::Disclose`].
        #[serde(default, skip_serializing_if = "is_first")]
        order: u8,
    },
    /// The investigator asks the provider to preserve what exists about a user, or renews that.
    Preserve {
        /// About whom.
        user: User,
    },
    /// The provider discloses what it holds about a user in an emergency.
    DiscloseInEmergency {
        /// About whom.
        user: User,
    },
    /// The provider hands over what it holds about a user without an order.
    DiscloseWithoutOrder {
        /// About whom.
        user: User,
    },
    /// The directory's operator adds a key of its own to an address.
    AddKey {
        /// To which address.
        address: Address,
    },
    /// The directory's operator replaces an address's keys by its own.
    SwapKey {
        /// At which address.
        address: Address,
    },
    /// The directory's operator keeps the alerts about an address back, from now on.
    WithholdAlerts {
        /// About which address.
        address: Address,
    },
    /// Two people compare, past the provider, what a device of the one has for the other with the other's keys.
    Compare {
        /// On which device of the one.
        device: Device,
        /// At which address of the other.
        address: Address,
    },
    /// An adversary puts a message before a device.
    Inject {
        /// Which device.
        device: Device,
        /// As whose message.
        claimed: User,
        /// Whose body it carries: a message's number, or the number past the last for the adversary's own.
        body: u8,
        /// Who made the signature under it.
        signer: Signer,
        /// Through the push service, or on the wire.
        through: Point,
    },
    /// A thief copies a private key from a device, whose owner notices nothing.
    StealKey {
        /// From which device.
        device: Device,
        /// Which of its keys.
        key: PrivateKey,
    },
    /// Whoever carries a message puts altered copies of its ciphertext before a device, and sees how it reacts.
    Alter {
        /// The message's number, from 0.
        message: u8,
        /// Before which device, for which the copy was encrypted.
        device: Device,
    },
    /// Somebody serves the provider with a demand for a user's data.
    Demand {
        /// What for.
        purpose: Purpose,
    },
    /// The provider publishes a report about the demands so far.
    Publish,
}

impl Action {
    /// The name by which files call the action, whatever its parameters: `add-key`.
    #[must_use]
    pub fn name(&self) -> String {
        let written = serde_json::to_value(self).ok();
        let name = written.as_ref().and_then(|action| action.get("do")?.as_str());
        name.unwrap_or_default().to_owned()
    }

    /// The rule that carries the action out.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Type { .. } => Rule::Type,
            Self::Pick { .. } => Rule::Pick,
            Self::Abandon { .. } => Rule::Abandon,
            Self::Send { .. } => Rule::Send,
            Self::Attach { .. } => Rule::Attach,
            Self::Refresh { .. } => Rule::Refresh,
            Self::Deliver { .. } => Rule::Deliver,
            Self::DeliverSms { .. } => Rule::DeliverSms,
            Self::BackUp { .. } => Rule::BackUp,
            Self::Fetch { .. } => Rule::Fetch,
            Self::Invite { .. } => Rule::Invite,
            Self::Ring { .. } => Rule::Ring,
            Self::Answer { .. } => Rule::Answer,
            Self::Decline { .. } => Rule::Decline,
            Self::TimeOut { .. } => Rule::TimeOut,
            Self::HangUp { .. } => Rule::HangUp,
            Self::UseAccount { .. } => Rule::UseAccount,
            Self::Register { .. } => Rule::Register,
            Self::Deregister { .. } => Rule::Deregister,
            Self::Leave { .. } => Rule::Leave,
            Self::GiveUp { .. } => Rule::GiveUp,
            Self::SwitchOff { .. } | Self::SwitchOn { .. } => Rule::Switch,
            Self::Travel { .. } => Rule::Travel,
            Self::Turn { .. } => Rule::Turn,
            Self::Apply { .. } => Rule::Apply,
            Self::Disclose { .. } => Rule::Disclose,
            Self::Extend { .. } => Rule::Extend,
            Self::Preserve { .. } => Rule::Preserve,
            Self::DiscloseInEmergency { .. } => Rule::DiscloseInEmergency,
            Self::DiscloseWithoutOrder { .. } => Rule::DiscloseWithoutOrder,
            Self::AddKey { .. } => Rule::AddKey,
            Self::SwapKey { .. } => Rule::SwapKey,
            Self::WithholdAlerts { .. } => Rule::WithholdAlerts,
            Self::Compare { .. } => Rule::Compare,
            Self::Inject { .. } => Rule::Inject,
            Self::StealKey { .. } => Rule::StealKey,
            Self::Alter { .. } => Rule::Alter,
            Self::Demand { .. } => Rule::Demand,
            Self::Publish => Rule::Publish,
        }
    }
}
