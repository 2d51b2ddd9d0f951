//! **A state as a tree of named values, for readers, diffs and exports.**
//!
//! The model packs its states into bytes. Here each byte gets its name back, in the words of the model: people, devices
//! and addresses by name, days as numbers, masks as lists. Nothing is left out, so that two states of a model with the same
//! portrait are the same state; a test holds this in all the worlds of the model's own suites.

mod changes;

use crate::tell::calendar::{Day, Now};
use crate::tell::rows;
use crate::tell::words::{devices, log_name};
use enumset::EnumSet;
use mailcover_model::action::Signer;
use mailcover_model::row::{Party, Row};
use mailcover_model::service::Service;
use mailcover_model::state::{
    Budget, Counts, FORGED_BODY, Message, MessageKind, Order, Preservation, State, Tampering,
};
use mailcover_model::view::Observer;
use mailcover_model::world::{Address, Device, Pair, User};
use schemars::JsonSchema;
use serde::Serialize;

pub use changes::{Change, apply, changes};

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
    vec![
        named("day", Value::Number(u32::from(state.day))),
        named("devices", record(Device::ALL.map(|device| (device.name(), device_of(state, device))))),
        named("people", record(User::ALL.map(|user| (user.name(), person_of(state, user))))),
        named("directory", record(Address::ALL.map(|address| (address.name(), entry_of(state, address))))),
        named(
            "remembered answers",
            record(Device::ALL.map(|device| (device.name(), answers_of(state, device)))),
        ),
        named("messages", Value::List(state.messages().map(message).collect())),
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
        named(
            "requests to preserve",
            record(User::ALL.map(|user| (user.name(), request(state.request(user))))),
        ),
        named("typed", pairs(state.typed)),
        named("looked up", pairs(state.looked_up)),
        named(
            "memory",
            Value::List(state.memory.as_slice().iter().map(|&row| seen_row(service, state, row)).collect()),
        ),
        named("left of the scope", budget(&state.budget)),
        named("before the run", Value::Flag(state.prologue)),
        named("past of a wider scope", Value::Flag(state.widened_past)),
        named("no room for", Value::List(state.outgrown.iter().map(|room| text(room.holds())).collect())),
    ]
}

fn named(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Record(fields.into_iter().map(|(name, value)| named(name, value)).collect())
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
    let device = state.device(device);
    record([
        ("registered", Value::Flag(device.registered())),
        ("on", Value::Flag(device.on())),
        ("left the platform", Value::Flag(device.gone())),
        ("place", text(device.place().name())),
        ("away today", Value::Flag(device.has_been_away())),
        ("draft to", device.draft().map_or(Value::Nothing, |address| text(address.name()))),
    ])
}

fn person_of(state: &State, user: User) -> Value {
    let person = state.person(user);
    record([("place", text(person.place().name())), ("away today", Value::Flag(person.has_been_away()))])
}

fn entry_of(state: &State, address: Address) -> Value {
    text(match state.directory[address.index()] {
        Tampering::None => "as its owner registered it",
        Tampering::Added => "with a key of the adversary's beside the owner's",
        Tampering::Swapped => "with the adversary's keys in place of the owner's",
    })
}

fn answers_of(state: &State, device: Device) -> Value {
    record(Address::ALL.map(|address| {
        let answer = state.cached(device, address);
        let known = record([("days old", number(answer.age)), ("names", names(answer.named()))]);
        (address.name(), if answer.known() { known } else { Value::Nothing })
    }))
}

fn message(message: &Message) -> Value {
    let body = if message.body < FORGED_BODY {
        format!("of message {}", u32::from(message.body) + 1)
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
        ("waits for", names(message.waiting())),
        ("received by", names(message.received())),
        ("not accepted by", names(message.refused())),
        ("days in the queue", number(message.age)),
        ("days since received", number(message.heard)),
        ("text", text(body)),
        ("signed by", text(signer)),
        ("in the backups of", names(message.backed_up())),
        ("given up", Value::Flag(message.expired)),
        ("sender told", Value::Flag(message.told)),
    ])
}

/// A row of a log, with its age in place of its day, and the marks that the log keeps beside it. Its code tells it from
/// rows that read the same.
fn kept_row(service: &Service, row: Row) -> Value {
    record([
        ("row", text(rows::undated(service, row))),
        ("days old", Value::Number(u32::from(row.age()))),
        (
            "preserved for",
            Value::List(
                EnumSet::<Party>::all().iter().filter(|&party| row.frozen_for(party)).map(part).collect(),
            ),
        ),
        ("disclosed", Value::Flag(row.disclosed())),
        ("code", Value::Number(row.aged(0).thawed().disclose(false).bits())),
    ])
}

/// Whose part in a row it is.
fn part(party: Party) -> Value {
    text(match party {
        Party::Source => "who acted",
        Party::Target => "who was acted upon",
    })
}

/// A row of what somebody remembers, in the words of whoever saw all of it.
fn seen_row(service: &Service, state: &State, row: Row) -> Value {
    let now = Now { state, day: Day::FIRST };
    let what = if row.disclosed() && row.copy().is_some() {
        rows::copied(service, row)
    } else if row.disclosed() {
        format!("a row of {}: {}", log_name(service, row.index()), rows::undated(service, row))
    } else {
        rows::remembered(service, now, Observer::ProviderStore, row)
    };
    record([
        ("what", text(what)),
        ("days old", Value::Number(u32::from(row.age()))),
        ("code", Value::Number(row.bits())),
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

fn pairs(mask: u16) -> Value {
    let marked = Pair::ALL.into_iter().filter(|pair| mask & pair.bit() != 0);
    Value::List(marked.map(|pair| text(format!("{} to {}", pair.from.name(), pair.to.name()))).collect())
}

fn budget(budget: &Budget) -> Value {
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
        backups,
        applications,
        disclosures,
        requests,
    } = budget;
    let by_user =
        |counts: &[u8; 3]| record(User::ALL.map(|user| (user.name(), number(counts[user.index()]))));
    let towards = |counts: &Counts<3>, names: [&'static str; 4], most: usize| {
        record(User::ALL.map(|user| {
            let row = (0..most).map(|to| named(names[to], number(counts.get(user.index(), to)))).collect();
            (user.name(), Value::Record(row))
        }))
    };
    let users = ["Alice", "Bob", "Carol", ""];
    record([
        ("addresses typed", by_user(types)),
        ("names picked", by_user(picks)),
        ("journeys", by_user(travels)),
        ("messages", towards(sends, users, 3)),
        ("lookups", towards(lookups, Address::ALL.map(Address::name), 4)),
        ("registrations", number(*registrations)),
        ("departures", number(*leaves)),
        ("key changes", number(*keys)),
        ("injections", number(*injections)),
        ("backups", number(*backups)),
        ("applications", number(*applications)),
        ("disclosures", number(*disclosures)),
        ("extensions and requests", number(*requests)),
    ])
}
