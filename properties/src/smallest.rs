//! **The smallest scope that counts, and by what a scope falls short of it.**
//!
//! For claims about pairs: two users and a bystander, one of the two with two devices; two messages; two lookups per
//! ordered pair; one order with one extension where orders matter; a horizon past twice the retention where retention
//! matters. A claim that makes do with less gives a reason for each thing it leaves out, and a test holds that it does.

use enumset::{EnumSet, EnumSetType};
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, User};
use std::fmt;

/// Something that the smallest scope that counts has and another has not.
#[derive(Debug, EnumSetType)]
pub enum Shortfall {
    /// A third user.
    Bystander,
    /// A second device of one of the two users.
    SecondDevice,
    /// Two messages.
    Messages,
    /// Two lookups for each ordered pair of the two users.
    Lookups,
    /// An order and its extension, where orders are applied for.
    Extension,
    /// More days than twice the retention.
    Horizon,
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bystander => "no bystander",
            Self::SecondDevice => "one device each",
            Self::Messages => "fewer than two messages",
            Self::Lookups => "a pair with fewer than two lookups",
            Self::Extension => "no extension of an order",
            Self::Horizon => "no more days than twice the retention",
        })
    }
}

/// What this scope lacks.
#[must_use]
pub fn shortfalls(scope: &Scope) -> EnumSet<Shortfall> {
    let owned = |user: User| scope.devices.iter().filter(|device| device.owner() == user).count();
    let bounds = &scope.bounds;
    let lookups = |from: User, to: User| bounds.lookups.get(from.index(), to.address().index());
    let asked = bounds.applications + scope.past.applications > 0;
    let long = match scope.horizon {
        Horizon::Days(_) => false,
        Horizon::Retentions(times, more) => times > 2 || (times == 2 && more > 0),
        Horizon::UnderOrder(_) | Horizon::Endless => true,
    };
    let lacks = [
        (Shortfall::Bystander, User::ALL.into_iter().any(|user| owned(user) == 0)),
        (Shortfall::SecondDevice, scope.devices.iter().map(Device::owner).all(|user| owned(user) < 2)),
        (Shortfall::Messages, bounds.sends.total() < 2),
        (Shortfall::Lookups, lookups(User::Alice, User::Bob) < 2 || lookups(User::Bob, User::Alice) < 2),
        (Shortfall::Extension, asked && bounds.requests == 0),
        (Shortfall::Horizon, !long),
    ];
    lacks.into_iter().filter(|(_, lacking)| *lacking).map(|(shortfall, _)| shortfall).collect()
}
