//! **Encrypted traffic: what follows about two people from somebody's using the platform.**

use super::{holds, less, violated};
use crate::atoms::nothing_received;
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and, happened, or, said};
use crate::need::Need;
use crate::scopes;
use crate::smallest::Shortfall::{Horizon, Lookups};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::world::Pair;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![use_proves_no_pair()]
}

/// The one pressed send to the other, and only the one's end has been in use for it.
fn one_end(pair: Pair) -> Fact {
    let (from, to) = (pair.from.name(), pair.to.name());
    let clause = format!("{from} pressed send to {to}, and nothing has reached anybody");
    said(and(happened(Event::Attempted, pair), nothing_received()), &clause)
}

fn both_ends(pair: Pair) -> Fact {
    happened(Event::CommunicatedOverPlatform, pair)
}

fn use_proves_no_pair() -> Claim {
    let pose = |fact: fn(Pair) -> Fact| {
        move |context: &Context| {
            let facts: Vec<Fact> = scopes::USE_PAIRS.into_iter().map(fact).collect();
            let exercised = facts.iter().cloned().reduce(or).unwrap_or_else(nothing_received);
            let exercised = exercised.needing(Need::PLATFORM);
            Posed { ask: Ask::NeverKnown(facts), exercised, scope: scopes::used(&context.design) }
        }
    };
    Claim {
        id: "use-proves-no-pair".into(),
        sentence: "From somebody's using the platform nothing follows about with whom.".into(),
        not_claimed: "That nothing is written: that somebody communicated, whoever it was, is what traffic-shows-no-message asks, and \
                      a tap that shows it may show no pair. Nor anything of how many people there are: of two who are known to \
                      write to nobody else, use by the one shows the pair. Here there are three, and in the world more."
            .into(),
        sources: vec![
            "ZDNet reader comments, Jun 2013, on what the use of encryption proves (Y21)".into(),
            "\"No; iMessage isn't intercept-proof.\", Apr 2013, on what a tap could be taught (Y14)".into(),
        ],
        linddun: Linddun::Detecting,
        questions: vec![
            holds("network", "what leaves a device does not show for whom it is", pose(one_end)),
            violated("provider", "its servers are told for whom it is", pose(one_end)),
            violated("timing-tap", "what leaves one end is soon after at the other, and nobody else was writing", pose(both_ends)),
        ],
        flaws: vec![Flaw::EnvelopeInClear],
        design: "imessage-2016".into(),
        less: less(&[
            (Lookups, "A lookup passes a tap without saying about whom, and each of the two has one."),
            (Horizon, "What follows from traffic follows on its day."),
        ]),
    }
}
