//! **What a page shows: results, claims, designs and traces, as data.**

use crate::results::Results;
use mailcover_model::design::library::{self, Mark};
use mailcover_model::design::{Design, ExpectedVerdict};
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::Cell;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use mailcover_traces::{Account, harmless};
use serde::Serialize;
use std::sync::Arc;

/// The version of the data that the renderer is given.
const BOOK: u32 = 1;

/// What a page shows.
#[derive(Debug, Clone, Serialize)]
pub struct Book {
    pub(crate) book: u32,
    /// What to call the page.
    pub title: String,
    /// Whether a server answers what else could happen.
    pub live: bool,
    /// Whether the results were checked; otherwise they are what is expected.
    pub checked: bool,
    /// What was unusual about the check, a sentence each.
    pub remarks: Vec<String>,
    /// The results.
    pub results: Vec<Row>,
    /// Earlier results to compare with.
    pub earlier: Option<Vec<Row>>,
    /// The claims.
    pub claims: Vec<Claimed>,
    /// The designs.
    pub designs: Vec<Designed>,
    /// The traces, replayed.
    pub traces: Vec<Account>,
}

/// A result in the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The design's name.
    pub design: String,
    /// The claim's name.
    pub claim: String,
    /// The adversary's name.
    pub adversary: String,
    /// The verdict.
    pub verdict: String,
    /// The verdict that was expected.
    pub expected: String,
    /// Whether it is as expected, or in the baseline.
    pub as_expected: bool,
    /// Whether it is not as expected, and a baseline excuses it.
    pub excused: bool,
    /// What it rests on.
    pub reason: String,
    /// Why the verdict was expected.
    pub because: String,
    /// The bounds of the search.
    pub scope: String,
    /// How many states were explored.
    pub states: u64,
    /// How many classes of states look the same.
    pub classes: Option<u64>,
    /// The claim as a sentence.
    pub sentence: String,
    /// The kind of claim.
    pub kind: Option<String>,
    /// The formula.
    pub formula: Option<String>,
    /// The number of its trace in the book.
    pub trace: Option<usize>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claimed {
    id: String,
    sentence: String,
    not_claimed: String,
    sources: Vec<String>,
    linddun: String,
    flaws: Vec<String>,
    less: Vec<String>,
}

/// A design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Designed {
    name: String,
    says: String,
    knobs: Vec<Knob>,
    adversaries: Vec<Named>,
}

/// A knob of a design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Knob {
    name: String,
    value: String,
    fact: bool,
    note: String,
}

/// An adversary of a design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Named {
    name: String,
    says: String,
}

impl Book {
    /// A book of results, with the traces that belong to them.
    #[must_use]
    pub fn of_results(results: &Results, designs: &[Arc<Design>], traces: Vec<Account>) -> Self {
        let mut remarks = Vec::new();
        if let Some(flaw) = &results.flaw {
            remarks.push(format!("A mistake was planted in the model on purpose: {}.", harmless(flaw)));
        }
        if !results.settings.is_empty() {
            let settings: Vec<String> = results.settings.iter().map(|setting| harmless(setting)).collect();
            remarks.push(format!("Knobs were set on the command line: {}.", settings.join(", ")));
        }
        let rows = rows(results, &traces);
        Self { remarks, checked: true, results: rows, ..Self::with(designs, traces) }
    }

    /// A book of a single trace.
    #[must_use]
    pub fn of_trace(design: &Arc<Design>, trace: Account) -> Self {
        let title = format!("{}, put to {}, in {}", trace.claim, trace.adversary, trace.design);
        let claim = trace.claim.clone();
        let mut book = Self { title, ..Self::with(std::slice::from_ref(design), vec![trace]) };
        book.claims.retain(|known| known.id == claim);
        book
    }

    /// A book of what is expected of these designs. Nothing of it was checked.
    #[must_use]
    pub fn of_expectations(designs: &[Arc<Design>]) -> Self {
        let rows = designs.iter().flat_map(|design| {
            claims::of(design).into_iter().flat_map(|claim| expected(design, &claim)).collect::<Vec<_>>()
        });
        Self { results: rows.collect(), ..Self::with(designs, Vec::new()) }
    }

    /// The same book, to be compared with earlier results.
    #[must_use]
    pub fn against(self, earlier: &Results) -> Self {
        Self { earlier: Some(rows(earlier, &[])), ..self }
    }

    fn with(designs: &[Arc<Design>], traces: Vec<Account>) -> Self {
        let mut claimed: Vec<Claimed> = Vec::new();
        for claim in designs.iter().flat_map(|design| claims::of(design)) {
            if claimed.iter().all(|known| known.id != claim.id) {
                claimed.push(sheet(&claim));
            }
        }
        Self {
            book: BOOK,
            title: "Mailcover: who can come to know what".to_owned(),
            live: false,
            checked: false,
            remarks: Vec::new(),
            results: Vec::new(),
            earlier: None,
            claims: claimed,
            designs: designs.iter().map(|design| designed(design)).collect(),
            traces,
        }
    }
}

fn rows(results: &Results, traces: &[Account]) -> Vec<Row> {
    let row = |stored: &crate::results::StoredRow| Row {
        trace: traces.iter().position(|trace| {
            trace.claim == stored.claim
                && trace.adversary == stored.adversary
                && trace.design == stored.design
        }),
        design: harmless(&stored.design),
        claim: harmless(&stored.claim),
        adversary: harmless(&stored.adversary),
        verdict: harmless(&stored.verdict),
        expected: harmless(&stored.expected),
        as_expected: stored.as_expected,
        excused: stored.baseline.as_deref() == Some("same"),
        reason: harmless(&stored.reason),
        because: harmless(&stored.because),
        scope: harmless(&stored.scope),
        states: stored.states,
        classes: stored.classes,
        sentence: harmless(&stored.sentence),
        kind: stored.kind.as_deref().map(harmless),
        formula: stored.formula.as_deref().map(harmless),
    };
    results.results.iter().map(row).collect()
}

/// What is expected of a claim in a design, for each adversary that the design has.
fn expected(design: &Arc<Design>, claim: &Arc<Claim>) -> Vec<Row> {
    Cell::of(design, claim)
        .into_iter()
        .filter_map(|cell| {
            let context = cell.context()?;
            let posed = (cell.question().pose)(&context);
            let verdict = match cell.expected() {
                ExpectedVerdict::Holds => "holds",
                ExpectedVerdict::Violated => "violated",
            };
            Some(Row {
                design: harmless(&design.name),
                claim: harmless(&claim.id),
                adversary: harmless(&cell.question().adversary),
                verdict: verdict.to_owned(),
                expected: verdict.to_owned(),
                as_expected: true,
                excused: false,
                reason: String::new(),
                because: harmless(&cell.question().because),
                scope: posed.scope.summary(),
                states: 0,
                classes: None,
                sentence: harmless(&claim.sentence),
                kind: Some(posed.ask.kind().to_owned()),
                formula: Some(harmless(&posed.ask.formula(&context.adversary.name))),
                trace: None,
            })
        })
        .collect()
}

fn sheet(claim: &Claim) -> Claimed {
    Claimed {
        id: harmless(&claim.id),
        sentence: harmless(&claim.sentence),
        not_claimed: harmless(&claim.not_claimed),
        sources: claim.sources.iter().map(|source| harmless(source)).collect(),
        linddun: claim.linddun.to_string(),
        flaws: claim.flaws.iter().copied().map(Flaw::name).collect(),
        less: claim.less.iter().map(|(lacks, reason)| harmless(&format!("{lacks}: {reason}"))).collect(),
    }
}

fn designed(design: &Design) -> Designed {
    let knobs = library::describe(design).unwrap_or_default().into_iter();
    let knobs = knobs.map(|knob| Knob {
        name: harmless(&knob.name),
        value: harmless(&knob.value),
        fact: matches!(knob.mark, Mark::Fact(_)),
        note: harmless(&knob.note),
    });
    let adversaries = design.adversary_names().into_iter().filter_map(|name| design.adversary(&name));
    Designed {
        name: harmless(&design.name),
        says: harmless(&design.says),
        knobs: knobs.collect(),
        adversaries: adversaries
            .map(|known| Named { name: harmless(&known.name), says: harmless(&known.says) })
            .collect(),
    }
}
