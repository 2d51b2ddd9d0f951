//! **`trace show`: the story of a run; or what somebody holds, or what is the case, after one of its steps.**

use super::replayed;
use crate::args::{ShowArgs, View};
use crate::exit::Failure;
use crate::page::{self, Page, count};
use mailcover_traces::{Replayed, TellOptions, account, held, moment, tell};

pub(super) fn run(args: &ShowArgs) -> Result<Page, Failure> {
    let replayed = replayed(&args.file)?;
    let number = checked_run(args, &replayed)?;
    if args.observer.is_none() && args.view.is_none() {
        return story(args, &replayed);
    }
    let account = account(&replayed);
    let run = &account.runs[number];
    let step = args.step.unwrap_or(run.steps.len());
    if step > run.steps.len() {
        return Err(missing(args, step, run.steps.len()));
    }
    let view = match args.view {
        Some(View::Diff) => mailcover_traces::View::Diff,
        Some(View::Full) | None => mailcover_traces::View::Full,
    };
    let mut text = match step.checked_sub(1).and_then(|at| run.steps.get(at)) {
        Some(done) => format!("After step {step} of {}: {}.\n\n", run.steps.len(), done.act),
        None => format!("At the beginning, before {}.\n\n", count(run.steps.len(), "step", "steps")),
    };
    text.push_str(&match &args.observer {
        Some(observer) => held(&account, number, step, observer)?.text(view),
        None => moment(run, step, view)?,
    });
    if let Some(missing) = &run.left_out {
        text.push('\n');
        text.push_str(&page::wrapped("", missing, 0));
    }
    Ok(Page::of(text))
}

fn story(args: &ShowArgs, replayed: &Replayed) -> Result<Page, Failure> {
    let longest = replayed.runs.iter().map(|run| run.actions.len()).max().unwrap_or(0);
    if let Some(step) = args.step.filter(|step| !(1..=longest).contains(step)) {
        return Err(missing(args, step, longest));
    }
    let options = TellOptions { width: args.width.unwrap_or_else(page::width), step: args.step, color: true };
    Ok(Page::of(tell(replayed, &options)))
}

fn checked_run(args: &ShowArgs, replayed: &Replayed) -> Result<usize, Failure> {
    let runs = replayed.runs.len();
    if args.run <= runs {
        return Ok(args.run - 1);
    }
    let file = args.file.display();
    Err(Failure::input(format!(
        "{file}: there is no run {}; it has {}",
        args.run,
        count(runs, "run", "runs")
    )))
}

fn missing(args: &ShowArgs, step: usize, longest: usize) -> Failure {
    Failure::input(format!("{}: there is no step {step}; the steps are 1 to {longest}", args.file.display()))
}
