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

mod content;
mod observer;
mod shown;

pub use content::Frame;
pub use observer::{Observer, Watcher};
pub(crate) use shown::through;
pub use shown::{Shape, watchers};

use crate::flaw::Flaw;
use crate::row::{Field, Kind, Mask, Row};
use crate::service::Service;
use crate::state::{MESSAGE_CAPACITY, Message, MessageKind, OPERATOR_KEY, State};
use crate::world::{Device, User};
use smallvec::SmallVec;

/// All that an observer holds in a state. Its numbers mean nothing but their equality.
pub type View = SmallVec<[u32; 16]>;

impl Service {
    /// What the observer holds in the state.
    #[must_use]
    pub fn view_of(&self, observer: Observer, state: &State) -> View {
        let mut view = View::new();
        view.push(u32::from(state.day));
        match observer {
            Observer::Log(_) => {
                let rows = state.rows.as_slice().iter().filter(|row| self.stands_in(observer, **row));
                let shown = |row: &Row| row.masked(self.disclosed_mask(*row)).without_text().bits();
                view.extend(rows.map(shown));
            }
            Observer::ProviderStore => self.store_view(&mut view, state),
            Observer::Opened(user) => {
                let shown = |message: &Message| {
                    Row::of(Kind::Delivered)
                        .from(message.author())
                        .to(message.to())
                        .aged(message.heard.into())
                        .because(attached(message, user))
                        .bits()
                };
                view.extend(self.on_devices_of(state, user).map(shown));
            }
            _ => {
                let mut numbers = Numbering::default();
                for row in self.remembered(observer, state) {
                    view.push(numbers.renumber(row).without_text().bits());
                }
            }
        }
        self.content_view(&mut view, observer, state);
        view
    }

    /// The rows that a remembering observer has seen, oldest first, as it saw them.
    pub fn remembered(&self, observer: Observer, state: &State) -> impl Iterator<Item = Row> {
        let watcher = observer.watcher();
        let rows: SmallVec<[Row; crate::state::MEMORY_CAPACITY]> =
            SmallVec::from_slice(state.memory.as_slice());
        rows.into_iter().filter_map(move |row| {
            let seen = if row.disclosed() {
                watcher == Some(Watcher::Investigator)
            } else {
                watcher.is_some_and(|watcher| self.watchers(row).contains(watcher))
            };
            if !seen {
                return None;
            }
            Some(if row.disclosed() { row } else { self.shown(observer, row) })
        })
    }

    /// The fields of a log's row that whoever reads the log sees.
    #[must_use]
    pub fn disclosed_mask(&self, row: Row) -> Mask {
        let log = self.design.logs.get(row.index());
        let dated = log.is_some_and(|log| log.fields.contains(Field::Day));
        let mask = self.log_mask(row.index(), row);
        if dated { mask } else { mask.without_age() }
    }

    fn store_view(&self, view: &mut View, state: &State) {
        let held = |row: &&Row| self.stands_in(Observer::ProviderStore, **row);
        let marked = |row: &Row| row.masked(self.disclosed_mask(*row).and_marks());
        view.extend(state.rows.as_slice().iter().filter(held).map(|row| marked(row).without_text().bits()));
        let content = self.copies(state).chain(self.blobs(state));
        view.extend(content.map(|row| row.without_text().bits()));
        let registered = self.scope.devices.iter().filter(|&device| state.device(device).registered());
        view.push(u32::MAX - registered.fold(0, |mask, device| mask | u32::from(device.bit())));
        view.push(u32::from(state.directory.byte()));
        for message in state.messages() {
            let copies = self.queued(message);
            if copies != 0 {
                let envelope =
                    Row::of(Kind::Submitted).from(message.author()).to(message.to()).by(message.device());
                view.push(envelope.aged(u16::from(message.age)).bits());
                view.push(u32::from(message.named()) << 8 | u32::from(copies));
            }
        }
    }

    /// The devices whose copies of a message the provider's queue holds.
    fn queued(&self, message: &Message) -> u8 {
        if message.kind() != MessageKind::Platform || message.waiting() == 0 {
            0
        } else if self.has(Flaw::QueueForgetsAcknowledgements) {
            message.named() & !OPERATOR_KEY
        } else {
            message.waiting()
        }
    }
}

/// Whether something is attached to a message, and stored on a device of this user's.
fn attached(message: &Message, user: User) -> u8 {
    let has = Device::ALL.into_iter().any(|device| device.owner() == user && message.has_file(device));
    u8::from(message.attached()) + u8::from(has)
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
        let known = row.message().filter(|_| !row.disclosed());
        let Some(slot) = known.and_then(|number| self.given.get_mut(number)) else { return row };
        if slot.is_none() {
            *slot = Some(self.next);
            self.next += 1;
        }
        row.indexed(usize::from(slot.unwrap_or(0)))
    }
}
