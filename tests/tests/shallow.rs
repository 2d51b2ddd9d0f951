//! **What a search of a few states finds of each cell: a change of how claims are put and answered is noticed where it is made.**
//!
//! All cells of all designs are checked together, as `check --all` does, each search to a few states only. What it says
//! there, and which cells share a search, changes with the pins alone; and so does what both engines find in the smallest
//! searches, which come to their end. The numbers in `tests/pinned/shallow/` are right for no reason of their own; the verdicts
//! in `tests/pinned/` take minutes where this takes seconds. How claims of a file's own are put is pinned without any search.
//!
//! ```sh
//! MAILCOVER_PIN=1 cargo test --workspace --test shallow
//! ```

use mailcover_checker::Limits;
use mailcover_model::design::read::apply_setting;
use mailcover_model::design::{ClaimKind, Design, library};
use mailcover_model::event::Event;
use mailcover_properties::check::{Cell, Engine, Options, check, pose};
use mailcover_properties::claim::{Claim, Posed};
use mailcover_properties::claims;
use mailcover_properties::fact::Fact;
use mailcover_properties::finding::{Finding, Verdict};
use mailcover_properties::smallest::shortfalls;
use mailcover_tests::{cells, pins};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most states of a search.
const MOST: usize = 1_000;

/// What is pinned of a cell.
#[derive(Serialize)]
struct Shallow {
    claim: String,
    adversary: String,
    verdict: Verdict,
    /// Which search it was; cells with the same number shared it.
    search: Option<usize>,
    states: usize,
    /// A digest of all else that was found, in words.
    words: String,
}

impl Shallow {
    fn of(cell: &Cell, finding: &Finding) -> Self {
        let (put, evidence) = (pose(cell).map(|(posed, _)| described(&posed)), &finding.evidence);
        let (expected, other) = (cell.expected(), cell.inapplicable());
        let shown = (evidence.kind(), evidence.shape(), evidence.recipes(), finding.verdict.word());
        let words = format!("{expected:?} {put:?} {finding:?} {shown:?} {other:?}");
        Self {
            claim: cell.claim.id.clone(),
            adversary: cell.question().adversary.clone(),
            verdict: finding.verdict,
            search: finding.exploration,
            states: finding.states,
            words: pins::digest(&words),
        }
    }
}

/// What is asked, of which parts of states, within which scope, and what that lacks.
fn described(posed: &Posed) -> String {
    let fact = |fact: &Fact| {
        let of_state = (fact.reads(), fact.tracks(), fact.logs(), fact.memories());
        let of_events = (fact.asserts(), fact.about_secrecy());
        let in_words = (fact.clause(), fact.opposite(), fact.denies());
        format!("{fact} {of_state:?} {of_events:?} {in_words:?}")
    };
    let facts: Vec<String> = posed.facts().map(fact).collect();
    let lacks: Vec<String> = shortfalls(&posed.scope).iter().map(|lack| lack.to_string()).collect();
    format!("{} {facts:?} {:?} {lacks:?}", posed.ask.kind(), posed.scope)
}

#[test]
fn what_a_few_states_show_changes_with_the_pins_alone() {
    let cells: Vec<Cell> =
        library::names().into_iter().flat_map(|name| Cell::all(&cells::design(name))).collect();
    let limits = Limits { max_states: Some(MOST), ..Limits::default() };
    let findings = check(&cells, &Options { limits, threads: 2, ..Options::default() }, &|_| {});
    let mut changed = Vec::new();
    for name in library::names() {
        let of = cells.iter().zip(&findings).filter(|(cell, _)| cell.design.name == name);
        let found: Vec<Shallow> = of.map(|(cell, finding)| Shallow::of(cell, finding)).collect();
        changed.extend(pins::held(&format!("shallow/{name}"), &found).err());
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Of each claim, and each verdict that it gets, the cell with the fewest states, if these are few. Of claims about what comes to
/// be in the end one is among them whatever it takes.
fn smallest() -> Vec<Cell> {
    let few = |claim: &str| if claim == "departed-or-told" { 35_000 } else { 6_000 };
    let mut smallest: BTreeMap<(String, String), (usize, &str, String)> = BTreeMap::new();
    for design in library::names() {
        for pin in pins::of(design).into_iter().filter(|pin| pin.states > 0 && pin.states <= few(&pin.claim))
        {
            let found = (pin.states, design, pin.adversary);
            let least =
                smallest.entry((pin.claim, pin.verdict.word().to_owned())).or_insert_with(|| found.clone());
            *least = found.min(least.clone());
        }
    }
    let cell = |((claim, _), (_, design, adversary)): (&(String, String), &(usize, &str, String))| {
        cells::cell(design, claim, adversary)
    };
    smallest.iter().map(cell).collect()
}

#[test]
fn what_small_searches_show_to_their_end_changes_with_the_pins_alone() {
    let cells = smallest();
    let mut changed = Vec::new();
    for (engine, name) in [(Engine::Plain, "plain"), (Engine::Timely, "timely")] {
        let findings = check(&cells, &Options { engine, threads: 2, ..Options::default() }, &|_| {});
        let found: Vec<Shallow> =
            cells.iter().zip(&findings).map(|(cell, finding)| Shallow::of(cell, finding)).collect();
        assert!(findings.iter().all(|finding| finding.verdict.to_string() == finding.verdict.word()));
        changed.extend(pins::held(&format!("shallow/small-{name}"), &found).err());
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// What is pinned of a claim as it is written down.
#[derive(Serialize)]
struct Said {
    claim: String,
    /// Which of the kinds of threat it is about.
    about: String,
    /// Whom a design's file may expect something of.
    to: Vec<String>,
    /// A digest of all that is written there.
    words: String,
}

#[test]
fn what_claims_say_changes_with_the_pins_alone() {
    let known = claims::vocabulary().claims.into_iter();
    let to: BTreeMap<String, Vec<String>> = known.map(|known| (known.id, known.to)).collect();
    let said = |claim: Arc<Claim>| {
        let because: Vec<&String> = claim.questions.iter().map(|question| &question.because).collect();
        Said {
            claim: claim.id.clone(),
            about: claim.linddun.to_string(),
            to: to.get(&claim.id).cloned().unwrap_or_default(),
            words: pins::digest(&format!("{claim:?} {because:?}")),
        }
    };
    let said: Vec<Said> = claims::all().into_iter().map(said).collect();
    pins::held("shallow/claims", &said).unwrap_or_else(|error| panic!("{error}"));
}

/// Knobs of `imessage-2016`, turned in ways in which no shipped design has them together with the rest.
const TURNED: [&str; 22] = [
    "log.query.fields=[day,source,target,device]",
    "log.query.fields=[day,source,target,trigger]",
    "log.query.fields=[source,target]",
    "log.query.keep_days=0",
    "log.query.keep_days=7",
    "log.query.keep_days=60",
    "directory.lookup_on=[type]",
    "directory.lookup_on=[send]",
    "directory.lookup_on=[type,send,receive]",
    "directory.lookup_on=[contact]",
    "directory.lookup_on=[contact,send]",
    "directory.lookup_on=[contact,receive]",
    "directory.lookup_on=[contact,send,refresh]",
    "directory.lookup_on=[type,contact,refresh]",
    "directory.cache_days=0",
    "directory.cache_days=30",
    "messaging.expiry_days=90",
    "fallback.sms=false",
    "devices.keep_days=1",
    "legal.extension_of=collection",
    "legal.covers=both",
    "legal.order_days=90",
];

/// What is pinned of a claim in a design with a knob turned.
#[derive(Serialize)]
struct Turned {
    setting: &'static str,
    claim: String,
    /// To how many it can be put.
    to: usize,
    /// A digest of what is asked, within which scopes, and what those lack.
    words: String,
}

/// A shipped design with a knob turned.
fn turned(design: &str, setting: &str) -> Arc<Design> {
    let mut design = Design::clone(&cells::design(design));
    apply_setting(&mut design, setting).unwrap_or_else(|error| panic!("{setting}: {error}"));
    Arc::new(design)
}

#[test]
fn how_claims_are_put_where_a_knob_is_turned_changes_with_the_pins_alone() {
    let mut found = Vec::new();
    for setting in TURNED {
        let design = turned("imessage-2016", setting);
        for claim in claims::of(&design) {
            let put = Cell::of(&design, &claim);
            let put: Vec<_> = put.iter().map(|cell| pose(cell).map(|(posed, _)| described(&posed))).collect();
            found.push(Turned {
                setting,
                claim: claim.id.clone(),
                to: put.iter().flatten().count(),
                words: pins::digest(&format!("{put:?}")),
            });
        }
    }
    pins::held("shallow/turned", &found).unwrap_or_else(|error| panic!("{error}"));
}

/// Designs whose logs, calls, backups and attachments a claim of a file's own can be about.
const OWN: [&str; 8] = [
    "account-logs",
    "attachments",
    "compelled-delivery-log",
    "delivery-log",
    "facetime-relayed",
    "icloud-backup-2015",
    "imessage-2016",
    "sms",
];

/// How claims of a design's own are put, one event and kind at a time, to all whom they may be put to.
#[derive(Serialize)]
struct Put {
    event: Event,
    kind: ClaimKind,
    absent: bool,
    /// To how many it can be put.
    to: usize,
    /// A digest of what is asked, within which scopes, and what those lack.
    words: String,
}

impl Put {
    fn of(design: &Design, event: Event, kind: ClaimKind, absent: bool) -> Self {
        let own = cells::own(design, event, kind, absent);
        let put: Vec<_> = own.iter().map(|cell| pose(cell).map(|(posed, _)| described(&posed))).collect();
        Self {
            event,
            kind,
            absent,
            to: put.iter().flatten().count(),
            words: pins::digest(&format!("{:?} {put:?}", own.first().map(|cell| &cell.claim.less))),
        }
    }
}

/// Designs with a knob turned, in whose logs a claim of a file's own finds more than in those of any shipped one.
const OWN_TURNED: [(&str, &str); 5] = [
    ("attachments", "network.sizes=one"),
    ("imessage-2016", "log.query.fields=[day,source,target,trigger]"),
    ("imessage-2016", "log.query.on=[lookup,registered]"),
    ("imessage-2016", "log.query.on=[lookup,unacknowledged]"),
    ("imessage-2016", "log.query.on=[lookup,submitted]"),
];

/// How claims of the design's own are put, of each event and kind.
fn put(design: &Design) -> Vec<Put> {
    let kinds = [
        (ClaimKind::NeverKnown, false),
        (ClaimKind::NeverKnown, true),
        (ClaimKind::NeverKnownWhether, false),
        (ClaimKind::Known, false),
        (ClaimKind::Never, false),
    ];
    let put = |event| kinds.map(|(kind, absent)| Put::of(design, event, kind, absent));
    Event::ALL.into_iter().flat_map(put).collect()
}

#[test]
fn how_claims_of_a_designs_own_are_put_changes_with_the_pins_alone() {
    let mut changed = Vec::new();
    for name in OWN {
        changed.extend(pins::held(&format!("shallow/own-{name}"), &put(&cells::design(name))).err());
    }
    let of_turned: Vec<Put> =
        OWN_TURNED.into_iter().flat_map(|(design, setting)| put(&turned(design, setting))).collect();
    changed.extend(pins::held("shallow/own-turned", &of_turned).err());
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}
