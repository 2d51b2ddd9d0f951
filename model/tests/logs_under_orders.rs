//! **A log that is kept while ordered holds what concerns an account on which an order runs, and nothing else.**
//!
//! As in `guards.rs`: each case fails if the one condition that it is about is taken away.

mod support;

use mailcover_model::action::Action;
use mailcover_model::design::library::Shipped;
use mailcover_model::design::{Covers, Design, Holder, OrderKind, read};
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::{Plea, Span};
use mailcover_model::service::Service;
use mailcover_model::world::{Address, User};
use support::acts::{BOBS, PHONE, TURN, delivers, run, writes};
use support::families::{guarded, pen_register};
use support::{Alice, Bob};

/// The number of the log of deliveries.
const DELIVERIES: usize = 2;

/// A world with one plea, and the application that it comes to.
fn pleading(plea: Plea, flaw: Option<Flaw>, change: impl FnOnce(&mut Design)) -> (Service, Action) {
    let mut world = guarded("compelled-delivery-log").designed(change);
    world.scope.menu = vec![plea];
    world.setup.flaw = flaw;
    let service = world.service();
    let applies = service.all_actions().iter().find(|action| matches!(action, Action::Apply { .. }));
    let applies = *applies.expect("the plea is an action");
    (service, applies)
}

/// Whose deliveries are in the log, in its order.
fn logged(service: &Service, actions: &[Action]) -> Vec<Option<User>> {
    let state = run(service, actions);
    let rows = state.rows.as_slice().iter().filter(|row| row.index() == DELIVERIES);
    rows.map(|row| row.source()).collect()
}

/// Alice writes to Bob, and he to her; this happens in between.
fn each_way(between: &[Action]) -> Vec<Action> {
    let [alice, bob] = [writes(PHONE, Address::Bob), writes(BOBS, Address::Alice)];
    [&alice, between, &[delivers(0, BOBS)], &bob, &[delivers(1, PHONE)]].concat()
}

#[test]
fn it_begins_with_the_order_and_holds_the_targets_deliveries_alone() {
    let (service, applies) = pleading(pen_register(Holder::Provider), None, |_| {});
    assert_eq!(logged(&service, &each_way(&[])), [], "no order runs");
    assert_eq!(logged(&service, &each_way(&[applies])), [Some(Alice)]);
    let late = [each_way(&[]), vec![applies]].concat();
    assert_eq!(logged(&service, &late), [], "what was delivered before is not written down afterwards");
}

#[test]
fn it_holds_what_the_law_says_that_an_order_on_somebody_covers() {
    let covering = |covers, about| {
        let plea = Plea { target: Some(about), ..pen_register(Holder::Provider) };
        let (service, applies) = pleading(plea, None, |design| design.legal.covers = covers);
        logged(&service, &each_way(&[applies]))
    };
    assert_eq!(covering(Covers::Source, Bob), [Some(Bob)]);
    assert_eq!(covering(Covers::Both, Bob), [Some(Alice), Some(Bob)]);
}

#[test]
fn it_ends_with_the_order() {
    let today = Plea { since: Span::Nothing, ..pen_register(Holder::Provider) };
    let (service, applies) = pleading(today, None, |_| {});
    let days = |count: u8| vec![TURN; usize::from(count)];
    let after = |count| {
        let before = [vec![applies], days(count)].concat();
        logged(&service, &[before, each_way(&[])].concat())
    };
    let runs = service.periods().order;
    assert_eq!((after(runs), after(runs + 1)), (vec![Some(Alice)], vec![]));
}

#[test]
fn only_an_order_that_it_yields_to_at_its_holder_begins_it() {
    let held = Plea { kind: OrderKind::RecordsOrder, runs: Span::Nothing, ..pen_register(Holder::Provider) };
    let cases =
        [(held, 1), (Plea { kind: OrderKind::Warrant, ..held }, 1), (pen_register(Holder::Carrier), 0)];
    for (plea, rows) in cases {
        let (service, applies) = pleading(plea, None, |_| {});
        assert_eq!(logged(&service, &each_way(&[applies])).len(), rows, "{plea:?}");
    }
    let (service, applies) = pleading(held, None, |design| {
        design.logs[DELIVERIES].yields_to = OrderKind::Warrant.into();
    });
    assert_eq!(logged(&service, &each_way(&[applies])), [], "another log yields to it");
}

#[test]
fn an_application_that_is_refused_begins_nothing() {
    let everybody = Plea { target: None, ..pen_register(Holder::Provider) };
    let (service, applies) = pleading(everybody, None, |_| {});
    assert_eq!(logged(&service, &each_way(&[applies])), []);
}

#[test]
fn by_mistake_it_is_kept_of_everybody_and_still_not_before_any_order() {
    let flaw = Some(Flaw::LogBegunForEverybody);
    let (service, applies) = pleading(pen_register(Holder::Provider), flaw, |_| {});
    assert_eq!(logged(&service, &each_way(&[applies])), [Some(Alice), Some(Bob)]);
    assert_eq!(logged(&service, &each_way(&[])), []);
}

#[test]
fn other_logs_are_kept_at_all_times() {
    let (service, _) = pleading(pen_register(Holder::Provider), None, |design| {
        design.logs[DELIVERIES].while_ordered = false;
    });
    assert_eq!(logged(&service, &each_way(&[])), [Some(Alice), Some(Bob)]);
}

#[test]
fn a_log_that_no_order_could_begin_is_refused() {
    let text = "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"Mine.\"\n[[log]]\nname = \"delivery\"\n\
                on = [\"delivered\"]\nfields = [\"day\"]\nwhile_ordered = true\n";
    let read = |text: &str| read::read(text, "mine.toml", &Shipped, &read::Vocabulary::default());
    let error = read(text).expect_err("it yields to nothing").to_string();
    assert!(error.starts_with("mine.toml:9:"), "{error}");
    assert!(error.contains("it yields to none"), "{error}");
    assert!(read(&format!("{text}yields_to = [\"subpoena\"]\n")).is_ok());
}
