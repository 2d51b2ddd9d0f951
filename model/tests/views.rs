//! **A view shows what its holder can tell apart, and nothing that it cannot.**
//!
//! Two runs that differ only in what an observer has no part in must look the same to it: no gap in a numbering, no
//! handle on the wire, no trigger behind a lookup. And what it did see, an empty answer included, must be there.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Application, Point, Signer};
use mailcover_model::design::{Capability, Design, Holder};
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::rules::legal::Ground;
use mailcover_model::scope::{Calendar, Horizon, Plea, Scope, Span};
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, MessageKind, State};
use mailcover_model::view::{Observer, View};
use mailcover_model::world::{Address, Device};
use std::collections::BTreeSet;
use support::acts::{PHONE, TURN, delivers, run, sends, types};
use support::families::{menu, pen_register};
use support::{Alice, Bob, Carol, World, towards};

/// Everybody has a telephone, and may do a little of everything.
fn everybody() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.addresses |= Address::BobMail;
    scope.bounds.types = [3, 3, 3].into();
    let all = [(Alice, Bob), (Alice, Carol), (Bob, Alice), (Bob, Carol), (Carol, Alice), (Carol, Bob)];
    let lookups = all.map(|(from, to)| (from, to, 2));
    towards(&mut scope.bounds, &lookups, &lookups);
    scope.bounds.lookups.set(Alice.index(), Address::BobMail.index(), 2);
    scope.bounds.registrations = 2;
    scope.bounds.applications = 2;
    scope.bounds.disclosures = 3;
    scope.bounds.requests = 2;
    scope.bounds.keys = 1;
    scope.bounds.injections = 2;
    scope.menu = menu();
    scope.horizon = Horizon::Retentions(2, 1);
    scope
}

fn everything_goes() -> Service {
    let powers = EnumSet::all() - Capability::KeepBeyondWindow;
    World::of("everybody", "emergency", everybody()).with(powers).service()
}

/// Alice types Carol's address, who is not registered, and either texts her or thinks better of it; then she writes
/// to Bob.
fn with_and_without_a_text() -> [Vec<Action>; 2] {
    let draft = [Action::Deregister { device: Device::CarolPhone }, types(PHONE, Address::Carol)];
    let letter =
        |number| [types(PHONE, Address::Bob), sends(PHONE, Address::Bob), delivers(number, Device::BobPhone)];
    let text = [draft.as_slice(), &[sends(PHONE, Address::Carol)], &letter(1)].concat();
    let none = [draft.as_slice(), &[Action::Abandon { device: PHONE }], &letter(0)].concat();
    [text, none]
}

#[test]
fn a_text_between_two_messages_leaves_no_gap_in_the_providers_view() {
    let service = everything_goes();
    let [text, none] = with_and_without_a_text().map(|actions| run(&service, &actions));
    assert_eq!(text.message(0).kind(), MessageKind::Sms);
    assert_eq!(none.messages().count() + 1, text.messages().count());
    for observer in [Observer::ProviderLive, Observer::ProviderStore, Observer::Network, Observer::Owner(Bob)]
    {
        assert_eq!(service.view_of(observer, &text), service.view_of(observer, &none), "{observer:?}");
    }
    assert_ne!(service.view_of(Observer::Carrier, &text), service.view_of(Observer::Carrier, &none));
}

#[test]
fn a_message_leaves_no_gap_in_the_carriers_view() {
    let service = everything_goes();
    let letter = [types(PHONE, Address::Bob), sends(PHONE, Address::Bob)];
    let gone = [Action::Deregister { device: Device::CarolPhone }, types(PHONE, Address::Carol)];
    let text = |number| [sends(PHONE, Address::Carol), Action::DeliverSms { message: number }];
    let both = run(&service, &[letter.as_slice(), &gone, &text(1)].concat());
    let alone = run(&service, &[gone.as_slice(), &text(0)].concat());
    for observer in [Observer::Carrier, Observer::Log(1), Observer::Owner(Carol)] {
        assert_eq!(service.view_of(observer, &both), service.view_of(observer, &alone), "{observer:?}");
    }
}

#[test]
fn a_log_without_days_shows_rows_of_any_age_alike_and_otherwise_as_they_are() {
    let undated = World::of("undated", "imessage-2016", everybody())
        .designed(|design| design.logs[0].fields -= Field::Day)
        .service();
    let row = Row::of(Kind::Lookup).from(Alice).to(Address::Bob);
    let mask = undated.disclosed_mask(row);
    for age in [1, 2, 7, 254] {
        assert_eq!(row.aged(age).masked(mask), row.masked(mask), "{age} days");
    }
    for address in Address::ALL {
        let shown = row.to(address).masked(mask);
        assert_eq!((shown.source(), shown.target()), (Some(Alice), Some(address)));
    }
}

#[test]
fn the_network_sees_no_handles() {
    let service = everything_goes();
    let to = |address: Address| {
        let actions = [types(PHONE, address), sends(PHONE, address), delivers(0, Device::BobPhone)];
        service.view_of(Observer::Network, &run(&service, &actions))
    };
    assert_eq!(to(Address::Bob), to(Address::BobMail));
    let waiting = |address: Address| {
        service.view_of(Observer::Network, &run(&service, &[types(PHONE, address), sends(PHONE, address)]))
    };
    assert_eq!(waiting(Address::Bob), waiting(Address::Carol));
    let provider =
        |address| service.view_of(Observer::ProviderLive, &run(&service, &[types(PHONE, address)]));
    assert_ne!(provider(Address::Bob), provider(Address::Carol));
}

#[test]
fn every_row_of_the_networks_is_an_exchange_without_names() {
    let service = everything_goes();
    let state = run(&service, &with_and_without_a_text()[0]);
    let rows: Vec<Row> = service.remembered(Observer::Network, &state).collect();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!((row.kind(), row.target(), row.index()), (Kind::Exchange, None, 0));
        assert_eq!(row.source(), None, "the source is a name");
    }
}

#[test]
fn the_provider_cannot_tell_typing_from_picking() {
    let mut scope = everybody();
    scope.addresses -= Address::BobMail;
    scope.bounds.picks = [1, 0, 0].into();
    let service = World::of("picking", "imessage-2016", scope).service();
    let typed = run(&service, &[types(PHONE, Address::Bob)]);
    let picked = run(&service, &[Action::Pick { device: PHONE, address: Address::Bob }]);
    for observer in [Observer::ProviderLive, Observer::Log(0), Observer::Network, Observer::ProviderStore] {
        assert_eq!(service.view_of(observer, &typed), service.view_of(observer, &picked), "{observer:?}");
    }
    assert_ne!(
        service.view_of(Observer::Owner(Alice), &typed),
        service.view_of(Observer::Owner(Alice), &picked)
    );
}

/// The rows of a remembering observer's view, which follow the day.
fn shows(view: &View, row: Row) -> bool {
    view[1..].contains(&row.bits())
}

fn applications(service: &Service) -> Vec<Application> {
    let applied = |action: &Action| match action {
        Action::Apply { application } => Some(*application),
        _ => None,
    };
    service.all_actions().iter().filter_map(applied).collect()
}

#[test]
fn the_investigator_sees_each_refusal_with_its_ground() {
    let service = everything_goes();
    let mut grounds = Vec::new();
    for application in applications(&service) {
        let state = run(&service, &[Action::Apply { application }]);
        let view = service.view_of(Observer::Investigator, &state);
        let seen: Vec<Row> = service.remembered(Observer::Investigator, &state).collect();
        assert_eq!(seen.len(), 1);
        assert!(shows(&view, seen[0]));
        let refused = service.defect(&application);
        assert_eq!(seen[0].kind() == Kind::Refused, refused.is_some(), "{application:?}");
        assert_eq!(seen[0].detail(), refused.map_or(0, |ground| ground as u8 + 1));
        grounds.extend(refused);
    }
    grounds.sort_unstable();
    grounds.dedup();
    assert_eq!(grounds, Ground::ALL);
}

#[test]
fn two_applications_that_differ_in_their_terms_alone_look_different_to_who_files_and_who_serves_them() {
    let mut scope = everybody();
    let spans = [Span::Nothing, Span::Retention, Span::BeyondRetention, Span::Order, Span::BeyondOrder];
    let pleas = |plea: Plea| spans.map(|since| spans.map(|runs| Plea { since, runs, ..plea })).concat();
    scope.menu = [Holder::Provider, Holder::Carrier].map(|at| pleas(pen_register(at))).concat();
    scope.calendar = Calendar::Scaled(2);
    let world = World::of("on terms", "imessage-2016", scope).with(EnumSet::all());
    let service = world.designed(|design| design.legal.order_days = 90).service();
    for (holder, servant) in
        [(Holder::Provider, Observer::ProviderLive), (Holder::Carrier, Observer::Carrier)]
    {
        let all: BTreeSet<Application> =
            applications(&service).into_iter().filter(|application| application.at == holder).collect();
        assert_eq!(all.len(), 25, "the periods are of different length, so no two applications are alike");
        for observer in [Observer::Investigator, servant] {
            let view = |&application: &Application| {
                service.view_of(observer, &run(&service, &[Action::Apply { application }]))
            };
            let views: BTreeSet<View> = all.iter().map(view).collect();
            assert_eq!(views.len(), all.len(), "{observer:?}");
        }
    }
}

#[test]
fn applications_for_the_same_days_look_alike_by_whatever_name_their_periods_go() {
    let mut scope = everybody();
    scope.menu = [Span::Retention, Span::Order].map(|since| Plea { since, ..menu()[0] }).to_vec();
    let world = World::of("alike", "imessage-2016", scope).with(EnumSet::all());
    let service = world.designed(|design| design.legal.order_days = 30).service();
    let [first, second] = [0, 1].map(|at| applications(&service)[at]);
    assert_eq!(first, second);
    let state = run(&service, &[Action::Apply { application: first }]);
    let terms: Vec<_> = service.remembered(Observer::Investigator, &state).filter_map(Row::terms).collect();
    assert_eq!(terms, [(Span::Retention, Span::Retention)], "the first name of the days counts");
}

#[test]
fn the_investigator_sees_that_a_disclosure_was_empty() {
    let service = everything_goes();
    let sound = applications(&service)[0];
    assert_eq!((service.defect(&sound), sound.at), (None, Holder::Provider));
    let ordered = [Action::Apply { application: sound }, Action::Disclose { by: Holder::Provider, order: 0 }];
    for (actions, basis) in [
        (ordered.as_slice(), Basis::Order),
        (&[Action::DiscloseInEmergency { user: Alice }], Basis::Emergency),
        (&[Action::DiscloseWithoutOrder { user: Alice }], Basis::None),
    ] {
        let before = run(&service, &actions[..actions.len() - 1]);
        let after = run(&service, actions);
        let seen: Vec<Row> = service.remembered(Observer::Investigator, &after).collect();
        let last = seen[seen.len() - 1];
        assert_eq!((last.kind(), Basis::of(last), last.disclosed()), (Kind::Disclosed, basis, false));
        assert!(shows(&service.view_of(Observer::Investigator, &after), last));
        let views = [before, after].map(|state| service.view_of(Observer::Investigator, &state));
        assert_ne!(views[0], views[1], "{basis:?}");
    }
}

#[test]
fn what_was_disclosed_stays_in_the_investigators_view_after_the_purge() {
    let service = everything_goes();
    let disclosed = [types(PHONE, Address::Bob), Action::DiscloseInEmergency { user: Alice }];
    let later = run(&service, &[disclosed.as_slice(), &[TURN, TURN]].concat());
    assert!(later.rows.as_slice().is_empty());
    let seen: Vec<Row> = service.remembered(Observer::Investigator, &later).collect();
    assert_eq!(seen.iter().filter(|row| row.disclosed()).count(), 1);
    assert_eq!(service.view_of(Observer::Log(0), &later).as_slice(), [2], "the log holds only the day");
}

#[test]
fn a_row_is_disclosed_once() {
    let service = everything_goes();
    let ask = Action::DiscloseInEmergency { user: Alice };
    let twice = run(&service, &[types(PHONE, Address::Bob), ask, ask]);
    let rows = service.remembered(Observer::Investigator, &twice).filter(|row| row.disclosed()).count();
    assert_eq!(rows, 1);
}

#[test]
fn the_author_of_a_message_sees_that_it_arrived_and_not_where() {
    let mut scope = everybody();
    scope.devices |= Device::AliceTablet;
    let service = World::of("two devices", "imessage-2016", scope).service();
    let from_bob = [types(Device::BobPhone, Address::Alice), sends(Device::BobPhone, Address::Alice)];
    let at = |device| run(&service, &[from_bob.as_slice(), &[delivers(0, device)]].concat());
    let [phone, tablet] = [Device::AlicePhone, Device::AliceTablet].map(at);
    let view = |observer, state| service.view_of(observer, state);
    assert_eq!(view(Observer::Owner(Bob), &phone), view(Observer::Owner(Bob), &tablet));
    assert_ne!(view(Observer::Owner(Alice), &phone), view(Observer::Owner(Alice), &tablet));
    assert_ne!(view(Observer::ProviderLive, &phone), view(Observer::ProviderLive, &tablet));
}

/// Alice writes to Bob, or the provider does in her name.
fn genuine_and_forged(service: &Service) -> [State; 2] {
    let swapped = [Action::SwapKey { address: Address::Alice }];
    let genuine = [types(PHONE, Address::Bob), sends(PHONE, Address::Bob), delivers(0, Device::BobPhone)];
    let forged = Action::Inject {
        device: Device::BobPhone,
        claimed: Alice,
        body: FORGED_BODY,
        signer: Signer::Adversary,
        through: Point::Push,
    };
    [run(service, &genuine), run(service, &[swapped.as_slice(), &[forged]].concat())]
}

#[test]
fn a_forged_message_looks_to_its_receiver_like_any_other() {
    let service = everything_goes();
    let [genuine, forged] = genuine_and_forged(&service);
    let kinds = |state: &State| -> Vec<Kind> {
        service.remembered(Observer::Owner(Bob), state).map(|row| row.kind()).collect()
    };
    assert!(kinds(&genuine).contains(&Kind::Delivered));
    assert!(kinds(&forged).contains(&Kind::Delivered));
    assert!(!kinds(&forged).contains(&Kind::Injected));
}

#[test]
fn the_provider_does_not_see_a_message_that_never_left_the_senders_device() {
    let mut scope = everybody();
    scope.devices |= Device::AliceTablet;
    let service = World::of("two devices", "imessage-2016", scope).service();
    let tablet = Device::AliceTablet;
    let gone = [Action::Deregister { device: Device::BobPhone }, types(tablet, Address::Bob)];
    let failed = run(&service, &[gone.as_slice(), &[sends(tablet, Address::Bob)]].concat());
    let given_up = run(&service, &[gone.as_slice(), &[Action::Abandon { device: tablet }]].concat());
    assert_eq!(failed.message(0).kind(), MessageKind::Failed);
    let view = |state| service.view_of(Observer::ProviderLive, state);
    assert_eq!(view(&failed), view(&given_up), "nothing was submitted");
}

#[test]
fn the_stores_show_how_long_a_copy_has_waited() {
    let service = everything_goes();
    let typed = types(PHONE, Address::Bob);
    let [early, late] =
        [[typed, sends(PHONE, Address::Bob), TURN], [typed, TURN, sends(PHONE, Address::Bob)]];
    let [early, late] = [early, late].map(|actions| run(&service, &actions));
    assert_eq!(early.rows, late.rows);
    let view = |state| service.view_of(Observer::ProviderStore, state);
    assert_ne!(view(&early), view(&late));
}

#[test]
fn a_log_without_days_shows_none() {
    let views = |dated: bool| {
        let world = World::of("undated", "imessage-2016", everybody());
        let undated = |design: &mut Design| {
            if !dated {
                design.logs[0].fields.remove(Field::Day);
            }
        };
        let service = world.designed(undated).service();
        let typed = types(PHONE, Address::Bob);
        let states = [[typed, TURN], [TURN, typed]].map(|actions| run(&service, &actions));
        states.map(|state| service.view_of(Observer::Log(0), &state))
    };
    let [yesterday, today] = views(true);
    assert_ne!(yesterday, today);
    let [yesterday, today] = views(false);
    assert_eq!(yesterday, today);
}

#[test]
fn a_receipt_does_not_say_where_the_receiver_is() {
    let mut scope = everybody();
    scope.places = true;
    scope.bounds.travels = [1, 0, 0].into();
    let service = World::of("receipts", "imessage-2016", scope).service();
    let bobs = Device::BobPhone;
    let sent = [types(bobs, Address::Alice), sends(bobs, Address::Alice)];
    let away = Action::Travel { user: Alice, with: PHONE.into() };
    let home = run(&service, &[sent.as_slice(), &[delivers(0, PHONE)]].concat());
    let away = run(&service, &[sent.as_slice(), &[away, delivers(0, PHONE)]].concat());
    let view = |observer, state| service.view_of(observer, state);
    assert_eq!(view(Observer::Owner(Bob), &home), view(Observer::Owner(Bob), &away));
    assert_ne!(view(Observer::ProviderLive, &home), view(Observer::ProviderLive, &away));
}
