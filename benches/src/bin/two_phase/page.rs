//! **What was measured, as Markdown.**

use crate::run::Run;
use std::fmt::Write;

/// The runs of one engine, one of each turn.
pub(crate) struct Measured {
    pub(crate) title: String,
    pub(crate) runs: Vec<Run>,
}

/// How the numbers came about.
pub(crate) fn introduction(command: &str, runs: usize) -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "# The dataflow engine, side by side with others\n\n\
         Made by `{command}`. **These are times from one machine with {processors} processors, which may have had other work \
         to do at the same time; nothing tests them.** The counts are tested: the command fails when two engines differ.\n\n\
         Each run is a process of its own, and the engines take turns. Numbers are medians of {runs} runs. *Processor time* \
         is that of all threads together, so that other work on the machine disturbs it less than the rate. *Bytes* are the most \
         that the process held, over the states. The *ratio* says how often the first line is as fast, turn by turn: its median, \
         and from where to where it went. The other ratio is that of processor times.\n"
    )
}

/// One line for each engine; the first is what the others are compared with.
pub(crate) fn table(all: &[Measured]) -> String {
    let mut table = "\n| Engine | states/s | Processor time, µs/state | Bytes/state | Ratio | Range | Ratio of processor times | \
                     Range |\n|---|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    let Some(first) = all.first() else {
        return table;
    };
    for Measured { title, runs } in all {
        let states = |run: &Run| run.states as f64;
        let rate = median(runs.iter().map(|run| states(run) / run.seconds));
        let busy = median(runs.iter().map(|run| run.busy * 1e6 / states(run)));
        let bytes = median(runs.iter().map(|run| run.bytes as f64 / states(run)));
        let times = compared(runs, &first.runs, |run| run.seconds);
        let processor = compared(runs, &first.runs, |run| run.busy);
        let _ = writeln!(
            table,
            "| {title} | {:.2} M | {busy:.2} | {bytes:.0} | {times} | {processor} |",
            rate / 1e6
        );
    }
    table
}

/// How much of the one engine's processor time the other one's is, turn by turn.
pub(crate) fn share(part: &[Run], whole: &[Run]) -> String {
    let shares: Vec<f64> =
        part.iter().zip(whole).map(|(part, whole)| 100.0 * part.busy / whole.busy).collect();
    let (least, most) = bounds(&shares);
    format!("{:.0} % ({least:.0} % to {most:.0} %)", median(shares.into_iter()))
}

/// The median and the range of what the runs took over what those of the same turns took.
fn compared(runs: &[Run], with: &[Run], of: impl Fn(&Run) -> f64) -> String {
    let ratios: Vec<f64> = runs.iter().zip(with).map(|(run, with)| of(run) / of(with)).collect();
    let (least, most) = bounds(&ratios);
    format!("{:.1} | {least:.1} to {most:.1}", median(ratios.into_iter()))
}

fn bounds(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
        (least.min(*value), most.max(*value))
    })
}

/// The middle value, or the upper one of two.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seconds: f64) -> Run {
        Run { states: 1_000_000, layers: 0, seconds, busy: 2.0 * seconds, bytes: 48_000_000 }
    }

    #[test]
    fn a_line_compares_with_the_first_one_turn_by_turn() {
        let first = Measured { title: "first".to_owned(), runs: vec![run(1.0), run(2.0), run(1.0)] };
        let second = Measured { title: "second".to_owned(), runs: vec![run(4.0), run(4.0), run(3.0)] };
        let table = table(&[first, second]);
        assert!(
            table.contains("| first | 1.00 M | 2.00 | 48 | 1.0 | 1.0 to 1.0 | 1.0 | 1.0 to 1.0 |"),
            "{table}"
        );
        assert!(
            table.contains("| second | 0.25 M | 8.00 | 48 | 3.0 | 2.0 to 4.0 | 3.0 | 2.0 to 4.0 |"),
            "{table}"
        );
        assert_eq!(share(&[run(1.0)], &[run(4.0)]), "25 % (25 % to 25 %)");
    }
}
