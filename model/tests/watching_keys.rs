//! **Alerts about keys go to every device of the owner's that is there, unless they are kept back; a comparison shows what a
//! device was told.**
//!
//! As in `guards.rs`: each case fails if the one condition that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::Capability;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::rules::keys::DIFFERENT;
use mailcover_model::service::Service;
use mailcover_model::view::{Observer, Shape};
use mailcover_model::world::{Address, Device, Pair, User};
use support::acts::{BOBS, PHONE, TABLET, forbidden, kinds, last_step, news, run, types};
use support::families::guarded;
use support::{Alice, Bob, World};

const ADD: Action = Action::AddKey { address: Address::Alice };
const SWAP: Action = Action::SwapKey { address: Address::Alice };
const WITHHOLD: Action = Action::WithholdAlerts { address: Address::Alice };
const COMPARE: Action = Action::Compare { device: BOBS, address: Address::Alice };
const ASK: Action = types(BOBS, Address::Alice);

fn world(design: &'static str) -> World {
    let mut world = guarded(design);
    world.scope.comparing = true;
    world
}

fn service(flaw: Option<Flaw>) -> Service {
    let mut world = world("compared-keys");
    world.setup.flaw = flaw;
    world.service()
}

/// The devices that the last of the actions alerts, as their owner sees it.
fn alerted(service: &Service, actions: &[Action]) -> EnumSet<Device> {
    alerted_of(Alice, service, actions)
}

fn alerted_of(user: User, service: &Service, actions: &[Action]) -> EnumSet<Device> {
    let [before, after] = last_step(service, actions);
    let seen = news(service, Observer::Owner(user), [&before, &after]);
    seen.iter().filter(|row| row.kind() == Kind::Alerted).map(|row| row.device()).collect()
}

#[test]
fn every_device_of_the_owners_that_is_there_is_alerted() {
    let service = service(None);
    for listed in [ADD, SWAP] {
        assert_eq!(alerted(&service, &[listed]), PHONE | TABLET);
        assert_eq!(alerted(&service, &[Action::Leave { user: Alice }, listed]), TABLET);
        assert_eq!(alerted(&service, &[Action::Deregister { device: TABLET }, listed]), PHONE);
        let of_bob = Action::AddKey { address: Address::Bob };
        assert_eq!(alerted(&service, &[of_bob]), EnumSet::empty(), "it is not about her");
    }
    let without = world("compared-keys").designed(|design| design.directory.alerts = false).service();
    assert_eq!(alerted(&without, &[ADD]), EnumSet::empty());
    assert_eq!(alerted(&self::service(Some(Flaw::AlertGoesAstray)), &[ADD]), EnumSet::empty());
}

#[test]
fn an_alert_passes_the_provider_and_a_tap_and_nobody_else() {
    let service = service(None);
    let [before, after] = last_step(&service, &[ADD]);
    let seen = |eye| news(&service, eye, [&before, &after]);
    assert_eq!(kinds(&seen(Observer::ProviderLive)), [Kind::KeyAdded, Kind::Alerted, Kind::Alerted]);
    let shapes: Vec<_> = seen(Observer::Network).into_iter().map(Row::shape).collect();
    assert_eq!(shapes, [Some(Shape::Request); 2], "as small as any exchange");
    for eye in [Observer::Owner(Bob), Observer::Carrier, Observer::Investigator, Observer::Thief] {
        assert_eq!(seen(eye), [], "{eye:?}");
    }
}

#[test]
fn alerts_are_kept_back_of_one_address_and_by_whoever_may() {
    let service = service(None);
    assert_eq!(alerted(&service, &[WITHHOLD, ADD]), EnumSet::empty());
    let of_bob = Action::WithholdAlerts { address: Address::Bob };
    assert_eq!(alerted(&service, &[of_bob, ADD]), PHONE | TABLET);
    let added_to_bob = Action::AddKey { address: Address::Bob };
    assert_eq!(alerted_of(Bob, &service, &[WITHHOLD, added_to_bob]), EnumSet::only(BOBS));
    assert_eq!(alerted_of(Bob, &service, &[of_bob, added_to_bob]), EnumSet::empty());
    let [before, after] = last_step(&service, &[WITHHOLD]);
    for eye in support::ALL_OBSERVERS {
        assert_eq!(service.view_of(eye, &before), service.view_of(eye, &after), "{eye:?}");
    }
    forbidden(&service, &[WITHHOLD, WITHHOLD]);
    forbidden(&service, &[ADD, WITHHOLD]);
    let mut powerless = world("compared-keys");
    powerless.setup.powers -= Capability::WithholdAlerts;
    let silent = world("compared-keys").designed(|design| design.directory.alerts = false);
    for service in [powerless.service(), silent.service()] {
        assert_eq!(service.step(&run(&service, &[]), WITHHOLD), None);
    }
}

#[test]
fn a_comparison_shows_both_what_the_device_was_told() {
    let service = service(None);
    let cases = [
        (vec![ASK, COMPARE], 0, false),
        (vec![ADD, ASK, COMPARE], DIFFERENT, true),
        (vec![WITHHOLD, SWAP, ASK, COMPARE], DIFFERENT, true),
        (vec![ASK, ADD, COMPARE], 0, false),
        (vec![ASK, Action::Deregister { device: TABLET }, COMPARE], 0, false),
    ];
    for (actions, shown, foreign) in cases {
        let [before, after] = last_step(&service, &actions);
        for eye in support::ALL_OBSERVERS {
            let seen = news(&service, eye, [&before, &after]);
            let expected = matches!(eye, Observer::Owner(Alice | Bob)).then_some((Kind::Compared, shown));
            assert_eq!(seen.first().map(|row| (row.kind(), row.detail())), expected, "{eye:?}: {actions:?}");
        }
        let pair = Pair { from: Bob, to: Alice };
        assert_eq!((after.compared.made(pair), after.compared.foreign(pair)), (true, foreign), "{actions:?}");
        let back = Pair { from: Alice, to: Bob };
        assert!(!after.compared.made(back) && !after.compared.foreign(back));
    }
    let mistaken = self::service(Some(Flaw::ComparisonOfNames));
    let [before, after] = last_step(&mistaken, &[ADD, ASK, COMPARE]);
    let seen = news(&mistaken, Observer::Owner(Alice), [&before, &after]);
    assert_eq!(seen.first().map(|row| row.detail()), Some(0));
    assert!(
        after.compared.foreign(Pair { from: Bob, to: Alice }),
        "what is so does not depend on what is shown"
    );
}

#[test]
fn keys_are_compared_once_of_what_a_device_at_hand_was_told() {
    let service = service(None);
    forbidden(&service, &[COMPARE]);
    forbidden(&service, &[ASK, COMPARE, COMPARE]);
    forbidden(&service, &[ASK, Action::Leave { user: Bob }, COMPARE]);
    let hers = types(PHONE, Address::Bob);
    let compares = Action::Compare { device: PHONE, address: Address::Bob };
    let away = Action::Travel { user: Alice, with: Device::AliceTablet.into() };
    forbidden(&service, &[hers, away, compares]);
    assert!(run(&service, &[hers, ASK, compares, COMPARE]).compared.made(Pair { from: Alice, to: Bob }));
    let mut elsewhere = world("compared-keys");
    elsewhere.scope.comparing = false;
    for service in [world("imessage-2016").service(), elsewhere.service()] {
        assert_eq!(service.step(&run(&service, &[ASK]), COMPARE), None);
        assert!(!service.all_actions().contains(&COMPARE));
    }
    let own = Action::Compare { device: PHONE, address: Address::Alice };
    assert_eq!(service.step(&run(&service, &[]), own), None);
}

#[test]
fn neither_alerts_nor_comparisons_keep_anybody_from_reading() {
    let service = service(None);
    let sent = [ADD, ASK, COMPARE, Action::Send { device: BOBS, address: Address::Alice }];
    assert!(service.knows_body(&[Observer::ProviderLive], &run(&service, &sent), 0));
}
