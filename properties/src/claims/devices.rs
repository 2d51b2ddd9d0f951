//! **Seized devices: what they still show, opened or locked.**

use super::{holds, less, violated};
use crate::atoms::{message_is_old, old_content_unknown};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Horizon};
use mailcover_model::flaw::Flaw;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![old_messages_gone()]
}

fn old_messages_gone() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(old_content_unknown(context.observers.clone())),
        exercised: message_is_old(),
        scope: scopes::seized(&context.design),
    };
    Claim {
        id: "old-messages-gone".into(),
        sentence: "A device that is seized shows no text that was received longer ago than lookups are logged for.".into(),
        not_claimed: "Anything of younger texts, which an opened device shows. Nothing is said of backups, which have a \
                      claim of their own, nor of traces that deleting leaves on a device."
            .into(),
        sources: vec![
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016, on a seized device (Y20)"
                .into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("device-thief", "what a locked device stores is encrypted, and its key is in the device", pose),
            violated("opened-alice", "an opened device shows what it stores, and it stores all that it holds", pose),
            violated("opened-bob", "so does the device of whoever wrote or received the same message", pose),
        ],
        flaws: vec![Flaw::DeletionOnlyHides],
        design: "deleting-devices".into(),
        less: less(&[
            (Bystander, "What two people exchange is on no device of a third."),
            (Horizon, "It is enough that a message outlives the retention by a day."),
        ]),
    }
}
