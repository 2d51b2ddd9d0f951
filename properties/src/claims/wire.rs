//! **The wire and the radio: what whoever carries packets, or hears them, learns of messages.**

use super::{holds, less, violated};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::happened_at_all;
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Horizon, Lookups, SecondDevice};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![traffic_shows_no_message()]
}

fn traffic_shows_no_message() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::NeverKnown(vec![happened_at_all(Event::CommunicatedOverPlatform)]),
        exercised: happened_at_all(Event::CommunicatedOverPlatform),
        scope: scopes::carried_live(&context.design),
    };
    Claim {
        id: "traffic-shows-no-message".into(),
        sentence: "Neither the carrier nor a false station of the radio network ever learns that anybody communicated over the \
                   platform, nor does a tap on the line."
            .into(),
        not_claimed: "That the text could be read: content-secret is put to the same three. Nor that a tap learns who wrote to \
                      whom: it sees devices, and what passes them. A tap is taken to know the platform's traffic by its \
                      endpoints and shapes; one that was never taught to learns less."
            .into(),
        sources: vec![
            "\"No; iMessage isn't intercept-proof.\", Apr 2013, on Wi-Fi, and on traffic that could be recognised (Y14)".into(),
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016, on cell-site simulators (Y14)"
                .into(),
        ],
        linddun: Linddun::Detecting,
        questions: vec![
            holds("carrier", "over Wi-Fi nothing of the platform's traffic passes it", pose),
            holds("radio", "over Wi-Fi nothing of the platform's traffic goes by the carrier's radio", pose),
            violated("network", "a large download that is answered is a message that was acknowledged", pose),
        ],
        // With the lookups of a run spent at once, nobody ever writes in it.
        flaws: vec![Flaw::MobileBesideWifi, Flaw::CacheIgnored],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person's traffic is like that of the two."),
            (SecondDevice, "A second device is one more from and to which the same passes."),
            (Lookups, "A lookup is a small exchange, like a registration."),
            (Horizon, "Whoever carries packets remembers them for good."),
        ]),
    }
}
