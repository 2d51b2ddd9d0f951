//! **The file: a question, the design that it is put to, and a recipe of named actions.**
//!
//! A trace stores nothing that replay can compute. Its id is a hash of all the rest, and the design carries a hash of
//! its own, so that a trace which was changed by hand, or cut off, is noticed before anything is replayed.

use crate::error::TraceError;
use enumset::EnumSet;
use mailcover_model::design::Design;
use mailcover_model::flaw::Flaw;
use mailcover_model::widening::{Respect, Widening};
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::claims;
use mailcover_properties::finding::{Evidence, Finding, Verdict};
use mailcover_properties::frontier::{also_put_to, question_of_party};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The version of the format.
pub const FORMAT: u32 = 1;

/// The longest file that is read.
pub const MAX_BYTES: usize = 4 << 20;

/// A stored run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// The version of the format.
    pub format: u32,
    /// The claim's name.
    pub claim: String,
    /// The claim in one sentence.
    pub sentence: String,
    /// The adversary whom it was put to.
    pub adversary: String,
    /// The claim's kind.
    pub kind: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The fact that the evidence is about, as a clause.
    pub fact: String,
    /// The formula that was checked.
    pub formula: String,
    /// The scope in a few words.
    pub scope: String,
    /// The mistake that was planted, if any.
    pub flaw: Option<Flaw>,
    /// By how much bounds of the scope were raised.
    pub widen: u8,
    /// In which respects; in all where it is not said.
    #[serde(default = "EnumSet::all", skip_serializing_if = "in_all_respects")]
    #[schemars(with = "Vec<Respect>")]
    pub widen_in: EnumSet<Respect>,
    /// Whether nothing was sliced away.
    pub whole: bool,
    /// The design, with no knob left open.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub design: Design,
    /// The SHA-256 of the design's canonical JSON, in hex.
    pub design_sha256: String,
    /// What the verdict rests on.
    pub evidence: Evidence,
    /// The SHA-256 of all the rest, in hex.
    pub id: String,
}

impl Trace {
    /// The trace of a finding; `None` when its evidence holds no run that this format could replay.
    #[must_use]
    pub fn of(cell: &Cell, finding: &Finding, options: &Options) -> Option<Self> {
        let decided = matches!(finding.verdict, Verdict::Holds | Verdict::Violated);
        if !decided || finding.evidence.recipes().is_empty() || options.calendar.is_some() {
            return None;
        }
        let posed = (cell.question().pose)(&cell.context()?);
        let mut trace = Self {
            format: FORMAT,
            claim: cell.claim.id.clone(),
            sentence: cell.claim.sentence.clone(),
            adversary: cell.question().adversary.clone(),
            kind: posed.ask.kind().to_owned(),
            verdict: finding.verdict,
            fact: finding.fact.clone(),
            formula: finding.formula.clone(),
            scope: finding.scope.clone(),
            flaw: options.flaw,
            widen: options.widening.by,
            widen_in: if options.widening.by == 0 { EnumSet::all() } else { options.widening.respects },
            whole: options.whole,
            design: (*cell.design).clone(),
            design_sha256: design_hash(&cell.design),
            evidence: finding.evidence.clone(),
            id: String::new(),
        };
        trace.id = trace.hash();
        Some(trace)
    }

    /// Reads a trace: its length first, then its text, its syntax, its version, its hashes.
    ///
    /// # Errors
    /// When the bytes are no trace of this version, or were changed since they were written.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self, TraceError> {
        read::read(bytes, file)
    }

    /// The trace as JSON, the same for equal traces.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// A name for the file: design, claim and adversary, in safe characters only.
    #[must_use]
    pub fn file_name(&self) -> String {
        let safe = |text: &str| -> String {
            let kept = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
            text.chars().take(60).map(kept).collect()
        };
        format!("{}--{}--{}.json", safe(&self.design.name), safe(&self.claim), safe(&self.adversary))
    }

    /// The claim, put to the adversary in the design.
    ///
    /// # Errors
    /// When this program knows no such claim, or the claim is not put to that adversary.
    pub fn cell(&self) -> Result<Cell, TraceError> {
        let claims = claims::of(&self.design);
        let claim = claims.into_iter().find(|claim| claim.id == self.claim);
        let claim = claim.ok_or_else(|| TraceError::Unknown {
            what: format!("the claim {:?}", self.claim),
            remedy: "`mailcover claims` lists the claims that it knows".to_owned(),
        })?;
        let design = Arc::new(self.design.clone());
        if let Some(question) =
            claim.questions.iter().position(|question| question.adversary == self.adversary)
        {
            return Ok(Cell { design, claim, question });
        }
        // A party of a frontier is an adversary of the design, and its name says which question is put to it.
        let known = design.adversaries.iter().any(|known| known.name == self.adversary);
        let asked =
            question_of_party(&self.adversary).filter(|&asked| known && asked < claim.questions.len());
        let asked = asked.ok_or_else(|| TraceError::Unknown {
            what: format!("the adversary {:?}", self.adversary),
            remedy: format!("the claim {} is put to others", self.claim),
        })?;
        let (claim, question) = also_put_to(&claim, asked, &self.adversary);
        Ok(Cell { design, claim: Arc::new(claim), question })
    }

    /// The trace with other evidence, and the id that belongs to it.
    pub(crate) fn with(&self, evidence: Evidence) -> Self {
        let mut changed = Self { evidence, ..self.clone() };
        changed.id = changed.hash();
        changed
    }

    /// How the claim was checked.
    #[must_use]
    pub fn options(&self) -> Options {
        let widening = Widening { by: self.widen, respects: self.widen_in };
        Options { flaw: self.flaw, widening, whole: self.whole, ..Options::default() }
    }

    /// The hash of everything but the id.
    pub(crate) fn hash(&self) -> String {
        sha256(&Self { id: String::new(), ..self.clone() })
    }
}

fn in_all_respects(respects: &EnumSet<Respect>) -> bool {
    *respects == EnumSet::all()
}

/// The SHA-256 of a resolved design's JSON, in hex.
#[must_use]
pub fn design_hash(design: &Design) -> String {
    sha256(design)
}

/// The hash of a value's JSON, without blanks, its fields in the order of the format.
fn sha256(value: &impl Serialize) -> String {
    hex::encode(Sha256::digest(serde_json::to_vec(value).unwrap_or_default()))
}

mod read;
