//! **What is attached to a message, as it lies in the provider's store and passes a line.**
//!
//! From row Y13: the blob in the store is the attachment, encrypted with a key of its own, and key and address stand inside the
//! message. As a term the key is derived from the text: whoever has the text has the key, and the key does not lead back to it.
//! So the text need not be another term where something is attached. A key serves for one file, which therefore needs no
//! randomness besides; on a channel a blob passes a device once, up or down.

use super::{KEYS, Keys, OWN, Wire};
use crate::state::MESSAGE_CAPACITY;
use crate::term::{TermError, TermId, Universe};
use crate::world::Device;

/// What is attached to one message.
#[derive(Debug, Clone, Copy)]
pub struct Attachment {
    /// The thing itself.
    pub file: TermId,
    /// Where its blob is in the store.
    pub address: TermId,
    /// The key of the blob.
    pub key: TermId,
    /// The file, encrypted with the key.
    pub blob: TermId,
    /// By device: the blob on the device's channel.
    records: [TermId; OWN],
}

impl Attachment {
    /// The blob as it passes the channel of a device.
    #[must_use]
    pub const fn record(&self, device: Device) -> TermId {
        self.records[device.index()]
    }
}

/// By message: what is attached to it; and what everybody knows of how the keys are made.
pub(super) fn attachments(
    universe: &mut Universe,
    bodies: &[TermId],
    keys: &[Keys; KEYS],
) -> Result<(Vec<Attachment>, TermId), TermError> {
    let context = universe.fresh_name("the label of keys for attachments")?;
    let mut all = Vec::new();
    for (number, &body) in (1..).zip(bodies.iter().take(MESSAGE_CAPACITY)) {
        // Like a text it bears no number: who sees the second must not see by it that there was a first.
        let file = universe.fresh_name(&format!("the attachment of message {number}"))?;
        let address = universe.fresh_name(&format!("the address of the blob of message {number}"))?;
        let key = universe.kdf(body, context)?;
        let blob = universe.senc(key, file, context)?;
        let mut records = Vec::new();
        for device in Device::ALL {
            records.push(universe.senc(keys[device.index()].channel, blob, context)?);
        }
        all.push(Attachment { file, address, key, blob, records: std::array::from_fn(|at| records[at]) });
    }
    Ok((all, context))
}

impl Wire {
    /// What is attached to the message with this body, if anything is; `None` where nobody attaches anything, and for what an
    /// adversary wrote.
    #[must_use]
    pub fn attachment(&self, body: u8) -> Option<&Attachment> {
        self.attachments.get(usize::from(body))
    }
}
