//! **Rows in words: as a log records them, and as somebody sees what they describe.**

use super::calendar::{Day, Now};
use super::words::{capital, count, devices, from, harmless, holder, log_name, own, subject};
use mailcover_model::design::{Holder, Log, OrderKind, Trigger};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, NOT_ACCEPTED, Row};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::rules::legal::Ground;
use mailcover_model::service::Service;
use mailcover_model::state::{MessageKind, State};
use mailcover_model::time::FOR_GOOD;
use mailcover_model::view::{Observer, Shape, shown, watchers};
use mailcover_model::world::User;

/// The fields of a log's row, as the log's reader sees them today: "day 1, Alice, Bob's number, from home, 1 device".
pub(crate) fn recorded(service: &Service, today: Day, row: Row) -> String {
    let parts: Vec<String> = cells(service, today, row).into_iter().flatten().collect();
    if parts.is_empty() { "a row without any field".to_owned() } else { parts.join(", ") }
}

/// The same, and why the row still stands in its log although its time is over, or will stand there then.
pub(crate) fn with_standing(service: &Service, today: Day, row: Row) -> String {
    let keep = service.keep_days(row.index());
    let mut said = recorded(service, today, row);
    if keep != FOR_GOOD && row.age() > u16::from(keep) {
        said.push_str(&format!(
            "; it is {} old, and the log keeps rows for {}",
            days(row.age()),
            days(u16::from(keep))
        ));
    }
    if row.frozen() {
        said.push_str("; it is preserved");
    }
    said
}

fn days(days: u16) -> String {
    count(u32::from(days), "day")
}

/// The same without the row's day.
pub(crate) fn undated(service: &Service, row: Row) -> String {
    let dated = columns(service, row.index()).iter().position(|&column| column == DAY);
    let cells = cells(service, Day::FIRST, row).into_iter().enumerate();
    let parts: Vec<String> =
        cells.filter(|(at, _)| Some(*at) != dated).filter_map(|(_, cell)| cell).collect();
    if parts.is_empty() { "a row without any field".to_owned() } else { parts.join(", ") }
}

/// The heading of the column in which a row's day stands.
pub(crate) const DAY: &str = "Day";

/// The headings of a log's columns, which are those of [`cells`].
pub(crate) fn columns(service: &Service, log: usize) -> Vec<&'static str> {
    let Some(kept) = service.design().logs.get(log) else { return Vec::new() };
    let fields = kept.fields.iter().map(|field| match field {
        Field::Day => DAY,
        Field::Source => "Who",
        Field::Target => "About",
        Field::Address => "Network address",
        Field::Devices => "Devices named",
        Field::Device => "Device",
        Field::Trigger => "Cause",
    });
    std::iter::once("What").chain(fields).chain(["Besides"]).collect()
}

/// The fields of a log's row, column by column; `None` where the row says nothing in a column.
pub(crate) fn cells(service: &Service, today: Day, row: Row) -> Vec<Option<String>> {
    let Some(log) = service.design().logs.get(row.index()) else { return vec![Some("a row".to_owned())] };
    let flaw = service.setup().flaw;
    let queries = log.name == Log::QUERY;
    let several = log.on.len() > 1 || !log.on.contains(row.kind());
    let mut cells = vec![several.then(|| kind(row.kind()).to_owned())];
    cells.extend(log.fields.iter().map(|field| match field {
        Field::Day => Some(today.earlier(row.age()).to_string()),
        Field::Source => row.source().map(|user| user.name().to_owned()),
        Field::Target => row.target().map(|target| target.name().to_owned()),
        Field::Address if queries && flaw == Some(Flaw::PlaceNotLogged) => None,
        Field::Address => Some(from(row.place()).to_owned()),
        Field::Devices => (row.kind() == Kind::Lookup).then(|| count(row.found(), "device")),
        Field::Device => Some(row.device().name().to_owned()),
        Field::Trigger => cause(row),
    }));
    cells.push(match flaw {
        Some(Flaw::LogRecordsTrigger) if queries => cause(row),
        Some(Flaw::LogRecordsBody) if queries && row.kind() == Kind::Submitted => {
            Some(format!("with the text of message {}", row.detail()))
        }
        _ => None,
    });
    cells
}

fn cause(row: Row) -> Option<String> {
    let triggers = [
        (Trigger::Type, "because an address was typed"),
        (Trigger::Contact, "because a name was picked"),
        (Trigger::Send, "because something was sent"),
        (Trigger::Refresh, "as a refresh"),
        (Trigger::Receive, "because something was received"),
    ];
    let of = |trigger: &(Trigger, &str)| row.kind() == Kind::Lookup && trigger.0 as u8 + 1 == row.detail();
    triggers.iter().find(|trigger| of(trigger)).map(|(_, words)| (*words).to_owned())
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Typed => "an address typed",
        Kind::Picked => "a name picked",
        Kind::Abandoned => "a draft abandoned",
        Kind::Lookup => "a lookup",
        Kind::Submitted => "a message submitted",
        Kind::Delivered => "a message acknowledged",
        Kind::Unacknowledged => "a message not acknowledged",
        Kind::Expired => "a message given up",
        Kind::Told => "a notice to the sender",
        Kind::SmsSent => "an SMS taken",
        Kind::SmsDelivered => "an SMS delivered",
        Kind::Registered => "a device registered",
        Kind::Deregistered => "a registration removed",
        Kind::Left => "a number moved away",
        Kind::SwitchedOff => "a device switched off",
        Kind::SwitchedOn => "a device switched on",
        Kind::Travelled => "a journey",
        Kind::KeyAdded => "a key added",
        Kind::KeySwapped => "keys replaced",
        Kind::Injected => "a message injected",
        Kind::Granted => "an application granted",
        Kind::Refused => "an application refused",
        Kind::Extended => "an order extended",
        Kind::Preserved => "a request to preserve",
        Kind::Disclosed => "a disclosure",
        Kind::Exchange => "an exchange",
    }
}

/// What the observer sees of what a row describes, as it happens; `None` when it sees nothing of it.
pub(crate) fn as_seen(service: &Service, now: Now<'_>, observer: Observer, row: Row) -> Option<String> {
    let watcher = observer.watcher()?;
    let sees = watchers(row, service.setup().flaw).contains(watcher);
    sees.then(|| remembered(service, now, observer, shown(observer, row)))
}

/// A row of an observer's memory, in words.
pub(crate) fn remembered(service: &Service, now: Now<'_>, observer: Observer, row: Row) -> String {
    if row.disclosed() {
        return format!("a row of {}: {}", log_name(service, row.index()), recorded(service, now.day, row));
    }
    let device = row.device().name();
    let target = row.target().map_or("nobody's address", |target| target.name());
    let owner = row.target().map_or("nobody", |target| target.owner().name());
    let source = row.source().map_or("nobody", User::name);
    let number = format!("message {}", row.index() + 1);
    match row.kind() {
        Kind::Exchange => format!("{} {device}, {}", exchange(row), row.place().name()),
        Kind::Typed => format!("{source} types {target} on {}", own(row.device())),
        Kind::Picked => format!("{source} picks {owner}'s name on {}", own(row.device())),
        Kind::Abandoned => format!("{source} abandons the draft"),
        Kind::Lookup => {
            format!(
                "{device}, {}, asks about {target}; {} named",
                row.place().name(),
                count(row.found(), "key")
            )
        }
        Kind::Submitted => {
            let copies = named(now.state, row);
            format!("{device}, {}, submits {number} for {target}, {copies}", row.place().name())
        }
        Kind::Delivered if row.source().is_some_and(|user| observer == Observer::Owner(user)) => {
            format!("a receipt: {owner} received {number}")
        }
        Kind::Delivered => format!("{device}, {}, acknowledges {number} from {source}", row.place().name()),
        Kind::Unacknowledged => {
            format!(
                "{device}, {}, takes {number} from {source} and does not acknowledge it",
                row.place().name()
            )
        }
        Kind::Expired => format!("{number} from {source} to {target} is given up"),
        Kind::Told => format!("{source} is told that {number} did not arrive"),
        Kind::SmsSent => format!("{device} hands over {number}, an SMS to {target}, with its text"),
        Kind::SmsDelivered => format!("{device} takes {number}, an SMS from {source}, with its text"),
        Kind::Registered => format!("{device} registers"),
        Kind::Deregistered => format!("the registration of {device} is removed"),
        Kind::Left => format!("{source}'s number moves to a telephone of another make"),
        Kind::SwitchedOff => format!("{device} disconnects"),
        Kind::SwitchedOn => format!("{device} connects"),
        Kind::Travelled => format!("{source} is now {}", row.place().name()),
        Kind::KeyAdded => format!("a key is added to {target}"),
        Kind::KeySwapped => format!("the keys of {target} are replaced"),
        Kind::Injected if row.detail() == NOT_ACCEPTED => {
            format!("{device} is handed {number}, as if from {source}, and does not acknowledge it")
        }
        Kind::Injected => format!("{device} takes {number}, as if from {source}"),
        _ => legal(service, row, owner),
    }
}

/// What passes the tap, up to the device that it passes to or from.
fn exchange(row: Row) -> &'static str {
    match Shape::seen_in(row) {
        Shape::Request => "a small encrypted exchange with",
        Shape::Upload => "a large encrypted upload from",
        Shape::Download => "a large encrypted download, which is answered, to",
        Shape::Unanswered => "a large encrypted download, which is not answered, to",
    }
}

fn legal(service: &Service, row: Row, owner: &str) -> String {
    let at = holder(row.index());
    let about = if row.target().is_some() { owner } else { "everybody" };
    let which = super::acts::which(row.found() as u8);
    match row.kind() {
        Kind::Granted => format!("{} about {about} is granted", order(service, row)),
        Kind::Refused => format!("{} about {about} is refused: {}", order(service, row), ground(row)),
        Kind::Extended => format!("the order at {at}{which} is extended"),
        Kind::Preserved => format!("the provider is to preserve what it holds about {owner}"),
        _ => {
            let basis = match Basis::of(row) {
                Basis::Order => format!("under the order{which}"),
                Basis::Emergency => "in an emergency".to_owned(),
                Basis::None => "without an order".to_owned(),
            };
            format!("{at} discloses what it holds about {about}, {basis}")
        }
    }
}

/// The order that an application is for, with its terms: "a pen register at the provider, to run for 60 days,".
fn order(service: &Service, row: Row) -> String {
    let at = Holder::ALL[row.index() % Holder::ALL.len()];
    let kind = OrderKind::ALL[row.found() as usize % OrderKind::ALL.len()];
    let days = |span| service.days_of(kind, at, span);
    let terms =
        row.terms().map_or_else(String::new, |(since, runs)| super::acts::terms(days(since), days(runs)));
    let comma = if terms.is_empty() { "" } else { "," };
    format!("a {} at {}{terms}{comma}", kind.name(), at.name())
}

/// Why an application was refused.
pub(crate) fn ground(row: Row) -> &'static str {
    let at = usize::from(row.detail()).wrapping_sub(1);
    Ground::ALL.get(at).map_or("no ground is given", |ground| ground.because())
}

/// For whom the copies of a submitted message are encrypted.
fn named(state: &State, row: Row) -> String {
    let message = state.messages().nth(row.index());
    let keys = message.map_or_else(Vec::new, |message| devices(message.named()));
    format!("encrypted for {}", super::words::list(&keys))
}

/// All that an observer holds in a state, a line each.
pub(crate) fn held(service: &Service, now: Now<'_>, observer: Observer) -> Vec<String> {
    match observer {
        Observer::Log(log) => {
            let own = now.state.rows.as_slice().iter().filter(|row| row.index() == usize::from(log));
            own.map(|&row| recorded(service, now.day, row)).collect()
        }
        Observer::ProviderStore => stored(service, now),
        _ => service
            .remembered(observer, now.state)
            .map(|row| {
                let what = capital(&remembered(service, now, observer, row));
                if row.disclosed() { what } else { format!("{}: {what}", now.day.earlier(row.age())) }
            })
            .collect(),
    }
}

fn stored(service: &Service, now: Now<'_>) -> Vec<String> {
    let logs = now.state.rows.as_slice().iter();
    let kept = logs.filter(|row| service.held_by(**row) == Some(Holder::Provider));
    let kept = kept.map(|&row| {
        harmless(&format!("{}: {}", log_name(service, row.index()), recorded(service, now.day, row)))
    });
    kept.chain(queued(service, now.state)).collect()
}

/// What the provider's stores hold besides the logs: registrations, and the push queue.
pub(crate) fn queued(service: &Service, state: &State) -> Vec<String> {
    let registered = service.scope().devices.iter().filter(|&device| state.device(device).registered());
    let names: Vec<String> = registered.map(|device| device.name().to_owned()).collect();
    let mut lines = vec![format!("registered: {}", super::words::list(&names))];
    let waiting = state
        .messages()
        .enumerate()
        .filter(|(_, message)| message.kind() == MessageKind::Platform && message.waiting() != 0);
    for (at, message) in waiting {
        lines.push(format!(
            "message {} from {} to {}, encrypted for {}, waits for {}",
            at + 1,
            message.author().name(),
            message.to().name(),
            super::words::list(&devices(message.named())),
            super::words::list(&devices(message.waiting()))
        ));
    }
    lines
}

/// Whether somebody is told of the loss of a message, as a sentence.
pub(crate) fn told(row: Row) -> String {
    let number = row.index() + 1;
    match row.source() {
        Some(user) => {
            let (name, she) = (user.name(), subject(user));
            format!("{name} is told that message {number} did not arrive; {she} may try again.")
        }
        None => format!("Somebody is told that message {number} did not arrive."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enumset::EnumSet;
    use mailcover_model::action::Action;
    use mailcover_model::design::library::load;
    use mailcover_model::scope::Scope;
    use mailcover_model::service::Setup;
    use mailcover_model::slice::Slice;
    use mailcover_model::world::{Address, Device};
    use std::sync::Arc;

    #[test]
    fn the_providers_stores_show_the_providers_logs_and_none_of_the_carriers() {
        let phone = Device::AlicePhone;
        let mut scope = Scope::of(phone | Device::BobPhone);
        scope.bounds.types = [1, 0, 0];
        scope.bounds.registrations = 1;
        scope.bounds.lookups.set(0, Address::Bob.index(), 1);
        scope.bounds.sends.set(0, 1, 1);
        let (powers, remember, track) = (EnumSet::empty(), EnumSet::empty(), EnumSet::empty());
        let setup = Setup { powers, remember, track, slice: Slice::whole(), flaw: None };
        let design = load("imessage-2016").unwrap_or_else(|error| panic!("{error}"));
        let service = Service::new(Arc::new(design), scope, setup).unwrap_or_else(|error| panic!("{error}"));
        let actions = [
            Action::Deregister { device: Device::BobPhone },
            Action::Type { device: phone, address: Address::Bob },
            Action::Send { device: phone, address: Address::Bob },
        ];
        let states = service.replay(&[], &actions).unwrap_or_else(|at| panic!("{:?}", actions[at]));
        let last = Now { state: &states[actions.len()], day: Day::FIRST };
        assert_eq!(held(&service, last, Observer::Log(1)).len(), 1, "the carrier has a record of the SMS");
        let lines = held(&service, last, Observer::ProviderStore);
        assert_eq!(lines.iter().filter(|line| line.starts_with("the query log: ")).count(), 1, "{lines:?}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("the sms log: ")).count(), 0, "{lines:?}");
    }
}
