//! **Scopes in which people call each other.**
//!
//! For each invitation its innocent cause is within the bounds: nobody has to answer. Where sending does not ask the
//! directory, calling does not either, and people type addresses first.

use super::causes::begun;
use super::towards;
use User::{Alice, Bob, Carol};
use mailcover_model::design::{Design, Holder, OrderKind, Trigger};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::world::{Device, User};

/// Two users, one with two devices, who may call each other once, and a bystander whom one of them may call instead.
#[must_use]
pub fn calls(design: &Design) -> Scope {
    let mut scope =
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2), (Alice, Carol, 1)], &[]);
    scope.horizon = Horizon::Retentions(2, 1);
    placed(design, scope)
}

/// The same within a day and the next, for those who remember what passes them.
#[must_use]
pub fn calls_live(design: &Design) -> Scope {
    let mut scope = calls(design);
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    scope.horizon = Horizon::Days(1);
    scope
}

/// Two users who may call each other, and an investigator with an order for records about one of them.
#[must_use]
pub fn calls_under_order(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    let (kind, at) = (OrderKind::RecordsOrder, Holder::Provider);
    scope.menu = vec![Plea { kind, at, target: Some(Alice), since: Span::Retention, runs: Span::Nothing }];
    scope.horizon = Horizon::Retentions(2, 1);
    placed(design, scope)
}

/// The scope with a call of each of the two, where there are calls, and with what they need to be placed.
fn placed(design: &Design, mut scope: Scope) -> Scope {
    if design.calls.made() {
        scope.bounds.calls = [1, 1, 0].into();
    }
    if !design.directory.lookup_on.contains(Trigger::Send) {
        scope.bounds.types = [1, 1, 0].into();
    }
    begun(design, scope)
}
