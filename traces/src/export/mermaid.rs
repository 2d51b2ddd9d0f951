//! **A run as a sequence diagram for Mermaid, which many places that show Markdown can draw.**

use crate::chart::{Lane, Mark, Sequence, Sort, sequence};
use crate::error::{TraceError, no_run};
use crate::replay::Replayed;
use crate::tell::scene;
use crate::tell::words::harmless;
use std::fmt::Write;

/// The run of this number, from 0, as a sequence diagram.
///
/// # Errors
/// [`TraceError::Absent`] when the trace has no such run.
pub fn mermaid(replayed: &Replayed, number: usize) -> Result<String, TraceError> {
    let run = replayed.runs.get(number).ok_or_else(|| no_run(number, replayed.runs.len()))?;
    let shown = scene::shown(run);
    Ok(diagram(&sequence(&shown.service, shown.states.first(), &shown.scenes, replayed.round())))
}

fn diagram(sequence: &Sequence) -> String {
    let mut out = String::from("sequenceDiagram\n");
    for (at, (_, name)) in sequence.lanes.iter().enumerate() {
        let _ = writeln!(out, "    participant p{at} as {}", escaped(name));
    }
    let place = |lane: Lane| sequence.lanes.iter().position(|(known, _)| *known == lane).unwrap_or(0);
    let last = sequence.lanes.len().saturating_sub(1);
    for (step, marks) in &sequence.steps {
        for (at, mark) in marks.iter().enumerate() {
            let number = if *step > 0 && at == 0 { format!("{step}. ") } else { String::new() };
            let _ = match mark {
                Mark::Arrow { from, to, says, sort } => {
                    let arrow = if *sort == Sort::Answer { "-->>" } else { "->>" };
                    let says = format!("{number}{}{}", sign(*sort), escaped(says));
                    writeln!(out, "    p{}{arrow}p{}: {says}", place(*from), place(*to))
                }
                Mark::Alone { at, says, sort } => {
                    writeln!(out, "    Note over p{}: {number}{}{}", place(*at), sign(*sort), escaped(says))
                }
                Mark::Rule(says) if last == 0 => writeln!(out, "    Note over p0: {number}{}", escaped(says)),
                Mark::Rule(says) => writeln!(out, "    Note over p0,p{last}: {number}{}", escaped(says)),
            };
        }
    }
    out
}

const fn sign(sort: Sort) -> &'static str {
    match sort {
        Sort::Power => "▲ ",
        _ => "",
    }
}

/// The text with every character that means something to Mermaid, or to the HTML that it writes, as its number.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        if c.is_alphanumeric() || " ,.-'()▲".contains(c) {
            safe.push(c);
        } else {
            let _ = write!(safe, "#{};", u32::from(c));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_means_something_to_mermaid_is_written_as_a_number() {
        assert_eq!(escaped("a: b;\n<br>#1"), "a#58; b#59;#91;U#43;000A#93;#60;br#62;#35;1");
    }
}
