//! **The scopes of the claims, each with its reason.**
//!
//! What the smallest scope that counts is, [`crate::smallest`] says. A claim that needs less gives its reasons.
//!
//! Every row that a log can hold must have its innocent cause within the same person's budget: for each lookup that
//! somebody's devices may make there is an address that this person may type and think better of, or a cached answer to
//! refresh, or a message to receive.

use mailcover_model::design::{Design, Holder, OrderKind, Trigger};
use mailcover_model::scope::{Calendar, Horizon, Plea, Scope, Span};
use mailcover_model::state::Budget;
use mailcover_model::world::{Address, Device, User};

/// Sets a count between two users, by their places.
fn towards(budget: &mut Budget, lookups: &[(User, User, u8)], sends: &[(User, User, u8)]) {
    for &(from, to, count) in lookups {
        budget.lookups.set(from.index(), to.address().index(), count);
    }
    for &(from, to, count) in sends {
        budget.sends.set(from.index(), to.index(), count);
    }
}

use User::{Alice, Bob, Carol};

/// Whether the investigator's orders are all that discloses anything. Where others may as well, bounds are narrower: what
/// they show, they show with less.
fn alone(design: &Design) -> bool {
    design.environment.is_empty()
}

/// Where only sending asks the directory, the past warms its caches by sending.
fn warmed_by_sending(design: &Design, scope: &mut Scope) {
    if !design.directory.lookup_on.contains(Trigger::Type) {
        towards(&mut scope.past, &[], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    }
}

/// Where only sending asks the directory, rows come of so many messages.
fn rows_by_sending(design: &Design, scope: &mut Scope, messages: u8) {
    if !design.directory.lookup_on.contains(Trigger::Type) {
        warmed_by_sending(design, scope);
        scope.bounds.types[0] = scope.bounds.types[0].max(messages.min(2));
        towards(&mut scope.bounds, &[], &[(Alice, Bob, messages.min(2))]);
    }
}

/// Two users and a bystander, who type, write and receive while rows come and go: what a log shows of it.
#[must_use]
pub fn pairs(_: &Design) -> Scope {
    let mut scope =
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [2, 1, 0];
    towards(
        &mut scope.bounds,
        &[(Alice, Bob, 2), (Bob, Alice, 2), (Alice, Carol, 1)],
        &[(Alice, Bob, 1), (Bob, Alice, 1)],
    );
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// As [`pairs`], with a past in which Bob's registration may have gone, so that SMS take part.
#[must_use]
pub fn pairs_with_sms(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [2, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// Alice and Bob, whose devices may remember each other longer than any log does.
#[must_use]
pub fn warm_caches(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [1, 1, 0];
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    warmed_by_sending(design, &mut scope);
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// Everybody writes, on one day: which terms pass whom.
#[must_use]
pub fn content(_: &Design) -> Scope {
    let mut scope =
        Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [2, 1, 1];
    towards(
        &mut scope.bounds,
        &[(Alice, Bob, 2), (Bob, Alice, 2), (Carol, Alice, 1)],
        &[(Alice, Bob, 1), (Bob, Alice, 1), (Carol, Alice, 1)],
    );
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(1);
    scope
}

/// As [`pairs`], with names to pick: picking Bob's name looks up an address of his that nobody typed.
#[must_use]
pub fn typing(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.addresses |= Address::BobMail;
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    if !design.directory.lookup_on.contains(Trigger::Contact) {
        scope.bounds.picks = [1, 1, 0];
    }
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.picks = [1, 1, 0];
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    scope.past.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// Two devices, and what is enough for a row that nothing comes of.
#[must_use]
pub fn entries(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// Two users whose devices an adversary may put messages before.
#[must_use]
pub fn forgery(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.keys = 1;
    scope.bounds.injections = 2;
    scope.horizon = Horizon::Days(1);
    scope
}

/// Two users, one message each way, and everything that the provider handles of it.
#[must_use]
pub fn live(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone | Device::AliceTablet;
    scope.horizon = Horizon::Days(1);
    scope
}

/// Two users who are watched by an investigator with an order, which may be extended, and one that is refused.
#[must_use]
pub fn ordered(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.applications = 1;
    // Where others may disclose as well, one disclosure is enough to see that.
    scope.bounds.disclosures = if alone(design) { 2 } else { 1 };
    scope.bounds.requests = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

/// As [`ordered`], with caches that were warmed in the past, and messages of then that are on their way.
#[must_use]
pub fn ordered_with_warm_caches(design: &Design) -> Scope {
    let mut scope = ordered(design);
    scope.bounds.requests = 0;
    scope.bounds.disclosures = 1;
    scope.menu.push(everyone(Holder::Provider));
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [1, 1, 0];
    let each_way = [(Alice, Bob, 1), (Bob, Alice, 1)];
    towards(&mut scope.past, &each_way, &each_way);
    towards(&mut scope.bounds, &each_way, &each_way);
    scope.horizon = Horizon::Retentions(1, 0);
    scope
}

/// Two users whose texts pass a carrier, and an investigator who may hold an order there and one at the provider.
///
/// Bob may type once before his telephone is registered, when no row comes of it, and once after.
#[must_use]
pub fn carried(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, if alone(design) { 2 } else { 1 }, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.bounds.registrations = 1;
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.past.applications = 2;
    scope.menu = vec![pen_register(Holder::Provider), pen_register(Holder::Carrier)];
    scope.bounds.disclosures = 2;
    scope.horizon = Horizon::Days(1);
    scope
}

/// Two users, one of whom a carrier watches under a pen register: it looks ahead from the day on which it is granted.
#[must_use]
pub fn watched_by_carrier(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [if alone(design) { 2 } else { 1 }, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.bounds.requests = u8::from(alone(design));
    scope.menu = vec![Plea { since: Span::Nothing, ..pen_register(Holder::Carrier) }];
    scope.horizon = Horizon::Days(2);
    scope
}

/// Two users who text, with nobody asking.
#[must_use]
pub fn texted(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 1, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 2)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.past_days = 1;
    scope.past.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.horizon = Horizon::Days(2);
    scope
}

/// Real day counts: rows of two users who remembered each other, one order that may be extended or a request.
#[must_use]
pub fn legal(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.past_days = 1;
    scope.past.types = [1, 1, 0];
    towards(&mut scope.past, &[(Alice, Bob, 1), (Bob, Alice, 1)], &[]);
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[]);
    if !design.directory.lookup_on.contains(Trigger::Refresh) {
        scope.bounds.types = [2, 1, 0];
    }
    rows_by_sending(design, &mut scope, 3);
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 2;
    scope.bounds.requests = 1;
    scope.menu = vec![pen_register(Holder::Provider)];
    scope.calendar = Calendar::RealByDeadlines;
    scope.horizon = Horizon::Retentions(5, 10);
    scope
}

/// As [`legal`], with Alice's rows alone, which are all that an order on her reaches.
#[must_use]
pub fn legal_history(design: &Design) -> Scope {
    let mut scope = legal(design);
    towards(&mut scope.bounds, &[(Bob, Alice, 0)], &[]);
    scope.past.types[1] = 0;
    towards(&mut scope.past, &[(Bob, Alice, 0)], &[]);
    scope
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
    let mut scope = legal(design);
    let today = Plea { since: Span::Nothing, runs: Span::Nothing, ..pen_register(Holder::Provider) };
    scope.menu.extend([Plea { kind: OrderKind::RecordsOrder, ..today }, everyone(Holder::Provider)]);
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.bounds.disclosures = if alone(design) { 2 } else { 1 };
    // Where others may disclose as well, or rows come of messages, the extension would make the search too large.
    scope.bounds.requests = u8::from(alone(design) && design.directory.lookup_on.contains(Trigger::Type));
    scope.horizon = Horizon::Retentions(3, 5);
    scope
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

/// Alice and her devices, which travel together or apart.
#[must_use]
pub fn places(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [2, 0, 0];
    scope.bounds.travels = [2, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.types = [1, 0, 0];
    scope.past.travels = [2, 0, 0];
    towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    rows_by_sending(design, &mut scope, 2);
    scope.horizon = Horizon::Days(2);
    scope
}

/// Messages that machinery must deliver or give up, for ever: Bob may leave, and devices may be switched off.
#[must_use]
pub fn endless(_: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [2, 0, 0];
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 3)], &[(Alice, Bob, 2)]);
    scope.bounds.leaves = 1;
    scope.bounds.registrations = 1;
    scope.registering = Device::BobPhone.into();
    scope.power = true;
    scope.horizon = Horizon::Endless;
    scope
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

/// A pen register on Alice for as long as one may run, back to the beginning of the retention.
fn pen_register(at: Holder) -> Plea {
    Plea { kind: OrderKind::PenRegister, at, target: Some(Alice), since: Span::Retention, runs: Span::Order }
}

/// The same on everybody, which must be refused.
fn everyone(at: Holder) -> Plea {
    Plea { target: None, ..pen_register(at) }
}
