//! **The dataflow engine finds what the plain one finds, on the shipped designs.**
//!
//! Compared are all cells whose pinned number of states is small enough: verdicts and classes always; states and depth where the
//! plain search went to its end, since the other stops early only at the end of a layer.

use mailcover_properties::check::{Cell, Engine, Options, check};
use mailcover_properties::finding::Finding;
use mailcover_tests::{cells, pins};

/// The most states that are searched again.
const MOST: usize = 60_000;

fn compared(design: &str) -> usize {
    let small: Vec<_> = pins::of(design).into_iter().filter(|pin| pin.states <= MOST).collect();
    let is_small = |cell: &Cell| {
        small.iter().any(|pin| pin.claim == cell.claim.id && pin.adversary == cell.question().adversary)
    };
    let cells: Vec<Cell> = Cell::all(&cells::design(design)).into_iter().filter(is_small).collect();
    let plain = check(&cells, &Options { threads: 2, ..Options::default() }, &|_| {});
    let options = Options { engine: Engine::Timely, threads: 2, ..Options::default() };
    let fast = check(&cells, &options, &|_| {});
    for (cell, (plain, fast)) in cells.iter().zip(plain.iter().zip(&fast)) {
        same(&cells::name(cell), plain, fast);
    }
    cells.len()
}

fn same(name: &str, plain: &Finding, fast: &Finding) {
    assert_eq!(fast.verdict, plain.verdict, "{name}: {} ({})", fast.reason, plain.reason);
    assert_eq!(fast.classes, plain.classes, "{name}");
    assert_eq!(fast.exercised.is_some(), plain.exercised.is_some(), "{name}");
    assert_eq!(fast.evidence.kind(), plain.evidence.kind(), "{name}");
    if fast.states == plain.states {
        assert_eq!(fast.depth, plain.depth, "{name}");
    } else {
        assert!(fast.states > plain.states && fast.depth >= plain.depth, "{name}");
        assert!(plain.classes.is_none(), "{name}: questions of knowledge need every state");
    }
}

#[test]
fn the_engines_agree_on_shipped_designs() {
    let compared: usize = ["imessage-2016", "delivery-log", "typed-only"].map(compared).iter().sum();
    assert!(compared >= 30, "only {compared} cells were compared");
}
