//! **The symbols and clauses of events, and what they are read off.**

use enumset::EnumSet;
use mailcover_model::event::Event;
use mailcover_model::service::Tracked;
use mailcover_model::slice::Part;
use mailcover_model::state::MessageKind;
use mailcover_model::world::User;

/// The letter that stands for a user in formulas.
#[must_use]
pub const fn letter(user: User) -> &'static str {
    match user {
        User::Alice => "a",
        User::Bob => "b",
        User::Carol => "c",
    }
}

/// The word for a sort of message in formulas.
#[must_use]
pub const fn sort(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::None => "none",
        MessageKind::Platform => "platform",
        MessageKind::Sms => "sms",
        MessageKind::Injected => "injected",
        MessageKind::Failed => "failed",
    }
}

/// The event's symbol in formulas.
#[must_use]
pub const fn symbol(event: Event) -> &'static str {
    match event {
        Event::Typed => "typed",
        Event::LookedUp => "looked-up",
        Event::Attempted => "attempted",
        Event::Communicated => "communicated",
        Event::CommunicatedOverPlatform => "communicated-over-platform",
        Event::CommunicatedBySms => "communicated-by-sms",
    }
}

/// The event of anybody, as a clause.
#[must_use]
pub const fn anybody(event: Event) -> &'static str {
    match event {
        Event::Typed => "somebody typed somebody's address",
        Event::LookedUp => "somebody's device looked somebody up",
        Event::Attempted => "somebody pressed send",
        Event::Communicated => "two of them communicated",
        Event::CommunicatedOverPlatform => "two of them communicated over the platform",
        Event::CommunicatedBySms => "two of them communicated by SMS",
    }
}

/// The parts that an event is read off.
#[must_use]
pub fn reads(event: Event) -> EnumSet<Part> {
    match event {
        Event::Typed => EnumSet::only(Part::Typed),
        Event::LookedUp => EnumSet::only(Part::LookedUp),
        _ => EnumSet::only(Part::Messages),
    }
}

/// What an event needs tracked.
#[must_use]
pub fn tracks(event: Event) -> EnumSet<Tracked> {
    match event {
        Event::Typed => EnumSet::only(Tracked::Typed),
        Event::LookedUp => EnumSet::only(Tracked::LookedUp),
        _ => EnumSet::empty(),
    }
}
