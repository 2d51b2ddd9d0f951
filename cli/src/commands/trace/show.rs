//! **`trace show`: the story of a run; or what somebody holds, or what is the case, after one of its steps.**

use super::replayed;
use crate::args::{ShowArgs, View};
use crate::exit::Failure;
use crate::input;
use crate::page::{self, Page, count};
use mailcover_model::design::ObserverName;
use mailcover_traces::{Account, Replayed, TellOptions, account, harmless, held, moment, tell};

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
        Some(named) => held(&account, number, step, &observer(named, &account, &replayed)?)?.text(view),
        None => moment(run, step, view)?,
    });
    if let Some(missing) = &run.left_out {
        text.push('\n');
        text.push_str(&page::wrapped("", missing, 0));
    }
    Ok(Page::of(page::fitted(text, args.width.or_else(page::watched))))
}

/// The observer of this name, or the only one of the adversary of this name.
fn observer(named: &str, account: &Account, replayed: &Replayed) -> Result<String, Failure> {
    let held: Vec<&str> = account.holders.iter().map(|holder| holder.id.as_str()).collect();
    if held.contains(&named) {
        return Ok(named.to_owned());
    }
    let list = held.join(", ");
    let Some(adversary) = replayed.trace.design.adversary(named) else {
        let suggestion = input::suggestion(named, held.into_iter());
        let named = harmless(named);
        return Err(Failure::input(format!(
            "no observer is called {named:?};{suggestion} the observers of this trace are {list}"
        )));
    };
    let observers: Vec<String> = adversary.observers.iter().map(ObserverName::name).collect();
    match observers.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure::input(format!("the adversary {named} observes nothing; name one of {list}"))),
        several => Err(Failure::input(format!(
            "the adversary {named} has several observers; name one of {}",
            several.join(", ")
        ))),
    }
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
