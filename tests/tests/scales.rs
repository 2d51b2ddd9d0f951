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
const KNOWLEDGE: [(&str, &str); 6] = [
    ("entry-without-communication", "query-log"),
    ("pen-register-incomplete", "carrier-investigator"),
    ("same-event-four-ways", "provider-store"),
    ("sms-is-recorded", "carrier"),
    ("silence-proves-nothing", "query-log"),
    ("person-place-unknown", "query-log"),
];

/// The cells about day counts.
const LAW: [(&str, &str); 8] = [
    ("retention-bounded", "query-log"),
    ("retention-bounded", "keeper"),
    ("preservation-outlives-retention", "preserver"),
    ("history-strung-together", "investigator"),
    ("disclosure-within-order", "bulk-reader"),
    ("no-order-no-disclosure", "bulk-reader"),
    ("no-order-no-disclosure", "emergency-asker"),
    ("bad-order-refused", "investigator"),
];

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
