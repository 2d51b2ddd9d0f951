//! **What became of messages: who heard, what waits, what was accepted.**

use super::words::{letter, sort};
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::event::Event;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::{Part, QUERY_LOG};
use mailcover_model::state::{FORGED_BODY, Fate, Message, MessageKind, State};
use mailcover_model::world::Pair;

/// Somebody communicated over the platform within the query log's retention.
#[must_use]
pub fn communicated_recently() -> Fact {
    let clause = "two of them communicated over the platform in the last retention period";
    Fact::atom(
        "communicated-recently(anybody)",
        clause,
        Part::Messages,
        Tracked::Recency,
        |service, state| {
            let recent = service.recent_days();
            let mut heard =
                state.messages().filter(|m| m.kind() == MessageKind::Platform && m.received() != 0);
            heard.any(|message| recent.is_some_and(|days| message.heard <= days))
        },
    )
    .of_log(QUERY_LOG)
    .asserting(Event::CommunicatedOverPlatform)
}

/// Somebody communicated over the platform within the query log's retention, on a day before today.
#[must_use]
pub fn communicated_on_an_earlier_day() -> Fact {
    let clause = "two of them communicated over the platform before today in the last retention period";
    let test = |service: &Service, state: &State| {
        let recent = 1..=service.recent_days().unwrap_or(0);
        let mut heard = state.messages().filter(|m| m.kind() == MessageKind::Platform && m.received() != 0);
        heard.any(|message| recent.contains(&message.heard))
    };
    let text = "communicated-earlier-over-platform(anybody)";
    let fact = Fact::atom(text, clause, Part::Messages, Tracked::Recency, test);
    fact.of_log(QUERY_LOG).asserting(Event::CommunicatedOverPlatform).needing(Need::QUERIES_KEPT)
}

/// A copy of a message from the one to the other waits in the queue although another of its copies was acknowledged.
#[must_use]
pub fn acknowledged_and_waiting(pair: Pair) -> Fact {
    let (from, to) = (letter(pair.from), letter(pair.to));
    let clause = format!(
        "a message from {} reached a device of {}'s while another copy waits",
        pair.from.name(),
        pair.to.name()
    );
    let text = format!("communicated-and-waiting({from},{to})");
    Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(|message| {
            message.kind() == MessageKind::Platform
                && message.author() == pair.from
                && message.to().owner() == pair.to
                && message.received() != 0
                && message.waiting() != 0
        })
    })
    .needing(Need::PLATFORM)
}

/// A message of this kind was sent.
#[must_use]
pub fn message_sent(kind: MessageKind, clause: &str) -> Fact {
    let text = format!("sent({})", sort(kind));
    let fact = Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(|message| message.kind() == kind)
    });
    if kind == MessageKind::Platform { fact.needing(Need::PLATFORM) } else { fact }
}

/// A message of this kind was received.
#[must_use]
pub fn message_received(kind: MessageKind, clause: &str) -> Fact {
    let text = format!("received({})", sort(kind));
    let fact = Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(|message| message.kind() == kind && message.received() != 0)
    });
    if kind == MessageKind::Platform { fact.needing(Need::PLATFORM) } else { fact }
}

/// Whatever a device accepted as somebody's, that somebody sent, to the device's owner.
#[must_use]
pub fn accepted_was_sent() -> Fact {
    let clause = "every accepted message was sent by its claimed author to its receiver";
    Fact::atom("(accepted(m,a,b) → sent(a,b,m))", clause, Part::Messages, EnumSet::empty(), |_, state| {
        let accepted = state.messages().filter(|message| message.received() != 0);
        accepted
            .into_iter()
            .all(|message| message.honest() || state.messages().any(|sent| same(sent, message)))
    })
}

fn same(sent: &Message, accepted: &Message) -> bool {
    sent.honest()
        && accepted.body() < FORGED_BODY
        && sent.body() == accepted.body()
        && sent.author() == accepted.author()
        && sent.to().owner() == accepted.to().owner()
}

/// No device accepted the same text twice.
#[must_use]
pub fn accepted_once() -> Fact {
    let clause = "no device accepted the same message twice";
    Fact::atom("accepted-once", clause, Part::Messages, EnumSet::empty(), |_, state| {
        let all: Vec<&Message> = state.messages().filter(|message| message.received() != 0).collect();
        all.iter().enumerate().all(|(at, message)| {
            all[at + 1..]
                .iter()
                .all(|other| message.body() != other.body() || message.received() & other.received() == 0)
        })
    })
}

/// A message was neither received nor was its sender told that it was lost.
#[must_use]
pub fn outstanding() -> Fact {
    let clause = "a message was sent over the platform that was neither received nor reported as lost";
    Fact::atom("outstanding", clause, Part::Messages, EnumSet::empty(), |_, state| {
        state.messages().any(is_outstanding)
    })
    .needing(Need::PLATFORM)
}

/// A message to somebody who has left the platform was neither received nor was its sender told that it was lost.
#[must_use]
pub fn outstanding_to_the_departed() -> Fact {
    let clause =
        "a message over the platform to somebody who has left it was neither received nor reported as lost";
    let reads = Part::Messages | Part::Devices;
    Fact::atom("outstanding-to-departed", clause, reads, EnumSet::empty(), |_, state| {
        let gone = |message: &Message| state.device(message.to().owner().phone()).gone();
        state.messages().any(|message| is_outstanding(message) && gone(message))
    })
    .needing(Need::PLATFORM)
}

fn is_outstanding(message: &Message) -> bool {
    let lost = match message.fate() {
        Fate::Waiting | Fate::Lost => true,
        Fate::Received | Fate::Reported => false,
    };
    message.kind() == MessageKind::Platform && lost
}

/// No message has reached anybody, by whatever way.
#[must_use]
pub fn nothing_received() -> Fact {
    let clause = "nothing has reached anybody";
    Fact::atom("received(nobody)", clause, Part::Messages, EnumSet::empty(), |_, state| {
        state.messages().all(|message| message.received() == 0)
    })
}
