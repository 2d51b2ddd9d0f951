//! **What was measured, as Markdown.**

use crate::measure::Measured;
use mailcover_model::state::State;
use std::fmt::Write;
use std::time::Duration;

/// The whole page.
pub(crate) fn page(design: &str, command: &str, runs: usize, all: &[Measured]) -> String {
    let mut page = format!(
        "# The plain search beside stateright's\n\n\
         Made by `{command}`. **These are times from one machine, which had other work to do at the same time:** \
         both engines suffer, not always equally, so the spread says more than the median. Nothing tests them.\n\n\
         Both engines search the same model of the design {design}, in the same scope, on one thread, by turns \
         in one process: one run of each that does not count, then {runs} of each. stateright is given one \
         property that is never discovered, so that it sees every state. Both agree on the number of states \
         and of transitions, else nothing is written. stateright keeps a fingerprint of 64 bits for each state; \
         the plain search keeps every state in full and compares it in full.\n\n\
         ## States per second\n\n\
         The ratio is plain to stateright: above 1, the plain search is faster. The range is that of the \
         {runs} pairs.\n\n\
         | Cell | States | Transitions | plain, states/s | stateright, states/s | Ratio | Range | \
         plain, bytes/state |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for one in all {
        let _ = writeln!(page, "{}", speed(one));
    }
    let _ = write!(
        page,
        "\nA `State` is {} bytes. The bytes per state include the index, the predecessor, and room that is \
         reserved and not used: it doubles when it is full.\n\n\
         ## Where the time goes\n\n\
         The model's share is the time to ask it again for every action of every stored state, over the time \
         of the search that stored them: medians of the shares. What remains is hashing, comparing and storing. \
         The class table is the one that the question's adversary would be judged by.\n\n\
         | Cell | Model's share | Range | Actions tried per state | Of them enabled | \
         Class table, ns/state |\n\
         |---|--:|--:|--:|--:|--:|\n",
        size_of::<State>()
    );
    for one in all {
        let _ = writeln!(page, "{}", shares(one));
    }
    page
}

fn speed(one: &Measured) -> String {
    let states = one.counts.states;
    let (plain, stateright) = (median(&seconds(&one.plain)), median(&seconds(&one.stateright)));
    let pairs = quotients(&one.stateright, &one.plain);
    format!(
        "| {} | {} | {} | {} | {} | {:.2} | {} | {} |",
        one.cell,
        grouped(states),
        grouped(one.counts.transitions),
        grouped((states as f64 / plain) as usize),
        grouped((states as f64 / stateright) as usize),
        stateright / plain,
        range(&pairs, |ratio| format!("{ratio:.2}")),
        one.memory / states.max(1),
    )
}

fn shares(one: &Measured) -> String {
    let states = one.counts.states.max(1) as f64;
    let share = quotients(&one.model, &one.plain);
    format!(
        "| {} | {:.0} % | {} | {:.1} | {:.1} % | {:.0} |",
        one.cell,
        median(&share) * 100.0,
        range(&share, |share| format!("{:.0} %", share * 100.0)),
        one.attempts as f64 / states,
        one.counts.transitions as f64 * 100.0 / one.attempts.max(1) as f64,
        median(&seconds(&one.table)) * 1e9 / states,
    )
}

fn seconds(times: &[Duration]) -> Vec<f64> {
    times.iter().map(Duration::as_secs_f64).collect()
}

/// Run by run, how often the one time contains the other.
fn quotients(over: &[Duration], under: &[Duration]) -> Vec<f64> {
    over.iter().zip(under).map(|(over, under)| over.as_secs_f64() / under.as_secs_f64()).collect()
}

/// The middle value; of an even number of values, the mean of the two in the middle.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.as_slice() {
        [] => f64::NAN,
        all if all.len() % 2 == 1 => all[middle],
        all => f64::midpoint(all[middle - 1], all[middle]),
    }
}

fn range(values: &[f64], show: impl Fn(f64) -> String) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{}–{}", show(least), show(most))
}

/// The number, with its digits in threes.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, median};

    #[test]
    fn numbers_are_shown_as_they_are() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(median(&[3.0, 1.0, 2.0]).to_bits(), 2.0_f64.to_bits());
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]).to_bits(), 2.5_f64.to_bits());
    }
}
