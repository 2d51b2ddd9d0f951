//! **States that differ are hashed as different words.**
//!
//! Two searches tell states apart by their hashes. What a hasher is handed must therefore tell them apart before anything is
//! mixed; here it is recorded as it is.

mod support;

use enumset::EnumSet;
use mailcover_model::action::PrivateKey;
use mailcover_model::design::{Holder, OrderKind};
use mailcover_model::state::{
    Budget, Cached, Call, Length, MESSAGE_CAPACITY, Message, MessageKind, Order, Preservation, Room, Stage,
    State, Tampering,
};
use mailcover_model::world::{Address, Device, Pair, Place, User};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use support::explore;
use support::families::families;

/// How many states of each world are compared.
const HASHED: usize = 20_000;

/// A hasher that keeps all that it is handed.
#[derive(Default)]
struct Recorder(Vec<u8>);

impl Hasher for Recorder {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[test]
fn different_states_are_hashed_as_different_words() {
    for world in families() {
        let mut known: HashMap<Vec<u8>, State> = HashMap::new();
        for state in explore(&world.service(), HASHED) {
            let mut recorder = Recorder::default();
            state.hash(&mut recorder);
            if let Some(other) = known.insert(recorder.0, state) {
                panic!(
                    "{}: model/src/state/hash.rs leaves out what tells {other:?} from {state:?}",
                    world.name
                );
            }
        }
    }
}

/// The counts of attachments share bytes with others, whoever they are of.
#[test]
fn each_count_of_attachments_is_hashed() {
    let words = |counts: [u8; 3], others: [u8; 3]| {
        let attachments = counts.into();
        let (types, picks, travels) = (others.into(), others.into(), others.into());
        let state = State::empty(Budget { attachments, types, picks, travels, ..Budget::default() });
        let mut recorder = Recorder::default();
        state.hash(&mut recorder);
        recorder.0
    };
    let each = |at: usize| std::array::from_fn(|user| if user == at { 3 } else { 0 });
    let counts: [[u8; 3]; 4] = std::array::from_fn(each);
    let pairs = counts.iter().flat_map(|&one| counts.map(|other| (one, other)));
    let known: HashSet<Vec<u8>> = pairs.map(|(one, other)| words(one, other)).collect();
    assert_eq!(known.len(), counts.len() * counts.len());
}

/// For how many days a number has been another's is told apart from what people may still do, however many messages there are.
#[test]
fn days_of_a_number_given_up_are_hashed_beside_as_many_messages_as_there_can_be() {
    let words = |handed: u8, travels: u8, messages: usize| {
        let mut state = State::empty(Budget { travels: [travels, 0, 0].into(), ..Budget::default() });
        let sent = |body| Message::sent(MessageKind::Platform, Device::AlicePhone, Address::Bob, 0, body);
        assert!((0..messages).all(|body| state.add_message(sent(body)).is_some()));
        state.handed = handed;
        let mut recorder = Recorder::default();
        state.hash(&mut recorder);
        recorder.0
    };
    let cases = (0..=3).flat_map(|handed| (0..=3).map(move |travels| (handed, travels)));
    let cases =
        cases.flat_map(|(handed, travels)| (0..=MESSAGE_CAPACITY).map(move |sent| (handed, travels, sent)));
    let all: Vec<_> = cases.map(|(handed, travels, sent)| words(handed, travels, sent)).collect();
    let known: HashSet<&Vec<u8>> = all.iter().collect();
    assert_eq!(known.len(), all.len());
}

/// The empty world with one thing otherwise: something of each part of a state, for everybody whom it can be about.
fn otherwise() -> Vec<State> {
    let empty = State::empty(Budget::default());
    let mut all = vec![empty];
    let mut with = |change: &dyn Fn(&mut State)| {
        let mut state = empty;
        change(&mut state);
        all.push(state);
    };
    for number in 1..4 {
        with(&|state| state.day = number);
        with(&|state| state.typed = number);
        with(&|state| state.looked_up = number);
        with(&|state| state.handed = number);
        with(&|state| state.withheld = number);
    }
    with(&|state| state.prologue = false);
    with(&|state| state.widened_past = true);
    for room in EnumSet::<Room>::all() {
        with(&|state| state.outgrown = room.into());
    }
    for at in 0..Device::ALL.len() {
        with(&|state| state.devices[at].register(false));
        with(&|state| state.devices[at].switch(false));
        with(&|state| state.devices[at].leave());
        with(&|state| state.devices[at].move_to(Place::Away));
        with(&|state| {
            state.devices[at].move_to(Place::Away);
            state.devices[at].move_to(Place::Home);
        });
        for key in [PrivateKey::Decryption, PrivateKey::Signing] {
            with(&|state| state.rob(Device::ALL[at], key));
        }
    }
    for at in 0..3 {
        with(&|state| state.persons[at].move_to(Place::Away));
        with(&|state| state.persons[at].give_up());
        with(&|state| state.requests[at] = Preservation::TODAY);
        with(&|state| state.requests[at].age = 2);
        with(&|state| state.requests[at].made = 2);
        with(&|state| {
            state.requests[at] = Preservation::TODAY;
            state.requests[at].renew();
        });
    }
    for address in Address::ALL {
        with(&|state| state.directory.tamper(address, Tampering::Added));
        with(&|state| state.directory.tamper(address, Tampering::Swapped));
        for at in 0..Device::ALL.len() {
            with(&|state| state.devices[at].set_draft(Some(address)));
            for named in 0..4 {
                with(&|state| state.cache[at][address.index()] = Cached::today(named));
            }
            with(&|state| state.cache[at][address.index()].age = 3);
            calls_between(Device::ALL[at], address)
                .into_iter()
                .for_each(|call| with(&|state| state.add_call(call)));
        }
    }
    for pair in Pair::ALL {
        with(&|state| state.compared.make(pair, false));
        with(&|state| state.compared.make(pair, true));
    }
    for holder in Holder::ALL {
        for kind in OrderKind::ALL {
            with(&|state| state.add_order(Order::granted(kind, holder, Some(User::Bob), 0, 0)));
        }
        with(&|state| state.add_order(Order::granted(OrderKind::Subpoena, holder, None, 3, 0)));
        with(&|state| state.add_order(Order::granted(OrderKind::Subpoena, holder, None, 0, 3)));
    }
    all
}

/// What can have become of a call.
fn calls_between(device: Device, to: Address) -> Vec<Call> {
    let invited = Call::inviting(device, to, 0b11);
    let mut all = vec![invited, Call::inviting(device, to, 0b01)];
    let mut then = |change: &dyn Fn(&mut Call)| {
        let mut call = invited;
        change(&mut call);
        all.push(call);
    };
    for other in [Device::AlicePhone, Device::AliceTablet] {
        then(&|call| call.ring(other));
        then(&|call| call.answer(other));
    }
    for stage in [
        Stage::Over(Length::Short),
        Stage::Over(Length::Long),
        Stage::Declined,
        Stage::Withdrawn,
        Stage::Missed,
    ] {
        then(&|call| call.end(stage));
    }
    all
}

#[test]
fn whatever_is_otherwise_in_a_state_is_otherwise_in_its_words() {
    let all = otherwise();
    let mut known: HashMap<Vec<u8>, State> = HashMap::new();
    for state in &all {
        let mut recorder = Recorder::default();
        state.hash(&mut recorder);
        if let Some(other) = known.insert(recorder.0, *state) {
            panic!("{other:?} and {state:?} have the same words");
        }
    }
    let different: HashSet<String> = all.iter().map(|state| format!("{state:?}")).collect();
    assert_eq!(different.len(), all.len(), "no two of the states are the same");
}
