//! **Everything that could ever pass somebody, on one heap.**
//!
//! A search shows that a text follows in no state that it reaches. A heap can show it without a search: on it lies whatever
//! any message of the universe lets pass, in every condition that a message can be in, whether or not a run leads there, and
//! whatever came before. Deduction is monotone, so what does not follow from the heap follows in no state of any run.
//! The converse is not true: what follows from a heap may be out of reach.
//!
//! A heap is made of the same hand as what is held in a state ([`Service::held`]), which is asked about states of one message
//! each. `model/tests/content.rs` requires that all that is held in any explored state lies on it, under every flaw.
//!
//! Left out: the rows of logs. They hold no terms, but for the texts that [`Flaw::LogRecordsBody`] writes into them, and these
//! are put on the heap of whoever reads rows, and the addresses of blobs likewise. What backups and the store yield is put on the
//! heap of an investigator who can come by it.

use crate::action::{PrivateKey, Signer};
use crate::deduction::TermSet;
use crate::design::Capability;
use crate::flaw::Flaw;
use crate::service::Service;
use crate::state::{Budget, FORGED_BODY, Message, MessageKind, OPERATOR_KEY, State};
use crate::term::TermId;
use crate::view::Observer;
use crate::world::{Address, Device, User};
use enumset::EnumSet;

/// The kinds of message that a person sends.
const SENT: [MessageKind; 3] = [MessageKind::Platform, MessageKind::Sms, MessageKind::Failed];

impl Service {
    /// Whether the text of some message of this kind follows from all that could ever pass these observers, where whoever they
    /// are with, and the environment, may do this. If not, it follows in no state.
    #[must_use]
    pub fn could_know(
        &self,
        observers: &[Observer],
        kind: MessageKind,
        capabilities: EnumSet<Capability>,
    ) -> bool {
        self.could_derive(observers, kind, capabilities, |body| Some(self.wire.body(body)))
    }

    /// The same of what is attached to a message of this kind.
    #[must_use]
    pub fn could_know_attachment(
        &self,
        observers: &[Observer],
        kind: MessageKind,
        capabilities: EnumSet<Capability>,
    ) -> bool {
        let file = |body| self.wire.attachment(body).map(|attachment| attachment.file);
        self.could_derive(observers, kind, capabilities, file)
    }

    fn could_derive(
        &self,
        observers: &[Observer],
        kind: MessageKind,
        capabilities: EnumSet<Capability>,
        target: impl Fn(u8) -> Option<TermId>,
    ) -> bool {
        (0..FORGED_BODY).any(|body| {
            // A text is sent once, so the message that is to stay secret does not also go another way.
            let heap = self.heap(observers, capabilities, |of, sort| of != body || sort == kind);
            target(body).is_some_and(|target| self.wire.close(heap).contains(target))
        })
    }

    /// All terms that could ever pass these observers or that they know in any case, of those messages that are sent as
    /// `sent` says: a body, and the kind of message that it goes by.
    #[must_use]
    pub fn heap(
        &self,
        observers: &[Observer],
        capabilities: EnumSet<Capability>,
        sent: impl Fn(u8, MessageKind) -> bool,
    ) -> TermSet {
        let may = capabilities | self.design().environment;
        let lists_a_key = !may.is_disjoint(Capability::AddKey | Capability::SwapKey);
        let named = Device::ALL.into_iter().fold(0, |mask, device| mask | device.bit());
        let named = if lists_a_key { named | OPERATOR_KEY } else { named };
        let mut heap = self.held(observers, &State::empty(Budget::default()));
        let (backups, attachments) = (self.design().backup.made(), self.design().attachments.made());
        let mut put = |mut message: Message| {
            if attachments && message.honest() {
                message = message.with_attachment(true);
                Device::ALL.into_iter().for_each(|device| message.fetch(device));
            }
            if backups {
                Device::ALL.into_iter().for_each(|device| message.back_up(device));
            }
            let mut state = State::empty(Budget::default());
            state.add_message(message);
            heap = heap.union(self.held(observers, &state));
        };
        for (body, kind) in (0..FORGED_BODY).flat_map(|body| SENT.map(|kind| (body, kind))) {
            if sent(body, kind) {
                all_sent(kind, body, named, may.contains(Capability::AlterInTransit)).for_each(&mut put);
            }
        }
        all_injected().for_each(&mut put);
        heap = heap.union(self.all_stolen(observers, may));
        if observers.contains(&Observer::Investigator) && self.content_can_be_disclosed(may) {
            heap = heap.union(self.all_disclosed());
        }
        let reads_rows = |observer: &Observer| {
            matches!(observer, Observer::Log(_) | Observer::ProviderStore | Observer::Investigator)
        };
        if observers.iter().any(reads_rows) {
            for attachment in (0..FORGED_BODY).filter_map(|body| self.wire.attachment(body)) {
                heap.insert(attachment.address);
            }
        }
        if self.has(Flaw::LogRecordsBody) && observers.iter().any(reads_rows) {
            for body in 0..FORGED_BODY {
                heap.insert(self.wire.body(body));
            }
        }
        heap
    }

    /// What these observers hold after every theft for which there is a capability, before any message is read.
    fn all_stolen(&self, observers: &[Observer], may: EnumSet<Capability>) -> TermSet {
        let mut state = State::empty(Budget::default());
        for (device, key) in
            Device::ALL.into_iter().flat_map(|device| PrivateKey::ALL.map(|key| (device, key)))
        {
            if may.contains(key.theft()) {
                state.rob(device, key);
            }
        }
        self.held(observers, &state)
    }

    /// Whether whoever may do this can bring it about that an investigator is given what is in backups, or in the store.
    fn content_can_be_disclosed(&self, may: EnumSet<Capability>) -> bool {
        let by_order = !may.is_disjoint(Capability::ProviderOrders | Capability::DiscloseWithoutOrder);
        let in_emergency = may.contains(Capability::RequestEmergency) && self.design().legal.emergency;
        (self.design().backup.made() || self.design().attachments.made()) && (by_order || in_emergency)
    }
}

/// A message with this body, from every device to every address, in every condition.
fn all_sent(kind: MessageKind, body: u8, named: u8, altered: bool) -> impl Iterator<Item = Message> {
    let ways = Device::ALL.into_iter().flat_map(|from| Address::ALL.map(|to| (from, to)));
    ways.flat_map(move |(from, to)| {
        let waits = Message::sent(kind, from, to, named, usize::from(body));
        let (mut refused, mut received) = (waits, waits);
        for device in Device::ALL {
            refused.refuse(device);
            received.hand_over(device);
            if altered && kind == MessageKind::Platform {
                received.alter(device);
            }
        }
        [waits, refused, received]
    })
}

/// Every message that can be put before a device.
fn all_injected() -> impl Iterator<Item = Message> {
    let places = Device::ALL.into_iter().flat_map(|device| User::ALL.map(|claimed| (device, claimed)));
    places.flat_map(|(device, claimed)| {
        let signers = Device::ALL.into_iter().map(Signer::Device).chain([Signer::Adversary]);
        let texts = signers.flat_map(|signer| (0..=FORGED_BODY).map(move |body| (signer, body)));
        texts.flat_map(move |(signer, body)| {
            [true, false].map(|accepted| Message::injected(device, claimed, body, signer, accepted))
        })
    })
}
