//! **All that is the case at one moment, as plain data of fixed size.**
//!
//! A state stores what happened and what is still to come of it; what somebody *knows* is never stored, it is a
//! function of what they saw ([`crate::view`], [`crate::knowledge`]). Whatever a claim or a view must remember
//! enlarges the state space, so a part that nothing reads stays empty ([`crate::slice`]).
//!
//! Everything is bytes and words in arrays: a state is copied, hashed and compared without following a pointer.

mod budget;
mod call;
mod device;
mod directory;
mod hash;
mod law;
mod means;
mod message;
mod room;
mod tally;

pub use budget::{Budget, Counts, Each, spend};
pub use call::{Call, Length, Stage};
pub use device::{DeviceState, Person};
pub use directory::{Cached, Comparisons, Entries, OPERATOR_KEY, Tampering};
pub use law::{Order, OrderStatus, Preservation};
pub(crate) use means::Means;
pub use message::{FORGED_BODY, Fate, Message, MessageKind};
pub use room::Room;
pub use tally::{Purpose, Tally};

use crate::action::PrivateKey;
use crate::design::Holder;
use crate::row::Rows;
use crate::world::{Address, Device, User};
use enumset::EnumSet;

/// How many rows the logs hold at most, all together.
pub const LOG_CAPACITY: usize = 12;
/// How many observations the remembering observers hold at most, all together.
pub const MEMORY_CAPACITY: usize = 14;
/// How many messages a run has at most, injected ones included.
pub const MESSAGE_CAPACITY: usize = 4;
/// How many calls a run has at most.
pub const CALL_CAPACITY: usize = 4;
/// How many orders are granted in a run at most, at all holders together.
pub const ORDER_CAPACITY: usize = 4;

/// One moment of the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct State {
    /// The rows that the design's logs retain, oldest first.
    pub rows: Rows<LOG_CAPACITY>,
    /// What the remembering observers saw, oldest first.
    pub memory: Rows<MEMORY_CAPACITY>,
    /// Who typed whose address: a mask of pairs.
    pub typed: u8,
    /// Whose devices looked whom up: a mask of pairs.
    pub looked_up: u8,
    /// The day of the run.
    pub day: u8,
    /// Whether the prologue is still running.
    pub prologue: bool,
    /// Whether the run's past is one that the scope has only because it was widened (see [`crate::widening`]).
    pub widened_past: bool,
    /// The lists that were full when something was to be added to them. A search that meets such a state proves nothing,
    /// and the checker says so.
    pub outgrown: EnumSet<Room>,
    /// Whether each device is registered, on, gone; where it is; which draft is open on it.
    pub devices: [DeviceState; 4],
    /// Each person's whereabouts, and which keys were stolen from the person's devices.
    pub persons: [Person; 3],
    /// For how many days somebody's number has been another's, who gave it up; 0 before that.
    pub handed: u8,
    /// What the directory's operator did to each address's entry.
    pub directory: Entries,
    /// The addresses of which the directory's operator keeps alerts back: a mask.
    pub withheld: u8,
    /// Between whom keys were compared.
    pub compared: Comparisons,
    /// What each device remembers of the directory's answer about each address.
    pub cache: [[Cached; 4]; 4],
    messages: [Message; MESSAGE_CAPACITY],
    calls: [Call; CALL_CAPACITY],
    orders: [Order; ORDER_CAPACITY],
    /// The request to preserve what exists about each user.
    pub requests: [Preservation; 3],
    /// The demands that a report is about.
    pub tally: Tally,
    /// What people may still do within the scope.
    pub budget: Budget,
}

impl State {
    /// The world before anything happened: everybody's devices registered and on, everybody at home.
    #[must_use]
    pub fn empty(budget: Budget) -> Self {
        Self {
            rows: Rows::default(),
            memory: Rows::default(),
            typed: 0,
            looked_up: 0,
            day: 0,
            prologue: true,
            widened_past: false,
            outgrown: EnumSet::empty(),
            devices: [DeviceState::FRESH; 4],
            persons: [Person::default(); 3],
            handed: 0,
            directory: Entries::default(),
            withheld: 0,
            compared: Comparisons::default(),
            cache: [[Cached::default(); 4]; 4],
            messages: [Message::NONE; MESSAGE_CAPACITY],
            calls: [Call::default(); CALL_CAPACITY],
            orders: [Order::default(); ORDER_CAPACITY],
            requests: [Preservation::default(); 3],
            tally: Tally::default(),
            budget,
        }
    }

    /// The same moment in a scope that allows as many lookups as can be counted: what machinery could do in it that is
    /// impossible here, only a bound forbids.
    #[must_use]
    pub fn with_lookups_to_spare(&self) -> Self {
        let budget = Budget { lookups: Counts::MOST, ..self.budget };
        Self { budget, ..*self }
    }

    /// The messages so far, in the order of their sending.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().take_while(|message| message.kind() != MessageKind::None)
    }

    /// The message in this place, which may be none.
    #[must_use]
    pub fn message(&self, index: usize) -> &Message {
        &self.messages[index]
    }

    /// The message in this place, to be changed.
    pub fn message_mut(&mut self, index: usize) -> &mut Message {
        &mut self.messages[index]
    }

    /// Puts a message after the last and returns its place. When there is no room, it says so in
    /// [`State::outgrown`] and returns `None`.
    pub fn add_message(&mut self, message: Message) -> Option<usize> {
        let index = self.messages().count();
        let Some(place) = self.messages.get_mut(index) else {
            self.outgrown |= Room::Messages;
            return None;
        };
        *place = message;
        Some(index)
    }

    /// The calls so far, in the order of their invitations.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().take_while(|call| call.stage() != Stage::None)
    }

    /// The call in this place, to be changed.
    pub fn call_mut(&mut self, index: usize) -> &mut Call {
        &mut self.calls[index]
    }

    /// Puts a call after the last. When there is no room, it says so in [`State::outgrown`] and adds nothing.
    pub fn add_call(&mut self, call: Call) {
        let index = self.calls().count();
        match self.calls.get_mut(index) {
            Some(place) => *place = call,
            None => self.outgrown |= Room::Calls,
        }
    }

    /// The orders so far, in the order of their granting: their places are their numbers.
    #[must_use]
    pub fn orders(&self) -> &[Order] {
        let count = self.orders.iter().take_while(|order| order.exists()).count();
        &self.orders[..count]
    }

    /// The places of all orders, to be changed; those behind the last order are empty.
    pub fn orders_mut(&mut self) -> &mut [Order] {
        &mut self.orders
    }

    /// The orders at a holder so far, each with its number.
    pub fn orders_at(&self, holder: Holder) -> impl Iterator<Item = (usize, &Order)> {
        self.orders().iter().enumerate().filter(move |(_, order)| order.at() == holder)
    }

    /// Puts an order after the last. When there is no room, it says so in [`State::outgrown`] and adds nothing.
    pub fn add_order(&mut self, order: Order) {
        let count = self.orders().len();
        match self.orders.get_mut(count) {
            Some(place) => *place = order,
            None => self.outgrown |= Room::Orders,
        }
    }

    /// The request to preserve what exists about this user.
    #[must_use]
    pub fn request(&self, user: User) -> Preservation {
        self.requests[user.index()]
    }

    /// This device.
    #[must_use]
    pub fn device(&self, device: Device) -> DeviceState {
        self.devices[device.index()]
    }

    /// This device, to be changed.
    pub fn device_mut(&mut self, device: Device) -> &mut DeviceState {
        &mut self.devices[device.index()]
    }

    /// This person.
    #[must_use]
    pub fn person(&self, user: User) -> Person {
        self.persons[user.index()]
    }

    /// This person, to be changed.
    pub fn person_mut(&mut self, user: User) -> &mut Person {
        &mut self.persons[user.index()]
    }

    /// The keys that were stolen from this device.
    #[must_use]
    pub fn stolen(&self, device: Device) -> EnumSet<PrivateKey> {
        self.person(device.owner()).stolen(device)
    }

    /// Marks a key of the device as stolen, and the messages that it had accepted by then if it is what opens them.
    pub fn rob(&mut self, device: Device, key: PrivateKey) {
        self.person_mut(device.owner()).rob(device, key);
        if key == PrivateKey::Decryption {
            self.messages.iter_mut().for_each(|message| message.precede_theft(device));
        }
    }

    /// What the device remembers about the address.
    #[must_use]
    pub fn cached(&self, device: Device, address: Address) -> Cached {
        self.cache[device.index()][address.index()]
    }
}
