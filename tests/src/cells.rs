//! **Cells by name.**

use mailcover_model::design::{ClaimKind, ClaimText, Design, ExpectedVerdict, library};
use mailcover_model::event::Event;
use mailcover_properties::check::Cell;
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

/// The cell of this claim and this adversary in a shipped design.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn cell(design_name: &str, claim: &str, adversary: &str) -> Cell {
    let wanted = |cell: &Cell| cell.claim.id == claim && cell.question().adversary == adversary;
    let found = Cell::all(&design(design_name)).into_iter().find(wanted);
    found.unwrap_or_else(|| panic!("{design_name} has no cell {claim}, {adversary}"))
}

/// The cells of a claim that a design's file states of an event, `absent` or not, put to everybody.
///
/// # Panics
/// When the claim is not among the design's.
#[must_use]
pub fn own(design: &Design, event: Event, kind: ClaimKind, absent: bool) -> Vec<Cell> {
    let (id, to, sentence) = ("own".into(), design.adversary_names(), "It is so.".into());
    let text = ClaimText { id, kind, event, absent, to, sentence };
    let design = Arc::new(Design { claims: vec![text], ..design.clone() });
    let own = claims::of(&design).into_iter().find(|claim| claim.id == "own");
    Cell::of(&design, &own.unwrap_or_else(|| panic!("it was given")))
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
