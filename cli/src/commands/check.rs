//! **`check`: from a selection of cells to a table of verdicts, files beside it, and an exit code.**
//!
//! Whatever can be wrong with the command line or a file is found before the search begins. The table is printed even
//! if a file could not be written after it.

use crate::args::{CheckArgs, Engine, Format, LimitArgs, WhatArgs};
use crate::date;
use crate::engine::{self, Found};
use crate::exit::{Code, Failure};
use crate::expectation::expected;
use crate::page::{self, Page};
use crate::report::human;
use crate::report::result::{CellResult, Results, VERSION, Word};
use crate::select;
use mailcover_checker::Limits;
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, Options};
use mailcover_traces::{ErrorKind, Trace, TraceError, write_atomically};
use std::path::{Path, PathBuf};

/// Checks, prints and writes.
pub(crate) fn run(args: &CheckArgs) -> Result<Page, Failure> {
    let named =
        if args.designs.is_empty() { select::default_designs(args.all) } else { args.designs.clone() };
    let designs = select::designs(&named, &args.what.settings)?;
    let cells = select::cells(&designs, &args.what)?;
    engine_takes(args.engine, &args.limits)?;
    let today = date::today(args.today)?;
    let expectations = cells.iter().map(|cell| expected(cell, today)).collect::<Result<Vec<_>, _>>()?;
    places_can_be_written(args)?;

    let mut options = engine::options(&args.what, &args.limits);
    let found = engine::run(&cells, &mut options, args.engine)?;
    let outcomes = cells.iter().zip(&found.findings).zip(expectations);
    let rows =
        outcomes.map(|((cell, finding), expected)| CellResult::of(cell, finding, expected, args.engine));
    let mut results = gathered(rows.collect(), &args.what, found.interrupted);

    let mut failures = Vec::new();
    if let Some(directory) = &args.traces {
        write_traces(directory, &cells, &found, &options, &mut results.results, &mut failures);
    }
    let json = page::json(&results)?;
    if let Some(file) = &args.json {
        failures.extend(write_atomically(file, &json).err().map(failure));
    }
    let text = match args.format {
        Format::Human => human::table(&results, &designs),
        Format::Json => json,
    };
    Ok(Page { text, failures, code: code(&results) })
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
    }
}

fn engine_takes(engine: Engine, limits: &LimitArgs) -> Result<(), Failure> {
    if engine == Engine::Stateright && limits.any() {
        let sentence = "stateright's search takes no limits; leave them out, or use `--engine own`";
        return Err(Failure::input(sentence));
    }
    Ok(())
}

/// Notices early what would spoil a long check at its end.
fn places_can_be_written(args: &CheckArgs) -> Result<(), Failure> {
    if let Some(file) = args.json.as_ref().filter(|file| file.is_dir()) {
        return Err(Failure::input(format!("--json {}: this is a directory; name a file", file.display())));
    }
    if let Some(file) = args.traces.as_ref().filter(|directory| directory.exists() && !directory.is_dir()) {
        return Err(Failure::input(format!("--traces {}: this is a file; name a directory", file.display())));
    }
    Ok(())
}

fn write_traces(
    directory: &Path,
    cells: &[Cell],
    found: &Found,
    options: &Options,
    rows: &mut [CellResult],
    failures: &mut Vec<Failure>,
) {
    let options = Options { limits: Limits::default(), ..options.clone() };
    for ((cell, finding), row) in cells.iter().zip(&found.findings).zip(rows) {
        let Some(trace) = Trace::of(cell, finding, &options) else { continue };
        let path: PathBuf = directory.join(trace.file_name());
        match write_atomically(&path, &trace.to_json()) {
            Ok(()) => row.trace = Some(path.display().to_string()),
            Err(error) => failures.push(failure(error)),
        }
    }
}

/// The failure of a trace.
pub(crate) fn failure(error: TraceError) -> Failure {
    let sentence = error.to_string();
    match error.kind() {
        ErrorKind::BadInput => Failure::input(sentence),
        ErrorKind::Io => Failure::io(sentence),
        ErrorKind::Internal => Failure::internal(sentence),
    }
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
