//! **The arguments of `frontier`.**

use super::{Format, LimitArgs, value};
use mailcover_model::design::Capability;
use std::path::PathBuf;

/// Arguments of `frontier`.
#[derive(Debug, clap::Args)]
pub(crate) struct FrontierArgs {
    /// The claim.
    pub(crate) claim: String,
    /// The name of a shipped design, or a path to a design file [default: the claim's own].
    #[arg(long, value_name = "DESIGN")]
    pub(crate) design: Option<String>,
    /// Another design, to see which parties break the claim in the one and not in the other.
    #[arg(long, value_name = "DESIGN")]
    pub(crate) compare: Option<String>,
    /// Ask as the claim asks about this adversary [default: the first that it is put to].
    #[arg(long, value_name = "NAME")]
    pub(crate) adversary: Option<String>,
    /// Look only among these capabilities [default: all but those of the design's environment].
    #[arg(long = "capability", value_name = "NAME", value_parser = value::capability, value_delimiter = ',')]
    pub(crate) capabilities: Vec<Capability>,
    /// Look only among these observers [default: for a claim about knowledge those of the adversary, else all but people with
    /// devices of their own].
    #[arg(long = "observer", value_name = "NAME", value_delimiter = ',')]
    pub(crate) observers: Vec<String>,
    /// Set a knob of each design, such as `log.query.keep_days=25`; see `mailcover explain DESIGN`.
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub(crate) settings: Vec<String>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// Where to write a trace for each party that breaks the claim.
    #[arg(long, value_name = "DIR")]
    pub(crate) traces: Option<PathBuf>,
    /// Where to write a page with the frontier as a picture.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}
