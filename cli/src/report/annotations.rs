//! **The results as GitHub annotations: one line for each cell that is not as expected, the gravest first.**
//!
//! GitHub shows ten errors and ten warnings of each step; the others stay in the step's log.

use super::escape::{message, property};
use super::human;
use super::shown::{Report, Shown, steps};
use crate::exit::Code;
use std::fmt::Write;

/// The annotations, and after them the totals.
pub(crate) fn annotations(report: &Report<'_>) -> String {
    let mut text = String::new();
    if report.results.partial {
        let _ = writeln!(
            text,
            "::warning title=mailcover::{}",
            message("The check was interrupted; these results are partial.")
        );
    }
    for level in ["error", "warning"] {
        for shown in report.cells.iter().filter(|shown| of_level(shown) == Some(level)) {
            let _ = writeln!(text, "{}", annotation(shown, level));
        }
    }
    text.push_str(&human::totals(report.results));
    text
}

/// As what a result is shown; `None` where it is as expected.
const fn of_level(shown: &Shown<'_>) -> Option<&'static str> {
    match shown.result.code {
        Code::AsExpected => None,
        Code::Vacuous | Code::Inconclusive | Code::NoViolation | Code::Nothing => Some("warning"),
        Code::Internal | Code::Interrupted | Code::Io | Code::Input | Code::Violation => Some("error"),
    }
}

fn annotation(shown: &Shown<'_>, level: &str) -> String {
    let Shown { result, place, .. } = shown;
    let title =
        format!("{}: {} put to {} in {}", result.said(), result.claim, result.adversary, result.design);
    let mut lines = vec![result.sentence.clone()];
    lines.extend(result.remarks());
    for run in shown.told.iter().flat_map(|told| &told.account.runs) {
        lines.push(format!("{}:", run.title));
        lines.extend(run.before.iter().cloned());
        lines.extend(steps(run).iter().enumerate().map(|(at, says)| format!("{}. {says}", at + 1)));
    }
    format!(
        "::{level} file={},line={},title={}::{}",
        property(&place.path),
        place.line,
        property(&title),
        message(&lines.join("\n"))
    )
}
