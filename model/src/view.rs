//! **Who sees what, and what a view is.**
//!
//! A view is all that an observer holds in a state: the day, and an ordered sequence of rows. Some observers hold a
//! store as it is now; others remember what passed them for good. What an observer saw of encrypted content is part
//! of its view as a pattern: what it can open shows its structure, what it cannot is a token numbered in order of first
//! sight, so that equal views are exactly views that their holder cannot tell apart.
//!
//! **A coalition** holds the tuple of its members' views, and no more: distributed knowledge. Each member knows the order
//! in which its own rows were written, and the members can lay their rows side by side day by day; which of two rows of
//! one day came first, when different members hold them, is not in the tuple, since a day is the finest time that two
//! holders share. An observer of several stores is no coalition: the provider writes all of its logs by one clock, so
//! `provider-store` holds their rows in one order.

use crate::deduction::TermSet;
use crate::design::{Design, Holder, ObserverName};
use crate::flaw::Flaw;
use crate::knowledge::keys_in;
use crate::row::{Field, Kind, Mask, NOT_ACCEPTED, Row, TOLD_BY_THE_DEVICE};
use crate::service::Service;
use crate::state::{MESSAGE_CAPACITY, MessageKind, OPERATOR_KEY, State};
use crate::term::TermId;
use crate::world::{Address, User};
use enumset::{EnumSet, EnumSetType};
use smallvec::SmallVec;

/// Who sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observer {
    /// All that the provider's servers handle, as it happens, for good.
    ProviderLive,
    /// All that the provider's stores hold now: logs, the directory with the keys that do not belong there, the push
    /// queue.
    ProviderStore,
    /// The retained rows of the design's log of this number, now.
    Log(u8),
    /// What was asked for, what was decided and what was disclosed, for good.
    Investigator,
    /// All that the carrier handles, for good.
    Carrier,
    /// A tap between the devices and the provider, for good: endpoints, times, sizes.
    Network,
    /// A user's own devices, for good.
    Owner(User),
}

/// An observer who remembers.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
pub enum Watcher {
    /// See [`Observer::ProviderLive`].
    ProviderLive,
    /// See [`Observer::Investigator`].
    Investigator,
    /// See [`Observer::Carrier`].
    Carrier,
    /// See [`Observer::Network`].
    Network,
    /// See [`Observer::Owner`].
    Alice,
    /// See [`Observer::Owner`].
    Bob,
    /// See [`Observer::Owner`].
    Carol,
}

/// All that an observer holds in a state. Its numbers mean nothing but their equality.
pub type View = SmallVec<[u32; 16]>;

impl Observer {
    /// The observer of this name, in this design; `None` when the design lacks the log it names.
    #[must_use]
    pub fn named(name: &ObserverName, design: &Design) -> Option<Self> {
        Some(match name {
            ObserverName::ProviderLive => Self::ProviderLive,
            ObserverName::ProviderStore => Self::ProviderStore,
            ObserverName::Log(log) => {
                Self::Log(design.logs.iter().position(|known| &known.name == log)? as u8)
            }
            ObserverName::Investigator => Self::Investigator,
            ObserverName::Carrier => Self::Carrier,
            ObserverName::Network => Self::Network,
            ObserverName::Peer(user) | ObserverName::Owner(user) => Self::Owner(*user),
        })
    }

    /// The memory that the observer needs; `None` for one that holds a store.
    #[must_use]
    pub const fn watcher(self) -> Option<Watcher> {
        match self {
            Self::ProviderLive => Some(Watcher::ProviderLive),
            Self::Investigator => Some(Watcher::Investigator),
            Self::Carrier => Some(Watcher::Carrier),
            Self::Network => Some(Watcher::Network),
            Self::Owner(User::Alice) => Some(Watcher::Alice),
            Self::Owner(User::Bob) => Some(Watcher::Bob),
            Self::Owner(User::Carol) => Some(Watcher::Carol),
            Self::ProviderStore | Self::Log(_) => None,
        }
    }
}

const fn own(user: User) -> Watcher {
    match user {
        User::Alice => Watcher::Alice,
        User::Bob => Watcher::Bob,
        User::Carol => Watcher::Carol,
    }
}

/// Who sees something of what the row describes, as it happens.
#[must_use]
pub fn watchers(row: Row, flaw: Option<Flaw>) -> EnumSet<Watcher> {
    let of = |user: Option<User>| user.map_or(EnumSet::empty(), |user| EnumSet::only(own(user)));
    let source = of(row.source());
    let target = of(row.target().map(Address::owner));
    match row.kind() {
        Kind::Typed | Kind::Picked | Kind::Abandoned | Kind::Travelled => source,
        Kind::Lookup | Kind::Submitted => Watcher::ProviderLive | Watcher::Network | source,
        Kind::Delivered if flaw == Some(Flaw::AcknowledgementLost) => target,
        Kind::Delivered => Watcher::ProviderLive | Watcher::Network | source | target,
        // Its owner's device shows nothing of what it does not accept.
        Kind::Unacknowledged => Watcher::ProviderLive | Watcher::Network,
        Kind::Expired => EnumSet::only(Watcher::ProviderLive),
        Kind::Told if row.detail() == TOLD_BY_THE_DEVICE => source,
        Kind::Told => Watcher::ProviderLive | source,
        Kind::SmsSent if flaw == Some(Flaw::FallbackByServer) => {
            Watcher::ProviderLive | Watcher::Carrier | source
        }
        Kind::SmsSent => Watcher::Carrier | source,
        Kind::SmsDelivered => target | Watcher::Carrier,
        Kind::Registered | Kind::Deregistered => Watcher::ProviderLive | Watcher::Network | source,
        Kind::Left => Watcher::Carrier | source,
        Kind::SwitchedOff | Kind::SwitchedOn => Watcher::ProviderLive | source,
        Kind::KeyAdded | Kind::KeySwapped => EnumSet::only(Watcher::ProviderLive),
        Kind::Injected if row.detail() == NOT_ACCEPTED => Watcher::ProviderLive | Watcher::Network,
        Kind::Injected => Watcher::ProviderLive | Watcher::Network | target,
        Kind::Granted | Kind::Refused | Kind::Extended | Kind::Disclosed => {
            let holder =
                if row.index() == Holder::Carrier.index() { Watcher::Carrier } else { Watcher::ProviderLive };
            Watcher::Investigator | holder
        }
        Kind::Preserved => Watcher::Investigator | Watcher::ProviderLive,
        Kind::Exchange => EnumSet::empty(),
    }
}

/// Whether the row's index is the number of a message.
#[must_use]
pub const fn names_message(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Submitted
            | Kind::Delivered
            | Kind::Unacknowledged
            | Kind::Expired
            | Kind::Told
            | Kind::SmsSent
            | Kind::SmsDelivered
            | Kind::Injected
    )
}

/// What a tap can say of an exchange: its size, which way the bulk of it went, and whether it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A small request and its answer.
    Request,
    /// Something large from the device.
    Upload,
    /// Something large to the device, which answers.
    Download,
    /// Something large to the device, which does not answer.
    Unanswered,
}

impl Shape {
    /// All shapes, in the order of their details.
    pub const ALL: [Self; 4] = [Self::Request, Self::Upload, Self::Download, Self::Unanswered];

    fn of(row: Row) -> Self {
        match row.kind() {
            Kind::Submitted => Self::Upload,
            Kind::Delivered => Self::Download,
            Kind::Injected if row.detail() != NOT_ACCEPTED => Self::Download,
            Kind::Unacknowledged | Kind::Injected => Self::Unanswered,
            _ => Self::Request,
        }
    }

    /// The shape that an exchange's row names.
    #[must_use]
    pub fn seen_in(row: Row) -> Self {
        let at = usize::from(row.detail()).wrapping_sub(1);
        Self::ALL.get(at).copied().unwrap_or(Self::Request)
    }
}

/// What the observer sees of a row that it has a part in.
#[must_use]
pub fn shown(observer: Observer, row: Row) -> Row {
    match (observer, row.kind()) {
        (Observer::Network, _) => {
            let exchange = Row::of(Kind::Exchange).aged(row.age()).by(row.device()).at(row.place());
            exchange.because(Shape::of(row) as u8 + 1)
        }
        // A lookup does not say what caused it.
        (Observer::ProviderLive, Kind::Lookup | Kind::Submitted) => row.because(0),
        // A receipt does not say which of the receiver's devices it is from, nor where that is.
        (Observer::Owner(user), Kind::Delivered) if row.source() == Some(user) => {
            row.by(user.phone()).at(crate::world::Place::Home)
        }
        // To its receiver a forged message is a message.
        (Observer::Owner(_), Kind::Injected) => {
            let message = Row::of(Kind::Delivered).aged(row.age()).to(row.device().owner().address());
            let message = row.source().map_or(message, |claimed| message.from(claimed));
            message.by(row.device()).at(row.place()).indexed(row.index())
        }
        (Observer::Owner(_), Kind::Submitted) => row.because(0),
        _ => row,
    }
}

impl Service {
    /// What the observer holds in the state.
    #[must_use]
    pub fn view_of(&self, observer: Observer, state: &State) -> View {
        let mut view = View::new();
        view.push(u32::from(state.day));
        match observer {
            Observer::Log(log) => {
                let rows = state.rows.as_slice().iter().filter(|row| row.index() == usize::from(log));
                view.extend(rows.map(|row| row.masked(self.disclosed_mask(row.index())).bits()));
            }
            Observer::ProviderStore => self.store_view(&mut view, state),
            _ => {
                let mut numbers = Numbering::default();
                for row in self.remembered(observer, state) {
                    view.push(numbers.renumber(row).bits());
                }
                self.content_view(&mut view, observer, state);
            }
        }
        view
    }

    /// The rows that a remembering observer has seen, oldest first, as it saw them.
    pub fn remembered(&self, observer: Observer, state: &State) -> impl Iterator<Item = Row> {
        let watcher = observer.watcher();
        let flaw = self.setup.flaw;
        let rows: SmallVec<[Row; crate::state::MEMORY_CAPACITY]> =
            SmallVec::from_slice(state.memory.as_slice());
        rows.into_iter().filter_map(move |row| {
            let seen = if row.disclosed() {
                watcher == Some(Watcher::Investigator)
            } else {
                watcher.is_some_and(|watcher| watchers(row, flaw).contains(watcher))
            };
            if !seen {
                return None;
            }
            Some(if row.disclosed() { row } else { shown(observer, row) })
        })
    }

    /// The fields of a log's rows that whoever reads the log sees.
    #[must_use]
    pub fn disclosed_mask(&self, log: usize) -> Mask {
        let dated = self.design.logs.get(log).is_some_and(|log| log.fields.contains(Field::Day));
        let mask = self.log_mask(log);
        if dated { mask } else { mask.without_age() }
    }

    fn store_view(&self, view: &mut View, state: &State) {
        let rows = state.rows.as_slice().iter().filter(|row| self.held_by(**row) == Some(Holder::Provider));
        view.extend(rows.map(|row| row.masked(self.disclosed_mask(row.index()).and_marks()).bits()));
        let registered = self.scope.devices.iter().filter(|&device| state.device(device).registered());
        view.push(u32::MAX - registered.fold(0, |mask, device| mask | u32::from(device.bit())));
        view.push(state.directory.iter().fold(0, |listed, &entry| listed << 2 | entry as u32));
        for message in state.messages().filter(|message| message.kind() == MessageKind::Platform) {
            let waiting = message.waiting();
            if waiting != 0 {
                let shown = if self.has(Flaw::QueueForgetsAcknowledgements) {
                    message.named() & !OPERATOR_KEY
                } else {
                    waiting
                };
                let envelope =
                    Row::of(Kind::Submitted).from(message.author()).to(message.to()).by(message.device());
                view.push(envelope.aged(u16::from(message.age)).bits());
                view.push(u32::from(message.named()) << 8 | u32::from(shown));
            }
        }
    }

    /// What the observer saw of content, as a pattern.
    fn content_view(&self, view: &mut View, observer: Observer, state: &State) {
        let mut frame: SmallVec<[TermId; 16]> = SmallVec::new();
        let watcher = observer.watcher();
        for row in state.memory.as_slice().iter().filter(|row| !row.disclosed() && names_message(row.kind()))
        {
            if watcher.is_some_and(|watcher| watchers(*row, self.setup.flaw).contains(watcher)) {
                self.content_of(&mut frame, observer, state, *row);
            }
        }
        if frame.is_empty() {
            return;
        }
        let constants = self.wire.public().union(self.constants(observer));
        let knowledge = self.wire.close(frame.iter().copied().fold(constants, |mut known, term| {
            known.insert(term);
            known
        }));
        view.extend_from_slice(self.wire.deduction().pattern(&constants, &knowledge, &frame).codes());
    }

    fn constants(&self, observer: Observer) -> TermSet {
        match observer {
            Observer::ProviderLive => self.wire.own_keys().union(self.wire.channels(EnumSet::all())),
            Observer::Network => self.wire.own_keys(),
            Observer::Owner(user) => self.wire.keys_of(user),
            _ => TermSet::default(),
        }
    }

    /// The terms that pass the observer with a row.
    fn content_of(&self, frame: &mut SmallVec<[TermId; 16]>, observer: Observer, state: &State, row: Row) {
        let message = state.message(row.index() % MESSAGE_CAPACITY);
        let sender = message.device();
        match (observer, row.kind()) {
            (Observer::ProviderLive, Kind::Submitted) => {
                frame.extend(
                    keys_in(message.named()).filter_map(|key| self.wire.payload(message.body, key, sender)),
                );
            }
            // The size of an upload gives away how many copies it is made of.
            (Observer::Network, Kind::Submitted) => {
                frame.extend(
                    keys_in(message.named()).filter_map(|key| self.wire.upload(message.body, key, sender)),
                );
            }
            (Observer::Network, Kind::Delivered | Kind::Unacknowledged) => {
                frame.extend(self.wire.record(message.body, row.device(), sender));
            }
            (Observer::Owner(user), Kind::Delivered) if row.source() != Some(user) => {
                frame.extend(self.wire.payload(message.body, Some(row.device()), sender));
            }
            (Observer::Carrier, Kind::SmsSent) => frame.push(self.wire.body(message.body)),
            (Observer::Owner(user), Kind::SmsDelivered) if row.source() != Some(user) => {
                frame.push(self.wire.body(message.body));
            }
            (Observer::Owner(user), Kind::Submitted | Kind::SmsSent) if row.source() == Some(user) => {
                frame.push(self.wire.body(message.body));
            }
            (Observer::Owner(_), Kind::Injected) => {
                frame.extend(
                    self.wire
                        .forms(message.body, row.device(), message.signer())
                        .next()
                        .map(|form| form.payload),
                );
            }
            (Observer::Network, Kind::Injected) => {
                let mut forms = self.wire.forms(message.body, row.device(), message.signer());
                frame.extend(forms.next().and_then(|form| form.record));
            }
            _ => {}
        }
    }
}

/// Numbers messages in the order of an observer's first sight of them, so that it does not learn of messages that it
/// never saw by the gaps.
#[derive(Default)]
struct Numbering {
    given: [Option<u8>; MESSAGE_CAPACITY],
    next: u8,
}

impl Numbering {
    fn renumber(&mut self, row: Row) -> Row {
        if row.disclosed() || !names_message(row.kind()) {
            return row;
        }
        let Some(slot) = self.given.get_mut(row.index()) else { return row };
        if slot.is_none() {
            *slot = Some(self.next);
            self.next += 1;
        }
        row.indexed(usize::from(slot.unwrap_or(0)))
    }
}
