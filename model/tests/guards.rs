//! **What a rule forbids is forbidden: people, their devices, the directory.**
//!
//! A run up to the guard, and the action that it disables there, or what it keeps the action from doing. Each case fails
//! if the one guard that it is about is taken away.

mod support;

use mailcover_model::action::Action;
use mailcover_model::flaw::Flaw;
use mailcover_model::service::Service;
use mailcover_model::state::{MessageKind, State};
use mailcover_model::world::{Address, Device};
use support::acts::{BOBS, PHONE, TABLET, TURN, delivers, run, sends, types, writes};
use support::families::{guarded, powered};
use support::{Alice, Bob};

fn forbidden(actions: &[Action]) {
    support::acts::forbidden(&guarded("imessage-2016").service(), actions);
}

/// Requires that the action is disabled in the beginning, whether or not the scope lists it.
fn never(action: Action) {
    let service = guarded("imessage-2016").service();
    assert_eq!(service.step(&run(&service, &[]), action), None, "{action:?}");
}

fn register(device: Device) -> Action {
    Action::Register { device }
}

fn deregister(device: Device) -> Action {
    Action::Deregister { device }
}

fn travel(with: &[Device]) -> Action {
    Action::Travel { user: Alice, with: with.iter().copied().collect() }
}

fn refresh(device: Device, address: Address) -> Action {
    Action::Refresh { device, address }
}

const LEAVE: Action = Action::Leave { user: Bob };

#[test]
fn nobody_writes_to_oneself() {
    never(types(PHONE, Address::Alice));
    never(Action::Pick { device: PHONE, address: Address::Alice });
    never(sends(TABLET, Address::Alice));
}

#[test]
fn nobody_writes_on_two_devices_at_once() {
    forbidden(&[types(PHONE, Address::Bob), types(TABLET, Address::Bob)]);
    forbidden(&[types(PHONE, Address::Bob), Action::Pick { device: TABLET, address: Address::Bob }]);
}

#[test]
fn nobody_writes_on_a_device_that_is_elsewhere() {
    for writes in [types(PHONE, Address::Bob), Action::Pick { device: PHONE, address: Address::Bob }] {
        forbidden(&[travel(&[TABLET]), writes]);
    }
    forbidden(&[types(PHONE, Address::Bob), travel(&[]), sends(PHONE, Address::Bob)]);
}

#[test]
fn nobody_writes_on_a_device_that_is_off() {
    let off = Action::SwitchOff { device: PHONE };
    support::acts::forbidden(&powered("imessage-2016").service(), &[off, types(PHONE, Address::Bob)]);
}

#[test]
fn nobody_sends_without_a_draft_or_a_conversation() {
    forbidden(&[sends(PHONE, Address::Bob)]);
    forbidden(&[types(PHONE, Address::Bob), sends(PHONE, Address::BobMail)]);
}

#[test]
fn what_was_sent_is_no_draft_any_more() {
    let service = guarded("imessage-2016").service();
    let sent = run(&service, &writes(PHONE, Address::Bob));
    assert_eq!(sent.device(PHONE).draft(), None);
    assert!(service.step(&sent, sends(PHONE, Address::Bob)).is_some(), "the conversation goes on");
}

#[test]
fn a_device_that_is_not_registered_asks_nothing_and_sends_nothing_over_the_platform() {
    let service = guarded("imessage-2016").service();
    let typed = run(&service, &[deregister(PHONE), types(PHONE, Address::Bob)]);
    assert!(typed.rows.as_slice().is_empty());
    let warm = [types(PHONE, Address::Bob), deregister(PHONE), sends(PHONE, Address::Bob)];
    assert_eq!(run(&service, &warm).message(0).kind(), MessageKind::Sms);
}

#[test]
fn a_device_does_not_refresh_what_it_never_knew() {
    forbidden(&[refresh(PHONE, Address::Bob)]);
}

#[test]
fn a_device_that_is_off_gone_or_not_registered_does_not_refresh() {
    let knows = types(BOBS, Address::Alice);
    for last in [LEAVE, deregister(BOBS)] {
        forbidden(&[knows, last, refresh(BOBS, Address::Alice)]);
    }
    let off = Action::SwitchOff { device: BOBS };
    let service = powered("imessage-2016").service();
    support::acts::forbidden(&service, &[knows, off, refresh(BOBS, Address::Alice)]);
}

#[test]
fn a_device_refreshes_what_it_knows_with_nobody_beside_it() {
    let knows = [types(PHONE, Address::Bob), Action::Abandon { device: PHONE }];
    let left_behind = [knows.as_slice(), &[travel(&[])]].concat();
    let sound = guarded("imessage-2016");
    let mistaken = sound.clone().flawed(Flaw::RefreshOnlyWhenAttended);
    for (world, before, possible) in [
        (&sound, knows.as_slice(), true),
        (&sound, &left_behind, true),
        (&mistaken, &knows, true),
        (&mistaken, &left_behind, false),
    ] {
        let service = world.service();
        let refreshed = service.step(&run(&service, before), refresh(PHONE, Address::Bob));
        assert_eq!(refreshed.is_some(), possible, "{:?} after {before:?}", world.setup.flaw);
    }
}

#[test]
fn an_answer_serves_until_the_last_of_its_days_and_no_longer() {
    let mut world = guarded("imessage-2016");
    world.design.directory.cache_days = 30;
    let service = world.service();
    let days = usize::from(service.periods().cache);
    let asked_after = |days: usize| {
        let draft = [types(PHONE, Address::Bob), Action::Abandon { device: PHONE }];
        let state = run(&service, &[draft.as_slice(), &vec![TURN; days]].concat());
        let left = |state: &State| state.budget.lookups.get(Alice.index(), Address::Bob.index());
        let next = service.step(&state, types(PHONE, Address::Bob)).expect("she may type again");
        left(&state) - left(&next)
    };
    assert_eq!([asked_after(days), asked_after(days + 1)], [0, 1]);
}

#[test]
fn sending_asks_anew_what_has_become_stale() {
    let service = guarded("short-cache").service();
    let stale = run(&service, &[types(PHONE, Address::Bob), TURN]);
    let rows = |state: &State| state.rows.as_slice().len();
    let sent = service.step(&stale, sends(PHONE, Address::Bob)).expect("the draft is still open");
    assert_eq!(rows(&sent), rows(&stale) + 1);
}

#[test]
fn the_directory_names_the_devices_of_the_one_who_was_asked_about() {
    let service = guarded("imessage-2016").service();
    let named = |device, address| run(&service, &[types(device, address)]).cached(device, address).named();
    assert_eq!(named(PHONE, Address::Bob), BOBS.bit());
    assert_eq!(named(BOBS, Address::Alice), PHONE.bit() | TABLET.bit());
}

#[test]
fn nobody_registers_a_device_that_is_registered_gone_or_elsewhere() {
    forbidden(&[register(TABLET)]);
    forbidden(&[deregister(BOBS), LEAVE, register(BOBS)]);
    forbidden(&[deregister(TABLET), travel(&[PHONE]), register(TABLET)]);
}

#[test]
fn a_registration_is_removed_on_the_device_and_elsewhere_only_where_there_is_a_tool() {
    for (design, allowed) in [("imessage-2013", false), ("imessage-2016", true)] {
        let service = guarded(design).service();
        for before in [vec![LEAVE], vec![travel(&[PHONE])]] {
            let device = if before[0] == LEAVE { BOBS } else { TABLET };
            let next = service.step(&run(&service, &before), deregister(device));
            assert_eq!(next.is_some(), allowed, "{design}: {before:?}");
        }
        assert!(service.step(&run(&service, &[]), deregister(BOBS)).is_some(), "{design}");
    }
    forbidden(&[deregister(BOBS), deregister(BOBS)]);
}

#[test]
fn who_has_left_does_not_leave_again() {
    forbidden(&[LEAVE, LEAVE]);
}

#[test]
fn a_device_is_switched_by_who_is_beside_it_and_not_twice_nor_when_it_is_gone() {
    let service = powered("imessage-2016").service();
    let forbidden = |actions: &[Action]| support::acts::forbidden(&service, actions);
    let off = |device| Action::SwitchOff { device };
    forbidden(&[off(PHONE), off(PHONE)]);
    forbidden(&[Action::SwitchOn { device: PHONE }]);
    forbidden(&[travel(&[TABLET]), off(PHONE)]);
    forbidden(&[LEAVE, off(BOBS)]);
}

#[test]
fn nobody_takes_along_what_is_elsewhere() {
    forbidden(&[travel(&[]), travel(&[PHONE])]);
    never(Action::Travel { user: Alice, with: BOBS.into() });
}

#[test]
fn nobody_travels_where_there_is_one_place() {
    let mut world = guarded("imessage-2016");
    world.scope.places = false;
    let service = world.service();
    assert_eq!(service.step(&run(&service, &[]), travel(&[PHONE])), None);
}

/// Alice writes to Bob in a world whose devices are switched off and on; push has a copy for his telephone.
fn copy_in_hand() -> (Service, State) {
    let service = powered("imessage-2016").service();
    let state = run(&service, &writes(PHONE, Address::Bob));
    (service, state)
}

#[test]
fn the_day_does_not_end_over_a_copy_in_hand() {
    let (service, state) = copy_in_hand();
    assert_eq!(service.step(&state, TURN), None, "push can still hand the copy over");
    let delivered = service.step(&state, delivers(0, BOBS)).expect("the telephone is on");
    assert!(service.step(&delivered, TURN).is_some(), "nothing is in hand any more");
}

#[test]
fn a_device_does_not_go_off_over_a_copy_in_hand() {
    let (service, state) = copy_in_hand();
    assert_eq!(service.step(&state, Action::SwitchOff { device: BOBS }), None);
}
