//! **What is true along a few runs drawn by chance, for each claim: a change of a fact or a scope is noticed where it is made.**
//!
//! As the model's `walks.rs`, for what claims say. Of each cell of some designs the same few runs are drawn within its
//! scope, and it is counted in how many of their states each of its facts is true, and how much is possible there; and the same
//! of states that were tampered with. The numbers in `tests/pinned/drawn/` are right for no reason of their own; the verdicts
//! in `tests/pinned/` take minutes where this takes seconds.
//!
//! ```sh
//! MAILCOVER_PIN=1 cargo test --workspace --test drawn
//! ```

use mailcover_model::action::{Action, Rule};
use mailcover_model::design::ClaimKind;
use mailcover_model::design::library::names;
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, Options, pose, prepare};
use mailcover_properties::claims;
use mailcover_tests::chance::Chance;
use mailcover_tests::{cells, pins};
use serde::Serialize;
use stateright::Model;
use std::collections::BTreeSet;

/// Designs in which, together, every claim is put to somebody.
const DESIGNS: [&str; 14] = [
    "account-logs",
    "delivery-log",
    "imessage-2016",
    "imessage-2013",
    "attachments",
    "compared-keys",
    "compelled-delivery-log",
    "deleting-devices",
    "emergency",
    "facetime-relayed",
    "icloud-backup-2015",
    "orders-name-people",
    "recalled-answers",
    "report-bands-separate",
];

/// Runs per cell, the most where a fact was true nowhere yet, and the most steps of a run.
const RUNS: u64 = 24;
const MOST_RUNS: u64 = 400;
const STEPS: usize = 24;

/// What was counted of a cell.
#[derive(Serialize)]
struct Drawn {
    claim: String,
    adversary: String,
    /// The mistake that is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    flaw: Option<Flaw>,
    /// Which question is put about its facts.
    asks: String,
    /// A digest of what the search of it would be: its scope, and what of the model is in it.
    search: String,
    states: usize,
    /// How many successors the states have.
    possible: usize,
    /// In how many states each fact is true, in the order of the question; the witness comes last.
    facts: Vec<usize>,
    /// The same of states in which one thing is otherwise than the rules made it, or two are.
    tampered: Vec<usize>,
    /// Which of the facts are certain for the adversary, so that they are not asked of anybody's views.
    certain: Vec<bool>,
}

fn drawn(cell: &Cell, flaw: Option<Flaw>) -> Option<Drawn> {
    pose(cell).ok()?;
    let options = Options { flaw, ..Options::default() };
    let (service, posed, context) = prepare(cell, &options).unwrap_or_else(|error| {
        panic!("{} {}: {error}", cell.claim.id, cell.question().adversary);
    });
    let facts: Vec<_> = posed.facts().collect();
    let certain = facts.iter().map(|fact| fact.is_certain(&service, context.powers())).collect();
    let mut found = Drawn {
        claim: cell.claim.id.to_string(),
        adversary: cell.question().adversary.clone(),
        flaw,
        asks: format!("{:?}", posed.ask).split('(').next().unwrap_or_default().to_owned(),
        search: pins::digest(&format!("{:?} {:?}", service.scope(), service.setup())),
        states: 0,
        possible: 0,
        facts: vec![0; facts.len()],
        tampered: vec![0; facts.len()],
        certain,
    };
    let initial = service.init_states();
    for run in 0..MOST_RUNS {
        if run >= RUNS && found.facts.iter().all(|&count| count > 0) {
            break;
        }
        let (mut chance, mut tampering) = (Chance::of(run), Chance::of(!run));
        let mut state = initial[chance.below(initial.len())];
        for _ in 0..STEPS {
            found.states += 1;
            let otherwise = tampering.tampered(&state);
            let tampered = [tampering.tampered(&otherwise), otherwise];
            for (at, fact) in facts.iter().enumerate() {
                found.facts[at] += usize::from(fact.holds(&service, &state));
                found.tampered[at] += tampered.iter().filter(|&it| fact.holds(&service, it)).count();
            }
            let step = |&action: &Action| Some((action.rule(), service.step(&state, action)?));
            let next: Vec<(Rule, State)> = service.all_actions().iter().filter_map(step).collect();
            found.possible += next.len();
            // The rule is drawn before what it does, since of some there are many more ways than of others.
            let rules: BTreeSet<Rule> = next.iter().map(|(rule, _)| *rule).collect();
            let Some(rule) = rules.iter().nth(chance.below(rules.len().max(1))) else { break };
            let ways: Vec<&State> =
                next.iter().filter(|(of, _)| of == rule).map(|(_, state)| state).collect();
            state = *ways[chance.below(ways.len())];
        }
    }
    Some(found)
}

#[test]
fn what_is_true_along_drawn_runs_changes_with_the_pins_alone() {
    let mut changed = Vec::new();
    let shipped = names().into_iter().flat_map(|name| Cell::all(&cells::design(name)));
    let mut undrawn: BTreeSet<String> = shipped.map(|cell| cell.claim.id.to_string()).collect();
    for name in DESIGNS {
        let found: Vec<Drawn> =
            Cell::all(&cells::design(name)).iter().filter_map(|cell| drawn(cell, None)).collect();
        undrawn.retain(|claim| found.iter().all(|drawn| drawn.claim != *claim));
        changed.extend(pins::held(&format!("drawn/{name}"), &found).err());
    }
    assert!(undrawn.is_empty(), "{undrawn:?}: give them a design in DESIGNS");
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// What is wrong in no run of a design is wrong in some where a mistake is made.
#[test]
fn what_is_true_where_mistakes_are_made_changes_with_the_pins_alone() {
    let mut found = Vec::new();
    for claim in claims::all() {
        let cells = Cell::of(&cells::design(&claim.design), &claim);
        for &flaw in &claim.flaws {
            found.extend(cells.iter().filter_map(|cell| drawn(cell, Some(flaw))));
        }
    }
    pins::held("drawn/with-mistakes", &found).unwrap_or_else(|error| panic!("{error}"));
}

/// What a claim of a file's own rests on: whether something was done, and whether its adversary saw anything of it.
#[test]
fn what_is_true_of_claims_of_a_files_own_changes_with_the_pins_alone() {
    let mut found = Vec::new();
    for name in ["delivery-log", "key-escrow", "report-bands-separate"] {
        let design = cells::design(name);
        let own = |absent| cells::own(&design, Event::Communicated, ClaimKind::NeverKnown, absent);
        let put = [false, true].map(own);
        found.extend(put.iter().flatten().filter_map(|cell| drawn(cell, None)));
    }
    pins::held("drawn/own", &found).unwrap_or_else(|error| panic!("{error}"));
}
