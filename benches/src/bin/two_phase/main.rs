//! **Two-phase commit on several checkers, side by side: states per second, and bytes per state.**
//!
//! Each run is a process of its own, by turns, so that the memory is that of the run. The page says medians and ratios.
//!
//! `cargo run --release -p mailcover-benches --bin two_phase -- 9 --write benches/TWO-PHASE.md`

mod engines;
mod spin;
#[expect(dead_code, reason = "only the model is used")]
#[path = "../../../../checker/examples/two_phase_commit.rs"]
mod two_phase_commit;
mod wide;

use clap::Parser;
use engines::{Engine, Run};
use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Measures two-phase commit on several checkers
#[derive(Debug, Parser)]
struct Args {
    /// How many resource managers
    #[arg(default_value = "9")]
    managers: u32,
    /// How many runs of each engine count
    #[arg(long, default_value = "3")]
    runs: usize,
    /// Where to write the page as well
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Run one engine once and print what it took; this is how the program measures
    #[arg(long, hide = true)]
    only: Option<Engine>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.only {
        Some(engine) => {
            println!("{}", engine.run(args.managers));
            Ok(())
        }
        None => measure(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(args: &Args) -> Result<(), String> {
    let spin = spin::Spin::build(args.managers)?;
    let mut all: Vec<(String, Vec<Run>)> =
        Engine::ALL.iter().map(|engine| (engine.title(), Vec::new())).collect();
    let mut spins = Vec::new();
    for turn in 1..=args.runs {
        for (engine, (title, runs)) in Engine::ALL.iter().zip(&mut all) {
            eprintln!("run {turn} of {}: {title}", args.runs);
            runs.push(child(*engine, args.managers)?);
        }
        if let Some(spin) = &spin {
            eprintln!("run {turn} of {}: SPIN", args.runs);
            spins.push(spin.run()?);
        }
    }
    if !spins.is_empty() {
        all.push(("SPIN `-O2 -DSAFETY`".to_owned(), spins));
    }
    let page = page(args, &all)?;
    print!("{page}");
    match &args.write {
        Some(file) => std::fs::write(file, &page).map_err(|error| format!("{}: {error}", file.display())),
        None => Ok(()),
    }
}

/// Runs an engine in a process of its own.
fn child(engine: Engine, managers: u32) -> Result<Run, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(this).args([&managers.to_string(), "--only", engine.name()]).output();
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    Run::parse(&text).ok_or_else(|| {
        format!("{} did not finish: {}", engine.name(), String::from_utf8_lossy(&output.stderr))
    })
}

fn page(args: &Args, all: &[(String, Vec<Run>)]) -> Result<String, String> {
    let states = all.first().and_then(|(_, runs)| runs.first()).map_or(0, |run| run.states);
    if let Some((title, _)) = all.iter().find(|(_, runs)| runs.iter().any(|run| run.states != states)) {
        return Err(format!("{title} does not count {states} states"));
    }
    let rate = |runs: &[Run]| median(runs.iter().map(|run| run.states as f64 / run.seconds));
    let best = all.first().map_or(f64::NAN, |(_, runs)| rate(runs));
    let mut page = format!(
        "# Two-phase commit, side by side\n\n\
         Made by `cargo run --release -p mailcover-benches --bin two_phase -- {} --runs {} --write \
         benches/TWO-PHASE.md`. **These are times from one machine with {} processors, which had other work to do at \
         the same time; nothing tests them.** {} resource managers, {states} states, the same for every engine. Each run is \
         a process of its own; rates and bytes are medians of {}. Bytes are the most that the process held, over the \
         states. The ratio says how often the first line is as fast.\n\n\
         | Engine | states/s | bytes/state | Ratio |\n|---|--:|--:|--:|\n",
        args.managers,
        args.runs,
        std::thread::available_parallelism().map_or(1, usize::from),
        args.managers,
        args.runs,
    );
    for (title, runs) in all {
        let bytes = median(runs.iter().map(|run| run.bytes as f64 / run.states as f64));
        let rate = rate(runs);
        let _ = writeln!(page, "| {title} | {:.2} M | {bytes:.0} | {:.1} |", rate / 1e6, best / rate);
    }
    Ok(page)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
