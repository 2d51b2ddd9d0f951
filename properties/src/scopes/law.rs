//! **Scopes at real day counts: what is kept, what is disclosed, on whose word.**

use super::causes::{asks_again, explained, rows_cost_messages};
use super::{alone, everyone, pen_register, towards};
use User::{Alice, Bob};
use mailcover_model::design::{Design, Holder, OrderKind, Trigger};
use mailcover_model::scope::{Calendar, Horizon, Plea, Scope, Span};
use mailcover_model::world::{Device, User};

/// Real day counts: rows of two users who remembered each other, one order that may be extended or a request.
#[must_use]
pub fn legal(design: &Design) -> Scope {
    explained(design, rows_at_real_days(design))
}

/// As [`legal`], with Alice's rows alone, which are all that an order on her reaches.
#[must_use]
pub fn legal_history(design: &Design) -> Scope {
    let mut scope = rows_at_real_days(design);
    towards(&mut scope.bounds, &[(Bob, Alice, 0)], &[]);
    scope.past.types.set(Bob, 0);
    towards(&mut scope.past, &[(Bob, Alice, 0)], &[]);
    // Not a number of retentions, since one may be shorter than an order.
    scope.horizon = Horizon::UnderOrder(10);
    explained(design, scope)
}

/// Alice gives her number up while an order about it may run, and rows of it are written before and after.
#[must_use]
pub fn handed_on(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[]);
    scope.giving_up = Some(Alice);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 2;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.horizon = Horizon::Retentions(1, 2);
    explained(design, scope)
}

/// As [`legal`], without any order: requests to preserve need no court.
#[must_use]
pub fn preserving(design: &Design) -> Scope {
    let mut scope = legal(design);
    scope.bounds.applications = 0;
    scope.bounds.disclosures = 0;
    scope
}

/// As [`legal`], with an order that only reaches the rows of its day, and one that must be refused.
#[must_use]
pub fn legal_with_refusal(design: &Design) -> Scope {
    let mut scope = rows_at_real_days(design);
    let today = Plea { since: Span::Nothing, runs: Span::Nothing, ..pen_register(Holder::Provider) };
    scope.menu.extend([Plea { kind: OrderKind::RecordsOrder, ..today }, everyone(Holder::Provider)]);
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.disclosures = if alone(design) { 2 } else { 1 };
    // Where others may disclose as well, or rows come of messages, the extension would make the search too large.
    scope.bounds.requests = u8::from(alone(design) && design.directory.lookup_on.contains(Trigger::Type));
    if rows_cost_messages(design) {
        // Bob's row of the past is the one that must not be disclosed; another would cost another message.
        scope.bounds.types.set(Bob, 0);
        towards(&mut scope.bounds, &[(Bob, Alice, 0)], &[]);
    }
    scope.horizon =
        if ends_within_retentions(design) { Horizon::Retentions(3, 5) } else { Horizon::UnderOrder(5) };
    explained(design, scope)
}

/// Every way in which an application can be wrong, and some in which it is right.
#[must_use]
pub fn applications(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    let right = pen_register(Holder::Provider);
    let held = Plea { kind: OrderKind::RecordsOrder, runs: Span::Nothing, ..right };
    scope.menu = vec![
        right,
        held,
        everyone(Holder::Provider),
        Plea { runs: Span::BeyondOrder, ..right },
        Plea { since: Span::BeyondRetention, ..right },
        Plea { kind: OrderKind::RecordsOrder, ..right },
        Plea { kind: OrderKind::Subpoena, ..held },
    ];
    scope.bounds.applications = 2;
    scope.bounds.disclosures = 1;
    scope.bounds.requests = 1;
    scope.calendar = Calendar::RealByDeadlines;
    scope.horizon = Horizon::Retentions(4, 10);
    scope
}

/// Whether an order that was granted late ends within three retentions.
fn ends_within_retentions(design: &Design) -> bool {
    let longest = design.logs.iter().filter_map(|log| log.keep_days).max().unwrap_or(1);
    design.legal.order_days <= 2 * longest
}

/// Rows at real day counts, before it is settled what causes them.
fn rows_at_real_days(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.past_days = 1;
    scope.past.types = [1, 1, 0].into();
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[]);
    if !asks_again(design) {
        scope.bounds.types = [2, 1, 0].into();
    }
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.calendar = Calendar::RealByDeadlines;
    scope.horizon = Horizon::Retentions(5, 10);
    scope
}
