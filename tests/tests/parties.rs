//! **Which parties break each claim, as far as small searches tell: a change of how frontiers are found is noticed where it is made.**
//!
//! As `shallow.rs`, for [`mailcover_properties::frontier`]. Each claim's frontier is asked for in the claim's own design, each
//! search to a few states only; what that comes to, be it a sentence about a limit, changes with the pins alone. The numbers
//! in `tests/pinned/parties/` are right for no reason of their own: that one search finds what every search finds is held by
//! `frontier.rs`, which takes longer.
//!
//! ```sh
//! MAILCOVER_PIN=1 cargo test --workspace --test parties
//! ```

use enumset::{EnumSet, enum_set};
use mailcover_checker::Limits;
use mailcover_model::design::{Capability, ClaimKind, ObserverName};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::state::State;
use mailcover_properties::check::{Cell, Options, Stage, pose};
use mailcover_properties::claims;
use mailcover_properties::frontier::{Frontier, FrontierError, Party, by_brute_force, frontier};
use mailcover_tests::{cells, pins};
use serde::Serialize;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The most states of a search.
const MOST: usize = 500;

/// What is pinned of a frontier.
#[derive(Serialize)]
struct Pinned {
    claim: String,
    adversary: String,
    /// Among how many capabilities and observers it lies.
    among: (usize, usize),
    /// Which parties break the claim, by their powers, and how many larger ones do not.
    breaking: Vec<(String, usize)>,
    /// How it was found.
    way: Option<String>,
    sparing: usize,
    undecided: usize,
    searches: usize,
    states: usize,
    /// A digest of all that was found, in words.
    words: String,
}

/// The party's powers in a line.
fn powers(party: &Party) -> String {
    let eyes: Vec<String> = party.observers.iter().map(ObserverName::name).collect();
    let can: Vec<String> = party.capabilities.iter().map(|can| format!("{can:?}")).collect();
    format!("{}: {} {}", party.len(), can.join("+"), eyes.join("+"))
}

impl Pinned {
    fn of(cell: &Cell, ground: &Party, found: &Result<Frontier, FrontierError>) -> Self {
        let (claim, adversary) = (cell.claim.id.to_string(), cell.question().adversary.clone());
        let among = (ground.capabilities.len(), ground.observers.len());
        let none = |words: String| Self {
            claim: claim.clone(),
            adversary: adversary.clone(),
            among,
            breaking: Vec::new(),
            way: None,
            sparing: 0,
            undecided: 0,
            searches: 0,
            states: 0,
            words,
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return none(error.to_string()),
        };
        let breaks = found.breaking.iter().map(|one| {
            let (question, run) = (one.cell.question(), &one.finding);
            format!("{:?} {} {run:?} {:?}", one.party, question.adversary, one.undone_by)
        });
        let words: Vec<String> = breaks
            .chain(found.sparing.iter().map(|one| format!("{one:?}")))
            .chain(found.undecided.iter().map(|(party, reason)| format!("{party:?} {reason}")))
            .collect();
        let words = pins::digest(&format!("{words:?} {:?} {}", found.ground, found.scope));
        Self {
            breaking: found.breaking.iter().map(|one| (powers(&one.party), one.undone_by.len())).collect(),
            way: Some(format!("{:?}", found.way)),
            sparing: found.sparing.len(),
            undecided: found.undecided.len(),
            searches: found.searches,
            states: found.states,
            ..none(words)
        }
    }
}

fn options(most: usize, flaw: Option<Flaw>) -> Options {
    let limits = Limits { max_states: Some(most), ..Limits::default() };
    Options { limits, threads: 2, flaw, ..Options::default() }
}

/// The cell with the claim's question of this number in a design, its own if none is named.
fn cell(claim: &str, design: Option<&str>, question: usize) -> Cell {
    let claim = claims::all().into_iter().find(|known| known.id == claim).expect("it is a claim");
    Cell { design: cells::design(design.unwrap_or(&claim.design)), claim, question }
}

/// All powers, of observers only the adversary's where the claim is about knowledge, as `mailcover frontier` has it.
fn ground(cell: &Cell) -> Party {
    let mut ground = Party::ground(&cell.design);
    let (posed, context) = pose(cell).expect("it is put");
    if posed.ask.of_knowledge() {
        ground.observers = context.adversary.observers;
    }
    ground
}

#[test]
fn what_small_searches_show_of_each_claim_changes_with_the_pins_alone() {
    let mut pinned = Vec::new();
    for claim in claims::all() {
        for question in [0, claim.questions.len() - 1] {
            let cell = cell(&claim.id, None, question);
            let ground = ground(&cell);
            let found = frontier(&cell, &ground, &options(MOST, None), &|_| {});
            pinned.push(Pinned::of(&cell, &ground, &found));
        }
    }
    pins::held("parties/each-claim", &pinned).unwrap_or_else(|error| panic!("{error}"));
}

/// Where few powers are asked about, searches end, and what one search finds, every search finds.
#[test]
fn what_is_found_among_few_powers_changes_with_the_pins_alone() {
    use Capability::{
        AddKey, DiscloseWithoutOrder, Inject, InjectOnWire, ProviderOrders, StealDecryptionKey, SwapKey,
    };
    use ObserverName::{Carrier, Investigator, Network, ProviderLive, ProviderStore, Thief};
    let log = || ObserverName::Log("query".into());
    let asked = [
        ("sms-content-secret", None, EnumSet::empty(), vec![Carrier, Network], None),
        ("sender-authentic-once", None, enum_set!(Inject | InjectOnWire), vec![Network], None),
        ("order-keeps-to-its-target", None, ProviderOrders.into(), vec![Investigator, ProviderStore], None),
        ("no-order-no-disclosure", None, DiscloseWithoutOrder.into(), vec![Investigator], None),
        ("content-secret", None, enum_set!(AddKey | SwapKey), vec![ProviderLive, log()], None),
        ("content-secret", None, EnumSet::empty(), vec![log(), Investigator], Some(Flaw::LogRecordsBody)),
        ("content-secret", Some("icloud-backup-2015"), EnumSet::empty(), vec![Investigator, log()], None),
        ("content-secret", Some("attachments"), EnumSet::empty(), vec![Investigator, ProviderStore], None),
        ("forward-secret", None, StealDecryptionKey.into(), vec![Network, Thief], None),
        ("device-place-unknown", None, enum_set!(ProviderOrders | Inject), vec![log(), Network], None),
    ];
    let mut pinned = Vec::new();
    for (claim, design, capabilities, observers, flaw) in asked {
        let cell = cell(claim, design, 0);
        let ground = Party { capabilities, observers };
        let options = options(4_000, flaw);
        pinned.push(Pinned::of(&cell, &ground, &frontier(&cell, &ground, &options, &|_| {})));
        pinned.push(Pinned::of(&cell, &ground, &by_brute_force(&cell, &ground, &options)));
    }
    pins::held("parties/few-powers", &pinned).unwrap_or_else(|error| panic!("{error}"));
}

/// What a file claims never happens is put to parties within scopes that grow with what they see.
#[test]
fn what_is_found_of_a_files_own_claims_changes_with_the_pins_alone() {
    use ObserverName::{Investigator, Network, ProviderStore};
    let observers = vec![ObserverName::Log("query".into()), ProviderStore, Network, Investigator];
    let ground = Party { capabilities: Capability::AddKey.into(), observers };
    let found = |event: Event| {
        let own = cells::own(&cells::design("delivery-log"), event, ClaimKind::Never, false);
        let cell = own.first().expect("it is put to somebody");
        Pinned::of(cell, &ground, &frontier(cell, &ground, &options(100, None), &|_| {}))
    };
    let pinned: Vec<Pinned> = Event::ALL.into_iter().map(found).collect();
    pins::held("parties/own", &pinned).unwrap_or_else(|error| panic!("{error}"));
}

/// A part of the one search says nothing of any party, whatever ended it.
#[test]
fn a_limit_ends_the_one_search() {
    let cell = cell("retention-bounded", None, 0);
    let ground = Party { observers: Vec::new(), ..Party::ground(&cell.design) };
    let told = Mutex::new(Vec::new());
    let tell = |stage: &Stage| told.lock().expect("nobody panics").push(stage.states);
    let ended = |limits: Limits| {
        let options = Options { limits: Limits { max_states: Some(20_000), ..limits }, ..Options::default() };
        frontier(&cell, &ground, &options, &tell).expect_err("a limit is reached")
    };
    let stop = |now: bool| Some(Arc::new(AtomicBool::new(now)));
    assert_eq!(ended(Limits { stop: stop(true), ..Limits::default() }), FrontierError::Interrupted);
    let sentence = |limits: Limits| match ended(limits) {
        FrontierError::Limit(sentence) => sentence,
        other => panic!("{other:?}"),
    };
    let memory = sentence(Limits { max_memory: Some(1), ..Limits::default() });
    let number: Vec<usize> = memory.split(' ').filter_map(|word| word.parse().ok()).collect();
    // So many states were expanded by then, more were found, and there is room for more still.
    let expanded = 4096 * size_of::<State>();
    assert!(number.len() == 1 && (expanded..20 * expanded).contains(&number[0]), "{memory}, {expanded}");
    let time = sentence(Limits { max_time: Some(Duration::ZERO), ..Limits::default() });
    assert!(time.starts_with("the search stopped after "), "{time}");
    let plenty = Limits {
        max_memory: Some(usize::MAX),
        max_time: Some(Duration::MAX),
        stop: stop(false),
        ..Limits::default()
    };
    told.lock().expect("nobody panics").clear();
    let states = sentence(plenty);
    assert!(states.starts_with("the search stopped at 200"), "{states}");
    let told = told.into_inner().expect("nobody panics");
    assert!(!told.is_empty() && told.is_sorted() && told.iter().all(|&states| states > 4096), "{told:?}");
}

#[test]
fn whoever_has_all_the_powers_of_another_contains_it() {
    use Capability::{AddKey, Inject};
    use ObserverName::{Carrier, Network};
    let nobody = Party { capabilities: EnumSet::empty(), observers: Vec::new() };
    let both = Party { capabilities: AddKey | Inject, observers: vec![Carrier, Network] };
    let fewer_eyes = Party { observers: vec![Network], ..both.clone() };
    let does_less = Party { capabilities: AddKey.into(), ..both.clone() };
    assert_eq!([&nobody, &both, &fewer_eyes, &does_less].map(Party::len), [0, 4, 3, 3]);
    assert_eq!([&nobody, &both].map(Party::is_empty), [true, false]);
    for party in [&nobody, &fewer_eyes, &does_less] {
        assert!(party.is_within(&both) && party.is_within(party) && !both.is_within(party), "{party:?}");
    }
    assert!(!fewer_eyes.is_within(&does_less) && !does_less.is_within(&fewer_eyes));
}

/// Who could look at all: no log, authority or public that the design lacks, and nothing that its environment may do.
#[test]
fn the_ground_has_what_the_design_has() {
    let has = |design, observer| Party::ground(&cells::design(design)).observers.contains(&observer);
    assert!(has("key-escrow", ObserverName::Authority) && !has("imessage-2016", ObserverName::Authority));
    assert!(has("report-bands-lumped", ObserverName::Public) && !has("imessage-2016", ObserverName::Public));
    let query = || ObserverName::Log("query".into());
    assert!(has("imessage-2016", query()) && !has("sms", query()));
    let design = cells::design("bulk-access");
    assert_eq!(design.environment, Capability::DiscloseWithoutOrder);
    assert_eq!(Party::ground(&design).capabilities, !design.environment);
}
