//! **What a scope lacks of the smallest that counts, and what a bound leaves open, is said.**

use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::design::{Design, library};
use mailcover_properties::check::{Cell, Options, check_one, prepare};
use mailcover_properties::claims;
use mailcover_properties::finding::Verdict;
use mailcover_properties::smallest::{Shortfall, shortfalls};
use mailcover_tests::{cells, pins};
use std::sync::Arc;

/// What the scopes of a claim lack, in the design that shows its flaws.
fn lacking(cells: &[Cell]) -> EnumSet<Shortfall> {
    let scope = |cell: &Cell| {
        let posed = prepare(cell, &Options::default()).map(|(_, posed, _)| posed.scope);
        shortfalls(&posed.unwrap_or_else(|error| panic!("{}: {error}", cells::name(cell))))
    };
    cells.iter().map(scope).fold(EnumSet::empty(), |all, some| all | some)
}

#[test]
fn each_claim_gives_a_reason_for_just_what_its_scopes_lack() {
    let mut wrong = Vec::new();
    for claim in claims::all() {
        let lacking = lacking(&Cell::of(&cells::design(&claim.design), &claim));
        let reasons: EnumSet<Shortfall> = claim.less.iter().map(|(shortfall, _)| *shortfall).collect();
        let say = |what: &str, all: EnumSet<Shortfall>| {
            let line = |shortfall: Shortfall| format!("{}: {what}: {shortfall}", claim.id);
            all.iter().map(line).collect::<Vec<_>>()
        };
        wrong.extend(say("lacks without a reason", lacking - reasons));
        wrong.extend(say("gives a reason without need", reasons - lacking));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_search_that_stops_before_its_witness_decides_nothing() {
    let cell = cells::cell("imessage-2016", "history-strung-together", "investigator");
    let whole = check_one(&cell, &Options::default());
    assert_eq!(whole.verdict, Verdict::Holds);
    let limits = Limits { max_states: Some(20), ..Limits::default() };
    let stopped = check_one(&cell, &Options { limits, ..Options::default() });
    assert_eq!(stopped.verdict, Verdict::Inconclusive, "{}", stopped.reason);
    assert!(stopped.states <= 20);
}

/// Who knows that two communicated knows that one of them tried to.
#[test]
fn whoever_shows_communication_shows_an_attempt() {
    for design in library::names() {
        let verdict = |claim: &str| {
            let pin =
                pins::of(design).into_iter().find(|pin| pin.claim == claim && pin.adversary == "query-log");
            pin.unwrap_or_else(|| panic!("{design} has no pinned {claim}")).verdict
        };
        let (communicated, attempted) =
            (verdict("query-proves-no-communication"), verdict("query-proves-no-attempt"));
        assert!(
            communicated != Verdict::Violated || attempted == Verdict::Violated,
            "{design}: {communicated} of communication, {attempted} of an attempt"
        );
    }
}

/// Where nothing is ever disclosed, that nothing is disclosed without an order says nothing.
#[test]
fn a_design_that_yields_nothing_exercises_no_disclosure() {
    let shipped = cells::cell("imessage-2016", "no-order-no-disclosure", "investigator");
    let mut design = Design::clone(&shipped.design);
    design.logs.iter_mut().for_each(|log| log.yields_to = EnumSet::empty());
    let cell = Cell { design: Arc::new(design), ..shipped };
    let finding = check_one(&cell, &Options::default());
    assert_eq!(finding.verdict, Verdict::Vacuous, "{}", finding.reason);
}
