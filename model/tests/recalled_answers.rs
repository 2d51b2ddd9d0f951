//! **An answer that is recalled serves no longer, wherever it is remembered; one that is not names devices that are gone.**
//!
//! As in `guards.rs`: each case fails if the one condition that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Shape};
use mailcover_model::world::Address;
use support::acts::{BOBS, PHONE, TABLET, TURN, kinds, last_step, news, run, sends, types};
use support::families::guarded;
use support::{Alice, Bob};

const ASK: Action = types(BOBS, Address::Alice);
const REMOVE: Action = Action::Deregister { device: TABLET };
const LIST: Action = Action::Register { device: TABLET };

fn service(design: &'static str, flaw: Option<Flaw>) -> Service {
    let mut world = guarded(design);
    world.setup.flaw = flaw;
    world.service()
}

/// Whether what Bob's telephone remembers of Alice still serves.
fn serves(service: &Service, state: &State) -> bool {
    let answer = state.cached(BOBS, Address::Alice);
    answer.known() && answer.age <= service.periods().cache
}

fn named(state: &State) -> u8 {
    state.messages().last().expect("a message was sent").named()
}

#[test]
fn an_answer_serves_until_a_device_in_it_comes_or_goes() {
    let kept = service("imessage-2016", None);
    let recalled = service("recalled-answers", None);
    let half = service("recalled-answers", Some(Flaw::RemovalNotRecalled));
    let cases = [
        (vec![ASK], [true, true, true]),
        (vec![ASK, REMOVE], [true, false, true]),
        (vec![REMOVE, ASK, LIST], [true, false, false]),
        // What becomes of his own devices is no matter of what he remembers of hers.
        (vec![ASK, Action::Deregister { device: BOBS }], [true, true, true]),
    ];
    for (actions, expected) in cases {
        let found = [&kept, &recalled, &half].map(|service| serves(service, &run(service, &actions)));
        assert_eq!(found, expected, "{actions:?}");
    }
}

#[test]
fn what_is_recalled_is_asked_for_anew_on_sending() {
    let send = sends(BOBS, Address::Alice);
    let kept = service("imessage-2016", None);
    assert_eq!(named(&run(&kept, &[ASK, REMOVE, send])), PHONE.bit() | TABLET.bit());
    let recalled = service("recalled-answers", None);
    let [before, after] = last_step(&recalled, &[ASK, REMOVE, send]);
    assert_eq!(named(&after), PHONE.bit());
    let seen = news(&recalled, Observer::ProviderLive, [&before, &after]);
    assert_eq!(kinds(&seen), [Kind::Lookup, Kind::Submitted]);
}

#[test]
fn a_client_that_push_reaches_is_told_and_no_other() {
    let service = service("recalled-answers", None);
    let told = |actions: &[Action]| {
        let [before, after] = last_step(&service, actions);
        news(&service, Observer::Owner(Bob), [&before, &after])
    };
    let seen = told(&[ASK, REMOVE]);
    assert_eq!(kinds(&seen), [Kind::Recalled]);
    assert_eq!((seen[0].device(), seen[0].target()), (BOBS, Some(Address::Alice)));
    // He remembers nothing; what he remembers is too old; he is gone; he is not listed.
    assert_eq!(told(&[REMOVE]), []);
    assert_eq!(told(&[ASK, REMOVE, LIST]), [], "he has been told already");
    assert_eq!(told(&[ASK, Action::Leave { user: Bob }, REMOVE]), []);
    assert_eq!(told(&[ASK, Action::Deregister { device: BOBS }, REMOVE]), []);
    let gone = run(&service, &[ASK, Action::Leave { user: Bob }, REMOVE]);
    assert!(!serves(&service, &gone), "he learns it before he sends anything");
}

#[test]
fn being_told_passes_the_provider_and_a_tap_and_nobody_else() {
    let service = service("recalled-answers", None);
    let [before, after] = last_step(&service, &[ASK, REMOVE]);
    let seen = |eye| news(&service, eye, [&before, &after]);
    assert_eq!(kinds(&seen(Observer::ProviderLive)), [Kind::Deregistered, Kind::Recalled]);
    let shapes: Vec<_> = seen(Observer::Network).into_iter().map(Row::shape).collect();
    assert_eq!(shapes, [Some(Shape::Request); 2], "as small as any exchange");
    assert_eq!(kinds(&seen(Observer::Owner(Alice))), [Kind::Deregistered]);
    for eye in [Observer::Carrier, Observer::Investigator, Observer::Thief, Observer::Radio] {
        assert_eq!(seen(eye), [], "{eye:?}");
    }
}

#[test]
fn a_message_knows_which_of_its_receivers_devices_were_not_listed() {
    let service = service("imessage-2016", None);
    let send = sends(BOBS, Address::Alice);
    let unlisted = |actions: &[Action]| run(&service, actions).messages().last().map(|it| it.unlisted());
    assert_eq!(unlisted(&[ASK, send]), Some(0));
    assert_eq!(unlisted(&[ASK, REMOVE, send]), Some(TABLET.bit()));
    assert_eq!(unlisted(&[REMOVE, ASK, send]), Some(TABLET.bit()), "though it is not encrypted for it");
    assert_eq!(unlisted(&[ASK, Action::Deregister { device: PHONE }, send]), Some(PHONE.bit()));
    assert_eq!(unlisted(&[ASK, send, REMOVE]), Some(0), "what comes after makes no difference");
    assert_eq!(unlisted(&[ASK, REMOVE, TURN, LIST, send]), Some(0));
    let hers = [types(PHONE, Address::Bob), REMOVE, sends(PHONE, Address::Bob)];
    assert_eq!(unlisted(&hers), Some(0), "her own devices are not the receiver's");
    let untracked = guarded("imessage-2016").tracking(EnumSet::empty()).service();
    let message = *run(&untracked, &[ASK, REMOVE, send]).messages().last().expect("a message was sent");
    assert_eq!(message.unlisted(), 0);
}
