//! **What a rule forbids is forbidden: orders, requests, disclosures, and how long logs keep what they have.**
//!
//! As in `guards.rs`: each case fails if the one guard that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{Capability, Covers, Design, ExtensionOf, Holder, Log, OrderKind};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::rules::legal::Ground;
use mailcover_model::scope::{Plea, Span};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, User};
use std::collections::BTreeSet;
use support::acts::{BOBS, PHONE, TURN, delivers, run, sends, types, writes};
use support::families::{guarded, pen_register};
use support::{Alice, Bob, World};

const EXTEND: Action = Action::Extend { at: Holder::Provider, order: 0 };
const DISCLOSE: Action = Action::Disclose { by: Holder::Provider, order: 0 };
const EMERGENCY: Action = Action::DiscloseInEmergency { user: Alice };
const BULK: Action = Action::DiscloseWithoutOrder { user: Alice };

fn forbidden(actions: &[Action]) {
    support::acts::forbidden(&guarded("imessage-2016").service(), actions);
}

/// A world with these pleas, and the applications that they come to.
fn pleading(menu: &[Plea], change: impl FnOnce(&mut Design)) -> (Service, Vec<Action>) {
    let mut world = guarded("imessage-2016").designed(change);
    world.scope.menu = menu.to_vec();
    let service = world.service();
    let applies = service.all_actions().iter().filter(|action| matches!(action, Action::Apply { .. }));
    let applies = applies.copied().collect();
    (service, applies)
}

/// A pen register at the provider that asks about no day before its own.
fn from_today() -> Plea {
    Plea { since: Span::Nothing, ..pen_register(Holder::Provider) }
}

/// The rows that were disclosed to the investigator.
fn disclosed(service: &Service, state: &State) -> Vec<Row> {
    service.remembered(Observer::Investigator, state).filter(|row| row.disclosed()).collect()
}

/// A day's turn, so many times.
fn days(count: u8) -> Vec<Action> {
    vec![TURN; usize::from(count)]
}

#[test]
fn an_application_takes_the_power_to_apply_at_its_holder() {
    let (asks, powers) =
        (Holder::ALL.map(pen_register), [Capability::ProviderOrders, Capability::CarrierOrders]);
    for (plea, power) in asks.into_iter().zip(powers) {
        let mut world = guarded("imessage-2016");
        world.scope.menu = vec![plea];
        let possible = |powers: EnumSet<Capability>| {
            let service = world.clone().with(powers).service();
            let applies = service.all_actions().iter().find(|action| matches!(action, Action::Apply { .. }));
            service.step(&run(&service, &[]), *applies.expect("the plea is an action")).is_some()
        };
        assert!(possible(power.into()), "{plea:?}");
        assert!(!possible(EnumSet::all() - power), "{plea:?}");
    }
}

#[test]
fn an_order_that_has_ended_is_neither_extended_nor_served() {
    let (service, applies) = pleading(&[from_today()], |_| {});
    let runs = service.periods().order;
    let possible = |days_later: u8| {
        let state = run(&service, &[&applies[..1], &days(days_later)].concat());
        [EXTEND, DISCLOSE].map(|action| service.step(&state, action).is_some())
    };
    assert_eq!([possible(runs), possible(runs + 1)], [[true; 2], [false; 2]]);
}

#[test]
fn nothing_is_served_or_extended_before_an_order() {
    forbidden(&[DISCLOSE]);
    forbidden(&[EXTEND]);
}

#[test]
fn what_only_looks_back_is_not_extended_and_what_looks_ahead_as_often_as_the_law_says() {
    let back = Plea { kind: OrderKind::RecordsOrder, runs: Span::Nothing, ..from_today() };
    let (service, applies) = pleading(&[back], |_| {});
    assert_eq!(service.step(&run(&service, &applies[..1]), EXTEND), None);
    for times in 1..=2 {
        let (service, applies) = pleading(&[from_today()], |design| design.legal.extensions = times);
        let extended = run(&service, &[&applies[..1], &vec![EXTEND; usize::from(times)]].concat());
        assert_eq!(service.step(&extended, EXTEND), None);
    }
}

#[test]
fn the_same_application_may_be_made_about_somebody_else_and_at_the_other_holder() {
    let about_bob = Plea { target: Some(Bob), ..from_today() };
    let at_carrier = Plea { at: Holder::Carrier, ..from_today() };
    let (service, applies) = pleading(&[from_today(), about_bob, at_carrier], |_| {});
    for second in 1..3 {
        assert_eq!(run(&service, &[applies[0], applies[second]]).orders().len(), 2);
    }
}

#[test]
fn a_disclosure_contains_the_days_asked_about_and_those_since_the_grant() {
    let (service, applies) = pleading(&[from_today()], |_| {});
    let typed = types(PHONE, Address::Bob);
    let rows = |actions: &[Action]| disclosed(&service, &run(&service, actions)).len();
    assert_eq!(rows(&[typed, TURN, applies[0], DISCLOSE]), 0, "the row is of the day before");
    assert_eq!(rows(&[typed, applies[0], DISCLOSE]), 1);
    assert_eq!(rows(&[typed, applies[0], TURN, DISCLOSE]), 1, "the day of the grant is a day of the order");
}

#[test]
fn a_holder_discloses_what_it_holds_and_what_yields_to_the_order() {
    let both = Holder::ALL.map(pen_register);
    let yielding = |change: fn(&mut Design)| {
        let (service, applies) = pleading(&both, change);
        let texted =
            [&[Action::Deregister { device: BOBS }], writes(PHONE, Address::Bob).as_slice()].concat();
        Holder::ALL.map(|by| {
            let serve = Action::Disclose { by, order: by.index() as u8 };
            let state = run(&service, &[texted.as_slice(), &applies, &[serve]].concat());
            disclosed(&service, &state).iter().map(|row| row.kind()).collect::<Vec<_>>()
        })
    };
    assert_eq!(yielding(|_| {}), [vec![Kind::Lookup], vec![Kind::SmsSent]]);
    let unyielding = |design: &mut Design| {
        let second = design.logs[0].clone();
        design.logs[0].yields_to = EnumSet::empty();
        design.logs.push(mailcover_model::design::Log {
            name: "second".into(),
            on: Kind::Submitted.into(),
            ..second
        });
    };
    assert_eq!(yielding(unyielding), [vec![], vec![Kind::SmsSent]]);
}

#[test]
fn an_order_reaches_rows_about_its_target_only_where_the_law_covers_them() {
    let reached = |covers: Covers, by: User| {
        let (service, applies) = pleading(&[from_today()], |design| design.legal.covers = covers);
        let (device, address) = if by == Alice { (PHONE, Address::Bob) } else { (BOBS, Address::Alice) };
        disclosed(&service, &run(&service, &[types(device, address), applies[0], DISCLOSE])).len()
    };
    assert_eq!([reached(Covers::Source, Alice), reached(Covers::Source, Bob)], [1, 0]);
    assert_eq!([reached(Covers::Both, Alice), reached(Covers::Both, Bob)], [1, 1]);
}

#[test]
fn an_emergency_takes_the_law_and_somebody_who_asks() {
    let possible = |design: &'static str, powers: EnumSet<Capability>| {
        let service = guarded(design).with(powers).service();
        service.step(&run(&service, &[]), EMERGENCY).is_some()
    };
    let asks = Capability::RequestEmergency;
    assert!(possible("emergency", asks.into()));
    assert!(!possible("emergency", EnumSet::all() - asks));
    assert!(!possible("imessage-2016", asks.into()));
}

#[test]
fn disclosing_without_an_order_takes_the_power_to() {
    let possible = |powers: EnumSet<Capability>| {
        let service = guarded("imessage-2016").with(powers).service();
        service.step(&run(&service, &[]), BULK).is_some()
    };
    let power = Capability::DiscloseWithoutOrder;
    assert!(possible(power.into()) && !possible(EnumSet::all() - power));
}

#[test]
fn without_an_order_the_provider_hands_over_its_own_rows_about_the_user() {
    let service = guarded("emergency").service();
    let gone = Action::Deregister { device: BOBS };
    let texted = [types(BOBS, Address::Alice), gone, types(PHONE, Address::Bob), sends(PHONE, Address::Bob)];
    for handed in [BULK, EMERGENCY] {
        let rows = disclosed(&service, &run(&service, &[texted.as_slice(), &[handed]].concat()));
        let told: Vec<_> = rows.iter().map(|row| (row.kind(), row.source())).collect();
        assert_eq!(told, [(Kind::Lookup, Some(Alice))], "neither Bob's lookup nor the carrier's record");
    }
}

#[test]
fn a_request_to_preserve_takes_somebody_who_asks_and_a_law_that_knows_of_it() {
    let possible = |powers: EnumSet<Capability>, days: u16| {
        let world = guarded("imessage-2016").with(powers);
        let service = world.designed(|design| design.legal.preservation_days = days).service();
        service.step(&run(&service, &[]), Action::Preserve { user: Alice }).is_some()
    };
    let asks = Capability::RequestPreservation;
    assert!(possible(asks.into(), 90));
    assert!(!possible(EnumSet::all() - asks, 90) && !possible(asks.into(), 0));
}

#[test]
fn a_request_to_preserve_is_renewed_as_often_as_the_law_says_and_remembers_its_beginning() {
    let asks = Action::Preserve { user: Alice };
    forbidden(&[asks, asks, asks]);
    let service = guarded("imessage-2016").service();
    let request = run(&service, &[asks, TURN, asks, TURN]).request(Alice);
    assert_eq!((request.age, request.made, request.renewed()), (1, 2, 1));
}

#[test]
fn a_request_to_preserve_lasts_until_the_last_of_its_days() {
    let service = guarded("imessage-2016").service();
    let lasts = service.periods().preservation;
    let asks = Action::Preserve { user: Alice };
    let in_force = |after: u8| run(&service, &[vec![asks], days(after)].concat()).request(Alice).in_force();
    assert_eq!([in_force(lasts), in_force(lasts + 1)], [true, false]);
}

#[test]
fn a_request_to_preserve_freezes_the_providers_rows_alone() {
    let service = guarded("imessage-2016").service();
    let texted = [&[Action::Deregister { device: BOBS }], writes(PHONE, Address::Bob).as_slice()].concat();
    let state = run(&service, &[texted, vec![Action::Preserve { user: Alice }]].concat());
    let frozen: Vec<_> = state.rows.as_slice().iter().map(|row| (row.kind(), row.frozen())).collect();
    assert_eq!(frozen, [(Kind::Lookup, true), (Kind::SmsSent, false)]);
}

#[test]
fn rows_are_kept_beyond_their_time_by_whoever_may() {
    let keeps = Action::Turn { keep: true };
    let power = Capability::KeepBeyondWindow;
    let possible = |powers: EnumSet<Capability>| {
        let service = guarded("imessage-2016").with(powers).service();
        service.step(&run(&service, &[]), keeps).is_some()
    };
    assert!(possible(power.into()) && !possible(EnumSet::all() - power));
}

/// How many rows of the query log are left when its retention is over, in a law whose extensions prolong retention, after
/// these steps of the law. Alice typed Bob's address; the order is about the target, at the holder.
fn kept(at: Holder, target: User, extended: bool, change: impl FnOnce(&mut Design)) -> usize {
    let plea = Plea { at, target: Some(target), ..from_today() };
    let (service, applies) = pleading(&[plea], |design| {
        design.legal.extension_of = ExtensionOf::Retention;
        change(design);
    });
    let extension = if extended { vec![Action::Extend { at, order: 0 }] } else { vec![] };
    let begin = [vec![types(PHONE, Address::Bob), applies[0]], extension].concat();
    let state = run(&service, &[begin, days(service.keep_days(0) + 1)].concat());
    state.rows.as_slice().iter().filter(|row| row.index() == 0).count()
}

#[test]
fn an_extended_order_keeps_the_rows_that_it_names_and_no_others() {
    let provider = Holder::Provider;
    assert_eq!(kept(provider, Alice, true, |_| {}), 1);
    assert_eq!(kept(Holder::Carrier, Alice, true, |_| {}), 0, "another's order");
    assert_eq!(kept(provider, Bob, true, |_| {}), 0, "about somebody else");
    assert_eq!(kept(provider, Alice, false, |_| {}), 0, "not extended");
    let collection = |design: &mut Design| design.legal.extension_of = ExtensionOf::Collection;
    assert_eq!(kept(provider, Alice, true, collection), 0, "an extension of the collection");
}

#[test]
fn an_extended_order_keeps_only_what_yields_to_it_and_only_while_it_runs() {
    let unyielding = |design: &mut Design| {
        let second = design.logs[0].clone();
        design.logs[0].yields_to = EnumSet::empty();
        design.logs.push(mailcover_model::design::Log {
            name: "second".into(),
            on: Kind::Submitted.into(),
            ..second
        });
    };
    assert_eq!(kept(Holder::Provider, Alice, true, unyielding), 0);
    let short = |design: &mut Design| (design.legal.order_days, design.legal.extension_days) = (10, 10);
    assert_eq!(kept(Holder::Provider, Alice, true, short), 0, "it ended before the retention did");
}

#[test]
fn a_court_grants_the_longest_that_the_law_allows_and_refuses_a_day_more() {
    let longest = pen_register(Holder::Provider);
    let more =
        [Plea { runs: Span::BeyondOrder, ..longest }, Plea { since: Span::BeyondRetention, ..longest }];
    let (service, applies) = pleading(&[&[longest], more.as_slice()].concat(), |_| {});
    let granted = |apply: &Action| run(&service, &[*apply]).orders().len();
    assert_eq!(applies.iter().map(granted).collect::<Vec<_>>(), [1, 0, 0]);
}

#[test]
fn an_order_at_one_holder_needs_a_log_of_that_holders() {
    let World { design, .. } = guarded("imessage-2016");
    assert_eq!(design.logs[1].held_by, Holder::Carrier);
    let subpoena = |at| Plea { kind: OrderKind::Subpoena, at, runs: Span::Nothing, ..from_today() };
    let (service, applies) = pleading(&Holder::ALL.map(subpoena), |_| {});
    let granted = |apply: &Action| run(&service, &[*apply]).orders().len();
    assert_eq!(
        applies.iter().map(granted).collect::<Vec<_>>(),
        [0, 1],
        "only the carrier's log yields to one"
    );
}

#[test]
fn an_extension_of_the_retention_collects_nothing_after_the_first_term() {
    let rows_of_a_late_lookup = |extended: ExtensionOf| {
        let (service, applies) = pleading(&[from_today()], |design| {
            design.legal.extension_of = extended;
            design.logs.iter_mut().for_each(|log| log.keep_days = None);
        });
        let term = service.periods().order;
        let asks = |day: u8, device| [days(day), vec![types(device, Address::Bob)]].concat();
        let late = [vec![applies[0], EXTEND], asks(term + 1, PHONE), vec![DISCLOSE]].concat();
        disclosed(&service, &run(&service, &late)).len()
    };
    assert_eq!(rows_of_a_late_lookup(ExtensionOf::Collection), 1);
    assert_eq!(rows_of_a_late_lookup(ExtensionOf::Retention), 0);

    let (service, applies) =
        pleading(&[from_today()], |design| design.legal.extension_of = ExtensionOf::Retention);
    let last_day = days(service.periods().order);
    let in_time = [&applies[..1], &last_day, &[types(PHONE, Address::Bob), DISCLOSE]].concat();
    assert_eq!(
        disclosed(&service, &run(&service, &in_time)).len(),
        1,
        "the first term goes on to its last day"
    );
}

#[test]
fn a_retention_is_the_longest_of_what_the_holder_has_to_yield_to_the_order() {
    let mut world = guarded("imessage-2016");
    let query = world.design.logs[0].clone();
    for (name, held_by, yields_to, days) in [
        ("unyielding", Holder::Provider, OrderKind::Subpoena, 60),
        ("elsewhere", Holder::Carrier, OrderKind::PenRegister, 90),
    ] {
        let (name, yields_to) = (name.to_owned(), yields_to.into());
        let on = if held_by == Holder::Carrier { Kind::SmsSent.into() } else { query.on };
        let longer = Log { name, held_by, yields_to, keep_days: Some(days), on, ..query.clone() };
        world.design.logs.push(longer);
    }
    let service = world.service();
    let [first, .., unyielding, elsewhere] = service.periods().keep;
    assert!(first < unyielding && unyielding < elsewhere);
    let retention = |at| service.days_of(OrderKind::PenRegister, at, Span::Retention);
    assert_eq!(Holder::ALL.map(retention), [first, elsewhere]);
}

#[test]
fn every_ground_of_refusal_is_a_reason_of_its_own() {
    let reasons: BTreeSet<&str> = Ground::ALL.into_iter().map(Ground::because).collect();
    assert_eq!(reasons.len(), Ground::ALL.len());
    assert!(reasons.iter().all(|reason| reason.split(' ').count() > 3), "{reasons:?}");
}

/// A provider that means to answer an order with nothing only where nobody has received anything of late.
#[test]
fn with_the_flaw_an_answer_of_nothing_depends_on_what_push_handed_over_within_the_retention() {
    let orders = |at| {
        let mut world = guarded("imessage-2016").flawed(Flaw::EmptinessLooksFurther);
        world.scope.menu = vec![Plea { since: Span::Nothing, ..pen_register(at) }];
        let service = world.service();
        let apply = service.all_actions().iter().find(|action| matches!(action, Action::Apply { .. }));
        let apply = *apply.expect("the plea is an action");
        (service, apply)
    };
    let (service, apply) = orders(Holder::Provider);
    let retention = service.recent_days().expect("the query log is kept for so long");
    let answered = |before: &[Action]| service.step(&run(&service, before), DISCLOSE).is_some();
    let sent = writes(PHONE, Address::Bob);
    let received = [sent.as_slice(), &[delivers(0, BOBS)]].concat();
    let later = |days_later: u8| [received.as_slice(), &days(days_later), &[apply]].concat();
    assert!(answered(&[apply]), "nobody wrote");
    assert!(answered(&[sent.as_slice(), &[apply, DISCLOSE]].concat()), "nobody received anything");
    assert!(!answered(&[received.as_slice(), &[apply, DISCLOSE]].concat()), "all of it was disclosed before");
    assert!(answered(&later(0)), "there is a row of today's");
    assert_eq!([retention, retention + 1].map(|days_later| answered(&later(days_later))), [false, true]);
    let deregisters = Action::Deregister { device: PHONE };
    let by_sms = [&[deregisters], sent.as_slice(), &[Action::DeliverSms { message: 0 }, apply]].concat();
    assert!(answered(&by_sms), "what was received came by SMS");

    let (service, apply) = orders(Holder::Carrier);
    let serve = Action::Disclose { by: Holder::Carrier, order: 0 };
    let state = run(&service, &[received.as_slice(), &[apply]].concat());
    assert!(service.step(&state, serve).is_some(), "the carrier has no push to look into");
}
