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
use mailcover_properties::check::{Cell, Engine, Options, check, check_one};
use mailcover_properties::claim::{Ask, Claim, Context, Posed};
use mailcover_properties::fact::{happened, happened_at_all, not};
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

/// As [`taught`], but Alice may not type at all: what else than his message could have made her device ask?
fn taught_by_a_zero(context: &Context) -> Posed {
    let mut posed = taught(context);
    posed.scope.bounds.types = [0, 1, 0];
    posed.scope.bounds.lookups.set(User::Alice.index(), User::Carol.address().index(), 0);
    posed
}

/// Whether nobody pressed send, where Alice may write to whom she knows, and the past was too poor for her to know Bob.
fn taught_by_the_past(_: &Context) -> Posed {
    use User::{Alice, Bob};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    (scope.past_retentions, scope.past_days) = (1, 1);
    scope.past.types = [0, 1, 0];
    scope.past.lookups.set(Bob.index(), Alice.address().index(), 1);
    scope.bounds.sends.set(Alice.index(), Bob.index(), 1);
    scope.horizon = Horizon::Days(0);
    let nobody = not(happened_at_all(Event::Attempted));
    Posed { ask: Ask::NeverKnown(vec![nobody.clone()]), exercised: nobody, scope }
}

fn asked_of(pose: fn(&Context) -> Posed) -> Cell {
    let known = cells::cell("imessage-2016", "query-proves-no-attempt", "query-log");
    let mut claim = Claim::clone(&known.claim);
    claim.questions[known.question].pose = Arc::new(pose);
    Cell { claim: Arc::new(claim), ..known }
}

#[test]
fn a_bound_that_teaches_is_exposed_by_the_wider_scope() {
    let cell = asked_of(taught);
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "two rows and one typed address: {}", narrow.reason);
    let wide = check_one(&cell, &wider());
    assert_eq!(wide.verdict, Verdict::Holds, "she may have typed both addresses: {}", wide.reason);
}

#[test]
fn a_bound_of_zero_that_teaches_is_exposed_by_the_wider_scope() {
    let cell = asked_of(taught_by_a_zero);
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "a row of one who may not type: {}", narrow.reason);
    let wide = check_one(&cell, &wider());
    assert_eq!(wide.verdict, Verdict::Holds, "she may have typed, as Bob may: {}", wide.reason);
}

#[test]
fn a_past_that_teaches_is_exposed_by_the_wider_scope() {
    let cell = asked_of(taught_by_the_past);
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "nobody knows anybody to write to: {}", narrow.reason);
    let wide = check_one(&cell, &wider());
    assert_eq!(wide.verdict, Verdict::Holds, "she may know him from before the log begins: {}", wide.reason);
    assert!(wide.scope.contains("a past of 2 days more than a retention period"), "{}", wide.scope);
}

/// In a scope in which more messages may be sent than a state has room for, whatever is asked.
fn crowded(_: &Context) -> Posed {
    use User::{Alice, Bob};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [3, 2, 0];
    for (from, to) in [(Alice, Bob), (Bob, Alice)] {
        scope.bounds.lookups.set(from.index(), to.address().index(), 1);
        scope.bounds.sends.set(from.index(), to.index(), 3);
    }
    scope.horizon = Horizon::Days(0);
    let attempted = happened_at_all(Event::Attempted);
    Posed { ask: Ask::NeverKnown(vec![attempted.clone()]), exercised: attempted, scope }
}

#[test]
fn a_scope_that_outgrows_a_state_is_inconclusive_and_says_of_what_there_was_too_much() {
    for engine in [Engine::Plain, Engine::Timely] {
        let finding = check_one(&asked_of(crowded), &Options { engine, ..Options::default() });
        assert_eq!(finding.verdict, Verdict::Inconclusive, "{engine:?}");
        let said =
            "the scope outgrew what a state has room for (4 messages, injected ones included); narrow it";
        assert_eq!(finding.reason, said, "{engine:?}");
    }
}
