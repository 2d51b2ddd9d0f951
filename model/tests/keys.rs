//! **What a stolen key opens and signs, what an altered ciphertext tells, and what forbids either.**
//!
//! As in `guards.rs`: each case fails if the one guard that it is about is taken away.

mod support;

use PrivateKey::{Decryption, Signing};
use enumset::EnumSet;
use mailcover_model::action::{Action, Point, PrivateKey, Signer};
use mailcover_model::deduction::TermSet;
use mailcover_model::design::Capability;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, State};
use mailcover_model::view::{Observer, Shape};
use mailcover_model::wire::Wire;
use mailcover_model::world::{Address, Device};
use support::acts::{BOBS, PHONE, TABLET, delivers, forbidden, kinds, last_step, news, run, sends, writes};
use support::families::{guarded, powered};
use support::{Alice, Bob};

/// A thief's eyes with the recordings of the provider, and without.
const RECORDED: [Observer; 2] = [Observer::ProviderLive, Observer::Thief];
const THIEF: [Observer; 1] = [Observer::Thief];

const fn steals(device: Device, key: PrivateKey) -> Action {
    Action::StealKey { device, key }
}

const fn alters(message: u8, device: Device) -> Action {
    Action::Alter { message, device }
}

/// A text of the adversary's, put before Bob's telephone as Alice's, under a signature with the key of this device.
const fn forges(by: Device) -> Action {
    let (signer, through) = (Signer::Device(by), Point::Push);
    Action::Inject { device: BOBS, claimed: Alice, body: FORGED_BODY, signer, through }
}

/// A world with these mistakes, if any, in which everything may be done twice.
fn service(design: &'static str, flaw: Option<Flaw>) -> Service {
    let mut world = guarded(design);
    world.setup.flaw = flaw;
    world.service()
}

/// Alice writes to Bob, whose phone gets it.
fn received() -> Vec<Action> {
    [writes(PHONE, Address::Bob).as_slice(), &[delivers(0, BOBS)]].concat()
}

fn then(before: &[Action], actions: &[Action]) -> Vec<Action> {
    [before, actions].concat()
}

fn knows(service: &Service, eyes: &[Observer], actions: &[Action]) -> bool {
    service.knows_body(eyes, &run(service, actions), 0)
}

#[test]
fn the_provider_has_an_end_of_each_devices_channel() {
    let wire = Wire::new(service("imessage-2016", None).design()).expect("the capacities suffice");
    let each = Device::ALL.map(|device| wire.channels(device.into()));
    assert!(each.iter().all(|key| key.iter().count() == 1));
    let all = each.into_iter().fold(TermSet::default(), TermSet::union);
    assert_eq!((all.iter().count(), wire.channels(EnumSet::all())), (Device::ALL.len(), all));
}

#[test]
fn a_stolen_decryption_key_opens_what_was_recorded_before_and_after() {
    let service = service("imessage-2016", None);
    let theft = [steals(BOBS, Decryption)];
    for run in [then(&received(), &theft), then(&theft, &writes(PHONE, Address::Bob))] {
        assert!(knows(&service, &RECORDED, &run), "{run:?}");
        assert!(
            knows(&service, &[Observer::ProviderStore, Observer::Thief], &run)
                != run.contains(&delivers(0, BOBS))
        );
        for blind in [THIEF, [Observer::ProviderLive]] {
            assert!(!knows(&service, &blind, &run), "{blind:?} alone");
        }
        assert!(
            !knows(&service, &[Observer::Network, Observer::Thief], &run),
            "the channel is encrypted besides"
        );
    }
    for other in [steals(BOBS, Signing), steals(PHONE, Decryption), steals(TABLET, Decryption)] {
        assert!(!knows(&service, &RECORDED, &then(&received(), &[other])), "{other:?}");
    }
}

#[test]
fn a_key_that_is_used_once_opens_what_was_not_read_before_the_theft() {
    let theft = [steals(BOBS, Decryption)];
    let unread = then(&writes(PHONE, Address::Bob), &theft);
    let cases = [
        (then(&received(), &theft), false),
        (unread.clone(), true),
        (then(&unread, &[delivers(0, BOBS)]), true),
        (then(&theft, &received()), true),
    ];
    let once = service("one-time-keys", None);
    for (run, opens) in &cases {
        assert_eq!(knows(&once, &RECORDED, run), *opens, "{run:?}");
    }
    let kept = service("one-time-keys", Some(Flaw::UsedKeyKept));
    assert!(knows(&kept, &RECORDED, &cases[0].0), "a key that is kept can still be stolen");
}

#[test]
fn what_is_read_elsewhere_is_no_reason_for_a_device_to_erase_its_key() {
    let once = service("one-time-keys", None);
    let sent = then(&writes(BOBS, Address::Alice), &[delivers(0, PHONE)]);
    for (robbed, opens) in [(PHONE, false), (TABLET, true)] {
        assert_eq!(knows(&once, &RECORDED, &then(&sent, &[steals(robbed, Decryption)])), opens, "{robbed:?}");
    }
    let both = then(&sent, &[steals(PHONE, Signing), delivers(0, TABLET), steals(TABLET, Decryption)]);
    let state = run(&once, &both);
    assert_eq!(state.message(0).read_before_theft(), TABLET.bit(), "a stolen signing key opens nothing");
    assert!(!once.knows_body(&RECORDED, &state, 0));
}

#[test]
fn a_stolen_signing_key_signs_as_its_owner_and_no_other_key_does() {
    let service = service("imessage-2016", None);
    let accepted = run(&service, &[steals(PHONE, Signing), forges(PHONE)]);
    assert!(accepted.message(0).received() != 0 && accepted.message(0).signer() == Signer::Device(PHONE));
    assert_eq!(accepted.message(0).body(), FORGED_BODY);
    forbidden(&service, &[forges(PHONE)]);
    forbidden(&service, &[steals(PHONE, Decryption), steals(BOBS, Decryption), forges(PHONE)]);
    forbidden(&service, &[steals(TABLET, Signing), forges(PHONE)]);
    let on_the_wire = Action::Inject {
        device: BOBS,
        claimed: Alice,
        body: FORGED_BODY,
        signer: Signer::Device(PHONE),
        through: Point::Wire,
    };
    forbidden(&service, &[steals(PHONE, Signing), on_the_wire]);
}

#[test]
fn a_key_is_stolen_once_and_as_often_as_the_scope_allows() {
    let service = service("imessage-2016", None);
    let theft = steals(BOBS, Decryption);
    forbidden(&service, &[theft, theft]);
    forbidden(&service, &[steals(BOBS, Signing), steals(PHONE, Signing), theft]);
    let state = run(&service, &[theft, steals(TABLET, Signing)]);
    assert_eq!((state.stolen(BOBS), state.stolen(TABLET)), (Decryption.into(), Signing.into()));
    assert!(state.stolen(PHONE).is_empty() && state.person(Bob) != state.person(Alice));
}

#[test]
fn only_the_thief_notices_a_theft() {
    let service = service("imessage-2016", None);
    let [before, after] = last_step(&service, &[steals(BOBS, Signing)]);
    for observer in support::ALL_OBSERVERS {
        let seen = kinds(&news(&service, observer, [&before, &after]));
        let expected: &[Kind] = if observer == Observer::Thief { &[Kind::KeyStolen] } else { &[] };
        assert_eq!(seen, expected, "{observer:?}");
        let same = service.view_of(observer, &before) == service.view_of(observer, &after);
        assert_eq!(same, observer != Observer::Thief, "{observer:?}");
    }
    let view = |key| service.view_of(Observer::Thief, &run(&service, &[steals(BOBS, key)]));
    assert_ne!(view(Signing), view(Decryption));
}

/// With an authority's key: what it opens of a message that was written, and what besides of one that was read.
#[test]
fn an_authority_opens_what_was_encrypted_for_it_and_is_handed_to_it() {
    let (sent, read) = (writes(PHONE, Address::Bob).to_vec(), received());
    let with = |eye| [eye, Observer::Authority];
    let cases = [
        (Observer::ProviderLive, true, true),
        (Observer::ProviderStore, true, false),
        (Observer::Network, false, false),
        (Observer::Investigator, false, false),
        (Observer::Carrier, false, false),
    ];
    for (eye, waiting, fetched) in cases {
        for (run, opens) in [(&sent, waiting), (&read, fetched)] {
            let escrowed = service("key-escrow", None);
            assert_eq!(knows(&escrowed, &with(eye), run), opens, "{eye:?}");
            assert!(!knows(&escrowed, &[eye], run), "{eye:?} without the key");
            assert!(!knows(&escrowed, &[Observer::Authority], run), "the key alone");
            assert!(!knows(&service("imessage-2016", None), &with(eye), run), "{eye:?} without escrow");
            let unasked = service("imessage-2016", Some(Flaw::CopyForTheAuthority));
            assert_eq!(knows(&unasked, &with(eye), run), opens, "{eye:?} by mistake");
        }
    }
}

/// What an adversary puts before a device it does not encrypt for the authority.
#[test]
fn nothing_is_in_escrow_of_what_an_adversary_wrote() {
    let service = service("key-escrow", None);
    assert_eq!(service.wire().escrowed(FORGED_BODY), None);
    let escrowed: Vec<_> = (0..FORGED_BODY).map(|body| service.wire().escrowed(body)).collect();
    assert!(escrowed.iter().all(Option::is_some) && escrowed.windows(2).all(|two| two[0] != two[1]));
}

#[test]
fn reactions_to_alterations_give_a_malleable_text_to_whoever_sees_them() {
    let sent = writes(PHONE, Address::Bob);
    let reads = |design, flaw, eye| knows(&service(design, flaw), &[eye], &then(&sent, &[alters(0, BOBS)]));
    for eye in support::ALL_OBSERVERS
        .into_iter()
        .filter(|eye| !matches!(eye, Observer::Owner(_) | Observer::Opened(_)))
    {
        let sees = matches!(eye, Observer::ProviderLive | Observer::Network);
        assert_eq!(reads("imessage-2013", None, eye), sees, "{eye:?}");
        assert!(!reads("imessage-2016", None, eye), "{eye:?}");
        assert_eq!(reads("imessage-2016", Some(Flaw::AlteredCopyAnswered), eye), sees, "{eye:?}");
        assert!(!knows(&service("imessage-2013", None), &[eye], &sent), "{eye:?} without alterations");
    }
}

#[test]
fn a_tap_sees_whether_a_device_reacts() {
    for (design, shape) in [("imessage-2013", Shape::Download), ("imessage-2016", Shape::Unanswered)] {
        let service = service(design, None);
        let [before, after] = last_step(&service, &then(&received(), &[alters(0, BOBS)]));
        let shapes: Vec<Shape> =
            news(&service, Observer::Network, [&before, &after]).into_iter().filter_map(Row::shape).collect();
        assert_eq!(shapes, [shape], "{design}");
        assert_eq!(kinds(&news(&service, Observer::ProviderLive, [&before, &after])), [Kind::Altered]);
        assert_eq!(news(&service, Observer::Owner(Bob), [&before, &after]), [], "his device shows nothing");
        assert_eq!(news(&service, Observer::Owner(Alice), [&before, &after]), []);
    }
}

#[test]
fn copies_are_altered_once_of_what_was_encrypted_for_a_device_that_is_there() {
    let service = service("imessage-2013", None);
    let sent = writes(PHONE, Address::Bob);
    forbidden(&service, &[alters(0, BOBS)]);
    forbidden(&service, &then(&sent, &[alters(0, BOBS), alters(0, BOBS)]));
    forbidden(&service, &then(&sent, &[alters(0, TABLET)]));
    for absent in [Action::Leave { user: Bob }, Action::Deregister { device: BOBS }] {
        forbidden(&service, &then(&sent, &[absent, alters(0, BOBS)]));
    }
    let off = Action::SwitchOff { device: BOBS };
    forbidden(&powered("imessage-2013").service(), &then(&[off], &then(&sent, &[alters(0, BOBS)])));
    let text = [Action::Deregister { device: BOBS }, Action::Register { device: BOBS }];
    let [leaves, returns] = text;
    let by_sms = [leaves, support::acts::types(PHONE, Address::Bob), sends(PHONE, Address::Bob), returns];
    forbidden(&service, &then(&by_sms, &[alters(0, BOBS)]));
    let often = then(&writes(BOBS, Address::Alice), &[alters(0, PHONE), alters(0, TABLET)]);
    assert_eq!(run(&service, &often).message(0).altered(), PHONE.bit() | TABLET.bit());
    forbidden(&service, &then(&often, &then(&sent, &[alters(1, BOBS)])));
}

#[test]
fn what_was_altered_is_still_delivered_and_given_up() {
    let service = service("imessage-2013", None);
    let altered = then(&writes(PHONE, Address::Bob), &[alters(0, BOBS)]);
    let waits: State = run(&service, &altered);
    let delivered = run(&service, &then(&altered, &[delivers(0, BOBS)]));
    assert_eq!((waits.message(0).waiting(), delivered.message(0).waiting()), (BOBS.bit(), 0));
    let mut given_up = *delivered.message(0);
    given_up.give_up();
    assert!(given_up.expired() && given_up.altered() == BOBS.bit(), "neither forgets the other");
}

#[test]
fn nobody_steals_or_alters_who_may_not() {
    let mut world = guarded("imessage-2013");
    let theirs = Capability::StealDecryptionKey | Capability::StealSigningKey | Capability::AlterInTransit;
    world.setup.powers -= theirs;
    let service = world.service();
    let state = run(&service, &writes(PHONE, Address::Bob));
    for action in [steals(BOBS, Decryption), steals(BOBS, Signing), alters(0, BOBS)] {
        assert_eq!(service.step(&state, action), None, "{action:?}");
    }
    assert_eq!(service.step(&state, forges(PHONE)), None);
}

#[test]
fn what_an_adversary_wrote_is_not_altered_besides() {
    let service = service("imessage-2013", None);
    let again = Action::Inject {
        device: BOBS,
        claimed: Alice,
        body: 0,
        signer: Signer::Device(PHONE),
        through: Point::Push,
    };
    forbidden(&service, &then(&writes(PHONE, Address::Bob), &[again, alters(1, BOBS)]));
}
