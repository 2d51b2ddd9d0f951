//! **Nothing that is asked of the model makes it panic.**
//!
//! A stored trace comes from a file, and a file may say anything. An action that makes no sense is disabled, and a
//! recipe that does not replay is refused at the step that does not.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Application, Point, PrivateKey, Rule, Signer};
use mailcover_model::design::{AccountAct, Holder, OrderKind};
use mailcover_model::service::Service;
use mailcover_model::state::{Length, Purpose, State};
use mailcover_model::world::{Address, Device, User};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use stateright::Model;
use std::sync::LazyLock;
use support::families::{families, warmed};
use support::{World, successors};

/// Every family, set up once, with a past that is not empty among them.
static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    let warmed = World::of("warmed in 2016", "imessage-2016", warmed()).remembering(EnumSet::empty());
    families().iter().chain([&warmed]).map(World::service).collect()
});

fn device() -> impl Strategy<Value = Device> + Clone {
    select(Device::ALL.to_vec())
}

fn address() -> impl Strategy<Value = Address> + Clone {
    select(Address::ALL.to_vec())
}

fn user() -> impl Strategy<Value = User> + Clone {
    select(User::ALL.to_vec())
}

fn holder() -> impl Strategy<Value = Holder> + Clone {
    select(Holder::ALL.to_vec())
}

fn key() -> impl Strategy<Value = PrivateKey> + Clone {
    select(PrivateKey::ALL.to_vec())
}

fn devices() -> impl Strategy<Value = EnumSet<Device>> {
    proptest::collection::vec(device(), 0..=4).prop_map(|devices| devices.into_iter().collect())
}

/// Any action that a file can spell.
fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![of_people(), of_machines(), of_the_law(), injection()]
}

fn of_people() -> impl Strategy<Value = Action> {
    prop_oneof![
        (device(), address()).prop_map(|(device, address)| Action::Type { device, address }),
        (device(), address()).prop_map(|(device, address)| Action::Pick { device, address }),
        device().prop_map(|device| Action::Abandon { device }),
        (device(), address()).prop_map(|(device, address)| Action::Send { device, address }),
        (device(), address()).prop_map(|(device, address)| Action::Attach { device, address }),
        (device(), address()).prop_map(|(device, address)| Action::Refresh { device, address }),
        (device(), address()).prop_map(|(device, address)| Action::Invite { device, address }),
        (0_u8..4, device()).prop_map(|(call, device)| Action::Answer { call, device }),
        (0_u8..4, device()).prop_map(|(call, device)| Action::Decline { call, device }),
        (device(), select(Length::ALL.to_vec()))
            .prop_map(|(device, length)| Action::HangUp { device, length }),
        (device(), select(AccountAct::ALL.to_vec()))
            .prop_map(|(device, act)| Action::UseAccount { device, act }),
        device().prop_map(|device| Action::Register { device }),
        device().prop_map(|device| Action::Deregister { device }),
        user().prop_map(|user| Action::Leave { user }),
        user().prop_map(|user| Action::GiveUp { user }),
        device().prop_map(|device| Action::SwitchOff { device }),
        device().prop_map(|device| Action::SwitchOn { device }),
        (user(), devices()).prop_map(|(user, with)| Action::Travel { user, with }),
    ]
}

fn of_machines() -> impl Strategy<Value = Action> {
    prop_oneof![
        (any::<u8>(), device()).prop_map(|(message, device)| Action::Deliver { message, device }),
        (0_u8..5, device()).prop_map(|(message, device)| Action::Deliver { message, device }),
        any::<u8>().prop_map(|message| Action::DeliverSms { message }),
        any::<bool>().prop_map(|keep| Action::Turn { keep }),
        device().prop_map(|device| Action::BackUp { device }),
        (any::<u8>(), device()).prop_map(|(message, device)| Action::Fetch { message, device }),
        (0_u8..5, device()).prop_map(|(message, device)| Action::Fetch { message, device }),
        (any::<u8>(), device()).prop_map(|(call, device)| Action::Ring { call, device }),
        (0_u8..3, device()).prop_map(|(call, device)| Action::Ring { call, device }),
        any::<u8>().prop_map(|call| Action::TimeOut { call }),
        address().prop_map(|address| Action::AddKey { address }),
        address().prop_map(|address| Action::SwapKey { address }),
        address().prop_map(|address| Action::WithholdAlerts { address }),
        (device(), address()).prop_map(|(device, address)| Action::Compare { device, address }),
        (device(), key()).prop_map(|(device, key)| Action::StealKey { device, key }),
        (any::<u8>(), device()).prop_map(|(message, device)| Action::Alter { message, device }),
        (0_u8..5, device()).prop_map(|(message, device)| Action::Alter { message, device }),
    ]
}

fn of_the_law() -> impl Strategy<Value = Action> {
    prop_oneof![
        application().prop_map(|application| Action::Apply { application }),
        (holder(), any::<u8>()).prop_map(|(by, order)| Action::Disclose { by, order }),
        (holder(), 0_u8..3).prop_map(|(at, order)| Action::Extend { at, order }),
        user().prop_map(|user| Action::Preserve { user }),
        user().prop_map(|user| Action::DiscloseInEmergency { user }),
        user().prop_map(|user| Action::DiscloseWithoutOrder { user }),
        select(Purpose::ALL.to_vec()).prop_map(|purpose| Action::Demand { purpose }),
        Just(Action::Publish),
    ]
}

fn application() -> impl Strategy<Value = Application> {
    let kinds: Vec<OrderKind> = EnumSet::<OrderKind>::all().into_iter().collect();
    let target = prop_oneof![Just(None), user().prop_map(Some)];
    (select(kinds), holder(), target, any::<u8>(), any::<u8>())
        .prop_map(|(kind, at, target, since, runs)| Application { kind, at, target, since, runs })
}

fn injection() -> impl Strategy<Value = Action> {
    let signer = prop_oneof![Just(Signer::Adversary), device().prop_map(Signer::Device)];
    let point = select(vec![Point::Push, Point::Wire]);
    (device(), user(), any::<u8>(), signer, point).prop_map(|(device, claimed, body, signer, through)| {
        Action::Inject { device, claimed, body, signer, through }
    })
}

/// Takes as many steps as there are choices, each to one of the successors.
fn walk(service: &Service, choices: &[usize]) -> State {
    let initial = service.init_states();
    let mut state = initial[choices.first().copied().unwrap_or(0) % initial.len()];
    for choice in choices {
        let next: Vec<State> = successors(service, &state).map(|(_, next)| next).collect();
        if next.is_empty() {
            break;
        }
        state = next[choice % next.len()];
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_action_in_any_reachable_state_is_taken_or_disabled(
        which in 0_usize..64,
        choices in proptest::collection::vec(0_usize..1_000, 0..25),
        actions in proptest::collection::vec(any_action(), 1..30),
    ) {
        let service = &SERVICES[which % SERVICES.len()];
        let mut state = walk(service, &choices);
        for action in actions {
            state = service.step(&state, action).unwrap_or(state);
            for observer in support::ALL_OBSERVERS {
                prop_assert!(!service.view_of(observer, &state).is_empty());
            }
        }
    }

    #[test]
    fn any_recipe_replays_or_is_refused_at_one_of_its_steps(
        which in 0_usize..64,
        past in proptest::collection::vec(any_action(), 0..6),
        run in proptest::collection::vec(any_action(), 0..12),
    ) {
        for service in [&SERVICES[which % SERVICES.len()], &SERVICES[SERVICES.len() - 1]] {
            match service.replay(&past, &run) {
                Ok(states) => prop_assert_eq!(states.len(), run.len() + 1),
                Err(at) => prop_assert!(at <= past.len() + run.len()),
            }
        }
    }

    #[test]
    fn a_recipe_with_its_past_right_and_its_run_wrong_is_refused_at_the_wrong_step(
        which in 0_usize..64,
        choice in 0_usize..1_000,
        run in proptest::collection::vec(any_action(), 1..12),
    ) {
        let service = &SERVICES[which % SERVICES.len()];
        let past = &service.pasts()[choice % service.pasts().len()];
        match service.replay(past, &run) {
            Ok(states) => prop_assert_eq!(states.len(), run.len() + 1),
            Err(at) => {
                prop_assert!((past.len()..past.len() + run.len()).contains(&at));
                prop_assert!(service.replay(past, &run[..at - past.len()]).is_ok());
            }
        }
    }
}

#[test]
fn a_message_that_nobody_sent_cannot_be_delivered() {
    for service in SERVICES.iter() {
        let state = service.init_states()[0];
        for message in [0, 3, 4, 200, u8::MAX] {
            let deliver = Action::Deliver { message, device: Device::BobPhone };
            assert_eq!(service.step(&state, deliver), None);
            assert_eq!(service.step(&state, Action::DeliverSms { message }), None);
        }
    }
}

#[test]
fn every_rule_is_among_what_is_asked() {
    let mut runner = TestRunner::deterministic();
    let mut asked = EnumSet::<Rule>::empty();
    for _ in 0..5_000 {
        let action = any_action().new_tree(&mut runner).expect("a strategy without filters gives a value");
        asked |= action.current().rule();
    }
    let missing = EnumSet::<Rule>::all() - asked;
    assert!(missing.is_empty(), "no strategy makes the actions of {missing:?}");
}
