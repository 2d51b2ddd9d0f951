//! **How fast the plain search is, beside stateright's own breadth-first checker, on the same models.**
//!
//! One command measures both by turns in one process and prints a page of Markdown; see [`report`]. It fails
//! when the two engines count differently, and never because of a time.

mod engines;
mod measure;
mod report;

use clap::Parser;
use mailcover_model::design::{Design, library};
use mailcover_properties::check::Cell;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// What is measured unless something else is asked for.
const CELLS: [(&str, &str); 3] = [
    ("log-holds-no-content", "query-log"),
    ("same-event-four-ways", "provider"),
    ("silence-proves-nothing", "query-log"),
];

/// Measures the plain search beside stateright's, on the same models
#[derive(Debug, Parser)]
struct Args {
    /// How many runs of each engine count
    #[arg(long, value_name = "N", default_value = "5")]
    runs: NonZeroUsize,
    /// The claim to measure, instead of the usual three
    #[arg(long, value_name = "CLAIM")]
    claim: Option<String>,
    /// Only the questions put to this adversary
    #[arg(long, value_name = "NAME")]
    adversary: Option<String>,
    /// The design
    #[arg(long, value_name = "DESIGN", default_value = "imessage-2016")]
    design: String,
    /// Where to write the page as well
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

impl Args {
    /// The command that measures this again.
    fn command(&self) -> String {
        let mut command = format!("cargo run --release -p mailcover-benches -- --runs {}", self.runs);
        let named =
            [("claim", &self.claim), ("adversary", &self.adversary), ("design", &Some(self.design.clone()))];
        for (name, value) in named {
            if let Some(value) = value {
                command += &format!(" --{name} {value}");
            }
        }
        if let Some(file) = &self.write {
            command += &format!(" --write {}", file.display());
        }
        command
    }
}

fn main() -> ExitCode {
    mailcover_benches::ended(run(&Args::parse()))
}

fn run(args: &Args) -> Result<String, String> {
    let design = Arc::new(library::load(&args.design).map_err(|error| error.to_string())?);
    let cells = cells(&design, args.claim.as_deref(), args.adversary.as_deref());
    if cells.is_empty() {
        return Err("no question is of this claim and put to this adversary".to_owned());
    }
    let mut all = Vec::new();
    for cell in &cells {
        all.push(measure::measure(cell, args.runs.get(), &|stage| eprintln!("{stage}"))?);
    }
    let page = report::page(&args.design, &args.command(), args.runs.get(), &all);
    if let Some(file) = &args.write {
        std::fs::write(file, &page).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(page)
}

/// The questions of the claim that are put to the adversary; without a claim, those of the usual three.
fn cells(design: &Arc<Design>, claim: Option<&str>, adversary: Option<&str>) -> Vec<Cell> {
    let wanted = |id: &str, name: &str| {
        let of_claim = claim.map_or_else(|| CELLS.contains(&(id, name)), |claim| claim == id);
        of_claim && adversary.is_none_or(|adversary| adversary == name)
    };
    let mut cells = Cell::all(design);
    cells.retain(|cell| wanted(&cell.claim.id, &cell.question().adversary));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailcover_properties::check::{Options, prepare};

    #[test]
    fn the_engines_count_alike() {
        let design = Arc::new(library::load("imessage-2016").unwrap());
        let cells = cells(&design, Some("log-holds-no-content"), Some("query-log"));
        let [cell] = cells.as_slice() else { panic!("one question is asked") };
        let service = Arc::new(prepare(cell, &Options::default()).unwrap().0);
        let (_, counts, found) = engines::plain(&service);
        assert_eq!(found.limit(), None);
        assert_eq!(engines::stateright(&service).1, counts);
    }
}
