//! **The command `mailcover`.**
//!
//! Each subcommand is a function from its arguments to a [`page::Page`] or a [`exit::Failure`]; only here is anything
//! printed, and only [`exit`] knows how a run of the program ends.

mod args;
mod baseline;
mod cache;
mod commands;
mod date;
mod document;
mod engine;
mod exit;
mod expectation;
mod frontier;
mod input;
mod matrix;
mod page;
mod place;
mod report;
mod select;

use clap::Parser;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match catch_unwind(AssertUnwindSafe(|| commands::run(&args.command))) {
        Ok(outcome) => page::print(outcome).into(),
        Err(_) => exit::Code::Internal.into(),
    }
}
