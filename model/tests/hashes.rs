//! **States that differ are hashed as different words.**
//!
//! Two searches tell states apart by their hashes. What a hasher is handed must therefore tell them apart before anything is
//! mixed; here it is recorded as it is.

mod support;

use mailcover_model::state::{Budget, MESSAGE_CAPACITY, Message, MessageKind, State};
use mailcover_model::world::{Address, Device};
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
