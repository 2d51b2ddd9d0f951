//! **The command line that the examples share: how large, on how many threads or processes, and what is printed.**

use std::io::{ErrorKind, IsTerminal, Write as _};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use mailcover_checker::dataflow::{Cluster, Hosts, MOST_THREADS, Options, answer, answer_in_cluster};
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
    #[arg(long, default_value = "1", value_parser = clap::value_parser!(u16).range(..=MOST_THREADS as i64))]
    threads: u16,
    /// What is printed
    #[arg(long, default_value = "human")]
    format: Format,
    /// Stop at so many states
    #[arg(long)]
    max_states: Option<usize>,
    /// Stop at states that are so many actions away from an initial one
    #[arg(long)]
    max_depth: Option<usize>,
    /// Stop after so many seconds
    #[arg(long, value_parser = seconds)]
    max_seconds: Option<Duration>,
    /// Stop at so many bytes
    #[arg(long)]
    memory: Option<usize>,
    /// The number of this process among those of the hosts file
    #[arg(long, requires = "hosts")]
    process: Option<usize>,
    /// A file with the address of each process, one `host:port` a line
    #[arg(long, requires = "process")]
    hosts: Option<PathBuf>,
    /// How many seconds to wait for a process that is late or silent, at least 2
    #[arg(long, default_value = "30")]
    patience: u64,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Reads a time as so many seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write how many seconds, such as 0.5 or 60".to_owned())
}

/// What Ctrl-C sets. Pressed again, it ends the program at once: what is computed after a search cannot be stopped.
fn stop_on_ctrl_c() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let pressed = Arc::clone(&stop);
    let handler = move || {
        if pressed.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    // Where there is no such handler, Ctrl-C ends the program, as it would anyway.
    let _ = ctrlc::set_handler(handler);
    stop
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
        max_depth: args.max_depth,
        max_time: args.max_seconds,
        max_memory: args.memory,
        stop: Some(stop_on_ctrl_c()),
    };
    let options = Options { limits, threads: args.threads.into(), pinned: args.threads > 1 };
    let began = Instant::now();
    let mut line = ProgressLine { wanted: std::io::stderr().is_terminal() };
    let mut show = |progress: &Progress| line.show(progress);
    let title = format!("{size} {what}");
    let report = match cluster(args)? {
        None => answer(model, &inquiry, &options, &mut show)?,
        Some(cluster) => answer_in_cluster(model, &inquiry, &options, &cluster.about(&title), &mut show)?,
    };
    drop(line);
    let seconds = began.elapsed().as_secs_f64();
    let text = match args.format {
        Format::Human => told(&title, &names, &report, seconds),
        Format::Json => format!("{}\n", json(&names, &report, seconds)),
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => {
            written.map_err(|error| Error::Worker(format!("what it found cannot be written: {error}")))
        }
    }
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

/// What was found, in words.
fn told<M: Epistemic>(what: &str, names: &[&str], report: &Report<M>, seconds: f64) -> String {
    let (states, layers) = (report.unique_states(), report.layers.len());
    let mut text =
        format!("{what}: {states} states in {layers} layers, {seconds:.2} s. {}\n", report.completion);
    for (name, answer) in names.iter().zip(&report.answers) {
        text += &format!("\n{name}: {}\n", answer.outcome);
        if let Outcome::Inconclusive(doubt) = answer.outcome {
            text += &format!("  {doubt}\n");
        }
        match &answer.evidence {
            Evidence::Closure | Evidence::Nothing => {}
            Evidence::Run(run) => text += &told_run::<M>("run", run),
            Evidence::Class { run, size } => {
                text += &told_run::<M>("run", run);
                text += &format!("  {size} states look like its last one\n");
            }
            Evidence::Lasso { stem, cycle } => {
                text += &told_run::<M>("run", stem);
                text += &told_run::<M>("again and again", cycle);
            }
            Evidence::Twins { run, twin } => {
                text += &told_run::<M>("run", run);
                text += &told_run::<M>("twin", twin);
            }
        }
    }
    text
}

fn told_run<M: Epistemic>(title: &str, run: &PathOf<M>) -> String {
    let mut text = match run.states.first() {
        Some(first) => format!("  {title}: from {first:?}\n"),
        None => format!("  {title}\n"),
    };
    for action in &run.actions {
        text += &format!("    {action:?}\n");
    }
    text
}
