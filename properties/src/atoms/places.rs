//! **Where people and devices were.**

use super::disclosures::as_investigator_saw;
use super::words::letter;
use crate::fact::Fact;
use enumset::EnumSet;
use mailcover_model::design::Addresses;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
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

/// The log of this number holds a row of today, of the person's; where an address shows a place, one from elsewhere than home.
#[must_use]
pub fn row_of_today(log: usize, name: &str, user: User) -> Fact {
    let text = format!("row-of-today({name}-log,{})", letter(user));
    let clause =
        format!("the {name} log holds a row of {}'s of today, from away where that shows", user.name());
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |service, state| {
        let mut rows = state.rows.as_slice().iter();
        rows.any(|row| row.index() == log && is_from_away_today(service, *row, user))
    })
    .of_log(log)
}

/// A row of today of a sign-in or a purchase of the person's was disclosed; where an address shows a place, one from elsewhere
/// than home.
#[must_use]
pub fn account_row_disclosed_today(user: User) -> Fact {
    let text = format!("account-row-of-today-disclosed({})", letter(user));
    let clause = format!(
        "a row of a sign-in or a purchase of {}'s of today was disclosed, from away where that shows",
        user.name()
    );
    as_investigator_saw(text, clause, Part::Memory, move |service, _, seen| {
        let counts = |row: &Row| {
            let of_an_account = matches!(row.kind(), Kind::SignedIn | Kind::Purchased);
            row.disclosed() && of_an_account && is_from_away_today(service, *row, user)
        };
        seen.iter().any(counts)
    })
}

fn is_from_away_today(service: &Service, row: Row, user: User) -> bool {
    let shows_places = service.design().network.addresses == Addresses::Own;
    row.age() == 0 && row.source() == Some(user) && (!shows_places || row.place() == Place::Away)
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
