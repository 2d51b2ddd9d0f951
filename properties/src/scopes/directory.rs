//! **Scopes in which the directory's operator may list keys of its own.**

use super::causes::begun;
use super::towards;
use User::{Alice, Bob};
use mailcover_model::design::{Design, Trigger};
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, User};

/// Two users who ask about each other, one of them with two devices; a key may be added or swapped once. Whatever an alert shows
/// a tap, a typed address on each device shows as well.
#[must_use]
pub fn watched_keys(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [2, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[]);
    scope.bounds.keys = 1;
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}

/// The same for a tap. Where typing asks nothing, what an alert shows is shown by a device that registers or takes itself out; the
/// directory alerts no such device, so that elsewhere and for others both stay as they are.
#[must_use]
pub fn tapped_keys(design: &Design) -> Scope {
    let mut scope = watched_keys(design);
    if !design.directory.lookup_on.contains(Trigger::Type) {
        scope.bounds.registrations = 2;
        scope.registering = Device::AlicePhone | Device::AliceTablet;
    }
    scope
}

/// The same, where Bob alone asks, and what he was told they may compare with Alice's keys.
#[must_use]
pub fn compared_keys(design: &Design) -> Scope {
    let mut scope = watched_keys(design);
    scope.bounds.types = [0, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 0)], &[]);
    // How many keys an address has shows nothing where its owner may have taken a device away.
    scope.bounds.registrations = 1;
    scope.registering = Device::AliceTablet.into();
    scope.comparing = design.directory.comparison;
    scope
}
