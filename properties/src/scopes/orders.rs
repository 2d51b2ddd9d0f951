//! **Scopes in which an investigator watches two users under an order.**

use super::causes::{begun, explained};
use super::{alone, everyone, pen_register, towards};
use User::{Alice, Bob, Carol};
use mailcover_model::design::{Design, Holder};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::world::{Device, Pair, User};

/// Two users who are watched by an investigator with an order, which may be extended, and one that is refused.
#[must_use]
pub fn ordered(design: &Design) -> Scope {
    explained(design, under_order(design))
}

/// As [`ordered`], with caches that were warmed in the past, and messages of then that are on their way.
///
/// Alice may have asked about Bob twice then, so that even a design whose clients forget at once has let her write.
#[must_use]
pub fn ordered_with_warm_caches(design: &Design) -> Scope {
    let mut scope = under_order(design);
    scope.bounds.requests = 0;
    scope.bounds.disclosures = 1;
    scope.menu.push(everyone(Holder::Provider));
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [1, 1, 0].into();
    let each_way = [(Alice, Bob, 1), (Bob, Alice, 1)];
    towards(&mut scope.past, &[(Alice, Bob, 2), (Bob, Alice, 1)], &each_way);
    towards(&mut scope.bounds, &each_way, &[(Bob, Alice, 0)]);
    scope.horizon = Horizon::Retentions(1, 0);
    explained(design, scope)
}

/// Two users whose texts pass a carrier, and an investigator who may hold an order there and one at the provider.
///
/// Bob may type once before his telephone is registered, when no row comes of it, and once after.
#[must_use]
pub fn carried(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, if alone(design) { 2 } else { 1 }, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.registrations = 1;
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.past.applications = 2;
    scope.menu = vec![pen_register(Holder::Provider), pen_register(Holder::Carrier)];
    scope.bounds.disclosures = 2;
    scope.horizon = Horizon::Days(1);
    explained(design, scope)
}

/// Two users, one of whom a carrier watches under a pen register: it looks ahead from the day on which it is granted.
#[must_use]
pub fn watched_by_carrier(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [if alone(design) { 2 } else { 1 }, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.bounds.requests = u8::from(alone(design));
    scope.menu = vec![Plea { since: Span::Nothing, ..pen_register(Holder::Carrier) }];
    scope.horizon = Horizon::Days(2);
    begun(design, scope)
}

/// Two users and an order at the provider, before it is settled what causes rows.
fn under_order(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.applications = 1;
    // Where others may disclose as well, one disclosure is enough to see that.
    scope.bounds.disclosures = if alone(design) { 2 } else { 1 };
    scope.bounds.requests = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// Who may write to whom in [`begun_under_order`].
pub const BEGUN_PAIRS: [Pair; 2] = [Pair { from: Alice, to: Bob }, Pair { from: Bob, to: Carol }];

/// Three users, one of whom an order may name, on either of two days: what a log shows that is begun by it.
#[must_use]
pub fn begun_under_order(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [2, 1, 0].into();
    let lookups = [(Alice, Bob, 2), (Bob, Alice, 1), (Bob, Carol, 1), (Carol, Bob, 1)];
    towards(&mut scope.bounds, &lookups, &[(Alice, Bob, 2), (Bob, Carol, 1)]);
    scope.bounds.applications = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}
