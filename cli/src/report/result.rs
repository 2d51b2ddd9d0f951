//! **The results of a check, as `--format json` prints them.**
//!
//! No field here is renamed or given another meaning without raising [`VERSION`]; fields may be added.

use super::word::Word;
use crate::args::Engine;
use crate::baseline::Known;
use crate::exit::Code;
use crate::expectation::Expected;
use crate::page::{count, sentence, thousands};
use bytesize::ByteSize;
use enumset::EnumSet;
use mailcover_checker::Limit;
use mailcover_model::design::ExpectedVerdict;
use mailcover_model::widening::Respect;
use mailcover_properties::check::Cell;
use mailcover_properties::finding::Finding;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the format.
pub(crate) const VERSION: u32 = 1;
/// The hash of the sources that decide a verdict.
pub(crate) const MODEL: &str = env!("MAILCOVER_MODEL_SHA256");

/// The results of one check.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Results of mailcover check")]
pub(crate) struct Results {
    /// The version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub(crate) version: u32,
    /// The version of the program.
    pub(crate) program: &'static str,
    /// The SHA-256 over the sources that decide a verdict, in hex.
    pub(crate) model_sha256: &'static str,
    /// A result for each claim, put to each adversary, in each design.
    pub(crate) results: Vec<CellResult>,
    /// Whether somebody interrupted the check, so that some results are inconclusive for that reason.
    pub(crate) partial: bool,
    /// Which part of the selected cells these are, such as `2/4`; null where they are all of them.
    pub(crate) shard: Option<String>,
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
    /// its own, and where the finding was kept from an earlier check.
    pub(crate) exploration: Option<usize>,
    /// How many classes of states look the same to the adversary; null for claims that are not about knowledge.
    pub(crate) classes: Option<usize>,
    /// Which search was used.
    pub(crate) engine: String,
    /// The file that the run was written to, if one was.
    pub(crate) trace: Option<String>,
    /// What the verdict rests on, in one sentence.
    pub(crate) reason: String,
    /// Whether it is as expected, or excused by the baseline; what is not may affect the exit code.
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
    /// The names of the actions of the runs that show it, without their parameters; null where no run does. Two attacks of
    /// one shape do the same with other people, devices or messages.
    pub(crate) shape: Option<String>,
    /// Whether it was kept from an earlier check of the same program, and not searched for in this one.
    pub(crate) cached: bool,
    /// What the baseline says of a result that is not as expected; null where it says nothing, or is not asked.
    pub(crate) baseline: Option<Known>,
    #[serde(skip)]
    pub(crate) code: Code,
}

impl CellResult {
    /// The result of a cell; its trace is written later.
    pub(crate) fn of(cell: &Cell, finding: &Finding, expected: Expected, engine: Engine) -> Self {
        let own = engine != Engine::Stateright;
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
            reason: finding.limit.map_or_else(|| sentence(&finding.reason), |limit| stopped(limit, engine)),
            as_expected: code == Code::AsExpected,
            because: sentence(&expected.because),
            expired: expected.expired,
            sentence: cell.claim.sentence.clone(),
            kind,
            formula: Some(finding.formula.clone()).filter(|formula| !formula.is_empty()),
            evidence: finding.evidence.kind().to_owned(),
            exercised: own.then_some(finding.exercised.is_some()),
            collision: finding.collision,
            shape: finding.evidence.shape(),
            cached: false,
            baseline: None,
            code,
        }
    }

    /// The verdict with its sign, and whether it is as it should be.
    pub(crate) fn said(&self) -> String {
        let said = format!("{} {}", self.verdict.sign(), self.verdict.said());
        if self.baseline == Some(Known::Same) {
            return format!("{said} (in the baseline)");
        }
        match (self.verdict, self.as_expected) {
            (Word::Holds | Word::NotApplicable, true) | (Word::Inconclusive | Word::Vacuous, _) => said,
            (Word::Violated, true) => format!("{said} (as expected)"),
            (Word::Holds | Word::Violated, false) if !self.excuse_expired() => format!("{said} (unexpected)"),
            (Word::Holds | Word::Violated | Word::NotApplicable, false) => format!("{said} (excuse expired)"),
        }
    }

    /// The same in fewer letters, for narrow tables: `expected` for a violation that is, and a sign of exclamation for what is
    /// not as it should be.
    pub(crate) fn said_shortly(&self) -> String {
        let sign = self.verdict.sign();
        if self.baseline == Some(Known::Same) {
            return format!("{sign} baseline");
        }
        match (self.verdict, self.as_expected) {
            (Word::Violated, true) => format!("{sign} expected"),
            (_, false) if self.excuse_expired() => format!("{sign} expired"),
            (verdict, false) => format!("{sign} {}!", verdict.said()),
            (verdict, true) => format!("{sign} {}", verdict.said()),
        }
    }

    /// How many states were searched for it; of a result that was kept, that none were.
    pub(crate) fn searched(&self) -> String {
        if self.cached { "cached".to_owned() } else { thousands(self.states) }
    }

    /// Whether it departs from what its claim expects, and an expectation of the design's that has expired excuses that no more.
    pub(crate) fn excuse_expired(&self) -> bool {
        matches!(self.code, Code::Violation | Code::NoViolation) && self.expired.is_some()
    }

    /// What it rests on, and what else was expected, in sentences.
    pub(crate) fn remarks(&self) -> Vec<String> {
        let mut remarks = vec![self.reason.clone()];
        if let Some(day) = &self.expired {
            remarks.push(format!(
                "The design's own expectation expired on {day} and excuses nothing any more; remove it."
            ));
        }
        if matches!(self.code, Code::Violation | Code::NoViolation) {
            let expected = match self.expected {
                ExpectedVerdict::Holds => "to hold",
                ExpectedVerdict::Violated => "to be violated",
            };
            remarks.push(format!("Expected {expected}: {}", self.because));
        }
        if self.baseline == Some(Known::Other) {
            remarks
                .push("The baseline knows another verdict here, or an attack of another shape.".to_owned());
        }
        remarks
    }
}

/// What a limit means for a claim, and what to do about it.
fn stopped(limit: Limit, engine: Engine) -> String {
    let narrower = "The longer and the less related the periods of a design, the longer its searches";
    match limit {
        Limit::States(most) => {
            format!(
                "The search reached {} before the claim was decided. Raise `--max-states`.",
                count(most, "state", "states")
            )
        }
        Limit::Depth(most) => {
            format!("The search went {most} actions deep before the claim was decided. Raise `--max-depth`.")
        }
        Limit::Time(most) => format!(
            "The search went on for {} before the claim was decided. Raise `--max-time`, or simplify. {narrower}.",
            humantime::format_duration(most)
        ),
        Limit::Memory(most) => {
            let other = match engine {
                Engine::Own => ", use `--engine timely`, which needs less,",
                Engine::Timely | Engine::Stateright => "",
            };
            format!(
                "The search filled {} before the claim was decided. Raise `--memory`{other} or simplify. {narrower}.",
                ByteSize::b(most as u64).display().iec()
            )
        }
        Limit::Interrupted => "The search was interrupted.".to_owned(),
        Limit::Enough => "The search ended early.".to_owned(),
    }
}
