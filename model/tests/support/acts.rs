//! **Runs of named actions, and what somebody has seen since.**

use mailcover_model::action::Action;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device};

pub(crate) const PHONE: Device = Device::AlicePhone;
pub(crate) const TABLET: Device = Device::AliceTablet;
pub(crate) const BOBS: Device = Device::BobPhone;
pub(crate) const TURN: Action = Action::Turn { keep: false };

pub(crate) const fn types(device: Device, address: Address) -> Action {
    Action::Type { device, address }
}

pub(crate) fn sends(device: Device, address: Address) -> Action {
    Action::Send { device, address }
}

pub(crate) fn delivers(message: u8, device: Device) -> Action {
    Action::Deliver { message, device }
}

/// A person types an address and presses send.
pub(crate) fn writes(device: Device, address: Address) -> [Action; 2] {
    [types(device, address), sends(device, address)]
}

/// Where a run from the empty world ends. It must be possible, and have room.
pub(crate) fn run(service: &Service, actions: &[Action]) -> State {
    let states = service.replay(&[], actions).unwrap_or_else(|at| panic!("{:?} is disabled", actions[at]));
    assert!(states.iter().all(|state| state.outgrown.is_empty()));
    states[states.len() - 1]
}

/// Requires that the last action is one of the scope's, and disabled after the others.
pub(crate) fn forbidden(service: &Service, actions: &[Action]) {
    let (last, before) = actions.split_last().expect("there is an action");
    let state = run(service, before);
    assert!(service.all_actions().contains(last), "{last:?} is no action of the scope");
    assert_eq!(service.step(&state, *last), None, "{last:?}");
}

/// The states before and after the last of the actions.
pub(crate) fn last_step(service: &Service, actions: &[Action]) -> [State; 2] {
    [run(service, &actions[..actions.len() - 1]), run(service, actions)]
}

/// What the observer has seen since.
pub(crate) fn news(service: &Service, observer: Observer, [before, after]: [&State; 2]) -> Vec<Row> {
    let earlier = service.remembered(observer, before).count();
    service.remembered(observer, after).skip(earlier).collect()
}

pub(crate) fn kinds(rows: &[Row]) -> Vec<Kind> {
    rows.iter().map(|row| row.kind()).collect()
}
