//! **The rules, by name: one for each action but for switching off and on.**

use enumset::EnumSetType;

/// A rule's name, which is also the name of the actions that it carries out.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
pub enum Rule {
    /// See [`super::Action::Type`].
    Type,
    /// See [`super::Action::Pick`].
    Pick,
    /// See [`super::Action::Abandon`].
    Abandon,
    /// See [`super::Action::Send`].
    Send,
    /// See [`super::Action::Refresh`].
    Refresh,
    /// See [`super::Action::Deliver`].
    Deliver,
    /// See [`super::Action::DeliverSms`].
    DeliverSms,
    /// See [`super::Action::BackUp`].
    BackUp,
    /// See [`super::Action::Invite`].
    Invite,
    /// See [`super::Action::Ring`].
    Ring,
    /// See [`super::Action::Answer`].
    Answer,
    /// See [`super::Action::Decline`].
    Decline,
    /// See [`super::Action::TimeOut`].
    TimeOut,
    /// See [`super::Action::HangUp`].
    HangUp,
    /// See [`super::Action::UseAccount`].
    UseAccount,
    /// See [`super::Action::Register`].
    Register,
    /// See [`super::Action::Deregister`].
    Deregister,
    /// See [`super::Action::Leave`].
    Leave,
    /// See [`super::Action::GiveUp`].
    GiveUp,
    /// See [`super::Action::SwitchOff`] and [`super::Action::SwitchOn`].
    Switch,
    /// See [`super::Action::Travel`].
    Travel,
    /// See [`super::Action::Turn`].
    Turn,
    /// See [`super::Action::Apply`].
    Apply,
    /// See [`super::Action::Disclose`].
    Disclose,
    /// See [`super::Action::Extend`].
    Extend,
    /// See [`super::Action::Preserve`].
    Preserve,
    /// See [`super::Action::DiscloseInEmergency`].
    DiscloseInEmergency,
    /// See [`super::Action::DiscloseWithoutOrder`].
    DiscloseWithoutOrder,
    /// See [`super::Action::AddKey`].
    AddKey,
    /// See [`super::Action::SwapKey`].
    SwapKey,
    /// See [`super::Action::WithholdAlerts`].
    WithholdAlerts,
    /// See [`super::Action::Compare`].
    Compare,
    /// See [`super::Action::Inject`].
    Inject,
    /// See [`super::Action::StealKey`].
    StealKey,
    /// See [`super::Action::Alter`].
    Alter,
    /// See [`super::Action::Demand`].
    Demand,
    /// See [`super::Action::Publish`].
    Publish,
}

impl Rule {
    /// Whether machinery carries it out, so that it cannot be put off for ever: delivering, ringing, ceasing to ring, and the turn
    /// of the day. People never have to act, and a device backs up only where its owner lets it, and where it is left at rest
    /// beside a power supply.
    #[must_use]
    pub const fn fair(self) -> bool {
        match self {
            Self::Deliver | Self::DeliverSms | Self::Ring | Self::TimeOut | Self::Turn => true,
            Self::Type
            | Self::Pick
            | Self::Abandon
            | Self::Send
            | Self::Refresh
            | Self::BackUp
            | Self::Invite
            | Self::Answer
            | Self::Decline
            | Self::HangUp
            | Self::UseAccount
            | Self::Register
            | Self::Deregister
            | Self::Leave
            | Self::GiveUp
            | Self::Switch
            | Self::Travel
            | Self::Apply
            | Self::Disclose
            | Self::Extend
            | Self::Preserve
            | Self::DiscloseInEmergency
            | Self::DiscloseWithoutOrder
            | Self::AddKey
            | Self::SwapKey
            | Self::WithholdAlerts
            | Self::Compare
            | Self::Inject
            | Self::StealKey
            | Self::Alter
            | Self::Demand
            | Self::Publish => false,
        }
    }
}
