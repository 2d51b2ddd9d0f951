//! **Whether texts follow from what was seen.**

use super::words::sort;
use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::slice::{Logs, Part};
use mailcover_model::state::MessageKind;
use mailcover_model::view::Observer;

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
    let mut reads = EnumSet::only(Part::Messages);
    if observers.iter().any(|observer| matches!(observer, Observer::Log(_))) {
        reads |= Part::Logs;
    }
    let logs = observers.iter().fold(Logs::NONE, |logs, observer| match observer {
        Observer::Log(log) => logs.and(Logs::only(usize::from(*log))),
        _ => logs,
    });
    let eyes = observers.clone();
    let fact = Fact::atom(
        format!("secret({name}-content)"),
        clause,
        reads,
        EnumSet::empty(),
        move |service, state| {
            let mut texts = state.messages().filter(|message| message.kind() == kind && message.honest());
            texts.all(|message| !service.knows_body(&observers, state, message.body))
        },
    );
    let secret = fact.of_logs(logs).of_secrecy();
    secret.certain_where(move |service, capabilities| !service.could_know(&eyes, kind, capabilities))
}
