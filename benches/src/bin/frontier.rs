//! **What one search for all parties saves, beside a search for each.**
//!
//! Prints a page of Markdown, and fails when the two disagree on a party. Both are run in one process, by turns; the searches
//! of brute force on one thread, as the one search is.

use clap::Parser;
use mailcover_model::design::{Capability, Design, ObserverName, library};
use mailcover_properties::check::{Cell, Options};
use mailcover_properties::frontier::{Frontier, Party, by_brute_force, frontier};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Measures the frontier in one search beside a search for each party
#[derive(Debug, Parser)]
struct Args {
    /// How many runs of each way count
    #[arg(long, value_name = "N", default_value = "3")]
    runs: usize,
    /// The design
    #[arg(long, value_name = "DESIGN", default_value = "imessage-2016")]
    design: String,
    /// Where to write the page as well
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// A claim, and the powers among which its frontier is sought; `None` stands for all.
type Row = (&'static str, Option<(Vec<Capability>, Vec<ObserverName>)>);

/// What is measured. Of the last row of each claim brute force would take longer than anybody waits.
fn rows() -> Vec<Row> {
    use Capability::{AddKey, Inject, SwapKey};
    use ObserverName::ProviderLive;
    vec![
        ("content-secret", Some((vec![AddKey], vec![ProviderLive]))),
        ("content-secret", Some((vec![AddKey, SwapKey], vec![ProviderLive]))),
        ("content-secret", None),
        ("sender-authentic", Some((vec![AddKey, SwapKey, Inject], vec![]))),
        ("sender-authentic", None),
    ]
}

fn main() -> ExitCode {
    mailcover_benches::ended(run(&Args::parse()))
}

fn run(args: &Args) -> Result<String, String> {
    let design = Arc::new(library::load(&args.design).map_err(|error| error.to_string())?);
    let mut page = format!(
        "# The frontier in one search, beside a search for each party\n\n\
         Made by `cargo run --release -p mailcover-benches --bin frontier -- --runs {} --design {}{}`. The times are medians, \
         from one machine that may have had other work to do; nothing tests them. The states are counted, and the same \
         every time.\n\n\
         *Parties* are all sets of the capabilities and observers of the row. Brute force searches each of them as a check \
         would. Where it says *not run*, there are too many for anybody to wait. Most of what is saved where a text is to stay \
         secret is owed to the heap (`model/src/heap.rs`): of those who could not read it whatever passed them, no state is \
         searched.\n\n\
         | Claim | Capabilities | Observers | Parties | One search, states | Seconds | Brute force, states | Seconds | \
         States, ratio |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        args.runs,
        args.design,
        args.write.as_ref().map_or_else(String::new, |file| format!(" --write {}", file.display())),
    );
    for (claim, powers) in rows() {
        page.push_str(&measured(&design, claim, powers, args.runs)?);
    }
    if let Some(file) = &args.write {
        std::fs::write(file, &page).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(page)
}

fn measured(
    design: &Arc<Design>,
    claim: &str,
    powers: Option<(Vec<Capability>, Vec<ObserverName>)>,
    runs: usize,
) -> Result<String, String> {
    let cell = Cell::all(design).into_iter().find(|cell| cell.claim.id == claim);
    let cell = cell.ok_or_else(|| format!("{} has no claim {claim}", design.name))?;
    let all = Party::ground(design);
    let is_small = powers.is_some();
    let ground = powers.map_or(all, |(capabilities, observers)| Party {
        capabilities: capabilities.into_iter().collect(),
        observers,
    });
    let options = Options { threads: 1, ..Options::default() };
    let (mut once, mut each) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        once.push(timed(|| frontier(&cell, &ground, &options, &|_| {}))?);
        if is_small {
            each.push(timed(|| by_brute_force(&cell, &ground, &options))?);
        }
    }
    let (found, took) = median(&mut once).ok_or("at least one run is needed")?;
    let mut line = format!(
        "| {claim} | {} | {} | {} | {} | {:.2} |",
        ground.capabilities.len(),
        ground.observers.len(),
        1_u64 << ground.len(),
        found.states,
        took.as_secs_f64()
    );
    match median(&mut each) {
        Some((brute, took)) if parties(&brute) == parties(&found) => {
            let ratio = brute.states as f64 / found.states as f64;
            let _ = writeln!(line, " {} | {:.2} | {ratio:.1} |", brute.states, took.as_secs_f64());
        }
        Some(_) => return Err(format!("{claim}: the two ways do not agree")),
        None => line.push_str(" not run | | |\n"),
    }
    Ok(line)
}

/// The parties of a frontier, in an order of their own.
fn parties(frontier: &Frontier) -> Vec<String> {
    let breaking = frontier.breaking.iter().map(|one| format!("breaks: {:?}", one.party));
    let sparing = frontier.sparing.iter().map(|one| format!("spares: {:?}", one.party));
    let mut all: Vec<String> = breaking.chain(sparing).collect();
    all.sort();
    all
}

fn timed<E: std::fmt::Display>(
    search: impl FnOnce() -> Result<Frontier, E>,
) -> Result<(Frontier, Duration), String> {
    let began = Instant::now();
    search().map(|found| (found, began.elapsed())).map_err(|error| error.to_string())
}

fn median(all: &mut [(Frontier, Duration)]) -> Option<(Frontier, Duration)> {
    all.sort_by_key(|(_, took)| *took);
    all.get(all.len() / 2).cloned()
}
