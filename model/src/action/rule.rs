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
    /// See [`super::Action::Attach`].
    Attach,
    /// See [`super::Action::Refresh`].
    Refresh,
    /// See [`super::Action::Deliver`].
    Deliver,
    /// See [`super::Action::DeliverSms`].
    DeliverSms,
    /// See [`super::Action::BackUp`].
    BackUp,
    /// See [`super::Action::Fetch`].
    Fetch,
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
