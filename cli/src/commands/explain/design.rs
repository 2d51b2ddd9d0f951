//! **A design, explained: every knob marked a fact or an assumption, the logs, who can be asked about, and its own
//! claims.**

use crate::exit::Failure;
use crate::input::Named;
use crate::page::{BOLD, FAINT, FEARED, GOOD, count, paint, sentence, wrapped};
use mailcover_model::design::library::{self, Given, Mark, describe_text};
use mailcover_model::design::{Design, ExpectedVerdict, Log};
use mailcover_model::word::word;
use std::fmt::Write;

/// The explanation.
pub(super) fn told(named: &Named, settings: &[String]) -> Result<String, Failure> {
    let design = &named.design;
    let extends = design.extends.as_ref().map(|base| format!("  extends {base}")).unwrap_or_default();
    let mut text = format!("{}{}\n", paint(BOLD, &design.name), paint(FAINT, extends));
    text.push_str(&wrapped("  ", &design.says, 2));
    text.push_str(&knobs(named)?);
    text.push_str(&logs(design));
    let _ = writeln!(text, "\n{}", paint(BOLD, "Adversaries"));
    text.push_str(&wrapped("  ", &design.adversary_names().join(", "), 2));
    text.push_str(&claims(design));
    text.push_str(&expectations(design));
    let settings: Vec<String> = settings.iter().map(|setting| format!(" --set '{setting}'")).collect();
    let _ = writeln!(
        text,
        "\n{} mailcover check {}{}",
        paint(FAINT, "Next:"),
        named.source.file,
        settings.concat()
    );
    let _ = writeln!(text, "      mailcover adversaries {}", named.source.file);
    Ok(text)
}

fn knobs(named: &Named) -> Result<String, Failure> {
    let knobs = describe_text(&named.design, &named.source.text, &named.source.file)
        .map_err(|error| Failure::input(error.to_string()))?;
    let yours = library::text(&named.source.file).is_none();
    let mut text = format!("\n{}\n", paint(BOLD, "Knobs"));
    for knob in knobs {
        let _ = writeln!(text, "  {} = {}", knob.name, paint(BOLD, &knob.value));
        let (mark, style) = match &knob.mark {
            Mark::Fact(row) => (format!("fact {row}"), GOOD),
            Mark::Assumption => ("assumption".to_owned(), FEARED),
        };
        let note = match knob.given {
            Given::Set => "yours: set on the command line.".to_owned(),
            Given::Here if yours => format!("yours, {mark}: {}", knob.note),
            Given::Here | Given::Inherited => format!("{mark}: {}", knob.note),
        };
        let note = wrapped("      ", &note, 6);
        let note = note.replacen("yours", &paint(BOLD, "yours"), usize::from(knob.given != Given::Inherited));
        text.push_str(&note.replacen(&mark, &paint(style, &mark), 1));
    }
    Ok(text)
}

fn logs(design: &Design) -> String {
    let mut text = format!("\n{}\n", paint(BOLD, "Logs"));
    if design.logs.is_empty() {
        text.push_str("  none\n");
    }
    for log in &design.logs {
        let _ = writeln!(text, "  {}", paint(BOLD, &log.name));
        text.push_str(&wrapped("      ", &said(log), 6));
    }
    text
}

fn said(log: &Log) -> String {
    let on: Vec<String> = log.on.iter().map(word).collect();
    let fields: Vec<String> = log.fields.iter().map(word).collect();
    let orders: Vec<String> = log.yields_to.iter().map(word).collect();
    let fields = if fields.is_empty() { "no field".to_owned() } else { fields.join(", ") };
    let kept = log
        .keep_days
        .map_or("for good".to_owned(), |days| format!("for {}", count(days.into(), "day", "days")));
    let orders = match orders.as_slice() {
        [] => "it yields to no order".to_owned(),
        orders => format!("it yields to {}", orders.join(", ")),
    };
    format!(
        "Records {} with {fields}, kept by {} {kept}; {orders}. Its reader is called {}.",
        on.join(", "),
        log.held_by.name(),
        log.observer_name()
    )
}

fn claims(design: &Design) -> String {
    if design.claims.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", paint(BOLD, "Claims of its own"));
    for claim in &design.claims {
        let _ = writeln!(text, "  {}  put to {}", paint(BOLD, &claim.id), claim.to.join(", "));
        text.push_str(&wrapped("      ", &claim.sentence, 6));
    }
    text
}

fn expectations(design: &Design) -> String {
    if design.expects.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", paint(BOLD, "Expected otherwise than the claims do"));
    for expect in &design.expects {
        let verdict = match expect.verdict {
            ExpectedVerdict::Holds => paint(GOOD, "✓ holds"),
            ExpectedVerdict::Violated => paint(FEARED, "✗ violated"),
        };
        let until = expect.expires.as_ref().map(|day| format!("  until {day}")).unwrap_or_default();
        let _ = writeln!(text, "  {verdict}  {}  {}{until}", paint(BOLD, &expect.claim), expect.adversary);
        text.push_str(&wrapped("      ", &sentence(&expect.reason), 6));
    }
    text
}
