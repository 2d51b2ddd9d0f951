//! **What was disclosed, refused and left empty, as the investigator remembers it.**

use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::design::{Holder, MAX_LOGS};
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::{Service, Tracked};
use mailcover_model::slice::Part;
use mailcover_model::state::State;
use mailcover_model::view::{Observer, Watcher};

/// A fact about what the investigator has seen, which is remembered for it whoever is asked about.
pub(super) fn as_investigator_saw(
    text: impl Into<String>,
    clause: impl Into<String>,
    reads: impl Into<EnumSet<Part>>,
    test: impl Fn(&Service, &State, Vec<Row>) -> bool + Send + Sync + 'static,
) -> Fact {
    let seen = |service: &Service, state: &State| service.remembered(Observer::Investigator, state).collect();
    Fact::atom(text, clause, reads, EnumSet::empty(), move |service, state| {
        test(service, state, seen(service, state))
    })
    .remembered_by(Watcher::Investigator)
}

/// At least one row was disclosed.
#[must_use]
pub fn something_disclosed() -> Fact {
    as_investigator_saw("disclosed", "a row was disclosed", Part::Memory, |_, _, seen| {
        seen.iter().any(|row| row.disclosed())
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
    as_investigator_saw(text, clause, Part::Memory, move |service, _, seen| {
        let kept = |row: &Row| service.held_by(*row) == Some(holder);
        seen.iter().any(|row| row.disclosed() && kept(row))
    })
}

/// A disclosure was made today, and contained nothing.
#[must_use]
pub fn empty_disclosure_today() -> Fact {
    let clause = "a disclosure made today was empty";
    as_investigator_saw("empty-disclosure-today", clause, Part::Memory, |_, _, seen| {
        empty_today(&seen, |_| true)
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
    as_investigator_saw("refused", "an application was refused", Part::Memory, |_, _, seen| {
        seen.iter().any(|row| row.kind() == Kind::Refused)
    })
}

/// The carrier made a disclosure today that contained nothing, under an order that began on an earlier day.
#[must_use]
pub fn empty_disclosure_by_carrier() -> Fact {
    let clause = "the carrier had nothing to disclose today of the days since its order began";
    let reads = Part::Memory | Part::Orders;
    as_investigator_saw("empty-disclosure-today(carrier)", clause, reads, |_, state, seen| {
        let under_an_older_order = |marker: Row| {
            let mut orders = state.orders_at(Holder::Carrier);
            orders.any(|(number, order)| number == marker.found() as usize && order.age > 0)
        };
        let by_carrier = |marker: Row| marker.index() == Holder::Carrier.index();
        empty_today(&seen, |row| by_carrier(row) && under_an_older_order(row))
    })
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
    as_investigator_saw("no-order-granted", clause, Part::Memory, |_, _, seen| {
        !seen.iter().any(|row| row.kind() == Kind::Granted)
    })
}

/// The rows disclosed of one log span more days than a single order that is never extended could yield: its retention
/// before it, its own length, and the day itself.
#[must_use]
pub fn history_longer_than_an_order() -> Fact {
    let clause = "the rows disclosed span more days than one order that is never extended yields";
    as_investigator_saw("(span(disclosed) > retention + order)", clause, Part::Memory, |service, _, seen| {
        (0..MAX_LOGS).any(|log| {
            let of_log = |row: &&Row| row.disclosed() && !row.is_content() && row.index() == log;
            let ages = || seen.iter().filter(of_log).map(|row| row.age());
            let span = ages().max().unwrap_or(0) - ages().min().unwrap_or(0);
            span > u16::from(service.keep_days(log)) + u16::from(service.periods().order)
        })
    })
}
