//! **What claims about attachments say of a state.**
//!
//! Each atom is asked along a run, of what is attached as of what goes by SMS or is never sent.

use User::{Alice, Bob};
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{AttachmentKey, Design, Holder};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::service::Service;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, User};
use mailcover_properties::atoms::{
    attached_at_all, attachment_received, attachments_unknown, blob_disclosed, disclosed_by,
    disclosures_within_orders, fetch_logged, orders_in_order,
};
use mailcover_tests::warrant::{self, after, apply};

const SERVES: Action = Action::Disclose { by: Holder::Provider, order: 0 };
const TYPES: Action = Action::Type { device: Device::AlicePhone, address: Address::Bob };
const SENDS: Action = Action::Send { device: Device::AlicePhone, address: Address::Bob };
const ATTACHES: Action = Action::Attach { device: Device::AlicePhone, address: Address::Bob };
const DELIVERS: Action = Action::Deliver { message: 0, device: Device::BobPhone };
const FETCHES: Action = Action::Fetch { message: 0, device: Device::BobPhone };
const GOES: Action = Action::Deregister { device: Device::BobPhone };
const TEXTS: Action = Action::DeliverSms { message: 0 };

/// Two people, and an investigator who may have a warrant about this one.
fn service(about: User, change: impl FnOnce(&mut Design), flaw: Option<Flaw>) -> Service {
    let bounds = |scope: &mut Scope| {
        scope.bounds.attachments = [1, 1, 0].into();
        scope.bounds.registrations = 1;
    };
    warrant::service("attachments", about, bounds, change, flaw)
}

#[test]
fn the_atoms_say_what_was_attached_received_fetched_and_given() {
    let service = service(Alice, |_| {}, None);
    let log = service.design().logs.iter().position(|log| log.name == "attachment");
    let log = log.unwrap_or_else(|| panic!("there is a log of transfers"));
    let apply = apply(&service);
    let said = |actions: &[Action]| {
        let fetched = |user| fetch_logged(log, "attachment", user);
        let atoms =
            [attached_at_all(), attachment_received(), fetched(Bob), fetched(Alice), blob_disclosed()];
        atoms.map(|atom| atom.holds(&service, &after(&service, actions)))
    };
    assert_eq!(said(&[TYPES, SENDS, DELIVERS]), [false; 5], "nothing is attached");
    assert_eq!(said(&[TYPES, ATTACHES]), [true, false, false, false, false]);
    assert_eq!(said(&[TYPES, ATTACHES, DELIVERS]), [true, true, false, false, false]);
    assert_eq!(said(&[TYPES, ATTACHES, DELIVERS, FETCHES]), [true, true, true, false, false]);
    assert_eq!(said(&[apply, SERVES, TYPES, ATTACHES]), [true, false, false, false, false], "it came later");
    assert_eq!(said(&[TYPES, ATTACHES, apply, SERVES]), [true, false, false, false, true]);
    let rows = [TYPES, SENDS, apply, SERVES];
    assert_eq!(said(&rows), [false; 5], "what was given is rows alone");
    let by = |holder| disclosed_by(holder).holds(&service, &after(&service, &rows));
    assert!(by(Holder::Provider) && !by(Holder::Carrier));
    assert_eq!(said(&[GOES, TYPES, ATTACHES, TEXTS]), [false; 5], "an SMS is not of the platform");
}

#[test]
fn what_is_attached_is_secret_from_those_who_lack_the_blob_or_its_key() {
    let secret = |key, eye, actions: &[Action]| {
        let service = service(Alice, |design| design.attachments.key = key, None);
        attachments_unknown(vec![eye]).holds(&service, &after(&service, actions))
    };
    let (closed, open) = (AttachmentKey::InMessage, AttachmentKey::Provider);
    for eye in [Observer::ProviderLive, Observer::ProviderStore] {
        assert!(secret(closed, eye, &[TYPES, ATTACHES]) && !secret(open, eye, &[TYPES, ATTACHES]), "{eye:?}");
        assert!(secret(open, eye, &[TYPES, SENDS]), "{eye:?}: nothing is attached");
    }
    assert!(secret(open, Observer::Network, &[TYPES, ATTACHES, DELIVERS, FETCHES]));
    let receiver = |actions| secret(closed, Observer::Owner(Bob), actions);
    assert!(receiver(&[TYPES, ATTACHES, DELIVERS]) && !receiver(&[TYPES, ATTACHES, DELIVERS, FETCHES]));
    let texted = [GOES, TYPES, ATTACHES, TEXTS];
    assert!(secret(closed, Observer::Carrier, &texted), "the claim is about the platform");
}

#[test]
fn a_blob_of_somebody_else_is_not_within_the_order() {
    let within = |about, flaw| {
        let service = service(about, |_| {}, flaw);
        let state = after(&service, &[TYPES, ATTACHES, apply(&service), SERVES]);
        assert!(blob_disclosed().holds(&service, &state));
        disclosures_within_orders().holds(&service, &state)
    };
    assert!(within(Alice, None));
    assert!(!within(Bob, Some(Flaw::DisclosureIgnoresTarget)), "the order is about Bob");
}

#[test]
fn a_warrant_that_no_log_yields_to_is_rightly_granted_for_what_is_attached() {
    let rightly = |key| {
        let change = |design: &mut Design| {
            design.logs.iter_mut().for_each(|log| log.yields_to = EnumSet::empty());
            design.attachments.key = key;
        };
        let service = service(Alice, change, Some(Flaw::CourtGrantsAnything));
        orders_in_order().holds(&service, &after(&service, &[apply(&service)]))
    };
    assert!(rightly(AttachmentKey::InMessage));
    assert!(!rightly(AttachmentKey::None), "nothing there is given up to a warrant");
}
