//! **What passes a line or a server leaves its traces there, whether or not anything comes of it.**
//!
//! A tap sees what is uploaded as well as what is delivered. A copy that its device does not accept has passed the tap
//! and push all the same, and the lookup that its signature caused stands in the log; only the receiver sees nothing.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Point, Signer};
use mailcover_model::design::{Capability, Holder};
use mailcover_model::row::{Kind, NOT_ACCEPTED, Row, TOLD_BY_THE_DEVICE};
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, State};
use mailcover_model::view::{Observer, Shape, Watcher, watchers};
use mailcover_model::world::{Address, Device, Place};
use support::acts::{BOBS, PHONE, kinds, last_step, news, run};
use support::{Alice, Bob, World, towards};

/// Alice, who may go away and leave the directory, writes to Bob, who has as many lookups as he may need.
fn service() -> Service {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [1, 1, 0].into();
    scope.bounds.travels = [1, 0, 0].into();
    scope.bounds.registrations = 2;
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    towards(&mut scope.bounds, &[(Alice, Bob, 1), (Bob, Alice, 3)], &[(Alice, Bob, 1), (Bob, Alice, 1)]);
    scope.horizon = Horizon::Days(1);
    World::of("tapped", "imessage-2016", scope).with(Capability::SwapKey | Capability::Inject).service()
}

const DELIVERS: Action = Action::Deliver { message: 0, device: BOBS };
const LEAVES_THE_DIRECTORY: Action = Action::Deregister { device: PHONE };
const FORGES: Action = Action::Inject {
    device: BOBS,
    claimed: Alice,
    body: FORGED_BODY,
    signer: Signer::Adversary,
    through: Point::Push,
};

fn sent() -> [Action; 2] {
    let to_bob = |device, address| [Action::Type { device, address }, Action::Send { device, address }];
    to_bob(PHONE, Address::Bob)
}

/// A message that Bob's device does not accept, since the directory no longer names the device that signed it.
fn refused() -> Vec<Action> {
    [sent().as_slice(), &[LEAVES_THE_DIRECTORY, DELIVERS]].concat()
}

fn shapes(rows: &[Row]) -> Vec<Shape> {
    rows.iter().filter_map(|row| row.shape()).collect()
}

#[test]
fn a_tap_sees_an_upload_with_its_day_its_device_and_its_place() {
    let service = service();
    let away = [Action::Travel { user: Alice, with: PHONE.into() }];
    let [before, after] = last_step(&service, &[away.as_slice(), &sent()].concat());
    let seen = news(&service, Observer::Network, [&before, &after]);
    assert_eq!(shapes(&seen), [Shape::Upload]);
    assert_eq!((seen[0].device(), seen[0].place(), seen[0].age()), (PHONE, Place::Away, 0));
    assert_eq!((seen[0].kind(), seen[0].target()), (Kind::Exchange, None));
}

#[test]
fn a_tap_holds_each_copy_of_an_upload_before_any_is_delivered() {
    let service = service();
    let from_bob = |last| {
        let address = Address::Alice;
        [Action::Type { device: BOBS, address }, Action::Send { device: BOBS, address }, last]
    };
    let uploaded = run(&service, &from_bob(Action::Turn { keep: false })[..2]);
    let copies = [PHONE, Device::AliceTablet];
    let held = service.held(&[Observer::Network], &uploaded);
    for copy in copies {
        let upload = service.wire().upload(0, Some(copy), BOBS).expect("it was encrypted for this device");
        let record = service.wire().record(0, copy, BOBS).expect("it can be delivered to this device");
        assert!(held.contains(upload) && !held.contains(record), "{copy:?}");
        assert!(
            service.wire().upload(0, Some(copy), copy).is_none(),
            "nobody writes to a device of one's own"
        );
    }
    assert!(!service.knows_body(&[Observer::Network], &uploaded, 0));
    let delivered = run(&service, &from_bob(Action::Deliver { message: 0, device: PHONE }));
    let record = service.wire().record(0, PHONE, BOBS).expect("it was delivered to this device");
    assert!(service.held(&[Observer::Network], &delivered).contains(record));
}

#[test]
fn a_refused_copy_passes_the_tap_and_push_and_leaves_the_receivers_lookup_and_nothing_else() {
    let service = service();
    let [before, after] = last_step(&service, &refused());
    let seen = |observer| news(&service, observer, [&before, &after]);
    assert_eq!(shapes(&seen(Observer::Network)), [Shape::Request, Shape::Unanswered]);
    assert_eq!(kinds(&seen(Observer::ProviderLive)), [Kind::Lookup, Kind::Unacknowledged]);
    assert_eq!(kinds(&seen(Observer::Owner(Bob))), [Kind::Lookup], "his device shows no message");
    assert_eq!(seen(Observer::Owner(Alice)), [], "no receipt comes back");
    let record = service.wire().record(0, BOBS, PHONE).expect("it can be delivered to this device");
    assert!(service.held(&[Observer::Network], &after).contains(record));
    assert!(!service.knows_body(&[Observer::Owner(Bob)], &after, 0));
    let logged = &after.rows.as_slice()[before.rows.as_slice().len()..];
    assert_eq!(kinds(logged), [Kind::Lookup]);
    assert_eq!((logged[0].source(), logged[0].target()), (Some(Bob), Some(Address::Alice)));
    assert_eq!((after.message(0).received(), after.message(0).waiting()), (0, BOBS.bit()), "it still waits");
}

#[test]
fn a_receiver_who_does_not_ask_and_knows_no_keys_takes_what_comes() {
    let mut scope = service().scope().clone();
    scope.places = false;
    let world = World::of("unasking", "lookup-on-send", scope);
    let unasking = world.service();
    let after = run(&unasking, &refused());
    assert_eq!(after.message(0).received(), BOBS.bit());
}

#[test]
fn a_refused_copy_is_accepted_once_its_signature_passes_and_refused_only_once_until_then() {
    let service = service();
    let after = run(&service, &refused());
    assert_eq!(service.step(&after, DELIVERS), None);
    let back = [refused().as_slice(), &[Action::Register { device: PHONE }, DELIVERS]].concat();
    let accepted = run(&service, &back);
    assert_eq!((accepted.message(0).received(), accepted.message(0).refused()), (BOBS.bit(), 0));
    let asked = |state: &State| state.rows.as_slice().iter().filter(|row| row.source() == Some(Bob)).count();
    assert_eq!((asked(&after), asked(&accepted)), (1, 2), "it asks again before it accepts");
}

#[test]
fn a_refused_injection_plants_a_row_passes_the_tap_and_is_not_shown() {
    let service = service();
    let [before, after] = last_step(&service, &[FORGES]);
    let seen = |observer| news(&service, observer, [&before, &after]);
    assert_eq!(shapes(&seen(Observer::Network)), [Shape::Request, Shape::Unanswered]);
    assert_eq!(kinds(&seen(Observer::ProviderLive)), [Kind::Lookup, Kind::Injected]);
    assert_eq!(kinds(&seen(Observer::Owner(Bob))), [Kind::Lookup]);
    assert_eq!(kinds(after.rows.as_slice()), [Kind::Lookup], "the query log");
    assert_eq!(after.message(0).received(), 0);
}

#[test]
fn an_injection_under_a_key_that_the_directory_names_is_accepted_even_by_who_remembers_another() {
    let service = service();
    let swapped = [Action::SwapKey { address: Address::Alice }, FORGES];
    let warm = [Action::Type { device: BOBS, address: Address::Alice }];
    for actions in [swapped.to_vec(), [warm.as_slice(), &swapped].concat()] {
        let after = run(&service, &actions);
        assert_eq!(after.messages().last().map(|forged| forged.received()), Some(BOBS.bit()));
        let seen: Vec<Row> = service.remembered(Observer::Network, &after).collect();
        assert_eq!(shapes(&seen).last(), Some(&Shape::Download), "it is answered");
    }
}

#[test]
fn a_tap_holds_the_record_of_a_copy_that_is_not_acknowledged() {
    let service = service();
    let record = service.wire().record(0, BOBS, PHONE).expect("it can be delivered to this device");
    let [before, after] = last_step(&service, &refused());
    let held = |state: &State| service.held(&[Observer::Network], state).contains(record);
    assert_eq!([held(&before), held(&after)], [false, true]);
}

/// Who sees something of an act of Alice's towards Bob, by kind, said independently of the model.
fn witnesses(kind: Kind) -> EnumSet<Watcher> {
    use Watcher::{Alice, Bob, Carrier, Investigator, Network, ProviderLive, Public, Radio, Thief};
    match kind {
        Kind::Typed | Kind::Picked | Kind::Abandoned | Kind::Travelled => Alice.into(),
        Kind::Lookup
        | Kind::Submitted
        | Kind::BackedUp
        | Kind::Uploaded
        | Kind::Fetched
        | Kind::Invited
        | Kind::SignedIn
        | Kind::Purchased
        | Kind::Registered
        | Kind::Recalled
        | Kind::Deregistered => ProviderLive | Network | Alice,
        Kind::Delivered | Kind::Signalled | Kind::Media => ProviderLive | Network | Alice | Bob,
        Kind::Injected | Kind::Alerted => ProviderLive | Network | Bob,
        Kind::Compared => Alice | Bob,
        Kind::Unacknowledged | Kind::Altered => ProviderLive | Network,
        Kind::KeyStolen => Thief.into(),
        Kind::Reported => Public.into(),
        Kind::Expired | Kind::KeyAdded | Kind::KeySwapped => ProviderLive.into(),
        Kind::Told | Kind::SwitchedOff | Kind::SwitchedOn => ProviderLive | Alice,
        Kind::Left | Kind::GivenUp => Carrier | Alice,
        Kind::SmsSent => Carrier | Radio | Alice,
        Kind::SmsDelivered => Carrier | Radio | Bob,
        Kind::Granted | Kind::Refused | Kind::Extended | Kind::Disclosed | Kind::Preserved => {
            Investigator | ProviderLive
        }
        Kind::Exchange => EnumSet::empty(),
    }
}

#[test]
fn each_kind_of_thing_is_seen_by_those_whom_it_passes() {
    for kind in EnumSet::<Kind>::all() {
        let row = Row::of(kind).to(Address::Bob);
        let row = if row.terms().is_some() { row } else { row.from(Alice).by(PHONE) };
        assert_eq!(watchers(row, None), witnesses(kind), "{kind:?}");
    }
}

#[test]
fn what_the_law_asks_of_the_carrier_the_provider_does_not_see() {
    for kind in [Kind::Granted, Kind::Refused, Kind::Extended, Kind::Disclosed] {
        let row = Row::of(kind).to(Address::Alice).indexed(Holder::Carrier.index());
        assert_eq!(watchers(row, None), Watcher::Investigator | Watcher::Carrier, "{kind:?}");
    }
}

#[test]
fn what_stays_on_a_device_passes_nobody_else() {
    let told = Row::of(Kind::Told).from(Alice).to(Address::Bob).by(PHONE);
    assert_eq!(watchers(told.because(TOLD_BY_THE_DEVICE), None), EnumSet::only(Watcher::Alice));
    let injected = Row::of(Kind::Injected).from(Alice).to(Address::Bob).by(BOBS);
    let refused = watchers(injected.because(NOT_ACCEPTED), None);
    assert_eq!(refused, Watcher::ProviderLive | Watcher::Network, "its owner is shown nothing");
}
