//! **Atoms say of a state what is the case, and attribute nothing that is not recorded.**
//!
//! An atom is computed anew from what happened. Here it meets states that the rules would not make, so that an atom that
//! takes the model's word for something is found out; and logs that leave out what an atom would like to know.

use User::{Alice, Bob, Carol};
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{Capability, Covers, Design, Holder, Log, OrderKind, library};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Party};
use mailcover_model::scope::{Horizon, Plea, Scope, Span};
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::{Part, Slice};
use mailcover_model::state::{MessageKind, Preservation, State};
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, Pair, User};
use mailcover_properties::atoms::{
    disclosures_within_orders, log_has_row_about, message_is_old, message_received, message_sent,
    platform_content_unknown, preserved_beyond_retention, reached_before_any_order, row_from_away,
    rows_within_retention, saw, something_seen,
};
use mailcover_properties::fact::Fact;
use mailcover_tests::warrant::apply;
use std::sync::Arc;

const TURN: Action = Action::Turn { keep: false };
const QUERY: usize = 0;

/// Everybody has a telephone, may travel, and may look everybody up; Alice is whom orders are about.
fn scope() -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [3; 3].into();
    scope.bounds.travels = [1; 3].into();
    scope.bounds.registrations = 1;
    for pair in Pair::ALL {
        scope.bounds.lookups.set(pair.from.index(), pair.to.address().index(), 2);
        scope.bounds.sends.set(pair.from.index(), pair.to.index(), 1);
    }
    scope.bounds.applications = 1;
    scope.bounds.disclosures = 1;
    scope.bounds.requests = 2;
    scope.places = true;
    let (since, runs) = (Span::Retention, Span::Order);
    scope.menu =
        vec![Plea { kind: OrderKind::PenRegister, at: Holder::Provider, target: Some(Alice), since, runs }];
    scope.horizon = Horizon::Retentions(3, 1);
    scope
}

fn service(change: impl FnOnce(&mut Design), flaw: Option<Flaw>) -> Service {
    let mut design = library::load("imessage-2016").unwrap_or_else(|error| panic!("{error}"));
    change(&mut design);
    let (all, slice) = (EnumSet::all(), Slice::whole());
    let powers = all - Capability::KeepBeyondWindow;
    let setup = Setup { powers, remember: EnumSet::all(), track: EnumSet::all(), slice, flaw };
    Service::new(Arc::new(design), scope(), setup).unwrap_or_else(|error| panic!("{error}"))
}

/// A query log that does not say who asked.
fn nameless(design: &mut Design) {
    design.logs[QUERY].fields.remove(Field::Source);
}

fn run(service: &Service, actions: &[Action]) -> State {
    let states = service.replay(&[], actions).unwrap_or_else(|at| panic!("{:?} is disabled", actions[at]));
    states[states.len() - 1]
}

fn types(user: User, address: Address) -> Action {
    Action::Type { device: user.phone(), address }
}

fn about(from: User, to: User) -> Fact {
    log_has_row_about(QUERY, Log::QUERY, Pair { from, to })
}

#[test]
fn a_row_is_about_the_pair_that_it_names_and_about_none_that_it_does_not() {
    let asked = [types(Carol, Address::Bob)];
    let named = service(|_| {}, None);
    let state = run(&named, &asked);
    assert!(about(Carol, Bob).holds(&named, &state) && !about(Alice, Bob).holds(&named, &state));
    let unnamed = service(nameless, None);
    let state = run(&unnamed, &asked);
    assert_eq!(state.rows.as_slice().len(), 1);
    for from in [Alice, Carol] {
        assert!(!about(from, Bob).holds(&unnamed, &state), "the row does not say that {from:?} asked");
    }
}

#[test]
fn a_row_from_away_is_nobodys_where_the_log_does_not_say_whose() {
    for user in [Alice, Bob] {
        let asked = [Action::Travel { user, with: user.phone().into() }, types(user, Address::Carol)];
        let named = service(|_| {}, None);
        assert!(row_from_away(user).holds(&named, &run(&named, &asked)), "{user:?}");
        let unnamed = service(nameless, None);
        assert!(!row_from_away(Alice).holds(&unnamed, &run(&unnamed, &asked)), "{user:?}");
    }
}

#[test]
fn a_disclosed_row_that_does_not_say_whose_it_is_is_within_nobodys_order() {
    let within = |change: fn(&mut Design), user: User| {
        let service = service(change, Some(Flaw::DisclosureIgnoresTarget));
        let apply = apply(&service);
        let serve = Action::Disclose { by: Holder::Provider, order: 0 };
        let state = run(&service, &[types(user, Address::Carol), apply, serve]);
        let disclosed = service.remembered(Observer::Investigator, &state).filter(|row| row.disclosed());
        assert_eq!(disclosed.count(), 1, "the flaw hands everything over");
        disclosures_within_orders().holds(&service, &state)
    };
    assert!(within(|_| {}, Alice));
    assert!(!within(|_| {}, Bob), "the order is about Alice");
    assert!(!within(nameless, Bob), "nothing in the row says that it is Alice's");
}

/// Rows about somebody are also those of whoever asked about that somebody, if the law counts both sides.
#[test]
fn a_row_is_within_the_order_about_whoever_it_names_if_the_law_covers_both_sides() {
    let within = |covers: Covers, asker: User, asked: Address| {
        let service = service(|design| design.legal.covers = covers, Some(Flaw::DisclosureIgnoresTarget));
        let apply = apply(&service);
        let serve = Action::Disclose { by: Holder::Provider, order: 0 };
        let state = run(&service, &[types(asker, asked), apply, serve]);
        disclosures_within_orders().holds(&service, &state)
    };
    let (both, source) = (Covers::Both, Covers::Source);
    assert!(within(both, Alice, Address::Bob) && within(source, Alice, Address::Bob));
    assert!(within(both, Bob, Address::Alice) && !within(source, Bob, Address::Alice));
    assert!(!within(both, Bob, Address::Carol) && !within(source, Bob, Address::Carol));
}

#[test]
fn what_somebody_saw_is_of_the_kind_that_is_asked_about() {
    let service = service(|_| {}, None);
    let apply = apply(&service);
    let serve = Action::Disclose { by: Holder::Provider, order: 0 };
    let seen = |actions: &[Action]| {
        let state = run(&service, actions);
        let of = |kind| saw(Observer::Investigator, kind, "it was seen").holds(&service, &state);
        (of(Kind::Granted), of(Kind::Disclosed))
    };
    assert_eq!(seen(&[]), (false, false));
    assert_eq!(seen(&[apply]), (true, false));
    assert_eq!(seen(&[apply, serve]), (true, true));
}

/// A row of Alice's, a request to preserve it, a row of Bob's, and enough days for both to be over.
fn preserved() -> (Service, State, State) {
    let service = service(|design| design.legal.preservation_days = 90, None);
    let before = run(&service, &[types(Alice, Address::Bob), Action::Preserve { user: Alice }]);
    let days = usize::from(service.keep_days(QUERY)) + 1;
    let asked =
        [types(Alice, Address::Bob), Action::Preserve { user: Alice }, TURN, types(Bob, Address::Alice)];
    let after = run(&service, &[asked.as_slice(), &vec![TURN; days]].concat());
    (service, before, after)
}

#[test]
fn a_row_outlives_its_retention_only_by_a_request_in_force_that_names_it() {
    let (service, before, after) = preserved();
    let judged = |state: &State| {
        (rows_within_retention().holds(&service, state), preserved_beyond_retention().holds(&service, state))
    };
    assert_eq!(judged(&before), (true, false), "nothing is old yet");
    assert_eq!(judged(&after), (true, true), "the request names the row");
    assert_eq!(after.rows.as_slice().len(), 1);

    let tampered = |change: &dyn Fn(&mut State)| {
        let mut state = after;
        change(&mut state);
        assert!(state.rows.as_slice()[0].frozen(), "the mark says that the row may stay");
        judged(&state)
    };
    let wrong = (false, false);
    assert_eq!(tampered(&|state| state.requests = [Preservation::default(); 3]), wrong, "no request");
    assert_eq!(tampered(&|state| state.requests.swap(0, 1)), wrong, "a request about Bob");
    assert_eq!(tampered(&|state| state.requests[0].made = u8::MAX), wrong, "a request older than the row");
    assert_eq!(tampered(&|state| state.requests[0].age = u8::MAX), wrong, "a request that has run out");
    let carriers = |state: &mut State| state.rows.as_mut_slice()[0] = state.rows.as_slice()[0].indexed(1);
    assert_eq!(tampered(&carriers), (true, false), "the carrier keeps its rows for good");
    let someone_elses = |state: &mut State| state.rows.as_mut_slice()[0] = state.rows.as_slice()[0].from(Bob);
    assert_eq!(tampered(&someone_elses), wrong, "a row of Bob's");
}

#[test]
fn a_row_that_is_named_needs_no_mark_to_be_within_the_law() {
    let (service, _, mut state) = preserved();
    let row = &mut state.rows.as_mut_slice()[0];
    *row = row.freeze_for(Party::Source, false);
    assert!(rows_within_retention().holds(&service, &state), "the request decides, and not the mark");
}

#[test]
fn what_the_providers_stores_hold_is_what_the_provider_keeps() {
    let service = service(|_| {}, None);
    let seen = something_seen(vec![Observer::ProviderStore], false);
    let gone = [Action::Deregister { device: Device::BobPhone }, types(Alice, Address::Bob)];
    let texted =
        [gone.as_slice(), &[Action::Send { device: Device::AlicePhone, address: Address::Bob }]].concat();
    let mut state = run(&service, &texted);
    assert!(seen.holds(&service, &state), "the lookup stands in the query log");
    state.rows.retain(|row| row.kind() == Kind::SmsSent);
    assert_eq!(state.rows.as_slice().len(), 1, "the carrier has a record of the SMS");
    assert!(!seen.holds(&service, &state), "that record is not the provider's");
    assert!(something_seen(vec![Observer::Log(1)], false).holds(&service, &state));
    assert!(!seen.holds(&service, &run(&service, &[])));
}

#[test]
fn a_message_is_old_once_it_was_received_longer_ago_than_lookups_are_logged_for() {
    let service = service(|_| {}, None);
    let days = service.recent_days().unwrap_or_else(|| panic!("the query log forgets"));
    let written =
        [types(Alice, Address::Bob), Action::Send { device: Device::AlicePhone, address: Address::Bob }];
    let delivers = Action::Deliver { message: 0, device: Device::BobPhone };
    let received = [written.as_slice(), &[delivers]].concat();
    let old = |actions: &[Action], heard: u8| {
        let mut state = run(&service, actions);
        state.message_mut(0).heard = heard;
        message_is_old().holds(&service, &state)
    };
    assert!(old(&received, days + 1) && !old(&received, days));
    assert!(!old(&written, days + 1), "nobody has received it");
}

#[test]
fn a_message_came_before_any_order_if_it_was_received_on_a_day_before_the_first_about_either() {
    let service = service(|_| {}, None);
    let texts = Action::Send { device: Device::AlicePhone, address: Address::Bob };
    let sends = |phones: Device, gone: bool| {
        let gone = gone.then_some(Action::Deregister { device: phones });
        [gone.as_slice(), &[types(Alice, Address::Bob), texts]].concat()
    };
    let delivers = [Action::Deliver { message: 0, device: Device::BobPhone }];
    let apply = [apply(&service)];
    let came = |from: User, to: User, actions: &[&[Action]], heard: u8| {
        let mut state = run(&service, &actions.concat());
        state.message_mut(0).heard = heard;
        reached_before_any_order(Pair { from, to }).holds(&service, &state)
    };
    let (sent, texted) = (sends(Device::BobPhone, false), sends(Device::BobPhone, true));
    assert!(came(Alice, Bob, &[&sent, &delivers, &apply], 1));
    assert!(!came(Alice, Bob, &[&sent, &delivers, &apply], 0), "on the day of the order");
    assert!(!came(Alice, Bob, &[&sent, &delivers], 1), "no order");
    assert!(!came(Alice, Bob, &[&sent, &apply], 1), "not received");
    assert!(!came(Alice, Bob, &[&texted, &apply], 1), "an SMS");
    assert!(!came(Alice, Carol, &[&sent, &delivers, &apply], 1), "somebody else's");
    assert!(!came(Bob, Alice, &[&sent, &delivers, &apply], 1), "the other way");
    assert!(
        !came(Carol, Bob, &[&sent, &delivers, &apply], 1),
        "somebody else's, and no order about Carol or Bob"
    );
}

#[test]
fn who_reads_logs_beside_other_things_has_all_of_them_read() {
    let reads = |observers: &[Observer]| platform_content_unknown(observers.to_vec()).reads();
    let logs = reads(&[Observer::Log(0)]);
    assert!(logs.contains(Part::Logs) && !logs.contains(Part::Backups));
    assert!(reads(&[Observer::Log(0), Observer::ProviderLive]).is_superset(logs | Part::Backups));
}

/// What any two observers hold together follows from the messages and from what is each one's own.
#[test]
fn what_is_read_of_is_the_messages_and_what_each_observer_has() {
    let reads = |observers: &[Observer]| platform_content_unknown(observers.to_vec()).reads();
    let each = [
        (Observer::Network, EnumSet::empty()),
        (Observer::ProviderLive, EnumSet::only(Part::Backups)),
        (Observer::ProviderStore, EnumSet::only(Part::Backups)),
        (Observer::Investigator, EnumSet::only(Part::Memory)),
        (Observer::Thief, EnumSet::only(Part::Stolen)),
        (Observer::Log(0), EnumSet::only(Part::Logs)),
        (Observer::Owner(Alice), EnumSet::only(Part::Fetches)),
    ];
    for (one, of_one) in each {
        for (other, of_other) in each {
            let wanted = Part::Messages | of_one | of_other;
            assert_eq!(reads(&[one, other]), wanted, "{one:?} and {other:?}");
        }
    }
}

#[test]
fn only_a_message_of_the_kind_was_sent() {
    let service = service(|_| {}, None);
    let gone = Action::Deregister { device: Device::BobPhone };
    let writes =
        [types(Alice, Address::Bob), Action::Send { device: Device::AlicePhone, address: Address::Bob }];
    let sent = |actions: &[Action]| {
        let state = run(&service, actions);
        let of = |kind| message_sent(kind, "one was sent").holds(&service, &state);
        (of(MessageKind::Platform), of(MessageKind::Sms))
    };
    assert_eq!(sent(&[]), (false, false));
    assert_eq!(sent(&writes), (true, false));
    assert_eq!(sent(&[[gone].as_slice(), &writes].concat()), (false, true));
    let texts_alone = library::load("sms").unwrap_or_else(|error| panic!("{error}"));
    for fact in [message_sent, message_received] {
        let lacking = |kind| fact(kind, "it was").lacking(&texts_alone).is_some();
        assert!(lacking(MessageKind::Platform) && !lacking(MessageKind::Sms));
    }
}
