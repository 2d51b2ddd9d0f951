//! **What is attached to messages: whether it follows from what was seen, whether it was, and what was logged of it.**

use super::content::{logs_of, read_of};
use super::disclosures::as_investigator_saw;
use super::words::letter;
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::slice::Part;
use mailcover_model::state::{Message, MessageKind, State};
use mailcover_model::view::Observer;
use mailcover_model::world::User;

/// Nothing that is attached to a message over the platform follows from what the observers saw.
#[must_use]
pub fn attachments_unknown(observers: Vec<Observer>) -> Fact {
    let clause = "whatever is attached to a message over the platform is secret";
    let (reads, logs) = (read_of(&observers), logs_of(&observers));
    let eyes = observers.clone();
    let test = move |service: &Service, state: &State| {
        let mut attached = state.messages().filter(|message| over_platform(message));
        attached.all(|message| !service.knows_attachment(&observers, state, message.body()))
    };
    let fact = Fact::atom("secret(attachment)", clause, reads, EnumSet::empty(), test);
    let certain = move |service: &Service, capabilities| {
        !service.could_know_attachment(&eyes, MessageKind::Platform, capabilities)
    };
    fact.of_logs(logs).of_secrecy().needing(Need::ATTACHMENTS).certain_where(certain)
}

/// Whether a person attached something to the message, and it was submitted over the platform.
fn over_platform(message: &Message) -> bool {
    message.attached() && message.honest() && message.kind() == MessageKind::Platform
}

/// Something is attached to a message over the platform.
#[must_use]
pub fn attached_at_all() -> Fact {
    let clause = "somebody attached something to a message over the platform";
    of_messages("attached(anybody)", clause, over_platform)
}

/// Somebody received a message over the platform to which something is attached.
#[must_use]
pub fn attachment_received() -> Fact {
    let clause = "a message to which something is attached was received over the platform";
    of_messages("received(attachment)", clause, |message| over_platform(message) && message.received() != 0)
}

fn of_messages(text: &str, clause: &str, test: impl Fn(&Message) -> bool + Send + Sync + 'static) -> Fact {
    let fact = Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(&test)
    });
    fact.needing(Need::ATTACHMENTS)
}

/// The investigator was given a blob out of the store.
#[must_use]
pub fn blob_disclosed() -> Fact {
    let clause = "the investigator was given what is attached to a message, as it lies in the store";
    as_investigator_saw("disclosed(blob)", clause, Part::Memory, |_, _, seen| {
        seen.iter().any(|row| row.disclosed() && row.stored_blob().is_some())
    })
    .needing(Need::ATTACHMENTS)
}

/// The investigator was given a row about something that the person's device fetched.
#[must_use]
pub fn fetch_disclosed(user: User) -> Fact {
    let text = format!("disclosed(fetched-by-{})", letter(user));
    let clause = format!("a row about something that {} fetched was disclosed", user.name());
    as_investigator_saw(text, clause, Part::Memory, move |_, _, seen| {
        let fetched = |row: &Row| row.kind() == Kind::Fetched && row.source() == Some(user);
        seen.iter().any(|row| row.disclosed() && fetched(row))
    })
    .needing(Need::ATTACHMENTS)
}

/// The log of this number holds a row about something that the person's device fetched.
#[must_use]
pub fn fetch_logged(log: usize, name: &str, user: User) -> Fact {
    let text = format!("row({name}-log,fetched-by-{})", letter(user));
    let clause = format!("the {name} log holds a row about something that {} fetched", user.name());
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |_, state| {
        let rows = state.rows.as_slice().iter().filter(|row| row.index() == log);
        rows.into_iter().any(|row| row.kind() == Kind::Fetched && row.source() == Some(user))
    })
    .of_log(log)
    .needing(Need::ATTACHMENTS)
}
