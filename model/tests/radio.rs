//! **What goes by radio, and what passes a carrier whose network leads to the provider.**

mod support;

use mailcover_model::action::Action;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::Address;
use support::World;
use support::acts::{BOBS, PHONE, delivers, kinds, run, writes};
use support::families::texting;

const CARRIERS: [Observer; 2] = [Observer::Carrier, Observer::Radio];

/// Alice writes to Bob, who has the message.
fn message() -> Vec<Action> {
    [writes(PHONE, Address::Bob).as_slice(), &[delivers(0, BOBS)]].concat()
}

/// The same by SMS, since Bob is not registered.
fn text() -> Vec<Action> {
    let left = Action::Deregister { device: BOBS };
    [&[left], writes(PHONE, Address::Bob).as_slice(), &[Action::DeliverSms { message: 0 }]].concat()
}

fn world(design: &'static str) -> World {
    World::of("carried", design, texting())
}

fn seen(service: &Service, observer: Observer, state: &State) -> Vec<Row> {
    service.remembered(observer, state).collect()
}

#[test]
fn both_ends_of_an_sms_go_by_radio_with_its_text() {
    let service = world("imessage-2016").service();
    let ends = run(&service, &text());
    assert_eq!(kinds(&seen(&service, Observer::Radio, &ends)), [Kind::SmsSent, Kind::SmsDelivered]);
    assert!(service.knows_body(&[Observer::Radio], &ends, 0));
    let by_server = world("imessage-2016").flawed(Flaw::FallbackByServer).service();
    let sent = run(&by_server, &text()[..3]);
    assert_eq!(seen(&by_server, Observer::Radio, &sent), [], "no telephone sent it");
    let unrecorded = world("imessage-2016").flawed(Flaw::SmsDeliveryUnrecorded).service();
    let ends = run(&unrecorded, &text());
    assert_eq!(seen(&unrecorded, Observer::Radio, &ends).len(), 2, "it is heard, whoever records it");
}

#[test]
fn over_wifi_nothing_of_a_message_passes_the_carrier_or_the_radio() {
    let service = world("imessage-2016").service();
    let state = run(&service, &message());
    for observer in CARRIERS {
        assert_eq!(seen(&service, observer, &state), [], "{observer:?}");
    }
}

#[test]
fn over_mobile_data_they_see_what_a_tap_sees_and_cannot_read_it() {
    let beside = world("imessage-2016").flawed(Flaw::MobileBesideWifi);
    for service in [world("mobile-data").service(), beside.service()] {
        let state = run(&service, &message());
        let tapped = seen(&service, Observer::Network, &state);
        assert!(tapped.len() >= 3 && tapped.iter().all(|row| row.shape().is_some()));
        for observer in CARRIERS {
            assert_eq!(seen(&service, observer, &state), tapped, "{observer:?}");
            assert_eq!(service.view_of(observer, &state), service.view_of(Observer::Network, &state));
            assert_eq!(service.held(&[observer], &state), service.held(&[Observer::Network], &state));
            assert!(!service.knows_body(&[observer], &state, 0), "{observer:?}");
        }
    }
}

#[test]
fn over_mobile_data_an_sms_is_what_it_was() {
    let service = world("mobile-data").service();
    let state = run(&service, &text());
    for observer in CARRIERS {
        let texts = seen(&service, observer, &state).into_iter().filter(|row| row.shape().is_none());
        assert_eq!(kinds(&texts.collect::<Vec<_>>()), [Kind::SmsSent, Kind::SmsDelivered], "{observer:?}");
        assert!(service.knows_body(&[observer], &state, 0));
    }
}
