//! **The atoms that claims are made of, beside events: rows, disclosures, orders, places.**
//!
//! Each is recomputed here from what happened, not taken from a guard of the model: a claim that asked the guard
//! whether the guard was right could not fail.

use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::design::{Covers, Design, Holder, MAX_LOGS};
use mailcover_model::event::Event;
use mailcover_model::row::{Kind, Row};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::{Logs, Part, QUERY_LOG};
use mailcover_model::state::{FORGED_BODY, Message, MessageKind, Order, State};
use mailcover_model::view::Observer;
use mailcover_model::world::{Device, Pair, Place, User};

/// The letter that stands for a user in formulas.
#[must_use]
pub const fn letter(user: User) -> &'static str {
    match user {
        User::Alice => "a",
        User::Bob => "b",
        User::Carol => "c",
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
}

/// Somebody communicated over the platform within the query log's retention, on a day before today.
#[must_use]
pub fn communicated_on_an_earlier_day() -> Fact {
    let clause = "two of them communicated over the platform before today in the last retention period";
    heard_earlier("communicated-earlier-over-platform(anybody)", clause, |kind| kind == MessageKind::Platform)
}

fn heard_earlier(text: &str, clause: &str, counts: fn(MessageKind) -> bool) -> Fact {
    let test = move |service: &Service, state: &State| {
        let recent = 1..=service.recent_days().unwrap_or(0);
        let mut heard = state.messages().filter(|m| counts(m.kind()) && m.received() != 0);
        heard.any(|message| recent.contains(&message.heard))
    };
    Fact::atom(text, clause, Part::Messages, Tracked::Recency, test).of_log(QUERY_LOG)
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
}

/// One of the observers holds a row.
#[must_use]
pub fn something_seen(observers: Vec<Observer>) -> Fact {
    let logs = observers.iter().fold(Logs::NONE, |logs, observer| match observer {
        Observer::Log(log) => logs.and(Logs::only(usize::from(*log))),
        _ => logs,
    });
    let stores = observers.iter().any(|observer| observer.watcher().is_none());
    let reads = if stores { EnumSet::only(Part::Logs) } else { EnumSet::only(Part::Memory) };
    let clause = "the adversary holds a row";
    let fact = Fact::atom("row(adversary)", clause, reads, EnumSet::empty(), move |service, state| {
        observers.iter().any(|&observer| match observer {
            Observer::Log(log) => state.rows.as_slice().iter().any(|row| row.index() == usize::from(log)),
            Observer::ProviderStore => !state.rows.as_slice().is_empty(),
            _ => service.remembered(observer, state).next().is_some(),
        })
    });
    if stores && logs == Logs::NONE { fact } else { fact.of_logs(logs) }
}

/// The log of this number holds no row.
#[must_use]
pub fn log_is_silent(log: usize, name: &str) -> Fact {
    let clause = format!("the {name} log holds no row");
    Fact::atom(format!("silent({name}-log)"), clause, Part::Logs, EnumSet::empty(), move |_, state| {
        !state.rows.as_slice().iter().any(|row| row.index() == log)
    })
    .of_log(log)
}

/// The log of this number holds a row.
#[must_use]
pub fn log_has_row(log: usize, name: &str) -> Fact {
    let clause = format!("the {name} log holds a row");
    Fact::atom(format!("row({name}-log)"), clause, Part::Logs, EnumSet::empty(), move |_, state| {
        state.rows.as_slice().iter().any(|row| row.index() == log)
    })
    .of_log(log)
}

/// The log of this number holds a row about the pair.
#[must_use]
pub fn log_has_row_about(log: usize, name: &str, pair: Pair) -> Fact {
    let text = format!("row({name}-log,{},{})", letter(pair.from), letter(pair.to));
    let clause = format!("the {name} log holds a row from {} about {}", pair.from.name(), pair.to.name());
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |_, state| {
        let about =
            |row: &&Row| row.source() == pair.from && row.target().is_some_and(|to| to.owner() == pair.to);
        state.rows.as_slice().iter().filter(|row| row.index() == log).any(|row| about(&row))
    })
    .of_log(log)
}

/// What the investigator remembers.
fn seen_by_investigator(service: &Service, state: &State) -> Vec<Row> {
    service.remembered(Observer::Investigator, state).collect()
}

/// At least one row was disclosed.
#[must_use]
pub fn something_disclosed() -> Fact {
    Fact::atom("disclosed", "a row was disclosed", Part::Memory, EnumSet::empty(), |service, state| {
        seen_by_investigator(service, state).iter().any(|row| row.disclosed())
    })
}

/// At least one row of a log that this holder keeps was disclosed.
#[must_use]
pub fn disclosed_by(holder: Holder) -> Fact {
    let name = match holder {
        Holder::Provider => "provider",
        Holder::Carrier => "carrier",
    };
    let clause = format!("a row of the {name}'s was disclosed");
    let text = format!("disclosed({name})");
    Fact::atom(text, clause, Part::Memory, EnumSet::empty(), move |service, state| {
        let kept = |row: &Row| service.held_by(*row) == Some(holder);
        seen_by_investigator(service, state).iter().any(|row| row.disclosed() && kept(row))
    })
}

/// A disclosure was made today, and contained nothing.
#[must_use]
pub fn empty_disclosure_today() -> Fact {
    let clause = "a disclosure made today was empty";
    Fact::atom("empty-disclosure-today", clause, Part::Memory, EnumSet::empty(), |service, state| {
        empty_today(&seen_by_investigator(service, state), |_| true)
    })
}

/// Whether a disclosure of today, by a holder who counts, is followed by no row.
fn empty_today(seen: &[Row], counts: impl Fn(Row) -> bool) -> bool {
    seen.iter().enumerate().any(|(at, row)| {
        row.kind() == Kind::Disclosed
            && row.age() == 0
            && counts(*row)
            && !seen.get(at + 1).is_some_and(|next| next.disclosed())
    })
}

/// An application was refused.
#[must_use]
pub fn refused() -> Fact {
    Fact::atom("refused", "an application was refused", Part::Memory, EnumSet::empty(), |service, state| {
        seen_by_investigator(service, state).iter().any(|row| row.kind() == Kind::Refused)
    })
}

/// The carrier made a disclosure today that contained nothing, under an order that began on an earlier day.
#[must_use]
pub fn empty_disclosure_by_carrier() -> Fact {
    let clause = "the carrier had nothing to disclose today of the days since its order began";
    let reads = Part::Memory | Part::Orders;
    Fact::atom("empty-disclosure-today(carrier)", clause, reads, EnumSet::empty(), |service, state| {
        let by_carrier = |marker: Row| marker.index() == Holder::Carrier.index();
        state.orders[Holder::Carrier.index()].age > 0
            && empty_today(&seen_by_investigator(service, state), by_carrier)
    })
}

/// What the target of the carrier's order wrote reached somebody, by whichever way, on a day of the order before today.
#[must_use]
pub fn target_reached_somebody_while_carrier_watched() -> Fact {
    let clause = "something that the target wrote reached somebody on a day of the order before today";
    let reads = Part::Messages | Part::Orders;
    Fact::atom(
        "communicated-earlier-in-order(target,anybody)",
        clause,
        reads,
        Tracked::Recency,
        |_, state| {
            let order = &state.orders[Holder::Carrier.index()];
            let mut heard = state.messages().filter(|message| message.honest() && message.received() != 0);
            heard.any(|message| {
                order.target() == Some(message.author()) && (1..=order.age).contains(&message.heard)
            })
        },
    )
}

/// A disclosure was made.
#[must_use]
pub fn disclosure_made() -> Fact {
    Fact::atom("disclosure", "a disclosure was made", Part::Memory, EnumSet::empty(), |service, state| {
        seen_by_investigator(service, state).iter().any(|row| row.kind() == Kind::Disclosed)
    })
}

/// An observer has seen something of this kind.
#[must_use]
pub fn saw(observer: Observer, kind: Kind, clause: &str) -> Fact {
    let text = format!("saw({})", format!("{kind:?}").to_lowercase());
    Fact::atom(text, clause, Part::Memory, EnumSet::empty(), move |service, state| {
        service.remembered(observer, state).any(|row| row.kind() == kind)
    })
}

/// No provider's log holds a row older than its retention, unless a preservation request names it.
#[must_use]
pub fn rows_within_retention() -> Fact {
    let clause = "every row is within its retention, or preserved";
    Fact::atom("rows-within-retention", clause, Part::Logs, EnumSet::empty(), |service, state| {
        state
            .rows
            .as_slice()
            .iter()
            .all(|row| row.frozen() || row.age() <= u16::from(service.keep_days(row.index())))
    })
}

/// A row is older than its retention, and a preservation request names it.
#[must_use]
pub fn preserved_beyond_retention() -> Fact {
    let clause = "a preserved row is older than its retention";
    Fact::atom("preserved-beyond-retention", clause, Part::Logs, EnumSet::empty(), |service, state| {
        state
            .rows
            .as_slice()
            .iter()
            .any(|row| row.frozen() && row.age() > u16::from(service.keep_days(row.index())))
    })
}

/// No order was ever granted to the investigator.
#[must_use]
pub fn no_order_granted() -> Fact {
    let clause = "no order was ever granted";
    Fact::atom("no-order-granted", clause, Part::Memory, EnumSet::empty(), |service, state| {
        !seen_by_investigator(service, state).iter().any(|row| row.kind() == Kind::Granted)
    })
}

/// The rows disclosed of one log span more days than a single order that is never extended could yield: its retention before it,
/// its own length, and the day itself.
#[must_use]
pub fn history_longer_than_an_order() -> Fact {
    let clause = "the rows disclosed span more days than one order that is never extended yields";
    Fact::atom(
        "span(disclosed) > retention + order",
        clause,
        Part::Memory,
        EnumSet::empty(),
        |service, state| {
            let seen = seen_by_investigator(service, state);
            (0..MAX_LOGS).any(|log| {
                let of_log = |row: &&Row| row.disclosed() && row.index() == log;
                let ages = || seen.iter().filter(of_log).map(|row| row.age());
                let span = ages().max().unwrap_or(0) - ages().min().unwrap_or(0);
                span > u16::from(service.keep_days(log)) + u16::from(service.periods().order)
            })
        },
    )
}

/// Every row that was disclosed under an order is of a log that the order's kind reaches, about its target, and of the
/// period asked about; and no row was disclosed with neither an order nor an emergency.
#[must_use]
pub fn disclosures_within_orders() -> Fact {
    let clause = "every disclosed row is within its order";
    Fact::atom(
        "disclosed ⊆ ordered",
        clause,
        Part::Memory | Part::Orders,
        EnumSet::empty(),
        |service, state| {
            let mut marker = None;
            seen_by_investigator(service, state).into_iter().all(|row| {
                if row.kind() == Kind::Disclosed && !row.disclosed() {
                    marker = Some(row);
                    return true;
                }
                !row.disclosed() || marker.is_some_and(|marker| within(service.design(), state, marker, row))
            })
        },
    )
}

fn within(design: &Design, state: &State, marker: Row, row: Row) -> bool {
    match Basis::of(marker) {
        Basis::Emergency => true,
        Basis::None => false,
        Basis::Order => {
            let order = &state.orders[marker.index() % 2];
            let Some(log) = design.logs.get(row.index()) else { return false };
            let covers_target = design.legal.covers == Covers::Both;
            let about = |user: User| {
                row.source() == user || (covers_target && row.target().is_some_and(|to| to.owner() == user))
            };
            log.held_by.index() == marker.index()
                && log.yields_to.contains(order.kind())
                && order.target().is_some_and(about)
                && i32::from(row.age()) - i32::from(order.age) <= i32::from(order.since)
                && marker.age() + u16::from(order.runs) >= u16::from(order.age)
        }
    }
}

/// Nothing was disclosed that does not rest on an order that a court granted and that was in order.
#[must_use]
pub fn disclosures_rest_on_valid_orders() -> Fact {
    let clause = "every disclosure rests on a granted order";
    Fact::atom(
        "disclosed → granted",
        clause,
        Part::Memory | Part::Orders,
        EnumSet::empty(),
        |service, state| {
            let mut granted = [false; 2];
            seen_by_investigator(service, state).into_iter().all(|row| {
                if row.kind() == Kind::Granted {
                    granted[row.index() % 2] = true;
                }
                let disclosure = row.kind() == Kind::Disclosed && !row.disclosed();
                let order = &state.orders[row.index() % 2];
                let in_time = u16::from(order.age).saturating_sub(row.age()) <= u16::from(order.runs);
                !disclosure || (Basis::of(row) == Basis::Order && granted[row.index() % 2] && in_time)
            })
        },
    )
}

/// No running order is over-broad or inconsistent.
#[must_use]
pub fn orders_in_order() -> Fact {
    let clause = "every order that runs was rightly granted";
    Fact::atom("running → in-order", clause, Part::Orders, EnumSet::empty(), |service, state| {
        Holder::ALL.into_iter().all(|at| {
            let order = &state.orders[at.index()];
            order.age > 0 || !order.running() || rightly_granted(service, at, order)
        })
    })
}

/// Stated anew, ground by ground, rather than by asking the model's court.
fn rightly_granted(service: &Service, at: Holder, order: &Order) -> bool {
    let design = service.design();
    let logs = || design.logs.iter().enumerate().filter(|(_, log)| log.held_by == at);
    let reachable = || logs().filter(|(_, log)| log.yields_to.contains(order.kind()));
    let unextended = order.runs.saturating_sub(order.extended.saturating_mul(service.periods().extension));
    order.target().is_some()
        && unextended <= service.periods().order
        && (unextended == 0 || order.kind().looks_ahead())
        && reachable().any(|(index, _)| order.since <= service.keep_days(index))
}

/// The person has been away today.
#[must_use]
pub fn person_was_away(user: User) -> Fact {
    let text = format!("away-today({})", letter(user));
    Fact::atom(
        text,
        format!("{} was away today", user.name()),
        Part::Places,
        EnumSet::empty(),
        move |_, state| state.person(user).has_been_away(),
    )
}

/// A device of the person's has been away today.
#[must_use]
pub fn device_was_away(user: User) -> Fact {
    let text = format!("device-away-today({})", letter(user));
    let clause = format!("a device of {}'s was away today", user.name());
    Fact::atom(text, clause, Part::Places, EnumSet::empty(), move |_, state| {
        let own = Device::ALL.into_iter().filter(|device| device.owner() == user);
        own.into_iter().any(|device| state.device(device).has_been_away())
    })
}

/// The query log holds a row of today, of the person's, from elsewhere than home.
#[must_use]
pub fn row_from_away(user: User) -> Fact {
    let text = format!("row-of-today-from-away({})", letter(user));
    let clause = format!(
        "the query log holds a row of {}'s of today with a network address away from home",
        user.name()
    );
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |service, state| {
        state.rows.as_slice().iter().any(|row| {
            service.design().query_log() == Some(row.index())
                && row.age() == 0
                && row.source() == user
                && row.place() == Place::Away
        })
    })
    .of_log(QUERY_LOG)
}

/// The text of no message that was submitted over the platform follows from what the observers saw.
#[must_use]
pub fn platform_content_unknown(observers: Vec<Observer>) -> Fact {
    content_unknown(observers, MessageKind::Platform, "platform")
}

/// The text of no SMS follows from what the observers saw.
#[must_use]
pub fn sms_content_unknown(observers: Vec<Observer>) -> Fact {
    content_unknown(observers, MessageKind::Sms, "sms")
}

/// The text of no message at all follows from what the observers saw.
#[must_use]
pub fn any_content_unknown(observers: Vec<Observer>) -> Fact {
    let platform = content_unknown(observers.clone(), MessageKind::Platform, "platform");
    crate::fact::and(platform, content_unknown(observers, MessageKind::Sms, "sms"))
}

fn content_unknown(observers: Vec<Observer>, kind: MessageKind, name: &str) -> Fact {
    let clause = format!("the text of every {name} message is secret");
    let mut reads = EnumSet::only(Part::Messages);
    if observers.iter().any(|observer| matches!(observer, Observer::Log(_))) {
        reads |= Part::Logs;
    }
    let logs = observers.iter().fold(Logs::NONE, |logs, observer| match observer {
        Observer::Log(log) => logs.and(Logs::only(usize::from(*log))),
        _ => logs,
    });
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
    fact.of_logs(logs)
}

/// A message of this kind was sent.
#[must_use]
pub fn message_sent(kind: MessageKind, clause: &str) -> Fact {
    let text = format!("sent({})", format!("{kind:?}").to_lowercase());
    Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(|message| message.kind() == kind)
    })
}

/// A message of this kind was received.
#[must_use]
pub fn message_received(kind: MessageKind, clause: &str) -> Fact {
    let text = format!("received({})", format!("{kind:?}").to_lowercase());
    Fact::atom(text, clause, Part::Messages, EnumSet::empty(), move |_, state| {
        state.messages().any(|message| message.kind() == kind && message.received() != 0)
    })
}

/// Whatever a device accepted as somebody's, that somebody sent, to the device's owner.
#[must_use]
pub fn accepted_was_sent() -> Fact {
    let clause = "every accepted message was sent by its claimed author to its receiver";
    Fact::atom("accepted(m,a,b) → sent(a,b,m)", clause, Part::Messages, EnumSet::empty(), |_, state| {
        let accepted = state.messages().filter(|message| message.received() != 0);
        accepted
            .into_iter()
            .all(|message| message.honest() || state.messages().any(|sent| same(sent, message)))
    })
}

fn same(sent: &Message, accepted: &Message) -> bool {
    sent.honest()
        && accepted.body < FORGED_BODY
        && sent.body == accepted.body
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
                .all(|other| message.body != other.body || message.received() & other.received() == 0)
        })
    })
}

/// A message was neither received nor was its sender told that it was lost.
#[must_use]
pub fn outstanding() -> Fact {
    let clause = "a message was sent that was neither received nor reported as lost";
    Fact::atom("outstanding", clause, Part::Messages, EnumSet::empty(), |_, state| {
        state.messages().any(is_outstanding)
    })
}

/// A message to somebody who has left the platform was neither received nor was its sender told that it was lost.
#[must_use]
pub fn outstanding_to_the_departed() -> Fact {
    let clause = "a message to somebody who has left the platform was neither received nor reported as lost";
    let reads = Part::Messages | Part::Devices;
    Fact::atom("outstanding-to-departed", clause, reads, EnumSet::empty(), |_, state| {
        let gone = |message: &Message| state.device(message.to().owner().phone()).gone();
        state.messages().any(|message| is_outstanding(message) && gone(message))
    })
}

fn is_outstanding(message: &Message) -> bool {
    message.honest() && message.received() == 0 && !message.told
}
