//! **The subcommands, one file each.**

mod browse;
mod check;
mod checked;
mod diff;
mod explain;
mod frontier;
mod init;
mod list;
mod matrix;
mod review;
mod schema;
mod trace;

use crate::args::Command;
use crate::exit::Failure;
use crate::page::Page;

/// Does what was asked.
pub(crate) fn run(command: &Command) -> Result<Page, Failure> {
    match command {
        Command::Check(args) => check::run(args),
        Command::Claims(args) => list::claims(args.format),
        Command::Designs(args) => list::designs(args.format),
        Command::Adversaries(args) => list::adversaries(args.design.as_deref(), args.format),
        Command::Explain(args) => explain::run(args),
        Command::Init(args) => init::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Matrix(args) => matrix::run(args),
        Command::Review(args) => review::run(args),
        Command::Frontier(args) => frontier::run(args),
        Command::Trace(command) => trace::run(command),
        Command::Browse(args) => browse::run(args),
        Command::Schema(args) => schema::run(args.of),
    }
}
