//! **`check`: from a selection of cells to a table of verdicts, files beside it, and an exit code.**
//!
//! Whatever can be wrong with the command line or a file is found before the search begins. The table is printed even
//! if a file could not be written after it.

use crate::args::{CheckArgs, CheckFormat, Engine, FailArgs, FailOn, Shard, WhatArgs, Written};
use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::date;
use crate::engine::{self, Found};
use crate::exit::{Code, Failure};
use crate::expectation::{expected, none_is_stale};
use crate::page::{self, Page};
use crate::report::result::{CellResult, MODEL, Results, VERSION};
use crate::report::shown::Report;
use crate::report::word::Word;
use crate::report::{annotations, files, human};
use crate::select::{self, Chosen};
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, Options};
use mailcover_traces::can_be_written;
use std::path::Path;

/// Checks, prints and writes.
pub(crate) fn run(args: &CheckArgs) -> Result<Page, Failure> {
    let designs = select::designs(&args.of.named(), &args.what.settings)?;
    let mut cells = select::cells(&designs, &args.what)?;
    let applies = |cells: &[Cell]| cells.iter().any(|cell| cell.inapplicable().is_none());
    let of_something = applies(&cells);
    if let Some(shard) = args.fail.shard {
        cells = select::part(cells, shard)?;
    }
    let spared = of_something && !applies(&cells);
    engine_takes(args)?;
    let today = date::today(args.of.today)?;
    none_is_stale(&designs, &args.what.settings)?;
    let expectations = cells.iter().map(|cell| expected(cell, today)).collect::<Result<Vec<_>, _>>()?;
    let baseline = baseline(&args.fail, &designs)?;
    let mut read: Vec<(&str, &Path)> =
        designs.iter().map(|of| ("the design", Path::new(&of.named))).collect();
    read.retain(|(_, path)| path.exists());
    read.extend(args.files.against.iter().map(|file| ("--against", file.as_path())));
    read.extend(args.fail.baseline.iter().map(|file| ("--baseline", file.as_path())));
    files::can_all_be_written(&args.files, &read)?;
    let cache = args.cache.as_deref().map(Cache::open).transpose()?;
    let earlier = args.files.against.as_deref().map(super::browse::results).transpose()?;

    let mut options = engine::options(&args.what, &args.limits);
    let (found, cached, unkept) = searched(&cells, &mut options, args.engine, cache.as_ref())?;
    let outcomes = cells.iter().zip(&found.findings).zip(expectations).zip(cached);
    let rows = outcomes.map(|(((cell, finding), expected), cached)| CellResult {
        cached,
        ..CellResult::of(cell, finding, expected, args.engine)
    });
    let mut results = gathered(rows.collect(), &args.what, args.fail.shard, found.interrupted);

    let mut failures = match &args.files.traces {
        Some(directory) => files::write_traces(directory, &cells, &found, &options, &mut results.results),
        None => Vec::new(),
    };
    failures.extend(unkept);
    let updated = match &args.fail.baseline {
        Some(file) if args.fail.update_baseline && !results.partial => {
            let text = baseline.updated(&results.results, &designs)?;
            Baseline::parse(&text, "the baseline")?.excuse(&mut results.results);
            Some((file.as_path(), text))
        }
        _ => {
            baseline.excuse(&mut results.results);
            None
        }
    };
    if args.fail.update_baseline && updated.is_none() {
        let sentence = "the check was interrupted, so the baseline stays as it was".to_owned();
        failures.push(Failure { code: Code::Interrupted, sentence });
    }
    let text = match args.format {
        CheckFormat::Human => human::table(&results, &designs),
        CheckFormat::Json => page::json(&results)?,
        CheckFormat::Github => String::new(),
    };
    let annotated = args.format == CheckFormat::Github;
    let with_runs = annotated || args.files.files().any(|(kind, _)| kind != Written::Json);
    let report = Report::of(&results, &designs, &cells, &found, &options, with_runs)?;
    failures.extend(files::write(&args.files, &report, earlier.as_ref(), updated));
    let text = if annotated { annotations::annotations(&report) } else { text };
    Ok(Page { text, failures, code: code(&results, &args.fail, spared) })
}

/// A finding for each cell, whether it was taken from the cache rather than searched for, and why what was searched for
/// could not be kept.
fn searched(
    cells: &[Cell],
    options: &mut Options,
    engine: Engine,
    cache: Option<&Cache>,
) -> Result<(Found, Vec<bool>, Option<Failure>), Failure> {
    let Some(cache) = cache else {
        return Ok((engine::run(cells, options, engine)?, vec![false; cells.len()], None));
    };
    let known = cache.known(cells, options, engine);
    let cached: Vec<bool> = known.iter().map(Option::is_some).collect();
    let unknown = cells.iter().zip(&known).filter(|(_, known)| known.is_none());
    let open: Vec<Cell> = unknown.map(|(cell, _)| cell.clone()).collect();
    let found = engine::run(&open, options, engine)?;
    let mut kept =
        open.iter().zip(&found.findings).map(|(cell, finding)| cache.keep(cell, finding, options, engine));
    let unkept = kept.find_map(Result::err);
    drop(kept);
    let mut new = found.findings.into_iter();
    let findings = known.into_iter().filter_map(|known| known.or_else(|| new.next())).collect();
    Ok((Found { findings, ..found }, cached, unkept))
}

/// The baseline that was named; an empty one where none was, or where it is to be written first.
fn baseline(args: &FailArgs, designs: &[Chosen]) -> Result<Baseline, Failure> {
    let Some(file) = &args.baseline else { return Ok(Baseline::default()) };
    if args.update_baseline {
        can_be_written(file)?;
        if !file.exists() {
            return Ok(Baseline::default());
        }
        return Baseline::read(file);
    }
    let baseline = Baseline::read(file)?;
    baseline.exists(file, designs)?;
    Ok(baseline)
}

/// The results, with what is common to all of them.
pub(crate) fn gathered(
    results: Vec<CellResult>,
    what: &WhatArgs,
    shard: Option<Shard>,
    partial: bool,
) -> Results {
    Results {
        version: VERSION,
        program: env!("CARGO_PKG_VERSION"),
        model_sha256: MODEL,
        results,
        partial,
        shard: shard.map(|shard| shard.to_string()),
        flaw: what.flaw.map(Flaw::name),
        settings: what.settings.clone(),
        widened: what.widen,
        widened_in: what.widening().respects,
    }
}

fn engine_takes(args: &CheckArgs) -> Result<(), Failure> {
    let refused = |sentence: &str| Err(Failure::input(sentence));
    match args.engine {
        Engine::Stateright if args.limits.any() => {
            refused("stateright's search takes no limits; leave them out, or use `--engine own`")
        }
        Engine::Stateright if args.cache.is_some() => refused(
            "stateright's search keeps no runs by which a kept finding could be confirmed; leave out --cache, or use `--engine own`",
        ),
        _ => Ok(()),
    }
}

/// How a check with these results ends. `spared` says that it is a part without anything to check, of a whole that has
/// something.
pub(crate) fn code(results: &Results, args: &FailArgs, spared: bool) -> Code {
    let mut codes: Vec<Code> = results.results.iter().map(|row| row.code).collect();
    codes.retain(|code| counts(*code, args));
    if results.partial {
        codes.push(Code::Interrupted);
    }
    if !spared && results.results.iter().all(|row| row.verdict == Word::NotApplicable) {
        codes.push(Code::Nothing);
    }
    Code::gravest(&codes)
}

/// Whether the code of a result affects that of the program.
fn counts(code: Code, args: &FailArgs) -> bool {
    let word = match code {
        Code::Violation => FailOn::Violated,
        Code::Vacuous => FailOn::Vacuous,
        Code::NoViolation => FailOn::Xpass,
        Code::Inconclusive => return !args.exit_zero,
        _ => return true,
    };
    !args.exit_zero && (args.fail_on.is_empty() || args.fail_on.contains(&word))
}
