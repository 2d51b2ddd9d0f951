//! **Whether the law was kept, stated anew: disclosures against orders, and orders against the design.**

use super::disclosures::as_investigator_saw;
use super::words::letter;
use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::design::{AttachmentKey, BackupKey, Covers, Design, Holder, OrderKind};
use mailcover_model::row::{Kind, Row};
use mailcover_model::rules::disclosure::Basis;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::Part;
use mailcover_model::state::{Message, MessageKind, Order, State};
use mailcover_model::world::{Pair, User};

/// Every row that was disclosed under an order is of a log that the order's kind reaches, about its target, and of the
/// period asked about; and no row was disclosed with neither an order nor an emergency.
#[must_use]
pub fn disclosures_within_orders() -> Fact {
    let clause = "every disclosed row is within its order";
    as_investigator_saw(
        "(disclosed ⊆ ordered)",
        clause,
        Part::Memory | Part::Orders,
        |service, state, seen| {
            let mut marker = None;
            seen.into_iter().all(|row| {
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
            let Some(order) = served(state, marker) else { return false };
            if row.is_content() {
                return marker.index() == Holder::Provider.index()
                    && order.kind() == OrderKind::Warrant
                    && order.target() == row.source()
                    && ran_at(order, marker);
            }
            let Some(log) = design.logs.get(row.index()) else { return false };
            log.held_by.index() == marker.index()
                && log.yields_to.contains(order.kind())
                && order.target().is_some_and(|user| is_about(design, user, row))
                && i32::from(row.age()) - i32::from(order.age) <= i32::from(order.since)
                && ran_at(order, marker)
        }
    }
}

/// The order that the disclosure says it serves; `None` when its holder has no such order.
fn served(state: &State, marker: Row) -> Option<&Order> {
    let order = state.orders().get(marker.found() as usize)?;
    (order.at().index() == marker.index()).then_some(order)
}

/// Whether the order had been granted and was still running when the disclosure was made.
fn ran_at(order: &Order, marker: Row) -> bool {
    let granted = u16::from(order.age);
    marker.age() <= granted && granted <= marker.age() + u16::from(order.runs)
}

/// Whether a row of a log says of itself that it is about the user, as far as the design's law counts that. What a log
/// does not record it says of nobody.
pub(super) fn is_about(design: &Design, user: User, row: Row) -> bool {
    let of = row.target().is_some_and(|to| to.owner() == user);
    row.source() == Some(user) || (of && design.legal.covers == Covers::Both)
}

/// No row was disclosed under an order about somebody that was written on a day on which another had the number.
#[must_use]
pub fn nothing_disclosed_of_another() -> Fact {
    let clause = "every row that was disclosed under an order is of a day on which the same person had the number as when it was granted";
    let reads = Part::Memory | Part::Orders | Part::Numbers;
    as_investigator_saw("(disclosed → of-its-person)", clause, reads, |_, state, seen| {
        let mut marker: Option<Row> = None;
        seen.into_iter().all(|row| {
            if row.kind() == Kind::Disclosed && !row.disclosed() {
                marker = Some(row);
                return true;
            }
            let under_order = marker.filter(|marker| row.disclosed() && Basis::of(*marker) == Basis::Order);
            let order = under_order.and_then(|marker| served(state, marker));
            order.is_none_or(|order| !of_another(state, order, row))
        })
    })
}

/// An order about somebody runs, and its holder has a row of the number from a day on which another had it.
#[must_use]
pub fn another_logged_under_an_order() -> Fact {
    let clause =
        "an order about somebody runs, and a log has a row of the number from a day on which another had it";
    let reads = Part::Logs | Part::Orders | Part::Numbers;
    Fact::atom("logged(another) ∧ order-runs", clause, reads, EnumSet::empty(), |service, state| {
        let design = service.design();
        let reached = |order: &Order, row: Row| {
            let held = design.logs.get(row.index()).is_some_and(|log| log.held_by == order.at());
            held && order.target().is_some_and(|user| is_about(design, user, row))
                && of_another(state, order, row)
        };
        let mut running = state.orders().iter().filter(|order| order.running());
        running.any(|order| state.rows.as_slice().iter().any(|&row| reached(order, row)))
    })
}

/// Whether the order was granted before the number of the person whom it is about was another's, and the row written afterwards,
/// or the other way round. What was given up is another's from the day after.
fn of_another(state: &State, order: &Order, row: Row) -> bool {
    let Some(user) = order.target().filter(|user| state.person(*user).gave_up()) else { return false };
    let first_day = i32::from(state.day) + 1 - i32::from(state.handed);
    let day = |age: i32| i32::from(state.day) - age;
    let (granted, written) = (day(i32::from(order.age)), day(i32::from(row.age())));
    (granted >= first_day) != (written >= first_day)
        && (row.source() == Some(user) || row.target().is_some_and(|to| to.owner() == user))
}

/// A warrant was granted, and served.
#[must_use]
pub fn warrant_served() -> Fact {
    let clause = "a warrant was served";
    as_investigator_saw("served(warrant)", clause, Part::Memory | Part::Orders, |_, state, seen| {
        let disclosures = seen.into_iter();
        disclosures.filter(|row| row.kind() == Kind::Disclosed).any(|marker| {
            Basis::of(marker) == Basis::Order
                && served(state, marker).is_some_and(|order| order.kind() == OrderKind::Warrant)
        })
    })
}

/// Nothing was disclosed that does not rest on an order that a court granted and that was in order.
#[must_use]
pub fn disclosures_rest_on_valid_orders() -> Fact {
    let clause = "every disclosure rests on a granted order";
    as_investigator_saw("(disclosed → granted)", clause, Part::Memory | Part::Orders, |_, state, seen| {
        let mut granted = Vec::new();
        seen.into_iter().all(|row| {
            if row.kind() == Kind::Granted {
                granted.push(row.index());
            }
            let disclosure = row.kind() == Kind::Disclosed && !row.disclosed();
            let at = granted.get(row.found() as usize);
            let rests =
                at == Some(&row.index()) && served(state, row).is_some_and(|order| ran_at(order, row));
            !disclosure || (Basis::of(row) == Basis::Order && rests)
        })
    })
}

/// No running order is over-broad or inconsistent.
#[must_use]
pub fn orders_in_order() -> Fact {
    let clause = "every order that runs was rightly granted";
    Fact::atom("(running → in-order)", clause, Part::Orders, EnumSet::empty(), |service, state| {
        state
            .orders()
            .iter()
            .all(|order| order.age > 0 || !order.running() || rightly_granted(service, order))
    })
}

/// Whether the order is for what devices have backed up, or people attached, which is held for as long as anybody asks.
fn for_content(design: &Design, order: &Order) -> bool {
    (design.backup.key != BackupKey::None || design.attachments.key != AttachmentKey::None)
        && order.at() == Holder::Provider
        && order.kind() == OrderKind::Warrant
}

/// Stated anew, ground by ground, rather than by asking the model's court.
fn rightly_granted(service: &Service, order: &Order) -> bool {
    let design = service.design();
    let logs = || design.logs.iter().enumerate().filter(|(_, log)| log.held_by == order.at());
    let reachable = || logs().filter(|(_, log)| log.yields_to.contains(order.kind()));
    let unextended = order.runs.saturating_sub(order.extended().saturating_mul(service.periods().extension));
    order.target().is_some()
        && unextended <= service.periods().order
        && (unextended == 0 || order.kind().looks_ahead())
        && (reachable().any(|(index, _)| order.since <= service.keep_days(index))
            || for_content(design, order))
}

/// An order at the provider has named one of the two, or everybody.
#[must_use]
pub fn named_in_an_order(pair: Pair) -> Fact {
    let text = format!("named({},{})", letter(pair.from), letter(pair.to));
    let clause = format!("an order at the provider has named {} or {}", pair.from.name(), pair.to.name());
    Fact::atom(text, clause, Part::Orders, EnumSet::empty(), move |_, state| {
        orders_about(state, pair).next().is_some()
    })
}

/// On a day before any order at the provider named either, a message of the one reached the other.
#[must_use]
pub fn reached_before_any_order(pair: Pair) -> Fact {
    let (from, to) = (pair.from.name(), pair.to.name());
    let text = format!("reached-before-order({},{})", letter(pair.from), letter(pair.to));
    let clause = format!(
        "{from} communicated with {to} over the platform before the day on which an order first named either"
    );
    Fact::atom(text, clause, Part::Messages | Part::Orders, Tracked::Recency, move |_, state| {
        let Some(first) = orders_about(state, pair).map(|order| order.age).max() else { return false };
        let reached = |message: &Message| {
            message.kind() == MessageKind::Platform
                && message.author() == pair.from
                && message.to().owner() == pair.to
                && message.received() != 0
        };
        state.messages().any(|message| message.honest() && reached(message) && message.heard > first)
    })
}

/// The orders at the provider that have named one of the two, or everybody.
fn orders_about(state: &State, pair: Pair) -> impl Iterator<Item = &Order> {
    let orders = state.orders_at(Holder::Provider).map(|(_, order)| order);
    orders.filter(move |order| order.target().is_none_or(|user| user == pair.from || user == pair.to))
}
