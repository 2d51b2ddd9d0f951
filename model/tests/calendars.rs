//! **The count of days does not matter, only their order.**
//!
//! Most claims run at scaled day counts, and some jump from deadline to deadline. Larger scalings must agree with
//! smaller ones, and jumping with waiting, on everything that can be said without a number of days.

mod support;

use enumset::EnumSet;
use mailcover_model::design::{Capability, ExtensionOf};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Kind;
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::scope::{Calendar, Horizon, Scope};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::time::{faithful, scaled};
use mailcover_model::view::{Observer, View, Watcher};
use mailcover_model::world::{Device, User};
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use support::families::{ordering, texting};
use support::{Alice, Bob, World, explore_all, pairs_of, towards};

/// What can be said of a state without counting days.
fn facts(service: &Service, state: &State) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    let recent = u16::from(service.recent_days().unwrap_or(0));
    let against = |age: u16, period: u8| age.cmp(&u16::from(period));
    for row in state.rows.as_slice() {
        let keep = service.keep_days(row.index());
        facts.insert(format!(
            "log {}: {:?} {:?} its retention",
            row.index(),
            row.kind(),
            against(row.age(), keep)
        ));
        let frozen = row.frozen();
        facts.insert(format!("frozen={frozen} out={} {:?}", row.disclosed(), against(row.age(), keep)));
    }
    for cached in state.cache.iter().flatten().filter(|cached| cached.known()) {
        facts.insert(format!("cached {:?}", against(u16::from(cached.age), service.periods().cache)));
        let gone = !state.rows.as_slice().iter().any(|row| row.index() == 0);
        facts.insert(format!("cached {} without a row: {gone}", cached.age <= service.periods().cache));
    }
    for message in state.messages() {
        let (waiting, received) = (message.waiting() != 0, message.received() != 0);
        facts.insert(format!(
            "{:?} {waiting} {received} {} {}",
            message.kind(),
            message.expired(),
            message.told()
        ));
        facts.insert(format!("recent: {}", u16::from(message.heard) <= recent));
    }
    for order in state.orders() {
        let running = against(u16::from(order.age), order.runs);
        facts.insert(format!("order {:?} extended {} {running:?}", order.status(), order.extended()));
    }
    for (user, request) in User::ALL.into_iter().zip(state.requests) {
        facts.insert(format!("{user:?} preserved {} {}", request.in_force(), request.renewed()));
    }
    facts.extend(memory_facts(service, state));
    facts
}

fn memory_facts(service: &Service, state: &State) -> Vec<String> {
    let memory = state.memory.as_slice();
    let about = memory.iter().enumerate().map(|(at, row)| match row.kind() {
        _ if row.disclosed() => {
            let keep = u16::from(service.keep_days(row.index()));
            format!("disclosed {:?} {:?}", row.kind(), row.age().cmp(&keep))
        }
        Kind::Disclosed => {
            let empty = !memory.get(at + 1).is_some_and(|next| next.disclosed());
            format!("disclosure {:?} empty={empty}", Basis::of(*row))
        }
        kind => format!("saw {kind:?} because {}", row.detail()),
    });
    about.collect()
}

fn reachable_facts(world: &World, calendar: Calendar) -> BTreeSet<String> {
    let mut world = world.clone();
    world.scope.calendar = calendar;
    let service = world.service();
    explore_all(&world, &service).iter().flat_map(|state| facts(&service, state)).collect()
}

/// One of two people looks the other up and writes, for two retention periods.
fn corresponding() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2), (Bob, Alice, 1)], &[(Alice, Bob, 1)]);
    scope.horizon = Horizon::Retentions(4, 0);
    scope
}

/// An order that is extended, or rows that are preserved, until all of it has run out.
fn law() -> Scope {
    let mut scope = ordering();
    scope.menu.truncate(3);
    scope.horizon = Horizon::Retentions(7, 0);
    scope
}

fn worlds() -> Vec<World> {
    let orders = EnumSet::only(Capability::ProviderOrders);
    let investigator = EnumSet::only(Watcher::Investigator);
    let mut rare = law();
    rare.bounds.disclosures = 1;
    vec![
        World::of("corresponding", "imessage-2016", corresponding()).remembering(EnumSet::empty()),
        World::of("keeping", "imessage-2016", corresponding())
            .with(Capability::KeepBeyondWindow)
            .remembering(EnumSet::empty()),
        World::of("losing", "delivery-notice", texting()).remembering(Watcher::Alice),
        World::of("law", "imessage-2016", rare.clone()).with(orders).remembering(investigator),
        World::of("preserving", "imessage-2016", rare.clone())
            .with(Capability::RequestPreservation)
            .remembering(investigator),
        World::of("retaining", "imessage-2016", rare)
            .with(orders)
            .remembering(investigator)
            .designed(|design| design.legal.extension_of = ExtensionOf::Retention),
    ]
}

#[test]
fn larger_scalings_reach_the_same_facts() {
    for world in worlds().iter_mut() {
        if world.name == "losing" {
            world.scope.horizon = Horizon::Retentions(2, 0);
        }
        let smallest = reachable_facts(world, Calendar::Scaled(1));
        let larger = reachable_facts(world, Calendar::Scaled(2));
        assert_eq!(smallest.symmetric_difference(&larger).next(), None, "{}", world.name);
    }
}

#[test]
fn a_scaling_by_three_reaches_the_facts_that_a_scaling_by_two_does() {
    let mut scope = corresponding();
    scope.bounds.types = [1, 0, 0].into();
    scope.horizon = Horizon::Retentions(3, 0);
    let world = World::of("corresponding", "imessage-2016", scope).remembering(EnumSet::empty());
    let double = reachable_facts(&world, Calendar::Scaled(2));
    assert_eq!(double, reachable_facts(&world, Calendar::Scaled(3)));
}

#[test]
fn jumping_to_the_next_deadline_reaches_the_facts_that_waiting_does() {
    for world in worlds() {
        for count in [1, 2] {
            let daily = reachable_facts(&world, Calendar::Scaled(count));
            let jumping = reachable_facts(&world, Calendar::ScaledByDeadlines(count));
            let difference: Vec<_> = daily.symmetric_difference(&jumping).collect();
            assert!(difference.is_empty(), "{} at {count}: {difference:?}", world.name);
        }
    }
}

#[test]
fn a_retention_breach_is_reached_in_every_calendar_or_in_none() {
    let calendars =
        [Calendar::Scaled(1), Calendar::Scaled(2), Calendar::Scaled(3), Calendar::ScaledByDeadlines(2)];
    for (flaw, breached) in [(None, false), (Some(Flaw::PurgeOneDayLate), true)] {
        let mut world =
            World::of("corresponding", "imessage-2016", corresponding()).remembering(EnumSet::empty());
        world.scope.bounds.types = [1, 0, 0].into();
        world.scope.horizon = Horizon::Retentions(2, 0);
        world.setup.flaw = flaw;
        for calendar in calendars {
            let late = reachable_facts(&world, calendar).contains("log 0: Lookup Greater its retention");
            assert_eq!(late, breached, "{flaw:?} in {calendar:?}");
        }
    }
}

/// Of each event, per pair: whether some view of the query log shows that it happened, and that it did not.
fn knowledge(world: &World, event: Event) -> (u8, u8) {
    let service = world.service();
    let mut classes: BTreeMap<View, (u8, u8)> = BTreeMap::new();
    for state in &explore_all(world, &service) {
        let bits = pairs_of(event, state);
        let class = classes.entry(service.view_of(Observer::Log(0), state)).or_insert((u8::MAX, u8::MAX));
        *class = (class.0 & bits, class.1 & !bits);
    }
    classes.values().fold((0, 0), |known, class| (known.0 | class.0, known.1 | class.1))
}

#[test]
fn larger_scalings_let_the_query_logs_reader_know_the_same() {
    for design in ["imessage-2016", "lookup-on-send"] {
        let mut scope = corresponding();
        scope.horizon = Horizon::Retentions(2, 0);
        let mut world = World::of("corresponding", design, scope).remembering(EnumSet::empty());
        for event in [Event::Attempted, Event::Communicated] {
            let mut at = |count| {
                world.scope.calendar = Calendar::Scaled(count);
                knowledge(&world, event)
            };
            let smallest = at(1);
            assert_eq!(smallest, at(2), "{design}: {event:?}");
            assert_eq!(smallest, at(3), "{design}: {event:?}");
        }
    }
}

/// Every way to fill so many places with counts up to `longest`.
fn assignments(places: usize, longest: u8) -> Vec<Vec<u8>> {
    (0..places).fold(vec![Vec::new()], |all, _| {
        let longer = |head: &Vec<u8>| {
            let head = head.clone();
            (1..=longest).map(move |next| head.iter().copied().chain([next]).collect())
        };
        all.iter().flat_map(longer).collect()
    })
}

/// Whether sums of up to three periods compare alike, said by the sums' coefficients.
fn order_is_kept(real: &[u16], small: &[u8]) -> bool {
    let mut weights = vec![vec![]];
    for _ in real {
        let longer = |head: &Vec<u32>| {
            let head = head.clone();
            (0..=3).map(move |next| head.iter().copied().chain([next]).collect::<Vec<u32>>())
        };
        weights = weights.iter().flat_map(longer).filter(|all| all.iter().sum::<u32>() <= 3).collect();
    }
    let real_sum = |by: &[u32]| by.iter().zip(real).map(|(n, &days)| n * u32::from(days)).sum::<u32>();
    let small_sum = |by: &[u32]| by.iter().zip(small).map(|(n, &days)| n * u32::from(days)).sum::<u32>();
    let compare = |left: &[u32], right: &[u32]| -> (Ordering, Ordering) {
        (real_sum(left).cmp(&real_sum(right)), small_sum(left).cmp(&small_sum(right)))
    };
    weights.iter().all(|left| {
        weights.iter().all(|right| {
            let (real, small) = compare(left, right);
            real == small
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scaling_is_faithful_keeps_nothing_nothing_and_goes_no_lower_than_asked(
        periods in proptest::collection::vec(0_u16..=120, 0..=4),
        smallest in 1_u8..=3,
    ) {
        if let Some(counts) = scaled(&periods, smallest) {
            prop_assert_eq!(counts.len(), periods.len());
            prop_assert!(order_is_kept(&periods, &counts));
            for (&days, &count) in periods.iter().zip(&counts) {
                prop_assert_eq!(days == 0, count == 0);
                prop_assert!(count == 0 || count >= smallest);
            }
        }
    }

    #[test]
    fn no_scaling_ends_sooner(
        periods in proptest::collection::btree_set(1_u16..=90, 1..=3),
        smallest in 1_u8..=2,
    ) {
        let periods: Vec<u16> = periods.into_iter().collect();
        let least = scaled(&periods, smallest).map_or(13, |counts| counts.into_iter().max().unwrap_or(0));
        let within = assignments(periods.len(), least.min(13) - 1);
        let better = within.iter().find(|counts| {
            counts.iter().all(|&count| count >= smallest) && order_is_kept(&periods, counts)
        });
        prop_assert_eq!(better, None);
    }

    #[test]
    fn faithfulness_is_the_order_of_the_sums(
        periods in proptest::collection::vec(1_u16..=20, 1..=3),
        counts in proptest::collection::vec(1_u8..=20, 3),
    ) {
        let counts = &counts[..periods.len()];
        prop_assert_eq!(faithful(&periods, counts), order_is_kept(&periods, counts));
    }

    #[test]
    fn proportional_counts_are_always_faithful(
        counts in proptest::collection::vec(1_u8..=12, 1..=4),
        factor in 1_u16..=20,
    ) {
        let periods: Vec<u16> = counts.iter().map(|&count| u16::from(count) * factor).collect();
        prop_assert!(faithful(&periods, &counts));
        prop_assert!(scaled(&periods, 1).is_some());
    }
}
