//! **Bounds teach, so a verdict about knowledge must survive when every bound is raised.**
//!
//! States that matter stay within the claim's own scope; their twins are sought in the wider one. Tested at one step
//! wider: the violated cells about knowledge of every shipped design (a bound that teaches makes a false `violated`)
//! whose wider scope stays below [`MOST`] states, and the cells of [`WIDENED`]. Not tested: the other cells about knowledge, whose wider scope was not seen to stay
//! below [`MOST`] states. `mailcover check --widen 1` checks them where there is more room.

use mailcover_checker::Limits;
use mailcover_model::design::library;
use mailcover_model::event::Event;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, Pair, User};
use mailcover_properties::check::{Cell, Options, check, check_one};
use mailcover_properties::claim::{Ask, Claim, Context, Posed};
use mailcover_properties::fact::{happened, happened_at_all};
use mailcover_properties::finding::Verdict;
use mailcover_tests::{cells, pins};
use std::sync::Arc;

/// The most states that a wider scope may have here.
const MOST: usize = 2_500_000;

/// How many of the cells asked about are small enough for that at the least.
const TESTED: usize = 2;

/// Cells of `imessage-2016` that hold, and whose wider scope is small enough.
const WIDENED: [(&str, &str); 2] =
    [("entry-without-communication", "query-log"), ("person-place-unknown", "query-log")];

fn wider() -> Options {
    let limits = Limits { max_states: Some(MOST), ..Limits::default() };
    Options { limits, widen: 1, threads: 1, ..Options::default() }
}

/// The cells among these whose verdict in the wider scope is not the one to expect.
fn unstable(cells: &[Cell]) -> Vec<String> {
    let findings = check(cells, &wider(), &|_| {});
    let decided = |finding: &mailcover_properties::finding::Finding| finding.verdict != Verdict::Inconclusive;
    let tested = findings.iter().filter(|finding| decided(finding)).count();
    assert!(
        tested >= TESTED.min(cells.len()),
        "only {tested} of {} wider scopes were small enough",
        cells.len()
    );
    let pairs = cells.iter().zip(findings);
    let wrong =
        pairs.filter(|(cell, finding)| decided(finding) && !cells::as_expected(cell, finding.verdict));
    let line = |(cell, finding): (&Cell, mailcover_properties::finding::Finding)| {
        format!("{}: {} in {} states", cells::name(cell), finding.verdict, finding.states)
    };
    wrong.map(line).collect()
}

#[test]
fn what_is_violated_stays_violated_in_a_wider_scope() {
    let mut violated = Vec::new();
    for design in library::names() {
        let knowledge = pins::of(design).into_iter().filter(|pin| pin.classes.is_some());
        let broken = knowledge.filter(|pin| pin.verdict == Verdict::Violated);
        violated.extend(broken.map(|pin| cells::cell(design, &pin.claim, &pin.adversary)));
    }
    assert!(!violated.is_empty(), "no cell about knowledge is violated");
    let wrong = unstable(&violated);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_holds_holds_in_a_wider_scope() {
    let cell = |(claim, adversary): &(&str, &str)| cells::cell("imessage-2016", claim, adversary);
    let wrong = unstable(&WIDENED.iter().map(cell).collect::<Vec<_>>());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether Bob wrote to Alice, in a scope in which she types once: of rows about Bob and about Carol, who writes to
/// nobody, one has another cause.
fn taught(_: &Context) -> Posed {
    use User::{Alice, Bob, Carol};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [1, 1, 0];
    scope.bounds.lookups.set(Alice.index(), Bob.address().index(), 1);
    scope.bounds.lookups.set(Alice.index(), Carol.address().index(), 1);
    scope.bounds.lookups.set(Bob.index(), Alice.address().index(), 1);
    scope.bounds.sends.set(Bob.index(), Alice.index(), 1);
    scope.horizon = Horizon::Days(0);
    Posed {
        ask: Ask::NeverKnown(vec![happened(Event::Attempted, Pair { from: Bob, to: Alice })]),
        exercised: happened_at_all(Event::Attempted),
        scope,
    }
}

#[test]
fn a_bound_that_teaches_is_exposed_by_the_wider_scope() {
    let known = cells::cell("imessage-2016", "query-proves-no-attempt", "query-log");
    let mut claim = Claim::clone(&known.claim);
    claim.questions[known.question].pose = Arc::new(taught);
    let cell = Cell { claim: Arc::new(claim), ..known };
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "two rows and one typed address: {}", narrow.reason);
    let wide = check_one(&cell, &wider());
    assert_eq!(wide.verdict, Verdict::Holds, "she may have typed both addresses: {}", wide.reason);
}
