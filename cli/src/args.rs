//! **The command line, as clap reads it.**

mod browse;
mod fail;
mod files;
mod frontier;
mod matrix;
mod review;
mod trace;
mod value;

pub(crate) use browse::BrowseArgs;
pub(crate) use fail::{FailArgs, FailOn, Shard};
pub(crate) use files::{FileArgs, Written};
pub(crate) use frontier::FrontierArgs;
pub(crate) use matrix::{MatrixArgs, MatrixFormat};
pub(crate) use review::ReviewArgs;
pub(crate) use trace::{ShowArgs, Target, TraceCommand, View};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use mailcover_model::flaw::Flaw;
use mailcover_model::widening::{Respect, Widening};
use std::path::PathBuf;
use std::time::Duration;

/// Says who can come to know what in a messaging service: every "no" a search that was exhausted, every "yes" a run
/// that replays.
#[derive(Debug, Parser)]
#[command(name = "mailcover", version, arg_required_else_help = true, after_help = FIRST_STEPS)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const FIRST_STEPS: &str = "First steps:
  mailcover claims                  what is claimed
  mailcover check                   whether it is so
  mailcover init my-design          ask about a service of your own";

const CODES: &str = "Exit codes, the gravest first:
  70   the program has a mistake
  130  interrupted
  1    a file could not be read or written
  2    the command line or a file is wrong
  10   a claim is violated unexpectedly
  12   a claim was never exercised
  5    a limit was reached before a claim was decided
  11   a claim that was expected to be violated is not
  4    nothing was selected
  0    all is as expected";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check claims, and print a table of verdicts.
    #[command(after_help = CODES)]
    Check(Box<CheckArgs>),
    /// List the claims.
    Claims(ListArgs),
    /// List the designs that ship with the program.
    Designs(ListArgs),
    /// List the adversaries of a design.
    Adversaries(AdversariesArgs),
    /// Explain a claim or a design in full.
    Explain(ExplainArgs),
    /// Write a commented design to start from.
    Init(InitArgs),
    /// Show which verdicts, and which counterexamples, differ between two files of results or two designs.
    ///
    /// Ends with 0 whether or not any differ, and with 5 where some were not decided.
    Diff(Box<DiffArgs>),
    /// Check claims, and print them against designs for an adversary, or against adversaries for a design.
    ///
    /// With one `--adversary` each design is a column; without, name one design, and its adversaries are the columns.
    #[command(after_help = CODES)]
    Matrix(Box<MatrixArgs>),
    /// Write what to bring to a design review: the matrix, frontiers, runs with charts, and what is left open.
    #[command(after_help = CODES)]
    Review(Box<ReviewArgs>),
    /// Find the smallest sets of powers that break a claim, and the largest that do not.
    #[command(after_help = CODES)]
    Frontier(Box<FrontierArgs>),
    /// Show, replay, minimize, compare or export stored runs.
    #[command(subcommand)]
    Trace(TraceCommand),
    /// Browse results or a trace in a page, served to this machine alone.
    Browse(BrowseArgs),
    /// Print the JSON Schema of a format.
    Schema(SchemaArgs),
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) of: DesignArgs,
    #[command(flatten)]
    pub(crate) what: WhatArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: CheckFormat,
    #[command(flatten)]
    pub(crate) files: FileArgs,
    #[command(flatten)]
    pub(crate) fail: FailArgs,
    /// Which search to use. stateright's knows nothing of knowledge, and takes no limits.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) engine: Engine,
    /// Keep findings in this folder, and take those of the same program and the same question from it.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["widen", "widen_in"])]
    pub(crate) cache: Option<PathBuf>,
}

/// Of which designs, and on which day.
#[derive(Debug, clap::Args)]
pub(crate) struct DesignArgs {
    /// Names of shipped designs, or paths to design files [default: the main designs].
    #[arg(value_name = "DESIGN")]
    pub(crate) designs: Vec<String>,
    /// Check all shipped designs.
    #[arg(long, conflicts_with = "designs")]
    pub(crate) all: bool,
    /// The day by which expectations expire [default: SOURCE_DATE_EPOCH, else the system's].
    #[arg(long, value_name = "DATE", value_parser = value::day)]
    pub(crate) today: Option<Date>,
}

impl DesignArgs {
    /// The names and paths given, or those of the designs that are meant where none is.
    pub(crate) fn named(&self) -> Vec<String> {
        if self.designs.is_empty() { crate::select::shipped(self.all) } else { self.designs.clone() }
    }
}

/// Which claims to check, and of what.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct WhatArgs {
    /// Only claims of this name; `*` and `?` stand for any letters and any one letter.
    #[arg(long = "claim", value_name = "GLOB")]
    pub(crate) claims: Vec<String>,
    /// Only questions about this adversary.
    #[arg(long = "adversary", value_name = "NAME")]
    pub(crate) adversaries: Vec<String>,
    /// Set a knob of each design, such as `log.query.keep_days=25`; see `mailcover explain DESIGN`.
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub(crate) settings: Vec<String>,
    /// Plant a deliberate mistake in the model, to see which claims notice.
    #[arg(long, value_name = "NAME", value_parser = value::flaw)]
    pub(crate) flaw: Option<Flaw>,
    /// Raise the bounds of the scopes by this much, to see whether verdicts are stable: a verdict that changes is an
    /// artefact of its scope. What a scope leaves out altogether stays out.
    #[arg(long, value_name = "K", default_value_t = 0, value_parser = value::from_to::<u8, 0, 3>)]
    pub(crate) widen: u8,
    /// Raise only these bounds, since wider scopes may be much larger [default: all of them].
    #[arg(long, value_name = "WHICH", value_enum, value_delimiter = ',', requires = "widen")]
    pub(crate) widen_in: Vec<Wider>,
}

/// Which bounds are raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wider {
    /// How often things happen in the run, and for how many days.
    Run,
    /// How often they happened in its past, where it has one, and for how many days.
    Past,
    /// Bounds of zero, in run and past, where the same is allowed to another user, or in the other direction.
    Who,
}

impl WhatArgs {
    /// By how much the bounds are raised, and which.
    pub(crate) fn widening(&self) -> Widening {
        let respect = |wider: &Wider| match wider {
            Wider::Run => Respect::Run,
            Wider::Past => Respect::Past,
            Wider::Who => Respect::Who,
        };
        match (self.widen, self.widen_in.as_slice()) {
            (0, _) => Widening::default(),
            (by, []) => Widening::everywhere(by),
            (by, only) => Widening { by, respects: only.iter().map(respect).collect() },
        }
    }
}

/// The heading of limits in help.
const LIMITS: &str = "Limits of each search";

/// How far each search may go.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LimitArgs {
    /// Keep at most this many states.
    #[arg(long, help_heading = LIMITS, value_name = "N", value_parser = value::positive)]
    pub(crate) max_states: Option<usize>,
    /// Go at most this many actions deep.
    #[arg(long, help_heading = LIMITS, value_name = "N", value_parser = value::positive)]
    pub(crate) max_depth: Option<usize>,
    /// Search for at most this long, such as `30s` or `5min`, waiting for memory included [default: 1h].
    #[arg(long, help_heading = LIMITS, value_name = "DURATION", value_parser = value::duration)]
    pub(crate) max_time: Option<Duration>,
    /// Keep states in at most this much memory, such as `8GiB`; of searches that need more than 1GiB one runs at a time
    /// [default: 4GiB].
    #[arg(long, help_heading = LIMITS, value_name = "SIZE", value_parser = value::size)]
    pub(crate) memory: Option<usize>,
    /// How many threads to use [default: as many as there are processors].
    #[arg(long, help_heading = LIMITS, value_name = "N", value_parser = value::from_to::<usize, 1, 1024>)]
    pub(crate) threads: Option<usize>,
}

impl LimitArgs {
    /// Whether any limit was given; the number of threads is none.
    pub(crate) const fn any(&self) -> bool {
        self.max_states.is_some()
            || self.max_depth.is_some()
            || self.max_time.is_some()
            || self.memory.is_some()
    }
}

/// Arguments of `claims` and `designs`.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Arguments of `adversaries`.
#[derive(Debug, clap::Args)]
pub(crate) struct AdversariesArgs {
    /// The name of a shipped design, or a path [default: imessage-2016].
    pub(crate) design: Option<String>,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A claim, a shipped design, or a path to a design file.
    #[arg(value_name = "CLAIM|DESIGN")]
    pub(crate) what: String,
    /// The design in which to explain a claim, perhaps a file of yours [default: the claim's own].
    #[arg(long, value_name = "DESIGN")]
    pub(crate) design: Option<String>,
    /// Explain the design as it is with this knob set, as `check --set` does.
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub(crate) settings: Vec<String>,
}

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The design's name; the file is called NAME.toml.
    #[arg(default_value = "my-design")]
    pub(crate) name: String,
    /// Write a job as well, which checks the design in CI. A design that exists is then kept as it is.
    #[arg(long, value_enum, value_name = "WHERE")]
    pub(crate) ci: Option<Ci>,
    /// Overwrite files that exist; with `--ci` the job alone.
    #[arg(long)]
    pub(crate) force: bool,
}

/// Where jobs run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// GitHub Actions: `.github/workflows/NAME.yml`.
    Github,
    /// GitLab: `NAME.gitlab-ci.yml`, to include.
    Gitlab,
}

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// A file that `check --json` wrote, the name of a shipped design, or a path to a design file.
    pub(crate) old: String,
    /// The same, of the same kind.
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) what: WhatArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
}

/// What the stdout of `diff` is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// For a comment on a pull request.
    Markdown,
}

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Of which format.
    #[arg(value_enum, value_name = "FORMAT")]
    pub(crate) of: Schema,
}

/// The formats that have a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Schema {
    /// Design files.
    Design,
    /// What `check --format json` prints.
    Result,
    /// What `matrix --format json` prints.
    Matrix,
    /// What `frontier --format json` prints.
    Frontier,
    /// What `diff --format json` prints.
    Diff,
    /// What `check --update-baseline` writes.
    Baseline,
    /// Stored runs.
    Trace,
    /// What `trace export --to json` writes.
    Account,
}

/// What stdout is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// What a check's stdout is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
    /// For GitHub Actions: an annotation of the design's line for each result that is not as expected.
    Github,
}

/// The searches that can be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Mailcover's plain search: every state kept and compared in full.
    #[default]
    #[value(alias = "plain")]
    Own,
    /// Mailcover's dataflow: states as keys of 128 bits, less memory, many threads for one search.
    Timely,
    /// stateright's, as a second opinion.
    Stateright,
}

impl Engine {
    /// The name in results.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Timely => "timely",
            Self::Stateright => "stateright",
        }
    }
}
