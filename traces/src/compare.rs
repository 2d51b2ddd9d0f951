//! **Where two traces part: in what they ask, and in what happens.**

use crate::error::TraceError;
use crate::replay::{Replayed, ReplayedRun};
use crate::tell::acts;
use crate::tell::words::{capital, count, harmless, respects};
use crate::trace::Trace;
use mailcover_model::action::Action;
use mailcover_model::design::Design;
use mailcover_properties::finding::Evidence;
use serde_json::Value;
use std::fmt::Write;

/// The largest table that is filled to line two runs up.
const TABLE: usize = 4_000_000;

/// How two replayed traces differ, in words: what is asked, then run by run.
///
/// # Errors
/// [`TraceError::Internal`] when a design cannot be written as JSON.
pub fn compare(left: &Replayed, right: &Replayed) -> Result<String, TraceError> {
    let mut out = String::new();
    let differing = questions(left, right)?;
    if differing.is_empty() {
        out.push_str("Both traces answer the same question in the same design.\n");
    } else {
        out.push_str("The traces answer different questions:\n");
        for (what, left, right) in differing {
            let _ = writeln!(out, "  {what}: {} | {}", harmless(&left), harmless(&right));
        }
    }
    let several = left.runs.len().max(right.runs.len()) > 1;
    for at in 0..left.runs.len().max(right.runs.len()) {
        let name = if several { format!("run {}", at + 1) } else { "the run".to_owned() };
        out.push('\n');
        match (left.runs.get(at), right.runs.get(at)) {
            (Some(one), Some(other)) => runs(&mut out, &name, one, other),
            (Some(_), None) => _ = writeln!(out, "Only the first trace has {name}."),
            _ => _ = writeln!(out, "Only the second trace has {name}."),
        }
    }
    Ok(out)
}

type Differing = (String, String, String);

/// What shows the verdict: of a class with how many states look the same, of a lasso with where it begins to go round.
fn shown_by(replayed: &Replayed) -> String {
    let kind = replayed.trace.evidence.kind();
    match (&replayed.trace.evidence, replayed.round()) {
        (Evidence::Class { size, .. }, _) => format!("{kind} of {}", count(*size as u32, "state")),
        (_, Some(round)) => format!("{kind} that goes round after {}", count(round as u32, "step")),
        _ => kind.to_owned(),
    }
}

fn raised(trace: &Trace) -> String {
    match trace.widen {
        0 => "none".to_owned(),
        by => format!("by {by}: {}", respects(trace.widen_in)),
    }
}

fn left_out(trace: &Trace) -> String {
    if trace.whole { "nothing" } else { "what does not matter" }.to_owned()
}

/// What of the questions differs: claim, adversary, verdict, evidence, flaw, scope, and the designs knob by knob.
fn questions(left: &Replayed, right: &Replayed) -> Result<Vec<Differing>, TraceError> {
    let (one, other) = (&left.trace, &right.trace);
    let flaw = |trace: &Trace| trace.flaw.map_or_else(|| "none".to_owned(), |flaw| flaw.name());
    let pairs = [
        ("claim", one.claim.clone(), other.claim.clone()),
        ("adversary", one.adversary.clone(), other.adversary.clone()),
        ("verdict", one.verdict.to_string(), other.verdict.to_string()),
        ("about", one.fact.clone(), other.fact.clone()),
        ("evidence", shown_by(left), shown_by(right)),
        ("planted mistake", flaw(one), flaw(other)),
        ("scope", one.scope.clone(), other.scope.clone()),
        ("bounds raised", raised(one), raised(other)),
        ("left out", left_out(one), left_out(other)),
    ];
    let mut found: Vec<Differing> = pairs
        .into_iter()
        .filter(|(_, left, right)| left != right)
        .map(|(what, left, right)| (what.to_owned(), left, right))
        .collect();
    let json = |trace: &Trace| {
        serde_json::to_value(&trace.design).map_err(|error| TraceError::Internal(error.to_string()))
    };
    knobs("design", &json(one)?, &json(other)?, &mut found);
    Ok(found)
}

/// The knobs in which two designs differ, by their paths. What an adversary or a claim of the design's own is called is no knob.
pub(crate) fn differing(one: &Design, other: &Design) -> Vec<String> {
    let plain = |design: &Design| {
        let bare =
            Design { adversaries: Vec::new(), claims: Vec::new(), expects: Vec::new(), ..design.clone() };
        serde_json::to_value(bare).unwrap_or_default()
    };
    let mut found = Vec::new();
    knobs("", &plain(one), &plain(other), &mut found);
    found.into_iter().map(|(path, ..)| path.trim_start_matches('.').to_owned()).collect()
}

fn knobs(path: &str, left: &Value, right: &Value, found: &mut Vec<Differing>) {
    match (left, right) {
        (Value::Object(one), Value::Object(other)) => {
            let more = other.keys().filter(|key| !one.contains_key(*key));
            for key in one.keys().chain(more) {
                let side = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or_default();
                knobs(&format!("{path}.{key}"), &side(one), &side(other), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                knobs(&format!("{path}.{}", at + 1), one, other, found);
            }
        }
        _ if left == right => {}
        _ => found.push((path.to_owned(), left.to_string(), right.to_string())),
    }
}

fn runs(out: &mut String, name: &str, left: &ReplayedRun, right: &ReplayedRun) {
    if left.past != right.past {
        parted(out, &format!("before {name}"), &left.past, &right.past);
    }
    parted(out, &format!("in {name}"), &left.actions, &right.actions);
}

/// Where two lists of steps part, and how they go on.
fn parted(out: &mut String, name: &str, one: &[Action], other: &[Action]) {
    let name = capital(name);
    let common = one.iter().zip(other).take_while(|(left, right)| left == right).count();
    let steps = |number: usize| count(number as u32, "step");
    if one == other {
        let _ = writeln!(out, "{name}, the same happens in both: {}.", steps(common));
        return;
    }
    let _ = match common {
        0 => writeln!(out, "{name}, they part at once."),
        _ => writeln!(out, "{name}, they begin alike and part after {}.", steps(common)),
    };
    let next =
        |actions: &[Action]| actions.get(common).map_or_else(|| "it ends there".to_owned(), acts::plain);
    let _ = writeln!(out, "  First trace:  {}.\n  Second trace: {}.", next(one), next(other));
    let _ = writeln!(out);
    let Some(script) = script(&one[common..], &other[common..]) else {
        let _ = writeln!(
            out,
            "They are too long to be lined up: {} and {}.",
            steps(one.len()),
            steps(other.len())
        );
        return;
    };
    for (at, action) in one[..common].iter().enumerate() {
        let _ = writeln!(out, "    {:>3} {:>3}  {}", at + 1, at + 1, acts::plain(action));
    }
    let (mut here, mut there) = (common, common);
    for (side, action) in script {
        here += usize::from(side != Side::Second);
        there += usize::from(side != Side::First);
        let act = acts::plain(&action);
        let _ = match side {
            Side::Both => writeln!(out, "    {here:>3} {there:>3}  {act}"),
            Side::First => writeln!(out, "  - {here:>3}      {act}"),
            Side::Second => writeln!(out, "  +     {there:>3}  {act}"),
        };
    }
}

/// In which of the two traces a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    First,
    Second,
}

/// Both lists lined up along a longest common subsequence; `None` when that would take too large a table.
fn script(left: &[Action], right: &[Action]) -> Option<Vec<(Side, Action)>> {
    let (rows, columns) = (left.len() + 1, right.len() + 1);
    if rows.checked_mul(columns)? > TABLE {
        return None;
    }
    // The length of a longest common subsequence of what is left from here on.
    let mut longest = vec![0_u32; rows * columns];
    for at in (0..left.len()).rev() {
        for to in (0..right.len()).rev() {
            longest[at * columns + to] = if left[at] == right[to] {
                longest[(at + 1) * columns + to + 1] + 1
            } else {
                longest[(at + 1) * columns + to].max(longest[at * columns + to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    let mut script = Vec::new();
    while at < left.len() || to < right.len() {
        let both = at < left.len() && to < right.len() && left[at] == right[to];
        let first = to == right.len()
            || (at < left.len() && longest[(at + 1) * columns + to] >= longest[at * columns + to + 1]);
        if both {
            script.push((Side::Both, left[at]));
            (at, to) = (at + 1, to + 1);
        } else if first {
            script.push((Side::First, left[at]));
            at += 1;
        } else {
            script.push((Side::Second, right[to]));
            to += 1;
        }
    }
    Some(script)
}

#[cfg(test)]
mod tests {
    use super::{Side, script};
    use mailcover_model::action::Action;
    use mailcover_model::world::Device;

    #[test]
    fn runs_are_lined_up_along_what_they_share() {
        let on = |device| Action::SwitchOn { device };
        let [a, b, c] = [on(Device::AlicePhone), on(Device::BobPhone), on(Device::CarolPhone)];
        let found = script(&[a, b, c], &[b, a, c]).expect("it is short");
        let sides: Vec<Side> = found.iter().map(|(side, _)| *side).collect();
        assert_eq!(sides, [Side::First, Side::Both, Side::Second, Side::Both]);
        assert_eq!(script(&[], &[]), Some(Vec::new()));
    }
}
