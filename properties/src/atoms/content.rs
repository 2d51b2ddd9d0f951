//! **Whether texts follow from what was seen.**

use super::words::sort;
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::{Logs, Part, QUERY_LOG};
use mailcover_model::state::{Message, MessageKind, State};
use mailcover_model::view::Observer;
use mailcover_model::world::{Device, User};

/// The text of no message that was submitted over the platform follows from what the observers saw.
#[must_use]
pub fn platform_content_unknown(observers: Vec<Observer>) -> Fact {
    content_unknown(observers, MessageKind::Platform)
}

/// The text of no SMS follows from what the observers saw.
#[must_use]
pub fn sms_content_unknown(observers: Vec<Observer>) -> Fact {
    content_unknown(observers, MessageKind::Sms)
}

/// The text of no message at all follows from what the observers saw.
#[must_use]
pub fn any_content_unknown(observers: Vec<Observer>) -> Fact {
    let platform = content_unknown(observers.clone(), MessageKind::Platform);
    crate::fact::and(platform, content_unknown(observers, MessageKind::Sms))
}

fn content_unknown(observers: Vec<Observer>, kind: MessageKind) -> Fact {
    let name = sort(kind);
    let clause = format!("the text of every {name} message is secret");
    let text = format!("secret({name}-content)");
    let eyes = observers.clone();
    let sent = move |_: &State, message: &Message| message.kind() == kind && message.honest();
    let secret = unknown(observers, text, clause, sent);
    let secret =
        secret.certain_where(move |service, capabilities| !service.could_know(&eyes, kind, capabilities));
    if kind == MessageKind::Platform { secret.needing(Need::PLATFORM) } else { secret }
}

/// No text follows from what the observers saw of a message that is in no backup of its writer's.
#[must_use]
pub fn content_unknown_without_own_backup(observers: Vec<Observer>) -> Fact {
    let clause = "the text of every message that no device of its writer's has backed up is secret";
    let eyes = observers.clone();
    let secret = unknown(observers, "secret(content-not-backed-up-by-writer)", clause, |_, message| {
        message.honest() && backed_up_by(message, |owner| owner == message.author()).next().is_none()
    });
    secret.certain_where(move |service, capabilities| {
        let sent = [MessageKind::Platform, MessageKind::Sms, MessageKind::Failed];
        !sent.into_iter().any(|kind| service.could_know(&eyes, kind, capabilities))
    })
}

/// The text of no message follows from what the observers saw that was received longer ago than lookups are logged for.
#[must_use]
pub fn old_content_unknown(observers: Vec<Observer>) -> Fact {
    let clause = "the text of every message is secret that was received before the last retention period";
    let test = move |service: &Service, state: &State| {
        let mut texts = state.messages().filter(|message| is_old(service, message));
        texts.all(|message| !service.knows_body(&observers, state, message.body()))
    };
    Fact::atom("secret(old-content)", clause, Part::Messages, Tracked::Recency, test)
        .of_log(QUERY_LOG)
        .of_secrecy()
}

/// A message was received longer ago than lookups are logged for.
#[must_use]
pub fn message_is_old() -> Fact {
    let clause = "a message was received before the last retention period";
    Fact::atom("old-message", clause, Part::Messages, Tracked::Recency, |service, state| {
        state.messages().any(|message| is_old(service, message))
    })
    .of_log(QUERY_LOG)
}

fn is_old(service: &Service, message: &Message) -> bool {
    let received = message.honest() && message.received() != 0;
    received && service.recent_days().is_some_and(|days| message.heard > days)
}

/// The devices of those users, which have backed a message up.
fn backed_up_by(message: &Message, of: impl Fn(User) -> bool) -> impl Iterator<Item = Device> {
    let backed_up = message.backed_up();
    Device::ALL.into_iter().filter(move |device| backed_up & device.bit() != 0 && of(device.owner()))
}

/// A message is in a backup of its receiver's, and in none of its writer's.
#[must_use]
pub fn backed_up_by_the_peer_alone() -> Fact {
    let clause = "a message is in a backup of its receiver's and in none of its writer's";
    Fact::atom(
        "backed-up(receiver) ∧ ¬backed-up(writer)",
        clause,
        Part::Messages | Part::Backups,
        EnumSet::empty(),
        |_, state| state.messages().any(in_the_peers_alone),
    )
    .needing(Need::BACKUPS)
}

/// The investigator was given a message out of a backup of its receiver's, and it is in none of its writer's.
#[must_use]
pub fn disclosed_from_the_peers_backup() -> Fact {
    let clause =
        "the investigator was given a message out of its receiver's backup that is in none of its writer's";
    Fact::atom(
        "disclosed(backed-up(receiver) ∧ ¬backed-up(writer))",
        clause,
        Part::Messages | Part::Backups | Part::Memory,
        EnumSet::empty(),
        |service, state| {
            let copies = copies_disclosed(service, state);
            copies.into_iter().any(|number| state.messages().nth(number).is_some_and(in_the_peers_alone))
        },
    )
    .needing(Need::BACKUPS)
}

/// A message was disclosed out of a backup.
#[must_use]
pub fn backup_disclosed() -> Fact {
    let clause = "the investigator was given a message out of a backup";
    Fact::atom("disclosed(backup)", clause, Part::Memory, EnumSet::empty(), |service, state| {
        !copies_disclosed(service, state).is_empty()
    })
    .needing(Need::BACKUPS)
}

/// A message that somebody received is in some backup.
#[must_use]
pub fn received_and_backed_up() -> Fact {
    let clause = "a message that was received over the platform is in a backup";
    let reads = Part::Messages | Part::Backups;
    Fact::atom("backed-up(received)", clause, reads, EnumSet::empty(), |_, state| {
        let received =
            |message: &&Message| message.kind() == MessageKind::Platform && message.received() != 0;
        state.messages().filter(received).any(|message| message.backed_up() != 0)
    })
    .needing(Need::BACKUPS)
}

fn in_the_peers_alone(message: &Message) -> bool {
    message.honest()
        && backed_up_by(message, |owner| owner != message.author()).next().is_some()
        && backed_up_by(message, |owner| owner == message.author()).next().is_none()
}

/// The places of the messages that the investigator was given out of backups.
fn copies_disclosed(service: &Service, state: &State) -> Vec<usize> {
    let rows = service.remembered(Observer::Investigator, state).filter(|row| row.disclosed());
    rows.filter_map(|row| row.copy().map(usize::from)).collect()
}

/// Of the messages that matter, no text follows from what the observers saw.
pub(super) fn unknown(
    observers: Vec<Observer>,
    text: impl Into<String>,
    clause: impl Into<String>,
    matters: impl Fn(&State, &Message) -> bool + Send + Sync + 'static,
) -> Fact {
    let (reads, logs) = (read_of(&observers), logs_of(&observers));
    let fact = Fact::atom(text, clause, reads, EnumSet::empty(), move |service, state| {
        let mut texts = state.messages().filter(|message| matters(state, message));
        texts.all(|message| !service.knows_body(&observers, state, message.body()))
    });
    fact.of_logs(logs).of_secrecy()
}

/// The parts of the state from which it follows what these observers can derive of content.
pub(super) fn read_of(observers: &[Observer]) -> EnumSet<Part> {
    let mut reads = EnumSet::only(Part::Messages);
    let has = |wanted: &[Observer]| wanted.iter().any(|one| observers.contains(one));
    // Whoever holds neither the keys of backups nor the channels cannot open what passes of them. What is fetched is what was
    // uploaded, which follows from the messages.
    if has(&[Observer::ProviderLive, Observer::ProviderStore]) {
        reads |= Part::Backups;
    }
    if has(&[Observer::Investigator]) {
        reads |= Part::Memory;
    }
    if has(&[Observer::Thief]) {
        reads |= Part::Stolen;
    }
    if observers.iter().any(|observer| matches!(observer, Observer::Log(_))) {
        reads |= Part::Logs;
    }
    // A device has what it fetched.
    if observers.iter().any(|observer| matches!(observer, Observer::Owner(_) | Observer::Opened(_))) {
        reads |= Part::Fetches;
    }
    reads
}

/// The logs that these observers read.
pub(super) fn logs_of(observers: &[Observer]) -> Logs {
    observers.iter().fold(Logs::NONE, |logs, observer| match observer {
        Observer::Log(log) => logs.and(Logs::only(usize::from(*log))),
        _ => logs,
    })
}
