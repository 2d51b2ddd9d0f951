//! **Every run begins where the design's own rules can have led, and nowhere else.**
//!
//! A past that no history explains would hand an observer's class a twin that cannot be: a warm cache, say, without
//! the row that its lookup left.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::Capability;
use mailcover_model::row::Kind;
use mailcover_model::scope::Scope;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Watcher};
use mailcover_model::world::{Address, Device};
use stateright::Model;
use std::collections::BTreeSet;
use support::families::{families, warmed};
use support::{Alice, Bob, States, World, explore_from, successors, towards};

fn worlds() -> Vec<World> {
    let mut tampered = warmed();
    tampered.past.keys = 1;
    let mut watched = warmed();
    watched.past.registrations = 0;
    let mut all = families();
    all.extend([
        World::of("warmed in 2016", "imessage-2016", warmed()).remembering(EnumSet::empty()),
        World::of("warmed and watched", "imessage-2016", watched).remembering(Watcher::ProviderLive),
        World::of("preserved", "preserved", warmed()).remembering(Watcher::Investigator),
        World::of("tampered", "imessage-2016", tampered)
            .with(Capability::AddKey)
            .remembering(EnumSet::empty()),
    ]);
    all
}

#[test]
fn every_initial_state_replays_from_its_recipe() {
    for world in worlds() {
        let service = world.service();
        let initial = service.init_states();
        assert_eq!(initial.len(), service.pasts().len(), "{}", world.name);
        for (state, past) in initial.iter().zip(service.pasts()) {
            assert_eq!(service.replay(past, &[]), Ok(vec![*state]), "{}: {past:?}", world.name);
        }
    }
}

#[test]
fn every_run_begins_on_its_first_day_with_its_own_bounds() {
    for world in worlds() {
        for state in world.service().init_states() {
            assert_eq!((state.day, state.prologue), (0, false), "{}", world.name);
            assert_eq!(state.budget, world.scope.bounds, "{}", world.name);
        }
    }
}

#[test]
fn no_two_initial_states_are_the_same() {
    for world in worlds() {
        let initial = world.service().init_states();
        assert_eq!(initial.iter().collect::<BTreeSet<_>>().len(), initial.len(), "{}", world.name);
    }
}

/// All the states of the prologue, and the recipes of those that it can end in.
fn endings(service: &Service) -> Vec<Vec<Action>> {
    if service.scope().past_days == 0 {
        return vec![Vec::new()];
    }
    let begin = State::empty(service.scope().past);
    let states: States = explore_from(service, vec![begin], usize::MAX);
    let mut recipes = vec![None; states.len()];
    recipes[0] = Some(Vec::new());
    // A state's predecessor on a shortest way is found before it.
    for at in 0..states.len() {
        let over = service.scope().past_days > 0 && states[at].day >= service.scope().past_days;
        let Some(recipe) = recipes[at].clone().filter(|_: &Vec<Action>| !over) else { continue };
        for (action, next) in successors(service, &states[at]) {
            let slot = &mut recipes[states.get_index_of(&next).expect("found before")];
            slot.get_or_insert_with(|| recipe.iter().copied().chain([action]).collect());
        }
    }
    let ended = |at: &usize| states[*at].day >= service.scope().past_days;
    (0..states.len()).filter(ended).filter_map(|at| recipes[at].clone()).collect()
}

#[test]
fn the_initial_states_are_exactly_those_in_which_a_prologue_can_end() {
    for world in worlds() {
        let service = world.service();
        let begun = |past: &Vec<Action>| service.replay(past, &[]).expect("a prologue replays")[0];
        let ended: BTreeSet<State> = endings(&service).iter().map(begun).collect();
        let initial: BTreeSet<State> = service.init_states().into_iter().collect();
        assert_eq!(initial, ended, "{}", world.name);
    }
}

#[test]
fn without_a_past_the_run_begins_in_the_empty_world() {
    for world in families().into_iter().filter(|world| world.scope.past_days == 0) {
        let service = world.service();
        let mut begin = State::empty(world.scope.bounds);
        begin.prologue = false;
        if !world.design.legal.preservation_in_force {
            assert_eq!(service.init_states(), [begin], "{}", world.name);
        }
    }
}

#[test]
fn a_cached_answer_younger_than_the_retention_has_its_row_in_the_query_log() {
    let world = World::of("warmed", "imessage-2016", warmed()).remembering(EnumSet::empty());
    let service = world.service();
    let (mut explained, mut outlived) = (0, 0);
    for state in service.init_states() {
        for (device, address) in pairs() {
            let cached = state.cached(device, address);
            let row = state.rows.as_slice().iter().find(|row| {
                row.index() == 0
                    && row.kind() == Kind::Lookup
                    && row.source() == Some(device.owner())
                    && row.target() == Some(address)
                    && row.age() == u16::from(cached.age)
            });
            if cached.known() && cached.age <= service.keep_days(0) {
                assert!(row.is_some(), "{device:?} remembers {address:?} in {state:?}");
                explained += 1;
            }
            outlived += usize::from(cached.known() && row.is_none());
        }
    }
    assert!(
        explained > 0 && outlived > 0,
        "{explained} rows explain answers, {outlived} answers outlived theirs"
    );
}

fn pairs() -> impl Iterator<Item = (Device, Address)> {
    Device::ALL.into_iter().flat_map(|device| Address::ALL.into_iter().map(move |address| (device, address)))
}

#[test]
fn pasts_are_no_free_product_of_caches_and_rows() {
    let world = World::of("warmed", "imessage-2016", warmed()).remembering(EnumSet::empty());
    let initial = world.service().init_states();
    let caches: BTreeSet<_> = initial.iter().map(|state| state.cache).collect();
    let logs: BTreeSet<_> = initial.iter().map(|state| state.rows).collect();
    let both: BTreeSet<_> = initial.iter().map(|state| (state.cache, state.rows)).collect();
    assert!(caches.len() > 1 && logs.len() > 1);
    assert!(both.len() < caches.len() * logs.len(), "every cache goes with every log");
}

#[test]
fn an_observer_who_remembers_remembers_the_past() {
    let mut scope = warmed();
    scope.past.registrations = 0;
    let world = World::of("warmed", "imessage-2016", scope).remembering(Watcher::ProviderLive);
    let service = world.service();
    for state in service.init_states() {
        let looked_up = state.cache.iter().flatten().any(|cached| cached.known());
        let seen = service.remembered(Observer::ProviderLive, &state).any(|row| row.kind() == Kind::Lookup);
        assert_eq!(seen, looked_up, "{state:?}");
    }
}

#[test]
fn a_standing_request_names_the_rows_of_the_past_and_no_later_ones() {
    let world = World::of("preserved", "preserved", warmed()).remembering(EnumSet::empty());
    let service = world.service();
    let states = support::explore(&service, 20_000);
    let initial = service.init_states();
    for state in &initial {
        assert!(state.request(Alice).in_force() && !state.request(Bob).in_force());
        for row in state.rows.as_slice().iter().filter(|row| service.concerns(Alice, **row)) {
            assert!(row.frozen());
        }
    }
    let unnamed = |state: &State| {
        let rows = state.rows.as_slice().iter();
        rows.filter(|row| row.age() <= u16::from(state.day)).any(|row| !row.frozen())
    };
    assert!(states.iter().any(unnamed));
}

#[test]
fn a_prologue_that_ends_too_early_or_goes_on_too_long_does_not_replay() {
    let service = World::of("warmed", "imessage-2016", warmed()).remembering(EnumSet::empty()).service();
    let turn = Action::Turn { keep: false };
    let off = Action::SwitchOff { device: Device::AlicePhone };
    assert_eq!(service.replay(&[turn], &[]), Err(1));
    assert!(service.replay(&[turn, turn], &[]).is_ok());
    assert_eq!(service.replay(&[turn, turn, turn], &[]), Err(2));
    assert_eq!(service.replay(&[turn, turn], &[turn, off]), Err(3), "the second action after a past of two");
    assert_eq!(service.replay(&[turn, turn], &[off]), Err(2));
    let switching = families().into_iter().find(|world| world.scope.power).expect("a family of its own");
    assert_eq!(switching.service().replay(&[off], &[]), Err(0), "there is no past to switch anything off in");
}

#[test]
fn what_the_bounds_of_the_past_rule_out_is_in_no_past() {
    let mut scope: Scope = warmed();
    scope.past.types = [0; 3].into();
    towards(&mut scope.past, &[(Alice, Bob, 0)], &[]);
    let world = World::of("cold", "imessage-2016", scope).remembering(EnumSet::empty());
    for state in world.service().init_states() {
        assert!(state.cache.iter().flatten().all(|cached| !cached.known()));
        assert!(state.rows.as_slice().is_empty());
    }
}
