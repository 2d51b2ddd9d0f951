//! **A frontier for people: sentences, then what they rest on.**

use super::{Breaks, OneByOne, Powers, Report, Side, Spares};
use crate::page::{BAD, BOLD, FAINT, FEARED, GOOD, count, paint, wrapped};
use mailcover_traces::harmless;
use std::fmt::Write;

/// The report for people.
pub(crate) fn human(report: &Report) -> String {
    let mut text = format!("{}\n", paint(BOLD, &report.claim));
    text.push_str(&wrapped("  ", &report.sentence, 2));
    if let Some(set) = report.set() {
        text.push_str(&wrapped("  ", &set, 2));
    }
    for side in &report.sides {
        told(&mut text, side);
    }
    if let (Some(change), [first, second]) = (&report.change, report.sides.as_slice()) {
        part(&mut text, &format!("What {} buys over {}", second.design, first.design));
        changed(&mut text, "no longer broken by somebody who", &change.bought);
        part(&mut text, "What it costs");
        changed(&mut text, "now broken by somebody who", &change.cost);
    }
    let traces =
        report.sides.iter().flat_map(|side| &side.breaking).filter_map(|breaks| breaks.trace.as_ref());
    if let Some(trace) = traces.into_iter().next() {
        let _ = writeln!(text, "\n{} mailcover trace show {}", paint(FAINT, "Next:"), harmless(trace));
    } else if report.sides.iter().any(|side| !side.breaking.is_empty()) {
        let _ =
            writeln!(text, "\n{} the same with `--traces DIR`, for the run of each", paint(FAINT, "Next:"));
    }
    text
}

fn part(text: &mut String, heading: &str) {
    let _ = writeln!(text, "\n{}", paint(BOLD, heading));
}

fn told(text: &mut String, side: &Side) {
    if side.breaking.is_empty() && side.undecided.is_empty() {
        part(text, &format!("In {}, it is broken by nobody", side.design));
        let because =
            side.sparing.first().map_or_else(String::new, |spares| format!(" ({})", spares.because()));
        text.push_str(&marked(&paint(GOOD, "✓"), &format!("not with all of these powers together{because}")));
    } else {
        found(text, side);
    }
    if !side.undecided.is_empty() {
        part(text, "Not decided, nor whoever has more powers");
        for undecided in &side.undecided {
            text.push_str(&wrapped(
                "  ? ",
                &format!("{}: {}", undecided.powers.says, undecided.reason.trim_end_matches('.')),
                4,
            ));
        }
    }
    part(text, "What this rests on");
    for line in grounds(side) {
        text.push_str(&wrapped("  - ", &line, 4));
    }
}

/// Who breaks it and who does not, where somebody does or not all was decided.
fn found(text: &mut String, side: &Side) {
    part(text, &format!("In {}, it is broken by somebody who", side.design));
    if side.breaking.is_empty() {
        text.push_str(&marked("?", "nobody is found, and not all was decided"));
    } else if !side.undecided.is_empty() {
        text.push_str(&wrapped("  ", "Not all was decided, so these are the smallest that were found:", 2));
    }
    for breaks in &side.breaking {
        breaking(text, breaks);
    }
    let lead = if side.once {
        "And by nobody who, of all these powers,"
    } else {
        "The largest that do not break it have all of these powers, but"
    };
    part(text, lead);
    for spares in &side.sparing {
        sparing(text, spares, side.once);
    }
    if side.once && side.breaking.iter().any(|breaks| breaks.powers.is_none()) {
        let _ = writeln!(text, "  {}", paint(BAD, "is anybody at all: it is broken without any power"));
    } else if side.sparing.is_empty() {
        text.push_str("  none is known\n");
    }
}

fn breaking(text: &mut String, breaks: &Breaks) {
    text.push_str(&marked(&paint(FEARED, "✗"), &breaks.powers.says));
    let run = match &breaks.trace {
        Some(trace) => format!("shown in {}: {trace}", count(breaks.steps, "step", "steps")),
        None => format!("shown in {}", count(breaks.steps, "step", "steps")),
    };
    text.push_str(&wrapped("      ", &run, 6));
    if breaks.perhaps_smaller {
        text.push_str(&wrapped("      ", "and perhaps by less: not every party within it was decided", 6));
    }
    for larger in &breaks.undone_by {
        let more = added(&breaks.powers, larger);
        let sentence = format!("and no longer if it has {more} as well, which makes innocent explanations");
        text.push_str(&wrapped("      ", &sentence, 6));
    }
}

/// A largest party, by what it lacks where that is shorter to say.
fn sparing(text: &mut String, spares: &Spares, once: bool) {
    let lacks = names(&spares.lacks);
    let says = if lacks.is_empty() { "none".to_owned() } else { listed(&lacks, "and") };
    let says = if once { format!("lacks {says}") } else { says };
    let says = format!("{says} ({})", spares.because());
    let sign = if spares.exercised { paint(GOOD, "✓") } else { "○".to_owned() };
    text.push_str(&marked(&sign, &says));
}

fn marked(mark: &str, text: &str) -> String {
    wrapped(&format!("  {mark} "), text, 4)
}

fn changed(text: &mut String, lead: &str, all: &[Powers]) {
    for powers in all {
        text.push_str(&wrapped("  - ", &format!("{lead} {}", powers.says), 4));
    }
    if all.is_empty() {
        text.push_str("  nothing\n");
    }
}

fn names(powers: &Powers) -> Vec<String> {
    powers.observers.iter().chain(&powers.capabilities).cloned().collect()
}

fn added(less: &Powers, more: &Powers) -> String {
    let known = names(less);
    listed(&names(more).into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>(), "and")
}

fn listed(names: &[String], and: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} {and} {last}", all.join(", ")),
    }
}

pub(super) fn grounds(side: &Side) -> Vec<String> {
    let searches = format!(
        "{} of {} together, one for each party whose search differs.",
        count(side.searches, "search", "searches"),
        count(side.states, "state", "states")
    );
    let how = match side.one_by_one {
        None => format!(
            "One search of {} for all parties, each state with the smallest sets of capabilities that lead to it. The claim \
             is monotone: whoever may do or see more breaks whatever others break.",
            count(side.states, "state", "states")
        ),
        Some(OneByOne::Knowledge) => format!(
            "{searches} The claim is about knowledge: whoever sees more knows more, but whatever may be done besides can be an \
             innocent explanation, so that a larger party may break less."
        ),
        Some(OneByOne::Scopes) => {
            format!(
                "{searches} Not all parties are asked within the same scope, so that no one search serves for all."
            )
        }
        Some(OneByOne::Pasts) => {
            format!("{searches} A past of the scope takes a power, so that no one search serves for all.")
        }
    };
    let mut put = format!("The claim is put to each party as it is put to the adversary {}.", side.put_as_to);
    if !side.also_put_to.is_empty() {
        let others = listed(&side.also_put_to, "and");
        let _ = write!(put, " It is also put to {others}, perhaps otherwise: `--adversary` asks so.");
    }
    let mut lines = vec![format!("The powers: {}.", names(&side.ground).join(", "))];
    if !side.environment.is_empty() {
        let may = side.environment.join(", ");
        lines.push(format!(
            "What the design's environment may do is nobody's power, and possible in every search: {may}."
        ));
    }
    lines.extend([put, how]);
    if side.sparing.iter().any(|spares| spares.states.is_none()) {
        lines.push(
            "All that could ever pass them: whatever any message of the scope lets pass in any condition, whether or not a \
             run leads there. What does not follow from all of it together follows in no state, so it takes no search."
                .to_owned(),
        );
    }
    if !side.scope.is_empty() {
        lines.push(format!("The scope: {}.", side.scope));
    }
    lines.push(format!("Design {}: the SHA-256 of the design with every knob resolved.", side.design_sha256));
    lines
}
