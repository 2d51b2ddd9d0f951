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

#[cfg(test)]
mod tests {
    use super::*;
    use mailcover_model::world::Pair;

    /// Just what counts.
    fn enough() -> Scope {
        let mut scope =
            Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
        scope.bounds.sends.set(User::Alice.index(), User::Bob.index(), 2);
        for pair in [Pair { from: User::Alice, to: User::Bob }, Pair { from: User::Bob, to: User::Alice }] {
            scope.bounds.lookups.set(pair.from.index(), pair.to.address().index(), 2);
        }
        (scope.bounds.applications, scope.bounds.requests) = (1, 1);
        scope.horizon = Horizon::Retentions(2, 1);
        scope
    }

    fn lacking(change: impl FnOnce(&mut Scope)) -> EnumSet<Shortfall> {
        let mut scope = enough();
        change(&mut scope);
        shortfalls(&scope)
    }

    #[test]
    fn a_scope_falls_short_by_just_what_it_lacks() {
        let [alice, bob, carol] = User::ALL.map(User::index);
        assert_eq!(lacking(|_| {}), EnumSet::empty());
        assert_eq!(lacking(|scope| scope.devices -= Device::CarolPhone), Shortfall::Bystander);
        assert_eq!(lacking(|scope| scope.devices -= Device::AliceTablet), Shortfall::SecondDevice);
        assert_eq!(lacking(|scope| scope.bounds.sends.set(alice, bob, 1)), Shortfall::Messages);
        assert_eq!(lacking(|scope| scope.bounds.sends.set(alice, carol, 1)), EnumSet::empty());
        for (from, to) in [(User::Alice, User::Bob), (User::Bob, User::Alice)] {
            let once = |scope: &mut Scope| scope.bounds.lookups.set(from.index(), to.address().index(), 1);
            assert_eq!(lacking(once), Shortfall::Lookups, "{from:?}");
        }
    }

    #[test]
    fn an_extension_is_lacking_only_where_orders_are_applied_for() {
        let lacks = |now: u8, before: u8, requests: u8| {
            lacking(|scope| {
                (scope.bounds.applications, scope.bounds.requests) = (now, requests);
                scope.past.applications = before;
            })
        };
        assert_eq!(lacks(1, 0, 0), Shortfall::Extension);
        assert_eq!(lacks(0, 1, 0), Shortfall::Extension, "before the run");
        assert_eq!(lacks(0, 0, 0), EnumSet::empty());
        assert_eq!(lacks(1, 1, 1), EnumSet::empty());
    }

    #[test]
    fn a_horizon_is_to_be_past_twice_the_retention() {
        let reaches = |horizon| !lacking(|scope| scope.horizon = horizon).contains(Shortfall::Horizon);
        assert!(reaches(Horizon::Retentions(2, 1)) && reaches(Horizon::Retentions(3, 0)));
        assert!(!reaches(Horizon::Retentions(2, 0)) && !reaches(Horizon::Retentions(1, 9)));
        assert!(!reaches(Horizon::Days(100)));
        assert!(reaches(Horizon::UnderOrder(0)) && reaches(Horizon::Endless));
    }
}
