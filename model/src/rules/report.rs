//! **Demands reach the provider, and it publishes a report about their number.**
//!
//! From row Y17: in June 2013 the provider said of half a year that there had been between 4,000 and 5,000 demands, criminal
//! matters and national security lumped together; others objected that a lump tells users less than a number for each. What
//! demands are about and whether they were met is nobody's concern here, only how many there were, so that orders of an
//! adversary ([`crate::rules::legal`]) are not counted: they would be one more way to come by the same numbers.
//!
//! A band of two numbers stands for every wider one, since all that follows from a band is that the number is in it. So many
//! demands are served that the first two bands of each number that is published in bands are full: an unfinished band would
//! say more than a band does. `tests/tests/reports.rs` counts the same at the real widths.

use crate::design::{Publishes, Report};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{Purpose, State, Tally};

/// The band that stands for every wider one.
const NARROW: u16 = 2;
/// Bands that can be full.
const BANDS: u16 = 2;

/// What a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// How many demands there were, at least and at most.
    Lumped(u16, u16),
    /// How many there were in criminal matters, and how many for national security, at least and at most.
    Separate(u16, (u16, u16)),
}

impl Service {
    /// The design's report, with bands as narrow as can be.
    fn report(&self) -> Report {
        let design = &self.design.report;
        let publishes = match design.publishes {
            Publishes::Separate if self.has(Flaw::ReportLumps) => Publishes::Lumped,
            Publishes::Lumped if self.has(Flaw::ReportSeparates) => Publishes::Separate,
            publishes => publishes,
        };
        Report { publishes, band: self.band() }
    }

    /// How many numbers a band of the scope has, by the design.
    #[must_use]
    pub fn band(&self) -> u16 {
        self.design.report.band.min(NARROW)
    }

    /// The most demands that a number can count which is published.
    fn most_demands(&self) -> u16 {
        BANDS * self.band() - 1
    }

    /// **Demand.** Somebody serves the provider with a demand for a user's data.
    pub(crate) fn demand(&self, state: &State, purpose: Purpose) -> Option<State> {
        let counted = match self.report().publishes {
            Publishes::Nothing => return None,
            Publishes::Lumped => state.tally.total(),
            Publishes::Separate => state.tally.of(purpose),
        };
        if !self.scope.demands || state.tally.published() || counted >= self.most_demands() {
            return None;
        }
        let mut next = *state;
        next.tally.add(purpose);
        Some(next)
    }

    /// **Publish.** The provider publishes its report.
    pub(crate) fn publish(&self, state: &State) -> Option<State> {
        if !self.scope.demands || state.tally.published() {
            return None;
        }
        let row = self.reported(state.tally)?;
        let mut next = *state;
        next.tally.publish();
        self.witness(&mut next, row);
        Some(next)
    }

    /// How many numbers a band has in what is published.
    fn given_band(&self) -> u16 {
        if self.has(Flaw::ReportGivesNumbers) { 1 } else { self.band() }
    }

    /// What a row about a report says; `None` of any other row.
    #[must_use]
    pub fn said(&self, row: Row) -> Option<Said> {
        let band = self.given_band();
        let numbers = |of: u16| (of * band, of * band + band - 1);
        let (one, other) = (u16::from(row.detail()), row.found() as u16);
        match self.report().publishes {
            _ if row.kind() != Kind::Reported => None,
            Publishes::Nothing => None,
            Publishes::Lumped => Some(Said::Lumped(numbers(one).0, numbers(one).1)),
            Publishes::Separate => Some(Said::Separate(one, numbers(other))),
        }
    }

    /// What the report says, as a row: the first number as the detail, the second where others have what they found.
    fn reported(&self, tally: Tally) -> Option<Row> {
        let report = Report { band: self.given_band(), ..self.report() };
        let [one, other] = report.of(tally.of(Purpose::Criminal), tally.of(Purpose::NationalSecurity))?;
        Some(Row::of(Kind::Reported).because(one as u8).finding(u32::from(other)))
    }
}
