//! **What a slice leaves out did not matter: the whole model gives the same verdicts.**
//!
//! Each cell about knowledge is checked with nothing sliced away, as far as the whole model stays below the limit. The
//! model's own suite compares the sets of views at small scope for every observer.

use mailcover_checker::Limits;
use mailcover_properties::check::{Cell, Options, check, prepare};
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_tests::cells;

/// The most states of a whole model that is explored. A cell whose whole model is larger is not compared.
const MOST: usize = 600_000;
/// How many cells are compared at the least.
const COMPARED: usize = 4;

#[test]
fn the_whole_model_gives_the_verdicts_of_its_slices() {
    let small =
        |cell: &Cell| prepare(cell, &Options::default()).is_ok_and(|(_, posed, _)| posed.ask.of_knowledge());
    let mut cells: Vec<_> = Cell::all(&cells::design("imessage-2016")).into_iter().filter(small).collect();
    cells.extend([
        cells::cell("attachments", "fetch-names-no-sender", "attachment-log"),
        cells::cell("attachments-traced", "traffic-shows-no-attachment", "network"),
    ]);
    let limits = Limits { max_states: Some(MOST), ..Limits::default() };
    let options = Options { limits, whole: true, threads: 1, ..Options::default() };
    let wrong = |(cell, finding): (_, &Finding)| {
        let (verdict, states, reason) = (finding.verdict, finding.states, &finding.reason);
        let line = || format!("{}: {verdict} in {states} states ({reason})", cells::name(cell));
        (verdict != Verdict::Inconclusive && !cells::as_expected(cell, verdict)).then(line)
    };
    let findings = check(&cells, &options, &|_| {});
    let wrong: Vec<String> = cells.iter().zip(&findings).filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let compared = findings.iter().filter(|finding| finding.verdict != Verdict::Inconclusive).count();
    assert!(compared >= COMPARED, "only {compared} of {} whole models were small enough", cells.len());
}

/// Whoever asks which texts follow keeps no rows, which hold none.
#[test]
fn the_whole_model_gives_the_verdicts_of_slices_without_rows() {
    let cells = [
        ("icloud-backup-2015", "content-secret", "investigator"),
        ("icloud-backup-2015", "content-secret", "provider-store"),
        ("icloud-backup-2015", "own-backup-decides", "investigator"),
        ("icloud-backup-end-to-end", "own-backup-decides", "provider-store"),
        ("imessage-2016", "content-secret", "investigator"),
        ("imessage-2013", "alterations-tell-nothing", "watching-alterer"),
        ("one-time-keys", "forward-secret", "key-thief"),
        ("attachments", "attachment-secret", "investigator"),
        ("attachments-open", "attachment-secret", "provider-store"),
    ]
    .map(|(design, claim, adversary)| cells::cell(design, claim, adversary));
    let limits = Limits { max_states: Some(MOST), ..Limits::default() };
    let options = Options { limits, whole: true, threads: 1, ..Options::default() };
    for (cell, finding) in cells.iter().zip(check(&cells, &options, &|_| {})) {
        let (name, reason) = (cells::name(cell), &finding.reason);
        assert!(cells::as_expected(cell, finding.verdict), "{name}: {} ({reason})", finding.verdict);
    }
}
