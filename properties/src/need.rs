//! **What a design must have for a claim to speak of anything in it.**
//!
//! A claim about what a design lacks is neither true of it nor false, and a search would only find it vacuous. It does not
//! apply, and is said not to, with the reason.

use mailcover_model::design::{Design, Holder};
use mailcover_model::row::Field;

/// Something that a design must have for a fact to speak of anything in it.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// What a design without it is said to be, as a clause that begins with "the design".
    pub lacking: &'static str,
    /// Whether a design has it.
    pub met: fn(&Design) -> bool,
}

impl Need {
    /// A platform, beside SMS.
    pub const PLATFORM: Self = Self {
        lacking: "the design has no client that ever asks the directory, so that nothing goes over a platform, and the claim speaks of what does",
        met: |design| design.directory.asked(),
    };

    /// The query log, under its name.
    pub const QUERY_LOG: Self = Self {
        lacking: "the design has no log called query, and the claim speaks of it",
        met: |design| design.query_log().is_some(),
    };

    /// A log of the provider's.
    pub const PROVIDER_LOG: Self = Self {
        lacking: "the design has no log of the provider's, and the claim speaks of what it holds",
        met: |design| design.logs.iter().any(|log| log.held_by == Holder::Provider),
    };

    /// In whatever an order can reach, the day of each row.
    pub const DATED_ROWS: Self = Self {
        lacking: "the design has a log that orders reach and that says of no row of which day it is, and the claim speaks of who had a number on that day",
        met: |design| {
            let mut reached = design.logs.iter().filter(|log| !log.yields_to.is_empty());
            reached.all(|log| log.fields.contains(Field::Day))
        },
    };

    /// Backups.
    pub const BACKUPS: Self = Self {
        lacking: "the design has no device that backs anything up, and the claim speaks of backups",
        met: |design| design.backup.made(),
    };

    /// Attachments.
    pub const ATTACHMENTS: Self = Self {
        lacking: "the design lets nobody attach anything, and the claim speaks of attachments",
        met: |design| design.attachments.made(),
    };

    /// Calls.
    pub const CALLS: Self = Self {
        lacking: "the design has no calls, and the claim speaks of them",
        met: |design| design.calls.made(),
    };

    /// A report about demands.
    pub const REPORT: Self = Self {
        lacking: "the design has no report about demands, and the claim speaks of one",
        met: |design| design.report.made(),
    };

    /// Alerts about keys.
    pub const ALERTS: Self = Self {
        lacking: "the design alerts no device to a key that is added, and the claim speaks of who is told",
        met: |design| design.directory.alerts,
    };

    /// Comparisons of keys.
    pub const COMPARISON: Self = Self {
        lacking: "the design lets nobody compare keys, and the claim speaks of comparisons",
        met: |design| design.directory.comparison,
    };

    /// Accounts that somebody signs in to, or buys something with.
    pub const ACCOUNTS: Self = Self {
        lacking: "the design has nobody who signs in or buys anything, and the claim speaks of that",
        met: |design| !design.account.acts.is_empty(),
    };

    /// A query log that keeps its rows beyond their day.
    pub const QUERIES_KEPT: Self = Self {
        lacking: "the design's query log keeps no row beyond its day, and the claim speaks of the days before within its retention",
        met: |design| {
            let log = design.query_log().and_then(|at| design.logs.get(at));
            log.is_some_and(|log| log.keep_days != Some(0))
        },
    };
}

#[cfg(test)]
mod tests {
    use super::Need;
    use enumset::EnumSet;
    use mailcover_model::design::{Design, library};
    use mailcover_model::row::Field;

    #[test]
    fn rows_are_dated_where_each_log_that_orders_reach_says_the_day() {
        let design = |change: fn(&mut Design)| {
            let mut design = library::load("imessage-2016").unwrap();
            change(&mut design);
            design
        };
        let undated = |design: &mut Design| design.logs[0].fields -= Field::Day;
        let unreached = |design: &mut Design| design.logs[0].yields_to = EnumSet::empty();
        assert!((Need::DATED_ROWS.met)(&design(|_| {})));
        assert!((Need::DATED_ROWS.met)(&design(unreached)));
        assert!(!(Need::DATED_ROWS.met)(&design(undated)), "an order yields rows of no day");
        let both = design(|design| {
            design.logs[0].fields -= Field::Day;
            design.logs[0].yields_to = EnumSet::empty();
        });
        assert!((Need::DATED_ROWS.met)(&both), "no order reaches the rows of no day");
    }
}
