//! **An opened device shows what it still stores: what it wrote or received, until its owner's setting deletes it.**
//!
//! As in `guards.rs`: each case fails if the one condition that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::Design;
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Kind;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, User};
use support::acts::{BOBS, PHONE, TABLET, TURN, delivers, run, writes};
use support::families::guarded;
use support::{Alice, Bob, Carol};

fn service(design: &'static str, flaw: Option<Flaw>, change: impl FnOnce(&mut Design)) -> Service {
    let mut world = guarded(design).designed(change);
    world.setup.flaw = flaw;
    world.service()
}

/// Whose opened devices show the text of the first message.
fn shown(service: &Service, actions: &[Action]) -> EnumSet<User> {
    let state = run(service, actions);
    let opened = |user: &User| service.knows_body(&[Observer::Opened(*user)], &state, 0);
    User::ALL.into_iter().filter(opened).collect()
}

fn days(count: u8) -> Vec<Action> {
    vec![TURN; usize::from(count)]
}

/// Alice writes to Bob, whose phone gets it, and so many days pass.
fn received(then: u8) -> Vec<Action> {
    [writes(PHONE, Address::Bob).as_slice(), &[delivers(0, BOBS)], &days(then)].concat()
}

#[test]
fn an_opened_device_shows_what_was_written_on_it_and_what_it_received() {
    let service = service("imessage-2016", None, |_| {});
    assert_eq!(shown(&service, &writes(PHONE, Address::Bob)), Alice, "he has not received it");
    assert_eq!(shown(&service, &received(0)), Alice | Bob);
    let to_her = [writes(BOBS, Address::Alice).as_slice(), &[delivers(0, TABLET)]].concat();
    assert_eq!(shown(&service, &to_her), Alice | Bob, "any of her devices counts");
    assert!(!shown(&service, &to_her).contains(Carol));
}

#[test]
fn a_device_deletes_after_the_days_that_its_owner_chose() {
    let everybody = service("deleting-devices", None, |_| {});
    let kept = everybody.periods().device;
    assert_eq!(shown(&everybody, &received(kept)), Alice | Bob, "the last day inclusive");
    assert_eq!(shown(&everybody, &received(kept + 1)), EnumSet::empty());
    let but_bob = service("one-side-deletes", None, |_| {});
    assert_eq!(shown(&but_bob, &received(kept + 1)), Bob);
    for never in ["imessage-2016", "icloud-backup-2015"] {
        assert_eq!(shown(&service(never, None, |_| {}), &received(kept + 4)), Alice | Bob, "{never}");
    }
    let hidden = service("deleting-devices", Some(Flaw::DeletionOnlyHides), |_| {});
    assert_eq!(shown(&hidden, &received(kept + 1)), Alice | Bob);
}

#[test]
fn a_message_that_nobody_received_is_not_deleted() {
    let service = service("deleting-devices", None, |_| {});
    let waits = [writes(PHONE, Address::Bob).as_slice(), &days(service.periods().device + 1)].concat();
    assert_eq!(shown(&service, &waits), Alice);
}

#[test]
fn deletion_has_its_own_number_of_days() {
    let days_of = |keep: u16| {
        let service = service("deleting-devices", None, |design| design.devices.keep_days = Some(keep));
        (service.periods().device, service.recent_days().unwrap_or(0))
    };
    let [(short, retention), (long, other)] = [days_of(15), days_of(60)];
    assert!(short < retention && long > other, "{short} beside {retention}, {long} beside {other}");
    let longer = service("deleting-devices", None, |design| design.devices.keep_days = Some(60));
    let kept = longer.periods().device;
    assert_eq!(shown(&longer, &received(kept)), Alice | Bob, "ages count as far as that");
    assert_eq!(shown(&longer, &received(kept + 1)), EnumSet::empty());
}

/// A view shows with whom and when, and not which of all messages it was.
#[test]
fn an_opened_device_shows_the_outside_as_well() {
    let service = service("imessage-2016", None, |_| {});
    let view = |actions: &[Action]| service.view_of(Observer::Opened(Bob), &run(&service, actions));
    assert_ne!(view(&received(0)), view(&[]));
    assert_eq!(view(&writes(PHONE, Address::Bob)), view(&[]), "what waits for him is not on his device");
    let row = view(&received(0))[1];
    let delivered = mailcover_model::row::Row::of(Kind::Delivered).from(Alice).to(Address::Bob);
    assert_eq!(row, delivered.bits());
}

/// A search for whom no device is opened counts no days for it.
#[test]
fn ages_are_counted_for_those_who_open_devices() {
    let mut world = guarded("deleting-devices");
    world.setup.track = Tracked::Kept.into();
    let counted = world.service();
    world.setup.track = EnumSet::empty();
    let uncounted = world.service();
    let heard = |service: &Service| run(service, &received(1)).message(0).heard;
    assert_eq!((heard(&counted), heard(&uncounted)), (1, 0));
    assert_eq!(uncounted.periods().device, mailcover_model::time::FOR_GOOD);
}
