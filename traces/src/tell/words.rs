//! **Names, numbers and lists as prose has them, and text from files made harmless.**

use enumset::EnumSet;
use mailcover_model::design::{Addresses, Holder};
use mailcover_model::flaw::Flaw;
use mailcover_model::row::Row;
use mailcover_model::service::Service;
use mailcover_model::state::OPERATOR_KEY;
use mailcover_model::view::Observer;
use mailcover_model::widening::Respect;
use mailcover_model::world::{Device, Place, User};

/// The text with all that could move a cursor or turn the direction of reading shown instead of obeyed.
#[must_use]
pub fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}');
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || turns(c) {
            safe.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// The text with its first letter as a sentence begins.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text as a sentence.
pub(crate) fn sentence(text: &str) -> String {
    format!("{}.", capital(text.trim_end_matches('.')))
}

/// Her or his.
pub(crate) const fn possessive(user: User) -> &'static str {
    match user {
        User::Alice | User::Carol => "her",
        User::Bob => "his",
    }
}

/// She or he.
pub(crate) const fn subject(user: User) -> &'static str {
    match user {
        User::Alice | User::Carol => "she",
        User::Bob => "he",
    }
}

/// The device in the mouth of its owner's sentence: "her phone".
pub(crate) fn own(device: Device) -> String {
    format!("{} {}", possessive(device.owner()), sort(device))
}

/// What sort of device it is.
pub(crate) const fn sort(device: Device) -> &'static str {
    match device {
        Device::AliceTablet => "tablet",
        _ => "phone",
    }
}

/// Where a network address is from.
pub(crate) const fn from(place: Place) -> &'static str {
    match place {
        Place::Home => "from home",
        Place::Away => "from away",
    }
}

/// A number of things.
pub(crate) fn count(number: u32, one: &str) -> String {
    match number {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}

/// The cells of a row that say something, as one line.
pub(crate) fn joined(cells: &[String]) -> String {
    let said: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    said.join(", ")
}

/// A list: "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The respects in which a scope was widened, in words.
#[must_use]
pub fn respects(respects: EnumSet<Respect>) -> String {
    let word = |respect| match respect {
        Respect::Run => "those of the run",
        Respect::Past => "those of its past",
        Respect::Who => "those of whoever may not do what another may",
    };
    list(&respects.iter().map(|respect| word(respect).to_owned()).collect::<Vec<_>>())
}

/// The devices of a mask, the adversary's own key among them.
pub(crate) fn devices(mask: u8) -> Vec<String> {
    let named = Device::ALL.into_iter().filter(|device| mask & device.bit() != 0);
    let mut all: Vec<String> = named.map(|device| device.name().to_owned()).collect();
    if mask & OPERATOR_KEY != 0 {
        all.push("the adversary's own key".to_owned());
    }
    all
}

/// The observer, as the subject of a sentence.
pub(crate) fn observer(service: &Service, observer: Observer) -> String {
    match observer {
        Observer::ProviderLive => "the provider's servers".to_owned(),
        Observer::ProviderStore => "the provider's stores".to_owned(),
        Observer::Log(log) => log_name(service, usize::from(log)),
        Observer::Investigator => "the investigator".to_owned(),
        Observer::Carrier => "the carrier".to_owned(),
        Observer::Network => "the tap on the line".to_owned(),
        Observer::Radio => "whoever listens to the radio".to_owned(),
        Observer::Thief => "the thief".to_owned(),
        Observer::Authority => "the authority".to_owned(),
        Observer::Public => "the public".to_owned(),
        Observer::Opened(user) => format!("whoever has opened {}'s devices", user.name()),
        Observer::Owner(User::Alice) => "Alice's devices".to_owned(),
        Observer::Owner(User::Bob) => "Bob's devices".to_owned(),
        Observer::Owner(User::Carol) => "Carol's devices".to_owned(),
    }
}

/// Whether the observer's verb is in the plural.
pub(crate) const fn plural(observer: Observer) -> bool {
    matches!(observer, Observer::ProviderLive | Observer::ProviderStore | Observer::Owner(_))
}

/// The log, with its article. A log's own name is written as it is in the design, but for hyphens and abbreviations.
pub(crate) fn log_name(service: &Service, log: usize) -> String {
    let name = service.design().logs.get(log).map_or("unknown", |log| log.name.as_str());
    let words: Vec<&str> = name.split('-').map(|word| if word == "sms" { "SMS" } else { word }).collect();
    format!("the {} log", harmless(&words.join(" ")))
}

/// The holder's name.
pub(crate) const fn holder(at: usize) -> &'static str {
    if at == Holder::Carrier.index() { "the carrier" } else { "the provider" }
}

/// Whether rows bear an address that stands for every place.
pub(crate) fn shares_addresses(service: &Service) -> bool {
    let shared = service.design().network.addresses == Addresses::Shared;
    shared && service.setup().flaw != Some(Flaw::PortRecorded)
}

/// Where a row's device is, as far as its address tells.
pub(crate) fn whereabouts(service: &Service, row: Row) -> &'static str {
    if shares_addresses(service) { "under a shared address" } else { row.place().name() }
}
