//! **Every verdict of every shipped design is the expected one, and every count is the pinned one.**
//!
//! A changed count is a changed model, and is explained in the commit that changes it. This pins anew, and puts the
//! verdicts into the claims table of `README.md`:
//!
//! ```text
//! MAILCOVER_PIN=1 cargo test --workspace --test pinned --test flaws
//! ```

use mailcover_model::design::library;
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_tests::pins::{self, Pin};
use mailcover_tests::{cells, table};

#[test]
fn every_verdict_is_the_expected_one_and_every_count_the_pinned_one() {
    let names: Vec<&str> = library::names().into_iter().collect();
    // Designs that do the same within a scope share its search. Pins are found, and where everything is tested compared, by
    // searches of each design by itself.
    let alone = mailcover_tests::thorough();
    let rounds: Vec<&[&str]> = if alone { names.chunks(1).collect() } else { vec![&names] };
    let wrong: Vec<String> = rounds.into_iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if pins::pinning() {
        table::rewrite();
    }
}

/// The most states of a search that is made unless everything is tested or pinned anew.
const MOST: usize = 600_000;

/// Whether the cell is left out, since its search takes long.
fn left_out(cell: &Cell) -> bool {
    let whole = mailcover_tests::thorough() || pins::pinning();
    let is_of = |pin: &Pin| pin.claim == cell.claim.id && pin.adversary == cell.question().adversary;
    !whole && pins::of(&cell.design.name).iter().any(|pin| is_of(pin) && pin.states > MOST)
}

/// Checks these designs together, and says what is not as expected or pinned; pins anew where that is asked for.
fn wrong(designs: &[&str]) -> Vec<String> {
    let mut cells: Vec<Cell> = designs.iter().flat_map(|name| Cell::all(&cells::design(name))).collect();
    cells.retain(|cell| !left_out(cell));
    let findings = check(&cells, &Options { threads: 2, ..Options::default() }, &|_| {});
    let pairs = || cells.iter().zip(&findings);
    let mut wrong: Vec<String> = pairs().filter_map(|(cell, finding)| fault(cell, finding)).collect();
    if !wrong.is_empty() {
        let remedy =
            "where the verdict is right, say so in the claim's question, or in an [[expect]] of the design";
        wrong.push(format!("{remedy}; then: {}", pins::COMMAND));
        return wrong;
    }
    let held = |design: &&str| {
        let own = pairs().filter(|(cell, _)| cell.design.name == *design);
        let found: Vec<Pin> = own.map(|(cell, finding)| pin(cell, finding)).collect();
        let whole = found.len() == Cell::all(&cells::design(design)).len();
        if whole { pins::held(design, &found) } else { pins::among(design, &found) }.err()
    };
    designs.iter().filter_map(held).collect()
}

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
