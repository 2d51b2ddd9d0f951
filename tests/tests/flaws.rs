//! **Every deliberate mistake is noticed by exactly the claims that say so.**
//!
//! A claim that no mistake can break says nothing; a claim that breaks on a mistake it does not name is about more than
//! its sentence says. Each flaw is planted in all cells of `imessage-2016`, and in those of the designs on which claims
//! say that their flaws are shown. A verdict other than the expected one counts as noticing, whichever it is; a cell
//! that is not decided within a bound is not counted, and in a thorough run (`MAILCOVER_THOROUGH=1`) there is no bound.

use mailcover_checker::Limits;
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::claims;
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_tests::{cells, thorough};
use std::collections::BTreeSet;
use std::sync::Arc;

const DESIGN: &str = "imessage-2016";

/// The most states of an exploration with a flaw, unless the run is thorough. A cell that is not decided within them is
/// not counted, neither for its claim nor against it.
const MOST: usize = 100_000;

fn limits() -> Limits {
    Limits { max_states: (!thorough()).then_some(MOST), ..Limits::default() }
}

/// All cells of the one design, and of each claim in the design that shows its flaws.
fn all_cells() -> Vec<Cell> {
    let mut all = Cell::all(&cells::design(DESIGN));
    for claim in claims::all().iter().filter(|claim| claim.design != DESIGN) {
        all.extend(Cell::of(&cells::design(&claim.design), &Arc::clone(claim)));
    }
    all
}

/// What the flaw's claims and its findings disagree about, a line each.
fn disagreements(flaw: Flaw, cells: &[Cell], findings: &[Finding]) -> Vec<String> {
    let line = |what: &str, cell: &Cell, finding: &Finding| {
        let name = cells::name(cell);
        format!(
            "{:<32} {what:<16} {name:<72} {:<12} {:>9}",
            flaw.name(),
            finding.verdict.word(),
            finding.states
        )
    };
    let mut lines = Vec::new();
    let (mut noticing, mut undecided) = (BTreeSet::new(), BTreeSet::new());
    for (cell, finding) in cells.iter().zip(findings) {
        if finding.verdict == Verdict::Inconclusive {
            undecided.insert(cell.claim.id.clone());
        } else if finding.verdict == Verdict::NotApplicable {
            // A claim about what this design lacks is neither broken by a flaw nor spared by it.
        } else if !cells::as_expected(cell, finding.verdict) {
            noticing.insert(cell.claim.id.clone());
            if !cell.claim.flaws.contains(&flaw) {
                lines.push(line("noticed unnamed", cell, finding));
            }
        }
    }
    for (cell, finding) in cells.iter().zip(findings) {
        let unseen = !noticing.contains(&cell.claim.id) && !undecided.contains(&cell.claim.id);
        if cell.claim.flaws.contains(&flaw) && unseen {
            lines.push(line("named unnoticed", cell, finding));
        }
    }
    lines
}

#[test]
fn each_flaw_breaks_exactly_the_claims_that_name_it() {
    let cells = all_cells();
    let mut lines = Vec::new();
    for flaw in Flaw::all() {
        let options = Options { threads: 2, flaw: Some(flaw), limits: limits(), ..Options::default() };
        let findings = check(&cells, &options, &|_| {});
        lines.extend(disagreements(flaw, &cells, &findings));
    }
    assert!(lines.is_empty(), "claims and flaws disagree:\n{}", lines.join("\n"));
}

#[test]
fn every_flaw_is_named_by_a_claim() {
    let named: BTreeSet<Flaw> = claims::all().iter().flat_map(|claim| claim.flaws.clone()).collect();
    let unnamed: Vec<String> =
        Flaw::all().into_iter().filter(|flaw| !named.contains(flaw)).map(Flaw::name).collect();
    assert!(unnamed.is_empty(), "no claim names {}", unnamed.join(", "));
}

#[test]
fn every_claim_names_a_flaw() {
    let all = claims::all();
    let without: Vec<&str> =
        all.iter().filter(|claim| claim.flaws.is_empty()).map(|claim| claim.id.as_str()).collect();
    assert!(without.is_empty(), "no flaw is known to break {}", without.join(", "));
}
