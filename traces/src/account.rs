//! **A replayed trace as data: all that a page, a chart or a report shows of it.**
//!
//! The account says in words what happened, step by step; what each observer saw of it; what the logs recorded and when
//! they deleted it; what was disclosed; which events have happened and which facts hold; how the state changed. All of
//! that comes from replay; the words of claim, design and adversary are those of the file, which replay has checked or that are
//! the design's own. It grows with the run and not with its square: what stays is said once.

mod causes;
mod runs;

use crate::chart::Chart;
use crate::choices::{Choice, choices};
use crate::portrait::{Change, Value};
use crate::replay::Replayed;
use crate::tell::rows::{self, Column};
use crate::tell::terms::Learnt;
use crate::tell::words::{capital, harmless, observer, sentence};
use crate::tell::{ending, opening, scene, terms};
use mailcover_model::design::{Design, ObserverName};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::service::{Service, Tracked};
use mailcover_model::view::Observer;
use mailcover_model::world::{Pair, User};
use mailcover_properties::finding::Evidence;
use schemars::JsonSchema;
use serde::Serialize;

pub use causes::{Cause, Caused, Recorded};
pub(crate) use runs::{Telling, told};

/// The version of the account's format.
pub const ACCOUNT: u32 = 1;

/// A replayed trace as data.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Account {
    /// The version of this format.
    pub account: u32,
    /// The trace's id.
    pub id: String,
    /// The claim's name.
    pub claim: String,
    /// The claim in one sentence.
    pub sentence: String,
    /// The claim's kind.
    pub kind: String,
    /// The formula that was checked.
    pub formula: String,
    /// The fact that the evidence is about, as a clause.
    pub fact: String,
    /// The verdict's word.
    pub verdict: String,
    /// The verdict as a sentence.
    pub verdict_says: String,
    /// What shows it: `run`, `lasso`, `twin` or `class`.
    pub evidence: String,
    /// How many states look the same, where a class shows it.
    pub class: Option<usize>,
    /// The design's name.
    pub design: String,
    /// What the design says of itself.
    pub design_says: String,
    /// The SHA-256 of the design, in hex.
    pub design_sha256: String,
    /// The adversary's name.
    pub adversary: String,
    /// Who the adversary is, in sentences.
    pub adversary_says: Vec<String>,
    /// The mistake that was planted, if any.
    pub flaw: Option<String>,
    /// The scope in a few words.
    pub scope: String,
    /// Everybody who can hold something, the adversary's own marked.
    pub holders: Vec<Holder>,
    /// The facts that the claim speaks of.
    pub facts: Vec<Fact>,
    /// The events of the model, as clauses, in the order of the numbers in [`RunAccount::events`].
    pub events: Vec<String>,
    /// The runs: one, or the run and its twin.
    pub runs: Vec<RunAccount>,
    /// Of twins, or of a class: each thing that the adversary holds, and what caused it in each run.
    pub causes: Vec<Cause>,
    /// How the adversary works out each text that it should not have.
    pub derivations: Vec<Derivation>,
    /// What follows.
    pub conclusion: String,
    /// The choices of the design without which the runs would not show what they show; none where a class is the evidence.
    pub choices: Vec<Choice>,
    /// What all of it rests on.
    pub grounds: Vec<String>,
}

/// Somebody who holds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Holder {
    /// The observer's name, as designs and the command line use it.
    pub id: String,
    /// The name in prose.
    pub name: String,
    /// Which of the four sets it is: `observed`, `logged`, `stored` or `disclosed`.
    pub set: String,
    /// Who keeps the log, `provider` or `carrier`; null for those who hold no log.
    pub kept_by: Option<String>,
    /// Whether it is one of the adversary's observers.
    pub adversary: bool,
    /// The headings of its table; of a log, those of its fields.
    pub columns: Vec<String>,
}

/// A fact that the claim speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// Its symbol in formulas.
    pub text: String,
    /// The clause that says it.
    pub clause: String,
}

/// How the adversary works out a text, or what is attached to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Derivation {
    /// The message's number.
    pub message: usize,
    /// What of the message it is, as part of a sentence: "the text of message 1".
    pub of: String,
    /// What it holds or works out, in order, the thing itself last.
    pub steps: Vec<terms::Known>,
}

/// A run as data.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunAccount {
    /// What to call it.
    pub title: String,
    /// What happened before it, a paragraph for each day on which something did.
    pub before: Vec<String>,
    /// The state in which it begins.
    pub begins: Value,
    /// The facts that hold at its beginning, by number.
    pub facts: Vec<usize>,
    /// Its steps.
    pub steps: Vec<Step>,
    /// After which step it goes round, if it does.
    pub round: Option<usize>,
    /// What somebody saw, in the order of seeing.
    pub seen: Vec<Seen>,
    /// What logs recorded, in the order of recording.
    pub logged: Vec<Logged>,
    /// What the provider's stores hold, from each step on in which that changes.
    pub stored: Vec<Stored>,
    /// Which events happen in it, and when.
    pub events: Vec<Happened>,
    /// Why parts of this are missing; null where nothing is.
    pub left_out: Option<String>,
    /// Its chart.
    pub chart: Chart,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    /// The action as a short clause.
    pub act: String,
    /// The action and what comes of it, in sentences.
    pub says: String,
    /// The question to the directory that comes of it, as a clause: "her phone asks the directory about Bob's number". Null
    /// where none does, or where asking is the action itself.
    pub asks: Option<String>,
    /// The day on which it happens. The run begins on day 0, and what was before it happened on days below 0.
    pub day: i32,
    /// The capability that it takes, if any.
    pub power: Option<String>,
    /// Whether the adversary is who uses that capability.
    pub by_adversary: bool,
    /// The facts that hold after it, by number.
    pub facts: Vec<usize>,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// Something that somebody saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seen {
    /// In which step; 0 for what was before the run.
    pub step: usize,
    /// Who, by number.
    pub holder: usize,
    /// When, in words.
    pub when: String,
    /// What.
    pub what: String,
    /// The row of a log that was handed over, by its number among what logs recorded; null where it is none.
    pub row: Option<usize>,
}

/// A row that a log recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Logged {
    /// In which step; 0 for what was before the run.
    pub step: usize,
    /// Which log, by the number of its reader among the holders.
    pub holder: usize,
    /// The row, column by column.
    pub cells: Vec<String>,
    /// In which step it was deleted, if it was.
    pub deleted: Option<usize>,
    /// In which step it was disclosed, if it was.
    pub disclosed: Option<usize>,
}

/// What the provider's stores hold from a step on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stored {
    /// From which step on.
    pub step: usize,
    /// A line each.
    pub lines: Vec<String>,
}

/// An event that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Happened {
    /// In which step; 0 when it had happened before the run.
    pub step: usize,
    /// Which event, by number.
    pub event: usize,
}

/// The replayed trace as data.
#[must_use]
pub fn account(replayed: &Replayed) -> Account {
    let trace = &replayed.trace;
    let holders = holders(replayed);
    let runs = runs::runs(replayed);
    let choices = choices(replayed);
    Account {
        account: ACCOUNT,
        id: trace.id.clone(),
        claim: harmless(&trace.claim),
        sentence: harmless(&trace.sentence),
        kind: trace.kind.clone(),
        formula: harmless(&trace.formula),
        fact: harmless(&trace.fact),
        verdict: trace.verdict.word().to_owned(),
        verdict_says: opening::verdict(trace.verdict, &trace.evidence),
        evidence: trace.evidence.kind().to_owned(),
        class: match &trace.evidence {
            Evidence::Class { size, .. } => Some(*size),
            _ => None,
        },
        design: harmless(&trace.design.name),
        design_says: opening::design_says(trace),
        design_sha256: trace.design_sha256.clone(),
        adversary: harmless(&trace.adversary),
        adversary_says: opening::adversary(replayed).iter().map(|line| harmless(line)).collect(),
        flaw: trace.flaw.map(Flaw::name),
        scope: harmless(&trace.scope),
        facts: replayed.facts.iter().map(fact).collect(),
        events: events().map(|(event, pair)| event.clause(pair.from, pair.to)).collect(),
        causes: causes::causes(replayed, &holders, &runs),
        derivations: derivations(replayed),
        conclusion: harmless(&ending::conclusion(replayed)),
        grounds: grounds(replayed, &choices),
        choices,
        holders,
        runs,
    }
}

/// What all of it rests on: of the model that the runs are shown in.
fn grounds(replayed: &Replayed, choices: &[Choice]) -> Vec<String> {
    let shown = replayed.runs.first().map(scene::shown);
    shown.map_or_else(Vec::new, |shown| ending::grounds_said(replayed, &shown.service, choices))
}

/// All events, each with its pair of users, in the order of their numbers.
pub(crate) fn events() -> impl Iterator<Item = (Event, Pair)> {
    Event::ALL.into_iter().flat_map(|event| Pair::ALL.into_iter().map(move |pair| (event, pair)))
}

fn fact(fact: &mailcover_properties::fact::Fact) -> Fact {
    Fact { text: harmless(&fact.to_string()), clause: harmless(&sentence(fact.clause())) }
}

/// Everybody who can hold something.
fn holders(replayed: &Replayed) -> Vec<Holder> {
    let Some(run) = replayed.runs.first() else { return Vec::new() };
    let service = run.service.as_ref();
    let design = &replayed.trace.design;
    eyes(service)
        .into_iter()
        .map(|(name, eye)| {
            let columns = match eye {
                Observer::Log(log) => {
                    rows::columns(service, usize::from(log)).into_iter().map(Column::heading).collect()
                }
                Observer::ProviderStore => vec!["What is stored"],
                _ => vec!["When", "What"],
            };
            Holder {
                id: harmless(&name.name()),
                name: capital(&observer(service, eye)),
                set: set_of(eye).to_owned(),
                kept_by: kept_by(design, eye).map(str::to_owned),
                adversary: replayed.observers.contains(&eye),
                columns: columns.into_iter().map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// All observers of a model, in the order of their numbers; the devices of whoever takes part are named once.
pub(crate) fn eyes(service: &Service) -> Vec<(ObserverName, Observer)> {
    let design = service.design();
    let takes_part = |user: User| service.scope().devices.iter().any(|device| device.owner() == user);
    let names = ObserverName::all(&design.logs).into_iter();
    let once = names.filter(|name| match name {
        ObserverName::Peer(_) => false,
        ObserverName::Owner(user) => takes_part(*user),
        ObserverName::Thief => service.keys_can_be_stolen(),
        ObserverName::Authority => service.has_an_authority(),
        ObserverName::Public => service.design().report.made(),
        ObserverName::Opened(user) => takes_part(*user) && service.setup().track.contains(Tracked::Kept),
        _ => true,
    });
    once.filter_map(|name| Observer::named(&name, design).map(|eye| (name, eye))).collect()
}

/// Who keeps the log that the observer reads, by the word that designs use.
fn kept_by(design: &Design, eye: Observer) -> Option<&'static str> {
    let Observer::Log(log) = eye else { return None };
    design.logs.get(usize::from(log)).map(|log| match log.held_by {
        mailcover_model::design::Holder::Provider => "provider",
        mailcover_model::design::Holder::Carrier => "carrier",
    })
}

/// Which of the four sets an observer holds.
const fn set_of(eye: Observer) -> &'static str {
    match eye {
        Observer::ProviderStore | Observer::Opened(_) => "stored",
        Observer::Log(_) => "logged",
        Observer::Investigator => "disclosed",
        _ => "observed",
    }
}

fn derivations(replayed: &Replayed) -> Vec<Derivation> {
    let Some(run) = replayed.runs.first() else { return Vec::new() };
    let Some(last) = run.states.last() else { return Vec::new() };
    let learnt = ending::learnt(replayed, &run.service, last);
    let derived = |learnt: Learnt| {
        let steps = terms::derivation(run, &replayed.observers, learnt)?;
        Some(Derivation { message: learnt.message, of: learnt.said(), steps })
    };
    learnt.into_iter().filter_map(derived).collect()
}
