//! **`check`: from a selection of cells to a table of verdicts, files beside it, and an exit code.**
//!
//! Whatever can be wrong with the command line or a file is found before the search begins. The table is printed even
//! if a file could not be written after it.

use crate::args::{CheckArgs, CheckFormat, Engine, LimitArgs, WhatArgs};
use crate::date;
use crate::engine;
use crate::exit::{Code, Failure};
use crate::expectation::expected;
use crate::page::{self, Page};
use crate::report::result::{CellResult, Results, VERSION};
use crate::report::shown::Report;
use crate::report::word::Word;
use crate::report::{annotations, files, human};
use crate::select;
use mailcover_model::flaw::Flaw;

/// Checks, prints and writes.
pub(crate) fn run(args: &CheckArgs) -> Result<Page, Failure> {
    let named =
        if args.designs.is_empty() { select::default_designs(args.all) } else { args.designs.clone() };
    let designs = select::designs(&named, &args.what.settings)?;
    let cells = select::cells(&designs, &args.what)?;
    engine_takes(args.engine, &args.limits)?;
    let today = date::today(args.today)?;
    let expectations = cells.iter().map(|cell| expected(cell, today)).collect::<Result<Vec<_>, _>>()?;
    files::can_all_be_written(&args.files)?;
    let earlier = args.files.against.as_deref().map(super::browse::results).transpose()?;

    let mut options = engine::options(&args.what, &args.limits);
    let found = engine::run(&cells, &mut options, args.engine)?;
    let outcomes = cells.iter().zip(&found.findings).zip(expectations);
    let rows =
        outcomes.map(|((cell, finding), expected)| CellResult::of(cell, finding, expected, args.engine));
    let mut results = gathered(rows.collect(), &args.what, found.interrupted);

    let mut failures = match &args.files.traces {
        Some(directory) => files::write_traces(directory, &cells, &found, &options, &mut results.results),
        None => Vec::new(),
    };
    let text = match args.format {
        CheckFormat::Human => human::table(&results, &designs),
        CheckFormat::Json => page::json(&results)?,
        CheckFormat::Github => String::new(),
    };
    let code = code(&results);
    let annotated = args.format == CheckFormat::Github;
    let with_runs = annotated || args.files.files().any(|(flag, _)| flag != "--json");
    let report = Report::of(&results, &designs, &cells, &found, &options, with_runs)?;
    failures.extend(files::write(&args.files, &report, earlier.as_ref()));
    let text = if annotated { annotations::annotations(&report) } else { text };
    Ok(Page { text, failures, code })
}

/// The results, with what is common to all of them.
pub(crate) fn gathered(results: Vec<CellResult>, what: &WhatArgs, partial: bool) -> Results {
    Results {
        version: VERSION,
        results,
        partial,
        flaw: what.flaw.map(Flaw::name),
        settings: what.settings.clone(),
        widened: what.widen,
        widened_in: what.widening().respects,
    }
}

fn engine_takes(engine: Engine, limits: &LimitArgs) -> Result<(), Failure> {
    if engine == Engine::Stateright && limits.any() {
        let sentence = "stateright's search takes no limits; leave them out, or use `--engine own`";
        return Err(Failure::input(sentence));
    }
    Ok(())
}

/// How a check with these results ends.
pub(crate) fn code(results: &Results) -> Code {
    let rows = &results.results;
    let mut codes: Vec<Code> = rows.iter().map(|row| row.code).collect();
    if results.partial {
        codes.push(Code::Interrupted);
    }
    if rows.iter().all(|row| row.verdict == Word::NotApplicable) {
        codes.push(Code::Nothing);
    }
    Code::gravest(&codes)
}
