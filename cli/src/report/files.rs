//! **The files beside what a check prints: found out early that they cannot be written, written late and whole.**
//!
//! Nothing is written before everything is decided, so that a file never says less than the table. One that cannot be
//! written keeps none of the others from being written.

use super::result::CellResult;
use super::shown::Report;
use super::{junit, sarif, summary};
use crate::args::{FileArgs, Written};
use crate::engine::Found;
use crate::exit::Failure;
use crate::page;
use crate::place;
use mailcover_checker::Limits;
use mailcover_properties::check::{Cell, Options};
use mailcover_traces::{Trace, can_be_written, folder_can_be_written, write_atomically};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Notices early what would spoil a long check at its end, or what the check reads.
pub(crate) fn can_all_be_written(args: &FileArgs, read: &[(&str, &Path)]) -> Result<(), Failure> {
    let mut written: Vec<(&str, &Path)> = Vec::new();
    for (kind, file) in args.files() {
        let flag = kind.flag();
        if file.as_os_str() == "-" {
            let instead = match kind {
                Written::Json => "for JSON on stdout, use `--format json`",
                _ => "name a file",
            };
            return Err(Failure::input(format!("{flag} -: this writes files, not stdout; {instead}")));
        }
        if file.is_dir() {
            let shown = file.display();
            return Err(Failure::input(format!("{flag} {shown}: this is a directory; name a file")));
        }
        written.push((flag, file));
        place::apart(&written, read)?;
        can_be_written(file)?;
    }
    let Some(directory) = &args.traces else { return Ok(()) };
    if directory.exists() && !directory.is_dir() {
        let shown = directory.display();
        return Err(Failure::input(format!("--traces {shown}: this is a file; name a directory")));
    }
    Ok(folder_can_be_written(directory)?)
}

/// Writes the runs, one file each, and notes in the results where they are.
pub(crate) fn write_traces(
    directory: &Path,
    cells: &[Cell],
    found: &Found,
    options: &Options,
    rows: &mut [CellResult],
) -> Vec<Failure> {
    let options = Options { limits: Limits::default(), ..options.clone() };
    let mut failures = Vec::new();
    for ((cell, finding), row) in cells.iter().zip(&found.findings).zip(rows) {
        let Some(trace) = Trace::of(cell, finding, &options) else { continue };
        let path: PathBuf = directory.join(trace.file_name());
        match write_atomically(&path, &trace.to_json()) {
            Ok(()) => row.trace = Some(path.display().to_string()),
            Err(error) => failures.push(error.into()),
        }
    }
    failures
}

/// Writes all the other files, and says which could not be written.
pub(crate) fn write(
    args: &FileArgs,
    report: &Report<'_>,
    earlier: Option<&mailcover_browser::Results>,
    baseline: Option<(&Path, String)>,
) -> Vec<Failure> {
    let text = |kind| match kind {
        Written::Json => page::json(report.results),
        Written::Junit => junit::junit(report),
        Written::Sarif => sarif::sarif(report),
        Written::Summary => Ok(summary::summary(report)),
        Written::Html => html(report, earlier),
    };
    // All texts are there before the first file is.
    let mut texts: Vec<_> = args.files().map(|(kind, file)| (file, text(kind))).collect();
    texts.extend(baseline.map(|(file, text)| (file, Ok(text))));
    let written = |(file, text): (&Path, Result<String, Failure>)| Ok(write_atomically(file, &text?)?);
    texts.into_iter().filter_map(|text| written(text).err()).collect()
}

/// The results as a page, with the runs that show them.
fn html(report: &Report<'_>, earlier: Option<&mailcover_browser::Results>) -> Result<String, Failure> {
    let internal = |error: String| Failure::internal(format!("the page cannot be written: {error}"));
    let json = page::json(report.results)?;
    let results = mailcover_browser::Results::read(json.as_bytes(), "the results");
    let results = results.map_err(|error| internal(error.to_string()))?;
    let designs: Vec<_> = report.designs.iter().map(|chosen| Arc::clone(&chosen.design)).collect();
    let runs = report.cells.iter().map(|shown| shown.told.as_ref().map(|told| told.account.clone()));
    let mut book = mailcover_browser::Book::of_results(&results, &designs, runs.collect());
    if let Some(earlier) = earlier {
        book = book.against(earlier);
    }
    mailcover_browser::html(&book).map_err(|error| internal(error.to_string()))
}
