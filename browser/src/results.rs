//! **Results that `mailcover check --json` wrote, as far as a page shows them.**

use enumset::EnumSet;
use mailcover_model::widening::Respect;
use mailcover_traces::{Account, harmless, respects};
use serde::Deserialize;
use serde_json::Value;

/// The longest file of results that is read.
pub const MAX_RESULTS: usize = 64 << 20;

/// The version of results that is read.
const VERSION: u64 = 1;

/// Results of a check.
#[derive(Debug, Clone, Deserialize)]
pub struct Results {
    /// The version of the format.
    pub version: u64,
    /// A result for each claim, put to each adversary, in each design.
    pub results: Vec<StoredRow>,
    /// The deliberate mistake that was planted.
    #[serde(default)]
    pub flaw: Option<String>,
    /// The knobs that were set on the command line.
    #[serde(default)]
    pub settings: Vec<String>,
    /// Whether the check was interrupted.
    #[serde(default)]
    pub partial: bool,
    /// Which part of the selected cells these are, such as `2/4`; `None` where they are all of them.
    #[serde(default)]
    pub shard: Option<String>,
    /// By how much the bounds of the scopes were raised.
    #[serde(default)]
    pub widened: u8,
    /// In which respects they were raised.
    #[serde(default)]
    pub widened_in: EnumSet<Respect>,
}

/// A result.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct StoredRow {
    /// The design's name.
    pub design: String,
    /// The claim's name.
    pub claim: String,
    /// The adversary's name.
    pub adversary: String,
    /// The verdict.
    pub verdict: String,
    /// The verdict that was expected.
    #[serde(default)]
    pub expected: String,
    /// Whether nothing about this result affects the exit code.
    #[serde(default)]
    pub as_expected: bool,
    /// What a baseline says of it: `same` where that excuses it.
    #[serde(default)]
    pub baseline: Option<String>,
    /// What the verdict rests on.
    #[serde(default)]
    pub reason: String,
    /// Why the verdict was expected.
    #[serde(default)]
    pub because: String,
    /// The bounds of the search.
    #[serde(default)]
    pub scope: String,
    /// How many states were explored.
    #[serde(default)]
    pub states: u64,
    /// Whether it was kept from an earlier check rather than searched for.
    #[serde(default)]
    pub cached: bool,
    /// How many classes of states look the same.
    #[serde(default)]
    pub classes: Option<u64>,
    /// The claim, as a sentence.
    #[serde(default)]
    pub sentence: String,
    /// The kind of claim.
    #[serde(default)]
    pub kind: Option<String>,
    /// The formula.
    #[serde(default)]
    pub formula: Option<String>,
    /// What shows the verdict, by the word of the results; empty where they do not say.
    #[serde(default)]
    pub evidence: String,
    /// The file that the run was written to.
    #[serde(default)]
    pub trace: Option<String>,
}

/// Why a file of results was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResultsError {
    /// The text is no JSON, or says something else.
    #[error(
        "{file}:{line}: these are no results: {message}; name a file that `mailcover check --json FILE` wrote"
    )]
    Syntax {
        /// Which file.
        file: String,
        /// In which line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The results are of another version.
    #[error(
        "{file}: the results have version {found}, and this program reads version {VERSION}; check again with this program"
    )]
    OtherVersion {
        /// Which file.
        file: String,
        /// The version in the file.
        found: u64,
    },
    /// The trace that a result names shows something else.
    #[error(
        "{file}: of {row} it says {said}, and the trace {trace:?} that it names says {found}; check again with both \
         --json and --traces"
    )]
    OtherTrace {
        /// Which file.
        file: String,
        /// Which result.
        row: String,
        /// What the result says.
        said: String,
        /// The file of the trace.
        trace: String,
        /// What the trace says.
        found: String,
    },
}

impl Results {
    /// Reads results.
    ///
    /// # Errors
    /// When the bytes are no results of this version.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self, ResultsError> {
        #[derive(Deserialize)]
        struct Header {
            version: u64,
        }
        if let Ok(Header { version }) = serde_json::from_slice::<Header>(bytes)
            && version != VERSION
        {
            return Err(ResultsError::OtherVersion { file: file.to_owned(), found: version });
        }
        serde_json::from_slice(bytes).map_err(|error| {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = message.strip_suffix(&place).unwrap_or(&message);
            let message = mailcover_traces::harmless(message);
            ResultsError::Syntax { file: file.to_owned(), line: error.line(), message }
        })
    }

    /// What is unusual about the check, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.partial {
            remarks.push("Partial: the check was interrupted.".to_owned());
        }
        if let Some(shard) = &self.shard {
            remarks.push(format!("Part {} of the selected cells.", harmless(shard)));
        }
        if let Some(flaw) = &self.flaw {
            remarks.push(format!("A mistake was planted in the model on purpose: {}.", harmless(flaw)));
        }
        if !self.settings.is_empty() {
            let settings: Vec<String> = self.settings.iter().map(|setting| harmless(setting)).collect();
            remarks.push(format!("Knobs were set on the command line: {}.", settings.join(", ")));
        }
        let cached = self.results.iter().filter(|row| row.cached).count();
        if cached > 0 {
            let of = self.results.len();
            remarks.push(format!(
                "Of {of} findings {cached} were kept from an earlier check of the same program, and not searched for again."
            ));
        }
        if self.widened > 0 {
            remarks.push(format!("With bounds raised by {}: {}.", self.widened, respects(self.widened_in)));
        }
        remarks
    }

    /// Whether the bytes look like results rather than a trace.
    #[must_use]
    pub fn looks_like(bytes: &[u8]) -> bool {
        serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get("results").is_some())
    }
}

impl StoredRow {
    /// Whether a run shows the verdict, which was written to a file where somebody asked for that.
    pub(crate) fn has_run(&self) -> bool {
        let decided = matches!(self.verdict.as_str(), "holds" | "violated");
        decided && matches!(self.evidence.as_str(), "run" | "lasso" | "twin" | "class")
    }

    /// Whether this is the run that the result names as its own: of the same claim, adversary and design, with the same
    /// verdict.
    ///
    /// # Errors
    /// When it is not, with the first thing in which they differ; `file` is that of the results.
    pub fn is_shown_by(&self, run: &Account, file: &str) -> Result<(), ResultsError> {
        let pairs = [
            ("the claim", &self.claim, &run.claim),
            ("the adversary", &self.adversary, &run.adversary),
            ("the design", &self.design, &run.design),
            ("the verdict", &self.verdict, &run.verdict),
        ];
        let differs = pairs.into_iter().find(|(_, said, found)| harmless(said) != **found);
        let Some((what, said, found)) = differs else { return Ok(()) };
        Err(ResultsError::OtherTrace {
            file: file.to_owned(),
            row: harmless(&format!("{}, put to {}, in {}", self.claim, self.adversary, self.design)),
            said: format!("{what} {}", harmless(said)),
            trace: harmless(self.trace.as_deref().unwrap_or_default()),
            found: found.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> Results {
        let text = format!(r#"{{"version":1,"results":[]{fields}}}"#);
        Results::read(text.as_bytes(), "r.json").expect("they are results")
    }

    #[test]
    fn whatever_was_unusual_about_a_check_is_a_remark() {
        for (fields, wanted) in [
            ("", None),
            (r#","widened":0,"widened_in":[]"#, None),
            (r#","partial":true"#, Some("Partial: the check was interrupted.")),
            (r#","shard":"1/3""#, Some("Part 1/3 of the selected cells.")),
            (r#","widened":1,"widened_in":["past"]"#, Some("With bounds raised by 1: those of its past.")),
            (r#","flaw":"reused-key""#, Some("A mistake was planted in the model on purpose: reused-key.")),
            (r#","settings":["a=1","b=2"]"#, Some("Knobs were set on the command line: a=1, b=2.")),
        ] {
            let remarks = read(fields).remarks();
            assert_eq!(remarks.iter().map(String::as_str).collect::<Vec<_>>(), Vec::from_iter(wanted));
        }
    }

    #[test]
    fn what_was_kept_is_a_remark() {
        let mut results = read("");
        results.results =
            [false, true].map(|cached| StoredRow { cached, ..StoredRow::default() }).into_iter().collect();
        assert!(
            results.remarks().concat().starts_with("Of 2 findings 1 were kept"),
            "{:?}",
            results.remarks()
        );
    }
}
