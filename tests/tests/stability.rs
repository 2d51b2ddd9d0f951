//! **Bounds teach, so a verdict about knowledge must survive when every bound is raised.**
//!
//! States that matter stay within the claim's own scope; their twins are sought in the wider one. Tested at one step
//! wider, in one respect at a time: the violated cells about knowledge of `imessage-2016`, and those that another shipped design
//! says of itself, or of every design with `MAILCOVER_THOROUGH=1` (a bound that teaches makes a false `violated`), whose wider
//! scope stays below [`MOST`] states, and the cells of [`WIDENED`], below
//! [`MOST_WIDENED`]. Not tested: the other cells about knowledge, whose wider scopes were not seen to stay below [`MOST`]
//! states. `mailcover check --widen 1`, and `--widen-in` with it, check them where there is more room.

use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::design::{Expectation, library};
use mailcover_model::event::Event;
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::widening::{Respect, Widening};
use mailcover_model::world::{Device, Pair, User};
use mailcover_properties::check::{Cell, Engine, Options, check, check_one};
use mailcover_properties::claim::{Ask, Claim, Context, Posed};
use mailcover_properties::fact::{happened, happened_at_all, not};
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_tests::{cells, pins, thorough};
use std::sync::Arc;

/// The most states that a wider scope may have here.
const MOST: usize = 700_000;

/// The most that the wider scope of a cell of [`WIDENED`] may have.
const MOST_WIDENED: usize = 4_000_000;

/// In each respect, how many of the violated cells have a wider scope that is small enough.
const TESTED: [(Respect, usize); 3] = [(Respect::Run, 6), (Respect::Past, 10), (Respect::Who, 2)];

/// Cells that hold, with a respect in which their wider scope is small enough.
const WIDENED: [([&str; 3], Respect); 8] = [
    (["imessage-2016", "person-place-unknown", "query-log"], Respect::Run),
    (["imessage-2016", "person-place-unknown", "query-log"], Respect::Past),
    (["imessage-2016", "silence-proves-nothing", "query-log"], Respect::Past),
    (["imessage-2016", "silence-proves-nothing", "query-log"], Respect::Who),
    (["imessage-2016", "same-event-four-ways", "provider-store"], Respect::Past),
    (["imessage-2016", "sms-is-recorded", "carrier"], Respect::Who),
    (["attachments", "fetch-names-no-sender", "attachment-log"], Respect::Past),
    (["attachments-traced", "traffic-shows-no-attachment", "network"], Respect::Who),
];

fn wider(respects: EnumSet<Respect>, most: usize) -> Options {
    let limits = Limits { max_states: Some(most), ..Limits::default() };
    Options { limits, widening: Widening { by: 1, respects }, threads: 1, ..Options::default() }
}

/// Of these cells in a scope that is wider in this respect: how many are decided, and those whose verdict is not the one
/// to expect.
fn unstable(cells: &[Cell], respect: Respect, most: usize) -> (usize, Vec<String>) {
    let findings = check(cells, &wider(respect.into(), most), &|_| {});
    let line = |cell: &Cell, finding: &Finding| {
        format!("{} in {respect:?}: {} in {} states", cells::name(cell), finding.verdict, finding.states)
    };
    let pairs = cells.iter().zip(&findings);
    let decided: Vec<_> = pairs.filter(|(_, finding)| finding.verdict != Verdict::Inconclusive).collect();
    let wrong = decided.iter().filter(|(cell, finding)| !cells::as_expected(cell, finding.verdict));
    (decided.len(), wrong.map(|(cell, finding)| line(cell, finding)).collect())
}

#[test]
fn what_is_violated_stays_violated_in_a_wider_scope() {
    let mut violated = Vec::new();
    for design in library::names() {
        let expects = library::load(design).unwrap_or_else(|error| panic!("{error}")).expects;
        // Of the others, what is violated in `imessage-2016` is the same search again, or nearly so.
        let its_own = |pin: &pins::Pin| {
            let named = |it: &Expectation| it.claim == pin.claim && it.adversary == pin.adversary;
            thorough() || design == "imessage-2016" || expects.iter().any(named)
        };
        let knowledge = pins::of(design).into_iter().filter(|pin| pin.classes.is_some() && its_own(pin));
        let broken = knowledge.filter(|pin| pin.verdict == Verdict::Violated);
        violated.extend(broken.map(|pin| cells::cell(design, &pin.claim, &pin.adversary)));
    }
    assert!(!violated.is_empty(), "no cell about knowledge is violated");
    for (respect, least) in TESTED {
        let (tested, wrong) = unstable(&violated, respect, MOST);
        assert!(
            tested >= least,
            "{tested} of {} scopes wider in {respect:?} were small enough",
            violated.len()
        );
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn what_holds_holds_in_a_wider_scope() {
    for ([design, claim, adversary], respect) in WIDENED {
        let (tested, wrong) = unstable(&[cells::cell(design, claim, adversary)], respect, MOST_WIDENED);
        assert_eq!(tested, 1, "the scope of {claim} is too large when it is wider in {respect:?}");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Whether Bob wrote to Alice, in a scope in which she types once: of rows about Bob and about Carol, who writes to
/// nobody, one has another cause.
fn taught(_: &Context) -> Posed {
    use User::{Alice, Bob, Carol};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone | Device::CarolPhone);
    scope.bounds.types = [1, 1, 0].into();
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
    posed.scope.bounds.types = [0, 1, 0].into();
    posed.scope.bounds.lookups.set(User::Alice.index(), User::Carol.address().index(), 0);
    posed
}

/// Whether nobody pressed send, where Alice may write to whom she knows, and the past was too poor for her to know Bob.
fn taught_by_the_past(_: &Context) -> Posed {
    use User::{Alice, Bob};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    (scope.past_retentions, scope.past_days) = (1, 1);
    scope.past.types = [0, 1, 0].into();
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
    let wide = check_one(&cell, &wider(Respect::Run.into(), MOST));
    assert_eq!(wide.verdict, Verdict::Holds, "she may have typed both addresses: {}", wide.reason);
}

#[test]
fn a_bound_of_zero_that_teaches_is_exposed_by_the_wider_scope() {
    let cell = asked_of(taught_by_a_zero);
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "a row of one who may not type: {}", narrow.reason);
    let wide = check_one(&cell, &wider(EnumSet::all(), MOST));
    assert_eq!(wide.verdict, Verdict::Holds, "she may have typed, as Bob may: {}", wide.reason);
}

#[test]
fn a_past_that_teaches_is_exposed_by_the_wider_scope() {
    let cell = asked_of(taught_by_the_past);
    let narrow = check_one(&cell, &Options::default());
    assert_eq!(narrow.verdict, Verdict::Violated, "nobody knows anybody to write to: {}", narrow.reason);
    let wide = check_one(&cell, &wider(EnumSet::all(), MOST));
    assert_eq!(wide.verdict, Verdict::Holds, "she may know him from before the log begins: {}", wide.reason);
    assert!(wide.scope.contains("a past of a retention period and 2 days"), "{}", wide.scope);
}

/// In a scope in which more messages may be sent than a state has room for, whatever is asked.
fn crowded(_: &Context) -> Posed {
    use User::{Alice, Bob};
    let mut scope = Scope::of(Device::AlicePhone | Device::BobPhone);
    scope.bounds.types = [3, 2, 0].into();
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
