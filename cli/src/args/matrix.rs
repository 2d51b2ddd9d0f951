//! **The arguments of `matrix`.**

use super::{DesignArgs, LimitArgs, WhatArgs};
use clap::ValueEnum;

/// Arguments of `matrix`.
#[derive(Debug, clap::Args)]
pub(crate) struct MatrixArgs {
    #[command(flatten)]
    pub(crate) of: DesignArgs,
    #[command(flatten)]
    pub(crate) what: WhatArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    /// What stdout is for.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: MatrixFormat,
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
