//! **Findings kept from one check to the next, of the same program and the same question, and of nothing else.**
//!
//! A finding is kept under the hash of all that decides it: the program's own file, the hash of the sources that decide a
//! verdict, the resolved design, the claim, the adversary, the engine and the planted mistake. Another program does not
//! even look at it. Only what was decided is kept. What is taken out is marked as such in every result, and its runs are executed
//! again first. That a search was exhausted cannot be seen in a file: whoever can write into the folder can make a claim hold.

use crate::args::Engine;
use crate::exit::Failure;
use crate::report::result::MODEL;
use mailcover_properties::check::{Cell, Options, confirmed};
use mailcover_properties::finding::{Evidence, Finding, Recipe, Verdict};
use mailcover_traces::{folder_can_be_written, write_atomically};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The longest file that is read: the longest runs make a small part of it.
const MOST_BYTES: u64 = 4 << 20;

/// A folder of findings.
pub(crate) struct Cache {
    folder: PathBuf,
    /// The hash of the program's own file.
    program: String,
}

/// A finding as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    key: String,
    verdict: Verdict,
    reason: String,
    fact: String,
    formula: String,
    scope: String,
    states: usize,
    depth: usize,
    classes: Option<usize>,
    evidence: Evidence,
    exercised: Option<Recipe>,
    collision: f64,
}

impl Cache {
    /// The cache in this folder, which may not be there yet.
    pub(crate) fn open(folder: &Path) -> Result<Self, Failure> {
        folder_can_be_written(folder)?;
        let unreadable = |error| Failure::io(format!("this program's own file cannot be read: {error}"));
        let own = std::env::current_exe().and_then(std::fs::read).map_err(unreadable)?;
        Ok(Self { folder: folder.to_owned(), program: hex::encode(Sha256::digest(own)) })
    }

    /// What is known of each cell, in their order.
    pub(crate) fn known(&self, cells: &[Cell], options: &Options, engine: Engine) -> Vec<Option<Finding>> {
        cells.iter().map(|cell| self.finding(cell, options, engine)).collect()
    }

    /// What is known of the cell: nothing, if what is kept cannot be read or its runs do not show what it says.
    fn finding(&self, cell: &Cell, options: &Options, engine: Engine) -> Option<Finding> {
        let key = self.key(cell, options, engine)?;
        let file = self.file(&key);
        std::fs::metadata(&file).ok().filter(|file| file.is_file() && file.len() <= MOST_BYTES)?;
        let kept: Kept = serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?;
        if kept.key != key || !is_decided(kept.verdict) {
            return None;
        }
        let finding = Finding {
            fact: kept.fact,
            formula: kept.formula,
            scope: kept.scope,
            states: kept.states,
            depth: kept.depth,
            classes: kept.classes,
            evidence: kept.evidence,
            exercised: kept.exercised,
            collision: kept.collision,
            ..Finding::unanswered(kept.verdict, kept.reason)
        };
        confirmed(cell, &finding, options).is_ok().then_some(finding)
    }

    /// Keeps what was decided of a cell.
    pub(crate) fn keep(
        &self,
        cell: &Cell,
        finding: &Finding,
        options: &Options,
        engine: Engine,
    ) -> Result<(), Failure> {
        let Some(key) = self.key(cell, options, engine).filter(|_| is_decided(finding.verdict)) else {
            return Ok(());
        };
        let finding = finding.clone();
        let kept = Kept {
            key: key.clone(),
            verdict: finding.verdict,
            reason: finding.reason,
            fact: finding.fact,
            formula: finding.formula,
            scope: finding.scope,
            states: finding.states,
            depth: finding.depth,
            classes: finding.classes,
            evidence: finding.evidence,
            exercised: finding.exercised,
            collision: finding.collision,
        };
        let text = serde_json::to_string(&kept).map_err(|error| Failure::internal(error.to_string()))?;
        Ok(write_atomically(&self.file(&key), &text)?)
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }

    /// The hash of all that decides the finding of a cell.
    fn key(&self, cell: &Cell, options: &Options, engine: Engine) -> Option<String> {
        let flaw = options.flaw.map(|flaw| flaw.name());
        let parts = [
            serde_json::to_string(&*cell.design).ok()?,
            cell.claim.id.clone(),
            cell.question().adversary.clone(),
            cell.question.to_string(),
            engine.name().to_owned(),
            flaw.unwrap_or_default(),
            MODEL.to_owned(),
            self.program.clone(),
        ];
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(format!("{}\0{part}", part.len()));
        }
        Some(hex::encode(hash.finalize()))
    }
}

/// Whether a verdict says something that another search would say again.
const fn is_decided(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Holds | Verdict::Violated | Verdict::Vacuous)
}
