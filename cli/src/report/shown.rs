//! **What a report shows of a cell besides its result: the claim, the run, replayed and told, and the design's line.**

use super::place::{File, Place};
use super::result::{CellResult, Results};
use crate::engine::Found;
use crate::exit::Failure;
use crate::select::Chosen;
use mailcover_checker::Limits;
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::claim::Claim;
use mailcover_properties::finding::Finding;
use mailcover_traces::{Account, RunAccount, Step, TellOptions, Trace, account, replay, tell};
use std::sync::Arc;

/// How wide stories are told, in columns.
const WIDTH: usize = 100;

/// All that reports are made of.
pub(crate) struct Report<'a> {
    /// The results.
    pub(crate) results: &'a Results,
    /// The designs.
    pub(crate) designs: &'a [Chosen],
    /// The cells, in the order of the results.
    pub(crate) cells: Vec<Shown<'a>>,
}

/// A cell.
pub(crate) struct Shown<'a> {
    /// Its result.
    pub(crate) result: &'a CellResult,
    /// Its claim.
    pub(crate) claim: &'a Arc<Claim>,
    /// Where the design speaks of it.
    pub(crate) place: Place,
    /// The runs that show the verdict, replayed; `None` where none does.
    pub(crate) told: Option<Told>,
}

/// Runs, replayed.
pub(crate) struct Told {
    /// As data.
    pub(crate) account: Account,
    /// In prose.
    pub(crate) story: String,
}

impl<'a> Report<'a> {
    /// Gathers what reports show; `with_runs` says whether they show runs.
    pub(crate) fn of(
        results: &'a Results,
        designs: &'a [Chosen],
        cells: &'a [Cell],
        found: &Found,
        options: &Options,
        with_runs: bool,
    ) -> Result<Self, Failure> {
        let files: Vec<(&str, File)> =
            designs.iter().map(|one| (one.design.name.as_str(), File::of(&one.source))).collect();
        let options = Options { limits: Limits::default(), ..options.clone() };
        let shown = |((cell, finding), result): ((&'a Cell, &Finding), &'a CellResult)| {
            let file = files.iter().find(|(name, _)| *name == cell.design.name);
            let (_, file) =
                file.ok_or_else(|| Failure::internal("a cell is of no design that was chosen"))?;
            let place = file.place(&result.claim, &result.adversary);
            let told = if with_runs { told(cell, finding, &options)? } else { None };
            Ok(Shown { result, claim: &cell.claim, place, told })
        };
        let rows = cells.iter().zip(&found.findings).zip(&results.results);
        Ok(Self { results, designs, cells: rows.map(shown).collect::<Result<_, Failure>>()? })
    }
}

fn told(cell: &Cell, finding: &Finding, options: &Options) -> Result<Option<Told>, Failure> {
    let Some(trace) = Trace::of(cell, finding, options) else { return Ok(None) };
    let replayed = replay(&trace, false)?;
    let how = TellOptions { width: WIDTH, ..TellOptions::default() };
    Ok(Some(Told { account: account(&replayed), story: tell(&replayed, &how) }))
}

/// The steps of a run, each with its day where that is another than the last one's, and whether they go round.
pub(crate) fn steps(run: &RunAccount) -> Vec<String> {
    let mut last = None;
    let step = |step: &Step| {
        let day = if last == Some(step.day) { String::new() } else { format!("Day {}: ", step.day) };
        last = Some(step.day);
        format!("{day}{}", step.says)
    };
    let mut steps: Vec<String> = run.steps.iter().map(step).collect();
    if let Some(round) = run.round {
        steps.push(format!("And so on for ever, from step {} on.", (round + 1).min(steps.len().max(1))));
    }
    if steps.is_empty() {
        steps.push("Nothing happens at all.".to_owned());
    }
    steps
}
