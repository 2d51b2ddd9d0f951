//! **Scopes in which people attach things to messages.**
//!
//! Each person attaches something once, or fetches something once: no more is fetched than any one sender's attachments could
//! explain. Where an upload could be a message, an attachment counts as two messages, and the scope has them.

use super::causes::begun;
use super::{towards, warrant};
use User::{Alice, Bob, Carol};
use mailcover_model::design::{Design, Holder, OrderKind, Sizes};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::state::Each;
use mailcover_model::world::{Device, User};

/// As how many messages an attachment counts in the scope.
fn messages(scope: &Scope) -> u8 {
    if scope.doubling { 2 } else { 1 }
}

/// The scope, in which an attachment counts as two messages where sizes do not tell it from two.
pub(super) fn doubled(design: &Design, scope: Scope) -> Scope {
    Scope { doubling: design.attachments.made() && design.network.sizes == Sizes::One, ..scope }
}

/// How often each of the three may attach something, or fetch it: never, where nobody does.
fn often(design: &Design, counts: [u8; 3]) -> Each {
    if design.attachments.made() { counts.into() } else { Each::default() }
}

/// Two users, one with two devices, either of whom may attach something to what they write, or fetch what the other attached;
/// and somebody may add a key.
#[must_use]
pub fn attached(design: &Design) -> Scope {
    let mut scope = exchanged(design);
    scope.bounds.keys = 1;
    scope
}

/// The same with nobody who adds a key, and an investigator who may have a warrant about one of the two.
#[must_use]
pub fn attached_and_searched(design: &Design) -> Scope {
    let mut scope = exchanged(design);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.menu = [Alice, Bob].map(warrant).to_vec();
    scope
}

fn exchanged(design: &Design) -> Scope {
    let mut scope = doubled(design, Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone));
    let count = messages(&scope);
    let sends = [(Alice, Bob, count), (Bob, Alice, count)];
    scope.bounds.types = [1, 1, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &sends);
    scope.bounds.attachments = often(design, [1, 1, 0]);
    scope.horizon = Horizon::Days(0);
    begun(design, scope)
}

/// Bob writes two messages to Alice, who has two devices, or one with an attachment, which she may fetch.
#[must_use]
pub fn tapped(design: &Design) -> Scope {
    let mut scope = exchanged(design);
    let lookups = [(Alice, Bob, 1), (Bob, Alice, 1)];
    towards(&mut scope.bounds, &lookups, &[(Alice, Bob, 0), (Bob, Alice, 2)]);
    scope
}

/// The same, for longer than push stores a message.
#[must_use]
pub fn tapped_for_long(design: &Design) -> Scope {
    Scope { horizon: Horizon::Days(2), ..tapped(design) }
}

/// Alice may attach something for Bob, as Carol may have done longer ago than logs reach back; and Bob may fetch one of the two.
#[must_use]
pub fn fetched(design: &Design) -> Scope {
    let mut scope = doubled(
        design,
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone),
    );
    let count = messages(&scope);
    scope.bounds.types = [1, 0, 0].into();
    let lookups = [(Alice, Bob, 1), (Bob, Alice, 1), (Bob, Carol, 1)];
    towards(&mut scope.bounds, &lookups, &[(Alice, Bob, count)]);
    scope.bounds.attachments = often(design, [1, 1, 0]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [0, 0, 1].into();
    towards(&mut scope.past, &[(Carol, Bob, 1), (Bob, Carol, 1)], &[(Carol, Bob, count)]);
    scope.past.attachments = often(design, [0, 0, 1]);
    scope.horizon = Horizon::Days(1);
    begun(design, scope)
}

/// The same, with an investigator who may have an order for records about each of the two. Since lookups are yielded as well, Bob
/// may have typed the address that he looked up.
#[must_use]
pub fn fetched_under_orders(design: &Design) -> Scope {
    let mut scope = fetched(design);
    let (kind, at) = (OrderKind::RecordsOrder, Holder::Provider);
    let order = |about| Plea { kind, at, target: Some(about), since: Span::Retention, runs: Span::Nothing };
    scope.menu = [Alice, Bob].map(order).to_vec();
    scope.devices -= Device::AliceTablet;
    scope.registering = scope.devices;
    scope.bounds.types = [1, 1, 0].into();
    scope.bounds.applications = 2;
    scope.bounds.disclosures = 2;
    scope.horizon = Horizon::Days(0);
    scope
}
