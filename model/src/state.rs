//! **All that is the case at one moment, as plain data of fixed size.**
//!
//! A state stores what happened and what is still to come of it; what somebody *knows* is never stored, it is a
//! function of what they saw ([`crate::view`], [`crate::knowledge`]). Whatever a claim or a view must remember
//! enlarges the state space, so a part that nothing reads stays empty ([`crate::slice`]).
//!
//! Everything is bytes and words in arrays: a state is copied, hashed and compared without following a pointer.

use crate::action::Signer;
use crate::design::OrderKind;
use crate::row::Rows;
use crate::world::{Address, Device, Place, User};

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

/// A device's condition, in bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DeviceState(u8);

impl DeviceState {
    const FRESH: Self = Self(0b011);

    const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    fn set(&mut self, bit: u8, value: bool) {
        self.0 = if value { self.0 | bit } else { self.0 & !bit };
    }

    /// Whether the directory lists it.
    #[must_use]
    pub const fn registered(self) -> bool {
        self.has(1)
    }

    /// Whether it is switched on and connected.
    #[must_use]
    pub const fn on(self) -> bool {
        self.has(2)
    }

    /// Whether its owner took the number elsewhere, so that push never reaches it again.
    #[must_use]
    pub const fn gone(self) -> bool {
        self.has(4)
    }

    /// Where it is.
    #[must_use]
    pub const fn place(self) -> Place {
        if self.has(8) { Place::Away } else { Place::Home }
    }

    /// Whether push can reach it now.
    #[must_use]
    pub const fn reachable(self) -> bool {
        self.on() && !self.gone()
    }

    /// Lists it in the directory, or no longer.
    pub fn register(&mut self, registered: bool) {
        self.set(1, registered);
    }

    /// Switches it on or off.
    pub fn switch(&mut self, on: bool) {
        self.set(2, on);
    }

    /// Marks it as abandoned for a telephone of another make.
    pub fn leave(&mut self) {
        self.set(4, true);
    }

    /// Moves it.
    pub fn move_to(&mut self, place: Place) {
        self.set(8, place == Place::Away);
        self.0 |= if place == Place::Away { 16 } else { 0 };
    }

    /// A new day begins: where the device is now is all that counts of it so far.
    pub fn begin_day(&mut self) {
        let away = self.has(8);
        self.set(16, away);
    }

    /// To which address a draft is open on it.
    #[must_use]
    pub fn draft(self) -> Option<Address> {
        Address::ALL.get((self.0 >> 5).wrapping_sub(1) as usize).copied()
    }

    /// Opens a draft, or closes it.
    pub fn set_draft(&mut self, draft: Option<Address>) {
        let code = draft.map_or(0, |address| address as u8 + 1);
        self.0 = (self.0 & 0b1_1111) | (code << 5);
    }

    /// Whether it has been away today.
    #[must_use]
    pub const fn has_been_away(self) -> bool {
        self.has(16)
    }
}

/// A person's whereabouts, in bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Person(u8);

impl Person {
    /// Where the person is.
    #[must_use]
    pub const fn place(self) -> Place {
        if self.0 & 1 == 0 { Place::Home } else { Place::Away }
    }

    /// Whether the person has been away today.
    #[must_use]
    pub const fn has_been_away(self) -> bool {
        self.0 & 2 != 0
    }

    /// Moves the person.
    pub fn move_to(&mut self, place: Place) {
        self.0 = match place {
            Place::Home => self.0 & !1,
            Place::Away => self.0 | 3,
        };
    }

    /// A new day begins: where the person is now is all that counts of it so far.
    pub fn begin_day(&mut self) {
        self.0 = (self.0 & !2) | ((self.0 & 1) << 1);
    }
}

/// What the directory's operator did to an address's entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Tampering {
    /// Nothing.
    #[default]
    None,
    /// A key of the operator's is listed beside the owner's.
    Added,
    /// The operator's keys are listed in place of the owner's.
    Swapped,
}

/// The bit of the operator's own key in a mask of devices.
pub const OPERATOR_KEY: u8 = 1 << 4;

/// What a device remembers of the directory's answer about an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Cached {
    /// Days since the answer, saturating one past the days that the cache keeps it fresh.
    pub age: u8,
    bits: u8,
}

impl Cached {
    const KNOWN: u8 = 1 << 7;

    /// An answer of today that names these devices: a mask, with [`OPERATOR_KEY`] for the operator's key.
    #[must_use]
    pub const fn today(named: u8) -> Self {
        Self { age: 0, bits: named | Self::KNOWN }
    }

    /// Whether there is an answer, fresh or stale.
    #[must_use]
    pub const fn known(self) -> bool {
        self.bits & Self::KNOWN != 0
    }

    /// The devices that the answer names: a mask, with [`OPERATOR_KEY`] for the operator's key.
    #[must_use]
    pub const fn named(self) -> u8 {
        self.bits & !Self::KNOWN
    }
}

/// What sort of message it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MessageKind {
    /// No message.
    None,
    /// Submitted to push by a device whose owner pressed send.
    Platform,
    /// Handed to the carrier by a device whose owner pressed send.
    Sms,
    /// Composed by no device: put before a device by an adversary.
    Injected,
    /// Could not be sent at all; the sender was told.
    Failed,
}

/// A message, sent or injected, from its submission on. It is never forgotten.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Message {
    kind: MessageKind,
    author: u8,
    device: u8,
    to: u8,
    named: u8,
    waiting: u8,
    received: u8,
    /// Days since submission, while a copy waits; 0 afterwards.
    pub age: u8,
    /// Days since the first receipt, saturating, where a claim asks; 0 otherwise.
    pub heard: u8,
    /// Whose message's body it carries: a message's place, or [`FORGED_BODY`].
    pub body: u8,
    signer: u8,
    /// Whether push gave it up.
    pub expired: bool,
    /// Whether the sender was told of a failure.
    pub told: bool,
}

/// The body that an adversary wrote, in the place of a message's number.
pub const FORGED_BODY: u8 = MESSAGE_CAPACITY as u8;

impl Message {
    const NONE: Self = Self {
        kind: MessageKind::None,
        author: 0,
        device: 0,
        to: 0,
        named: 0,
        waiting: 0,
        received: 0,
        age: 0,
        heard: 0,
        body: 0,
        signer: 0,
        expired: false,
        told: false,
    };

    /// A message that a person chose to send, from the device, with its body its own place; `named` is the mask
    /// of devices it was encrypted for, all of which still wait but for the operator's key.
    #[must_use]
    pub fn sent(kind: MessageKind, device: Device, to: Address, named: u8, body: usize) -> Self {
        Self {
            kind,
            author: device.owner() as u8,
            device: device as u8,
            signer: device as u8,
            to: to as u8,
            named,
            waiting: if kind == MessageKind::Failed { 0 } else { named & !OPERATOR_KEY },
            body: body as u8,
            ..Self::NONE
        }
    }

    /// A message that nobody composed, accepted by the device as the claimed author's.
    #[must_use]
    pub fn injected(device: Device, claimed: User, body: u8, signer: Signer) -> Self {
        Self {
            kind: MessageKind::Injected,
            author: claimed as u8,
            device: device as u8,
            to: device.owner().address() as u8,
            named: device.bit(),
            received: device.bit(),
            body,
            signer: match signer {
                Signer::Device(by) => by as u8,
                Signer::Adversary => Device::ALL.len() as u8,
            },
            ..Self::NONE
        }
    }

    /// What sort of message it is.
    #[must_use]
    pub const fn kind(&self) -> MessageKind {
        self.kind
    }

    /// Whether a person chose to send it.
    #[must_use]
    pub const fn honest(&self) -> bool {
        matches!(self.kind, MessageKind::Platform | MessageKind::Sms | MessageKind::Failed)
    }

    /// Who sent it, or is claimed to have sent it.
    #[must_use]
    pub const fn author(&self) -> User {
        User::ALL[self.author as usize]
    }

    /// The device that sent it; for an injected one, the device that it was put before.
    #[must_use]
    pub const fn device(&self) -> Device {
        Device::ALL[self.device as usize]
    }

    /// Who signed it.
    #[must_use]
    pub fn signer(&self) -> Signer {
        Device::ALL.get(self.signer as usize).map_or(Signer::Adversary, |&by| Signer::Device(by))
    }

    /// The address that it was sent to.
    #[must_use]
    pub const fn to(&self) -> Address {
        Address::ALL[self.to as usize]
    }

    /// The devices that it was encrypted for.
    #[must_use]
    pub const fn named(&self) -> u8 {
        self.named
    }

    /// The devices that a copy still waits for.
    #[must_use]
    pub const fn waiting(&self) -> u8 {
        self.waiting
    }

    /// The devices that received and accepted it.
    #[must_use]
    pub const fn received(&self) -> u8 {
        self.received
    }

    /// Takes the device's copy off the queue; `accepted` says whether the device accepted it.
    pub fn hand_over(&mut self, device: Device, accepted: bool) {
        self.waiting &= !device.bit();
        if accepted {
            self.received |= device.bit();
        }
        if self.waiting == 0 {
            self.age = 0;
        }
    }

    /// Gives up all copies that still wait.
    pub fn give_up(&mut self) {
        self.waiting = 0;
        self.age = 0;
        self.expired = true;
    }
}

/// Whether an order exists and what became of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum OrderStatus {
    /// There is none.
    #[default]
    None,
    /// It runs.
    Running,
    /// Its validity has ended.
    Ended,
}

/// A granted order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Order {
    /// Whether it runs.
    pub status: OrderStatus,
    /// Its place among the kinds of order; see [`Order::kind`].
    kind: u8,
    /// The user it names, or 3 for everyone.
    target: u8,
    /// Days since it was granted, saturating.
    pub age: u8,
    /// For how many days after the grant it runs, the last inclusive, extensions included.
    pub runs: u8,
    /// How many days before the grant the period asked about begins.
    pub since: u8,
    /// How often it was extended.
    pub extended: u8,
}

impl Order {
    const KINDS: [OrderKind; 4] =
        [OrderKind::Subpoena, OrderKind::RecordsOrder, OrderKind::PenRegister, OrderKind::Warrant];

    /// An order granted today.
    #[must_use]
    pub fn granted(kind: OrderKind, target: Option<User>, since: u8, runs: u8) -> Self {
        Self {
            status: OrderStatus::Running,
            kind: kind as u8,
            target: target.map_or(3, |user| user as u8),
            age: 0,
            runs,
            since,
            extended: 0,
        }
    }

    /// What kind of order it is.
    #[must_use]
    pub fn kind(&self) -> OrderKind {
        Self::KINDS[self.kind as usize % 4]
    }

    /// The user it names; `None` means everyone.
    #[must_use]
    pub fn target(&self) -> Option<User> {
        User::ALL.get(self.target as usize).copied()
    }

    /// Whether it is in force.
    #[must_use]
    pub fn running(&self) -> bool {
        self.status == OrderStatus::Running
    }
}

/// The preservation request: whose rows are frozen, and since when.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Preservation {
    /// Whether it is in force.
    pub in_force: bool,
    /// Days since it was made or renewed.
    pub age: u8,
    /// How often it was renewed.
    pub renewed: u8,
    target: u8,
}

impl Preservation {
    /// A request made today for the rows of this user.
    #[must_use]
    pub fn of(user: User) -> Self {
        Self { in_force: true, age: 0, renewed: 0, target: user as u8 }
    }

    /// Whose rows it freezes.
    #[must_use]
    pub const fn target(&self) -> User {
        User::ALL[(self.target % 3) as usize]
    }
}

/// What people may still do within the scope. Each count is at most 3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Budget {
    /// Addresses that each user may type.
    pub types: [u8; 3],
    /// Contacts' names that each user may pick.
    pub picks: [u8; 3],
    /// Messages that each user may send to each other user: two bits a pair.
    pub sends: Counts<3>,
    /// Lookups that each user's devices may make of each address: two bits an address.
    pub lookups: Counts<3>,
    /// Registrations and deregistrations by the owner.
    pub registrations: u8,
    /// Users who may leave the platform.
    pub leaves: u8,
    /// Journeys, per user.
    pub travels: [u8; 3],
    /// Times that a key may be added or swapped.
    pub keys: u8,
    /// Messages that may be injected.
    pub injections: u8,
    /// Applications to a court.
    pub applications: u8,
    /// Disclosures.
    pub disclosures: u8,
    /// Extensions of orders, preservation requests and their renewals.
    pub requests: u8,
}

/// Small counts, two bits each, for each of `N` users towards four others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Counts<const N: usize>([u8; N]);

impl<const N: usize> Default for Counts<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Counts<N> {
    /// The count of `from` towards `to`, at most 3.
    #[must_use]
    pub const fn get(&self, from: usize, to: usize) -> u8 {
        (self.0[from] >> (2 * to)) & 3
    }

    /// Sets the count of `from` towards `to`; more than 3 counts as 3.
    pub fn set(&mut self, from: usize, to: usize, count: u8) {
        let cleared = self.0[from] & !(3 << (2 * to));
        self.0[from] = cleared | (count.min(3) << (2 * to));
    }

    /// Spends one; `None` when none is left.
    #[must_use]
    pub fn spend(&mut self, from: usize, to: usize) -> Option<()> {
        let left = self.get(from, to).checked_sub(1)?;
        self.set(from, to, left);
        Some(())
    }
}

/// Spends one of a count; `None` when none is left.
#[must_use]
pub fn spend(count: &mut u8) -> Option<()> {
    *count = count.checked_sub(1)?;
    Some(())
}
