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
use mailcover_model::design::Design;
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, Options};
use mailcover_traces::{ErrorKind, Trace, TraceError, account, can_be_written, replay, write_atomically};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    let earlier = args.against.as_deref().map(super::browse::results).transpose()?;

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
    if let Some(file) = &args.html {
        let designs: Vec<_> = designs.iter().map(|chosen| Arc::clone(&chosen.design)).collect();
        let page = book(&json, &designs, &cells, &found, &options, earlier.as_ref());
        failures.extend(page.and_then(|page| write_atomically(file, &page).map_err(failure)).err());
    }
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

/// Notices early what would spoil a long check at its end.
fn places_can_be_written(args: &CheckArgs) -> Result<(), Failure> {
    for (flag, file) in [("--json", &args.json), ("--html", &args.html)] {
        let Some(file) = file else { continue };
        if file.is_dir() {
            return Err(Failure::input(format!(
                "{flag} {}: this is a directory; name a file",
                file.display()
            )));
        }
        can_be_written(file).map_err(failure)?;
    }
    if let Some(directory) = &args.traces {
        if directory.exists() && !directory.is_dir() {
            let shown = directory.display();
            return Err(Failure::input(format!("--traces {shown}: this is a file; name a directory")));
        }
        // Of a place within the directory, the directory itself is the one that cannot be written to.
        let within = |error: TraceError| match error {
            TraceError::Io { source, .. } => TraceError::Io { path: directory.clone(), source },
            other => other,
        };
        can_be_written(&directory.join("trace.json")).map_err(|error| failure(within(error)))?;
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

/// The results as a page, with the runs that show them.
fn book(
    json: &str,
    designs: &[Arc<Design>],
    cells: &[Cell],
    found: &Found,
    options: &Options,
    earlier: Option<&mailcover_browser::Results>,
) -> Result<String, Failure> {
    let internal = |error: String| Failure::internal(format!("the page cannot be written: {error}"));
    let results = mailcover_browser::Results::read(json.as_bytes(), "the results");
    let results = results.map_err(|error| internal(error.to_string()))?;
    let options = Options { limits: Limits::default(), ..options.clone() };
    let traces =
        cells.iter().zip(&found.findings).filter_map(|(cell, finding)| Trace::of(cell, finding, &options));
    let accounts = traces.map(|trace| replay(&trace, false).map(|replayed| account(&replayed)));
    let accounts = accounts.collect::<Result<Vec<_>, _>>().map_err(failure)?;
    let mut book = mailcover_browser::Book::of_results(&results, designs, accounts);
    if let Some(earlier) = earlier {
        book = book.against(earlier);
    }
    mailcover_browser::html(&book).map_err(|error| internal(error.to_string()))
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
