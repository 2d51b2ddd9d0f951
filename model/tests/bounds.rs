//! **A bound of the scope is not the protocol: where it alone keeps machinery back, the state counts as cut.**
//!
//! A run that cannot go on because a budget is spent is no dead end, and a message that is not delivered for that reason
//! is not lost. What people no longer do, and what machinery may put off, is nobody's loss.

mod support;

use enumset::EnumSet;
use mailcover_checker::{Doubt, Epistemic, Graph, Limits, Outcome, explore, inevitable};
use mailcover_model::action::Action;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::world::{Address, Device};
use support::acts::{BOBS, PHONE, run, writes};
use support::{Alice, Bob, World, towards};

const DELIVERS: Action = Action::Deliver { message: 0, device: BOBS };

fn sent() -> [Action; 2] {
    writes(PHONE, Address::Bob)
}

/// Alice writes to Bob, whose telephone may ask the directory about her so many times.
fn service(horizon: Horizon, asking: u8) -> Service {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, asking)], &[(Alice, Bob, 1)]);
    scope.power = true;
    scope.horizon = horizon;
    let world = World::of("bounded", "imessage-2016", scope);
    world.remembering(EnumSet::empty()).tracking(EnumSet::empty()).service()
}

#[test]
fn a_copy_that_only_a_spent_budget_keeps_back_is_cut() {
    let service = service(Horizon::Endless, 0);
    let waiting = run(&service, &sent());
    assert_eq!(service.step(&waiting, DELIVERS), None, "Bob's telephone would have to look Alice up");
    assert!(service.cut(&waiting));
}

#[test]
fn a_copy_that_can_be_delivered_and_one_that_the_world_keeps_back_are_not_cut() {
    let service = service(Horizon::Endless, 1);
    let waiting = run(&service, &sent());
    assert!(service.step(&waiting, DELIVERS).is_some());
    assert!(!service.cut(&waiting));
    let off = Action::SwitchOff { device: Device::BobPhone };
    let unreachable = run(&service, &[&[off], sent().as_slice()].concat());
    assert_eq!(service.step(&unreachable, DELIVERS), None);
    assert!(!service.cut(&unreachable));
    let delivered = run(&service, &[sent().as_slice(), &[DELIVERS]].concat());
    assert!(!service.cut(&delivered));
}

/// Whether a copy that waits for Bob's telephone is received, as long as the telephone stays on.
fn received_in_the_end(service: &Service) -> Outcome {
    let exploration =
        explore(service, &Limits { max_states: Some(100_000), ..Limits::default() }, &mut |_| {});
    let graph = Graph::build(service, &exploration).expect("the model repeats what it does");
    let bobs = Device::BobPhone;
    let waits = |state: &State| state.device(bobs).on() && state.message(0).waiting() & bobs.bit() != 0;
    let done = |state: &State| !state.device(bobs).on() || state.message(0).received() != 0;
    inevitable(service, &exploration, &graph, waits, done).expect("graph and search belong together").outcome
}

#[test]
fn a_copy_is_received_in_the_end_and_a_bound_that_keeps_it_back_does_not_lose_it() {
    assert_eq!(received_in_the_end(&service(Horizon::Endless, 1)), Outcome::Holds);
    let bounded = received_in_the_end(&service(Horizon::Endless, 0));
    assert_eq!(bounded, Outcome::Inconclusive(Doubt::CutByBound));
}

#[test]
fn what_people_may_no_longer_do_and_what_can_be_put_off_are_not_cut() {
    let service = service(Horizon::Endless, 0);
    let typed = run(&service, &sent()[..1]);
    let refresh = Action::Refresh { device: PHONE, address: Address::Bob };
    assert_eq!(service.step(&typed, refresh), None, "her one lookup is spent");
    assert_eq!(service.step(&typed, sent()[0]), None, "and so is her one draft");
    assert!(!service.cut(&typed));
}

#[test]
fn the_last_day_of_a_run_is_cut() {
    let service = service(Horizon::Days(1), 1);
    let turn = Action::Turn { keep: false };
    assert!(!service.cut(&run(&service, &[])));
    let last = run(&service, &[turn]);
    assert_eq!(service.step(&last, turn), None);
    assert!(service.cut(&last));
}
