//! **What truly happened, as claims speak of it.**
//!
//! An event is recorded when it happens and seen by nobody as such; what somebody sees of it is an observation
//! (see [`crate::row`]). Most events are read off the messages, which a run never forgets. The two that leave no
//! other trace, *typed* and *looked up*, are marked as they happen, and only when a claim asks for them.

use crate::state::{Message, MessageKind, State};
use crate::world::{Pair, User};
use enumset::EnumSetType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An event, per ordered pair of users.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize, JsonSchema)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The one person entered the other's address.
    Typed,
    /// A device of the one asked the directory about the other.
    LookedUp,
    /// The one pressed send, to the other.
    Attempted,
    /// A device of the other received what the one chose to send, over the platform or by SMS.
    Communicated,
    /// The same, over the platform only.
    CommunicatedOverPlatform,
    /// The same, by SMS only.
    CommunicatedBySms,
}

impl Event {
    /// All events, in order.
    pub const ALL: [Self; 6] = [
        Self::Typed,
        Self::LookedUp,
        Self::Attempted,
        Self::Communicated,
        Self::CommunicatedOverPlatform,
        Self::CommunicatedBySms,
    ];

    /// Whether the event has happened, from the one to the other.
    #[must_use]
    pub fn happened(self, state: &State, pair: Pair) -> bool {
        // What an adversary puts before a device may be what somebody wrote to its owner.
        let relayed = || {
            state.messages().any(|message| {
                let written = |body: &Message| {
                    body.honest() && body.author() == pair.from && body.to().owner() == pair.to
                };
                message.kind() == MessageKind::Injected
                    && message.received() != 0
                    && message.author() == pair.from
                    && message.to().owner() == pair.to
                    && state.messages().nth(usize::from(message.body())).is_some_and(written)
            })
        };
        let sent = |wanted: &dyn Fn(MessageKind, bool) -> bool| {
            state.messages().any(|message| {
                message.honest()
                    && message.author() == pair.from
                    && message.to().owner() == pair.to
                    && wanted(message.kind(), message.received() != 0)
            })
        };
        match self {
            Self::Typed => state.typed & pair.bit() != 0,
            Self::LookedUp => state.looked_up & pair.bit() != 0,
            Self::Attempted => sent(&|_, _| true),
            Self::Communicated => sent(&|_, received| received) || relayed(),
            Self::CommunicatedOverPlatform => {
                sent(&|kind, received| received && kind == MessageKind::Platform) || relayed()
            }
            Self::CommunicatedBySms => sent(&|kind, received| received && kind == MessageKind::Sms),
        }
    }

    /// Whether it has happened between any two users, in either direction.
    #[must_use]
    pub fn happened_at_all(self, state: &State) -> bool {
        Pair::ALL.into_iter().any(|pair| self.happened(state, pair))
    }

    /// The event as a clause about two people: "Alice typed Bob's address".
    #[must_use]
    pub fn clause(self, from: User, to: User) -> String {
        let (from, to) = (from.name(), to.name());
        match self {
            Self::Typed => format!("{from} typed {to}'s address"),
            Self::LookedUp => format!("a device of {from}'s looked {to} up"),
            Self::Attempted => format!("{from} pressed send to {to}"),
            Self::Communicated => format!("{from} communicated with {to}"),
            Self::CommunicatedOverPlatform => format!("{from} communicated with {to} over the platform"),
            Self::CommunicatedBySms => format!("{from} communicated with {to} by SMS"),
        }
    }
}
