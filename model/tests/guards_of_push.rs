//! **What a rule forbids is forbidden: messages, texts, and what an adversary puts before a device.**
//!
//! As in `guards.rs`: each case fails if the one guard that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Point, PrivateKey, Signer};
use mailcover_model::design::Capability;
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Kind;
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, MessageKind, State};
use mailcover_model::world::{Address, Device, Pair};
use support::acts::{BOBS, PHONE, TABLET, TURN, delivers, run, sends, types, writes};
use support::families::{guarded, log_losses, powered};
use support::{Alice, Bob, World};

fn service() -> Service {
    guarded("imessage-2016").service()
}

fn forbidden(actions: &[Action]) {
    support::acts::forbidden(&service(), actions);
}

const LEAVE: Action = Action::Leave { user: Bob };

fn deregister(device: Device) -> Action {
    Action::Deregister { device }
}

/// The text of this number, or the adversary's own, put before Bob's telephone as Alice's.
fn injects(body: u8, signer: Signer, through: Point) -> Action {
    Action::Inject { device: BOBS, claimed: Alice, body, signer, through }
}

const FORGES: Action = Action::Inject {
    device: BOBS,
    claimed: Alice,
    body: FORGED_BODY,
    signer: Signer::Adversary,
    through: Point::Push,
};

#[test]
fn a_copy_reaches_no_device_that_is_off_gone_or_not_registered() {
    let sent = writes(PHONE, Address::Bob);
    for last in [LEAVE, deregister(BOBS)] {
        forbidden(&[sent.as_slice(), &[last, delivers(0, BOBS)]].concat());
    }
    let off = Action::SwitchOff { device: BOBS };
    let powered = powered("imessage-2016").service();
    support::acts::forbidden(&powered, &[&[off], sent.as_slice(), &[delivers(0, BOBS)]].concat());
}

#[test]
fn a_copy_is_delivered_once_and_to_whom_it_is_for() {
    let sent = writes(PHONE, Address::Bob);
    forbidden(&[sent.as_slice(), &[delivers(0, BOBS); 2]].concat());
    forbidden(&[sent.as_slice(), &[delivers(0, TABLET)]].concat());
}

#[test]
fn an_sms_is_delivered_once() {
    let delivered = [Action::DeliverSms { message: 0 }; 2];
    forbidden(&[&[deregister(BOBS)], writes(PHONE, Address::Bob).as_slice(), &delivered].concat());
}

#[test]
fn an_sms_waits_for_a_telephone_that_is_on_or_for_the_one_that_took_the_number() {
    let off = [Action::SwitchOff { device: BOBS }, deregister(BOBS)];
    let arrives = [Action::DeliverSms { message: 0 }];
    let texted = |before: &[Action]| [before, writes(PHONE, Address::Bob).as_slice()].concat();
    let powered = powered("imessage-2016").service();
    support::acts::forbidden(&powered, &[texted(&off), arrives.to_vec()].concat());
    let on_again = [Action::SwitchOn { device: BOBS }, arrives[0]];
    assert_ne!(run(&powered, &[texted(&off), on_again.to_vec()].concat()).message(0).received(), 0);
    let elsewhere = [texted(&[LEAVE, deregister(BOBS)]), arrives.to_vec()].concat();
    assert_ne!(run(&service(), &elsewhere).message(0).received(), 0);
}

#[test]
fn whoever_left_asks_the_directory_nothing_and_writes_texts() {
    let state = run(&service(), &[&[LEAVE], writes(BOBS, Address::Alice).as_slice()].concat());
    assert_eq!(state.message(0).kind(), MessageKind::Sms);
    assert_eq!(state.looked_up, 0);
    assert!(state.device(BOBS).registered(), "the registration stays behind");
}

#[test]
fn what_somebody_wrote_is_communicated_whoever_puts_it_before_the_device() {
    let service = service();
    let before = |last: Action| run(&service, &[writes(PHONE, Address::Bob).as_slice(), &[last]].concat());
    let over_platform = Event::CommunicatedOverPlatform;
    let theirs = Pair { from: Alice, to: Bob };
    assert!(over_platform.happened(&before(injects(0, Signer::Device(PHONE), Point::Push)), theirs));
    assert!(!over_platform.happened(&before(FORGES), theirs));
}

#[test]
fn a_log_of_deliveries_records_what_an_adversary_had_accepted() {
    let deliveries =
        |design: &mut mailcover_model::design::Design| design.logs[0].on = Kind::Delivered.into();
    let service = guarded("imessage-2016").designed(deliveries).service();
    let rows = |last: Action| {
        run(&service, &[writes(PHONE, Address::Bob).as_slice(), &[last]].concat()).rows.as_slice().len()
    };
    assert_eq!(rows(injects(0, Signer::Device(PHONE), Point::Push)), 1);
    assert_eq!(rows(FORGES), 0, "the device acknowledges nothing that it does not accept");
}

#[test]
fn what_push_gives_up_is_logged_on_the_new_day() {
    let for_a_day = |design: &mut mailcover_model::design::Design| {
        log_losses(design);
        design.logs[0].keep_days = Some(0);
    };
    let service = guarded("imessage-2016").designed(for_a_day).service();
    let lost = [&[types(PHONE, Address::Bob), LEAVE], [sends(PHONE, Address::Bob)].as_slice()].concat();
    let days = usize::from(service.periods().expiry) + 1;
    let state = run(&service, &[lost, vec![TURN; days]].concat());
    assert_eq!(state.rows.as_slice().iter().map(|row| row.age()).collect::<Vec<_>>(), [0]);
}

#[test]
fn a_message_was_heard_when_the_first_device_took_it() {
    let service = service();
    let taken = [delivers(0, PHONE), TURN, delivers(0, TABLET)];
    let state = run(&service, &[writes(BOBS, Address::Alice).as_slice(), &taken].concat());
    assert_eq!(state.message(0).received(), PHONE.bit() | TABLET.bit());
    assert_eq!(state.message(0).heard, 1);
    let late = [TURN, delivers(0, PHONE)];
    let state = run(&service, &[writes(BOBS, Address::Alice).as_slice(), &late].concat());
    assert_eq!(state.message(0).heard, 0, "it was not heard before");
}

#[test]
fn a_message_waits_until_the_last_of_its_days_and_no_longer() {
    let service = service();
    let days = usize::from(service.periods().expiry);
    let after = |days: usize| {
        let sent = [&[types(PHONE, Address::Bob), LEAVE], [sends(PHONE, Address::Bob)].as_slice()].concat();
        *run(&service, &[sent, vec![TURN; days]].concat()).message(0)
    };
    assert_eq!([after(days).expired(), after(days + 1).expired()], [false, true]);
    assert_eq!([after(days).waiting(), after(days + 1).waiting()], [BOBS.bit(), 0]);
}

#[test]
fn push_gives_up_nothing_that_it_was_not_given() {
    let service = service();
    let days = usize::from(service.periods().expiry) + 1;
    let texted = [&[deregister(BOBS)], writes(PHONE, Address::Bob).as_slice()].concat();
    let state = run(&service, &[texted, vec![TURN; days]].concat());
    assert_eq!(state.message(0).kind(), MessageKind::Sms);
    assert!(
        !state.message(0).expired() && state.message(0).waiting() != 0,
        "the carrier may still deliver it"
    );
}

#[test]
fn only_a_telephone_texts_and_only_a_number() {
    let kind = |device: Device, address: Address, design: &'static str| {
        let service = guarded(design).service();
        let sent = [&[deregister(BOBS)], writes(device, address).as_slice()].concat();
        let state = run(&service, &sent);
        (state.message(0).kind(), state.message(0).told())
    };
    assert_eq!(kind(PHONE, Address::Bob, "imessage-2016"), (MessageKind::Sms, false));
    assert_eq!(kind(TABLET, Address::Bob, "imessage-2016"), (MessageKind::Failed, true));
    assert_eq!(kind(PHONE, Address::BobMail, "imessage-2016"), (MessageKind::Failed, true));
    let mut world = guarded("imessage-2016");
    world.design.fallback.sms = false;
    let sent = [&[deregister(BOBS)], writes(PHONE, Address::Bob).as_slice()].concat();
    assert_eq!(run(&world.service(), &sent).message(0).kind(), MessageKind::Failed);
}

#[test]
fn no_log_records_what_only_the_senders_device_says() {
    let told = |design: &mut mailcover_model::design::Design| {
        log_losses(design);
        design.logs[0].on = Kind::Told.into();
        design.messaging.expiry_notice = true;
    };
    let service = guarded("imessage-2016").designed(told).service();
    let failed = [&[deregister(BOBS)], writes(TABLET, Address::Bob).as_slice()].concat();
    let state = run(&service, &failed);
    assert!(state.message(0).told() && state.rows.as_slice().is_empty(), "push was given nothing");
    let lost = [&[types(PHONE, Address::Bob), LEAVE], [sends(PHONE, Address::Bob)].as_slice()].concat();
    let days = usize::from(service.periods().expiry) + 1;
    let state = run(&service, &[lost, vec![TURN; days]].concat());
    assert!(
        state.message(0).told() && state.rows.as_slice().len() == 1,
        "push says that it gave the message up"
    );
}

#[test]
fn senders_are_told_of_what_expired_where_the_design_says_so_and_no_mistake_keeps_it_back() {
    let lost = [&[types(PHONE, Address::Bob), LEAVE], [sends(PHONE, Address::Bob)].as_slice()].concat();
    let told = |notice: bool, flaw: Option<Flaw>| {
        let mut world = guarded("imessage-2016").designed(|design| design.messaging.expiry_notice = notice);
        world.setup.flaw = flaw;
        let service = world.service();
        let state =
            run(&service, &[lost.clone(), vec![TURN; usize::from(service.periods().expiry) + 1]].concat());
        assert!(state.message(0).expired());
        state.message(0).told()
    };
    assert_eq!([true, false].map(|notice| told(notice, None)), [true, false]);
    assert!(!told(true, Some(Flaw::ExpiryUntold)));
}

#[test]
fn an_entry_is_tampered_with_once() {
    let address = Address::Alice;
    forbidden(&[Action::AddKey { address }, Action::SwapKey { address }]);
}

#[test]
fn nothing_is_injected_into_a_device_that_is_off_gone_or_not_registered() {
    for last in [LEAVE, deregister(BOBS)] {
        forbidden(&[last, FORGES]);
    }
    let off = Action::SwitchOff { device: BOBS };
    support::acts::forbidden(&powered("imessage-2016").service(), &[off, FORGES]);
}

#[test]
fn nobody_is_written_to_in_the_name_of_oneself() {
    let service = service();
    let Action::Inject { device, body, signer, through, .. } = FORGES else { panic!("it injects") };
    let own = Action::Inject { device, claimed: Bob, body, signer, through };
    assert_eq!(service.step(&run(&service, &[]), own), None);
}

#[test]
fn what_is_not_accepted_is_the_adversarys_own_text_under_its_own_signature() {
    let again = injects(0, Signer::Device(PHONE), Point::Push);
    let sent = [writes(PHONE, Address::Bob).as_slice(), &[deregister(PHONE)]].concat();
    forbidden(&[sent.as_slice(), &[again]].concat());
    let service = service();
    let refused = service.step(&run(&service, &sent), FORGES).expect("this one stands for all of them");
    assert_eq!(refused.message(1).received(), 0);
    let accepted = service.step(&run(&service, &writes(PHONE, Address::Bob)), again);
    assert!(
        accepted.is_some_and(|state| state.message(1).received() != 0),
        "what passes is handed over again"
    );
}

/// One unaccepted message stands for all: the adversary's own text under its own signature.
#[test]
fn a_signature_that_no_longer_passes_is_not_put_before_a_device_to_be_refused() {
    use PrivateKey::Signing;
    let forged = injects(FORGED_BODY, Signer::Device(PHONE), Point::Push);
    let service = guarded("imessage-2016").with(Capability::Inject | Capability::StealSigningKey).service();
    let stolen = Action::StealKey { device: PHONE, key: Signing };
    let accepted = service.step(&run(&service, &[stolen]), forged).expect("the thief signs as her telephone");
    assert!(accepted.message(0).received() != 0);
    assert_eq!(service.step(&run(&service, &[stolen, deregister(PHONE)]), forged), None);
}

#[test]
fn a_device_that_trusts_the_wire_trusts_nothing_that_comes_by_push() {
    let received = |world: &World, through: Point| {
        let service = world.service();
        let forged = injects(FORGED_BODY, Signer::Adversary, through);
        service.step(&run(&service, &[]), forged).map(|state| state.message(0).received() != 0)
    };
    let sound = guarded("imessage-2016");
    assert_eq!(received(&sound, Point::Push), Some(false));
    let trusting = sound.flawed(Flaw::DeviceTrustsTheWire);
    assert_eq!(received(&trusting, Point::Push), Some(false));
    assert_eq!(received(&trusting, Point::Wire), Some(true));
}

#[test]
fn keys_can_be_stolen_where_somebody_may_steal_one() {
    use Capability::{Inject, StealDecryptionKey, StealSigningKey};
    for (powers, can) in [(StealSigningKey, true), (StealDecryptionKey, true), (Inject, false)] {
        let service = guarded("imessage-2016").with(powers).service();
        assert_eq!(service.keys_can_be_stolen(), can, "{powers:?}");
    }
}

#[test]
fn the_wire_carries_a_record_once() {
    let on_the_wire = injects(0, Signer::Device(PHONE), Point::Wire);
    let sent = writes(PHONE, Address::Bob);
    forbidden(&[sent.as_slice(), &[on_the_wire]].concat());
    let delivered = [sent.as_slice(), &[delivers(0, BOBS)]].concat();
    forbidden(&[delivered.as_slice(), &[on_the_wire]].concat());
    let replayable = guarded("imessage-2016").flawed(Flaw::WireReplayAccepted).service();
    let twice = replayable.step(&run(&replayable, &delivered), on_the_wire);
    assert!(twice.is_some_and(|state| state.message(1).received() != 0));
    assert_eq!(
        replayable.step(&run(&replayable, &sent), on_the_wire),
        None,
        "nothing has passed the line yet"
    );
}

#[test]
fn each_way_of_tampering_takes_its_own_capability() {
    let world = guarded("imessage-2016");
    let possible = |powers: EnumSet<mailcover_model::design::Capability>, action: Action| {
        let service = world.clone().with(powers).service();
        let swapped: State = run(&service, &[]);
        service.step(&swapped, action).is_some()
    };
    use mailcover_model::design::Capability::{AddKey, Inject, InjectOnWire, SwapKey};
    let address = Address::Alice;
    for (action, needed) in
        [(Action::AddKey { address }, AddKey), (Action::SwapKey { address }, SwapKey), (FORGES, Inject)]
    {
        assert!(possible(needed.into(), action), "{action:?}");
        assert!(!possible(EnumSet::all() - needed, action), "{action:?}");
    }
    let wire = injects(FORGED_BODY, Signer::Adversary, Point::Wire);
    let trusting = guarded("imessage-2016").flawed(Flaw::DeviceTrustsTheWire);
    for (powers, may) in [(InjectOnWire.into(), true), (EnumSet::all() - InjectOnWire, false)] {
        let service = trusting.clone().with(powers).service();
        assert_eq!(service.step(&run(&service, &[]), wire).is_some(), may);
    }
}
