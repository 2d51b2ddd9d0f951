//! **What claims about backups say of a state.**
//!
//! Each atom is asked along a run, and the two claims that fall together in the shipped designs are told apart by states.

use User::{Alice, Bob};
use enumset::EnumSet;
use mailcover_model::action::Action;
use mailcover_model::design::{BackupKey, Design, Holder};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Kind, Row};
use mailcover_model::scope::Scope;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, User};
use mailcover_properties::atoms::{
    backed_up_by_the_peer_alone, backup_disclosed, content_unknown_without_own_backup,
    disclosed_from_the_peers_backup, disclosures_within_orders, orders_in_order, platform_content_unknown,
    received_and_backed_up, warrant_served,
};
use mailcover_tests::warrant::{self, apply};

const ALICES: Action = Action::BackUp { device: Device::AlicePhone };
const BOBS: Action = Action::BackUp { device: Device::BobPhone };
const SERVES: Action = Action::Disclose { by: Holder::Provider, order: 0 };

/// Alice writes to Bob, whose phone gets it.
const RECEIVED: [Action; 3] = [
    Action::Type { device: Device::AlicePhone, address: Address::Bob },
    Action::Send { device: Device::AlicePhone, address: Address::Bob },
    Action::Deliver { message: 0, device: Device::BobPhone },
];

/// Two people, and an investigator who may have a warrant about this one.
fn service(about: User, change: impl FnOnce(&mut Design), flaw: Option<Flaw>) -> Service {
    let bounds = |scope: &mut Scope| {
        scope.bounds.backups = 2;
    };
    warrant::service("icloud-backup-2015", about, bounds, change, flaw)
}

/// Where the run ends that begins with a message received and goes on so.
fn after(service: &Service, actions: &[Action]) -> State {
    warrant::after(service, &[&RECEIVED, actions].concat())
}

#[test]
fn the_atoms_say_whose_backup_has_what_and_who_was_given_it() {
    let service = service(Bob, |_| {}, None);
    let apply = apply(&service);
    let atoms = [
        received_and_backed_up(),
        backed_up_by_the_peer_alone(),
        warrant_served(),
        backup_disclosed(),
        disclosed_from_the_peers_backup(),
    ];
    let said = |actions: &[Action]| atoms.clone().map(|atom| atom.holds(&service, &after(&service, actions)));
    assert_eq!(said(&[]), [false; 5]);
    assert_eq!(said(&[ALICES]), [true, false, false, false, false]);
    assert_eq!(said(&[BOBS]), [true, true, false, false, false]);
    assert_eq!(said(&[BOBS, ALICES]), [true, false, false, false, false], "the writer's has it as well");
    assert_eq!(said(&[apply, SERVES]), [false, false, true, false, false], "there was nothing to give");
    assert_eq!(said(&[BOBS, apply, SERVES]), [true; 5]);
    assert_eq!(said(&[BOBS, ALICES, apply, SERVES]), [true, false, true, true, false]);
}

#[test]
fn a_text_that_its_writer_backs_up_is_no_secret_and_not_given_away_by_others() {
    let service = service(Bob, |_| {}, None);
    let eyes = vec![Observer::ProviderStore];
    let said = |actions: &[Action]| {
        let state = after(&service, actions);
        let secret = platform_content_unknown(eyes.clone()).holds(&service, &state);
        (secret, content_unknown_without_own_backup(eyes.clone()).holds(&service, &state))
    };
    assert_eq!(said(&[]), (true, true));
    assert_eq!(said(&[ALICES]), (false, true), "only the first of the two claims fails by it");
    assert_eq!(said(&[BOBS]), (false, false));
    assert_eq!(said(&[ALICES, BOBS]), (false, true));
}

#[test]
fn a_message_out_of_somebody_elses_backup_is_not_within_the_order() {
    let within = |about, backup, flaw| {
        let service = service(about, |_| {}, flaw);
        let state = after(&service, &[backup, apply(&service), SERVES]);
        assert!(backup_disclosed().holds(&service, &state));
        disclosures_within_orders().holds(&service, &state)
    };
    assert!(within(Bob, BOBS, None));
    assert!(!within(Alice, BOBS, Some(Flaw::DisclosureIgnoresTarget)), "the order is about Alice");
}

/// A message out of a backup is within the order if it is its target's, and was handed over while the order ran.
#[test]
fn a_message_out_of_a_backup_is_judged_by_whose_it_is_and_when_it_was_given() {
    let service = service(Bob, |_| {}, None);
    let given = after(&service, &[BOBS, apply(&service), SERVES]);
    let within = |change: fn(&mut Row)| {
        let mut state = given;
        state.memory.as_mut_slice().iter_mut().for_each(change);
        disclosures_within_orders().holds(&service, &state)
    };
    fn is_marker(row: &Row) -> bool {
        row.kind() == Kind::Disclosed && !row.disclosed()
    }
    assert_eq!(given.memory.as_slice().iter().filter(|row| is_marker(row)).count(), 1);
    assert!(within(|_| {}));
    let somebody_elses = |row: &mut Row| {
        if row.is_content() && row.disclosed() {
            *row = row.from(Alice);
        }
    };
    assert!(!within(somebody_elses), "the order is about Bob");
    let before_the_order = |row: &mut Row| {
        if is_marker(row) {
            *row = row.aged(1);
        }
    };
    assert!(!within(before_the_order), "the order was granted on a later day");
}

#[test]
fn a_warrant_that_no_log_yields_to_is_rightly_granted_for_what_is_backed_up() {
    let rightly = |backups: bool| {
        let change = |design: &mut Design| {
            design.logs.iter_mut().for_each(|log| log.yields_to = EnumSet::empty());
            if !backups {
                design.backup.key = BackupKey::None;
            }
        };
        let service = service(Bob, change, Some(Flaw::CourtGrantsAnything));
        orders_in_order().holds(&service, &after(&service, &[apply(&service)]))
    };
    assert!(rightly(true));
    assert!(!rightly(false), "nothing there is given up to a warrant");
}
