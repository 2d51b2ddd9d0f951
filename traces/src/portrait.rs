//! **A state as a tree of named values, for readers, diffs and exports.**
//!
//! The model packs its states into bytes. Here each byte gets its name back, in the words of the model: people, devices
//! and addresses by name, days as numbers, masks as lists. Only what is the same in every state is left out, such as people who
//! take no part, so that two states of a model with the same portrait are the same state; a test holds this in all the worlds
//! of the model's own suites.

mod changes;
mod rows;

use crate::tell::words::{devices, log_name};
use enumset::EnumSet;
use mailcover_model::action::Signer;
use mailcover_model::rules::keys::withheld;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::state::{
    Budget, Call, Each, FORGED_BODY, Message, MessageKind, Order, Preservation, Purpose, Stage, State, Tally,
    Tampering,
};
use mailcover_model::world::{Address, Device, Pair, User};
use schemars::JsonSchema;
use serde::Serialize;

pub use changes::{Change, apply, changes};
use rows::{kept_row, seen_row};

/// A value in a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A count, or a number of days.
    Number(u32),
    /// A name, or a row in words.
    Text(String),
    /// Values in order.
    List(Vec<Value>),
    /// Named values, always the same names in the same order.
    #[serde(serialize_with = "as_map")]
    Record(#[schemars(with = "serde_json::Map<String, serde_json::Value>")] Vec<(String, Value)>),
}

fn as_map<S: serde::Serializer>(fields: &[(String, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

/// The state, by the names of its variables.
#[must_use]
pub fn portrait(service: &Service, state: &State) -> Vec<(String, Value)> {
    let logs = service.design().logs.len();
    let rows_of = |log: usize| {
        let rows = state.rows.as_slice().iter().filter(move |row| row.index() == log);
        Value::List(rows.map(|&row| kept_row(service, row)).collect())
    };
    let cast = Cast::of(service);
    let asks = |device: Device| (device.name(), answers_of(service, state, device, &cast));
    // Days are not counted where runs go on for ever, nor what nothing asks about.
    let tracks = |what: Tracked| service.setup().track.contains(what);
    let compares = service.scope().comparing;
    let counted = [
        service.last_day().map(|_| named("day", Value::Number(u32::from(state.day)))),
        tracks(Tracked::Typed).then(|| named("typed", pairs(state.typed))),
        tracks(Tracked::LookedUp).then(|| named("looked up", pairs(state.looked_up))),
        service.scope().demands.then(|| named("demands", demands(state.tally))),
        service
            .scope()
            .giving_up
            .map(|_| named("days for which the number is another's", number(state.handed))),
        compares.then(|| named("compared keys", pairs_that(|pair| state.compared.made(pair)))),
        compares.then(|| named("compared a foreign key", pairs_that(|pair| state.compared.foreign(pair)))),
    ];
    let rest = vec![
        named("devices", cast.devices(|device| (device.name(), device_of(state, device)))),
        named("people", cast.users(|user| (user.name(), person_of(state, user)))),
        named("directory", cast.addresses(|address| (address.name(), entry_of(state, address)))),
        named("remembered answers", cast.devices(asks)),
        named("messages", Value::List(state.messages().map(message).collect())),
        named("calls", Value::List(state.calls().map(call).collect())),
        named(
            "logs",
            Value::Record((0..logs).map(|log| named(&log_name(service, log), rows_of(log))).collect()),
        ),
        named(
            "order of writing",
            Value::List(
                state.rows.as_slice().iter().map(|row| text(log_name(service, row.index()))).collect(),
            ),
        ),
        named("orders", Value::List(state.orders().iter().map(order).collect())),
        named("requests to preserve", cast.users(|user| (user.name(), request(state.request(user))))),
        named("left of the scope", budget(&state.budget, &cast)),
    ];
    counted.into_iter().flatten().chain(rest).chain(of_the_search(service, state)).collect()
}

/// What only a search has a use for, where it is other than in every run that is shown.
fn of_the_search(service: &Service, state: &State) -> impl Iterator<Item = (String, Value)> {
    let seen = || state.memory.as_slice().iter().map(|&row| seen_row(service, state, row)).collect();
    // A run that is shown with nothing left out remembers for nobody.
    let watchers = service.setup().remember;
    let remembers = !state.memory.as_slice().is_empty() || !watchers.is_empty() && watchers != EnumSet::all();
    let outgrown = || state.outgrown.iter().map(|room| text(room.holds())).collect();
    [
        remembers.then(|| named("memory", Value::List(seen()))),
        state.prologue.then(|| named("before the run", Value::Flag(true))),
        state.widened_past.then(|| named("past of a wider scope", Value::Flag(true))),
        (!state.outgrown.is_empty()).then(|| named("no room for", Value::List(outgrown()))),
    ]
    .into_iter()
    .flatten()
}

/// Who takes part in the scope.
struct Cast {
    devices: EnumSet<Device>,
}

impl Cast {
    fn of(service: &Service) -> Self {
        Self { devices: service.scope().devices }
    }

    fn has(&self, user: User) -> bool {
        self.devices.iter().any(|device| device.owner() == user)
    }

    fn devices(&self, of: impl Fn(Device) -> (&'static str, Value)) -> Value {
        fields(self.devices.iter().map(of))
    }

    fn users(&self, of: impl Fn(User) -> (&'static str, Value)) -> Value {
        fields(User::ALL.into_iter().filter(|&user| self.has(user)).map(of))
    }

    fn addresses(&self, of: impl Fn(Address) -> (&'static str, Value)) -> Value {
        fields(Address::ALL.into_iter().filter(|address| self.has(address.owner())).map(of))
    }
}

fn named(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn record<const N: usize>(all: [(&str, Value); N]) -> Value {
    fields(all)
}

fn fields<'a>(all: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Record(all.into_iter().map(|(name, value)| named(name, value)).collect())
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn number(number: u8) -> Value {
    Value::Number(u32::from(number))
}

fn names(mask: u8) -> Value {
    Value::List(devices(mask).into_iter().map(Value::Text).collect())
}

fn device_of(state: &State, device: Device) -> Value {
    let stolen = state.stolen(device);
    let device = state.device(device);
    record([
        ("registered", Value::Flag(device.registered())),
        ("on", Value::Flag(device.on())),
        ("left the platform", Value::Flag(device.gone())),
        ("place", text(device.place().name())),
        ("away today", Value::Flag(device.has_been_away())),
        ("stolen", Value::List(stolen.into_iter().map(|key| text(key.name())).collect())),
        ("draft to", device.draft().map_or(Value::Nothing, |address| text(address.name()))),
    ])
}

fn person_of(state: &State, user: User) -> Value {
    let person = state.person(user);
    record([
        ("place", text(person.place().name())),
        ("away today", Value::Flag(person.has_been_away())),
        ("gave the number up", Value::Flag(person.gave_up())),
    ])
}

fn entry_of(state: &State, address: Address) -> Value {
    let entry = match state.directory.of(address) {
        Tampering::None => "as its owner registered it",
        Tampering::Added => "with a key of the adversary's beside the owner's",
        Tampering::Swapped => "with the adversary's keys in place of the owner's",
    };
    let quietly = if withheld(state, address) { ", and alerts about it are kept back" } else { "" };
    text(format!("{entry}{quietly}"))
}

fn answers_of(service: &Service, state: &State, device: Device, cast: &Cast) -> Value {
    let counted = format!("days old, counted to {}", service.periods().cache.saturating_add(1));
    cast.addresses(|address| {
        let answer = state.cached(device, address);
        let known = record([(counted.as_str(), number(answer.age)), ("names", names(answer.named()))]);
        (address.name(), if answer.known() { known } else { Value::Nothing })
    })
}

fn message(message: &Message) -> Value {
    let body = if message.body() < FORGED_BODY {
        format!("of message {}", u32::from(message.body()) + 1)
    } else {
        "the adversary's own".to_owned()
    };
    let signer = match message.signer() {
        Signer::Device(device) => device.name(),
        Signer::Adversary => "the adversary",
    };
    record([
        (
            "sort",
            text(match message.kind() {
                MessageKind::None => "none",
                MessageKind::Platform => "over the platform",
                MessageKind::Sms => "SMS",
                MessageKind::Injected => "injected",
                MessageKind::Failed => "could not be sent",
            }),
        ),
        ("from", text(message.author().name())),
        ("device", text(message.device().name())),
        ("to", text(message.to().name())),
        ("encrypted for", names(message.named())),
        ("sent when these were not listed", names(message.unlisted())),
        ("waits for", names(message.waiting())),
        ("received by", names(message.received())),
        ("not accepted by", names(message.refused())),
        ("days in the queue", number(message.age)),
        ("days since received", number(message.heard)),
        ("text", text(body)),
        ("signed by", text(signer)),
        ("in the backups of", names(message.backed_up())),
        ("attached", Value::Flag(message.attached())),
        ("attachment fetched by", names(message.fetched())),
        ("altered copies before", names(message.altered())),
        ("read before the theft of a key by", names(message.read_before_theft())),
        ("given up", Value::Flag(message.expired())),
        ("sender told", Value::Flag(message.told())),
    ])
}

/// How many demands there were, and what became of the report.
fn demands(tally: Tally) -> Value {
    let count = |purpose: Purpose| Value::Number(u32::from(tally.of(purpose)));
    record([
        ("criminal", count(Purpose::Criminal)),
        ("national security", count(Purpose::NationalSecurity)),
        ("report", text(if tally.published() { "published" } else { "not published" })),
    ])
}

fn call(call: &Call) -> Value {
    let became = match call.stage() {
        Stage::None => "none".to_owned(),
        Stage::Inviting => "nobody has answered".to_owned(),
        Stage::Talking => "two are talking".to_owned(),
        Stage::Over(length) => format!("over, after a {} talk", length.name()),
        Stage::Declined => "declined".to_owned(),
        Stage::Withdrawn => "withdrawn".to_owned(),
        Stage::Missed => "not answered in time".to_owned(),
    };
    record([
        ("from", text(call.device().name())),
        ("to", text(call.to().name())),
        ("became", text(became)),
        ("waits for", names(call.waiting())),
        ("rings or was answered on", names(call.ringing())),
    ])
}

fn order(order: &Order) -> Value {
    record([
        ("kind", text(order.kind().name())),
        ("at", text(order.at().name())),
        ("about", text(order.target().map_or("everybody", User::name))),
        ("running", Value::Flag(order.running())),
        ("days old", number(order.age)),
        ("runs for days", number(order.runs)),
        ("reaches back days", number(order.since)),
        ("extensions", number(order.extended())),
    ])
}

fn request(request: Preservation) -> Value {
    if !request.in_force() {
        return Value::Nothing;
    }
    record([
        ("days old", number(request.age)),
        ("days since it was first made", number(request.made)),
        ("renewals", number(request.renewed())),
    ])
}

fn pairs(mask: u8) -> Value {
    pairs_that(|pair| mask & pair.bit() != 0)
}

fn pairs_that(are: impl Fn(Pair) -> bool) -> Value {
    let marked = Pair::ALL.into_iter().filter(|&pair| are(pair));
    Value::List(marked.map(|pair| text(format!("{} to {}", pair.from.name(), pair.to.name()))).collect())
}

fn budget(budget: &Budget, cast: &Cast) -> Value {
    let Budget {
        types,
        picks,
        sends,
        lookups,
        registrations,
        leaves,
        travels,
        keys,
        injections,
        attachments,
        backups,
        accounts,
        calls,
        applications,
        disclosures,
        requests,
    } = budget;
    let by_user = |counts: &Each| cast.users(|user| (user.name(), number(counts.get(user))));
    let to_users = |from: User| {
        let left = |to: User| (to.name(), number(sends.get(from.index(), to.index())));
        (from.name(), cast.users(left))
    };
    let to_addresses = |from: User| {
        let left = |to: Address| (to.name(), number(lookups.get(from.index(), to.index())));
        (from.name(), cast.addresses(left))
    };
    record([
        ("addresses typed", by_user(types)),
        ("names picked", by_user(picks)),
        ("journeys", by_user(travels)),
        ("messages", cast.users(to_users)),
        ("lookups", cast.users(to_addresses)),
        ("registrations", number(*registrations)),
        ("departures", number(*leaves)),
        ("key changes and thefts", number(*keys)),
        ("injections and alterations", number(*injections)),
        ("attachments and fetches", by_user(attachments)),
        ("backups", number(*backups)),
        ("sign-ins and purchases", number(*accounts)),
        ("calls", by_user(calls)),
        ("applications", number(*applications)),
        ("disclosures", number(*disclosures)),
        ("extensions and requests", number(*requests)),
    ])
}
