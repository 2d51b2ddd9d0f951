//! **The declared read and write sets are right: no rule changes or heeds a part of the state that it does not name.**
//!
//! A slice leaves out what no declared set reaches, so a set that is too small makes false verdicts. Budgets belong
//! to the rules that spend them, but for the lookups, which belong to the cache; the clock belongs to everybody.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Rule};
use mailcover_model::row::Row;
use mailcover_model::service::Service;
use mailcover_model::slice::{Part, reads, writes};
use mailcover_model::state::{Budget, MESSAGE_CAPACITY, Order, Person, State};
use mailcover_model::world::Place;
use support::families::families;
use support::{World, explore, sample, successors};

/// The most states of a world that are drawn from.
const MOST: usize = 40_000;

/// Copies one part of a state into another.
fn graft(part: Part, from: &State, into: &mut State) {
    match part {
        Part::Devices | Part::Places | Part::Drafts => graft_people(part, from, into),
        Part::Directory => into.directory = from.directory,
        Part::Cache => {
            into.cache = from.cache;
            into.budget.lookups = from.budget.lookups;
        }
        Part::Messages => {
            for index in 0..MESSAGE_CAPACITY {
                *into.message_mut(index) = *from.message(index);
            }
        }
        Part::Logs => {
            let marks = *into;
            into.rows = from.rows;
            graft(Part::Marks, &marks, into);
        }
        // The n-th row's mark becomes the n-th row's.
        Part::Marks => {
            for (at, row) in into.rows.as_mut_slice().iter_mut().enumerate() {
                let marked = from.rows.as_slice().get(at).is_some_and(|donor| donor.disclosed());
                *row = row.disclose(marked);
            }
        }
        Part::Memory => into.memory = from.memory,
        Part::Orders => {
            into.orders_mut().fill(Order::default());
            from.orders().iter().for_each(|order| into.add_order(*order));
        }
        Part::Preservation => into.requests = from.requests,
        Part::Typed => into.typed = from.typed,
        Part::LookedUp => into.looked_up = from.looked_up,
    }
}

/// Devices and persons are packed, so what is grafted is built anew out of both.
fn graft_people(part: Part, from: &State, into: &mut State) {
    let donor = |wanted: Part, into: &State| if part == wanted { *from } else { *into };
    let (devices, places) = (donor(Part::Devices, into), donor(Part::Places, into));
    let drafts = donor(Part::Drafts, into);
    let empty = State::empty(Budget::default());
    for index in 0..devices.devices.len() {
        let (condition, place) = (devices.devices[index], places.devices[index]);
        let mut device = empty.devices[index];
        device.register(condition.registered());
        device.switch(condition.on());
        if condition.gone() {
            device.leave();
        }
        if place.has_been_away() {
            device.move_to(Place::Away);
        }
        device.move_to(place.place());
        device.set_draft(drafts.devices[index].draft());
        into.devices[index] = device;
    }
    for index in 0..places.persons.len() {
        let mut person = Person::default();
        if places.persons[index].has_been_away() {
            person.move_to(Place::Away);
        }
        person.move_to(places.persons[index].place());
        into.persons[index] = person;
    }
}

/// The state with this part alone.
fn only(part: Part, state: &State) -> State {
    let mut alone = State::empty(Budget::default());
    if part == Part::Marks {
        let marked = |row: &Row| row.disclosed();
        let last = state.rows.as_slice().iter().rposition(marked).map_or(0, |at| at + 1);
        assert!((0..last).all(|_| alone.rows.push(Row::default())));
    }
    graft(part, state, &mut alone);
    alone
}

fn differing(left: &State, right: &State) -> EnumSet<Part> {
    EnumSet::<Part>::all().iter().filter(|&part| only(part, left) != only(part, right)).collect()
}

#[test]
fn the_parts_are_all_of_the_state_but_the_clock_and_the_budgets() {
    for world in families() {
        let service = world.service();
        let states = explore(&service, MOST);
        let first = states[0];
        for state in sample(&states, 500) {
            let mut rebuilt = first;
            for part in EnumSet::<Part>::all() {
                graft(part, state, &mut rebuilt);
            }
            (rebuilt.day, rebuilt.outgrown) = (state.day, state.outgrown);
            let lookups = rebuilt.budget.lookups;
            rebuilt.budget = state.budget;
            assert_eq!(lookups, state.budget.lookups);
            assert_eq!(rebuilt, *state, "{}", world.name);
        }
    }
}

#[test]
fn a_step_changes_only_the_parts_that_its_rule_declares_to_write() {
    for world in families() {
        let (service, setup) = (world.service(), &world.setup);
        let states = explore(&service, MOST);
        for state in sample(&states, 3_000) {
            for (action, next) in successors(&service, state) {
                let declared =
                    writes(action.rule(), &world.design, &support::reading(setup, world.scope.power));
                let undeclared = differing(state, &next) - declared;
                assert!(
                    undeclared.is_empty(),
                    "{}: {action:?} wrote {undeclared:?} in {state:?}",
                    world.name
                );
            }
        }
    }
}

#[test]
fn a_rules_guard_and_effect_heed_only_the_parts_that_it_declares_to_read() {
    for world in families() {
        let service = world.service();
        let states = explore(&service, MOST);
        let donors: Vec<&State> = sample(&states, 7).collect();
        for state in sample(&states, 90) {
            for &action in service.all_actions() {
                for donor in &donors {
                    heeds_nothing_else(&world, &service, state, donor, action);
                }
            }
        }
    }
}

/// Puts the donor's version of each undeclared part into the state, and requires that the action does the same.
fn heeds_nothing_else(world: &World, service: &Service, state: &State, donor: &State, action: Action) {
    let (design, setup) = (service.design(), service.setup());
    let declared = reads(action.rule(), design, &support::reading(setup, world.scope.power));
    let usual = service.step(state, action);
    for part in EnumSet::<Part>::all() - declared {
        let mut other = *state;
        graft(part, donor, &mut other);
        if other == *state {
            continue;
        }
        let unusual = service.step(&other, action);
        let context = || format!("{}: {action:?} heeds {part:?} of {donor:?} in {state:?}", world.name);
        assert_eq!(usual.is_some(), unusual.is_some(), "{}", context());
        let (Some(usual), Some(unusual)) = (usual, unusual) else { continue };
        if !(usual.outgrown | unusual.outgrown).is_empty() {
            continue;
        }
        // Marks are marks of the logs' rows, and go where those go.
        let own = if part == Part::Logs { part | Part::Marks } else { EnumSet::only(part) };
        let affected = differing(&usual, &unusual) - own;
        assert!(affected.is_empty(), "{} and so writes {affected:?} otherwise", context());
        let same = adds_the_same(part, action.rule(), [state, &usual], [&other, &unusual]);
        assert!(same, "{} and so adds to it otherwise", context());
    }
}

/// Whether a part that a rule adds to without reading it has the same added to it, whatever it holds already.
fn adds_the_same(part: Part, rule: Rule, usual: [&State; 2], unusual: [&State; 2]) -> bool {
    let added = |[before, after]: [&State; 2]| match part {
        Part::Logs => after.rows.as_slice()[before.rows.as_slice().len()..].to_vec(),
        Part::Memory => after.memory.as_slice()[before.memory.as_slice().len()..].to_vec(),
        _ => Vec::new(),
    };
    let marks = |state: &State| if part == Part::Typed { state.typed } else { state.looked_up };
    let covers = |[before, after]: [&State; 2], other: &State| {
        let new = marks(after) & !marks(before);
        marks(after) & marks(before) == marks(before) && marks(other) & new == new
    };
    match part {
        // The turn of the day ages whatever is there, each row by itself.
        Part::Logs | Part::Memory => rule == Rule::Turn || added(usual) == added(unusual),
        Part::Typed | Part::LookedUp => covers(usual, unusual[1]) && covers(unusual, usual[1]),
        _ => true,
    }
}
