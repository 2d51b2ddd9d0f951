//! **A trace as Markdown, to be attached to a report: the claim, the runs as steps and as a diagram, and what follows.**

use crate::account::{Account, Cause, RunAccount};
use crate::error::TraceError;
use crate::replay::Replayed;
use crate::tell::words::joined;
use std::fmt::Write;

/// The trace as Markdown.
///
/// # Errors
/// Those of the diagrams that it contains.
pub fn markdown(replayed: &Replayed, account: &Account) -> Result<String, TraceError> {
    let mut out = String::new();
    let _ = writeln!(out, "# {}: {}\n\n> {}\n", account.claim, account.verdict, escaped(&account.sentence));
    let _ = writeln!(out, "{}\n", escaped(&account.verdict_says));
    let _ = writeln!(out, "| | |\n|---|---|");
    let table = [
        ("Design", format!("{}: {}", account.design, account.design_says)),
        ("Adversary", format!("{}: {}", account.adversary, account.adversary_says.join(" "))),
        ("Formula", account.formula.clone()),
        ("Scope", account.scope.clone()),
    ];
    for (name, says) in table {
        let _ = writeln!(out, "| {name} | {} |", escaped(&says));
    }
    if let Some(flaw) = &account.flaw {
        let _ = writeln!(out, "| Planted mistake | {} |", escaped(flaw));
    }
    for (at, run) in account.runs.iter().enumerate() {
        told(&mut out, run);
        let _ = writeln!(out, "\n```mermaid\n{}```", super::mermaid(replayed, at)?);
    }
    causes(&mut out, account);
    for derivation in &account.derivations {
        let _ = writeln!(out, "\n## How the adversary comes by {}\n", escaped(&derivation.of));
        for (at, known) in derivation.steps.iter().enumerate() {
            let print = known.fingerprint.as_ref().map_or_else(String::new, |print| format!(" `{print}`"));
            let _ = writeln!(out, "{}. {}{print}: {}.", at + 1, escaped(&known.term), escaped(&known.why));
        }
    }
    let _ = writeln!(out, "\n## What follows\n\n{}", escaped(&account.conclusion));
    let _ = writeln!(out, "\n## What this rests on\n");
    for ground in &account.grounds {
        let _ = writeln!(out, "- {}", escaped(ground));
    }
    Ok(out)
}

fn told(out: &mut String, run: &RunAccount) {
    let _ = writeln!(out, "\n## {}\n", escaped(&run.title));
    for before in &run.before {
        let _ = writeln!(out, "- {}", escaped(before));
    }
    if !run.before.is_empty() {
        out.push('\n');
    }
    let mut last = None;
    for (at, step) in run.steps.iter().enumerate() {
        if run.round == Some(at) {
            out.push_str("\nFrom here on the run goes round:\n\n");
        }
        let day = if last == Some(step.day) { String::new() } else { format!("**Day {}.** ", step.day) };
        last = Some(step.day);
        let power =
            step.power.as_ref().map_or_else(String::new, |power| format!(" **(capability: {power})**"));
        let _ = writeln!(out, "{}. {day}{}{power}", at + 1, escaped(&step.says));
        for row in run.logged.iter().filter(|row| row.step == at + 1) {
            let _ = writeln!(out, "   - recorded: {}", escaped(&joined(&row.cells)));
        }
    }
    if run.steps.is_empty() {
        out.push_str("Nothing happens at all.\n");
    }
    if run.round.is_some() {
        out.push_str("\n... and so on, round and round, for ever.\n");
    }
    if let Some(missing) = &run.left_out {
        let _ = writeln!(out, "\n*{}*", escaped(missing));
    }
}

/// What the adversary holds, and what caused it in each run.
fn causes(out: &mut String, account: &Account) {
    if account.causes.is_empty() {
        return;
    }
    let titles: Vec<&str> = account.runs.iter().map(|run| run.title.as_str()).collect();
    let _ = writeln!(out, "\n## What the adversary holds, and what caused it\n");
    let _ = writeln!(out, "| It holds | {} |", titles.join(" | "));
    let _ = writeln!(out, "|---|{}", "---|".repeat(titles.len()));
    for Cause { entry, by, .. } in &account.causes {
        let by: Vec<String> = by.iter().map(|cause| escaped(&cause.said())).collect();
        let _ = writeln!(out, "| {} | {} |", escaped(entry), by.join(" | "));
    }
}

/// The text with whatever means something to Markdown written so that it means itself.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_means_itself() {
        assert_eq!(escaped("a|b<script>[x](y)`"), "a\\|b&lt;script&gt;\\[x\\](y)\\`");
    }
}
