//! **The arguments of `trace`.**

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// What to do with a trace.
#[derive(Debug, Subcommand)]
pub(crate) enum TraceCommand {
    /// Tell the run, step by step; or show what somebody holds, or what is the case, after a step.
    Show(ShowArgs),
    /// Execute the run again, and see whether it still shows what it did.
    Replay {
        /// The trace.
        file: PathBuf,
        /// Explore again too, since what rests on an exhausted search cannot be replayed.
        #[arg(long)]
        exhaust: bool,
    },
    /// Find the smallest trace that shows the same: shortest, then fewest actors, fewest kinds of action, earliest.
    ///
    /// Prints the trace, or writes it to a file and says what was done.
    Minimize {
        /// The trace.
        file: PathBuf,
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Hold at most this many states; beyond, steps are only left out as long as the trace shows the same.
        #[arg(long, value_name = "N", default_value_t = 2_000_000, value_parser = super::value::positive)]
        max_states: usize,
    },
    /// Say where two traces part: in what they ask, and in what happens.
    ///
    /// Ends with 0 whether or not they differ.
    Diff {
        /// The one trace.
        one: PathBuf,
        /// The other trace.
        other: PathBuf,
    },
    /// Write a trace in another format, to a file or to stdout.
    Export {
        /// The trace.
        file: PathBuf,
        /// In which format.
        #[arg(long, value_enum)]
        to: Target,
        /// Write it to this file.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Which run, where the format holds only one: 2 is the twin.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = super::value::positive)]
        run: usize,
    },
}

/// Arguments of `trace show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// The trace.
    pub(crate) file: PathBuf,
    /// Only this step; with --observer or --view, 0 is the beginning, and the last step is shown unless one is named.
    #[arg(long, value_name = "N")]
    pub(crate) step: Option<usize>,
    /// What this observer holds after the step, as a table; a wrong name is answered with the list of them. An adversary of
    /// the trace's design will do, if it has exactly one observer.
    #[arg(long, value_name = "NAME")]
    pub(crate) observer: Option<String>,
    /// All that is the case after the step, or only what the step changed; of the observer, or else of the whole state.
    #[arg(long, value_enum)]
    pub(crate) view: Option<View>,
    /// Of which run, with --observer or --view: 2 is the twin.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = super::value::positive)]
    pub(crate) run: usize,
    /// The width to tell it in [default: the terminal's].
    #[arg(long, value_name = "N", value_parser = super::value::from_to::<usize, 40, 400>)]
    pub(crate) width: Option<usize>,
}

/// How much to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// What the step changed.
    Diff,
    /// All that is the case after it.
    Full,
}

/// The formats of exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// The Informal Trace Format, which the tools of TLA+ and Quint read.
    Itf,
    /// A sequence diagram for Mermaid.
    Mermaid,
    /// A sequence chart as a picture.
    Svg,
    /// A report.
    Markdown,
    /// A page that opens without a network.
    Html,
    /// All that replay finds out, for programs.
    Json,
}

#[cfg(test)]
mod tests {
    use super::Target;
    use clap::ValueEnum;

    #[test]
    fn the_documents_say_what_each_format_is_for() {
        let formats = include_str!("../../../docs/formats.md");
        for target in Target::value_variants() {
            let word =
                target.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            assert!(
                formats.contains(&format!("\n| `{word}` | ")),
                "docs/formats.md lacks a line on `--to {word}`"
            );
        }
    }
}
