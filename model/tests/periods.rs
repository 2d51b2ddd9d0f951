//! **Which periods of a design a scope counts, and how.**
//!
//! Periods that nothing in a slice reads would only make the scaled ones longer, and searches with them. One that is left
//! out although something reads it would make a cache stale, an order end or a row vanish on the wrong day.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Rule;
use mailcover_model::design::Log;
use mailcover_model::scope::{Calendar, Horizon, Scope};
use mailcover_model::service::{Service, SetupError, Tracked};
use mailcover_model::slice::{Logs, Part, Slice};
use mailcover_model::time::{FOR_GOOD, Periods};
use std::sync::Arc;
use support::acts::{BOBS, PHONE};
use support::{Alice, Bob, World, towards};

/// Every period is another one, and none of them is read.
fn world() -> World {
    let mut scope = Scope::of(PHONE | BOBS);
    (scope.calendar, scope.horizon) = (Calendar::Real, Horizon::Days(1));
    let mut world =
        World::of("periods", "imessage-2016", scope).tracking(EnumSet::empty()).designed(|design| {
            design.logs.retain(|log| log.name == Log::QUERY);
            design.logs[0].keep_days = Some(30);
            (design.directory.cache_days, design.messaging.expiry_days) = (7, 20);
            (design.legal.order_days, design.legal.extension_days, design.legal.extensions) = (60, 50, 1);
            (design.legal.preservation_days, design.legal.preservation_in_force) = (90, false);
            design.devices.keep_days = Some(40);
        });
    world.setup.slice = Slice { rules: EnumSet::empty(), parts: EnumSet::empty(), logs: Logs::default() };
    world
}

const NONE: Periods = Periods {
    cache: 0,
    expiry: 0,
    order: 0,
    extension: 0,
    preservation: 0,
    device: FOR_GOOD,
    keep: [FOR_GOOD; 4],
};

const UNDER_THE_LAW: Periods = Periods { order: 60, extension: 50, preservation: 90, ..NONE };

fn counted(change: impl FnOnce(&mut World)) -> Result<Periods, SetupError> {
    let mut world = world();
    change(&mut world);
    Service::without_pasts(Arc::new(world.design), world.scope, world.setup).map(|service| *service.periods())
}

#[test]
fn what_nothing_reads_is_not_counted() {
    assert_eq!(counted(|_| {}), Ok(NONE));
    let others = EnumSet::all() - (Rule::Apply | Rule::Preserve | Rule::Extend);
    assert_eq!(counted(|world| world.setup.slice.rules = others), Ok(NONE));
    assert_eq!(counted(|world| world.setup.slice.parts = EnumSet::all() - Part::Cache), Ok(NONE));
    assert_eq!(counted(|world| world.setup.track = EnumSet::all() - Tracked::Kept), Ok(NONE));
}

#[test]
fn answers_age_where_there_is_a_cache() {
    let cached = Periods { cache: 7, ..NONE };
    assert_eq!(counted(|world| world.setup.slice.parts = Part::Cache.into()), Ok(cached));
}

#[test]
fn messages_expire_where_there_are_any_in_the_run_or_before() {
    let once = [(Alice, Bob, 1)];
    let expiring = Ok(Periods { expiry: 20, ..NONE });
    assert_eq!(counted(|world| towards(&mut world.scope.bounds, &[], &once)), expiring);
    assert_eq!(counted(|world| towards(&mut world.scope.past, &[], &once)), expiring);
    let both = counted(|world| {
        towards(&mut world.scope.bounds, &[], &once);
        towards(&mut world.scope.past, &[], &once);
    });
    assert_eq!(both, expiring);
}

#[test]
fn the_laws_periods_count_where_any_of_its_rules_takes_part_or_a_request_stands() {
    for rule in [Rule::Apply, Rule::Preserve, Rule::Extend] {
        assert_eq!(counted(|world| world.setup.slice.rules = rule.into()), Ok(UNDER_THE_LAW), "{rule:?}");
    }
    assert_eq!(counted(|world| world.design.legal.preservation_in_force = true), Ok(UNDER_THE_LAW));
    let never_extended = counted(|world| {
        world.setup.slice.rules = Rule::Apply.into();
        world.design.legal.extensions = 0;
    });
    assert_eq!(never_extended, Ok(Periods { extension: 0, ..UNDER_THE_LAW }));
}

#[test]
fn what_is_kept_counts_where_somebody_may_look() {
    let opened = counted(|world| world.setup.track = Tracked::Kept.into());
    assert_eq!(opened, Ok(Periods { device: 40, ..NONE }));
    let kept_for_good = counted(|world| {
        world.setup.track = Tracked::Kept.into();
        world.design.devices.keep_days = None;
    });
    assert_eq!(kept_for_good, Ok(NONE));
    let mut keep = NONE.keep;
    keep[0] = 30;
    assert_eq!(counted(|world| world.setup.slice.logs = Logs::ALL), Ok(Periods { keep, ..NONE }));
    let never_purged = counted(|world| {
        world.setup.slice.logs = Logs::ALL;
        world.design.logs[0].keep_days = None;
    });
    assert_eq!(never_purged, Ok(NONE));
}

#[test]
fn real_days_that_have_no_room_are_the_longest_period_that_ends() {
    for (real, days) in [(254, 254), (255, 254), (300, 254)] {
        let cached = counted(|world| {
            world.setup.slice.parts = Part::Cache.into();
            world.design.directory.cache_days = real;
        });
        assert_eq!(cached, Ok(Periods { cache: days, ..NONE }));
    }
}

#[test]
fn periods_that_no_few_days_tell_apart_are_named_once_each_and_in_order() {
    let from = |smallest: u8| {
        counted(|world| {
            world.scope.calendar = Calendar::Scaled(smallest);
            world.setup.slice.parts = Part::Cache.into();
            world.setup.slice.rules = Rule::Apply.into();
            world.setup.track = Tracked::Kept.into();
            world.design.directory.cache_days = 10;
            (world.design.legal.order_days, world.design.legal.extension_days) = (1, 10);
            world.design.legal.preservation_days = 1000;
            world.design.devices.keep_days = Some(10_000);
        })
    };
    let near = Periods { cache: 4, order: 1, extension: 4, preservation: 13, device: 40, ..NONE };
    assert_eq!(from(1), Ok(near), "each is longer than three of the one before");
    assert_eq!(from(2), Err(SetupError::Unscalable("1 day, 10 days, 1000 days, 10000 days".to_owned())));
}
