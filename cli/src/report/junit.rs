//! **The results as JUnit XML: a suite for each design, a case for each cell.**
//!
//! A cell that is not as expected fails, and its failure tells the run. What was not decided is an error, since nothing is
//! known of it; what does not apply is skipped. A violation that was expected passes, and a property of its suite says so: the
//! schema that most readers follow has no properties of cases.

use super::result::CellResult;
use super::shown::{Report, Shown};
use super::word::Word;
use crate::baseline::Known;
use crate::exit::{Code, Failure};
use mailcover_traces::harmless;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

/// The results as JUnit XML.
pub(crate) fn junit(report: &Report<'_>) -> Result<String, Failure> {
    let mut xml = quick_junit::Report::new("mailcover");
    for chosen in report.designs {
        let of_it = |shown: &&Shown<'_>| shown.result.design == chosen.design.name;
        let cells: Vec<&Shown<'_>> = report.cells.iter().filter(of_it).collect();
        if !cells.is_empty() {
            xml.add_test_suite(suite(report, &chosen.design.name, &cells));
        }
    }
    let skipped = format!(" skipped=\"{}\"", xml.skipped);
    let text = xml.to_string().map_err(|error| Failure::internal(format!("JUnit XML: {error}")))?;
    // How many cases all suites skip is an extension, which the schema does not have; each suite says how many it skips.
    Ok(text.replacen(&skipped, "", 1))
}

fn suite(report: &Report<'_>, design: &str, cells: &[&Shown<'_>]) -> TestSuite {
    let mut suite = TestSuite::new(harmless(design));
    let results = report.results;
    suite.add_property(("mailcover.version", env!("CARGO_PKG_VERSION")));
    if results.partial {
        suite.add_property(("mailcover.partial", "true"));
    }
    if let Some(flaw) = &results.flaw {
        suite.add_property(("mailcover.flaw", flaw.as_str()));
    }
    for setting in &results.settings {
        suite.add_property(("mailcover.set", harmless(setting).as_str()));
    }
    for Shown { result, .. } in cells {
        if result.verdict == Word::Violated && result.as_expected {
            let because = format!("{}: {}", excuse(result), harmless(&result.because));
            suite.add_property((format!("mailcover.violated.{}", name(result)), because));
        }
    }
    suite.add_test_cases(cells.iter().map(|shown| case(shown)));
    suite
}

/// Why a violation is none that fails.
fn excuse(result: &CellResult) -> &'static str {
    if result.baseline == Some(Known::Same) {
        "in the baseline, though expected to hold"
    } else {
        "as expected"
    }
}

fn name(result: &CellResult) -> String {
    harmless(&format!("{} put to {}", result.claim, result.adversary))
}

fn case(shown: &Shown<'_>) -> TestCase {
    let result = shown.result;
    let status = match outcome(result) {
        None if result.verdict == Word::NotApplicable => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(harmless(&result.reason));
            status
        }
        None => TestCaseStatus::success(),
        Some((kind, what)) => {
            let mut status = TestCaseStatus::non_success(kind);
            status.set_type(what);
            status.set_message(harmless(&format!("{}. {}", result.said(), result.remarks().join(" "))));
            status.set_description(description(shown));
            status
        }
    };
    let mut case = TestCase::new(name(result), status);
    case.set_classname(harmless(&result.design));
    if result.as_expected && result.verdict == Word::Violated {
        case.set_system_out(description(shown));
    }
    case
}

/// How a case does not pass, and the word for it; `None` where it passes or is skipped.
fn outcome(result: &CellResult) -> Option<(NonSuccessKind, &'static str)> {
    match result.code {
        Code::Internal => Some((NonSuccessKind::Error, "internal-error")),
        Code::Inconclusive | Code::Interrupted => Some((NonSuccessKind::Error, "inconclusive")),
        Code::Vacuous => Some((NonSuccessKind::Failure, "vacuous")),
        _ if result.excuse_expired() => Some((NonSuccessKind::Failure, "expectation-expired")),
        Code::NoViolation => Some((NonSuccessKind::Failure, "violation-missing")),
        Code::Violation => Some((NonSuccessKind::Failure, "violated")),
        Code::AsExpected | Code::Io | Code::Input | Code::Nothing => None,
    }
}

/// The claim, what was found, and the run.
fn description(shown: &Shown<'_>) -> String {
    let result = shown.result;
    let head = format!("{}\n{}", result.sentence, result.remarks().join("\n"));
    let head: Vec<String> = head.lines().map(harmless).collect();
    let place = format!("{}:{}", shown.place.path, shown.place.line);
    let story = shown.told.as_ref().map_or("", |told| told.story.as_str());
    format!("{}\n{}\n\n{story}", head.join("\n"), harmless(&place))
}
