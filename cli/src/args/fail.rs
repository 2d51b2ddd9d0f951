//! **What makes a check fail, which part of it is run, and what was so before.**

use clap::ValueEnum;
use std::fmt;
use std::path::PathBuf;

/// The heading in help.
const FAILING: &str = "Exit code, and parts of a check";

/// What makes a check fail, which part of it is run, and what was so before.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct FailArgs {
    /// Excuse what this file names: departures that were there before. Other verdicts, and attacks of another shape, count.
    #[arg(long, help_heading = FAILING, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// After the check, write its departures into the baseline, which need not exist yet. What was not checked stays there.
    #[arg(long, help_heading = FAILING, requires = "baseline", conflicts_with_all = ["flaw", "settings", "widen"])]
    pub(crate) update_baseline: bool,
    /// Let only these affect the exit code [default: all of them]. What was not decided always does.
    #[arg(long, help_heading = FAILING, value_name = "WHICH", value_enum, value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
    /// End with 0 whatever the verdicts are, for jobs that only upload reports. Errors and Ctrl-C still show.
    #[arg(long, help_heading = FAILING, conflicts_with = "fail_on")]
    pub(crate) exit_zero: bool,
    /// Check only the Kth of N equal parts of the cells; all parts together are the whole.
    #[arg(long, help_heading = FAILING, value_name = "K/N", value_parser = super::value::shard)]
    pub(crate) shard: Option<Shard>,
}

/// What can make a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A claim is violated unexpectedly.
    Violated,
    /// A limit was reached before a claim was decided.
    Inconclusive,
    /// A claim was never exercised.
    Vacuous,
    /// A claim that was expected to be violated is not.
    Xpass,
}

/// One of some equal parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// Which, from 1.
    pub(crate) number: usize,
    /// Of how many.
    pub(crate) of: usize,
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    /// Where this part of so many things begins and ends. Parts differ in size by one at most; neighbours stay together, since
    /// they tend to share searches.
    pub(crate) const fn range(self, things: usize) -> std::ops::Range<usize> {
        let (least, larger) = (things / self.of, things % self.of);
        let before = self.number - 1;
        let begin = before * least + if before < larger { before } else { larger };
        let length = least + if before < larger { 1 } else { 0 };
        begin..begin + length
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn the_parts_are_even_and_together_the_whole() {
        for things in 0..60_usize {
            for of in 1..=things.max(1) {
                let parts: Vec<_> = (1..=of).map(|number| Shard { number, of }.range(things)).collect();
                let all: Vec<usize> = parts.iter().cloned().flatten().collect();
                assert_eq!(all, (0..things).collect::<Vec<_>>(), "{things} in {of}");
                let lengths = || parts.iter().map(ExactSizeIterator::len);
                assert!(lengths().max() <= lengths().min().map(|least| least + 1), "{things} in {of}");
            }
        }
    }
}
