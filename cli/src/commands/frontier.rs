//! **`frontier`: which smallest sets of powers break a claim, and which largest do not.**

use crate::args::{Format, FrontierArgs};
use crate::engine;
use crate::exit::{Code, Failure};
use crate::frontier::{Bounds, Report, human};
use crate::input;
use crate::page::{self, Page};
use crate::place;
use crate::select;
use mailcover_model::design::{Design, ObserverName};
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::claims;
use mailcover_properties::frontier::{Frontier, FrontierError, Party, frontier};
use mailcover_traces::{Trace, can_be_written, folder_can_be_written, write_atomically};
use std::path::Path;
use std::sync::Arc;

/// Finds the frontier, or two, and prints it.
pub(crate) fn run(args: &FrontierArgs) -> Result<Page, Failure> {
    if args.limits.max_depth.is_some() {
        return Err(Failure::input("a frontier has no use for `--max-depth`; leave it out"));
    }
    if let Some(directory) = &args.traces {
        folder_can_be_written(directory)?;
    }
    if let Some(file) = &args.html {
        let designs = [&args.design, &args.compare].into_iter().flatten();
        let designs: Vec<(&str, &Path)> =
            designs.map(|named| ("the design", Path::new(named))).filter(|(_, path)| path.exists()).collect();
        place::apart(&[("--html", file)], &designs)?;
        can_be_written(file)?;
    }
    let mut options = engine::plain(&args.limits);
    let first = of(args, args.design.as_deref(), &mut options)?;
    let second = args.compare.as_deref().map(|named| of(args, Some(named), &mut options)).transpose()?;
    let mut report = Report::of(first.bounds(), &args.settings);
    if let Some(second) = &second {
        report.compare(second.bounds());
    }
    let mut failures = match &args.traces {
        Some(directory) => {
            let both = [Some(&first), second.as_ref()];
            let sides = both.into_iter().flatten().zip(report.sides_mut());
            sides
                .flat_map(|(drawn, side)| {
                    write_traces(directory, &drawn.frontier, &options, side.traces_mut())
                })
                .collect()
        }
        None => Vec::new(),
    };
    if let Some(file) = &args.html {
        failures.extend(write_atomically(file, &report.page()).err().map(Failure::from));
    }
    let text = match args.format {
        Format::Human => human(&report),
        Format::Json => page::json(&report)?,
    };
    let undecided = [Some(&first), second.as_ref()]
        .into_iter()
        .flatten()
        .any(|drawn| !drawn.frontier.undecided.is_empty());
    Ok(Page { text, failures, code: if undecided { Code::Inconclusive } else { Code::AsExpected } })
}

/// The frontier of the claim in a design.
struct Drawn {
    cell: Cell,
    frontier: Frontier,
}

impl Drawn {
    fn bounds(&self) -> Bounds<'_> {
        let adversary = &self.cell.question().adversary;
        Bounds { claim: &self.cell.claim, design: &self.cell.design, adversary, frontier: &self.frontier }
    }
}

fn of(args: &FrontierArgs, named: Option<&str>, options: &mut Options) -> Result<Drawn, Failure> {
    let named = match named {
        Some(named) => named.to_owned(),
        None => own_design(&args.claim)?,
    };
    let design = select::set(Arc::unwrap_or_clone(input::design(&named)?.design), &args.settings)?;
    let design = Arc::new(design);
    let all = claims::of(&design);
    let Some(claim) = all.iter().find(|claim| claim.id == args.claim) else {
        let suggestion = input::suggestion(&args.claim, all.iter().map(|claim| claim.id.as_str()));
        let sentence = format!("no claim of the design {named} is called {:?};{suggestion}", args.claim);
        return Err(Failure::input(format!("{sentence} see `mailcover claims`")));
    };
    let question = match &args.adversary {
        None => 0,
        Some(wanted) => {
            let asked = || claim.questions.iter().map(|question| question.adversary.as_str());
            asked().position(|name| name == wanted).ok_or_else(|| {
                let names = asked().collect::<Vec<_>>().join(", ");
                Failure::input(format!("{} is not put to {wanted:?}; it is put to {names}", claim.id))
            })?
        }
    };
    let cell = Cell { design, claim: Arc::clone(claim), question };
    let ground = ground(args, &cell)?;
    let found = engine::searched(options, |options, tell| frontier(&cell, &ground, options, tell))?;
    Ok(Drawn { frontier: found.map_err(failure)?, cell })
}

/// The design that the claim names as its own.
fn own_design(id: &str) -> Result<String, Failure> {
    let all = claims::all();
    let known = all.iter().find(|claim| claim.id == id).map(|claim| claim.design.clone());
    known.ok_or_else(|| {
        let suggestion = input::suggestion(id, all.iter().map(|claim| claim.id.as_str()));
        let sentence = format!("no claim is called {id:?};{suggestion}");
        Failure::input(format!(
            "{sentence} see `mailcover claims`, or name the design of a claim of yours with `--design`"
        ))
    })
}

fn failure(error: FrontierError) -> Failure {
    let sentence = match &error {
        FrontierError::Limit(_) => format!(
            "{error}; raise `--max-states`, `--memory` or `--max-time`, or name fewer powers with `--capability` and \
             `--observer`"
        ),
        _ => error.to_string(),
    };
    let code = match error {
        FrontierError::Refused(_) => Code::Input,
        FrontierError::Limit(_) => Code::Inconclusive,
        FrontierError::Vacuous(_) => Code::Vacuous,
        FrontierError::Interrupted => Code::Interrupted,
        FrontierError::Wrong(_) => Code::Internal,
    };
    Failure { code, sentence }
}

/// Among which powers to look.
fn ground(args: &FrontierArgs, cell: &Cell) -> Result<Party, Failure> {
    let mut ground = Party::ground(&cell.design);
    if !args.capabilities.is_empty() {
        ground.capabilities = args.capabilities.iter().copied().collect();
        if let Some(free) = (ground.capabilities & cell.design.environment).iter().next() {
            let free = mailcover_model::word::word(free);
            return Err(Failure::input(format!(
                "in {}, {free} is the environment's and nobody's power",
                cell.design.name
            )));
        }
    }
    if !args.observers.is_empty() {
        ground.observers.clear();
        for name in &args.observers {
            let named = observer(name, &cell.design)?;
            if !ground.observers.contains(&named) {
                ground.observers.push(named);
            }
        }
    } else if asks_about_knowledge(cell) {
        let adversary = cell.design.adversary(&cell.question().adversary);
        ground.observers = adversary.map(|adversary| adversary.observers).unwrap_or_default();
    }
    Ok(ground)
}

fn asks_about_knowledge(cell: &Cell) -> bool {
    cell.context().is_some_and(|context| (cell.question().pose)(&context).ask.of_knowledge())
}

fn observer(name: &str, design: &Design) -> Result<ObserverName, Failure> {
    ObserverName::parse(name, &design.logs).ok_or_else(|| {
        let names = ObserverName::names(&design.logs);
        let suggestion = input::suggestion(name, names.iter().map(String::as_str));
        Failure::input(format!(
            "{} has no observer {name:?};{suggestion} it has {}",
            design.name,
            names.join(", ")
        ))
    })
}

/// Writes a trace for each breaking party, and notes where each lies.
fn write_traces<'a>(
    directory: &Path,
    frontier: &Frontier,
    options: &Options,
    notes: impl Iterator<Item = &'a mut Option<String>>,
) -> Vec<Failure> {
    let options = Options { limits: mailcover_checker::Limits::default(), ..options.clone() };
    let mut failures = Vec::new();
    for ((number, breaking), note) in frontier.breaking.iter().enumerate().zip(notes) {
        let Some(trace) = Trace::of(&breaking.cell, &breaking.finding, &options) else { continue };
        let name = trace.file_name();
        let path = directory.join(name.replace(".json", &format!("-{}.json", number + 1)));
        match write_atomically(&path, &trace.to_json()) {
            Ok(()) => *note = Some(path.display().to_string()),
            Err(error) => failures.push(error.into()),
        }
    }
    failures
}
