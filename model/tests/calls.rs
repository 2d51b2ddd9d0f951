//! **Who can call whom, what becomes of it, who sees it, and what is written down of it.**
//!
//! Each case fails if the one guard, or the one choice, that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Application};
use mailcover_model::design::{Holder, OrderKind, Trigger};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::rules::calls::{Signal, length, went_directly};
use mailcover_model::scope::{Plea, Span};
use mailcover_model::service::Service;
use mailcover_model::state::{Length, Room, Stage, State};
use mailcover_model::view::{Observer, Shape};
use mailcover_model::world::{Address, Device, Place};
use support::acts::{BOBS, PHONE, TABLET, TURN, forbidden, last_step, news, run, types};
use support::families::{guarded, menu, pen_register, powered};
use support::{Alice, Bob, World};

const DIRECT: &str = "facetime-2015";
const RELAYED: &str = "facetime-relayed";

const CALLS_BOB: Action = Action::Invite { device: PHONE, address: Address::Bob };
const CALLS_ALICE: Action = Action::Invite { device: BOBS, address: Address::Alice };

fn rings(call: u8, device: Device) -> Action {
    Action::Ring { call, device }
}

fn answers(call: u8, device: Device) -> Action {
    Action::Answer { call, device }
}

fn declines(call: u8, device: Device) -> Action {
    Action::Decline { call, device }
}

fn hangs_up(device: Device, length: Length) -> Action {
    Action::HangUp { device, length }
}

/// The actions of the one list, and then those of the other.
fn then(first: &[Action], more: &[Action]) -> Vec<Action> {
    [first, more].concat()
}

/// Alice calls Bob, who answers.
const TALK: [Action; 3] =
    [CALLS_BOB, Action::Ring { call: 0, device: BOBS }, Action::Answer { call: 0, device: BOBS }];

fn world(design: &'static str) -> World {
    let mut world = guarded(design);
    let kinds = [OrderKind::RecordsOrder, OrderKind::Subpoena, OrderKind::Warrant];
    let held = |kind| Plea { kind, runs: Span::Nothing, ..pen_register(Holder::Provider) };
    world.scope.menu = [kinds.map(held).as_slice(), &menu()].concat();
    world
}

fn service(design: &'static str) -> Service {
    world(design).service()
}

fn stage(service: &Service, actions: &[Action]) -> Stage {
    let state = run(service, actions);
    let last = state.calls().last().copied();
    last.unwrap_or_else(|| panic!("nobody called")).stage()
}

#[test]
fn only_a_device_that_the_directory_lists_can_be_called_and_call() {
    let service = service(DIRECT);
    assert_eq!(stage(&service, &[CALLS_BOB]), Stage::Inviting);
    forbidden(&service, &[Action::Deregister { device: BOBS }, CALLS_BOB]);
    forbidden(&service, &[Action::Deregister { device: PHONE }, CALLS_BOB]);
    forbidden(&service, &[Action::Leave { user: Alice }, CALLS_BOB]);
    forbidden(&service, &[Action::Travel { user: Alice, with: EnumSet::empty() }, CALLS_BOB]);
    for act in [Action::Deregister { device: PHONE }, Action::Leave { user: Alice }] {
        let known = [CALLS_BOB, hangs_up(PHONE, Length::Short), act, CALLS_BOB];
        forbidden(&service, &known);
    }
    let powered = powered(DIRECT).service();
    forbidden(&powered, &[Action::SwitchOff { device: PHONE }, CALLS_BOB]);
    let own = Action::Invite { device: PHONE, address: Address::Alice };
    assert_eq!(service.step(&run(&service, &[]), own), None, "nobody calls herself");
}

#[test]
fn a_device_asks_before_calling_where_it_asks_before_sending() {
    let [before, after] = last_step(&service(DIRECT), &[CALLS_BOB]);
    assert!(!before.cached(PHONE, Address::Bob).known() && after.cached(PHONE, Address::Bob).known());
    let silent =
        world(DIRECT).designed(|design| _ = design.directory.lookup_on.remove(Trigger::Send)).service();
    forbidden(&silent, &[CALLS_BOB]);
    assert_eq!(stage(&silent, &[types(PHONE, Address::Bob), CALLS_BOB]), Stage::Inviting);
}

#[test]
fn where_there_are_no_calls_nobody_calls() {
    let without = service("imessage-2016");
    assert_eq!(without.step(&run(&without, &[]), CALLS_BOB), None);
    let calls = |action: &&Action| matches!(action, Action::Invite { .. } | Action::Ring { .. });
    assert_eq!(without.all_actions().iter().find(calls), None);
}

#[test]
fn each_device_that_the_directory_named_rings_once_if_push_reaches_it() {
    let service = service(DIRECT);
    let state = run(&service, &[CALLS_ALICE, rings(0, PHONE), rings(0, TABLET)]);
    let call = state.calls().next().copied().unwrap_or_default();
    assert_eq!((call.waiting(), call.ringing()), (0, PHONE.bit() | TABLET.bit()));
    forbidden(&service, &[CALLS_ALICE, rings(0, PHONE), rings(0, PHONE)]);
    forbidden(&service, &[CALLS_ALICE, rings(0, BOBS)]);
    forbidden(&service, &[CALLS_BOB, Action::Leave { user: Bob }, rings(0, BOBS)]);
    forbidden(&service, &[CALLS_BOB, Action::Deregister { device: BOBS }, rings(0, BOBS)]);
    let powered = powered(DIRECT).service();
    forbidden(&powered, &[CALLS_BOB, Action::SwitchOff { device: BOBS }, rings(0, BOBS)]);
}

#[test]
fn a_key_of_the_operators_is_no_device_that_rings() {
    let service = service(DIRECT);
    let invited = |tampers: Action| {
        let state = run(&service, &[tampers, CALLS_BOB]);
        state.calls().map(|call| (call.waiting(), call.ringing())).collect::<Vec<_>>()
    };
    assert_eq!(invited(Action::AddKey { address: Address::Bob }), [(BOBS.bit(), 0)]);
    assert_eq!(invited(Action::SwapKey { address: Address::Bob }), [(0, 0)]);
}

#[test]
fn only_what_rings_is_answered_or_declined_and_by_somebody_who_is_there() {
    let service = service(DIRECT);
    forbidden(&service, &[CALLS_BOB, answers(0, BOBS)]);
    forbidden(&service, &[CALLS_BOB, declines(0, BOBS)]);
    let away = Action::Travel { user: Alice, with: EnumSet::only(TABLET) };
    for act in [answers, declines] {
        forbidden(&service, &[CALLS_ALICE, rings(0, PHONE), away, act(0, PHONE)]);
        for end in [answers(0, TABLET), declines(0, TABLET), Action::TimeOut { call: 0 }] {
            forbidden(&service, &[CALLS_ALICE, rings(0, PHONE), rings(0, TABLET), end, act(0, PHONE)]);
        }
    }
    for end in [answers(0, PHONE), declines(0, PHONE), Action::TimeOut { call: 0 }] {
        forbidden(&service, &[CALLS_ALICE, rings(0, PHONE), end, rings(0, TABLET)]);
    }
    forbidden(&service, &then(&TALK, &[declines(0, BOBS)]));
}

#[test]
fn nobody_begins_or_answers_a_call_while_taking_part_in_another() {
    let service = service(DIRECT);
    forbidden(&service, &[CALLS_BOB, CALLS_BOB]);
    forbidden(&service, &then(&TALK, &[CALLS_ALICE]));
    forbidden(&service, &[CALLS_ALICE, rings(0, PHONE), CALLS_BOB, answers(0, PHONE)]);
    assert_eq!(stage(&service, &[CALLS_ALICE, rings(0, PHONE), CALLS_BOB]), Stage::Inviting);
    let again = then(&TALK, &[hangs_up(BOBS, Length::Short), CALLS_ALICE]);
    assert_eq!(stage(&service, &again), Stage::Inviting, "whoever has hung up can call again");
}

#[test]
fn a_call_ends_in_one_of_five_ways() {
    let service = service(DIRECT);
    let ended = |actions: &[Action]| stage(&service, actions);
    for device in [PHONE, BOBS] {
        for length in Length::ALL {
            assert_eq!(ended(&then(&TALK, &[hangs_up(device, length)])), Stage::Over(length));
        }
    }
    assert_eq!(ended(&[CALLS_BOB, rings(0, BOBS), declines(0, BOBS)]), Stage::Declined);
    assert_eq!(ended(&[CALLS_BOB, Action::TimeOut { call: 0 }]), Stage::Missed);
    assert_eq!(ended(&[CALLS_BOB, hangs_up(PHONE, Length::Short)]), Stage::Withdrawn);
    forbidden(&service, &[CALLS_BOB, hangs_up(PHONE, Length::Long)]);
    forbidden(&service, &[CALLS_BOB, rings(0, BOBS), hangs_up(BOBS, Length::Short)]);
    forbidden(&service, &then(&TALK, &[Action::TimeOut { call: 0 }]));
    forbidden(&service, &then(&TALK, &[hangs_up(PHONE, Length::Long), hangs_up(PHONE, Length::Long)]));
}

#[test]
fn a_day_ends_between_calls() {
    let service = service(DIRECT);
    forbidden(&service, &[CALLS_BOB, TURN]);
    forbidden(&service, &then(&TALK, &[TURN]));
    run(&service, &then(&TALK, &[hangs_up(PHONE, Length::Long), TURN]));
}

#[test]
fn the_fifth_call_has_no_room() {
    let service = service(DIRECT);
    let call = [CALLS_BOB, hangs_up(PHONE, Length::Short)];
    let back = [CALLS_ALICE, hangs_up(BOBS, Length::Short)];
    let mut full = run(&service, &[call, back, call, back].concat());
    full.budget.calls.set(Alice, 1);
    let next = service.step(&full, CALLS_BOB).unwrap_or_else(|| panic!("the call is disabled"));
    assert_eq!(next.outgrown, EnumSet::only(Room::Calls));
    assert_eq!(service.step(&full, CALLS_ALICE), None, "Bob has no call left");
}

/// What the observer sees of the last of these.
fn seen(service: &Service, observer: Observer, actions: &[Action]) -> Vec<Row> {
    let [before, after] = last_step(service, actions);
    news(service, observer, [&before, &after])
}

#[test]
fn the_provider_sees_signals_and_of_media_what_passes_its_relay() {
    let over = then(&TALK, &[hangs_up(PHONE, Length::Long)]);
    for (design, flaw, passes) in
        [(DIRECT, None, false), (RELAYED, None, true), (DIRECT, Some(Flaw::RelayAlwaysUsed), true)]
    {
        let service = flaw.map_or(world(design), |flaw| world(design).flawed(flaw)).service();
        let provider = |actions: &[Action]| seen(&service, Observer::ProviderLive, actions);
        let said = |actions: &[Action]| provider(actions).last().copied().and_then(Signal::of);
        assert_eq!(provider(&TALK[..1]).last().map(|row| row.kind()), Some(Kind::Invited));
        assert_eq!(said(&TALK[..2]), Some(Signal::Rang));
        assert_eq!(said(&TALK), Some(Signal::Answered));
        assert_eq!(said(&[CALLS_BOB, rings(0, BOBS), declines(0, BOBS)]), Some(Signal::Declined));
        assert_eq!(said(&[CALLS_BOB, hangs_up(PHONE, Length::Short)]), Some(Signal::Withdrawn));
        assert!(provider(&[CALLS_BOB, Action::TimeOut { call: 0 }]).is_empty(), "each has its own clock");
        let media = provider(&over);
        let lengths: Vec<_> = media.iter().map(|&row| (length(row), went_directly(row))).collect();
        assert_eq!(lengths, if passes { vec![(Some(Length::Long), false)] } else { vec![] }, "{design}");
    }
    let flawed = world(DIRECT).flawed(Flaw::AnswerGoesDirectly).service();
    assert!(seen(&flawed, Observer::ProviderLive, &TALK).is_empty());
}

#[test]
fn a_tap_sees_between_which_devices_media_passes_and_for_how_long() {
    for design in [DIRECT, RELAYED] {
        let service = service(design);
        let tap = |actions: &[Action]| {
            let row = seen(&service, Observer::Network, actions).last().copied();
            let row = row.unwrap_or_else(|| panic!("the tap sees nothing"));
            assert_eq!((row.kind(), row.source(), row.target()), (Kind::Exchange, None, None));
            (row.shape().expect("a tap sees shapes"), row.device(), row.other_end())
        };
        assert_eq!(tap(&TALK[..1]).0, Shape::Request);
        assert_eq!(tap(&TALK[..2]).0, Shape::Request);
        assert_eq!(tap(&TALK), (Shape::StreamBegins, BOBS, PHONE));
        let over = |length| tap(&then(&TALK, &[hangs_up(BOBS, length)]));
        assert_eq!(over(Length::Short), (Shape::StreamEndsSoon, PHONE, BOBS));
        assert_eq!(over(Length::Long), (Shape::StreamEndsLate, PHONE, BOBS));
    }
}

#[test]
fn the_other_side_does_not_say_on_which_device_it_is_nor_where() {
    let away = Action::Travel { user: Alice, with: EnumSet::only(TABLET) };
    let answered = [CALLS_ALICE, away, rings(0, TABLET), answers(0, TABLET)];
    for design in [DIRECT, RELAYED] {
        let service = service(design);
        let bob = |actions: &[Action]| seen(&service, Observer::Owner(Bob), actions)[0];
        let row = bob(&answered);
        assert_eq!((row.device(), row.place()), (PHONE, Place::Home));
        let alice = seen(&service, Observer::Owner(Alice), &answered)[0];
        assert_eq!((alice.device(), alice.place()), (TABLET, Place::Away));
        let over = bob(&then(&answered, &[hangs_up(BOBS, Length::Short)]));
        let other = if design == DIRECT { TABLET } else { PHONE };
        assert_eq!(over.other_end(), other, "media that comes directly shows where from");
    }
}

/// The rows of the log of this name.
fn logged(service: &Service, log: &str, actions: &[Action]) -> Vec<Row> {
    let at = service.design().logs.iter().position(|known| known.name == log);
    let state = run(service, actions);
    state.rows.as_slice().iter().copied().filter(|row| Some(row.index()) == at).collect()
}

#[test]
fn the_log_of_invitations_has_the_same_row_whatever_becomes_of_the_call() {
    let service = service(DIRECT);
    let invited = logged(&service, "invitation", &[CALLS_BOB]);
    assert_eq!(invited.len(), 1);
    assert_eq!((invited[0].source(), invited[0].target()), (Some(Alice), Some(Address::Bob)));
    for end in [
        then(&TALK, &[hangs_up(BOBS, Length::Long)]),
        vec![CALLS_BOB, rings(0, BOBS), declines(0, BOBS)],
        vec![CALLS_BOB, Action::TimeOut { call: 0 }],
        vec![CALLS_BOB, hangs_up(PHONE, Length::Short)],
    ] {
        assert_eq!(logged(&service, "invitation", &end), invited);
    }
}

#[test]
fn each_mistake_of_a_log_of_invitations_writes_the_one_row_more() {
    let talked = then(&TALK, &[hangs_up(BOBS, Length::Long)]);
    let declined = [CALLS_BOB, rings(0, BOBS), declines(0, BOBS)];
    for (flaw, talk, refusal) in [
        (Flaw::LogRecordsAnswer, vec![Kind::Invited, Kind::Signalled], vec![Kind::Invited]),
        (Flaw::LogRecordsDecline, vec![Kind::Invited], vec![Kind::Invited, Kind::Signalled]),
        (Flaw::LogRecordsLength, vec![Kind::Invited, Kind::Media], vec![Kind::Invited]),
    ] {
        let service = world(DIRECT).flawed(flaw).service();
        let kinds = |actions: &[Action]| -> Vec<Kind> {
            logged(&service, "invitation", actions).iter().map(|row| row.kind()).collect()
        };
        assert_eq!((kinds(&talked), kinds(&declined)), (talk, refusal), "{flaw:?}");
    }
}

#[test]
fn a_relays_log_has_a_row_for_each_call_that_is_over_with_its_length() {
    let service = service(RELAYED);
    assert!(logged(&service, "relay", &TALK).is_empty());
    for talked in Length::ALL {
        let rows = logged(&service, "relay", &then(&TALK, &[hangs_up(BOBS, talked)]));
        let said: Vec<_> = rows.iter().map(|&row| (row.source(), row.target(), length(row))).collect();
        assert_eq!(said, [(Some(Alice), Some(Address::Bob), Some(talked))]);
    }
    assert!(logged(&service, "relay", &[CALLS_BOB, Action::TimeOut { call: 0 }]).is_empty());
}

#[test]
fn a_log_records_no_signal_that_the_provider_does_not_see() {
    let mut world = world(RELAYED);
    let all = |design: &mut mailcover_model::design::Design| {
        design
            .logs
            .iter_mut()
            .filter(|log| log.name == "relay")
            .for_each(|log| log.on = Kind::Signalled | Kind::Media);
    };
    world = world.designed(all);
    let kept = |service: &Service, actions: &[Action]| logged(service, "relay", actions).len();
    let service = world.clone().service();
    assert_eq!(kept(&service, &[CALLS_BOB, Action::TimeOut { call: 0 }]), 0);
    assert_eq!(kept(&service, &TALK), 2, "it rang, and was answered");
    assert_eq!(kept(&world.clone().flawed(Flaw::AnswerGoesDirectly).service(), &TALK), 1);
    let direct = world.designed(|design| design.calls.media = mailcover_model::design::Media::PeerToPeer);
    assert_eq!(kept(&direct.service(), &then(&TALK, &[hangs_up(PHONE, Length::Long)])), 2);
}

/// The kinds of the rows that an order of this kind yields after a call, served at once; `None` where it is refused.
fn yielded(service: &Service, kind: OrderKind) -> Option<Vec<Kind>> {
    let applies = |action: &&Action| {
        matches!(action, Action::Apply { application: Application { kind: of, at: Holder::Provider, target, .. } }
            if *of == kind && *target == Some(Alice))
    };
    let apply = *service.all_actions().iter().find(applies)?;
    let granted = then(&TALK, &[hangs_up(BOBS, Length::Long), apply]);
    if run(service, &granted).orders().is_empty() {
        return None;
    }
    let state: State = run(service, &then(&granted, &[Action::Disclose { by: Holder::Provider, order: 0 }]));
    let rows = service.remembered(Observer::Investigator, &state).filter(|row| row.disclosed());
    Some(rows.map(|row| row.kind()).collect())
}

#[test]
fn invitations_are_given_up_to_an_order_for_records_and_to_nothing_less() {
    let service = service(DIRECT);
    assert_eq!(yielded(&service, OrderKind::Subpoena), None);
    assert_eq!(yielded(&service, OrderKind::PenRegister), Some(vec![Kind::Lookup]));
    for kind in [OrderKind::RecordsOrder, OrderKind::Warrant] {
        assert_eq!(yielded(&service, kind), Some(vec![Kind::Lookup, Kind::Invited]), "{kind:?}");
    }
}

/// The row of how a talk ended is there by the mistake or by the log's own kinds; what it says of that, by the mistake alone, and in
/// logs of invitations alone.
#[test]
fn how_long_a_talk_was_is_told_by_mistake_in_logs_of_invitations_alone() {
    let talked = then(&TALK, &[hangs_up(BOBS, Length::Long)]);
    let said = |flaw: Option<Flaw>, on: EnumSet<Kind>| -> Vec<Length> {
        let mut world = world(RELAYED).designed(|design| {
            let relay = design.logs.iter_mut().find(|log| log.name == "relay").expect("it keeps one");
            relay.on = on;
            relay.fields -= Field::Outcome;
        });
        world.setup.flaw = flaw;
        let rows = logged(&world.service(), "relay", &talked);
        rows.into_iter().filter(|row| row.kind() == Kind::Media).filter_map(length).collect()
    };
    let (media, both) = (Kind::Media.into(), Kind::Invited | Kind::Media);
    assert_eq!(said(None, both), Vec::<Length>::new(), "the log does not record it");
    assert_eq!(said(Some(Flaw::LogRecordsLength), media), Vec::<Length>::new(), "no log of invitations");
    assert_eq!(said(Some(Flaw::LogRecordsLength), both), [Length::Long]);
}
