//! **A number that is given up is another's from the next day on, and an order goes on with it or does not.**
//!
//! As in `guards.rs`: each case fails if the one condition that it is about is taken away.

mod support;

use mailcover_model::action::{Action, Application};
use mailcover_model::design::{Holder, Names, OrderKind};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Kind;
use mailcover_model::service::Service;
use mailcover_model::state::Order;
use mailcover_model::view::Observer;
use mailcover_model::world::Address;
use support::acts::{BOBS, PHONE, TURN, delivers, forbidden, kinds, last_step, news, run, sends, types};
use support::families::guarded;
use support::{Alice, Bob};

const GIVE_UP: Action = Action::GiveUp { user: Alice };
const ASK: Action = types(PHONE, Address::Bob);
const SERVE: Action = Action::Disclose { by: Holder::Provider, order: 0 };

fn service(design: &'static str, flaw: Option<Flaw>) -> Service {
    let mut world = guarded(design);
    world.setup.flaw = flaw;
    world.service()
}

/// The application that the scope has for a pen register on Alice, back to the beginning of the retention.
fn apply(service: &Service) -> Action {
    let right = |action: &&Action| {
        let Action::Apply { application: Application { kind, at, target, since, runs } } = action else {
            return false;
        };
        let (own, sound) = (service.periods().order, service.keep_days(0));
        (*kind, *at, *target) == (OrderKind::PenRegister, Holder::Provider, Some(Alice))
            && (*since, *runs) == (sound, own)
    };
    *service.all_actions().iter().find(right).expect("the menu has it")
}

/// How many rows the investigator is handed with the last of the actions.
fn handed(service: &Service, actions: &[Action]) -> usize {
    let [before, after] = last_step(service, actions);
    let seen = news(service, Observer::Investigator, [&before, &after]);
    seen.iter().filter(|row| row.disclosed()).count()
}

#[test]
fn an_order_goes_on_with_the_number_or_keeps_to_the_person() {
    let again = Action::Abandon { device: PHONE };
    let cases = |service: &Service| {
        let order = apply(service);
        [
            // Asked before the number is given up, and on its last day.
            handed(service, &[ASK, order, SERVE]),
            handed(service, &[order, GIVE_UP, ASK, SERVE]),
            handed(service, &[order, GIVE_UP, ASK, TURN, SERVE]),
            // Asked on the first day of whoever has it next; and once before and once after.
            handed(service, &[order, GIVE_UP, TURN, ASK, SERVE]),
            handed(service, &[order, ASK, again, GIVE_UP, TURN, types(PHONE, Address::BobMail), SERVE]),
            // The order is about whoever has it next, and about nobody who had it before.
            handed(service, &[GIVE_UP, TURN, order, ASK, SERVE]),
            handed(service, &[ASK, GIVE_UP, TURN, order, SERVE]),
        ]
    };
    assert_eq!(cases(&service("imessage-2016", None)), [1, 1, 1, 1, 2, 1, 1]);
    assert_eq!(cases(&service("orders-name-people", None)), [1, 1, 1, 0, 1, 1, 0]);
    let flaw = Some(Flaw::OrderFollowsTheNumber);
    assert_eq!(cases(&service("orders-name-people", flaw)), [1, 1, 1, 1, 2, 1, 1]);
}

#[test]
fn a_log_begun_under_an_order_is_kept_of_the_person_or_of_the_number() {
    let logged = |names, between: &[Action]| {
        let world = guarded("compelled-delivery-log").designed(|design| design.legal.order_names = names);
        let service = world.service();
        let writes =
            [types(BOBS, Address::Alice), sends(BOBS, Address::Alice), ASK, sends(PHONE, Address::Bob)];
        let order = [apply(&service)];
        let all = [&order, between, &writes, &[delivers(1, BOBS)]].concat();
        let state = run(&service, &all);
        state.rows.as_slice().iter().filter(|row| row.kind() == Kind::Delivered).count()
    };
    for names in [Names::Number, Names::Person] {
        assert_eq!(logged(names, &[]), 1, "{names:?}");
        assert_eq!(logged(names, &[GIVE_UP]), 1, "{names:?}: it is hers until the day ends");
    }
    assert_eq!(logged(Names::Number, &[GIVE_UP, TURN]), 1);
    assert_eq!(logged(Names::Person, &[GIVE_UP, TURN]), 0);
}

#[test]
fn whose_number_it_is_makes_no_difference_to_orders_about_others() {
    let service = service("orders-name-people", None);
    let about_bob = Order::granted(OrderKind::PenRegister, Holder::Provider, Some(Bob), 1, 2);
    let about_her = Order::granted(OrderKind::PenRegister, Holder::Provider, Some(Alice), 1, 2);
    let state = run(&service, &[ASK, GIVE_UP, TURN]);
    let row = state.rows.as_slice()[0];
    assert!(service.is_anothers(&state, &about_her, row));
    assert!(!service.is_anothers(&state, &about_bob, row));
    let kept = run(&service, &[ASK, TURN]);
    assert!(!service.is_anothers(&kept, &about_her, kept.rows.as_slice()[0]), "she has not given it up");
}

#[test]
fn a_number_is_given_up_once_by_whom_the_scope_says() {
    let service = service("imessage-2016", None);
    forbidden(&service, &[GIVE_UP, GIVE_UP]);
    forbidden(&service, &[GIVE_UP, TURN, GIVE_UP]);
    let bobs = Action::GiveUp { user: Bob };
    assert!(!service.all_actions().contains(&bobs));
    assert_eq!(service.step(&run(&service, &[]), bobs), None);
    let mut nobody = guarded("imessage-2016");
    nobody.scope.giving_up = None;
    let nobody = nobody.service();
    assert!(!nobody.all_actions().contains(&GIVE_UP));
    assert_eq!(nobody.step(&run(&nobody, &[]), GIVE_UP), None);
}

#[test]
fn giving_a_number_up_is_seen_by_its_owner_and_the_carrier() {
    let service = service("imessage-2016", None);
    let [before, after] = last_step(&service, &[GIVE_UP]);
    for eye in support::ALL_OBSERVERS {
        let seen = news(&service, eye, [&before, &after]);
        let shown = matches!(eye, Observer::Owner(Alice) | Observer::Carrier);
        assert_eq!(kinds(&seen), if shown { vec![Kind::GivenUp] } else { Vec::new() }, "{eye:?}");
    }
    assert_eq!(run(&service, &[TURN, TURN]).handed, 0, "days count from when it is given up");
    assert_eq!(run(&service, &[GIVE_UP, TURN, TURN]).handed, 2);
}
