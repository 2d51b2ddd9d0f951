//! **Reports about demands: what their bands tell the public of the number of demands for national security.**

use super::{holds, less};
use crate::atoms::{demands, few_security_demands, report_published, security_demanded};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and};
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Horizon, Lookups, Messages, SecondDevice};
use mailcover_model::flaw::Flaw;
use mailcover_model::state::Purpose;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        report_proves_no_security_demand(),
        report_hides_security_count(),
        report_hides_criminal_count(),
        report_shows_few_security_demands(),
    ]
}

/// Where the claims come from.
fn sources() -> Vec<String> {
    vec![
        "ZDNet, \"Apple: iMessage and Facetime are encrypted so we can't hand over info\", Jun 2013 (Y17)"
            .into(),
    ]
}

/// Why the scope makes do with less.
fn numbers_alone() -> Vec<(Shortfall, String)> {
    less(&[
        (Bystander, "A report speaks of numbers of demands, and of nobody."),
        (SecondDevice, "A report speaks of numbers of demands, and of no device."),
        (Messages, "What people write is no part of a report."),
        (Lookups, "What clients ask is no part of a report."),
        (Horizon, "A report is about one period, and what it says does not age."),
    ])
}

/// The numbers of demands that a run can have.
const COUNTS: std::ops::Range<u16> = 0..4;

fn counts(purpose: Purpose) -> Vec<Fact> {
    COUNTS.map(|count| demands(purpose, count)).collect()
}

/// Once a report is out and this is the case, the public never knows any of these.
fn never_shows(facts: fn() -> Vec<Fact>, case: fn() -> Fact) -> impl Fn(&Context) -> Posed + Clone {
    move |_: &Context| Posed {
        ask: Ask::NeverKnown(facts()),
        exercised: and(report_published(), case()),
        scope: scopes::reports(),
    }
}

/// Beside the claim about exact numbers: a number for each sort, in bands, hides how many demands there were, and shows that
/// there were some as soon as it is beyond the first band.
fn report_proves_no_security_demand() -> Claim {
    let pose = never_shows(|| vec![security_demanded()], security_demanded);
    Claim {
        id: "report-proves-no-security-demand".into(),
        sentence: "A published report never shows that there was any demand for national security.".into(),
        not_claimed:
            "That there was none, or that a report shows nothing: it bounds the number of all demands.".into(),
        sources: sources(),
        linddun: Linddun::NonRepudiation,
        questions: vec![holds("public", "of a lump, all may have been criminal matters", pose)],
        flaws: vec![Flaw::ReportSeparates],
        design: "report-bands-lumped".into(),
        less: numbers_alone(),
    }
}

fn report_hides_security_count() -> Claim {
    let pose = never_shows(|| counts(Purpose::NationalSecurity), security_demanded);
    Claim {
        id: "report-hides-security-count".into(),
        sentence: "A published report never shows how many demands for national security there were.".into(),
        not_claimed:
            "That it shows nothing of their number: where they have a number of their own, it shows the band."
                .into(),
        sources: sources(),
        linddun: Linddun::Detecting,
        questions: vec![holds("public", "every number is published in a band with others", pose)],
        flaws: vec![Flaw::ReportGivesNumbers],
        design: "report-bands-separate".into(),
        less: numbers_alone(),
    }
}

/// Beside the first claim, which falls in the same designs and for another reason: there a band says that it is not the first,
/// and here a number is given as it is. With `report.publishes` lumped and `report.band` 1, the other stands where this one
/// falls: a total of none says that there was none of either.
fn report_hides_criminal_count() -> Claim {
    let made = || demands(Purpose::Criminal, 2);
    let pose = never_shows(|| counts(Purpose::Criminal), made);
    Claim {
        id: "report-hides-criminal-count".into(),
        sentence: "A published report never shows how many demands in criminal matters there were.".into(),
        not_claimed: "That this is good: a lump tells users less of what may concern them.".into(),
        sources: sources(),
        linddun: Linddun::Detecting,
        questions: vec![holds("public", "of a lump, all may have been for national security", pose)],
        flaws: vec![Flaw::ReportGivesNumbers, Flaw::ReportSeparates],
        design: "report-bands-lumped".into(),
        less: numbers_alone(),
    }
}

fn report_shows_few_security_demands() -> Claim {
    let few = || and(report_published(), few_security_demands());
    let pose =
        move |_: &Context| Posed { ask: Ask::Known(vec![few()]), exercised: few(), scope: scopes::reports() };
    Claim {
        id: "report-shows-few-security-demands".into(),
        sentence: "Whenever there are fewer demands for national security than a band has numbers, whoever reads the \
                   published report knows it."
            .into(),
        not_claimed: "That anybody knows their number.".into(),
        sources: sources(),
        linddun: Linddun::Unawareness,
        questions: vec![holds("public", "the band of their number is published", pose)],
        flaws: vec![Flaw::ReportLumps],
        design: "report-bands-separate".into(),
        less: numbers_alone(),
    }
}
