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
use mailcover_model::state::{Budget, CALL_CAPACITY, Call, MESSAGE_CAPACITY, Order, Person, State};
use mailcover_model::world::{Device, Place};
use std::collections::BTreeSet;
use support::families::families;
use support::{States, World, explore, sample, successors};

/// The most states of a world that are drawn from.
const MOST: usize = 40_000;

/// About how many states of a world are tried, and how many versions of a part that a rule does not declare to read.
const STATES: usize = 250;
const VERSIONS: usize = 10;

/// Copies one part of a state into another.
fn graft(part: Part, from: &State, into: &mut State) {
    match part {
        Part::Devices | Part::Places | Part::Drafts => graft_people(part, from, into),
        Part::Directory => into.directory = from.directory,
        Part::Alerts => into.withheld = from.withheld,
        Part::Comparisons => into.compared = from.compared,
        Part::Cache => {
            into.cache = from.cache;
            into.budget.lookups = from.budget.lookups;
        }
        Part::Messages => {
            for index in 0..MESSAGE_CAPACITY {
                let own = into.message(index);
                *into.message_mut(index) =
                    from.message(index).backed_up_as(own).robbed_as(own).fetched_as(own);
            }
        }
        Part::Fetches => {
            for index in 0..MESSAGE_CAPACITY {
                *into.message_mut(index) = into.message(index).fetched_as(from.message(index));
            }
        }
        Part::Backups => {
            for index in 0..MESSAGE_CAPACITY {
                *into.message_mut(index) = into.message(index).backed_up_as(from.message(index));
            }
        }
        Part::Calls => {
            (0..CALL_CAPACITY).for_each(|index| *into.call_mut(index) = Call::default());
            from.calls().for_each(|call| into.add_call(*call));
        }
        Part::Stolen => {
            for index in 0..MESSAGE_CAPACITY {
                *into.message_mut(index) = into.message(index).robbed_as(from.message(index));
            }
            graft_people(part, from, into);
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
        Part::Numbers => {
            into.handed = from.handed;
            graft_people(part, from, into);
        }
        Part::Tally => into.tally = from.tally,
        Part::Typed => into.typed = from.typed,
        Part::LookedUp => into.looked_up = from.looked_up,
    }
}

/// Devices and persons are packed, so what is grafted is built anew out of both.
fn graft_people(part: Part, from: &State, into: &mut State) {
    let donor = |wanted: Part, into: &State| if part == wanted { *from } else { *into };
    let (devices, places) = (donor(Part::Devices, into), donor(Part::Places, into));
    let (drafts, stolen) = (donor(Part::Drafts, into), donor(Part::Stolen, into));
    let numbers = donor(Part::Numbers, into);
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
        for device in Device::ALL.into_iter().filter(|device| device.owner().index() == index) {
            stolen.stolen(device).iter().for_each(|key| person.rob(device, key));
        }
        if numbers.persons[index].gave_up() {
            person.give_up();
        }
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
                let declared = writes(action.rule(), &world.design, &support::reading(setup, &world.scope));
                let undeclared = differing(state, &next) - declared;
                assert!(
                    undeclared.is_empty(),
                    "{}: {action:?} wrote {undeclared:?}; declare it for {:?} in `writes` of model/src/slice.rs",
                    world.name,
                    action.rule()
                );
            }
        }
    }
}

/// A world, and some of its states.
struct Drawn {
    world: World,
    service: Service,
    states: Vec<State>,
}

fn draw(world: World) -> Drawn {
    let service = world.service();
    let states = sample(&explore(&service, MOST), STATES).copied().collect();
    Drawn { world, service, states }
}

/// Different versions of the part, from whatever world: a world that never changes a part cannot tell who reads it.
fn versions(part: Part, worlds: &[Drawn]) -> Vec<State> {
    let all: States = worlds.iter().flat_map(|drawn| &drawn.states).map(|state| only(part, state)).collect();
    assert!(all.len() > 1, "{part:?} is the same in all worlds; give it a world in support/families.rs");
    sample(&all, VERSIONS).copied().collect()
}

#[test]
fn a_rules_guard_and_effect_heed_only_the_parts_that_it_declares_to_read() {
    let worlds: Vec<Drawn> = families().into_iter().map(draw).collect();
    let donors: Vec<(Part, Vec<State>)> =
        EnumSet::<Part>::all().iter().map(|part| (part, versions(part, &worlds))).collect();
    let mut met = Met::default();
    for drawn in &worlds {
        for state in &drawn.states {
            for &action in drawn.service.all_actions() {
                heeds_nothing_else(drawn, state, action, &donors, &mut met);
            }
        }
    }
    let untried: Vec<_> = met.undeclared.difference(&met.tried).collect();
    assert!(
        untried.is_empty(),
        "these rules never fired while these parts varied: {untried:?}; give them a world in support/families.rs"
    );
}

/// Rules with the parts that they do not declare to read, and those of them that were seen to vary where the rule fired.
#[derive(Default)]
struct Met {
    undeclared: BTreeSet<(Rule, Part)>,
    tried: BTreeSet<(Rule, Part)>,
}

/// Puts other versions of each undeclared part into the state, and requires that the action does the same.
fn heeds_nothing_else(
    drawn: &Drawn,
    state: &State,
    action: Action,
    donors: &[(Part, Vec<State>)],
    met: &mut Met,
) {
    let Drawn { world, service, .. } = drawn;
    let rule = action.rule();
    let declared = reads(rule, service.design(), &support::reading(service.setup(), &world.scope));
    let usual = service.step(state, action);
    for (part, versions) in donors.iter().filter(|(part, _)| !declared.contains(*part)) {
        met.undeclared.insert((rule, *part));
        for version in versions {
            let mut other = *state;
            graft(*part, version, &mut other);
            if other != *state {
                if usual.is_some() {
                    met.tried.insert((rule, *part));
                }
                does_the_same(drawn, action, *part, [state, &other], usual.as_ref());
            }
        }
    }
}

/// Requires that the action does to the other state, in which the part differs, what it usually does.
fn does_the_same(
    drawn: &Drawn,
    action: Action,
    part: Part,
    [state, other]: [&State; 2],
    usual: Option<&State>,
) {
    let rule = action.rule();
    let context = || {
        let place = "declare it in `reads` of model/src/slice.rs";
        format!(
            "{}: {action:?} heeds {part:?}, which {rule:?} does not declare to read ({place})",
            drawn.world.name
        )
    };
    let unusual = drawn.service.step(other, action);
    assert_eq!(usual.is_some(), unusual.is_some(), "{}", context());
    let (Some(usual), Some(unusual)) = (usual, unusual) else { return };
    if !(usual.outgrown | unusual.outgrown).is_empty() {
        return;
    }
    // Marks are marks of the logs' rows, and go where those go.
    let own = if part == Part::Logs { part | Part::Marks } else { EnumSet::only(part) };
    let affected = differing(usual, &unusual) - own;
    assert!(affected.is_empty(), "{} and so writes {affected:?} otherwise", context());
    let same = adds_the_same(part, rule, [state, usual], [other, &unusual]);
    assert!(same, "{} and so adds to it otherwise", context());
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
