//! **What a page shows: results, claims, designs and traces, as data.**

use crate::results::{Results, StoredRow};
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
    /// A book of results, and for each of them, in their order, the run that shows it, where it is there; the caller has
    /// made sure that it is this result's ([`StoredRow::is_shown_by`]).
    #[must_use]
    pub fn of_results(results: &Results, designs: &[Arc<Design>], runs: Vec<Option<Account>>) -> Self {
        let mut remarks = results.remarks();
        let runs = runs.into_iter().chain(std::iter::repeat(None));
        let mut traces = Vec::new();
        let mut rows = rows(results);
        let mut missing = 0;
        for ((row, stored), run) in rows.iter_mut().zip(&results.results).zip(runs) {
            row.trace = run.is_some().then_some(traces.len());
            missing += usize::from(run.is_none() && stored.has_run());
            traces.extend(run);
        }
        remarks.extend((missing > 0).then(|| unopened(missing)));
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
        Self { earlier: Some(rows(earlier)), ..self }
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

/// That so many results cannot be opened, and what would have let them.
fn unopened(missing: usize) -> String {
    let of = if missing == 1 {
        "The run of 1 result is".to_owned()
    } else {
        format!("The runs of {missing} results are")
    };
    format!(
        "{of} not here: a check writes runs beside its results where `--traces DIRECTORY` is given with `--json`."
    )
}

/// The results as rows, none with a run yet.
fn rows(results: &Results) -> Vec<Row> {
    let row = |stored: &StoredRow| Row {
        trace: None,
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

#[cfg(test)]
mod tests {
    use super::*;
    use mailcover_traces::{Trace, account, replay};

    fn run(name: &str) -> Account {
        let file = format!("{}/../traces/gallery/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(&file).expect("the gallery has it");
        account(&replay(&Trace::read(&bytes, &file).expect("it is a trace"), false).expect("it replays"))
    }

    /// The result that this run shows.
    fn stored(run: &Account) -> StoredRow {
        StoredRow {
            design: run.design.clone(),
            claim: run.claim.clone(),
            adversary: run.adversary.clone(),
            verdict: run.verdict.clone(),
            evidence: run.evidence.clone(),
            ..StoredRow::default()
        }
    }

    fn results(rows: Vec<StoredRow>) -> Results {
        let mut results =
            Results::read(br#"{"version":1,"results":[]}"#, "r.json").expect("they are results");
        results.results = rows;
        results
    }

    #[test]
    fn a_result_is_opened_by_the_run_that_it_names_and_by_no_other() {
        let text = run("the-carrier-reads-the-sms");
        // Of these three, which are put alike, only the second names the run.
        let rows = results(vec![stored(&text), stored(&text), stored(&text)]);
        let book = Book::of_results(&rows, &[], vec![None, Some(text.clone()), None]);
        let traces: Vec<Option<usize>> = book.results.iter().map(|row| row.trace).collect();
        assert_eq!(traces, [None, Some(0), None]);
        assert_eq!(book.remarks.len(), 1, "{:?}", book.remarks);
        assert!(book.remarks[0].starts_with("The runs of 2 results are not here"), "{:?}", book.remarks);
        let book = Book::of_results(&results(vec![stored(&text)]), &[], vec![Some(text)]);
        assert!(book.remarks.is_empty(), "{:?}", book.remarks);
    }

    #[test]
    fn a_run_with_another_verdict_is_not_the_results_own() {
        let text = run("the-carrier-reads-the-sms");
        assert!(stored(&text).is_shown_by(&text, "r.json").is_ok());
        let other =
            StoredRow { verdict: "holds".to_owned(), trace: Some("t.json".to_owned()), ..stored(&text) };
        let refused = other.is_shown_by(&text, "r.json").map_err(|error| error.to_string());
        let wanted = format!(
            "r.json: of {}, put to {}, in {} it says the verdict holds, and the trace \"t.json\" that it names says \
             violated; check again with both --json and --traces",
            text.claim, text.adversary, text.design
        );
        assert_eq!(refused, Err(wanted));
        assert!(stored(&run("a-row-places-the-device")).is_shown_by(&text, "r.json").is_err());
    }
}
