//! **Several checkers side by side, on two-phase commit and on a slice of a design: states per second, and bytes per state.**
//!
//! Each run is a process of its own, by turns, so that the memory is that of the run. The page says medians and ratios. The
//! command fails when two engines count differently, or when the states and layers of two-phase commit are not those known.
//!
//! `cargo run --release -p mailcover-benches --bin two_phase -- 9 --write benches/TWO-PHASE.md`

mod engines;
mod page;
mod run;
mod slice;
mod spin;
#[expect(dead_code, reason = "only the model is used")]
#[path = "../../../../checker/examples/two_phase_commit.rs"]
mod two_phase_commit;
mod wide;

use clap::Parser;
use engines::Engine;
use page::Measured;
use run::Run;
use std::fmt::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// The states and layers of two-phase commit with so many resource managers.
const KNOWN: [(u32, usize, usize); 3] = [(7, 296_448, 23), (8, 1_745_408, 26), (9, 10_340_352, 29)];

/// Measures several checkers side by side
#[derive(Debug, Parser)]
struct Args {
    /// How many resource managers two-phase commit has
    #[arg(default_value = "9", value_parser = clap::value_parser!(u32).range(1..=11))]
    managers: u32,
    /// How many runs of each engine count
    #[arg(long, value_name = "N", default_value = "3")]
    runs: NonZeroUsize,
    /// Leave out the slice of a design
    #[arg(long)]
    no_slice: bool,
    /// Where to write the page as well
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Run one engine once and print what it took; this is how the program measures
    #[arg(long, hide = true)]
    only: Option<Engine>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    mailcover_benches::ended(match args.only {
        Some(engine) => engine.run(args.managers).map(|run| format!("{run}\n")),
        None => measure(&args).map(|()| String::new()),
    })
}

fn measure(args: &Args) -> Result<(), String> {
    let mut page = page::introduction(&command(args), args.runs.get());
    let two_phase = two_phase(args)?;
    let states = agreed(&two_phase)?;
    let _ = write!(
        page,
        "\n## Two-phase commit, {} resource managers\n\n{states} states, the same for every engine. The checker's own state is \
         one word, which is also its exact key; *collections* is the same system as one writes it first, and as \
         stateright's own example has it.\n{}",
        args.managers,
        page::table(&two_phase)
    );
    if !args.no_slice {
        page += &slice_of_a_design(args)?;
    }
    print!("{page}");
    match &args.write {
        Some(file) => std::fs::write(file, &page).map_err(|error| format!("{}: {error}", file.display())),
        None => Ok(()),
    }
}

/// The command that measures this again.
fn command(args: &Args) -> String {
    let mut command = format!(
        "cargo run --release -p mailcover-benches --bin two_phase -- {} --runs {}",
        args.managers, args.runs
    );
    if args.no_slice {
        command += " --no-slice";
    }
    if let Some(file) = &args.write {
        command += &format!(" --write {}", file.display());
    }
    command
}

fn two_phase(args: &Args) -> Result<Vec<Measured>, String> {
    let spin = spin::Spin::build(args.managers)?;
    let mut spins = Measured { title: "SPIN `-O2 -DSAFETY`, 1 thread".to_owned(), runs: Vec::new() };
    let mut all = by_turns(args, &Engine::TWO_PHASE, |turn| {
        if let Some(spin) = &spin {
            eprintln!("run {turn} of {}: SPIN", args.runs);
            spins.runs.push(spin.run()?);
        }
        Ok(())
    })?;
    let known = KNOWN.iter().find(|(managers, ..)| *managers == args.managers);
    for run in all.iter().flat_map(|measured| &measured.runs) {
        if let Some((_, states, layers)) = known
            && (run.states != *states || ![0, *layers].contains(&run.layers))
        {
            return Err(format!(
                "{} states in {} layers were found, where there are {states} in {layers}",
                run.states, run.layers
            ));
        }
    }
    if !spins.runs.is_empty() {
        all.push(spins);
    }
    Ok(all)
}

fn slice_of_a_design(args: &Args) -> Result<String, String> {
    let mut all = by_turns(args, &Engine::SLICE, |_| Ok(()))?;
    let states = agreed(&all)?;
    let model = all.pop().map_or_else(Vec::new, |model| model.runs);
    let one = all.iter().find(|measured| measured.title == Engine::SliceOne.title());
    let share = one.map_or_else(String::new, |one| page::share(&model, &one.runs));
    let (claim, adversary) = slice::CELL;
    Ok(format!(
        "\n## {}, its largest slice\n\n{states} states, of the claim `{claim}` put to `{adversary}`; a state is {} bytes. Asking \
         the model for every step from every state, without a search around it, takes {share} of the processor time of \
         this checker with one thread.\n{}",
        slice::DESIGN,
        size_of::<mailcover_model::state::State>(),
        page::table(&all)
    ))
}

/// Runs each engine once a turn.
fn by_turns(
    args: &Args,
    engines: &[Engine],
    mut after: impl FnMut(usize) -> Result<(), String>,
) -> Result<Vec<Measured>, String> {
    let nothing = |engine: &Engine| Measured { title: engine.title().to_owned(), runs: Vec::new() };
    let mut all: Vec<Measured> = engines.iter().map(nothing).collect();
    for turn in 1..=args.runs.get() {
        for (engine, measured) in engines.iter().zip(&mut all) {
            eprintln!("run {turn} of {}: {}", args.runs, measured.title);
            measured.runs.push(child(*engine, args.managers)?);
        }
        after(turn)?;
    }
    Ok(all)
}

/// Runs an engine in a process of its own.
fn child(engine: Engine, managers: u32) -> Result<Run, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(this).args([&managers.to_string(), "--only", &engine.name()]).output();
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    Run::parse(&text).ok_or_else(|| {
        format!("{} did not finish: {}", engine.title(), String::from_utf8_lossy(&output.stderr))
    })
}

/// How many states every run found.
fn agreed(all: &[Measured]) -> Result<usize, String> {
    let states = all.first().and_then(|measured| measured.runs.first()).map_or(0, |run| run.states);
    match all.iter().find(|measured| measured.runs.iter().any(|run| run.states != states)) {
        Some(measured) => Err(format!("{} does not count {states} states", measured.title)),
        None => Ok(states),
    }
}
