//! **Sign-ins and purchases: who can make them where, and what their rows show under addresses of one's own and shared ones.**

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::AccountAct::{self, Purchase, SignIn};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Kind;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Device, Place};
use support::acts::{PHONE, TABLET, run};
use support::families::{guarded, powered, signing_in};
use support::{Alice, World};

const fn uses(device: Device, act: AccountAct) -> Action {
    Action::UseAccount { device, act }
}

/// Alice goes away with her telephone and without her tablet.
fn goes() -> Action {
    Action::Travel { user: Alice, with: EnumSet::only(PHONE) }
}

fn service(design: &'static str) -> Service {
    World::of("signing in", design, signing_in()).service()
}

/// The places in the rows of all logs.
fn logged(state: &State) -> Vec<(Kind, Place)> {
    state.rows.as_slice().iter().map(|row| (row.kind(), row.place())).collect()
}

#[test]
fn each_act_is_logged_where_its_device_is() {
    let state = run(&service("account-logs"), &[goes(), uses(PHONE, Purchase), uses(TABLET, SignIn)]);
    assert_eq!(logged(&state), [(Kind::Purchased, Place::Away), (Kind::SignedIn, Place::Home)]);
    assert!(state.rows.as_slice().iter().all(|row| row.source() == Some(Alice) && row.target().is_none()));
}

#[test]
fn a_device_signs_in_by_itself_and_buys_nothing_by_itself() {
    let left_behind = run(&service("account-logs"), &[goes()]);
    let allowed = |service: &Service, act| service.step(&left_behind, uses(TABLET, act)).is_some();
    assert_eq!([SignIn, Purchase].map(|act| allowed(&service("account-logs"), act)), [true, false]);
    let world = World::of("signing in", "account-logs", signing_in());
    assert!(!allowed(&world.flawed(Flaw::SignInOnlyWhenAttended).service(), SignIn));
}

#[test]
fn it_takes_a_design_that_has_the_act_and_what_the_scope_allows() {
    let one = World::of("signing in", "account-logs", signing_in());
    let one = one.designed(|design| design.account.acts = EnumSet::only(Purchase)).service();
    let start = run(&one, &[]);
    assert_eq!([SignIn, Purchase].map(|act| one.step(&start, uses(PHONE, act)).is_some()), [false, true]);
    let spent = run(&one, &[uses(PHONE, Purchase), uses(TABLET, Purchase)]);
    assert_eq!(one.step(&spent, uses(PHONE, Purchase)), None);
    let without = guarded("imessage-2016").service();
    assert!(!without.all_actions().iter().any(|action| matches!(action, Action::UseAccount { .. })));
}

#[test]
fn a_device_that_is_off_does_neither() {
    let service = powered("account-logs").service();
    let off = run(&service, &[Action::SwitchOff { device: PHONE }]);
    assert_eq!([SignIn, Purchase].map(|act| service.step(&off, uses(PHONE, act)).is_some()), [false, false]);
}

#[test]
fn a_shared_address_shows_no_place_to_anybody_else_and_its_port_does() {
    let acts = [goes(), uses(PHONE, SignIn)];
    let of = |world: World| {
        let service = world.service();
        let state = run(&service, &acts);
        let passed: Vec<Place> = [Observer::ProviderLive, Observer::Network]
            .into_iter()
            .flat_map(|observer| service.remembered(observer, &state).map(|row| row.place()))
            .collect();
        (logged(&state), passed, state)
    };
    let world = || World::of("signing in", "shared-addresses", signing_in());
    let (rows, passed, state) = of(world());
    assert_eq!((rows, passed), (vec![(Kind::SignedIn, Place::Home)], vec![Place::Home; 2]));
    let own = service("shared-addresses");
    let journey = own.remembered(Observer::Owner(Alice), &state).next().map(|row| row.place());
    assert_eq!(journey, Some(Place::Away), "she knows where she went");
    let (rows, passed, _) = of(world().flawed(Flaw::PortRecorded));
    assert_eq!((rows, passed), (vec![(Kind::SignedIn, Place::Away)], vec![Place::Away; 2]));
}
