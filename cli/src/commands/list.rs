//! **`claims`, `designs` and `adversaries`: what there is.**

use crate::args::Format;
use crate::exit::Failure;
use crate::input;
use crate::page::{BOLD, FAINT, Page, paint, wrapped};
use mailcover_model::design::library;
use mailcover_model::design::{Adversary, Design, Expectation, ExpectedVerdict};
use mailcover_model::word::word;
use mailcover_properties::claim::Claim;
use mailcover_properties::claims;
use serde::Serialize;
use std::fmt::Write;

/// A claim, in the list.
#[derive(Serialize)]
struct ListedClaim {
    id: String,
    sentence: String,
    linddun: String,
    design: String,
    questions: Vec<ListedQuestion>,
}

/// Whom a claim is put to.
#[derive(Serialize)]
struct ListedQuestion {
    adversary: String,
    expected: ExpectedVerdict,
}

/// Lists the claims that come with the program, those that shipped designs state of themselves last.
pub(crate) fn claims(format: Format) -> Result<Page, Failure> {
    let mut all: Vec<ListedClaim> = claims::all().iter().map(|claim| listed(claim, &[])).collect();
    for design in shipped()? {
        let own = claims::own::of(&design).into_iter().map(|claim| listed(&claim, &design.expects));
        let new: Vec<_> = own.filter(|own| all.iter().all(|known| known.id != own.id)).collect();
        all.extend(new);
    }
    if format == Format::Json {
        return Page::json(&serde_json::json!({ "version": 1, "claims": all }));
    }
    let mut text = String::new();
    for claim in &all {
        let beside = format!("{}, in {}", claim.linddun, claim.design);
        let _ = writeln!(text, "{}  {}", paint(BOLD, &claim.id), paint(FAINT, beside));
        text.push_str(&wrapped("  ", &claim.sentence, 2));
        let asked = |wanted: ExpectedVerdict| {
            let questions = claim.questions.iter().filter(|question| question.expected == wanted);
            questions.map(|question| question.adversary.as_str()).collect::<Vec<_>>().join(", ")
        };
        for (lead, wanted) in [("  ✓ ", ExpectedVerdict::Holds), ("  ✗ ", ExpectedVerdict::Violated)] {
            let adversaries = asked(wanted);
            if !adversaries.is_empty() {
                text.push_str(&wrapped(lead, &adversaries, 4));
            }
        }
        text.push('\n');
    }
    let legend = "✓ expected to hold, ✗ expected to be violated, when put to these adversaries, unless a design's file \
                  says otherwise. The design named is the one in which `explain` puts the claim.";
    text.push_str(&wrapped("", legend, 0));
    let _ = writeln!(text, "{} mailcover explain CLAIM", paint(FAINT, "Next:"));
    Ok(Page::of(text))
}

/// The claim, with what a design expects of it otherwise.
fn listed(claim: &Claim, expects: &[Expectation]) -> ListedClaim {
    let question = |question: &mailcover_properties::claim::Question| {
        let of =
            |expect: &&Expectation| (&expect.claim, &expect.adversary) == (&claim.id, &question.adversary);
        ListedQuestion {
            adversary: question.adversary.clone(),
            expected: expects.iter().find(of).map_or(question.expected, |expect| expect.verdict),
        }
    };
    ListedClaim {
        id: claim.id.clone(),
        sentence: claim.sentence.clone(),
        linddun: claim.linddun.to_string(),
        design: claim.design.clone(),
        questions: claim.questions.iter().map(question).collect(),
    }
}

fn shipped() -> Result<Vec<Design>, Failure> {
    let load = |name| library::load(name).map_err(|error| Failure::internal(error.to_string()));
    library::names().into_iter().map(load).collect()
}

/// Lists the shipped designs.
pub(crate) fn designs(format: Format) -> Result<Page, Failure> {
    let all = shipped()?;
    if format == Format::Json {
        let one = |design: &Design| {
            serde_json::json!({
                "name": design.name, "says": design.says, "main": design.main, "extends": design.extends
            })
        };
        let all: Vec<_> = all.iter().map(one).collect();
        return Page::json(&serde_json::json!({ "version": 1, "designs": all }));
    }
    let mut text = String::new();
    for design in &all {
        let main = if design.main { paint(FAINT, "  main") } else { String::new() };
        let _ = writeln!(text, "{}{main}", paint(BOLD, &design.name));
        text.push_str(&wrapped("  ", &design.says, 2));
    }
    text.push_str("\nA bare check runs the main ones, `--all` all of them.\n");
    let _ = writeln!(text, "{} mailcover explain DESIGN", paint(FAINT, "Next:"));
    Ok(Page::of(text))
}

/// Lists the adversaries that a design knows.
pub(crate) fn adversaries(named: Option<&str>, format: Format) -> Result<Page, Failure> {
    let design = input::design(named.unwrap_or(input::USUAL))?.design;
    let all: Vec<Adversary> =
        design.adversary_names().iter().filter_map(|name| design.adversary(name)).collect();
    if format == Format::Json {
        let one = |adversary: &Adversary| {
            serde_json::json!({
                "name": adversary.name, "says": adversary.says,
                "observers": observers(adversary), "capabilities": capabilities(adversary)
            })
        };
        let listed: Vec<_> = all.iter().map(one).collect();
        return Page::json(
            &serde_json::json!({ "version": 1, "design": design.name, "adversaries": listed }),
        );
    }
    let mut text = format!("The adversaries of {}.\n\n", paint(BOLD, &design.name));
    for adversary in &all {
        let _ = writeln!(text, "{}", paint(BOLD, &adversary.name));
        text.push_str(&wrapped("  ", &adversary.says, 2));
        let observers = observers(adversary);
        if observers != [adversary.name.as_str()] && !observers.is_empty() {
            text.push_str(&wrapped("  observers     ", &observers.join(", "), 16));
        }
        let capabilities = capabilities(adversary);
        if !capabilities.is_empty() {
            text.push_str(&wrapped("  capabilities  ", &capabilities.join(", "), 16));
        }
    }
    Ok(Page::of(text))
}

fn observers(adversary: &Adversary) -> Vec<String> {
    adversary.observers.iter().map(mailcover_model::design::ObserverName::name).collect()
}

fn capabilities(adversary: &Adversary) -> Vec<String> {
    adversary.capabilities.iter().map(word).collect()
}
