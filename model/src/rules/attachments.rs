//! **Somebody attaches something to a message: its blob lies in the provider's store, and its key goes with the message.**
//!
//! From row Y13: what is attached is encrypted and put into the provider's storage; its key, its address there and its hash
//! stand inside the message. So a message with an attachment is a message ([`crate::rules::compose`]), before which its device
//! uploads a blob. Whoever reads the message has the key, and the address; whoever has the blob alone has neither. A device
//! that accepted the message may fetch the blob, and never has to: nobody need look at it.
//!
//! What falls back to SMS has its attachment with it, as a multimedia message: the carrier handles it like the text, and
//! nothing of it comes to the store. What could not be sent is not uploaded either.
//!
//! The store knows whose account put a blob there, so a warrant about somebody yields what that person attached
//! ([`crate::rules::disclosure`]). That the same account's log says who fetched it is the design's to say.
//!
//! A blob stays in the store for as long as a run lasts. That it is deleted after some days takes from readers of the present
//! what they could have read a day before, and claims about secrets ask of every moment. It would also take late downloads from
//! those who tap a line: of these a claim says that they show an attachment. Left out besides: a second fetch by the
//! same device, which shows what the first one showed; fetching what an adversary put before a device, since whoever put it there
//! knows that it did; the hash, since a blob that was exchanged does not open; attachments in backups, where the message is, and
//! with it the key.

use crate::design::AttachmentKey;
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::State;
use crate::world::{Address, Device};

impl Service {
    /// **Attach.** A person sends a message with something attached to it: in the open draft, or in a conversation that the
    /// device already has.
    ///
    /// Of a scope in which a tap could take it for two messages, it takes as much as two.
    pub(crate) fn attach(&self, state: &State, device: Device, address: Address) -> Option<State> {
        let (from, to) = (device.owner(), address.owner());
        if !self.design.attachments.made() {
            return None;
        }
        let mut next = self.post(state, device, address, true)?;
        next.budget.attachments.spend(from)?;
        if self.scope.doubling {
            next.budget.sends.spend(from.index(), to.index())?;
        }
        Some(next)
    }

    /// Puts the blob of what is attached to a message into the provider's store.
    pub(crate) fn upload(&self, next: &mut State, device: Device, message: usize) {
        let row = Row::of(Kind::Uploaded).from(device.owner()).by(device).at(next.device(device).place());
        self.observe(next, row.about_blob(message));
    }

    /// **Fetch.** A device that accepted a message fetches what is attached to it, and opens it with the key in the message.
    pub(crate) fn fetch(&self, state: &State, message: u8, device: Device) -> Option<State> {
        let index = usize::from(message);
        let sent = state.messages().nth(index)?;
        let here = state.device(device);
        let new = sent.stored() && sent.received() & !sent.fetched() & device.bit() != 0;
        if !new || !here.reachable() || !here.registered() {
            return None;
        }
        let mut next = *state;
        next.budget.attachments.spend(device.owner())?;
        next.message_mut(index).fetch(device);
        let row = Row::of(Kind::Fetched).from(device.owner()).by(device).at(here.place());
        self.observe(&mut next, row.about_blob(index));
        Some(next)
    }

    /// The blobs in the provider's store, each with whose account put it there.
    pub fn blobs(&self, state: &State) -> impl Iterator<Item = Row> {
        let stored = state.messages().enumerate().filter(|(_, message)| message.stored());
        stored.map(|(number, message)| Row::stored(message.author(), number))
    }

    /// Whether the store holds the key of a blob beside it.
    #[must_use]
    pub fn store_opens_blobs(&self) -> bool {
        match self.design.attachments.key {
            AttachmentKey::None => false,
            AttachmentKey::Provider => true,
            AttachmentKey::InMessage => self.has(Flaw::KeyBesideBlob),
        }
    }
}
