//! **The arguments of `review`.**

use super::{LimitArgs, value};
use jiff::civil::Date;
use std::path::PathBuf;

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArgs {
    /// The name of a shipped design, or a path to a design file.
    pub(crate) design: String,
    /// Where to write `review.html` and `review.md`, with the charts that the latter shows.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Only claims of this name; `*` and `?` stand for any letters and any one letter.
    #[arg(long = "claim", value_name = "GLOB")]
    pub(crate) claims: Vec<String>,
    /// Draw only frontiers that take at most this many states; 0 draws none.
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    pub(crate) frontier_states: usize,
    /// Set a knob of the design, such as `log.query.keep_days=25`; see `mailcover explain DESIGN`.
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub(crate) settings: Vec<String>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// The day by which expectations expire [default: SOURCE_DATE_EPOCH, else the system's].
    #[arg(long, value_name = "DATE", value_parser = value::day)]
    pub(crate) today: Option<Date>,
}
