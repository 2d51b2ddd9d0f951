//! **Rows of logs and of memories, as named values.**

use super::{Value, record, text};
use crate::tell::calendar::{Day, Now};
use crate::tell::words::log_name;
use crate::tell::{content, rows};
use enumset::EnumSet;
use mailcover_model::row::{Party, Row};
use mailcover_model::service::Service;
use mailcover_model::state::State;
use mailcover_model::view::Observer;

/// A row of a log, with its age in place of its day, and the marks that the log keeps beside it. Its code tells it from
/// rows that read the same.
pub(super) fn kept_row(service: &Service, row: Row) -> Value {
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
pub(super) fn seen_row(service: &Service, state: &State, row: Row) -> Value {
    let now = Now { state, day: Day::FIRST };
    let what = if row.disclosed() && row.is_content() {
        content::held(service, row)
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
