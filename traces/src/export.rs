//! **A replayed trace in the formats of others: ITF, Mermaid, Markdown; and as JSON and SVG of our own.**
//!
//! Each takes the replayed trace, or its account, never the file.

mod itf;
mod markdown;
mod mermaid;

pub use itf::itf;
pub use markdown::{escaped, markdown};
pub use mermaid::mermaid;

use crate::account::Account;

/// The charts of all runs as one SVG, and under them what follows.
#[must_use]
pub fn picture(account: &Account) -> String {
    let charts: Vec<_> = account.runs.iter().map(|run| (run.title.as_str(), &run.chart)).collect();
    let describes = format!(
        "{}: {}. {}",
        account.claim,
        account.verdict,
        account.runs.iter().map(|run| run.title.as_str()).collect::<Vec<_>>().join("; ")
    );
    crate::chart::svg(&charts, &account.conclusion, &describes)
}
