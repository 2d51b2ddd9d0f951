//! **The claims, by theme.**
//!
//! Each is a sentence with its formula, the adversaries it is put to with the verdict to expect for each, its scope, its
//! witness, the flaws that break it, its sources, and what it does not claim. To add one, write a function like its
//! neighbours and list it in its theme's `all`.

pub mod absence;
pub mod attachments;
pub mod calls;
pub mod content;
pub mod delivery;
pub mod devices;
pub mod directory;
pub mod events;
pub mod keys;
pub mod law;
pub mod own;
pub mod places;
pub mod reports;
pub mod traffic;
pub mod wire;

use crate::claim::{Claim, Context, Posed, Question};
use crate::smallest::Shortfall;
use mailcover_model::design::read::{KnownClaim, Vocabulary};
use mailcover_model::design::{Design, ExpectedVerdict};
use std::sync::Arc;

/// All built-in claims, in the order of the tables.
#[must_use]
pub fn all() -> Vec<Arc<Claim>> {
    let themes = [
        content::all(),
        attachments::all(),
        keys::all(),
        directory::all(),
        devices::all(),
        traffic::all(),
        events::all(),
        absence::all(),
        law::all(),
        places::all(),
        delivery::all(),
        calls::all(),
        reports::all(),
        wire::all(),
    ];
    themes.into_iter().flatten().map(Arc::new).collect()
}

/// The built-in claims and those that the design's own file states.
#[must_use]
pub fn of(design: &Design) -> Vec<Arc<Claim>> {
    all().into_iter().chain(own::of(design).into_iter().map(Arc::new)).collect()
}

/// The built-in claims, and whom each is put to: what a design's file may expect something of.
#[must_use]
pub fn vocabulary() -> Vocabulary {
    let known = |claim: Arc<Claim>| KnownClaim {
        id: claim.id.clone(),
        to: claim.questions.iter().map(|question| question.adversary.clone()).collect(),
    };
    Vocabulary { claims: all().into_iter().map(known).collect() }
}

/// The reasons why a claim's scopes make do with less than the smallest that counts.
pub(crate) fn less(reasons: &[(Shortfall, &str)]) -> Vec<(Shortfall, String)> {
    reasons.iter().map(|&(shortfall, reason)| (shortfall, reason.to_owned())).collect()
}

/// A question whose answer is expected to be yes.
pub(crate) fn holds(
    adversary: &str,
    because: &str,
    pose: impl Fn(&Context) -> Posed + Send + Sync + 'static,
) -> Question {
    question(adversary, ExpectedVerdict::Holds, because, pose)
}

/// A question whose answer is expected to be no.
pub(crate) fn violated(
    adversary: &str,
    because: &str,
    pose: impl Fn(&Context) -> Posed + Send + Sync + 'static,
) -> Question {
    question(adversary, ExpectedVerdict::Violated, because, pose)
}

fn question(
    adversary: &str,
    expected: ExpectedVerdict,
    because: &str,
    pose: impl Fn(&Context) -> Posed + Send + Sync + 'static,
) -> Question {
    Question { adversary: adversary.to_owned(), expected, because: because.to_owned(), pose: Arc::new(pose) }
}
