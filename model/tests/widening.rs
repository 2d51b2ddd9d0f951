//! **A wider scope has all that the narrower one has, more of it, and nothing that the narrower one leaves out.**
//!
//! A bound of zero teaches as much as any other: who may not write, never wrote. So widening raises it where the same is
//! allowed to somebody else, in the past as in the run; what nobody may do stays impossible.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Rule;
use mailcover_model::scope::{Calendar, Horizon, Scope};
use mailcover_model::state::{Budget, Counts, Each, State};
use mailcover_model::widening::{NarrowerPast, Respect, Widening};
use mailcover_model::world::{Address, Device, User};
use stateright::Model;
use std::collections::BTreeSet;
use support::acts::{BOBS, PHONE};
use support::families::families;
use support::{Alice, Bob, Carol, World, towards};

fn owned() -> EnumSet<Device> {
    PHONE | BOBS | Device::CarolPhone
}

/// The bounds wider, between the owners of these devices, who have these addresses.
fn widened(
    bounds: &Budget,
    widening: Widening,
    devices: EnumSet<Device>,
    addresses: EnumSet<Address>,
) -> Budget {
    Scope { bounds: *bounds, addresses, ..Scope::of(devices) }.widened(widening).bounds
}

/// The bounds wider by one, between three users with a telephone each.
fn wider(bounds: &Budget) -> Budget {
    widened(bounds, Widening::everywhere(1), owned(), Address::Alice | Address::Bob | Address::Carol)
}

fn between(counts: &Counts<3>) -> Vec<(User, User, u8)> {
    let pairs = User::ALL.into_iter().flat_map(|from| User::ALL.map(|to| (from, to)));
    let counted = pairs.map(|(from, to)| (from, to, counts.get(from.index(), to.index())));
    counted.filter(|(.., count)| *count > 0).collect()
}

#[test]
fn who_may_not_act_may_where_another_may() {
    let bounds = Budget {
        types: [1, 0, 0].into(),
        picks: [0, 2, 0].into(),
        travels: [0, 0, 3].into(),
        ..Budget::default()
    };
    let wide = wider(&bounds);
    assert_eq!([wide.types, wide.picks, wide.travels], [[2, 1, 1], [1, 3, 1], [1, 1, 3]].map(Each::from));
    let bobs_alone = widened(&bounds, Widening::everywhere(1), PHONE | BOBS, Address::Alice | Address::Bob);
    assert_eq!(bobs_alone.types.counts(), [2, 1, 0], "Carol has no device");
}

#[test]
fn who_may_not_answer_may_and_a_pair_that_has_nothing_to_do_with_each_other_stays_so() {
    let mut bounds = Budget::default();
    towards(&mut bounds, &[(Alice, Bob, 2), (Carol, Alice, 1)], &[(Bob, Alice, 1)]);
    let wide = wider(&bounds);
    assert_eq!(
        between(&wide.lookups),
        [(Alice, Bob, 3), (Alice, Carol, 1), (Bob, Alice, 1), (Carol, Alice, 2)]
    );
    assert_eq!(between(&wide.sends), [(Alice, Bob, 1), (Bob, Alice, 2)]);
}

#[test]
fn of_several_addresses_those_of_the_scope_are_looked_up_in_answer() {
    let mut bounds = Budget::default();
    towards(&mut bounds, &[(Bob, Alice, 1)], &[]);
    let mail = |addresses: EnumSet<Address>| {
        let wide = widened(&bounds, Widening::everywhere(1), owned(), addresses);
        [Address::Bob, Address::BobMail].map(|address| wide.lookups.get(Alice.index(), address.index()))
    };
    assert_eq!(mail(Address::Alice | Address::Bob), [1, 0]);
    assert_eq!(mail(Address::Alice | Address::Bob | Address::BobMail), [1, 1]);
    bounds.lookups = Counts::default();
    bounds.lookups.set(Alice.index(), Address::BobMail.index(), 1);
    assert_eq!(between(&wider(&bounds).lookups), [(Bob, Alice, 1)], "an answer to the e-mail address");
}

#[test]
fn what_nobody_may_do_stays_impossible_and_no_count_passes_three() {
    assert_eq!(wider(&Budget::default()), Budget::default());
    let few = Budget { registrations: 1, keys: 2, disclosures: 3, ..Budget::default() };
    let wide = widened(&few, Widening::everywhere(2), owned(), EnumSet::all());
    assert_eq!(wide, Budget { registrations: 3, keys: 3, disclosures: 3, ..Budget::default() });
}

#[test]
fn whoever_may_call_may_call_again_and_be_called_back() {
    let mut bounds = Budget::default();
    bounds.calls.set(Alice, 1);
    let calls = |respect: Respect| {
        let widening = Widening { by: 1, respects: respect.into() };
        let wide = widened(&bounds, widening, owned(), EnumSet::all());
        wide.calls.counts()
    };
    assert_eq!((calls(Respect::Run), calls(Respect::Who)), ([2, 0, 0], [1, 1, 1]));
}

/// Alice knows Bob's keys from yesterday or does not.
fn acquainted(calendar: Calendar) -> Scope {
    let mut scope = Scope::of(PHONE | BOBS);
    scope.past_days = 1;
    scope.past.types = [1, 0, 0].into();
    towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    scope.bounds.types = [1, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 1)], &[]);
    scope.horizon = Horizon::Days(1);
    scope.calendar = calendar;
    scope
}

#[test]
fn the_past_grows_in_days_and_bounds_where_there_is_one() {
    let scope = acquainted(Calendar::Scaled(1));
    let wide = scope.widened(Widening::everywhere(1));
    assert_eq!((wide.past_days, wide.past.types.counts(), wide.horizon), (2, [2, 1, 0], Horizon::Days(2)));
    assert_eq!(between(&wide.past.lookups), [(Alice, Bob, 2), (Bob, Alice, 1)]);
    assert_eq!(wide.narrower, Some(NarrowerPast { days: 1, bounds: scope.past }));
    let by_deadlines = acquainted(Calendar::RealByDeadlines).widened(Widening::everywhere(1));
    assert_eq!((by_deadlines.past_days, by_deadlines.past.types.counts()), (1, [2, 1, 0]));
    let none =
        Scope { past_days: 0, past: Budget::default(), ..scope.clone() }.widened(Widening::everywhere(2));
    assert_eq!((none.past_days, none.past, none.narrower), (0, Budget::default(), None));
    assert_eq!(scope.widened(Widening::everywhere(0)), scope);
    assert_eq!((wide.devices, wide.registering, wide.menu), (scope.devices, scope.registering, scope.menu));
}

#[test]
fn a_scope_is_widened_in_the_respects_that_are_named_and_in_no_other() {
    let scope = acquainted(Calendar::Scaled(1));
    let only = |respect: Respect| scope.widened(Widening { by: 1, respects: respect.into() });
    let [run, past, who] = [Respect::Run, Respect::Past, Respect::Who].map(only);
    let types = |scope: &Scope| (scope.bounds.types.counts(), scope.past.types.counts());
    assert_eq!(
        [types(&run), types(&past), types(&who)],
        [([2, 0, 0], [1, 0, 0]), ([1, 0, 0], [2, 0, 0]), ([1, 1, 0], [1, 1, 0]),]
    );
    assert_eq!(
        [run.horizon, past.horizon, who.horizon],
        [Horizon::Days(2), Horizon::Days(1), Horizon::Days(1)]
    );
    assert_eq!([run.past_days, past.past_days, who.past_days], [1, 2, 1]);
    assert_eq!(
        [run.narrower.is_some(), past.narrower.is_some(), who.narrower.is_some()],
        [false, true, true]
    );
    assert_eq!(scope.widened(Widening { by: 1, respects: EnumSet::empty() }), scope);
}

/// What a state is besides the bounds that are left in it.
fn unbounded(mut state: State) -> State {
    state.budget = Budget::default();
    state
}

/// The states in which runs begin, apart from their bounds.
fn beginnings(world: &World) -> BTreeSet<State> {
    world.service().init_states().into_iter().map(unbounded).collect()
}

#[test]
fn the_pasts_of_the_narrower_scope_are_among_those_of_the_wider_and_are_told_from_the_others() {
    let scopes = [Calendar::Scaled(1), Calendar::Scaled(2), Calendar::RealByDeadlines].map(acquainted);
    for scope in scopes {
        for k in [1, 2] {
            let world =
                |scope: Scope| World::of("acquainted", "imessage-2016", scope).remembering(EnumSet::empty());
            let narrow = beginnings(&world(scope.clone()));
            let wide = beginnings(&world(scope.widened(Widening::everywhere(k))));
            let common: BTreeSet<State> = wide.iter().filter(|state| !state.widened_past).copied().collect();
            assert_eq!(common, narrow, "{:?} by {k}", scope.calendar);
            assert!(wide.len() > common.len(), "{:?} by {k} adds no past", scope.calendar);
        }
    }
}

#[test]
fn a_past_of_a_wider_scope_replays_to_the_beginning_that_it_leads_to() {
    let service = World::of(
        "acquainted",
        "imessage-2016",
        acquainted(Calendar::Scaled(1)).widened(Widening::everywhere(1)),
    )
    .service();
    for (state, past) in service.init_states().iter().zip(service.pasts()) {
        assert_eq!(service.replay(past, &[]), Ok(vec![*state]), "{past:?}");
    }
}

#[test]
fn a_wider_scope_lists_no_rule_that_the_narrower_one_does_not() {
    for world in families().into_iter().filter(|world| world.scope.past_days == 0) {
        let rules = |scope: Scope| -> EnumSet<Rule> {
            let service = World { scope, ..world.clone() }.service();
            service.all_actions().iter().map(|action| action.rule()).collect()
        };
        assert_eq!(
            rules(world.scope.widened(Widening::everywhere(2))),
            rules(world.scope.clone()),
            "{}",
            world.name
        );
    }
}
