//! **Every verdict of every shipped design is the expected one, and every count is the pinned one.**
//!
//! A changed count is a changed model, and is explained in the commit that changes it. This pins anew, and puts the
//! verdicts into the claims table of `README.md`:
//!
//! ```text
//! MAILCOVER_PIN=1 cargo test -p mailcover-tests --test pinned --test flaws
//! ```

use mailcover_model::design::library;
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_tests::pins::{self, Pin};
use mailcover_tests::{cells, table};

/// Checks all cells of a design, and compares them with what was expected and what was pinned.
fn held_to_its_pins(design: &str) {
    held(design, |_| true);
}

/// Checks the cells of a design whose claims speak of what it changes, since the rest takes as long as its base again. All of them
/// where everything is tested, and where it is pinned anew.
fn held_where_it_differs(design: &str, differing: &[&str]) {
    let all = mailcover_tests::thorough() || pins::pinning();
    held(design, |claim| all || differing.contains(&claim));
}

fn held(design: &str, among: impl Fn(&str) -> bool) {
    let mut cells = Cell::all(&cells::design(design));
    cells.retain(|cell| among(&cell.claim.id));
    assert!(!cells.is_empty(), "{design}");
    let findings = check(&cells, &Options { threads: 1, ..Options::default() }, &|_| {});
    let pairs = || cells.iter().zip(&findings);
    let faults: Vec<String> = pairs().filter_map(|(cell, finding)| fault(cell, finding)).collect();
    let remedy =
        "where the verdict is right, say so in the claim's question, or in an [[expect]] of the design";
    assert!(faults.is_empty(), "{}\n{remedy}; then: {}", faults.join("\n"), pins::COMMAND);
    let pins: Vec<Pin> = pairs().map(|(cell, finding)| pin(cell, finding)).collect();
    if pins::pinning() {
        pins::hold(design, &pins);
    } else {
        let pinned: Vec<Pin> = pins::of(design).into_iter().filter(|pin| among(&pin.claim)).collect();
        pins::same(design, &pinned, &pins);
    }
    if pins::pinning() {
        table::rewrite();
    }
}

/// The claims on texts, which a key that is used once keeps.
const ENCRYPTED_ONCE: [&str; 2] = ["content-secret", "forward-secret"];

/// The claims on texts, which backups give away or not.
const BACKED_UP: [&str; 4] =
    ["content-secret", "sms-content-secret", "own-backup-decides", "log-holds-no-content"];

fn pin(cell: &Cell, finding: &Finding) -> Pin {
    Pin {
        claim: cell.claim.id.clone(),
        adversary: cell.question().adversary.clone(),
        verdict: finding.verdict,
        states: finding.states,
        depth: finding.depth,
        classes: finding.classes,
    }
}

/// What is wrong with the finding, if anything.
fn fault(cell: &Cell, finding: &Finding) -> Option<String> {
    let wrong = match finding.verdict {
        Verdict::NotApplicable if finding.reason.trim().is_empty() => "no reason is given",
        Verdict::NotApplicable => return None,
        Verdict::Holds if finding.exercised.is_none() => "no run exercises it",
        verdict if cells::as_expected(cell, verdict) => return None,
        _ => "that was not expected",
    };
    Some(format!("{}: {} ({}): {wrong}", cells::name(cell), finding.verdict, finding.reason))
}

#[test]
fn all_shipped_designs_are_pinned_here() {
    let here = include_str!("pinned.rs");
    for name in library::names() {
        assert!(
            here.contains(&format!("({name:?}")),
            "give {name} a test in this file, then: {}",
            pins::COMMAND
        );
    }
}

#[test]
fn imessage_2013_is_as_pinned() {
    held_to_its_pins("imessage-2013");
}

#[test]
fn imessage_2016_is_as_pinned() {
    held_to_its_pins("imessage-2016");
}

#[test]
fn delivery_log_is_as_pinned() {
    held_to_its_pins("delivery-log");
}

#[test]
fn lookup_on_send_is_as_pinned() {
    held_to_its_pins("lookup-on-send");
}

#[test]
fn typed_only_is_as_pinned() {
    held_to_its_pins("typed-only");
}

#[test]
fn preserved_is_as_pinned() {
    held_to_its_pins("preserved");
}

#[test]
fn bulk_access_is_as_pinned() {
    held_to_its_pins("bulk-access");
}

#[test]
fn emergency_is_as_pinned() {
    held_to_its_pins("emergency");
}

#[test]
fn delivery_notice_is_as_pinned() {
    held_to_its_pins("delivery-notice");
}

#[test]
fn short_cache_is_as_pinned() {
    held_to_its_pins("short-cache");
}

#[test]
fn icloud_backup_2015_is_as_pinned() {
    held_where_it_differs("icloud-backup-2015", &BACKED_UP);
}

#[test]
fn icloud_backup_end_to_end_is_as_pinned() {
    held_where_it_differs("icloud-backup-end-to-end", &BACKED_UP);
}

#[test]
fn one_time_keys_is_as_pinned() {
    held_where_it_differs("one-time-keys", &ENCRYPTED_ONCE);
}
