//! **What of content passes whom with a row.**
//!
//! It is said once, in `pass`, and used twice. A view shows the terms of the rows that its holder has, in the order of
//! the rows, as a pattern ([`Service::frame`]). What somebody holds ([`Service::held`]) are the same terms as a set; of
//! those who remember, the rows are rebuilt from the messages, which are never forgotten, so that a search that asks
//! what can be derived, and not what looks alike, need not remember any row. A test holds the two to each other under
//! every flaw.

use super::{Observer, View, Watcher};
use crate::action::PrivateKey;
use crate::deduction::TermSet;
use crate::design::{Capability, Escrow, Holder};
use crate::flaw::Flaw;
use crate::knowledge::keys_in;
use crate::row::{Kind, Row, TOLD_BY_THE_DEVICE};
use crate::service::Service;
use crate::state::{FORGED_BODY, Message, State};
use crate::term::TermId;
use crate::world::{Device, User};
use enumset::EnumSet;
use smallvec::SmallVec;

/// Terms in the order in which they were seen.
pub type Frame = SmallVec<[TermId; 16]>;

impl Service {
    /// The terms that the observer's view shows, in the order of its rows.
    #[must_use]
    pub fn frame(&self, observer: Observer, state: &State) -> Frame {
        let mut frame = Frame::new();
        match observer {
            Observer::Log(_) | Observer::ProviderStore => {
                let rows = state.rows.as_slice().iter().filter(|row| self.stands_in(observer, **row));
                frame.extend(rows.filter_map(|&row| self.written(row)));
            }
            Observer::Investigator => {
                for &row in state.memory.as_slice().iter().filter(|row| row.disclosed()) {
                    match row.stored_blob() {
                        Some(number) => self.in_store(&mut frame, state.message(number.into()).body()),
                        None => frame.extend(self.written(row)),
                    }
                    if let Some(text) = self.backed_up(state, row) {
                        frame.push(text);
                        let key = || self.wire.backup_key(row.device().owner());
                        frame.extend(self.provider_opens_backups().then(key));
                    }
                }
            }
            Observer::Opened(user) => {
                for message in self.on_devices_of(state, user) {
                    frame.push(self.wire.body(message.body()));
                    let own = Device::ALL.into_iter().filter(|device| device.owner() == user);
                    let stored = own.into_iter().any(|device| message.has_file(device));
                    frame.extend(self.file(message.body()).filter(|_| stored));
                }
            }
            Observer::Thief => {
                let thefts = state.memory.as_slice().iter().filter(|row| row.kind() == Kind::KeyStolen);
                for (row, key) in thefts.filter_map(|row| Some((row, row.stolen_key()?))) {
                    frame.extend(self.stolen(state, row.device(), key));
                }
            }
            _ => {
                for &row in state.memory.as_slice().iter().filter(|row| !row.disclosed()) {
                    if let Some(number) = row.message().or(row.copy().map(usize::from)) {
                        self.pass(&mut frame, observer, state.message(number), row);
                    }
                }
            }
        }
        if observer == Observer::ProviderStore {
            state.messages().for_each(|message| self.stored(&mut frame, message));
            frame.extend(self.copies(state).filter_map(|copy| self.backed_up(state, copy)));
            let stored = state.messages().filter(|message| message.stored());
            stored.for_each(|message| self.in_store(&mut frame, message.body()));
        }
        frame
    }

    /// The terms that passed the observer, whether or not its rows are remembered.
    pub(crate) fn passed(&self, observer: Observer, state: &State) -> TermSet {
        if matches!(
            observer,
            Observer::Log(_) | Observer::ProviderStore | Observer::Investigator | Observer::Opened(_)
        ) {
            return self.frame(observer, state).into_iter().collect();
        }
        if observer == Observer::Thief {
            let keys = Device::ALL.into_iter().flat_map(|device| {
                state.stolen(device).into_iter().flat_map(move |key| self.stolen(state, device, key))
            });
            return keys.collect();
        }
        let mut passed = Frame::new();
        for (number, message) in state.messages().enumerate() {
            for row in message.rows(number) {
                self.pass(&mut passed, observer, message, row);
            }
        }
        passed.into_iter().collect()
    }

    /// The messages that the user's devices store now.
    pub(super) fn on_devices_of<'a>(
        &'a self,
        state: &'a State,
        user: User,
    ) -> impl Iterator<Item = &'a Message> {
        let for_good = self.design.devices.keepers.contains(user) || self.has(Flaw::DeletionOnlyHides);
        let own = Device::ALL.into_iter().filter(move |device| device.owner() == user);
        let own = own.fold(0, |mask, device| mask | device.bit());
        let kept = move |message: &Message| for_good || message.heard <= self.periods.device;
        state.messages().filter(move |message| message.held() & own != 0 && kept(message))
    }

    /// Whether a row stands in the log or the stores that the observer reads.
    pub(super) fn stands_in(&self, observer: Observer, row: Row) -> bool {
        match observer {
            Observer::Log(log) => row.index() == usize::from(log),
            Observer::ProviderStore => self.held_by(row) == Some(Holder::Provider),
            _ => false,
        }
    }

    /// What the observer saw of content, as a pattern.
    pub(super) fn content_view(&self, view: &mut View, observer: Observer, state: &State) {
        let frame = self.frame(observer, state);
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

    /// The terms that the observer knows in every run, besides what everybody does.
    pub(crate) fn constants(&self, observer: Observer) -> TermSet {
        match observer {
            Observer::ProviderLive => {
                let live = self.wire.own_keys().union(self.wire.channels(EnumSet::all()));
                live.union(self.kept_keys()).union(self.alterations())
            }
            Observer::ProviderStore => self.kept_keys(),
            Observer::Network => self.wire.own_keys().union(self.alterations()),
            Observer::Carrier | Observer::Radio
                if self.watchers(Row::of(Kind::Lookup)).contains(Watcher::Carrier) =>
            {
                self.constants(Observer::Network)
            }
            Observer::Authority => std::iter::once(self.wire.authority()).collect(),
            Observer::Owner(user) => {
                let backups = self.design.backup.made().then(|| self.wire.backup_key(user));
                self.wire.keys_of(user).union(backups.into_iter().collect())
            }
            _ => TermSet::default(),
        }
    }

    /// What is altered in copies: whoever sees how devices react to them works with whoever alters them.
    fn alterations(&self) -> TermSet {
        self.may(Capability::AlterInTransit).then(|| self.wire.alterations()).into_iter().collect()
    }

    /// The keys of everybody's backups, where the provider has them.
    fn kept_keys(&self) -> TermSet {
        let users = User::ALL.into_iter().filter(|_| self.provider_opens_backups());
        users.map(|user| self.wire.backup_key(user)).collect()
    }

    /// What a thief comes by with a device's key.
    fn stolen(&self, state: &State, device: Device, key: PrivateKey) -> impl Iterator<Item = TermId> {
        let read = move |message: usize| state.message(message).read_before_theft() & device.bit() != 0;
        let kept = self.has(Flaw::UsedKeyKept);
        self.wire.stolen(device, key, move |message| !kept && read(message))
    }

    /// All that could ever be disclosed of backups, and of the store.
    pub(crate) fn all_disclosed(&self) -> TermSet {
        let mut stored = Frame::new();
        (0..FORGED_BODY).for_each(|body| self.in_store(&mut stored, body));
        let of_device = |device| (0..=FORGED_BODY).map(move |body| (body, device));
        let texts = Device::ALL.into_iter().flat_map(of_device);
        let texts: TermSet = texts.map(|(body, device)| self.wire.copy(body, device)).collect();
        texts.union(self.kept_keys()).union(stored.into_iter().collect())
    }

    /// The text of a message as it stands in a backup; none of a row about anything else.
    fn backed_up(&self, state: &State, row: Row) -> Option<TermId> {
        let message = state.message(usize::from(row.copy()?));
        Some(self.wire.copy(message.body(), row.device()))
    }

    /// The terms that the provider's queue holds of a message.
    fn stored(&self, frame: &mut Frame, message: &Message) {
        let copies = self.queued(message);
        if copies != 0 && self.has(Flaw::BodyInClear) {
            frame.push(self.wire.body(message.body()));
        }
        let sender = message.device();
        frame.extend(keys_in(copies).filter_map(|key| self.wire.payload(message.body(), key, sender)));
        if copies != 0 {
            frame.extend(self.for_the_authority(message.body()));
        }
    }

    /// What a log's row holds besides its fields: a text, or the address of a blob.
    fn written(&self, row: Row) -> Option<TermId> {
        let address = |body| self.wire.attachment(body).map(|attachment| attachment.address);
        row.text().map(|body| self.wire.body(body)).or_else(|| address(row.blob()?))
    }

    /// What is attached to the message with this body.
    fn file(&self, body: u8) -> Option<TermId> {
        self.wire.attachment(body).map(|attachment| attachment.file)
    }

    /// What the provider's store holds of what is attached to the message with this body.
    fn in_store(&self, frame: &mut Frame, body: u8) {
        if let Some(attachment) = self.wire.attachment(body) {
            frame.extend([attachment.address, attachment.blob]);
            frame.extend(self.store_opens_blobs().then_some(attachment.key));
        }
    }

    /// What each copy of a message carries for the authority, if there is one.
    fn for_the_authority(&self, body: u8) -> Option<TermId> {
        self.has_an_authority().then(|| self.wire.escrowed(body))?
    }

    /// Whether messages are encrypted for an authority besides.
    #[must_use]
    pub fn has_an_authority(&self) -> bool {
        self.design.encryption.escrow == Escrow::Authority || self.has(Flaw::CopyForTheAuthority)
    }

    /// The terms that pass an observer who remembers, with a row about a message: none where it has no part in the row.
    fn pass(&self, frame: &mut Frame, observer: Observer, message: &Message, row: Row) {
        let seen = self.watchers(row);
        if !observer.watcher().is_some_and(|watcher| seen.contains(watcher)) {
            return;
        }
        let observer = self.sees_as(observer, row);
        let (body, sender) = (message.body(), message.device());
        let text = self.wire.body(body);
        let file = self.file(body).filter(|_| message.attached());
        match (observer, row.kind()) {
            (Observer::ProviderLive | Observer::Network, Kind::Submitted) => {
                frame.extend(self.has(Flaw::BodyInClear).then_some(text));
                frame
                    .extend(self.has(Flaw::EnvelopeInClear).then(|| self.wire.name_of(message.to().owner())));
                // The size of an upload gives away how many copies it is made of, unless all are padded to one.
                let padded = observer == Observer::Network && self.pads();
                let most = if padded { 1 } else { usize::MAX };
                let copies = keys_in(message.named()).filter_map(|key| match observer {
                    Observer::Network => self.wire.upload(body, key, sender),
                    _ => self.wire.payload(body, key, sender),
                });
                frame.extend(copies.take(most));
                // On the channel it is within the record of a copy, and no more can be told of it there.
                if observer == Observer::ProviderLive {
                    frame.extend(self.for_the_authority(body));
                }
            }
            (Observer::ProviderLive, Kind::Uploaded | Kind::Fetched) => self.in_store(frame, body),
            (Observer::Network, Kind::Uploaded | Kind::Fetched) => {
                frame.extend(self.wire.attachment(body).map(|attachment| attachment.record(row.device())));
            }
            (Observer::Owner(_), Kind::Uploaded) => {
                let attachment = self.wire.attachment(body);
                frame.extend(attachment.into_iter().flat_map(|it| [it.address, it.file]));
            }
            (Observer::Owner(_), Kind::Fetched) => {
                frame.extend(self.wire.attachment(body).map(|attachment| attachment.blob));
            }
            (Observer::Network, Kind::BackedUp) => frame.push(self.wire.copy_upload(body, row.device())),
            (Observer::ProviderLive | Observer::Owner(_), Kind::BackedUp) => {
                frame.push(self.wire.copy(body, row.device()));
            }
            (Observer::ProviderLive | Observer::Carrier | Observer::Radio, Kind::SmsSent)
            | (Observer::Radio, Kind::SmsDelivered) => frame.extend([text].into_iter().chain(file)),
            (Observer::Network, Kind::Delivered | Kind::Unacknowledged) => {
                frame.extend(self.wire.record(body, row.device(), sender));
            }
            (Observer::ProviderLive | Observer::Network, Kind::Altered) => {
                frame.extend(self.reacts_to_alterations().then(|| self.wire.reaction(body, row.device())));
            }
            (Observer::Network | Observer::Owner(_), Kind::Injected) => {
                let form = self.wire.forms(body, row.device(), message.signer()).next();
                frame.extend(form.and_then(|form| match observer {
                    Observer::Network => form.record,
                    _ => Some(form.payload),
                }));
            }
            (Observer::Owner(user), Kind::Delivered) if row.source() != Some(user) => {
                frame.extend(self.wire.payload(body, Some(row.device()), sender));
                let attachment = self.wire.attachment(body).filter(|_| message.attached());
                frame.extend(attachment.map(|attachment| attachment.address));
            }
            (Observer::Owner(user), Kind::SmsDelivered) if row.source() != Some(user) => {
                frame.extend([text].into_iter().chain(file));
            }
            // Nobody but whoever sends it sees these rows of it.
            (Observer::Owner(_), Kind::Submitted) => frame.push(text),
            (Observer::Owner(_), Kind::SmsSent) => frame.extend([text].into_iter().chain(file)),
            // What could not be sent at all was written all the same.
            (Observer::Owner(_), Kind::Told) if row.detail() == TOLD_BY_THE_DEVICE => {
                frame.extend([text].into_iter().chain(file));
            }
            _ => {}
        }
    }
}
