//! **What verdict is expected of a cell, by whom, and what a finding means for the exit code.**
//!
//! A design's own expectation comes before the claim's, until the day that it gives is past. After that it excuses nothing:
//! the claim's counts, and that the design's expired is said.

use crate::exit::{Code, Failure};
use crate::report::place::File;
use crate::select::Chosen;
use jiff::civil::Date;
use mailcover_model::design::ExpectedVerdict;
use mailcover_properties::check::Cell;
use mailcover_properties::finding::{Finding, Verdict};

/// What is expected of a cell.
pub(crate) struct Expected {
    /// The verdict.
    pub(crate) verdict: ExpectedVerdict,
    /// Why.
    pub(crate) because: String,
    /// The last day of the design's own expectation, if that is past.
    pub(crate) expired: Option<String>,
}

/// What is expected of the cell on this day.
pub(crate) fn expected(cell: &Cell, today: Date) -> Result<Expected, Failure> {
    let question = cell.question();
    let own = cell.own_expectation();
    let expired = match own.and_then(|expect| expect.expires.as_ref()) {
        None => None,
        Some(day) => {
            let last: Date = day.parse().map_err(|_| {
                Failure::input(format!(
                    "the design {} has `expires = {day}`, which is no day",
                    cell.design.name
                ))
            })?;
            (today > last).then(|| day.clone())
        }
    };
    Ok(match own.filter(|_| expired.is_none()) {
        Some(expect) => Expected { verdict: expect.verdict, because: expect.reason.clone(), expired },
        None => Expected { verdict: question.expected, because: question.because.clone(), expired },
    })
}

/// Refuses expectations of the designs' own files about cells that are gone, since the claim does not speak of the design.
/// Those about claims that do not exist are refused where the file is read. Settings may put a cell away for once.
pub(crate) fn none_is_stale(designs: &[Chosen], settings: &[String]) -> Result<(), Failure> {
    for chosen in designs.iter().filter(|_| settings.is_empty()) {
        let file = File::of(&chosen.source);
        for cell in Cell::all(&chosen.design) {
            let (claim, adversary) = (&cell.claim.id, &cell.question().adversary);
            if let (Some(line), Some(reason)) = (file.expectation(claim, adversary), cell.inapplicable()) {
                let (file, reason) = (&chosen.source.file, reason.trim_end_matches('.'));
                return Err(Failure::input(format!(
                    "{file}:{line}: a verdict is expected of {claim}, put to {adversary}, which does not apply to this design \
                     ({reason}); remove the [[expect]], or what keeps the claim from applying"
                )));
            }
        }
    }
    Ok(())
}

/// What the finding means for the exit code.
pub(crate) fn code(finding: &Finding, expected: &Expected) -> Code {
    match (finding.verdict, expected.verdict) {
        _ if finding.bug => Code::Internal,
        (Verdict::Holds, ExpectedVerdict::Violated) => Code::NoViolation,
        (Verdict::Violated, ExpectedVerdict::Holds) => Code::Violation,
        (Verdict::Vacuous, _) => Code::Vacuous,
        (Verdict::Inconclusive, _) => Code::Inconclusive,
        (Verdict::Holds | Verdict::Violated | Verdict::NotApplicable, _) => Code::AsExpected,
    }
}
