//! **What a scope lacks of the smallest that counts, and what a bound leaves open, is said.**

use enumset::EnumSet;
use mailcover_checker::Limits;
use mailcover_model::design::library::{self, Shipped};
use mailcover_model::design::read::read;
use mailcover_model::design::{Design, Holder, OrderKind, Trigger};
use mailcover_model::state::Budget;
use mailcover_model::world::Pair;
use mailcover_properties::check::{Cell, Options, check_one, prepare};
use mailcover_properties::claim::Posed;
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

/// A design with claims of its own, and a log that no pen register reaches.
const OWN: &str = r#"
format = 1
name = "registers"
extends = "imessage-2016"
says = "As in 2016, but push keeps a log of deliveries that yields to subpoenas alone."

[[log]]
name = "receipt"
on = ["delivered"] # assumption: Written when a device acknowledges a message.
fields = ["day", "source", "target"] # assumption: The outside of the message.
keep_days = 30 # assumption: As long as the query log.
yields_to = ["subpoena"] # assumption: To subpoenas alone.

[[claim]]
id = "nobody-shows-communication"
kind = "never-known"
event = "communicated-over-platform"
to = ["investigator", "both-orders", "carrier-investigator"]
sentence = "No order shows that anybody communicated over the platform."

[[claim]]
id = "a-tap-sees-who-communicates"
kind = "known"
event = "communicated-over-platform"
to = ["network", "provider"]
sentence = "Whoever communicates over the platform, it is known."

[[claim]]
id = "a-tap-sees-that-nobody-asks"
kind = "known"
event = "looked-up"
absent = true
to = ["network"]
sentence = "Where nobody's device asks about anybody, it is known."

[[claim]]
id = "silence-hides"
kind = "never-known"
event = "communicated"
absent = true
to = ["query-log"]
sentence = "The query log never shows that nobody communicated."

[[claim]]
id = "typing-is-not-shown"
kind = "never-known"
event = "typed"
to = ["query-log", "investigator", "carrier"]
sentence = "Nobody learns that somebody typed an address."
"#;

fn own_design() -> Arc<Design> {
    let read = read(OWN, "registers.toml", &Shipped, &claims::vocabulary());
    Arc::new(read.unwrap_or_else(|error| panic!("{error}")))
}

fn own_cell(design: &Arc<Design>, claim: &str, adversary: &str) -> Cell {
    let wanted = |cell: &Cell| cell.claim.id == claim && cell.question().adversary == adversary;
    let found = Cell::all(design).into_iter().find(wanted);
    found.unwrap_or_else(|| panic!("there is no {claim} put to {adversary}"))
}

#[test]
fn each_claim_of_a_file_says_just_what_its_scopes_lack() {
    for design in [own_design(), cells::design("delivery-log")] {
        for claim in claims::own::of(&design).into_iter().map(Arc::new) {
            let lacking = lacking(&Cell::of(&design, &claim));
            let said: EnumSet<Shortfall> = claim.less.iter().map(|(shortfall, _)| *shortfall).collect();
            assert_eq!(lacking, said, "{}", claim.id);
        }
    }
}

#[test]
fn orders_that_can_yield_no_row_exercise_no_claim_about_rows() {
    let mut design = Design::clone(&own_design());
    design.fallback.sms = false;
    let verdict = own_verdict(&Arc::new(design), "nobody-shows-communication", "carrier-investigator");
    assert_eq!(verdict, Verdict::Vacuous);
}

#[test]
fn an_investigator_may_apply_for_each_kind_of_order_that_some_log_yields_to() {
    let mut design = Design::clone(&own_design());
    let mut warranted = design.logs[2].clone();
    (warranted.name, warranted.yields_to) = ("submission".to_owned(), OrderKind::Warrant.into());
    design.logs.push(warranted);
    let design = Arc::new(design);
    let menu = |adversary: &str| {
        let cell = own_cell(&design, "nobody-shows-communication", adversary);
        let (_, posed, _) = prepare(&cell, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
        posed.scope.menu.into_iter().map(|plea| (plea.at, plea.kind)).collect::<Vec<_>>()
    };
    use Holder::{Carrier, Provider};
    use OrderKind::{PenRegister, Subpoena, Warrant};
    let at_the_provider = [(Provider, PenRegister), (Provider, Subpoena), (Provider, Warrant)];
    assert_eq!(menu("investigator"), at_the_provider);
    assert_eq!(menu("carrier-investigator"), [(Carrier, PenRegister)]);
    assert_eq!(menu("both-orders"), [at_the_provider.as_slice(), &[(Carrier, PenRegister)]].concat());
}

/// The verdict on a claim of the file's own, within what such a claim may cost.
fn own_verdict(design: &Arc<Design>, claim: &str, adversary: &str) -> Verdict {
    let limits = Limits { max_states: Some(3_000_000), ..Limits::default() };
    check_one(&own_cell(design, claim, adversary), &Options { limits, ..Options::default() }).verdict
}

#[test]
fn claims_of_a_file_are_decided_by_what_their_scopes_were_built_for() {
    let design = own_design();
    let verdict = |claim: &str, adversary: &str| own_verdict(&design, claim, adversary);
    // A subpoena reaches the receipts.
    assert_eq!(verdict("nobody-shows-communication", "investigator"), Verdict::Violated);
    // A tap sees that a device sends and that another receives, and not that they do it to each other.
    assert_eq!(verdict("a-tap-sees-who-communicates", "network"), Verdict::Violated);
    assert_eq!(verdict("a-tap-sees-who-communicates", "provider"), Verdict::Holds);
    // Whoever registers a device or takes it out of the directory sends as little, and gets as little.
    assert_eq!(verdict("a-tap-sees-that-nobody-asks", "network"), Verdict::Violated);
    // What was said before the run has left no row that is still retained.
    assert_eq!(verdict("silence-hides", "query-log"), Verdict::Holds);
    // Who typed an address could have picked a name.
    assert_eq!(verdict("typing-is-not-shown", "carrier"), Verdict::Holds);
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

#[test]
fn a_history_outgrows_an_order_however_short_the_retention() {
    let history = cells::cell("imessage-2016", "history-strung-together", "investigator");
    for keep_days in [2, 15, 100] {
        let mut design = Design::clone(&history.design);
        design.logs[0].keep_days = Some(keep_days);
        let finding = check_one(&Cell { design: Arc::new(design), ..history.clone() }, &Options::default());
        assert_eq!(finding.verdict, Verdict::Holds, "kept for {keep_days} days: {}", finding.reason);
    }
}

#[test]
fn whoever_is_written_to_may_ask_who_wrote() {
    let mut deaf = Vec::new();
    for design in library::names() {
        let design = cells::design(design);
        if !design.directory.lookup_on.contains(Trigger::Receive) {
            continue;
        }
        for cell in Cell::all(&design) {
            let Ok((_, Posed { scope, .. }, _)) = prepare(&cell, &Options::default()) else { continue };
            for Pair { from, to } in Pair::ALL {
                let sent = |budget: &Budget| budget.sends.get(from.index(), to.index());
                let asked = |budget: &Budget| budget.lookups.get(to.index(), from.address().index());
                let written = sent(&scope.past) + sent(&scope.bounds);
                if written > 0 && asked(&scope.past) + asked(&scope.bounds) == 0 {
                    deaf.push(format!("{}: {} to {}", cells::name(&cell), from.name(), to.name()));
                }
            }
        }
    }
    assert!(deaf.is_empty(), "messages that could never be taken:\n{}", deaf.join("\n"));
}

#[test]
fn each_claim_names_its_sources_and_what_it_does_not_claim() {
    for claim in claims::all() {
        assert!(!claim.sources.is_empty(), "{} names no source", claim.id);
        assert!(
            claim.sources.iter().all(|source| !source.trim().is_empty()),
            "{} names an empty source",
            claim.id
        );
        assert!(!claim.not_claimed.trim().is_empty(), "{} does not say what it does not claim", claim.id);
    }
}
