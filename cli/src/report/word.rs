//! **The words and signs of verdicts, for people and for programs.**

use mailcover_properties::finding::Verdict;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
