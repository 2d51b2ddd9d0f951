//! **What thefts of keys and alterations of ciphertexts come to.**

use super::content::unknown;
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::action::PrivateKey;
use mailcover_model::service::Tracked;
use mailcover_model::slice::Part;
use mailcover_model::state::{Message, MessageKind, State};
use mailcover_model::view::Observer;
use mailcover_model::world::Device;

/// No text follows from what the observers saw of a message that was read on a device before the key to it was stolen there,
/// and on no device afterwards.
#[must_use]
pub fn content_read_before_theft_unknown(observers: Vec<Observer>) -> Fact {
    let clause =
        "the text of every message that was read before its receiver's decryption key was stolen is secret";
    let eyes = observers.clone();
    let secret = unknown(observers, "secret(content-read-before-theft)", clause, read_before_theft);
    secret.certain_where(move |service, capabilities| {
        !service.could_know(&eyes, MessageKind::Platform, capabilities)
    })
}

/// A message was read, on whichever of its devices is robbed, before the key to it was stolen there.
#[must_use]
pub fn message_read_before_theft() -> Fact {
    let clause = "a message was read before its receiver's decryption key was stolen";
    let reads = Part::Messages | Part::Stolen;
    Fact::atom("read-before-theft", clause, reads, EnumSet::empty(), |_, state| {
        state.messages().any(|message| read_before_theft(state, message))
    })
    .needing(Need::PLATFORM)
}

/// No text follows from what the observers saw of a message that was sent when each device of its receiver's from which the
/// decryption key was ever stolen had been removed from the directory, or was not in it yet.
#[must_use]
pub fn content_sent_past_the_robbed_unknown(observers: Vec<Observer>) -> Fact {
    let clause =
        "the text of every message is secret that was sent when the directory did not list the device robbed";
    let eyes = observers.clone();
    let matters = |state: &State, message: &Message| sent_past_the_robbed(state, message);
    let secret = unknown(observers, "secret(content-sent-past-the-robbed)", clause, matters);
    let secret = secret.tracking(Tracked::Listed);
    secret.certain_where(move |service, capabilities| {
        !service.could_know(&eyes, MessageKind::Platform, capabilities)
    })
}

/// A message was sent to somebody of whose devices one was robbed, which the directory did not list then.
#[must_use]
pub fn message_sent_past_the_robbed() -> Fact {
    let clause = "a message was sent when the directory did not list the device robbed";
    let reads = Part::Messages | Part::Stolen;
    Fact::atom("sent-past-the-robbed", clause, reads, Tracked::Listed, |_, state| {
        state.messages().any(|message| sent_past_the_robbed(state, message))
    })
    .needing(Need::PLATFORM)
}

/// Whether a device of the receiver's was robbed, and the directory listed none such when the message was sent.
fn sent_past_the_robbed(state: &State, message: &Message) -> bool {
    let robbed = |device: &Device| {
        device.owner() == message.to().owner() && state.stolen(*device).contains(PrivateKey::Decryption)
    };
    let robbed = Device::ALL.into_iter().filter(robbed).fold(0, |mask, device| mask | device.bit());
    message.kind() == MessageKind::Platform && robbed != 0 && robbed & !message.unlisted() == 0
}

/// Altered copies of a message were put before a device.
#[must_use]
pub fn message_altered() -> Fact {
    let clause = "altered copies of a message were put before a device";
    Fact::atom("altered", clause, Part::Messages, EnumSet::empty(), |_, state| {
        state.messages().any(|message| message.altered() != 0)
    })
    .needing(Need::PLATFORM)
}

/// Whether a device that a message was encrypted for was robbed, and each such device had read it by then.
fn read_before_theft(state: &State, message: &Message) -> bool {
    let robbed = |device: &Device| {
        message.named() & device.bit() != 0 && state.stolen(*device).contains(PrivateKey::Decryption)
    };
    let robbed = Device::ALL.into_iter().filter(robbed).fold(0, |mask, device| mask | device.bit());
    message.honest() && robbed != 0 && robbed & !message.read_before_theft() == 0
}
