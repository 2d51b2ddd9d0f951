//! **Results that `mailcover check --json` wrote, as far as a page shows them.**

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

    /// Whether the bytes look like results rather than a trace.
    #[must_use]
    pub fn looks_like(bytes: &[u8]) -> bool {
        serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value.get("results").is_some())
    }
}
