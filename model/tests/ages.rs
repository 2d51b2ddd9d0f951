//! **No age saturates where anything depends on it.**
//!
//! Ages have eight bits. Whatever a run that ends compares, it compares exactly: its days are refused, or cut short,
//! where ages could not tell them apart. In a run without an end ages saturate beyond every period that a design can have.

mod support;

use enumset::EnumSet;
use mailcover_model::design::{Capability, Log};
use mailcover_model::row::{MAX_AGE, MAX_DAYS};
use mailcover_model::scope::{Calendar, Horizon, Scope};
use mailcover_model::service::{Service, SetupError};
use mailcover_model::world::Address;
use std::sync::Arc;
use support::acts::{BOBS, PHONE, TURN, run, types, writes};
use support::{Alice, Bob, World, towards};

/// As the claims about real day counts have it: an order and its extension, from a day on which a row was left.
fn world(keep: u16, horizon: Horizon) -> World {
    let mut scope = Scope::of(PHONE | BOBS);
    scope.past_days = 1;
    scope.past.types = [1, 0, 0].into();
    scope.bounds.types = [1, 0, 0].into();
    scope.bounds.applications = 1;
    towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[]);
    scope.calendar = Calendar::RealByDeadlines;
    scope.horizon = horizon;
    World::of("real days", "imessage-2016", scope)
        .remembering(EnumSet::empty())
        .with(Capability::ProviderOrders)
        .designed(|design| {
            design.logs.retain(|log| log.name == Log::QUERY);
            design.logs[0].keep_days = Some(keep);
        })
}

fn set_up(world: World) -> Result<Service, SetupError> {
    Service::new(Arc::new(world.design), world.scope, world.setup)
}

/// The last day of a run over so many retentions, or the days that it would have needed.
fn last_day(keep: u16, times: u8) -> Result<u8, u16> {
    match set_up(world(keep, Horizon::Retentions(times, 10))) {
        Ok(service) => Ok(service.last_day().expect("it ends")),
        Err(SetupError::TooManyDays { needed, keep: longest }) => {
            assert_eq!(longest, keep);
            Err(needed)
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_run_is_as_long_as_its_scope_says_or_as_ages_reach_and_no_shorter_than_twice_the_retention() {
    assert_eq!(last_day(30, 5), Ok(160));
    assert_eq!(last_day(48, 5), Ok(250), "with the past, 251 days");
    assert_eq!(last_day(49, 5), Ok(254), "it would be 255, and with the past 256");
    assert_eq!(last_day(126, 5), Ok(254), "twice the retention and a day are 253 days");
    assert_eq!(last_day(127, 5), Err(256), "twice the retention and a day, and the past");
    assert_eq!(last_day(MAX_DAYS, 5), Err(502));
}

#[test]
fn a_run_that_is_cut_short_has_room_for_an_order_and_its_extension() {
    let with_orders_of = |days: u16| {
        let mut world = world(100, Horizon::Retentions(3, 0));
        (world.design.legal.order_days, world.design.legal.extension_days) = (days, days);
        set_up(world).map(|service| service.last_day())
    };
    assert_eq!(with_orders_of(76), Ok(Some(254)), "100 + 76 + 76 + 1 days after a day's past");
    assert_eq!(with_orders_of(77), Err(SetupError::TooManyDays { needed: 256, keep: 100 }));
}

#[test]
fn a_run_under_an_order_outlasts_it_by_so_many_days_or_has_at_least_one() {
    let last = |keep, days: u16, more| {
        let mut world = world(keep, Horizon::UnderOrder(more));
        (world.design.legal.order_days, world.design.legal.extension_days) = (days, days);
        set_up(world).map(|service| service.last_day())
    };
    assert_eq!(last(10, 25, 5), Ok(Some(65)));
    assert_eq!(last(60, 20, 5), Ok(Some(121)), "twice the retention is longer");
    assert_eq!(last(100, 76, 10), Ok(Some(254)), "cut short by eight days");
    assert_eq!(last(100, 77, 10), Err(SetupError::TooManyDays { needed: 256, keep: 100 }));
}

#[test]
fn a_run_that_outlasts_a_retention_outlasts_what_push_stores() {
    let no_longer = |days| {
        let mut world = world(10, Horizon::Retentions(1, days));
        world.design.messaging.expiry_days = 30;
        world.scope.bounds.sends.set(Alice.index(), Bob.index(), 1);
        set_up(world).map(|service| service.last_day())
    };
    assert_eq!(no_longer(0), Ok(Some(10)), "it does not outlast the retention");
    assert_eq!(no_longer(1), Ok(Some(31)));
    let stored_for = |days: u16| {
        let mut world = world(10, Horizon::Retentions(2, 1));
        world.design.messaging.expiry_days = days;
        world.scope.bounds.sends.set(Alice.index(), Bob.index(), 1);
        set_up(world).map(|service| service.last_day())
    };
    assert_eq!(stored_for(7), Ok(Some(21)));
    assert_eq!(stored_for(30), Ok(Some(31)));
}

#[test]
fn a_scope_says_how_long_its_runs_are_and_not_how_long_they_should_be() {
    let summary =
        |keep| set_up(world(keep, Horizon::Retentions(5, 10))).map(|service| service.scope().summary());
    assert!(summary(30).is_ok_and(|text| text.contains("5 retention periods and 10 days")));
    assert!(summary(60).is_ok_and(|text| text.contains("254 days") && !text.contains("retention periods")));
}

#[test]
fn the_days_of_a_scope_that_counts_them_itself_are_held_to_the_same_bound() {
    let after_a_past_of = |past: u8, days| {
        let mut world = world(30, Horizon::Days(days));
        world.scope.past_days = past;
        set_up(world).map(|service| service.last_day())
    };
    assert_eq!(after_a_past_of(1, 254), Ok(Some(254)));
    assert_eq!(after_a_past_of(1, 255), Err(SetupError::TooManyDays { needed: 256, keep: 30 }));
    assert_eq!(after_a_past_of(2, 254), Err(SetupError::TooManyDays { needed: 256, keep: 30 }));
}

#[test]
fn ages_reach_exactly_as_far_as_the_longest_run() {
    let mut world = world(126, Horizon::Retentions(2, 1));
    world.scope.past_days = 0;
    world.scope.calendar = Calendar::Real;
    world.design.logs[0].keep_days = None;
    world.scope.horizon = Horizon::Days(255);
    let service = set_up(world).unwrap_or_else(|error| panic!("{error}"));
    let mut state = run(&service, &[types(PHONE, support::Bob.address())]);
    for day in 1..=MAX_AGE {
        state = service.step(&state, TURN).expect("the day can turn");
        assert_eq!((u16::from(state.day), state.rows.as_slice()[0].age()), (day, day));
    }
    assert_eq!(service.step(&state, TURN), None);
}

#[test]
fn in_a_run_without_an_end_the_longest_retention_ends_all_the_same() {
    for keep in [MAX_DAYS - 1, MAX_DAYS] {
        let mut world = world(keep, Horizon::Endless);
        world.scope.past_days = 0;
        world.scope.calendar = Calendar::Real;
        let service = set_up(world).unwrap_or_else(|error| panic!("{error}"));
        let mut state = run(&service, &[types(PHONE, support::Bob.address())]);
        for _ in 0..keep {
            state = service.step(&state, TURN).expect("the day can turn");
        }
        assert_eq!(state.rows.as_slice().len(), 1, "the last day is inclusive");
        state = service.step(&state, TURN).expect("the day can turn");
        assert!(state.rows.as_slice().is_empty(), "{keep} days are over");
    }
}

/// An answer serves for 3 days, push stores a message for 10 and a log its rows for 30: each day on which one of these ends is met,
/// and the day after, and no others.
#[test]
fn days_go_from_deadline_to_deadline() {
    let mut world = support::families::guarded("imessage-2016").designed(|design| {
        design.directory.cache_days = 3;
        design.messaging.expiry_days = 10;
        design.logs.iter_mut().for_each(|log| log.keep_days = Some(30));
        design.logs[1].keep_days = None;
    });
    world.scope.horizon = Horizon::Days(40);
    world.scope.calendar = Calendar::RealByDeadlines;
    let service = world.service();
    let sent = writes(PHONE, Address::Bob);
    let day = |turns: usize| run(&service, &[sent.as_slice(), &vec![TURN; turns]].concat()).day;
    assert_eq!([0, 1, 2, 3, 4, 5, 6, 7].map(day), [0, 3, 4, 10, 11, 30, 31, 40]);
}
