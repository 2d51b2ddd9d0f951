//! **A model as it is set up: who remembers, what is left out, what the checker is given, what observers are called.**

mod support;

use enumset::EnumSet;
use mailcover_checker::Epistemic;
use mailcover_model::action::{Action, Rule};
use mailcover_model::design::ObserverName;
use mailcover_model::service::Service;
use mailcover_model::slice::Part;
use mailcover_model::view::Observer;
use mailcover_model::world::Address;
use support::acts::{PHONE, TURN, run, types, writes};
use support::families::guarded;
use support::{Alice, Bob, World};

#[test]
fn where_everybody_watches_what_nobody_remembered_is_remembered() {
    let letter = writes(PHONE, Address::Bob);
    let watchers = [Observer::ProviderLive, Observer::Network, Observer::Owner(Alice)];
    let unwatched = guarded("imessage-2016").remembering(EnumSet::empty()).service();
    let seen = |service: &Service| {
        watchers.map(|observer| service.remembered(observer, &run(service, &letter)).count() > 0)
    };
    assert_eq!(seen(&unwatched), [false; 3]);
    assert_eq!(seen(&unwatched.with_all_watching()), [true; 3]);
}

#[test]
fn the_checker_is_given_the_views_and_which_actions_have_to_come() {
    let service = guarded("imessage-2016").service();
    let state = run(&service, &writes(PHONE, Address::Bob));
    for observer in [Observer::ProviderLive, Observer::Network, Observer::Owner(Alice)] {
        assert!(service.view_of(observer, &state).len() > 1);
        assert_eq!(service.view(observer, &state), service.view_of(observer, &state), "{observer:?}");
    }
    let (come, may): (Vec<Action>, Vec<Action>) =
        service.all_actions().iter().partition(|action| service.fair(action));
    assert!(come.contains(&TURN) && come.iter().all(|action| action.fair()), "days pass");
    assert!(may.contains(&types(PHONE, Address::Bob)) && !may.iter().any(|action| action.fair()));
}

#[test]
fn an_observer_is_named_as_in_design_files_and_a_log_by_its_place_in_the_design() {
    let design = guarded("imessage-2016").design;
    let named = |name| Observer::named(&name, &design);
    for (at, log) in design.logs.iter().enumerate() {
        assert_eq!(named(ObserverName::Log(log.name.clone())), Some(Observer::Log(at as u8)));
    }
    assert_eq!(named(ObserverName::Log("no log of this name".to_owned())), None);
    assert_eq!(named(ObserverName::ProviderLive), Some(Observer::ProviderLive));
    assert_eq!(named(ObserverName::Peer(Bob)), named(ObserverName::Owner(Bob)));
    assert_ne!(named(ObserverName::Opened(Bob)), named(ObserverName::Owner(Bob)));
}

#[test]
fn what_a_slice_leaves_out_does_not_happen_and_is_not_recorded() {
    let world = guarded("imessage-2016");
    let typed = |world: &World| run(&world.service(), &[types(PHONE, Address::Bob)]);
    assert!(!typed(&world).rows.as_slice().is_empty(), "typing leaves a row of the lookup");
    let mut unlogged = world.clone();
    unlogged.setup.slice.parts -= Part::Logs;
    assert!(typed(&unlogged).rows.as_slice().is_empty());
    let mut silent = world.clone();
    silent.setup.slice.rules -= Rule::Type;
    let acts = |world: &World| world.service().all_actions().iter().any(|action| action.rule() == Rule::Type);
    assert_eq!((acts(&world), acts(&silent)), (true, false));
}
