//! **What was disclosed, refused and left empty, as the investigator remembers it.**

use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::design::{Holder, MAX_LOGS};
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::Part;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Watcher};

/// What the investigator remembers.
pub(super) fn seen_by_investigator(service: &Service, state: &State) -> Vec<Row> {
    service.remembered(Observer::Investigator, state).collect()
}

/// At least one row was disclosed.
#[must_use]
pub fn something_disclosed() -> Fact {
    Fact::atom("disclosed", "a row was disclosed", Part::Memory, EnumSet::empty(), |service, state| {
        seen_by_investigator(service, state).iter().any(|row| row.disclosed())
    })
    .remembered_by(Watcher::Investigator)
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
    .remembered_by(Watcher::Investigator)
}

/// A disclosure was made today, and contained nothing.
#[must_use]
pub fn empty_disclosure_today() -> Fact {
    let clause = "a disclosure made today was empty";
    Fact::atom("empty-disclosure-today", clause, Part::Memory, EnumSet::empty(), |service, state| {
        empty_today(&seen_by_investigator(service, state), |_| true)
    })
    .remembered_by(Watcher::Investigator)
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
    .remembered_by(Watcher::Investigator)
}

/// The carrier made a disclosure today that contained nothing, under an order that began on an earlier day.
#[must_use]
pub fn empty_disclosure_by_carrier() -> Fact {
    let clause = "the carrier had nothing to disclose today of the days since its order began";
    let reads = Part::Memory | Part::Orders;
    Fact::atom("empty-disclosure-today(carrier)", clause, reads, EnumSet::empty(), |service, state| {
        let under_an_older_order = |marker: Row| {
            let mut orders = state.orders_at(Holder::Carrier);
            orders.any(|(number, order)| number == marker.found() as usize && order.age > 0)
        };
        let by_carrier = |marker: Row| marker.index() == Holder::Carrier.index();
        empty_today(&seen_by_investigator(service, state), |row| by_carrier(row) && under_an_older_order(row))
    })
    .remembered_by(Watcher::Investigator)
}

/// What the target of an order at the carrier wrote reached somebody, by whichever way, on a day of the order before today.
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
            let mut heard = state.messages().filter(|message| message.honest() && message.received() != 0);
            heard.any(|message| {
                let mut orders = state.orders_at(Holder::Carrier);
                orders.any(|(_, order)| {
                    order.target() == Some(message.author()) && (1..=order.age).contains(&message.heard)
                })
            })
        },
    )
}

/// No order was ever granted to the investigator.
#[must_use]
pub fn no_order_granted() -> Fact {
    let clause = "no order was ever granted";
    Fact::atom("no-order-granted", clause, Part::Memory, EnumSet::empty(), |service, state| {
        !seen_by_investigator(service, state).iter().any(|row| row.kind() == Kind::Granted)
    })
    .remembered_by(Watcher::Investigator)
}

/// The rows disclosed of one log span more days than a single order that is never extended could yield: its retention
/// before it, its own length, and the day itself.
#[must_use]
pub fn history_longer_than_an_order() -> Fact {
    let clause = "the rows disclosed span more days than one order that is never extended yields";
    Fact::atom(
        "(span(disclosed) > retention + order)",
        clause,
        Part::Memory,
        EnumSet::empty(),
        |service, state| {
            let seen = seen_by_investigator(service, state);
            (0..MAX_LOGS).any(|log| {
                let of_log = |row: &&Row| row.disclosed() && !row.is_content() && row.index() == log;
                let ages = || seen.iter().filter(of_log).map(|row| row.age());
                let span = ages().max().unwrap_or(0) - ages().min().unwrap_or(0);
                span > u16::from(service.keep_days(log)) + u16::from(service.periods().order)
            })
        },
    )
    .remembered_by(Watcher::Investigator)
}
