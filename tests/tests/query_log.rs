//! **The query log's place among a design's logs changes no verdict, and without one its claims do not apply.**

use mailcover_model::design::{Design, Log};
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::Verdict;
use mailcover_tests::cells;
use std::sync::Arc;

/// Claims that read the query log's retention or its rows, whoever is asked, and that are checked in seconds.
const READERS: [&str; 4] = [
    "silence-proves-nothing",
    "refusal-and-emptiness-prove-nothing",
    "history-strung-together",
    "device-place-unknown",
];

fn cells_of(design: Design) -> Vec<Cell> {
    let mut cells = Cell::all(&Arc::new(design));
    cells.retain(|cell| READERS.contains(&cell.claim.id.as_str()));
    cells
}

fn shipped() -> Design {
    Design::clone(&cells::design("imessage-2016"))
}

#[test]
fn the_order_of_the_logs_changes_neither_verdict_nor_count() {
    let mut reversed = shipped();
    reversed.logs.reverse();
    let [usual, other] = [shipped(), reversed].map(|design| {
        let cells = cells_of(design);
        let findings = check(&cells, &Options::default(), &|_| {});
        let line = |(cell, finding): (&Cell, &mailcover_properties::finding::Finding)| {
            (cells::name(cell), finding.verdict, finding.states, finding.classes)
        };
        cells.iter().zip(&findings).map(line).collect::<Vec<_>>()
    });
    assert_eq!(usual.len(), READERS.len());
    assert_eq!(usual, other);
}

#[test]
fn a_claim_about_the_query_log_does_not_apply_where_there_is_none() {
    let mut without = shipped();
    without.logs.retain(|log| log.name != Log::QUERY);
    let cells = Cell::all(&Arc::new(without));
    let about = |cell: &&Cell| cell.claim.id == "refusal-and-emptiness-prove-nothing";
    let cells: Vec<Cell> = cells.iter().filter(about).cloned().collect();
    let findings = check(&cells, &Options::default(), &|_| {});
    assert!(!findings.is_empty());
    for finding in findings {
        assert_eq!(finding.verdict, Verdict::NotApplicable, "{}", finding.reason);
        assert!(finding.reason.contains("query"), "{}", finding.reason);
    }
}
