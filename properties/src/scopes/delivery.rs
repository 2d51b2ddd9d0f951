//! **Scopes in which messages arrive, or do not.**

use super::causes::begun;
use super::towards;
use User::{Alice, Bob, Carol};
use mailcover_model::design::Design;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, Pair, User};

/// Two users who text, with nobody asking.
#[must_use]
pub fn texted(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(2);
    begun(design, scope)
}

/// Messages that machinery must deliver or give up, for ever: Bob may leave, and devices may be switched off.
#[must_use]
pub fn endless(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 3)], &[(Alice, Bob, 2)]);
    scope.bounds.leaves = 1;
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.power = true;
    scope.horizon = Horizon::Endless;
    begun(design, scope)
}

/// As [`endless`], but if Bob leaves, then before anything is written to him.
#[must_use]
pub fn departed(design: &Design) -> Scope {
    let mut scope = endless(design);
    scope.bounds.leaves = 0;
    scope.past_days = 1;
    scope.past.leaves = 1;
    scope
}

/// Two users, one message each way, until a message that was received has outlived a retention.
#[must_use]
pub fn seized(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.horizon = Horizon::Retentions(1, 1);
    begun(design, scope)
}

/// Who may write to whom in [`used`].
pub const USE_PAIRS: [Pair; 2] = [Pair { from: Alice, to: Bob }, Pair { from: Alice, to: Carol }];

/// One of three people writes to either of the others, on one day.
#[must_use]
pub fn used(design: &Design) -> Scope {
    let mut scope =
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
    // She writes once: whatever she sends, she could send to the one or to the other.
    scope.bounds.types = [1, 0, 0].into();
    let lookups = [(Alice, Bob, 2), (Alice, Carol, 2), (Bob, Alice, 1), (Carol, Alice, 1)];
    towards(&mut scope.bounds, &lookups, &[(Alice, Bob, 1), (Alice, Carol, 1)]);
    scope.horizon = Horizon::Days(0);
    begun(design, scope)
}
