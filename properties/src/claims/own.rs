//! **The claims that a design's own file states, in the vocabulary and without Rust.**
//!
//! Such a claim gets the scope of its neighbours among the built-in ones: the pairs' for what logs and stores hold, the
//! ordered one for investigators, the carrier's for carriers.

use super::events::THE_TWO;
use crate::claim::{Ask, Claim, Context, Linddun, Posed, Question};
use crate::fact::{Fact, and, happened_at_all, not, per_pair_and_at_all, said};
use crate::scopes;
use mailcover_model::design::{ClaimKind, ClaimText, Design, ExpectedVerdict};
use mailcover_model::scope::Scope;
use mailcover_model::view::Observer;
use std::sync::Arc;

/// The claims of the design's file.
#[must_use]
pub fn of(design: &Design) -> Vec<Claim> {
    design.claims.iter().map(|text| claim(design, text)).collect()
}

fn claim(design: &Design, text: &ClaimText) -> Claim {
    let questions = text.to.iter().map(|adversary| {
        let text = text.clone();
        Question {
            adversary: adversary.clone(),
            expected: ExpectedVerdict::Holds,
            because: "the design's file claims it".into(),
            pose: Arc::new(move |context: &Context| posed(context, &text)),
        }
    });
    Claim {
        id: text.id.clone(),
        sentence: text.sentence.clone(),
        not_claimed: "Whatever the sentence does not say.".into(),
        sources: vec![format!("the design {}", design.name)],
        linddun: Linddun::Detecting,
        questions: questions.collect(),
        flaws: Vec::new(),
        design: design.name.clone(),
        less: Vec::new(),
    }
}

fn posed(context: &Context, text: &ClaimText) -> Posed {
    let facts: Vec<Fact> = if text.absent {
        let clause = format!("it did not happen that {}", crate::atoms::anybody(text.event));
        vec![said(not(happened_at_all(text.event)), &clause)]
    } else {
        per_pair_and_at_all(text.event, &THE_TWO)
    };
    let at_all = facts.last().cloned().unwrap_or_else(|| happened_at_all(text.event));
    let ask = match text.kind {
        ClaimKind::NeverKnown => Ask::NeverKnown(facts),
        ClaimKind::NeverKnownWhether => Ask::NeverKnownWhether(facts),
        ClaimKind::Known => Ask::Known(facts),
        ClaimKind::Never => Ask::Always(not(at_all.clone())),
        ClaimKind::Reachable => Ask::Reachable(at_all.clone()),
    };
    Posed { ask, exercised: exercised(context, text, at_all), scope: scope(context) }
}

/// What must be reached: the event, and something that the adversary sees. A claim that something never happens is
/// exercised when the adversary sees anything at all.
fn exercised(context: &Context, text: &ClaimText, fact: Fact) -> Fact {
    let seen = crate::atoms::something_seen(context.observers.clone());
    match text.kind {
        ClaimKind::Never | ClaimKind::Reachable => seen,
        _ => and(seen, fact),
    }
}

fn scope(context: &Context) -> Scope {
    let sees = |wanted: Observer| context.observers.contains(&wanted);
    let mut scope = if sees(Observer::Investigator) {
        scopes::ordered(&context.design)
    } else if sees(Observer::Carrier) {
        scopes::texted(&context.design)
    } else if context.observers.iter().all(|observer| observer.watcher().is_none()) {
        scopes::pairs_with_sms(&context.design)
    } else {
        scopes::live(&context.design)
    };
    scope.bounds.keys = 1;
    scope.bounds.injections = 1;
    scope
}
