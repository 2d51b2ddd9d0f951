//! **The arguments of `matrix`.**

use super::{LimitArgs, WhatArgs, value};
use clap::ValueEnum;
use jiff::civil::Date;

/// Arguments of `matrix`.
#[derive(Debug, clap::Args)]
pub(crate) struct MatrixArgs {
    /// Names of shipped designs, or paths to design files. With one `--adversary` each is a column [default: the main
    /// designs]; without, there is one, and its adversaries are the columns.
    #[arg(value_name = "DESIGN")]
    pub(crate) designs: Vec<String>,
    /// All shipped designs.
    #[arg(long, conflicts_with = "designs")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) what: WhatArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: MatrixFormat,
    /// The day by which expectations expire [default: SOURCE_DATE_EPOCH, else the system's].
    #[arg(long, value_name = "DATE", value_parser = value::day)]
    pub(crate) today: Option<Date>,
}

/// What a matrix is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatrixFormat {
    /// For people at a terminal.
    #[default]
    Human,
    /// Markdown, for a document or a comment.
    Md,
    /// A page that opens without a network.
    Html,
    /// For spreadsheets: the table without what it rests on.
    Csv,
    /// For programs.
    Json,
}
