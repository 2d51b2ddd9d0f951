//! **Scopes in which everything that travels counts: texts, keys, what passes the provider.**

use super::causes::begun;
use super::{towards, warrant};
use User::{Alice, Bob, Carol};
use mailcover_model::design::Design;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, User};

/// Everybody writes, on one day: which terms pass whom.
///
/// Where devices back up, one of them does so once, and an investigator may have a warrant about one of two people.
#[must_use]
pub fn content(design: &Design) -> Scope {
    let mut scope =
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [2, 1, 1].into();
    towards(
        &mut scope.bounds,
        &[(Alice, Bob, 2), (Bob, Alice, 2), (Carol, Alice, 1), (Alice, Carol, 1)],
        &[(Alice, Bob, 1), (Bob, Alice, 1), (Carol, Alice, 1)],
    );
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(1);
    if design.backup.made() {
        with_a_warrant(&mut scope);
    }
    begun(design, scope)
}

/// Two users, one message each way, and an investigator with a warrant about one of the two.
#[must_use]
pub fn searched(design: &Design) -> Scope {
    let mut scope = live(design);
    scope.bounds.registrations = 0;
    // Of the two sides of a message either may back it up, or both.
    scope.bounds.backups = if design.backup.made() { 2 } else { 0 };
    with_a_warrant(&mut scope);
    scope
}

/// A warrant may be had about one of two people, and is served once.
fn with_a_warrant(scope: &mut Scope) {
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu = [Alice, Bob].map(warrant).to_vec();
}

/// Two users whose devices an adversary may put messages before, of its own or altered, and steal a key from.
#[must_use]
pub fn forgery(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.keys = 1;
    scope.bounds.injections = 2;
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}

/// Two users, one of whom removes a device from the directory, or lists it again; somebody steals a key from one of her devices.
#[must_use]
pub fn removed(design: &Design) -> Scope {
    let mut scope = forgery(design);
    // Both from the one who does not remove anything: where only sending asks, the first is what leaves an answer behind.
    towards(&mut scope.bounds, &[], &[(Alice, Bob, 0), (Bob, Alice, 2)]);
    scope.bounds.injections = 0;
    scope.bounds.registrations = 2;
    scope.registering = Device::AliceTablet | Device::AlicePhone;
    begun(design, scope)
}

/// The same with one device each, where what an adversary puts before a device may be signed with a stolen key. It does so once,
/// for what a key serves for, it serves for the first time.
#[must_use]
pub fn impersonation(design: &Design) -> Scope {
    let mut scope = forgery(design);
    scope.devices = Device::AlicePhone | Device::BobPhone;
    scope.bounds.injections = 1;
    scope
}

/// Two users, one message each way, and everything that the provider handles of it.
#[must_use]
pub fn live(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone | Device::AliceTablet;
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}

/// As [`live`], for whoever watches push and is to know: nobody backs anything up. What push has handled is to be seen whether or
/// not a backup follows, and a row more only ever tells runs apart.
#[must_use]
pub fn live_at_push(design: &Design) -> Scope {
    let mut scope = live(design);
    scope.bounds.backups = 0;
    scope
}

/// Two users with a telephone each, one message each way, of which one may fall back to SMS: what passes those who carry it.
#[must_use]
pub fn carried_live(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}
