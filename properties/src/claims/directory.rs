//! **The directory as man in the middle: who notices a key that is not its owner's.**

use super::{holds, less, violated};
use crate::atoms::{foreign_key_compared, foreign_key_listed};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Horizon, Lookups, Messages};
use User::{Alice, Bob};
use mailcover_model::flaw::Flaw;
use mailcover_model::world::{Pair, User};

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![added_key_noticed(), comparison_finds_keys()]
}

fn shortfalls() -> Vec<(Shortfall, String)> {
    less(&[
        (Bystander, "What the directory lists for two people a third is neither told nor shown."),
        (Messages, "What is listed and compared are keys, whether or not anything is written."),
        (Horizon, "A key is noticed when it is added, or when keys are compared, on whatever day."),
    ])
}

fn sources() -> Vec<String> {
    vec![
        "Apple iOS Security Guide, 2014-15, on alerts (Y12)".into(),
        "Quarkslab, on intercepting through the key directory, 2013 (Y12)".into(),
        "Apple, on Contact Key Verification, 2023 (Y12)".into(),
    ]
}

fn added_key_noticed() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Known(vec![foreign_key_listed(Alice)]),
        exercised: foreign_key_listed(Alice),
        scope: scopes::watched_keys(&context.design),
    };
    let tapped =
        move |context: &Context| Posed { scope: scopes::tapped_keys(&context.design), ..pose(context) };
    Claim {
        id: "added-key-noticed".into(),
        sentence: "Whenever the directory lists a key for somebody that is not their own, it is known."
            .into(),
        not_claimed:
            "That nothing is read with it: what somebody sends before anybody has noticed is read; see \
                      content-secret. Nor that whoever is alerted understands the alert, or does anything."
                .into(),
        sources: sources(),
        linddun: Linddun::Unawareness,
        questions: vec![
            holds("alerted-owner", "every device of hers is told of it", pose),
            violated("unalerted-owner", "whoever lists the key sends the alert, or does not", pose),
            violated("alerted-peer", "who writes to her is told nothing", pose),
            violated("alerted-tap", "an alert is one more small exchange", tapped),
            holds("directory-reader", "what the directory lists stands in the provider's stores", pose),
        ],
        flaws: vec![Flaw::AlertGoesAstray],
        design: "imessage-2016".into(),
        less: shortfalls(),
    }
}

fn comparison_finds_keys() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Known(vec![foreign_key_compared(Pair { from: Bob, to: Alice })]),
        exercised: foreign_key_compared(Pair { from: Bob, to: Alice }),
        scope: scopes::compared_keys(&context.design),
    };
    Claim {
        id: "comparison-finds-keys".into(),
        sentence: "Two people who compare keys learn whether the one's device has a key for the other that is not the other's, \
                   whether or not there was an alert."
            .into(),
        not_claimed: "Anything of keys that are listed after the comparison, or that no device was given before it. What \
                      added-key-noticed claims falls for owners who are not alerted in this design as well, since nobody \
                      has to compare anything."
            .into(),
        sources: sources(),
        linddun: Linddun::Unawareness,
        questions: vec![
            holds("unalerted-owner", "she sees that one of the keys is none of hers", pose),
            holds("unalerted-peer", "he is told that one of the keys is none of hers", pose),
            violated("alerted-tap", "what the two tell each other does not pass it", pose),
        ],
        flaws: vec![Flaw::ComparisonOfNames],
        design: "compared-keys".into(),
        less: [
            shortfalls(),
            less(&[(Lookups, "What Bob's device was told is compared, and what Alice's was told of him is not asked about.")]),
        ]
        .concat(),
    }
}
