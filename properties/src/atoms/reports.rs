//! **How many demands the provider was served with, and whether its report is out.**

use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::service::Service;
use mailcover_model::slice::Part;
use mailcover_model::state::{Purpose, Tally};

/// The report is out.
#[must_use]
pub fn report_published() -> Fact {
    of_demands("published".to_owned(), "the report is out".to_owned(), |_, tally| tally.published())
}

/// So many demands of this sort were served.
#[must_use]
pub fn demands(purpose: Purpose, count: u16) -> Fact {
    let clause = match count {
        1 => format!("exactly one demand {} was served", purpose.name()),
        _ => format!("exactly {count} demands {} were served", purpose.name()),
    };
    of_demands(format!("{}={count}", symbol(purpose)), clause, move |_, tally| tally.of(purpose) == count)
}

/// A demand for national security was served.
#[must_use]
pub fn security_demanded() -> Fact {
    let clause = "a demand for national security was served";
    of_demands("security>0".to_owned(), clause.to_owned(), |_, tally| tally.of(Purpose::NationalSecurity) > 0)
}

/// Fewer demands for national security were served than a band has numbers.
#[must_use]
pub fn few_security_demands() -> Fact {
    let clause = "fewer demands for national security were served than a band of the report has numbers";
    of_demands("security<band".to_owned(), clause.to_owned(), |service, tally| {
        tally.of(Purpose::NationalSecurity) < service.band()
    })
}

const fn symbol(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Criminal => "criminal",
        Purpose::NationalSecurity => "security",
    }
}

fn of_demands(
    text: String,
    clause: String,
    test: impl Fn(&Service, Tally) -> bool + Send + Sync + 'static,
) -> Fact {
    let fact = Fact::atom(text, clause, Part::Tally, EnumSet::empty(), move |service, state| {
        test(service, state.tally)
    });
    fact.needing(Need::REPORT)
}
