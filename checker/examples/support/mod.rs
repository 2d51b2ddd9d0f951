//! **The command line that the examples share: how large, on how many threads or processes, and what is printed.**

use std::io::{IsTerminal, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use mailcover_checker::dataflow::{Cluster, Hosts, Options, answer, answer_in_cluster};
use mailcover_checker::{
    Epistemic, Error, Evidence, Inquiry, Limits, Outcome, PathOf, Progress, Question, Report,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A question and its name.
pub(crate) type Asked<M> = (&'static str, Question<M>);

/// Searches a small model and says what holds in it.
#[derive(Parser)]
struct Args {
    /// How large the model is
    size: Option<u32>,
    /// How many threads search
    #[arg(long, default_value = "1")]
    threads: usize,
    /// What is printed
    #[arg(long, default_value = "human")]
    format: Format,
    /// Stop at so many states
    #[arg(long)]
    max_states: Option<usize>,
    /// Stop after so many seconds
    #[arg(long)]
    max_seconds: Option<f64>,
    /// Stop at so many bytes
    #[arg(long)]
    memory: Option<usize>,
    /// The number of this process among those of the hosts file
    #[arg(long, requires = "hosts")]
    process: Option<usize>,
    /// A file with the address of each process, one `host:port` a line
    #[arg(long, requires = "process")]
    hosts: Option<PathBuf>,
    /// How many seconds to wait for a process that is late or silent
    #[arg(long, default_value = "30")]
    patience: u64,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Searches the model that `build` makes of the size, and prints what was found.
pub(crate) fn run<M>(
    what: &str,
    usual: u32,
    sizes: RangeInclusive<u32>,
    build: impl Fn(u32) -> (M, Vec<Asked<M>>),
) -> ExitCode
where
    M: Epistemic<State: Send + Serialize + DeserializeOwned, Observer: Send + Sync> + Send + Sync + 'static,
{
    let args = Args::parse();
    let size = args.size.unwrap_or(usual);
    let done = if sizes.contains(&size) {
        let (model, asked) = build(size);
        search(&args, size, what, model, asked)
    } else {
        Err(Error::Cluster(format!(
            "{size} {what} cannot be: write from {} to {}",
            sizes.start(),
            sizes.end()
        )))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // In one piece, so that a thread of the engine that falls over just then does not write in between.
            let line = format!("error: {error}\n");
            eprint!("{line}");
            ExitCode::from(if matches!(error, Error::Cluster(_)) { 2 } else { 1 })
        }
    }
}

fn search<M>(args: &Args, size: u32, what: &str, model: M, asked: Vec<Asked<M>>) -> Result<(), Error>
where
    M: Epistemic<State: Send + Serialize + DeserializeOwned, Observer: Send + Sync> + Send + Sync + 'static,
{
    let (names, questions): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    let (model, inquiry) = (Arc::new(model), Inquiry::new(questions));
    let limits = Limits {
        max_states: args.max_states,
        max_time: args.max_seconds.map(Duration::from_secs_f64),
        max_memory: args.memory,
        ..Limits::default()
    };
    let options = Options { limits, threads: args.threads, pinned: args.threads > 1 };
    let began = Instant::now();
    let mut line = ProgressLine { wanted: std::io::stderr().is_terminal() };
    let mut show = |progress: &Progress| line.show(progress);
    let report = match cluster(args)? {
        None => answer(model, &inquiry, &options, &mut show)?,
        Some(cluster) => answer_in_cluster(model, &inquiry, &options, &cluster, &mut show)?,
    };
    drop(line);
    let seconds = began.elapsed().as_secs_f64();
    match args.format {
        Format::Human => tell(&format!("{size} {what}"), &names, &report, seconds),
        Format::Json => println!("{}", json(&names, &report, seconds)),
    }
    Ok(())
}

/// A line on stderr that is written over and erased in the end, on terminals only.
struct ProgressLine {
    wanted: bool,
}

impl ProgressLine {
    fn show(&mut self, progress: &Progress) {
        if !self.wanted {
            return;
        }
        let Progress { layer, states, frontier, elapsed, memory } = progress;
        let rate = *states as f64 / elapsed.as_secs_f64() / 1e6;
        eprint!(
            "\r\x1b[Klayer {layer}: {states} states, {rate:.2} M/s, {frontier} waiting, {} MiB",
            memory >> 20
        );
        // What cannot be shown is not missed.
        let _ = std::io::stderr().flush();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.wanted {
            eprint!("\r\x1b[K");
        }
    }
}

fn cluster(args: &Args) -> Result<Option<Cluster>, Error> {
    let (Some(process), Some(file)) = (args.process, &args.hosts) else {
        return Ok(None);
    };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Error::Cluster(format!("{name} cannot be read: {error}")))?;
    let cluster = Cluster::new(process, Hosts::parse(&name, &text)?)?;
    Ok(Some(cluster.with_patience(Duration::from_secs(args.patience))))
}

fn json<M: Epistemic>(names: &[&str], report: &Report<M>, seconds: f64) -> serde_json::Value {
    let answers = names.iter().zip(&report.answers);
    let verdicts: serde_json::Map<_, _> =
        answers.map(|(name, answer)| ((*name).to_owned(), answer.outcome.to_string().into())).collect();
    serde_json::json!({
        "unique_states": report.unique_states(),
        "layers": report.layers.len(),
        "seconds": seconds,
        "verdicts": verdicts,
        "transitions": report.generated,
        "bytes": report.bytes,
        "collision_probability": report.collision,
        "complete": report.completion.limit().is_none(),
        "actions": report.answers.iter().map(|answer| actions(&answer.evidence)).collect::<Vec<_>>(),
    })
}

/// The actions of the runs that show an answer.
fn actions<S, A: std::fmt::Debug>(evidence: &Evidence<S, A>) -> Vec<Vec<String>> {
    let of =
        |path: &mailcover_checker::Path<S, A>| path.actions.iter().map(|act| format!("{act:?}")).collect();
    match evidence {
        Evidence::Closure | Evidence::Nothing => Vec::new(),
        Evidence::Run(run) | Evidence::Class { run, .. } => vec![of(run)],
        Evidence::Lasso { stem, cycle } => vec![of(stem), of(cycle)],
        Evidence::Twins { run, twin } => vec![of(run), of(twin)],
    }
}

fn tell<M: Epistemic>(what: &str, names: &[&str], report: &Report<M>, seconds: f64) {
    println!(
        "{what}: {} states in {} layers, {seconds:.2} s. {}",
        report.unique_states(),
        report.layers.len(),
        report.completion
    );
    for (name, answer) in names.iter().zip(&report.answers) {
        println!("\n{name}: {}", answer.outcome);
        if let Outcome::Inconclusive(doubt) = answer.outcome {
            println!("  {doubt}");
        }
        match &answer.evidence {
            Evidence::Closure | Evidence::Nothing => {}
            Evidence::Run(run) => tell_run::<M>("run", run),
            Evidence::Class { run, size } => {
                tell_run::<M>("run", run);
                println!("  {size} states look like its last one");
            }
            Evidence::Lasso { stem, cycle } => {
                tell_run::<M>("run", stem);
                tell_run::<M>("again and again", cycle);
            }
            Evidence::Twins { run, twin } => {
                tell_run::<M>("run", run);
                tell_run::<M>("twin", twin);
            }
        }
    }
}

fn tell_run<M: Epistemic>(title: &str, run: &PathOf<M>) {
    println!("  {title}: from {:?}", run.states.first());
    for action in &run.actions {
        println!("    {action:?}");
    }
}
