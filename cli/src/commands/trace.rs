//! **`trace`: stored runs, told, replayed, made smaller, compared and exported.**
//!
//! Whatever is said of a run is said of its replay, so nothing is told that did not happen.

mod export;
mod show;

use crate::args::TraceCommand;
use crate::exit::Failure;
use crate::input;
use crate::page::{GOOD, Page, count, fitted, paint, remark, sentence, watched, wrapped};
use mailcover_traces::{MAX_BYTES, Replayed, Trace, compare, minimize, replay, write_atomically};
use std::path::Path;

/// Does with a trace what was asked.
pub(crate) fn run(command: &TraceCommand) -> Result<Page, Failure> {
    match command {
        TraceCommand::Show(args) => show::run(args),
        TraceCommand::Replay { file, exhaust } => again(file, *exhaust),
        TraceCommand::Minimize { file, output, max_states } => smaller(file, output.as_deref(), *max_states),
        TraceCommand::Diff { one, other } => {
            Ok(Page::of(fitted(compare(&replayed(one)?, &replayed(other)?)?, watched())))
        }
        TraceCommand::Export { file, to, output, run } => {
            let text = export::text(&replayed(file)?, *to, *run)?;
            given(text, output.as_deref(), "written")
        }
    }
}

fn read(file: &Path) -> Result<Trace, Failure> {
    let bytes = input::bytes_of(file, MAX_BYTES, "a trace")?;
    Trace::read(&bytes, &file.display().to_string()).map_err(Failure::from)
}

/// The trace in this file, replayed.
pub(super) fn replayed(file: &Path) -> Result<Replayed, Failure> {
    replay(&read(file)?, false).map_err(Failure::from)
}

/// The text on stdout, or in a file, of which one line then says so.
fn given(text: String, output: Option<&Path>, done: &str) -> Result<Page, Failure> {
    let Some(file) = output else { return Ok(Page::of(text)) };
    if file.as_os_str() == "-" {
        let remedy = "leave `--output` out to have it on stdout";
        return Err(Failure::input(format!("--output -: this writes a file; {remedy}")));
    }
    if file.is_dir() {
        return Err(Failure::input(format!("--output {}: this is a directory; name a file", file.display())));
    }
    write_atomically(file, &text)?;
    Ok(Page::of(fitted(format!("{} {}: {done}\n", paint(GOOD, "✓"), file.display()), watched())))
}

fn smaller(file: &Path, output: Option<&Path>, most: usize) -> Result<Page, Failure> {
    let smaller = minimize(&read(file)?, most)?;
    if output.is_none() {
        remark(&sentence(&smaller.done));
    }
    given(smaller.trace.to_json(), output, &smaller.done)
}

fn again(file: &Path, exhaust: bool) -> Result<Page, Failure> {
    let replayed = replay(&read(file)?, exhaust)?;
    let trace = &replayed.trace;
    let steps = replayed.runs.iter().map(|run| count(run.actions.len(), "step", "steps"));
    let steps = steps.collect::<Vec<_>>().join(" and ");
    let mut text = format!(
        "{} {}, put to {} in {}: {} replayed.\n",
        paint(GOOD, "✓"),
        trace.claim,
        trace.adversary,
        trace.design.name,
        steps
    );
    text.push_str(&wrapped("  ", &sentence(&replayed.done), 2));
    Ok(Page::of(text))
}
