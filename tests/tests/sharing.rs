//! **Designs that do the same within a scope share its exploration, and a bare check stays small.**

use mailcover_checker::Limits;
use mailcover_model::design::library;
use mailcover_properties::check::{Cell, Options, check};
use mailcover_properties::finding::Finding;
use mailcover_tests::{cells, pins};
use std::collections::BTreeMap;

/// The most states that a bare check explores.
const MOST: usize = 20_000_000;

fn main_designs() -> Vec<&'static str> {
    library::names().into_iter().filter(|name| cells::design(name).main).collect()
}

fn main_cells() -> Vec<Cell> {
    main_designs().into_iter().flat_map(|name| cells::of(&cells::design(name))).collect()
}

/// Which exploration each cell belongs to, each explored no further than a few states.
fn explorations(cells: &[Cell]) -> Vec<Option<usize>> {
    let limits = Limits { max_states: Some(20), ..Limits::default() };
    let findings = check(cells, &Options { limits, ..Options::default() }, &|_| {});
    findings.into_iter().map(|finding| finding.exploration).collect()
}

#[test]
fn a_bare_check_explores_no_more_than_it_may() {
    let cells = main_cells();
    let pinned: Vec<pins::Pin> = main_designs().into_iter().flat_map(pins::of).collect();
    assert_eq!(cells.len(), pinned.len());
    let mut states: BTreeMap<usize, usize> = BTreeMap::new();
    for ((cell, exploration), pin) in cells.iter().zip(explorations(&cells)).zip(&pinned) {
        assert_eq!(
            (cell.claim.id.as_str(), cell.question().adversary.as_str()),
            (pin.claim.as_str(), pin.adversary.as_str())
        );
        let Some(exploration) = exploration else { continue };
        let known = states.entry(exploration).or_insert(pin.states);
        assert_eq!(
            *known,
            pin.states,
            "{}: a shared exploration has one number of states",
            cells::name(cell)
        );
    }
    let total: usize = states.values().sum();
    assert!(total <= MOST, "a bare check explores {total} states");
}

#[test]
fn a_shared_exploration_gives_the_findings_of_two() {
    let of = |design: &str| cells::cell(design, "silence-proves-nothing", "query-log");
    let both = [of("imessage-2013"), of("imessage-2016")];
    let told = |finding: &Finding| {
        let counts = (finding.states, finding.depth, finding.classes);
        (finding.verdict, counts, finding.evidence.clone(), finding.reason.clone())
    };
    let together = check(&both, &Options::default(), &|_| {});
    assert_eq!(together[0].exploration, together[1].exploration);
    for (cell, shared) in both.iter().zip(&together) {
        let alone = check(std::slice::from_ref(cell), &Options::default(), &|_| {});
        assert_eq!(told(&alone[0]), told(shared), "{}", cells::name(cell));
    }
}

/// A tool to deregister from elsewhere is of use where a device is gone.
#[test]
fn what_a_design_differs_in_is_explored_apart() {
    let of = |design: &str| cells::cell(design, "departed-or-told", "nobody");
    let [older, newer] = explorations(&[of("imessage-2013"), of("imessage-2016")])[..] else {
        panic!("two cells")
    };
    assert_ne!(older, newer);
}
