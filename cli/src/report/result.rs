//! **The results of a check, as `--format json` prints them.**
//!
//! No field here is renamed or given another meaning without raising [`VERSION`]; fields may be added.

use crate::exit::Code;
use crate::expectation::Expected;
use crate::page::{sentence, thousands};
use bytesize::ByteSize;
use enumset::EnumSet;
use mailcover_checker::Limit;
use mailcover_model::design::ExpectedVerdict;
use mailcover_model::widening::Respect;
use mailcover_properties::check::Cell;
use mailcover_properties::finding::{Finding, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the format.
pub(crate) const VERSION: u32 = 1;

/// The results of one check.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Results of mailcover check")]
pub(crate) struct Results {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub(crate) version: u32,
    /// A result for each claim, put to each adversary, in each design.
    pub(crate) results: Vec<CellResult>,
    /// Whether somebody interrupted the check, so that some results are inconclusive for that reason.
    pub(crate) partial: bool,
    /// The deliberate mistake that was planted.
    pub(crate) flaw: Option<String>,
    /// The knobs that were set on the command line.
    pub(crate) settings: Vec<String>,
    /// By how much the bounds of the scopes were raised.
    pub(crate) widened: u8,
    /// In which respects they were raised: none where they were not.
    #[schemars(with = "Vec<Respect>")]
    pub(crate) widened_in: EnumSet<Respect>,
}

/// What was found of a claim, put to an adversary, in a design.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct CellResult {
    /// The design's name.
    pub(crate) design: String,
    /// The claim's name.
    pub(crate) claim: String,
    /// The adversary's name.
    pub(crate) adversary: String,
    /// The bounds of the search, in a few words; empty where nothing was searched.
    pub(crate) scope: String,
    /// The verdict.
    pub(crate) verdict: Word,
    /// The verdict that was expected.
    pub(crate) expected: ExpectedVerdict,
    /// How many states were explored.
    pub(crate) states: usize,
    /// How many actions the farthest state is away from an initial one; null where the engine does not say.
    pub(crate) depth: Option<usize>,
    /// Which exploration of this run that was; results with the same number share their states. Null where each cell has
    /// its own.
    pub(crate) exploration: Option<usize>,
    /// How many classes of states look the same to the adversary; null for claims that are not about knowledge.
    pub(crate) classes: Option<usize>,
    /// Which search was used.
    pub(crate) engine: String,
    /// The file that the run was written to, if one was.
    pub(crate) trace: Option<String>,
    /// What the verdict rests on, in one sentence.
    pub(crate) reason: String,
    /// Whether nothing about this result affects the exit code.
    pub(crate) as_expected: bool,
    /// Why that verdict was expected.
    pub(crate) because: String,
    /// The last day of the design's own expectation, if that is past; it then excuses nothing.
    pub(crate) expired: Option<String>,
    /// The claim, as a sentence.
    pub(crate) sentence: String,
    /// The kind of claim; null where it could not be put.
    pub(crate) kind: Option<String>,
    /// The formula that was checked; null where none was.
    pub(crate) formula: Option<String>,
    /// What shows the verdict: `run`, `lasso`, `twin`, `class`, or `closure` for the exhausted search alone.
    pub(crate) evidence: String,
    /// Whether the claim's interesting case was reached; null where the engine does not keep the run.
    pub(crate) exercised: Option<bool>,
    /// At most this is the probability that the search took two different states, or views, for one. It is 0 where all were
    /// compared in full.
    pub(crate) collision: f64,
    #[serde(skip)]
    pub(crate) code: Code,
}

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Word {
    /// The search was exhausted within its scope, and the claim is true there.
    Holds,
    /// The claim is false, and a run or an exhausted class shows it.
    Violated,
    /// The claim's interesting case was never reached.
    Vacuous,
    /// A limit was reached before the claim was decided.
    Inconclusive,
    /// The claim does not speak of this design.
    NotApplicable,
}

impl Word {
    /// The word as people read it.
    pub(crate) const fn said(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Violated => "violated",
            Self::Vacuous => "vacuous",
            Self::Inconclusive => "inconclusive",
            Self::NotApplicable => "not applicable",
        }
    }

    /// The sign before it.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Holds => "✓",
            Self::Violated => "✗",
            Self::Vacuous => "○",
            Self::Inconclusive => "?",
            Self::NotApplicable => "–",
        }
    }
}

impl From<Verdict> for Word {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Holds => Self::Holds,
            Verdict::Violated => Self::Violated,
            Verdict::Vacuous => Self::Vacuous,
            Verdict::Inconclusive => Self::Inconclusive,
            Verdict::NotApplicable => Self::NotApplicable,
        }
    }
}

impl CellResult {
    /// The result of a cell; its trace is written later.
    pub(crate) fn of(
        cell: &Cell,
        finding: &Finding,
        expected: Expected,
        engine: crate::args::Engine,
    ) -> Self {
        let own = engine != crate::args::Engine::Stateright;
        let kind = cell.context().map(|context| (cell.question().pose)(&context).ask.kind().to_owned());
        let code = crate::expectation::code(finding, &expected);
        Self {
            design: cell.design.name.clone(),
            claim: cell.claim.id.clone(),
            adversary: cell.question().adversary.clone(),
            scope: finding.scope.clone(),
            verdict: finding.verdict.into(),
            expected: expected.verdict,
            states: finding.states,
            exploration: finding.exploration,
            depth: own.then_some(finding.depth),
            classes: finding.classes,
            engine: engine.name().to_owned(),
            trace: None,
            reason: finding.limit.map_or_else(|| sentence(&finding.reason), stopped),
            as_expected: code == Code::AsExpected,
            because: sentence(&expected.because),
            expired: expected.expired,
            sentence: cell.claim.sentence.clone(),
            kind,
            formula: Some(finding.formula.clone()).filter(|formula| !formula.is_empty()),
            evidence: finding.evidence.kind().to_owned(),
            exercised: own.then_some(finding.exercised.is_some()),
            collision: finding.collision,
            code,
        }
    }
}

/// What a limit means for a claim, and what to do about it.
fn stopped(limit: Limit) -> String {
    let narrower = "The longer and the less related the periods of a design, the longer its searches";
    match limit {
        Limit::States(most) => {
            format!(
                "The search reached {} states before the claim was decided. Raise `--max-states`.",
                thousands(most)
            )
        }
        Limit::Depth(most) => {
            format!("The search went {most} actions deep before the claim was decided. Raise `--max-depth`.")
        }
        Limit::Time(most) => format!(
            "The search went on for {} before the claim was decided. Raise `--max-time`, or simplify. {narrower}.",
            humantime::format_duration(most)
        ),
        Limit::Memory(most) => format!(
            "The search filled {} before the claim was decided. Raise `--memory`, use `--engine timely`, which needs \
             less, or simplify. {narrower}.",
            ByteSize::b(most as u64).display().iec()
        ),
        Limit::Interrupted => "The search was interrupted.".to_owned(),
        Limit::Enough => "The search ended early.".to_owned(),
    }
}
