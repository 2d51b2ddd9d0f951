//! **Files that a check writes beside what it prints.**

use std::path::{Path, PathBuf};

/// The heading of files in help.
const FILES: &str = "Files, written as a whole or not at all";

/// Files that a check writes beside what it prints.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FileArgs {
    /// Write the results as JSON.
    #[arg(long, help_heading = FILES, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Write them as JUnit XML: a case for each claim put to an adversary, with its run as the failure's text.
    #[arg(long, help_heading = FILES, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// Write what is violated or undecided as SARIF 2.1.0, with the runs as code flows, for code scanning.
    #[arg(long, help_heading = FILES, value_name = "FILE")]
    pub(crate) sarif: Option<PathBuf>,
    /// Write a summary in Markdown, at most 1 MiB; `cat FILE >> $GITHUB_STEP_SUMMARY` shows it on GitHub.
    #[arg(long, help_heading = FILES, value_name = "FILE")]
    pub(crate) summary: Option<PathBuf>,
    /// Write the results, with the runs that show them, as a page that opens without a network.
    #[arg(long, help_heading = FILES, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// In the page, show what changed against these results, which an earlier `check --json` wrote.
    #[arg(long, help_heading = FILES, value_name = "FILE", requires = "html")]
    pub(crate) against: Option<PathBuf>,
    /// Write the runs that show a verdict into this directory, one file each.
    #[arg(long, help_heading = FILES, value_name = "DIR")]
    pub(crate) traces: Option<PathBuf>,
}

/// A kind of file that a check writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// The results as JSON.
    Json,
    /// JUnit XML.
    Junit,
    /// SARIF.
    Sarif,
    /// A summary in Markdown.
    Summary,
    /// A page.
    Html,
}

impl Written {
    /// The flag that asks for it.
    pub(crate) const fn flag(self) -> &'static str {
        match self {
            Self::Json => "--json",
            Self::Junit => "--junit",
            Self::Sarif => "--sarif",
            Self::Summary => "--summary",
            Self::Html => "--html",
        }
    }
}

impl FileArgs {
    /// The files to write.
    pub(crate) fn files(&self) -> impl Iterator<Item = (Written, &Path)> {
        let all = [
            (Written::Json, &self.json),
            (Written::Junit, &self.junit),
            (Written::Sarif, &self.sarif),
            (Written::Summary, &self.summary),
            (Written::Html, &self.html),
        ];
        all.into_iter().filter_map(|(kind, file)| Some((kind, file.as_deref()?)))
    }
}
