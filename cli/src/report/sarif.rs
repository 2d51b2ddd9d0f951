//! **The results as SARIF 2.1.0: a rule for each claim, a result for each cell that somebody should look at.**
//!
//! What holds, and what does not apply, is no finding and is left out. A violation is of the kind `fail`: an error when nobody
//! expected it, a note, and suppressed with the reason, when somebody did. What was not decided is `open`; what was never
//! exercised, and an expected violation that did not occur, is for `review`; the standard gives both no level. A result has a
//! fingerprint of claim, design, adversary and the shape of the attack, so that it stays the same result while its file changes.

use super::result::{CellResult, Results};
use super::shown::{Report, Shown, steps};
use super::word::Word;
use crate::baseline::Known;
use crate::exit::{Code, Failure};
use crate::page;
use mailcover_properties::claim::Claim;
use mailcover_traces::{RunAccount, harmless};
use serde_json::json;
use serde_sarif::sarif::{
    ArtifactLocation, CodeFlow, Invocation, Location, LogicalLocation, Message, MultiformatMessageString,
    Notification, PhysicalLocation, PropertyBag, Region, ReportingConfiguration, ReportingDescriptor,
    Result as Finding, ResultKind, ResultLevel, Run, Sarif, Suppression, ThreadFlow, ThreadFlowLocation,
    Tool, ToolComponent,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The schema that the file follows.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// GitHub refuses a file with more results than this in a run.
const MOST_RESULTS: usize = 25_000;
/// And one with more rules.
const MOST_RULES: usize = 25_000;
/// GitHub shows so many steps of a code flow.
const MOST_STEPS: usize = 1_000;

/// The fingerprint's name in SARIF; GitHub compares the one that it names itself.
const FINGERPRINTS: [&str; 2] = ["mailcoverAttack/v1", "primaryLocationLineHash"];

/// The results as SARIF.
pub(crate) fn sarif(report: &Report<'_>) -> Result<String, Failure> {
    let mut claims: Vec<&Claim> = Vec::new();
    for shown in &report.cells {
        if !claims.iter().any(|claim| claim.id == shown.claim.id) {
            claims.push(shown.claim);
        }
    }
    claims.truncate(MOST_RULES);
    let (results, left_out) = results(report, &claims, MOST_RESULTS);
    let driver = ToolComponent::builder()
        .name("mailcover")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(claims.iter().map(|claim| rule(claim)).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation(report.results, left_out)])
        .column_kind(json!("unicodeCodePoints"))
        .results(results)
        .build();
    page::json(&Sarif::builder().version(json!("2.1.0")).schema(SCHEMA).runs(vec![run]).build())
}

/// The findings, the gravest first, and how many are left out since there would be too many.
fn results(report: &Report<'_>, claims: &[&Claim], most: usize) -> (Vec<Finding>, usize) {
    let mut worth: Vec<(u8, usize, &Shown<'_>)> = Vec::new();
    for shown in &report.cells {
        let rule = claims.iter().position(|claim| claim.id == shown.claim.id);
        if let (Some(rank), Some(rule)) = (rank(shown.result), rule) {
            worth.push((rank, rule, shown));
        }
    }
    let left_out = worth.len().saturating_sub(most);
    let worth = gravest(worth, most);
    (worth.into_iter().map(|(_, rule, shown)| finding(rule, shown)).collect(), left_out)
}

/// So many of the things, the gravest first, and of equal ones the first first.
fn gravest<T>(mut worth: Vec<(u8, usize, T)>, most: usize) -> Vec<(u8, usize, T)> {
    worth.sort_by_key(|(rank, ..)| *rank);
    worth.truncate(most);
    worth
}

/// How grave a result is, 0 the gravest; `None` where it is no finding.
const fn rank(result: &CellResult) -> Option<u8> {
    match (result.code, result.verdict) {
        (Code::Violation | Code::Internal, _) => Some(0),
        (Code::Vacuous | Code::Inconclusive | Code::NoViolation, _) => Some(1),
        (_, Word::Violated) => Some(2),
        _ => None,
    }
}

fn rule(claim: &Claim) -> ReportingDescriptor {
    let tag = claim.linddun.to_string().to_lowercase().replace(' ', "-");
    let tags = vec!["privacy".to_owned(), format!("linddun/{tag}")];
    let claimed = harmless(&claim.sentence);
    let full = format!("{claimed} Not claimed: {}", harmless(&claim.not_claimed));
    let sources: Vec<String> = claim.sources.iter().map(|source| harmless(source)).collect();
    let help = format!("{full}\n\nSources: {}\n\nmailcover explain {}", sources.join("; "), claim.id);
    ReportingDescriptor::builder()
        .id(&claim.id)
        .name(&claim.id)
        .short_description(words(&claimed))
        .full_description(words(&full))
        .help(words(&help))
        .default_configuration(ReportingConfiguration::builder().level(json!("error")).build())
        .properties(PropertyBag::builder().tags(tags).build())
        .build()
}

fn words(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn message(text: &str) -> Message {
    Message::builder().text(harmless_lines(text)).build()
}

fn harmless_lines(text: &str) -> String {
    text.lines().map(harmless).collect::<Vec<_>>().join("\n")
}

fn finding(rule: usize, shown: &Shown<'_>) -> Finding {
    let result = shown.result;
    let (kind, level) = match result.code {
        Code::AsExpected => (ResultKind::Fail, ResultLevel::Note),
        Code::Inconclusive => (ResultKind::Open, ResultLevel::None),
        Code::Vacuous | Code::NoViolation => (ResultKind::Review, ResultLevel::None),
        _ => (ResultKind::Fail, ResultLevel::Error),
    };
    let says = format!(
        "{}, put to {} in {}: {} {}",
        result.said(),
        result.adversary,
        result.design,
        result.sentence,
        result.remarks().join(" ")
    );
    let mut finding = Finding::builder()
        .rule_id(&result.claim)
        .rule_index(i64::try_from(rule).unwrap_or(-1))
        .kind(kind)
        .level(level)
        .message(message(&says))
        .locations(vec![location(shown, None)])
        .partial_fingerprints(
            FINGERPRINTS
                .map(|name| (name.to_owned(), fingerprint(result)))
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
        )
        .build();
    if let Some(told) = &shown.told {
        let flows = told.account.runs.iter().map(|run| flow(shown, run)).collect::<Vec<_>>();
        finding.code_flows = Some(vec![CodeFlow::builder().thread_flows(flows).build()]);
    }
    if result.code == Code::AsExpected {
        let known = result.baseline == Some(Known::Same);
        let because = if known { "It is in the baseline.".to_owned() } else { harmless(&result.because) };
        if known {
            finding.baseline_state = Some(json!("unchanged"));
        }
        let accepted = Suppression::builder().kind(json!("external")).status(json!("accepted"));
        finding.suppressions = Some(vec![accepted.justification(because).build()]);
    }
    finding
}

/// What stays the same while the claim, the design, the adversary and the shape of the attack do.
fn fingerprint(result: &CellResult) -> String {
    let shape = result.shape.as_deref().unwrap_or(result.verdict.said());
    let parts = [&result.claim, &result.design, &result.adversary, shape].map(|part| part.replace('\0', ""));
    hex::encode(&Sha256::digest(parts.join("\0"))[..16])
}

/// The design's line, with what happens there.
fn location(shown: &Shown<'_>, says: Option<&str>) -> Location {
    let line = i64::try_from(shown.place.line).unwrap_or(1);
    let artifact = ArtifactLocation::builder().uri(shown.place.uri()).build();
    let region = Region::builder().start_line(line).build();
    let physical = PhysicalLocation::builder().artifact_location(artifact).region(region).build();
    let logical = |name: &str, kind: &str| LogicalLocation::builder().name(name).kind(kind).build();
    let logical =
        vec![logical(&shown.result.design, "design"), logical(&shown.result.adversary, "adversary")];
    let mut location = Location::builder().physical_location(physical).logical_locations(logical).build();
    location.message = says.map(message);
    location
}

/// A run: how it stood, then step by step.
fn flow(shown: &Shown<'_>, run: &RunAccount) -> ThreadFlow {
    let steps = run.before.iter().cloned().chain(steps(run));
    let location = |(at, says): (usize, String)| {
        ThreadFlowLocation::builder()
            .location(location(shown, Some(&says)))
            .execution_order(i64::try_from(at + 1).unwrap_or(-1))
            .build()
    };
    let locations: Vec<_> = steps.take(MOST_STEPS).enumerate().map(location).collect();
    ThreadFlow::builder().message(message(&run.title)).locations(locations).build()
}

/// How the check went.
fn invocation(results: &Results, left_out: usize) -> Invocation {
    let mut notes = Vec::new();
    if results.partial {
        notes.push("The check was interrupted; these results are partial.".to_owned());
    }
    if left_out > 0 {
        notes.push(format!(
            "{left_out} results are left out, the least grave, since code scanning refuses more."
        ));
    }
    if let Some(flaw) = &results.flaw {
        notes.push(format!("The flaw {flaw} was planted."));
    }
    let note = |note: String| Notification::builder().message(message(&note)).level(json!("warning")).build();
    Invocation::builder()
        .execution_successful(!results.partial)
        .tool_execution_notifications(notes.into_iter().map(note).collect::<Vec<_>>())
        .build()
}

#[cfg(test)]
mod tests {
    use super::gravest;

    #[test]
    fn of_too_many_results_the_gravest_are_kept() {
        let kept = gravest(vec![(2, 0, 'a'), (0, 1, 'b'), (1, 0, 'c'), (0, 0, 'd')], 3);
        assert_eq!(kept.into_iter().map(|(.., name)| name).collect::<String>(), "bdc");
    }
}
