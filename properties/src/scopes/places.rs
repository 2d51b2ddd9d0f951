//! **The scopes of claims about where somebody was.**

use super::causes::{asks_again, explained, rows_cost_messages};
use super::towards;
use User::{Alice, Bob};
use mailcover_model::design::{Design, Holder, OrderKind, Trigger};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::world::{Device, User};

/// Alice and her devices, which travel together or apart.
///
/// What a device asks that she left behind, it asks of itself: it refreshes what it knows, or it receives. Where nothing
/// is refreshed, Bob therefore writes to her; he asked about her so long ago that the row is gone.
#[must_use]
pub fn places(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [2, 0, 0].into();
    scope.bounds.travels = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.travels = [2, 0, 0].into();
    if !asks_again(design) && design.directory.lookup_on.contains(Trigger::Receive) {
        scope.past.types = [0, 1, 0].into();
        towards(&mut scope.past, &[(Bob, Alice, 1)], &[]);
        let rows = if rows_cost_messages(design) { 1 } else { 2 };
        towards(&mut scope.bounds, &[(Alice, Bob, rows)], &[(Bob, Alice, 1)]);
    } else {
        scope.past.types = [1, 0, 0].into();
        towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    }
    scope.horizon = Horizon::Days(2);
    explained(design, scope)
}

/// Alice and her devices, which travel together or apart, sign in by themselves, and which she buys something on.
#[must_use]
pub fn accounts(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet);
    scope.places = true;
    scope.bounds.travels = [2, 0, 0].into();
    scope.bounds.accounts = 2;
    scope.past_days = 1;
    scope.past.travels = [2, 0, 0].into();
    scope.horizon = Horizon::Days(2);
    scope
}

/// The same, with an investigator who has a subpoena for what the provider's logs hold about her.
#[must_use]
pub fn accounts_subpoenaed(design: &Design) -> Scope {
    let mut scope = accounts(design);
    let (kind, at) = (OrderKind::Subpoena, Holder::Provider);
    scope.menu = vec![Plea { kind, at, target: Some(Alice), since: Span::Retention, runs: Span::Nothing }];
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.horizon = Horizon::Days(1);
    scope
}
