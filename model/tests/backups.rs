//! **What is backed up, by whom, and who can read it there.**
//!
//! Each case fails if the one guard, or the one choice, that it is about is taken away.

mod support;

use enumset::EnumSet;
use mailcover_model::action::{Action, Application, Point, Signer};
use mailcover_model::design::{BackupKey, Capability, Covers, Holder, Log, OrderKind};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, Row};
use mailcover_model::rules::backup::Side;
use mailcover_model::scope::Plea;
use mailcover_model::service::Service;
use mailcover_model::state::{FORGED_BODY, State};
use mailcover_model::view::{Observer, Shape, Watcher};
use mailcover_model::world::{Address, Device, User};
use support::acts::{BOBS, PHONE, TABLET, delivers, forbidden, kinds, last_step, news, run, writes};
use support::families::{guarded, menu, powered, warrant};
use support::{Alice, Bob, World};

const PROVIDER: &str = "icloud-backup-2015";
const OWNER: &str = "icloud-backup-end-to-end";

fn backs_up(device: Device) -> Action {
    Action::BackUp { device }
}

/// A world in which a warrant may be had about either, at either holder, and everybody remembers what they see.
fn world(design: &'static str) -> World {
    let mut world = guarded(design);
    let warrants = [Alice, Bob].map(warrant);
    let at_the_carrier = warrants.map(|plea| Plea { at: Holder::Carrier, ..plea });
    world.scope.menu = [warrants.as_slice(), &at_the_carrier, &menu()].concat();
    world
}

fn service(design: &'static str) -> Service {
    world(design).service()
}

/// Alice writes to Bob, whose phone gets it.
fn received() -> Vec<Action> {
    [writes(PHONE, Address::Bob).as_slice(), &[delivers(0, BOBS)]].concat()
}

/// And then these.
fn then(actions: &[Action]) -> Vec<Action> {
    [received().as_slice(), actions].concat()
}

/// An order of this kind, as the scope's menu has it.
fn order(service: &Service, kind: OrderKind, at: Holder, about: User) -> Action {
    let applies = |action: &&Action| {
        matches!(action, Action::Apply { application: Application { kind: of, at: by, target, .. } }
            if *of == kind && *by == at && *target == Some(about))
    };
    *service.all_actions().iter().find(applies).expect("the menu has such an order")
}

fn serves(at: Holder) -> Action {
    Action::Disclose { by: at, order: 0 }
}

/// The messages that the investigator was given out of backups.
fn given(service: &Service, state: &State) -> Vec<(Device, Option<u8>)> {
    let rows = service.remembered(Observer::Investigator, state).filter(|row| row.disclosed());
    rows.filter(|row| row.copy().is_some()).map(|row| (row.device(), row.copy())).collect()
}

#[test]
fn nothing_is_backed_up_where_nobody_backs_up() {
    let service = service("imessage-2016");
    let state = run(&service, &received());
    for device in Device::ALL {
        assert_eq!(service.step(&state, backs_up(device)), None, "{device:?}");
    }
}

#[test]
fn a_device_backs_up_what_it_holds_and_has_not_backed_up() {
    let service = service(PROVIDER);
    forbidden(&service, &[backs_up(PHONE)]);
    let sent = writes(PHONE, Address::Bob);
    forbidden(&service, &[sent.as_slice(), &[backs_up(BOBS)]].concat());
    forbidden(&service, &then(&[backs_up(TABLET)]));
    forbidden(&service, &then(&[backs_up(BOBS), backs_up(BOBS)]));
    let state = run(&service, &then(&[backs_up(BOBS)]));
    assert_eq!(state.message(0).backed_up(), BOBS.bit());
    let both = run(&service, &then(&[backs_up(BOBS), backs_up(PHONE)]));
    assert_eq!(both.message(0).backed_up(), BOBS.bit() | PHONE.bit());
}

#[test]
fn a_backup_is_made_of_all_that_is_new() {
    let service = service(PROVIDER);
    let answer = [writes(BOBS, Address::Alice).as_slice(), &[delivers(1, PHONE)]].concat();
    let all = run(&service, &then(&[answer.as_slice(), &[backs_up(PHONE)]].concat()));
    assert_eq!([0, 1].map(|at| all.message(at).backed_up()), [PHONE.bit(); 2]);
    let later = then(&[&[backs_up(PHONE)], answer.as_slice(), &[backs_up(PHONE)]].concat());
    let [before, after] = last_step(&service, &later);
    let new: Vec<Option<u8>> =
        news(&service, Observer::ProviderLive, [&before, &after]).iter().map(|row| row.copy()).collect();
    assert_eq!(new, [Some(1)], "what the backup has is not uploaded again");
}

#[test]
fn a_text_by_sms_and_a_message_that_could_not_be_sent_are_backed_up_as_well() {
    let service = service(PROVIDER);
    let gone = Action::Deregister { device: BOBS };
    let texts =
        [&[gone], writes(PHONE, Address::Bob).as_slice(), &[Action::DeliverSms { message: 0 }]].concat();
    for device in [PHONE, BOBS] {
        let state = run(&service, &[texts.as_slice(), &[backs_up(device)]].concat());
        assert_eq!(state.message(0).backed_up(), device.bit());
    }
    let unsent = world(PROVIDER).designed(|design| design.fallback.sms = false).service();
    let failed = [&[gone], writes(PHONE, Address::Bob).as_slice(), &[backs_up(PHONE)]].concat();
    assert_eq!(run(&unsent, &failed).message(0).backed_up(), PHONE.bit());
}

#[test]
fn a_message_that_was_not_accepted_is_not_backed_up_and_one_that_was_is_as_from_whom_it_seems() {
    let service = service(PROVIDER);
    let forges = Action::Inject {
        device: BOBS,
        claimed: Alice,
        body: FORGED_BODY,
        signer: Signer::Adversary,
        through: Point::Push,
    };
    forbidden(&service, &[forges, backs_up(BOBS)]);
    let swapped = run(&service, &[Action::SwapKey { address: Address::Alice }, forges, backs_up(BOBS)]);
    let copies: Vec<Row> = service.copies(&swapped).collect();
    assert_eq!((copies.len(), Side::of(copies[0])), (1, Some(Side::Receiver)));
    assert_eq!(copies[0].target(), Some(Address::Alice));
}

#[test]
fn a_device_that_is_off_or_gone_backs_nothing_up() {
    let powered = powered(PROVIDER).service();
    forbidden(&powered, &then(&[Action::SwitchOff { device: BOBS }, backs_up(BOBS)]));
    forbidden(&service(PROVIDER), &then(&[Action::Leave { user: Bob }, backs_up(BOBS)]));
}

#[test]
fn devices_back_up_no_more_often_than_the_scope_allows() {
    let mut world = world(PROVIDER);
    world.scope.bounds.backups = 1;
    forbidden(&world.service(), &then(&[backs_up(BOBS), backs_up(PHONE)]));
}

#[test]
fn with_whom_a_message_was_exchanged_is_shown_where_the_backup_can_be_opened() {
    let sides = |design| {
        let service = service(design);
        let state = run(&service, &then(&[backs_up(PHONE), backs_up(BOBS)]));
        let view = service.view_of(Observer::ProviderStore, &state);
        let shown = |row: Row| view.contains(&row.without_text().bits());
        assert!(service.copies(&state).all(shown), "the stores' reader sees what stands there");
        let copies = service.copies(&state);
        copies.map(|row| (row.device(), row.target(), Side::of(row))).collect::<Vec<_>>()
    };
    let (alice, bob) = (Some(Address::Alice), Some(Address::Bob));
    assert_eq!(sides(PROVIDER), [(PHONE, bob, Some(Side::Sender)), (BOBS, alice, Some(Side::Receiver))]);
    assert_eq!(sides(OWNER), [(PHONE, None, None), (BOBS, None, None)]);
}

#[test]
fn whoever_holds_the_key_reads_the_backup() {
    let cases =
        [(PROVIDER, None, true), (OWNER, None, false), (OWNER, Some(Flaw::BackupKeyLeftBehind), true)];
    for (design, flaw, reads) in cases {
        let mut world = world(design);
        world.setup.flaw = flaw;
        let service = world.service();
        let [before, after] = last_step(&service, &then(&[backs_up(BOBS)]));
        for observer in [Observer::ProviderStore, Observer::ProviderLive] {
            assert!(!service.knows_body(&[observer], &before, 0), "{design}: {observer:?}");
            assert_eq!(service.knows_body(&[observer], &after, 0), reads, "{design}, {flaw:?}: {observer:?}");
        }
        for observer in [Observer::Network, Observer::Carrier, Observer::Investigator] {
            assert!(!service.knows_body(&[observer], &after, 0), "{design}: {observer:?}");
        }
        let about = order(&service, OrderKind::Warrant, Holder::Provider, Bob);
        let served = run(&service, &then(&[backs_up(BOBS), about, serves(Holder::Provider)]));
        assert_eq!(given(&service, &served), [(BOBS, Some(0))]);
        assert_eq!(service.knows_body(&[Observer::Investigator], &served, 0), reads, "{design}, {flaw:?}");
    }
}

#[test]
fn a_warrant_yields_the_backups_of_its_target_alone() {
    let service = service(PROVIDER);
    let about = |user| order(&service, OrderKind::Warrant, Holder::Provider, user);
    for (user, device) in [(Alice, PHONE), (Bob, BOBS)] {
        let backups = [backs_up(PHONE), backs_up(BOBS)];
        let served = run(&service, &then(&[&backups[..], &[about(user), serves(Holder::Provider)]].concat()));
        assert_eq!(given(&service, &served), [(device, Some(0))]);
    }
    let mut careless = world(PROVIDER);
    careless.setup.flaw = Some(Flaw::DisclosureIgnoresTarget);
    let served = run(&careless.service(), &then(&[backs_up(BOBS), about(Alice), serves(Holder::Provider)]));
    assert_eq!(given(&service, &served), [(BOBS, Some(0))], "the flaw is about backups, too");
}

#[test]
fn no_other_order_and_no_other_holder_yields_a_backup() {
    let service = service(PROVIDER);
    for (kind, at) in [(OrderKind::PenRegister, Holder::Provider), (OrderKind::Warrant, Holder::Carrier)] {
        let order = order(&service, kind, at, Alice);
        let served = run(&service, &then(&[backs_up(PHONE), order, serves(at)]));
        assert_eq!(given(&service, &served), [], "{kind:?} at {at:?}");
    }
}

#[test]
fn what_is_handed_over_without_an_order_is_its_subjects_backup() {
    let service = service(PROVIDER);
    let about = |user| then(&[backs_up(BOBS), Action::DiscloseWithoutOrder { user }]);
    assert_eq!(given(&service, &run(&service, &about(Bob))), [(BOBS, Some(0))]);
    assert_eq!(given(&service, &run(&service, &about(Alice))), []);
}

#[test]
fn a_court_grants_a_warrant_for_what_backups_hold_although_no_log_yields_to_it() {
    let decided = |key, holder| {
        let unyielding = |log: &mut Log| log.yields_to -= OrderKind::Warrant;
        let world = world(PROVIDER).designed(|design| {
            design.backup.key = key;
            design.logs.iter_mut().for_each(unyielding);
        });
        let service = world.with(Capability::ProviderOrders | Capability::CarrierOrders).service();
        let after = run(&service, &[order(&service, OrderKind::Warrant, holder, Bob)]);
        kinds(&service.remembered(Observer::Investigator, &after).collect::<Vec<_>>())
    };
    assert_eq!(decided(BackupKey::EndToEnd, Holder::Provider), [Kind::Granted]);
    assert_eq!(decided(BackupKey::EndToEnd, Holder::Carrier), [Kind::Refused]);
    assert_eq!(decided(BackupKey::None, Holder::Provider), [Kind::Refused]);
}

#[test]
fn a_backup_is_the_providers_whoever_keeps_the_first_log() {
    let service = world(PROVIDER).designed(|design| design.logs.swap(0, 1)).service();
    assert_eq!(service.held_by(Row::of(Kind::SmsSent)), Some(Holder::Carrier));
    assert_eq!(service.held_by(Row::copied(BOBS, 0)), Some(Holder::Provider));
}

#[test]
fn a_log_of_backups_says_that_one_was_made_and_nothing_of_what_is_in_it() {
    let kept = Log {
        name: "backup".to_owned(),
        held_by: Holder::Provider,
        on: EnumSet::only(Kind::BackedUp),
        fields: EnumSet::all(),
        keep_days: None,
        while_ordered: false,
        yields_to: EnumSet::empty(),
    };
    assert!(!Field::Target.belongs_to(Kind::BackedUp));
    let service = world(PROVIDER).designed(|design| design.logs = vec![kept]).service();
    let answer = [writes(BOBS, Address::Alice).as_slice(), &[delivers(1, PHONE)]].concat();
    let state = run(&service, &then(&[answer.as_slice(), &[backs_up(PHONE)]].concat()));
    let row = Row::of(Kind::BackedUp).from(Alice).by(PHONE);
    assert_eq!(state.rows.as_slice(), [row], "one row for two messages");
}

#[test]
fn a_tap_sees_that_a_backup_is_made_and_cannot_take_it_for_a_message() {
    let service = service(PROVIDER);
    let [before, after] = last_step(&service, &then(&[backs_up(BOBS)]));
    let seen: Vec<Shape> =
        news(&service, Observer::Network, [&before, &after]).into_iter().filter_map(Row::shape).collect();
    assert_eq!(seen, [Shape::Backup]);
    assert!(service.held(&[Observer::Network], &after).contains(service.wire().copy_upload(0, BOBS)));
    assert_eq!(kinds(&news(&service, Observer::Owner(Bob), [&before, &after])), [Kind::BackedUp]);
    assert_eq!(news(&service, Observer::Owner(Alice), [&before, &after]), [], "she is not told");
}

/// Two messages of Alice's that differ in nothing but which of them Bob's phone backs up first.
#[test]
fn no_view_of_a_backup_tells_which_message_is_in_it_where_it_cannot_be_opened() {
    let service = service(OWNER);
    let twice = [writes(PHONE, Address::Bob), writes(PHONE, Address::Bob)].concat();
    let with = |first: u8| {
        let about = order(&service, OrderKind::Warrant, Holder::Provider, Bob);
        let backed_up = [delivers(first, BOBS), backs_up(BOBS), about, serves(Holder::Provider)];
        run(&service, &[twice.as_slice(), &backed_up].concat())
    };
    let [first, second] = [with(0), with(1)];
    assert_ne!(first, second);
    let view = |state| service.view_of(Observer::Investigator, state);
    assert_eq!(view(&first), view(&second));
}

#[test]
fn an_order_reaches_backups_whatever_it_covers() {
    let service = world(PROVIDER).designed(|design| design.legal.covers = Covers::Both).service();
    let about = order(&service, OrderKind::Warrant, Holder::Provider, Alice);
    let served = run(&service, &then(&[backs_up(BOBS), about, serves(Holder::Provider)]));
    assert_eq!(given(&service, &served), [], "a message with the target is not the target's backup");
}

#[test]
fn what_is_handed_over_is_remembered_by_who_remembers() {
    for (remember, remembers) in [(EnumSet::empty(), false), (EnumSet::only(Watcher::Investigator), true)] {
        let service = world(PROVIDER).remembering(remember).service();
        let about = order(&service, OrderKind::Warrant, Holder::Provider, Bob);
        let served = run(&service, &then(&[backs_up(BOBS), about, serves(Holder::Provider)]));
        assert_eq!(!served.memory.as_slice().is_empty(), remembers);
    }
}
