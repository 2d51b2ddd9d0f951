//! **What logs and memories hold.**

use super::orders::is_about;
use super::words::letter;
use crate::fact::{Fact, not, said};
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::design::Holder;
use mailcover_model::row::{Kind, Row};
use mailcover_model::service::Service;
use mailcover_model::slice::{Logs, Part};
use mailcover_model::state::State;
use mailcover_model::view::Observer;
use mailcover_model::word::word;
use mailcover_model::world::{Pair, User};

/// One of the observers holds a row; of an investigator, one that was disclosed or, where `emptiness` counts as well, the
/// line that dates a disclosure.
#[must_use]
pub fn something_seen(observers: Vec<Observer>, emptiness: bool) -> Fact {
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
            Observer::ProviderStore => {
                let rows = state.rows.as_slice().iter();
                rows.copied().any(|row| service.held_by(row) == Some(Holder::Provider))
            }
            Observer::Investigator => {
                let counts = |row: Row| row.disclosed() || emptiness && row.kind() == Kind::Disclosed;
                service.remembered(observer, state).any(counts)
            }
            _ => service.remembered(observer, state).next().is_some(),
        })
    });
    if stores && logs == Logs::NONE { fact } else { fact.of_logs(logs) }
}

/// Somebody has done something in the run that the scope counts.
#[must_use]
pub fn something_done() -> Fact {
    let clause = "somebody has done something";
    Fact::atom("done(anybody)", clause, EnumSet::empty(), EnumSet::empty(), |service, state| {
        state.budget != service.scope().bounds
    })
}

/// The log of this number holds no row.
#[must_use]
pub fn log_is_silent(log: usize, name: &str) -> Fact {
    log_has_rows(log, false, format!("silent({name}-log)"), format!("the {name} log holds no row"))
}

/// The log of this number holds a row.
#[must_use]
pub fn log_has_row(log: usize, name: &str) -> Fact {
    log_has_rows(log, true, format!("row({name}-log)"), format!("the {name} log holds a row"))
}

/// Whether the log of this number holds any row at all is as wanted.
fn log_has_rows(log: usize, wanted: bool, text: String, clause: String) -> Fact {
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |_, state| {
        state.rows.as_slice().iter().any(|row| row.index() == log) == wanted
    })
    .of_log(log)
}

/// The log of this number holds a row about the pair.
#[must_use]
pub fn log_has_row_about(log: usize, name: &str, pair: Pair) -> Fact {
    let text = format!("row({name}-log,{},{})", letter(pair.from), letter(pair.to));
    let clause = format!("the {name} log holds a row from {} about {}", pair.from.name(), pair.to.name());
    Fact::atom(text, clause, Part::Logs, EnumSet::empty(), move |_, state| {
        let about = |row: &Row| {
            row.source() == Some(pair.from) && row.target().is_some_and(|to| to.owner() == pair.to)
        };
        state.rows.as_slice().iter().filter(|row| row.index() == log).any(about)
    })
    .of_log(log)
}

/// An observer has seen something of this kind.
#[must_use]
pub fn saw(observer: Observer, kind: Kind, clause: &str) -> Fact {
    let text = format!("saw({})", word(kind));
    Fact::atom(text, clause, Part::Memory, EnumSet::empty(), move |service, state| {
        service.remembered(observer, state).any(|row| row.kind() == kind)
    })
}

/// No log holds a row older than its retention, unless a preservation request names it.
#[must_use]
pub fn rows_within_retention() -> Fact {
    said(not(held_beyond_retention(false)), "every row is within its retention, or preserved")
}

fn beyond_retention(service: &Service, row: Row) -> bool {
    row.age() > u16::from(service.keep_days(row.index()))
}

/// Whether a request in force names the row, stated anew from the requests rather than read off the row's mark: the
/// provider keeps it, it is about whom the request is about, and it was there when the request was made. Of the rows of
/// the request's first day, neither their ages nor a day tell which were there already, so all of them count.
fn is_preserved(service: &Service, state: &State, row: Row) -> bool {
    let names = |user: User| {
        let request = state.request(user);
        let runs = request.in_force() && request.age <= service.periods().preservation;
        runs && row.age() >= u16::from(request.made) && is_about(service.design(), user, row)
    };
    service.held_by(row) == Some(Holder::Provider) && User::ALL.into_iter().any(names)
}

/// A row is older than its retention, and a preservation request names it.
#[must_use]
pub fn preserved_beyond_retention() -> Fact {
    held_beyond_retention(true).needing(Need::PROVIDER_LOG)
}

/// A row is older than its retention, which a preservation request names or does not.
fn held_beyond_retention(preserved: bool) -> Fact {
    let named = if preserved { "preserved" } else { "unpreserved" };
    let text = format!("{named}-beyond-retention");
    let clause = format!("a row that is {named} is older than its retention");
    Fact::atom(text, clause, Part::Logs | Part::Preservation, EnumSet::empty(), move |service, state| {
        let mut old = state.rows.as_slice().iter().filter(|&&row| beyond_retention(service, row));
        old.any(|&row| is_preserved(service, state, row) == preserved)
    })
}
