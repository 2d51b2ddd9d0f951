//! **The opening: what was asked, what came of it, and who the adversary is.**

use super::layout::Text;
use super::words::{harmless, list, observer, sentence};
use crate::compare;
use crate::replay::Replayed;
use crate::trace::Trace;
use mailcover_model::design::{Capability, library};
use mailcover_model::view::Observer;
use mailcover_properties::finding::{Evidence, Verdict};

pub(super) fn opening(replayed: &Replayed) -> Text {
    let trace = &replayed.trace;
    let mut text = Text::default();
    text.heading("The claim");
    text.say(2, harmless(&trace.sentence));
    text.say(2, format!("In the design {}: {}", harmless(&trace.design.name), design_says(trace)));
    if let Some(flaw) = trace.flaw {
        text.say(
            2,
            format!(
                "A mistake was planted in the model on purpose, to see whether the claim would notice: {}.",
                flaw.name().replace('-', " ")
            ),
        );
    }
    text.heading("The verdict");
    text.say(2, verdict(trace.verdict, &trace.evidence));
    text.heading("The adversary");
    for line in adversary(replayed) {
        text.say(2, line);
    }
    text
}

/// What the design says of itself; and in what it differs from the shipped design whose name it bears.
pub(crate) fn design_says(trace: &Trace) -> String {
    let says = harmless(&trace.design.says);
    let differing =
        library::load(&trace.design.name).map(|shipped| compare::differing(&trace.design, &shipped));
    match differing.unwrap_or_default().as_slice() {
        [] => says,
        knobs => format!(
            "{says} It bears the name of a shipped design, and differs from it in {}.",
            harmless(&list(knobs))
        ),
    }
}

/// The verdict as a sentence. What only a search can tell is told as what a search found: replay takes the runs again, and
/// the grounds say whether it searched.
pub(crate) fn verdict(verdict: Verdict, evidence: &Evidence) -> String {
    match (verdict, evidence) {
        (Verdict::Holds, Evidence::Twin { .. }) => {
            return "The claim holds, within the scope given at the end. The search behind this trace found for every run in \
                    which it happens another that looks the same to the adversary; here is one such pair."
                .to_owned();
        }
        (Verdict::Violated, Evidence::Class { .. }) => {
            return "The claim is violated. The search behind this trace found all states that look like the end of this run \
                    to the adversary, and they agree; the run shows how it comes to know."
                .to_owned();
        }
        _ => {}
    }
    let shown = match evidence {
        Evidence::Run(_) | Evidence::Closure => "a run shows it",
        Evidence::Lasso { .. } => "a run that goes on for ever shows it",
        Evidence::Twin { .. } => "two runs that look the same to the adversary show it",
        Evidence::Class { .. } => "a run shows how the adversary comes to know",
    };
    match verdict {
        Verdict::Holds => format!("The claim holds, within the scope given at the end; {shown}."),
        Verdict::Violated => format!("The claim is violated; {shown}."),
        _ => format!("The verdict is {}; {shown}.", verdict.word().replace('-', " ")),
    }
}

pub(crate) fn adversary(replayed: &Replayed) -> Vec<String> {
    let trace = &replayed.trace;
    let Some(adversary) = trace.design.adversary(&trace.adversary) else { return Vec::new() };
    let mut lines = vec![sentence(&harmless(&adversary.says))];
    // Of an observer that is asked about by its own name, its sentence has said it.
    let alone = adversary.capabilities.is_empty()
        && matches!(adversary.observers.as_slice(), [only] if only.name() == adversary.name);
    if let Some(run) = replayed.runs.first()
        && !(alone || replayed.observers.is_empty())
    {
        if replayed.observers == [Observer::Investigator] {
            lines.push("It sees what was asked for and what was disclosed.".to_owned());
        } else {
            let eyes: Vec<String> =
                replayed.observers.iter().map(|&eye| observer(&run.service, eye)).collect();
            lines.push(format!("It sees what {} can see.", with_verb(&eyes)));
        }
    }
    let powers: Vec<String> = adversary.capabilities.iter().map(|power| may(power).to_owned()).collect();
    if !powers.is_empty() {
        lines.push(format!("What it may do: {}.", list(&powers)));
    }
    lines
}

fn with_verb(eyes: &[String]) -> String {
    match eyes {
        [only] if only.ends_with(" log") => format!("a reader of {only}"),
        _ => list(eyes),
    }
}

/// What a capability lets somebody do.
#[must_use]
pub const fn may(power: Capability) -> &'static str {
    match power {
        Capability::AddKey => "add a key of its own to somebody's address in the directory",
        Capability::SwapKey => "replace somebody's keys in the directory by its own",
        Capability::WithholdAlerts => "keep from owners that a key was added to their address",
        Capability::Inject => "put messages before devices, as the push service",
        Capability::InjectOnWire => "put records on the line to a device",
        Capability::KeepBeyondWindow => "keep rows beyond their retention",
        Capability::DiscloseWithoutOrder => "have rows handed over without an order",
        Capability::ProviderOrders => "apply for orders at the provider",
        Capability::CarrierOrders => "apply for orders at the carrier",
        Capability::RequestPreservation => "ask the provider to preserve what exists",
        Capability::RequestEmergency => "ask the provider to disclose in an emergency",
        Capability::StealDecryptionKey => "steal what opens the messages for a device",
        Capability::StealSigningKey => "steal what signs the messages from a device",
        Capability::AlterInTransit => "put altered copies of messages before their receivers' devices",
    }
}
