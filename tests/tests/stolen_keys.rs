//! **What claims about stolen keys and altered ciphertexts say of a state.**
//!
//! Each atom is asked along runs in which a message is for two devices of one person, so that the one may have read it and the
//! other not.

use Device::{AlicePhone, AliceTablet, BobPhone};
use PrivateKey::{Decryption, Signing};
use User::{Alice, Bob};
use enumset::EnumSet;
use mailcover_model::action::{Action, PrivateKey};
use mailcover_model::design::library;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::service::{Service, Setup};
use mailcover_model::slice::Slice;
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, User};
use mailcover_properties::atoms::{
    content_read_before_theft_unknown, message_altered, message_read_before_theft, platform_content_unknown,
};
use std::sync::Arc;

fn service(design: &str) -> Service {
    let mut scope = Scope::of(AlicePhone | AliceTablet | BobPhone);
    scope.bounds.types = [0, 1, 0].into();
    scope.bounds.sends.set(Bob.index(), Alice.index(), 1);
    for (from, to) in [(Alice, Bob), (Bob, Alice)] {
        scope.bounds.lookups.set(from.index(), to.address().index(), 2);
    }
    (scope.bounds.keys, scope.bounds.injections) = (2, 1);
    scope.horizon = Horizon::Days(1);
    let design = library::load(design).unwrap_or_else(|error| panic!("{error}"));
    let (all, slice) = (EnumSet::all(), Slice::whole());
    let setup = Setup { powers: EnumSet::all(), remember: all, track: EnumSet::all(), slice, flaw: None };
    Service::new(Arc::new(design), scope, setup).unwrap_or_else(|error| panic!("{error}"))
}

/// Where the run ends in which Bob writes to Alice, and then this happens.
fn after(service: &Service, actions: &[Action]) -> State {
    let written = [
        Action::Type { device: BobPhone, address: Address::Alice },
        Action::Send { device: BobPhone, address: Address::Alice },
    ];
    let all = [&written, actions].concat();
    let states = service.replay(&[], &all).unwrap_or_else(|at| panic!("{:?} is disabled", all[at]));
    states[states.len() - 1]
}

const fn read_on(device: Device) -> Action {
    Action::Deliver { message: 0, device }
}

const fn steals(device: Device, key: PrivateKey) -> Action {
    Action::StealKey { device, key }
}

#[test]
fn a_message_was_read_before_a_theft_where_no_robbed_device_had_yet_to_read_it() {
    let eyes = vec![Observer::ProviderLive, Observer::Thief];
    let atoms = [
        message_read_before_theft(),
        content_read_before_theft_unknown(eyes.clone()),
        platform_content_unknown(eyes),
    ];
    let (phone, tablet) = (steals(AlicePhone, Decryption), steals(AliceTablet, Decryption));
    let (on_phone, on_tablet) = (read_on(AlicePhone), read_on(AliceTablet));
    // What happens, and what then is so where keys are static, and where each is used once.
    let cases: [(&[Action], [bool; 3], [bool; 3]); 7] = [
        (&[on_phone], [false, true, true], [false, true, true]),
        (&[on_phone, phone], [true, false, false], [true, true, true]),
        (&[phone, on_phone], [false, true, false], [false, true, false]),
        (&[on_phone, phone, tablet], [false, true, false], [false, true, false]),
        (&[on_phone, phone, on_tablet, tablet], [true, false, false], [true, true, true]),
        (&[on_phone, steals(AlicePhone, Signing)], [false, true, true], [false, true, true]),
        (&[on_phone, steals(BobPhone, Decryption)], [false, true, true], [false, true, true]),
    ];
    for (actions, fixed, once) in cases {
        for (design, expected) in [("imessage-2016", fixed), ("one-time-keys", once)] {
            let service = service(design);
            let state = after(&service, actions);
            let said = atoms.clone().map(|atom| atom.holds(&service, &state));
            assert_eq!(said, expected, "{design}: {actions:?}");
        }
    }
}

#[test]
fn a_message_is_altered_when_copies_of_it_are() {
    let service = service("imessage-2013");
    let altered = |actions: &[Action]| message_altered().holds(&service, &after(&service, actions));
    assert!(!altered(&[read_on(AlicePhone)]));
    assert!(altered(&[Action::Alter { message: 0, device: AliceTablet }]));
}
