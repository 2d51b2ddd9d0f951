//! **Cells by name.**

use mailcover_model::design::{Design, ExpectedVerdict, library};
use mailcover_properties::check::Cell;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use std::sync::Arc;

/// The shipped design of this name.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn design(name: &str) -> Arc<Design> {
    Arc::new(library::load(name).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// All cells of a design, in the order of its claims.
#[must_use]
pub fn of(design: &Arc<Design>) -> Vec<Cell> {
    claims::of(design).into_iter().flat_map(|claim| of_claim(design, &claim)).collect()
}

/// The cells of one claim in a design.
#[must_use]
pub fn of_claim(design: &Arc<Design>, claim: &Arc<Claim>) -> Vec<Cell> {
    let cell = |question| Cell { design: Arc::clone(design), claim: Arc::clone(claim), question };
    (0..claim.questions.len()).map(cell).collect()
}

/// The cell of this claim and this adversary in a shipped design.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn cell(design_name: &str, claim: &str, adversary: &str) -> Cell {
    let wanted = |cell: &Cell| cell.claim.id == claim && cell.question().adversary == adversary;
    let found = of(&design(design_name)).into_iter().find(wanted);
    found.unwrap_or_else(|| panic!("{design_name} has no cell {claim}, {adversary}"))
}

/// Design, claim and adversary.
#[must_use]
pub fn name(cell: &Cell) -> String {
    format!("{}: {}, {}", cell.design.name, cell.claim.id, cell.question().adversary)
}

/// Whether the verdict is the one to expect of the cell.
#[must_use]
pub fn as_expected(cell: &Cell, verdict: Verdict) -> bool {
    match cell.expected() {
        ExpectedVerdict::Holds => verdict == Verdict::Holds,
        ExpectedVerdict::Violated => verdict == Verdict::Violated,
    }
}
