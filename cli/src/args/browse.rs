//! **The arguments of `browse`.**

use std::path::PathBuf;

/// Arguments of `browse`.
#[derive(Debug, clap::Args)]
pub(crate) struct BrowseArgs {
    /// Results that `check --json` wrote, or a trace [default: what is expected of the main designs].
    #[arg(value_name = "RUN|TRACE")]
    pub(crate) file: Option<PathBuf>,
    /// Show what changed against these results, which an earlier `check --json` wrote.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    /// The port to listen on [default: any that is free].
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Open the page in the browser of this machine.
    #[arg(long)]
    pub(crate) open: bool,
    /// Serve stateright's own Explorer of the trace's model instead; it asks for no token.
    #[arg(long, requires = "file", conflicts_with = "against")]
    pub(crate) stateright: bool,
}
