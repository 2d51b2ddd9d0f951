//! **A verdict follows a design when its numbers change: no scope is made for the shipped ones alone.**

use enumset::EnumSet;
use mailcover_model::design::{Design, read};
use mailcover_model::row::Field;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::finding::Verdict;
use mailcover_tests::cells;
use std::sync::Arc;

/// The verdict on a claim in a shipped design with these settings.
fn verdict(design: &str, settings: &[&str], claim: &str, adversary: &str) -> Verdict {
    let mut changed = Design::clone(&cells::design(design));
    for setting in settings {
        read::apply_setting(&mut changed, setting).unwrap_or_else(|error| panic!("{setting}: {error}"));
    }
    let cell = Cell { design: Arc::new(changed), ..cells::cell(design, claim, adversary) };
    check_one(&cell, &Options { threads: 2, ..Options::default() }).verdict
}

#[test]
fn a_row_can_come_to_nothing_however_long_rows_and_messages_are_kept() {
    let entry = |design, setting| verdict(design, &[setting], "entry-without-communication", "query-log");
    for keep in ["log.query.keep_days=0", "log.query.keep_days=7", "log.query.keep_days=60"] {
        assert_eq!(entry("imessage-2016", keep), Verdict::Holds, "{keep}");
    }
    assert_eq!(entry("lookup-on-send", "messaging.expiry_days=90"), Verdict::Holds);
}

#[test]
fn silence_proves_nothing_wherever_an_answer_outlives_its_row_by_a_day() {
    let silence = |setting| verdict("imessage-2016", &[setting], "silence-proves-nothing", "query-log");
    assert_eq!(silence("directory.cache_days=30"), Verdict::Holds, "as long as the log");
    assert_eq!(silence("directory.cache_days=0"), Verdict::Violated, "each message is asked for");
}

#[test]
fn no_history_outgrows_an_order_where_extensions_prolong_the_retention_alone() {
    let history = |setting| verdict("imessage-2016", &[setting], "history-strung-together", "investigator");
    assert_eq!(history("legal.extension_of=collection"), Verdict::Holds);
    assert_eq!(history("legal.extension_of=retention"), Verdict::Violated);
}

#[test]
fn emptiness_says_nothing_of_earlier_days_in_a_log_that_keeps_none() {
    let empty = verdict(
        "imessage-2016",
        &["log.query.keep_days=0"],
        "refusal-and-emptiness-prove-nothing",
        "investigator",
    );
    assert_eq!(empty, Verdict::NotApplicable);
}

/// Rows that say which device asked are explained by what was typed on that device.
#[test]
fn a_row_that_names_the_device_shows_no_more_than_one_that_does_not() {
    let fields = r#"log.query.fields=["day","source","target","device"]"#;
    for claim in ["query-proves-no-communication", "query-proves-no-attempt"] {
        let found = verdict("imessage-2016", &[fields, "log.query.keep_days=0"], claim, "query-log");
        assert_eq!(found, Verdict::Holds, "{claim}");
    }
}

/// A device that asks because something was received shows that somebody sent; that it arrived, it does not show, since the
/// sender may have left before the receiver asked.
#[test]
fn a_row_that_says_why_it_was_asked_shows_an_attempt_and_no_communication() {
    let fields = r#"log.query.fields=["day","source","target","trigger"]"#;
    let found = |claim| verdict("imessage-2016", &[fields, "log.query.keep_days=0"], claim, "query-log");
    assert_eq!(found("query-proves-no-communication"), Verdict::Holds);
    assert_eq!(found("query-proves-no-attempt"), Verdict::Violated);
    assert_eq!(found("query-proves-no-typing"), Verdict::Violated);
}

/// The claim is about orders: what is handed over without one is in the name of none.
#[test]
fn an_order_does_not_answer_for_what_is_disclosed_without_one() {
    let kept = |setting: &[&str]| {
        verdict("orders-name-people", setting, "order-keeps-to-its-target", "investigator")
    };
    assert_eq!(kept(&["environment.capabilities=[\"disclose-without-order\"]"]), Verdict::Holds);
    let emergency = ["legal.emergency=true", "environment.capabilities=[\"request-emergency\"]"];
    assert_eq!(kept(&emergency), Verdict::Holds);
    assert_eq!(kept(&["legal.order_names=\"number\""]), Verdict::Violated);
}

#[test]
fn of_rows_without_a_day_nobody_says_on_whose_day_they_were_written() {
    let design = Design::clone(&cells::design("orders-name-people"));
    let applies = |fields: EnumSet<Field>| {
        let mut design = design.clone();
        design.logs.iter_mut().for_each(|log| log.fields &= fields);
        let cell = cells::cell("orders-name-people", "order-keeps-to-its-target", "investigator");
        Cell { design: Arc::new(design), ..cell }.inapplicable().is_none()
    };
    assert!(applies(EnumSet::all()));
    assert!(!applies(EnumSet::all() - Field::Day));
}
