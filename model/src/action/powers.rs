//! **Which capability an action takes, and whether machinery takes the action.**

use super::{Action, Point, Rule};
use crate::design::{Capability, Holder};

impl Action {
    /// The capability that the action takes; `None` for what anybody does who uses the service or runs it.
    #[must_use]
    pub const fn capability(&self) -> Option<Capability> {
        match self {
            Self::Turn { keep: true } => Some(Capability::KeepBeyondWindow),
            Self::Apply { application } => Some(match application.at {
                Holder::Provider => Capability::ProviderOrders,
                Holder::Carrier => Capability::CarrierOrders,
            }),
            Self::Preserve { .. } => Some(Capability::RequestPreservation),
            Self::DiscloseInEmergency { .. } => Some(Capability::RequestEmergency),
            Self::DiscloseWithoutOrder { .. } => Some(Capability::DiscloseWithoutOrder),
            Self::AddKey { .. } => Some(Capability::AddKey),
            Self::SwapKey { .. } => Some(Capability::SwapKey),
            Self::WithholdAlerts { .. } => Some(Capability::WithholdAlerts),
            Self::Inject { through: Point::Push, .. } => Some(Capability::Inject),
            Self::Inject { through: Point::Wire, .. } => Some(Capability::InjectOnWire),
            Self::StealKey { key, .. } => Some(key.theft()),
            Self::Alter { .. } => Some(Capability::AlterInTransit),
            Self::Type { .. }
            | Self::Pick { .. }
            | Self::Abandon { .. }
            | Self::Send { .. }
            | Self::Attach { .. }
            | Self::Refresh { .. }
            | Self::Deliver { .. }
            | Self::DeliverSms { .. }
            | Self::BackUp { .. }
            | Self::Fetch { .. }
            | Self::Invite { .. }
            | Self::Ring { .. }
            | Self::Answer { .. }
            | Self::Decline { .. }
            | Self::TimeOut { .. }
            | Self::HangUp { .. }
            | Self::UseAccount { .. }
            | Self::Register { .. }
            | Self::Deregister { .. }
            | Self::Leave { .. }
            | Self::GiveUp { .. }
            | Self::SwitchOff { .. }
            | Self::SwitchOn { .. }
            | Self::Travel { .. }
            | Self::Compare { .. }
            | Self::Turn { keep: false }
            | Self::Disclose { .. }
            | Self::Extend { .. }
            | Self::Demand { .. }
            | Self::Publish => None,
        }
    }

    /// Whether machinery takes the action, which therefore cannot be put off for ever: delivering, ringing, ceasing to
    /// ring, and the turn of the day. People never have to act, a device backs up only where its owner lets it, and where it is left
    /// at rest beside a power supply, and nobody need look at what is attached to a message.
    #[must_use]
    pub const fn fair(&self) -> bool {
        match self.rule() {
            Rule::Deliver | Rule::DeliverSms | Rule::Ring | Rule::TimeOut => true,
            Rule::Turn => matches!(self, Self::Turn { keep: false }),
            Rule::Type
            | Rule::Pick
            | Rule::Abandon
            | Rule::Send
            | Rule::Attach
            | Rule::Refresh
            | Rule::BackUp
            | Rule::Fetch
            | Rule::Invite
            | Rule::Answer
            | Rule::Decline
            | Rule::HangUp
            | Rule::UseAccount
            | Rule::Register
            | Rule::Deregister
            | Rule::Leave
            | Rule::GiveUp
            | Rule::Switch
            | Rule::Travel
            | Rule::Apply
            | Rule::Disclose
            | Rule::Extend
            | Rule::Preserve
            | Rule::DiscloseInEmergency
            | Rule::DiscloseWithoutOrder
            | Rule::AddKey
            | Rule::SwapKey
            | Rule::WithholdAlerts
            | Rule::Compare
            | Rule::Inject
            | Rule::StealKey
            | Rule::Alter
            | Rule::Demand
            | Rule::Publish => false,
        }
    }
}
