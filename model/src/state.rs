//! **All that is the case at one moment, as plain data of fixed size.**
//!
//! A state stores what happened and what is still to come of it; what somebody *knows* is never stored, it is a
//! function of what they saw ([`crate::view`], [`crate::knowledge`]). Whatever a claim or a view must remember
//! enlarges the state space, so a part that nothing reads stays empty ([`crate::slice`]).
//!
//! Everything is bytes and words in arrays: a state is copied, hashed and compared without following a pointer.

mod budget;
mod device;
mod directory;
mod law;
mod message;

pub use budget::{Budget, Counts, spend};
pub use device::{DeviceState, Person};
pub use directory::{Cached, OPERATOR_KEY, Tampering};
pub use law::{Order, OrderStatus, Preservation};
pub use message::{FORGED_BODY, Message, MessageKind};

use crate::row::Rows;
use crate::world::{Address, Device, User};

/// How many rows the logs hold at most, all together.
pub const LOG_CAPACITY: usize = 12;
/// How many observations the remembering observers hold at most, all together.
pub const MEMORY_CAPACITY: usize = 14;
/// How many messages a run has at most.
pub const MESSAGE_CAPACITY: usize = 4;

/// One moment of the world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct State {
    /// The rows that the design's logs retain, oldest first.
    pub rows: Rows<LOG_CAPACITY>,
    /// What the remembering observers saw, oldest first.
    pub memory: Rows<MEMORY_CAPACITY>,
    /// Who typed whose address: a mask of pairs.
    pub typed: u16,
    /// Whose devices looked whom up: a mask of pairs.
    pub looked_up: u16,
    /// The day of the run.
    pub day: u8,
    /// Whether the prologue is still running.
    pub prologue: bool,
    /// Whether a list was full when it was written to. Such a state proves nothing, and the checker says so.
    pub overflow: bool,
    /// Whether each device is registered, on, gone; where it is; which draft is open on it.
    pub devices: [DeviceState; 4],
    /// Each person's whereabouts.
    pub persons: [Person; 3],
    /// What the directory's operator did to each address's entry.
    pub directory: [Tampering; 4],
    /// What each device remembers of the directory's answer about each address.
    pub cache: [[Cached; 4]; 4],
    messages: [Message; MESSAGE_CAPACITY],
    /// The order at each holder.
    pub orders: [Order; 2],
    /// The preservation request.
    pub preservation: Preservation,
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
            overflow: false,
            devices: [DeviceState::FRESH; 4],
            persons: [Person::default(); 3],
            directory: [Tampering::default(); 4],
            cache: [[Cached::default(); 4]; 4],
            messages: [Message::NONE; MESSAGE_CAPACITY],
            orders: [Order::default(); 2],
            preservation: Preservation::default(),
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

    /// Puts a message after the last and returns its place; `None` when there is no room.
    pub fn add_message(&mut self, message: Message) -> Option<usize> {
        let index = self.messages().count();
        *self.messages.get_mut(index)? = message;
        Some(index)
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

    /// What the device remembers about the address.
    #[must_use]
    pub fn cached(&self, device: Device, address: Address) -> Cached {
        self.cache[device.index()][address.index()]
    }
}
