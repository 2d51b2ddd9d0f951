//! **`trace`: stored runs, told and replayed.**
//!
//! Telling a run replays it first, so nothing is told that did not happen.

use super::check::failure;
use crate::args::TraceCommand;
use crate::exit::Failure;
use crate::input;
use crate::page::{self, GOOD, Page, count, paint, sentence, wrapped};
use mailcover_traces::{MAX_BYTES, Replayed, TellOptions, Trace, replay, tell};
use std::path::Path;

/// Shows or replays a trace.
pub(crate) fn run(command: &TraceCommand) -> Result<Page, Failure> {
    match command {
        TraceCommand::Show { file, step, width } => show(file, *step, *width),
        TraceCommand::Replay { file, exhaust } => again(file, *exhaust),
    }
}

fn read(file: &Path) -> Result<Trace, Failure> {
    let bytes = input::bytes_of(file, MAX_BYTES, "a trace")?;
    Trace::read(&bytes, &file.display().to_string()).map_err(failure)
}

fn show(file: &Path, step: Option<usize>, width: Option<usize>) -> Result<Page, Failure> {
    let replayed = replay(&read(file)?, false).map_err(failure)?;
    known_step(&replayed, step, file)?;
    let options = TellOptions { width: width.unwrap_or_else(page::width), step, color: true };
    let mut text = tell(&replayed, &options);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(Page::of(text))
}

fn known_step(replayed: &Replayed, step: Option<usize>, file: &Path) -> Result<(), Failure> {
    let Some(step) = step else { return Ok(()) };
    let longest = replayed.runs.iter().map(|run| run.actions.len()).max().unwrap_or(0);
    if (1..=longest).contains(&step) {
        return Ok(());
    }
    let file = file.display();
    Err(Failure::input(format!("{file}: there is no step {step}; the steps are 1 to {longest}")))
}

fn again(file: &Path, exhaust: bool) -> Result<Page, Failure> {
    let replayed = replay(&read(file)?, exhaust).map_err(failure)?;
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
