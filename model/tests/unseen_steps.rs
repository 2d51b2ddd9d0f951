//! **What is not seen leaves a view as it was, and what is seen changes it.**
//!
//! Claims about knowledge rest on this: were an observer's view to change by a step that it has no part in, it would
//! know of hidden steps. The turn of the day is everybody's, and takes rows out of stores.

mod support;

use mailcover_model::action::Action;
use mailcover_model::design::Holder;
use mailcover_model::service::Service;
use mailcover_model::state::{MessageKind, State};
use mailcover_model::view::Observer;
use mailcover_model::world::Device;
use support::families::families;
use support::{ALL_OBSERVERS, World, explore, newly_remembered, sample, successors};

const MOST: usize = 40_000;

/// Calls `look` with sampled steps of all the worlds, other than turns of the day.
fn at_each_step(look: impl Fn(&World, &Service, [&State; 2], Action)) {
    for world in families() {
        let service = world.service();
        for state in sample(&explore(&service, MOST), 4_000) {
            for (action, next) in successors(&service, state).filter(|(_, next)| next.outgrown.is_empty()) {
                if !matches!(action, Action::Turn { .. }) {
                    look(&world, &service, [state, &next], action);
                }
            }
        }
    }
}

/// Whether the step put anything before a remembering observer.
fn seen(service: &Service, observer: Observer, [before, after]: [&State; 2]) -> bool {
    let Some(watcher) = observer.watcher() else { return false };
    newly_remembered(before, after).iter().any(|row| {
        if row.disclosed() {
            observer == Observer::Investigator
        } else {
            service.watchers(*row).contains(watcher)
        }
    })
}

#[test]
fn a_remembering_observers_view_changes_exactly_when_it_sees_something() {
    at_each_step(|world, service, [before, after], action| {
        for observer in ALL_OBSERVERS.into_iter().filter(|observer| observer.watcher().is_some()) {
            let changed = service.view_of(observer, before) != service.view_of(observer, after);
            let seen = seen(service, observer, [before, after]);
            assert_eq!(changed, seen, "{}: {observer:?} at {action:?} in {before:?}", world.name);
        }
    });
}

#[test]
fn a_remembered_past_is_never_rewritten() {
    at_each_step(|world, service, [before, after], action| {
        for observer in ALL_OBSERVERS.into_iter().filter(|observer| observer.watcher().is_some()) {
            let earlier: Vec<_> = service.remembered(observer, before).collect();
            let later: Vec<_> = service.remembered(observer, after).collect();
            assert!(later.starts_with(&earlier), "{}: {observer:?} at {action:?}", world.name);
        }
    });
}

#[test]
fn a_log_readers_view_changes_exactly_when_a_row_is_written_to_that_log() {
    at_each_step(|world, service, [before, after], action| {
        for log in 0..service.design().logs.len() {
            let count = |state: &State| state.rows.as_slice().iter().filter(|row| row.index() == log).count();
            let observer = Observer::Log(log as u8);
            let changed = service.view_of(observer, before) != service.view_of(observer, after);
            assert_eq!(changed, count(before) != count(after), "{}: log {log} at {action:?}", world.name);
        }
    });
}

#[test]
fn a_store_readers_view_changes_exactly_when_a_store_does() {
    at_each_step(|world, service, [before, after], action| {
        let changed = service.view_of(Observer::ProviderStore, before)
            != service.view_of(Observer::ProviderStore, after);
        let rewritten = stores(service, before) != stores(service, after);
        assert_eq!(changed, rewritten, "{}: at {action:?} in {before:?}", world.name);
    });
}

/// What the provider keeps: its logs with their marks, the directory, the queue, the backups, the blobs.
fn stores(service: &Service, state: &State) -> impl PartialEq {
    let rows = state.rows.as_slice().iter().filter(|row| service.held_by(**row) == Some(Holder::Provider));
    let devices = Device::ALL.into_iter().filter(|device| service.scope().devices.contains(*device));
    let registered: Vec<Device> = devices.filter(|&device| state.device(device).registered()).collect();
    let queue = state.messages().filter(|message| message.kind() == MessageKind::Platform);
    let queue: Vec<_> = queue.map(|message| message.waiting()).filter(|&copies| copies != 0).collect();
    let backups: Vec<u8> =
        state.messages().map(|message| message.backed_up()).filter(|&of| of != 0).collect();
    let blobs = state.messages().filter(|it| it.attached() && it.kind() == MessageKind::Platform).count();
    (rows.copied().collect::<Vec<_>>(), registered, state.directory, queue, backups, blobs)
}

#[test]
fn the_turn_of_the_day_shows_in_every_view_of_a_run_that_ends() {
    for world in families() {
        let service = world.service();
        let Some(last) = service.last_day() else { continue };
        for state in sample(&explore(&service, MOST), 1_000).filter(|state| state.day < last) {
            let Some(next) = service.step(state, Action::Turn { keep: false }) else {
                let held_up = service.scope().power || state.calls().any(|call| call.goes_on());
                assert!(held_up, "{}: only a copy in hand, or a call, can hold the day up", world.name);
                continue;
            };
            for observer in ALL_OBSERVERS {
                assert_ne!(service.view_of(observer, state), service.view_of(observer, &next));
            }
        }
    }
}

#[test]
fn an_observer_who_is_not_remembered_sees_nothing_but_the_day() {
    for world in families().into_iter().filter(|world| world.setup.remember.is_empty()) {
        let service = world.service();
        for state in sample(&explore(&service, MOST), 1_000) {
            for observer in ALL_OBSERVERS.into_iter().filter(|observer| observer.watcher().is_some()) {
                assert_eq!(service.view_of(observer, state).as_slice(), [u32::from(state.day)]);
            }
        }
    }
}
