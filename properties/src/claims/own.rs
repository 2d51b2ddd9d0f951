//! **The claims that a design's own file states, in the vocabulary and without Rust.**
//!
//! Such a claim gets a scope of its own, which [`crate::scopes::own`] builds from the design, the event, the kind and the
//! adversary. What that lacks of the smallest that counts is computed as well, with what it means for the verdict.

use super::events::THE_TWO;
use crate::claim::{Ask, Claim, Context, Linddun, Posed, Question};
use crate::fact::{Fact, and, happened_at_all, not, per_pair_and_at_all, said};
use crate::scopes::{self, Sight};
use crate::smallest::{Shortfall, shortfalls};
use mailcover_model::design::{ClaimKind, ClaimText, Design, ExpectedVerdict};
use mailcover_model::scope::Scope;
use std::sync::Arc;

/// The claims of the design's file.
#[must_use]
pub fn of(design: &Design) -> Vec<Claim> {
    let design = Arc::new(design.clone());
    design.claims.iter().map(|text| claim(&design, text)).collect()
}

fn claim(design: &Arc<Design>, text: &ClaimText) -> Claim {
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
        less: less(design, text),
    }
}

/// What the claim's scopes lack of the smallest that counts, put to whichever adversary, and why or with what effect.
fn less(design: &Arc<Design>, text: &ClaimText) -> Vec<(Shortfall, String)> {
    let contexts = text.to.iter().filter_map(|adversary| Context::of(design, adversary));
    let mut all: Vec<(Shortfall, String)> = Vec::new();
    for context in contexts {
        let scope = scopes::own(&context, text);
        for shortfall in shortfalls(&scope) {
            let reason =
                format!("Put to {}: {}", context.adversary.name, reason(shortfall, &context, &scope));
            match all.iter_mut().find(|(known, _)| *known == shortfall) {
                Some((_, reasons)) => *reasons = format!("{reasons} {reason}"),
                None => all.push((shortfall, reason)),
            }
        }
    }
    all
}

/// Why the scope lacks this, or what the verdict may miss because of it.
fn reason(shortfall: Shortfall, context: &Context, scope: &Scope) -> &'static str {
    let stores = context.observers.iter().any(|observer| observer.watcher().is_none());
    let extensible = scope.menu.iter().any(|plea| plea.kind.looks_ahead());
    match shortfall {
        Shortfall::Bystander => {
            "left out for size. A third person would be one more innocent cause, so that what is `violated` may be so for \
             want of her; what holds without her holds with her."
        }
        Shortfall::SecondDevice => {
            "left out for size. What shows only where one person has two devices is not found."
        }
        Shortfall::Messages => "left out for size. What takes a second message within the run is not found.",
        Shortfall::Lookups => {
            "left out for size. What takes two lookups of either of the two within the run is not found."
        }
        Shortfall::Extension if !extensible => "no order that this adversary can have is one that runs on.",
        Shortfall::Extension => {
            "left out for size. What is disclosed only after an order was extended is not found."
        }
        Shortfall::Horizon if Sight::of(context) == Sight::Disclosed => {
            "left out for size. What was disclosed stays disclosed, but what takes disclosures that lie two retention \
             periods apart is not found."
        }
        Shortfall::Horizon if !stores => "what it saw it remembers for good, whatever the logs retain.",
        Shortfall::Horizon => "left out for size. Rows of the scope do go, but not for a second time.",
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
    Posed { ask, exercised: exercised(context, text, at_all), scope: scopes::own(context, text) }
}

/// What must be reached: the event, and something that the adversary sees. A claim that something happens, or never does, is
/// exercised when the adversary sees anything at all. Who observes nobody sees nothing: then it is enough that somebody does
/// something.
fn exercised(context: &Context, text: &ClaimText, fact: Fact) -> Fact {
    let absence = text.absent || text.kind == ClaimKind::NeverKnownWhether;
    let seen = if context.observers.is_empty() {
        crate::atoms::something_done()
    } else {
        crate::atoms::something_seen(context.observers.clone(), absence)
    };
    match text.kind {
        ClaimKind::Never | ClaimKind::Reachable => seen,
        _ => and(seen, fact),
    }
}
