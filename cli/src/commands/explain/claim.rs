//! **A claim, explained: what it says, whom it is put to, what is expected and why, and what it does not say.**

use crate::input::Named;
use crate::page::{BOLD, FAINT, FEARED, GOOD, paint, sentence, wrapped};
use mailcover_model::design::ExpectedVerdict;
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, pose};
use mailcover_properties::claim::Claim;
use mailcover_properties::smallest::Shortfall;
use std::fmt::Write;
use std::sync::Arc;

/// The explanation, as the claim is put in the design.
pub(super) fn told(claim: &Arc<Claim>, named: &Named) -> String {
    let mut text = format!("{}\n{}", paint(BOLD, &claim.id), wrapped("  ", &claim.sentence, 2));
    text.push_str(&questions(claim, named));
    let flaws: Vec<String> = claim.flaws.iter().copied().map(Flaw::name).collect();
    let none = "none is known to the model".to_owned();
    let flaws = if flaws.is_empty() { none } else { flaws.join(", ") };
    part(&mut text, "Mistakes that its check notices", &[flaws]);
    part(&mut text, "Not claimed", std::slice::from_ref(&claim.not_claimed));
    if !claim.less.is_empty() {
        let line = |(lacks, reason): &(Shortfall, String)| sentence(&format!("{lacks}. {reason}"));
        let reasons: Vec<String> = claim.less.iter().map(line).collect();
        part(&mut text, "Where its scopes are narrow, and why", &reasons);
    }
    let threat = format!(
        "{}, one of the kinds of threat to privacy that the method LINDDUN tells apart.",
        claim.linddun
    );
    part(&mut text, "Kind of threat", &[threat]);
    part(&mut text, "Sources", &claim.sources);
    let _ = writeln!(
        text,
        "\n{} mailcover check {} --claim {}",
        paint(FAINT, "Next:"),
        named.source.file,
        claim.id
    );
    text
}

fn part(text: &mut String, heading: &str, paragraphs: &[String]) {
    let _ = writeln!(text, "\n{}", paint(BOLD, heading));
    for paragraph in paragraphs {
        text.push_str(&wrapped("  ", paragraph, 2));
    }
}

/// Whom the claim is put to, with the formulas.
fn questions(claim: &Arc<Claim>, named: &Named) -> String {
    let mut text = format!("\n{}\n", paint(BOLD, format!("Put to, in the design {}", named.design.name)));
    for cell in Cell::of(&named.design, claim) {
        text.push_str(&question(&cell));
    }
    text
}

fn question(cell: &Cell) -> String {
    let question = cell.question();
    let (posed, context) = match pose(cell) {
        Ok(posed) => posed,
        Err(reason) => {
            return wrapped("  – ", &format!("{}: not applicable, since {reason}.", question.adversary), 4);
        }
    };
    let (sign, style, expected) = match cell.expected() {
        ExpectedVerdict::Holds => ("✓", GOOD, "expected to hold"),
        ExpectedVerdict::Violated => ("✗", FEARED, "expected to be violated"),
    };
    let own = cell
        .design
        .expects
        .iter()
        .find(|expect| expect.claim == cell.claim.id && expect.adversary == question.adversary);
    let because = own.map_or(&question.because, |expect| &expect.reason);
    let until = own.and_then(|expect| expect.expires.as_ref());
    let until = until.map(|day| format!(" (until {day})")).unwrap_or_default();
    let mut text =
        format!("  {} {}  {expected}{until}\n", paint(style, sign), paint(BOLD, &question.adversary));
    text.push_str(&wrapped("      ", &sentence(because), 6));
    text.push_str(&field("formula", &posed.ask.formula(&context.adversary.name)));
    text.push_str(&field("exercised", &format!("when {}", posed.exercised.clause())));
    text.push_str(&field("scope", &posed.scope.summary()));
    text
}

/// A field of a question, its heading in a column of its own.
fn field(heading: &str, value: &str) -> String {
    let wrapped = wrapped(&" ".repeat(17), value, 17);
    let rest = wrapped.get(17..).unwrap_or_default();
    format!("      {}{rest}", paint(FAINT, format!("{heading:<11}")))
}
