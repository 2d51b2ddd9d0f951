//! **Whatever can happen is told and drawn as what it is: no rule and no kind of row is without words or without a mark.**
//!
//! The worlds are those in which, together, every rule of the model fires.

#[path = "../../model/tests/support/mod.rs"]
mod support;

use crate::chart::{Drawn, Lane, Mark};
use crate::portrait::{Value, portrait};
use crate::tell::calendar::{Day, Now};
use crate::tell::scene::{Scene, Stage};
use crate::tell::{holdings, outcome, rows};
use enumset::EnumSet;
use mailcover_model::action::{Action, Rule};
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, User};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use support::families::families;
use support::{World, explore, newly_remembered, successors};

/// The most states of a world that are looked at; the rest would show nothing new.
const MOST: usize = 20_000;

/// What was met in all the worlds together.
#[derive(Default)]
struct Met {
    rules: EnumSet<Rule>,
    kinds: EnumSet<Kind>,
}

/// Looks at one step of each rule, and of each set of things that it makes happen.
fn meet(world: &World, met: &mut Met) {
    let service = Arc::new(world.service());
    let stage = Stage::new(Arc::clone(&service), Vec::new(), Vec::new());
    let mut known: BTreeSet<(Rule, Vec<Kind>)> = BTreeSet::new();
    for state in &explore(&service, MOST) {
        for (action, next) in successors(&service, state) {
            let happened = newly_remembered(state, &next).iter().map(|row| row.kind()).collect();
            if !known.insert((action.rule(), happened)) {
                continue;
            }
            let turned = i32::from(matches!(action, Action::Turn { .. }));
            let scene = stage.scene(action, (*state, Day::FIRST), (next, Day(turned)));
            complete(&service, &scene);
            met.rules |= action.rule();
            met.kinds.extend(scene.happened.iter().map(|row| row.kind()));
        }
    }
}

/// Requires sentences of the step, and a mark for it and for each thing that happens in it.
fn complete(service: &Service, scene: &Scene) {
    let told = outcome::told(service, scene);
    let begins = told.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    assert!(begins && told.ends_with('.'), "{:?} is told as {told:?}", scene.action);
    let drawn = Drawn { service, scene };
    let written = |mark: &Mark| matches!(mark, Mark::Arrow { to: Lane::Log(_), .. });
    let first = drawn.marks().into_iter().next();
    assert!(
        first.as_ref().is_some_and(|mark| !written(mark)),
        "{:?} has no mark of its own in a chart, before which its number could stand; first comes {first:?}",
        scene.action
    );
    for &row in &scene.happened {
        let marked = !drawn.beginning().is_empty() || !drawn.happened(row).is_empty();
        assert!(marked, "of {:?}, a chart does not show {:?}", scene.action, row.kind());
    }
}

#[test]
fn every_rule_and_every_kind_of_row_is_told_and_drawn() {
    let mut met = Met::default();
    for world in families() {
        meet(&world, &mut met);
    }
    let (rules, kinds) = (!met.rules, EnumSet::<Kind>::all() - met.kinds - Kind::Exchange);
    assert!(
        rules.is_empty() && kinds.is_empty(),
        "give a world in `families()` of model/tests/support a step with {rules:?} and {kinds:?}"
    );
}

/// How many states of each world are compared by their portraits.
const PORTRAYED: usize = 2_000;

#[test]
fn different_states_have_different_portraits() {
    for world in families() {
        let service = world.service();
        let mut known: BTreeMap<String, State> = BTreeMap::new();
        for state in &explore(&service, PORTRAYED) {
            let portrait = Value::Record(portrait(&service, state));
            let written = serde_json::to_string(&portrait).unwrap_or_else(|error| panic!("{error}"));
            if let Some(other) = known.insert(written, *state) {
                panic!(
                    "{}: traces/src/portrait.rs leaves out what tells {other:?} from {state:?}",
                    world.name
                );
            }
        }
    }
}

/// How many states of each world are compared by what the provider's stores are said to hold.
const STORED: usize = 4_000;

#[test]
fn stores_that_differ_are_told_in_different_words() {
    for world in families() {
        let service = world.service();
        let mut known = BTreeMap::new();
        for state in &explore(&service, STORED) {
            let now = Now { state, day: Day(i32::from(state.day)) };
            let told = (state.day, holdings::held(&service, now, Observer::ProviderStore));
            let view = service.view_of(Observer::ProviderStore, state);
            if let Some((other, seen)) = known.insert(told.clone(), (*state, view.clone())) {
                assert_eq!(
                    seen, view,
                    "{}: besides_logs of traces/src/tell/holdings.rs leaves out what tells {other:?} from {state:?}: {told:?}",
                    world.name
                );
            }
        }
    }
}

#[test]
fn no_two_kinds_of_row_are_told_in_the_same_words() {
    let world = families().into_iter().next().unwrap_or_else(|| panic!("there is a world"));
    let service = world.service();
    let state = State::empty(world.scope.past);
    let now = Now { state: &state, day: Day::FIRST };
    let mut told: BTreeMap<String, Kind> = BTreeMap::new();
    for kind in EnumSet::<Kind>::all() {
        let row = Row::of(kind).from(User::Alice).to(Address::Bob).by(Device::AlicePhone);
        let words = rows::remembered(&service, now, Observer::ProviderLive, row);
        if let Some(other) = told.insert(words.clone(), kind) {
            panic!("a row about {kind:?} reads as one about {other:?}: {words}");
        }
    }
}
