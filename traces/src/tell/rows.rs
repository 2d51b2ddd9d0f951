//! **Rows in words: as a log records them, and as somebody sees what they describe.**

use super::calendar::{Day, Now};
use super::content::{attachment, blob, exchanged, held};
use super::words::{count, devices, from, holder, log_name, own, shares_addresses, subject, whereabouts};
use mailcover_model::action::PrivateKey;
use mailcover_model::design::{Holder, Log, OrderKind, Trigger};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::{Field, Kind, NOT_ACCEPTED, Row};
use mailcover_model::rules::calls::{Signal, length, went_directly};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::rules::keys::DIFFERENT;
use mailcover_model::rules::legal::Ground;
use mailcover_model::rules::report::Said;
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::time::FOR_GOOD;
use mailcover_model::view::{Observer, Shape};
use mailcover_model::world::User;

/// The fields of a log's row, as the log's reader sees them today: "day 1, Alice, Bob's number, from home, 1 device".
pub(crate) fn recorded(service: &Service, today: Day, row: Row) -> String {
    said(cells(service, today, row))
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
    let columns = columns(service, row.index()).into_iter();
    let cells = columns.zip(cells(service, Day::FIRST, row));
    let undated = cells.filter(|(column, _)| *column != Column::Field(Field::Day));
    said(undated.map(|(_, cell)| cell))
}

/// The cells that say something, as one line.
fn said(cells: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = cells.into_iter().flatten().collect();
    if parts.is_empty() { "a row without any field".to_owned() } else { parts.join(", ") }
}

/// A column of a log, as a table shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// What kind of thing the row is about.
    Kind,
    /// A field that the log records.
    Field(Field),
    /// What a row says only because of a flaw.
    Besides,
}

impl Column {
    /// The heading.
    pub(crate) const fn heading(self) -> &'static str {
        match self {
            Self::Kind => "What",
            Self::Field(Field::Day) => "Day",
            Self::Field(Field::Source) => "Who",
            Self::Field(Field::Target) => "About",
            Self::Field(Field::Address) => "Network address",
            Self::Field(Field::Devices) => "Devices named",
            Self::Field(Field::Device) => "Device",
            Self::Field(Field::Trigger) => "Cause",
            Self::Field(Field::Outcome) => "What became of it",
            Self::Field(Field::Blob) => "Blob",
            Self::Besides => "Besides",
        }
    }
}

/// The columns of a log, which are those of [`cells`].
pub(crate) fn columns(service: &Service, log: usize) -> Vec<Column> {
    let Some(kept) = service.design().logs.get(log) else { return Vec::new() };
    let fields = kept.fields.iter().map(Column::Field);
    std::iter::once(Column::Kind).chain(fields).chain([Column::Besides]).collect()
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
        Field::Address if shares_addresses(service) => Some("from a shared address".to_owned()),
        Field::Address => Some(from(row.place()).to_owned()),
        Field::Devices => (row.kind() == Kind::Lookup).then(|| count(row.found(), "device")),
        Field::Device => Some(row.device().name().to_owned()),
        Field::Trigger => cause(row),
        Field::Outcome => became(row),
        Field::Blob => blob(service, row),
    }));
    cells.push(match flaw {
        Some(Flaw::LogRecordsTrigger) if queries => cause(row),
        Some(Flaw::LogRecordsLength) if log.on.contains(Kind::Invited) => became(row),
        Some(Flaw::LogRecordsBody) if queries && row.kind() == Kind::Submitted => {
            Some(format!("with the text of message {}", row.detail()))
        }
        Some(Flaw::LogRecordsBlob) if !log.fields.contains(Field::Blob) => blob(service, row),
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

/// What a row about a call says of what became of it.
fn became(row: Row) -> Option<String> {
    let signal = Signal::of(row).map(|signal| match signal {
        Signal::Rang => "rang",
        Signal::Answered => "answered",
        Signal::Declined => "declined",
        Signal::Withdrawn => "withdrawn",
        Signal::Missed => "not answered in time",
    });
    signal.map(str::to_owned).or_else(|| Some(format!("a {} call", length(row)?.name())))
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
        Kind::BackedUp => "a backup made",
        Kind::Uploaded => "an attachment uploaded",
        Kind::Fetched => "an attachment fetched",
        Kind::Invited => "an invitation to a call",
        Kind::Signalled => "a signal about a call",
        Kind::Media => "the media of a call",
        Kind::SignedIn => "a sign-in",
        Kind::Purchased => "a purchase",
        Kind::Left => "a number moved away",
        Kind::GivenUp => "a number given up",
        Kind::SwitchedOff => "a device switched off",
        Kind::SwitchedOn => "a device switched on",
        Kind::Travelled => "a journey",
        Kind::KeyAdded => "a key added",
        Kind::KeySwapped => "keys replaced",
        Kind::Alerted => "an alert about a key",
        Kind::Recalled => "an answer recalled",
        Kind::Compared => "a comparison of keys",
        Kind::Injected => "a message injected",
        Kind::KeyStolen => "a key stolen",
        Kind::Altered => "a message altered",
        Kind::Granted => "an application granted",
        Kind::Refused => "an application refused",
        Kind::Extended => "an order extended",
        Kind::Preserved => "a request to preserve",
        Kind::Disclosed => "a disclosure",
        Kind::Reported => "a report",
        Kind::Exchange => "an exchange",
    }
}

/// What the observer sees of what a row describes, as it happens; `None` when it sees nothing of it.
pub(crate) fn as_seen(service: &Service, now: Now<'_>, observer: Observer, row: Row) -> Option<String> {
    let watcher = observer.watcher()?;
    let sees = service.watchers(row).contains(watcher);
    sees.then(|| remembered(service, now, observer, service.shown(observer, row)))
}

/// A row of an observer's memory, in words.
pub(crate) fn remembered(service: &Service, now: Now<'_>, observer: Observer, row: Row) -> String {
    if row.disclosed() && row.is_content() {
        return held(service, row);
    }
    if row.disclosed() {
        return format!("a row of {}: {}", log_name(service, row.index()), recorded(service, now.day, row));
    }
    let device = row.device().name();
    let at = whereabouts(service, row);
    let target = row.target().map_or("nobody's address", |target| target.name());
    let owner = row.target().map_or("nobody", |target| target.owner().name());
    let about = row.target().map_or("everybody", |target| target.owner().name());
    let (holder, which) = (holder(row.index()), super::acts::which(row.found() as u8));
    let source = row.source().map_or("nobody", User::name);
    let number = format!("message {}", row.index() + 1);
    let with = attachment(row.has_attachment());
    match row.kind() {
        Kind::Exchange if row.shape().is_some_and(Shape::of_a_stream) => {
            format!("{} {device}, {}, and {}", exchange(row), at, row.other_end().name())
        }
        Kind::Exchange => format!("{} {device}, {}", exchange(row), at),
        Kind::Typed => format!("{source} types {target} on {}", own(row.device())),
        Kind::Picked => format!("{source} picks {owner}'s name on {}", own(row.device())),
        Kind::Abandoned => format!("{source} abandons the draft"),
        Kind::Lookup => {
            format!("{device}, {}, asks about {target}; {} named", at, count(row.found(), "key"))
        }
        Kind::Submitted => {
            let copies = named(service, now.state, row);
            format!("{device}, {}, submits {number} for {target}, {copies}", at)
        }
        Kind::Delivered if row.source().is_some_and(|user| observer == Observer::Owner(user)) => {
            format!("a receipt: {owner} received {number}")
        }
        Kind::Delivered => format!("{device}, {}, acknowledges {number} from {source}", at),
        Kind::Unacknowledged => {
            format!("{device}, {}, takes {number} from {source} and does not acknowledge it", at)
        }
        Kind::Expired => format!("{number} from {source} to {target} is given up"),
        Kind::Told => format!("{source} is told that {number} did not arrive{with}"),
        Kind::SmsSent => format!("{device} hands over {number}, an SMS to {target}, with its text{with}"),
        Kind::SmsDelivered => format!("{device} takes {number}, an SMS from {source}, with its text{with}"),
        Kind::Registered => format!("{device} registers"),
        Kind::Deregistered => format!("the registration of {device} is removed"),
        Kind::BackedUp => {
            format!("{device}, {}, puts {} into its backup", at, exchanged(row))
        }
        Kind::Uploaded => format!("{device}, {at}, uploads what is attached to {number}"),
        Kind::Fetched => format!("{device}, {at}, fetches what is attached to {number}"),
        Kind::Invited => format!("{device}, {}, invites {target} to a call", at),
        Kind::Signalled => signal(service, row),
        Kind::Media => {
            let way = if went_directly(row) { "directly" } else { "through the relay" };
            let call = length(row).map_or_else(String::new, |length| format!("{} ", length.name()));
            let other = row.other_end().name();
            format!("a {call}call of {device}, {}, with {other} ends, whose media went {way}", at)
        }
        Kind::SignedIn => format!("{device}, {at}, signs in to {source}'s account"),
        Kind::Purchased => format!("{source} buys something on {device}, {at}"),
        Kind::Left => format!("{source}'s number moves to a telephone of another make"),
        Kind::GivenUp => format!("{source}'s number is given up"),
        Kind::SwitchedOff => format!("{device} disconnects"),
        Kind::SwitchedOn => format!("{device} connects"),
        Kind::Travelled => format!("{source} is now {}", row.place().name()),
        Kind::KeyAdded => format!("a key is added to {target}"),
        Kind::KeySwapped => format!("the keys of {target} are replaced"),
        Kind::Alerted => format!("{device} is alerted to a key that is added to {target}"),
        Kind::Recalled => format!("{device} is told that its answer about {target} no longer serves"),
        Kind::Compared => {
            let found = if row.detail() == DIFFERENT { "one is not" } else { "all are" };
            format!(
                "the keys that {source}'s device has for {target} are compared with {owner}'s: {found} among them"
            )
        }
        Kind::Injected if row.detail() == NOT_ACCEPTED => {
            format!("{device} is handed {number}, as if from {source}, and does not acknowledge it")
        }
        Kind::Injected => format!("{device} takes {number}, as if from {source}"),
        Kind::KeyStolen => {
            let key = row.stolen_key().map_or("key", PrivateKey::name);
            format!("the {key} of {device}, stolen")
        }
        Kind::Altered if row.detail() == NOT_ACCEPTED => {
            format!("{device} is handed altered copies of {number} from {source}, and reacts to none")
        }
        Kind::Altered => {
            format!("{device} reacts to altered copies of {number} from {source}, by what is in them")
        }
        Kind::Granted => format!("{} about {about} is granted", order(service, row)),
        Kind::Refused => format!("{} about {about} is refused: {}", order(service, row), ground(row)),
        Kind::Extended => format!("the order at {holder}{which} is extended"),
        Kind::Preserved => format!("the provider is to preserve what it holds about {owner}"),
        Kind::Reported => format!("the report says that there were {}", reported(service, row)),
        Kind::Disclosed => {
            let basis = match Basis::of(row) {
                Basis::Order => format!("under the order{which}"),
                Basis::Emergency => "in an emergency".to_owned(),
                Basis::None => "without an order".to_owned(),
            };
            format!("{holder} discloses what it holds about {about}, {basis}")
        }
    }
}

/// What a report says of the demands that there were.
pub(crate) fn reported(service: &Service, row: Row) -> String {
    let numbers = |(least, most): (u16, u16)| match least == most {
        true => least.to_string(),
        false => format!("between {least} and {most}"),
    };
    match service.said(row) {
        Some(Said::Lumped(least, most)) => {
            format!("{} demands, of both sorts together", numbers((least, most)))
        }
        Some(Said::Separate(criminal, security)) => {
            format!("{criminal} demands in criminal matters and {} for national security", numbers(security))
        }
        None => "no demands that it counts".to_owned(),
    }
}

/// What a device says of an invitation, in words.
fn signal(service: &Service, row: Row) -> String {
    let device = format!("{}, {},", row.device().name(), whereabouts(service, row));
    let other = row.target().map_or("nobody", |target| target.owner().name());
    match Signal::of(row) {
        Some(Signal::Rang) => format!("{device} rings for a call of {other}'s"),
        Some(Signal::Answered) => format!("{device} answers a call of {other}'s"),
        Some(Signal::Declined) => format!("{device} declines a call of {other}'s"),
        Some(Signal::Withdrawn) => format!("{device} withdraws its invitation to {other}"),
        Some(Signal::Missed) => format!("{} is not answered by {other} in time", row.device().name()),
        None => format!("{device} signals something about a call to {other}"),
    }
}

/// What passes the tap, up to the device that it passes to or from.
fn exchange(row: Row) -> &'static str {
    match row.shape().unwrap_or(Shape::Request) {
        Shape::Request => "a small encrypted exchange with",
        Shape::Upload => "a large encrypted upload from",
        Shape::Download => "a large encrypted download, which is answered, to",
        Shape::Unanswered => "a large encrypted download, which is not answered, to",
        Shape::Backup => "a large encrypted upload, to where backups are kept, from",
        Shape::BlobUpload => "a large encrypted upload, to where attachments are kept, from",
        Shape::BlobDownload => "a large encrypted download, from where attachments are kept, to",
        Shape::StreamBegins => "an encrypted stream begins between",
        Shape::StreamEndsSoon => "a short encrypted stream ends between",
        Shape::StreamEndsLate => "a long encrypted stream ends between",
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
fn named(service: &Service, state: &State, row: Row) -> String {
    let message = state.messages().nth(row.index());
    let mut keys = message.map_or_else(Vec::new, |message| devices(message.named()));
    if service.has_an_authority() {
        keys.push("the authority".to_owned());
    }
    format!("encrypted for {}", super::words::list(&keys))
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
