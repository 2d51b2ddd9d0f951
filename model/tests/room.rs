//! **A list of the state that is full says so, and a search that meets such a state concludes nothing.**
//!
//! Every array of the state either has a place for all that there is, or ends somewhere. What does not fit must not be
//! left out in silence: a fifth message that cannot be sent is no fact about the service.

mod support;

use enumset::EnumSet;
use mailcover_checker::Epistemic;
use mailcover_model::action::{Action, Point, Signer};
use mailcover_model::design::{Capability, Covers, Holder, OrderKind};
use mailcover_model::row::{Kind, Party};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::{Service, SetupError};
use mailcover_model::slice::Part;
use mailcover_model::state::{
    FORGED_BODY, LOG_CAPACITY, MEMORY_CAPACITY, MESSAGE_CAPACITY, ORDER_CAPACITY, Order, Room, State,
};
use mailcover_model::view::{Observer, Watcher};
use mailcover_model::world::{Address, User};
use std::sync::Arc;
use support::acts::{BOBS, PHONE, TABLET, TURN, delivers, run, sends, types, writes};
use support::families::pen_register;
use support::{Alice, Bob, World, towards};

#[test]
fn a_state_takes_256_bytes_at_most() {
    assert!(size_of::<State>() <= 256, "{} bytes", size_of::<State>());
}

/// More of everything than a state has room for.
fn plenty() -> Scope {
    let mut scope = Scope::of(PHONE | TABLET | BOBS);
    scope.bounds.types = [9; 3].into();
    scope.bounds.registrations = 20;
    scope.bounds.injections = 9;
    scope.bounds.keys = 1;
    scope.bounds.applications = 9;
    scope.bounds.disclosures = 20;
    scope.bounds.requests = 9;
    towards(&mut scope.bounds, &[(Alice, Bob, 3), (Bob, Alice, 3)], &[(Alice, Bob, 3), (Bob, Alice, 3)]);
    scope.horizon = Horizon::Endless;
    scope
}

fn service(remember: impl Into<EnumSet<Watcher>>) -> Service {
    World::of("plenty", "imessage-2016", plenty()).remembering(remember).with(EnumSet::all()).service()
}

/// Requires that the action is possible, outgrows just this list, and ends the run there.
fn outgrows(service: &Service, state: &State, action: Action, room: Room) {
    let next = service.step(state, action).unwrap_or_else(|| panic!("{action:?} is disabled in silence"));
    assert_eq!(next.outgrown, EnumSet::only(room), "{action:?}");
    assert!(service.cut(&next), "nothing may be concluded from there being nothing after {action:?}");
    assert!(service.all_actions().iter().all(|&after| service.step(&next, after).is_none()));
    let why = Room::why(next.outgrown);
    assert!(why.contains(&room.holds()), "{why}");
}

/// As many messages as there is room for, and drafts for one more from the phone and the tablet.
fn full_of_messages(service: &Service) -> State {
    let there = writes(PHONE, Address::Bob);
    let back = writes(BOBS, Address::Alice);
    let all = [there, back, there, back, there, back].concat();
    run(service, &[&all[..2 * MESSAGE_CAPACITY], &[types(PHONE, Address::Bob)]].concat())
}

#[test]
fn a_message_too_many_is_noticed_however_it_goes() {
    let service = service(EnumSet::empty());
    let full = full_of_messages(&service);
    assert_eq!(full.messages().count(), MESSAGE_CAPACITY);
    outgrows(&service, &full, sends(PHONE, Address::Bob), Room::Messages);
    let forged = Action::Inject {
        device: BOBS,
        claimed: Alice,
        body: FORGED_BODY,
        signer: Signer::Adversary,
        through: Point::Push,
    };
    outgrows(&service, &full, forged, Room::Messages);
}

#[test]
fn a_text_too_many_and_one_that_cannot_be_sent_are_noticed() {
    let service = service(EnumSet::empty());
    for device in [PHONE, TABLET] {
        let gone = run(&service, &[Action::Deregister { device: BOBS }]);
        let mut state = gone;
        for action in [writes(device, Address::Bob); 3].concat() {
            state = service.step(&state, action).unwrap_or_else(|| panic!("{action:?} is disabled"));
        }
        for action in [types(BOBS, Address::Alice), sends(BOBS, Address::Alice), types(BOBS, Address::Alice)]
        {
            state = service.step(&state, action).unwrap_or_else(|| panic!("{action:?} is disabled"));
        }
        assert_eq!(state.messages().count(), MESSAGE_CAPACITY, "{device:?}");
        outgrows(&service, &state, sends(BOBS, Address::Alice), Room::Messages);
    }
}

#[test]
fn a_message_that_is_sent_after_one_was_injected_can_be_delivered() {
    let mut scope = plenty();
    scope.bounds.injections = 1;
    towards(&mut scope.bounds, &[], &[(Alice, Bob, 1), (Bob, Alice, 0)]);
    let service = World::of("one of each", "imessage-2016", scope).with(Capability::Inject).service();
    let forged = Action::Inject {
        device: BOBS,
        claimed: Alice,
        body: FORGED_BODY,
        signer: Signer::Adversary,
        through: Point::Push,
    };
    let sent = [&[forged], writes(PHONE, Address::Bob).as_slice()].concat();
    let delivered = run(&service, &[sent.as_slice(), &[delivers(1, BOBS)]].concat());
    assert_eq!(delivered.message(1).received(), BOBS.bit());
}

/// Bob's phone leaves the directory and comes back, over and over, as often as this.
fn comings_and_goings(times: usize) -> Vec<Action> {
    let both = [Action::Deregister { device: BOBS }, Action::Register { device: BOBS }];
    both.into_iter().cycle().take(times).collect()
}

#[test]
fn a_row_too_many_is_noticed_in_the_logs_and_in_the_memory() {
    let logged = World::of("logged", "imessage-2016", plenty())
        .remembering(EnumSet::empty())
        .designed(|design| design.logs[0].on = Kind::Registered | Kind::Deregistered);
    let mut seen = World::of("seen", "imessage-2016", plenty()).remembering(Watcher::ProviderLive);
    seen.setup.slice.parts.remove(Part::Logs);
    for (world, room, capacity) in [(logged, Room::Logs, LOG_CAPACITY), (seen, Room::Memory, MEMORY_CAPACITY)]
    {
        let service = world.service();
        let full = run(&service, &comings_and_goings(capacity));
        let next = comings_and_goings(capacity + 1)[capacity];
        outgrows(&service, &full, next, room);
    }
}

#[test]
fn a_row_too_many_is_noticed_when_it_is_disclosed() {
    let service = service(Watcher::Investigator);
    let asks = Action::Preserve { user: Alice };
    let discloses = Action::DiscloseWithoutOrder { user: Alice };
    let renewed = [asks, asks];
    let until_full = MEMORY_CAPACITY - renewed.len() - 1;
    let empty = vec![Action::DiscloseWithoutOrder { user: Bob }; until_full];
    let full_but_one = run(&service, &[&[types(PHONE, Address::Bob)], renewed.as_slice(), &empty].concat());
    assert_eq!(full_but_one.memory.as_slice().len(), MEMORY_CAPACITY - 1);
    outgrows(&service, &full_but_one, discloses, Room::Memory);
}

/// Applications that are all in order, and all for something else.
fn sound_pleas() -> Vec<Plea> {
    let both = |plea: Plea| [plea, Plea { target: Some(Bob), ..plea }];
    let held = Plea { kind: OrderKind::RecordsOrder, runs: Span::Nothing, ..pen_register(Holder::Provider) };
    [both(pen_register(Holder::Provider)), both(pen_register(Holder::Carrier)), both(held)].concat()
}

fn applying() -> (Service, Vec<Action>) {
    let mut scope = plenty();
    scope.menu = sound_pleas();
    let service = World::of("applying", "imessage-2016", scope)
        .remembering(Watcher::Investigator)
        .with(EnumSet::all())
        .service();
    let applies = service.all_actions().iter().filter(|action| matches!(action, Action::Apply { .. }));
    let applies = applies.copied().collect();
    (service, applies)
}

#[test]
fn an_order_too_many_is_noticed() {
    let (service, applies) = applying();
    let full = run(&service, &applies[..ORDER_CAPACITY]);
    assert_eq!(full.orders().len(), ORDER_CAPACITY);
    assert!(full.orders().iter().all(Order::running));
    outgrows(&service, &full, applies[ORDER_CAPACITY], Room::Orders);
}

#[test]
fn several_orders_run_side_by_side_and_each_is_served_and_extended_by_its_number() {
    let (service, applies) = applying();
    let state = run(&service, &[applies.as_slice()[..4].to_vec(), vec![types(PHONE, Address::Bob)]].concat());
    let about: Vec<_> = state.orders().iter().map(|order| (order.at(), order.target())).collect();
    let [provider, carrier] = Holder::ALL;
    assert_eq!(
        about,
        [(provider, Some(Alice)), (provider, Some(Bob)), (carrier, Some(Alice)), (carrier, Some(Bob))]
    );
    let disclosed = |order| {
        let next = service.step(&state, Action::Disclose { by: provider, order })?;
        let seen: Vec<_> = service.remembered(Observer::Investigator, &next).skip(4).collect();
        Some((seen[0].found() as u8, seen.iter().filter(|row| row.disclosed()).count()))
    };
    assert_eq!(disclosed(0), Some((0, 1)), "Alice's lookup is about Alice");
    assert_eq!(disclosed(1), Some((1, 0)), "and not about Bob");
    assert_eq!(disclosed(2), None, "that order is the carrier's");
    let longer = service.step(&state, Action::Extend { at: carrier, order: 2 }).expect("it runs");
    let extended: Vec<u8> = longer.orders().iter().map(|order| order.extended()).collect();
    assert_eq!(extended, [0, 0, 1, 0]);
    assert_eq!(service.step(&state, Action::Extend { at: provider, order: 2 }), None);
}

#[test]
fn an_order_is_not_applied_for_twice_while_it_runs_and_may_be_when_it_has_ended() {
    let (service, applies) = applying();
    let mut state = run(&service, &applies[..1]);
    assert_eq!(service.step(&state, applies[0]), None, "the court would extend it");
    while state.orders()[0].running() {
        state = service.step(&state, TURN).expect("the day can turn");
    }
    let again = service.step(&state, applies[0]).expect("there is room for more");
    let running: Vec<bool> = again.orders().iter().map(|order| order.running()).collect();
    assert_eq!(running, [false, true]);
    let serve = |order| service.step(&again, Action::Disclose { by: Holder::Provider, order }).is_some();
    assert_eq!([serve(0), serve(1)], [false, true]);
}

/// Requests to preserve what there is about two users who looked each other up, where a request about a user also names
/// rows in which the user was looked up.
fn both_preserved() -> (Service, State) {
    let world = World::of("preserving", "imessage-2016", plenty()).remembering(EnumSet::empty());
    let world = world.with(Capability::RequestPreservation);
    let service = world.designed(|design| design.legal.covers = Covers::Both).service();
    let asks = |user: User| Action::Preserve { user };
    let looked_up = [types(PHONE, Address::Bob), asks(Alice), TURN, asks(Bob)];
    let state = run(&service, &looked_up);
    (service, state)
}

#[test]
fn a_request_about_one_user_stands_beside_that_about_another() {
    let (service, mut state) = both_preserved();
    assert!(state.request(Alice).in_force() && state.request(Bob).in_force());
    let frozen = |state: &State, party| state.rows.as_slice()[0].frozen_for(party);
    assert!(frozen(&state, Party::Source) && frozen(&state, Party::Target));
    while state.request(Alice).in_force() {
        state = service.step(&state, TURN).expect("the day can turn");
    }
    assert!(state.request(Bob).in_force(), "it was made a day later");
    assert!(!frozen(&state, Party::Source) && frozen(&state, Party::Target), "the row is still named by it");
    state = service.step(&state, TURN).expect("the day can turn");
    assert!(!state.request(Bob).in_force());
    assert!(state.rows.as_slice().is_empty(), "nothing names the row any more, and its time is over");
}

#[test]
fn a_past_that_needs_more_room_is_refused_rather_than_left_out() {
    let mut scope = Scope::of(PHONE | BOBS);
    scope.menu = sound_pleas();
    scope.past_days = 1;
    scope.past.applications = ORDER_CAPACITY as u8 + 1;
    let World { design, scope, mut setup, .. } = World::of("past", "imessage-2016", scope);
    setup.powers = Capability::ProviderOrders | Capability::CarrierOrders;
    setup.remember = EnumSet::empty();
    let refused = Service::new(Arc::new(design), scope, setup).map(|service| service.pasts().len());
    assert_eq!(refused, Err(SetupError::Outgrown(Room::Orders.into())));
}
