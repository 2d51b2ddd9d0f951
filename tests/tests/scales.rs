//! **How days are scaled down does not decide a verdict.**
//!
//! Claims about knowledge run at the smallest day counts that keep the order of all periods; the next larger scaling
//! must give the same. Claims about day counts run from deadline to deadline; day by day must give the same, at scaled
//! counts, where that is feasible.

use mailcover_model::scope::Calendar;
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::Verdict;
use mailcover_tests::cells;

/// The cells about knowledge that are cheap enough to run at twice the days.
const KNOWLEDGE: [(&str, &str); 4] = [
    ("entry-without-communication", "query-log"),
    ("pen-register-incomplete", "carrier-investigator"),
    ("same-event-four-ways", "provider-store"),
    ("sms-is-recorded", "carrier"),
];

/// Cells whose past lasts a fixed number of days, which is too short for twice the days.
const SHORT_PAST: [(&str, &str); 2] =
    [("silence-proves-nothing", "query-log"), ("person-place-unknown", "query-log")];

/// The cells about day counts.
const LAW: [(&str, &str); 2] =
    [("retention-bounded", "keeper"), ("preservation-outlives-retention", "preserver")];

fn verdicts(names: &[(&str, &str)], calendar: Calendar) -> Vec<(String, Verdict)> {
    let cells: Vec<Cell> =
        names.iter().map(|(claim, adversary)| cells::cell("imessage-2016", claim, adversary)).collect();
    let options = Options { calendar: Some(calendar), threads: 2, ..Options::default() };
    let findings = check(&cells, &options, &|_| {});
    cells.iter().zip(findings).map(|(cell, finding)| (cells::name(cell), finding.verdict)).collect()
}

fn decided(verdicts: &[(String, Verdict)]) -> bool {
    verdicts.iter().all(|(_, verdict)| matches!(verdict, Verdict::Holds | Verdict::Violated))
}

#[test]
fn twice_the_days_change_no_verdict_about_knowledge() {
    let once = verdicts(&KNOWLEDGE, Calendar::Scaled(1));
    assert_eq!(once, verdicts(&KNOWLEDGE, Calendar::Scaled(2)));
    assert!(decided(&once), "{once:?}");
}

#[test]
fn days_that_jump_to_the_next_deadline_give_the_verdicts_of_every_day() {
    let daily = verdicts(&LAW, Calendar::Scaled(1));
    assert_eq!(daily, verdicts(&LAW, Calendar::ScaledByDeadlines(1)));
    assert!(decided(&daily), "{daily:?}");
}

/// The past of these scopes does not grow with the scale, so the claims seem violated there.
#[test]
fn fixme_a_past_of_fixed_days_is_too_short_for_twice_the_days() {
    let twice = verdicts(&SHORT_PAST, Calendar::Scaled(2));
    assert!(twice.iter().all(|(_, verdict)| *verdict == Verdict::Violated), "{twice:?}");
}
