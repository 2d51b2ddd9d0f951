//! **Where people and devices were.**

use super::words::letter;
use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::slice::{Part, QUERY_LOG};
use mailcover_model::world::{Device, Place, User};

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
                && row.source() == Some(user)
                && row.place() == Place::Away
        })
    })
    .of_log(QUERY_LOG)
}
