//! **Content: what was written stays between those who wrote and read it.**

use super::{holds, less, violated};
use crate::atoms::{
    accepted_once, accepted_was_sent, any_content_unknown, backed_up_by_the_peer_alone, backup_disclosed,
    content_unknown_without_own_backup, disclosed_from_the_peers_backup, message_received, message_sent,
    platform_content_unknown, received_and_backed_up, sms_content_unknown, warrant_served,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Extension, Horizon, SecondDevice};
use mailcover_model::design::Design;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::state::MessageKind;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        content_secret(),
        sms_content_secret(),
        own_backup_decides(),
        log_holds_no_content(),
        sender_authentic(),
        sender_authentic_once(),
    ]
}

fn sent_over_platform() -> Fact {
    message_sent(MessageKind::Platform, "a message was submitted over the platform")
}

fn secret(context: &Context) -> Posed {
    Posed {
        ask: Ask::Always(platform_content_unknown(context.observers.clone())),
        exercised: message_received(MessageKind::Platform, "a message was received over the platform"),
        scope: scopes::content(&context.design),
    }
}

/// The same of what the provider keeps: exercised once something is kept that could give a text away.
fn secret_in_store(context: &Context) -> Posed {
    let posed = secret(context);
    let exercised = if context.design.backup.made() { received_and_backed_up() } else { posed.exercised };
    Posed { exercised, ..posed }
}

/// The same of what a warrant yields.
fn secret_under_warrant(context: &Context) -> Posed {
    let posed = secret(context);
    let yielded = if context.design.backup.made() { backup_disclosed() } else { warrant_served() };
    Posed { exercised: and(posed.exercised, yielded), scope: scopes::searched(&context.design), ..posed }
}

fn content_secret() -> Claim {
    Claim {
        id: "content-secret".into(),
        sentence: "Nobody but sender and receiver learns the text of a message that was submitted over the platform."
            .into(),
        not_claimed: "Nothing is said of text sent by SMS, of a device that is opened, or of what sizes \
                      and times give away. Nobody here steals a key or alters a ciphertext; see forward-secret and \
                      alterations-tell-nothing."
            .into(),
        sources: vec![
            "ZDNet, \"Apple: iMessage and Facetime are encrypted\", Jun 2013 (Y11)".into(),
            "Quarkslab, on intercepting through the key directory, 2013 (Y12)".into(),
            "Security Affairs, 29 Sep 2016, on experts of Jan 2015 about backups (Y9)".into(),
            "Apple Legal Process Guidelines, 2013-15, on what a warrant yields (Y7)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("network", "the channel and the message are both encrypted", secret),
            holds("active-network", "nothing that it can put on the wire passes the channel", secret),
            holds("provider", "it holds ciphertexts for the devices' keys, and none of those keys", secret),
            holds(
                "provider-store",
                "what waits is encrypted for its device, and no backup can be opened",
                secret_in_store,
            ),
            holds(
                "investigator",
                "a warrant yields rows, which hold no text, and no backup that can be opened",
                secret_under_warrant,
            ),
            holds("carrier", "messages over the platform do not pass it, or pass it encrypted", secret),
            holds("radio", "messages over the platform do not go by radio, or go there encrypted", secret),
            violated("key-adder", "devices encrypt for every key that the directory lists", secret),
            violated("key-swapper", "devices encrypt for whatever key the directory lists", secret),
            violated("malicious-provider", "it can do either", secret),
        ],
        flaws: vec![Flaw::BodyInClear, Flaw::LogRecordsBody],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A warrant about one of the two is no nearer to what a third person wrote."),
            (Extension, "A warrant reaches what is held on its day, and is not extended."),
            (Horizon, "No key and no ciphertext depends on the date."),
        ]),
    }
}

fn own_backup_decides() -> Claim {
    let pose = |exercised: fn() -> Fact| {
        move |context: &Context| Posed {
            ask: Ask::Always(content_unknown_without_own_backup(context.observers.clone())),
            exercised: exercised(),
            scope: scopes::searched(&context.design),
        }
    };
    Claim {
        id: "own-backup-decides".into(),
        sentence: "Whoever backs nothing up keeps what they write out of the provider's stores, and out of what a \
                   warrant yields."
            .into(),
        not_claimed: "What content-secret claims of the same two: that fails as soon as anybody's backup can be opened, \
                      the writer's own among them, which is up to the writer. This one fails only where nobody can help \
                      it alone. In the shipped designs they fall together, since there all devices back up both what was \
                      sent and what was received."
            .into(),
        sources: vec![
            "Security Affairs, 29 Sep 2016, on experts of Jan 2015 about backups (Y9)".into(),
            "Apple Legal Process Guidelines, 2013-15, on what a warrant yields (Y7)".into(),
        ],
        linddun: Linddun::Unawareness,
        questions: vec![
            holds(
                "provider-store",
                "the receiver's backup is encrypted with a key that the provider has not",
                pose(backed_up_by_the_peer_alone),
            ),
            holds(
                "investigator",
                "a warrant about the receiver yields a backup without its key",
                pose(disclosed_from_the_peers_backup),
            ),
        ],
        flaws: vec![Flaw::BackupKeyLeftBehind, Flaw::BodyInClear, Flaw::LogRecordsBody],
        design: "icloud-backup-end-to-end".into(),
        less: less(&[
            (Bystander, "What two people exchange is in the backups of no third."),
            (Extension, "A warrant reaches what is held on its day, and is not extended."),
            (Horizon, "No key and no backup depends on the date."),
        ]),
    }
}

fn sms_content_secret() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(sms_content_unknown(context.observers.clone())),
        exercised: message_received(MessageKind::Sms, "an SMS was received"),
        scope: scopes::content(&context.design),
    };
    Claim {
        id: "sms-content-secret".into(),
        sentence: "Nobody but sender and receiver learns the text of a message that fell back to SMS.".into(),
        not_claimed: "Nothing is said of a false station that sends as well as it listens.".into(),
        sources: vec![
            "ZDNet reader comments, Jun 2013, on how a service that cannot decrypt can reroute (Y4)".into(),
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016, on cell-site simulators (Y14)"
                .into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            violated("carrier", "an SMS is not encrypted for its receiver", pose),
            violated("radio", "an SMS is not encrypted for its receiver", pose),
            holds(
                "provider",
                "it is the sender's own device that falls back, so the text never passes the provider",
                pose,
            ),
        ],
        flaws: vec![Flaw::FallbackByServer],
        design: "imessage-2016".into(),
        less: less(&[(Horizon, "No key and no text depends on the date.")]),
    }
}

fn log_holds_no_content() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(any_content_unknown(context.observers.clone())),
        exercised: sent_over_platform(),
        scope: scopes::pairs_with_sms(&context.design),
    };
    Claim {
        id: "log-holds-no-content".into(),
        sentence: "The query log holds nothing from which the text of any message follows.".into(),
        not_claimed: "Nothing is said of what the provider's servers handle as it happens.".into(),
        sources: vec![
            "Security Affairs, \"Why Apple logs your iMessage contacts and other metadata?\", 29 Sep 2016"
                .into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![holds(
            "query-log",
            "a row is written about a lookup, before there is any text",
            pose,
        )],
        flaws: vec![Flaw::LogRecordsBody],
        design: "imessage-2016".into(),
        less: less(&[(Bystander, "A text is about nobody but its two users.")]),
    }
}

fn authentic(
    fact: fn() -> Fact,
    scope: fn(&Design) -> Scope,
) -> impl Fn(&Context) -> Posed + Send + Sync + Clone + 'static {
    move |context: &Context| Posed {
        ask: Ask::Always(fact()),
        exercised: message_received(MessageKind::Platform, "a message was received over the platform"),
        scope: scope(&context.design),
    }
}

fn sender_authentic() -> Claim {
    let pose = authentic(accepted_was_sent, scopes::forgery);
    let robbed = authentic(accepted_was_sent, scopes::impersonation);
    Claim {
        id: "sender-authentic".into(),
        sentence:
            "Whatever a device accepts as somebody's message, that person sent, to this device's owner."
                .into(),
        not_claimed: "It may be accepted late, or more than once; see sender-authentic-once.".into(),
        sources: vec!["Apple iOS Security Guide, 2014-15, on per-device signatures (Y11)".into()],
        linddun: Linddun::Identifying,
        questions: vec![
            holds(
                "active-network",
                "it has no key that the directory lists, and no channel key",
                pose.clone(),
            ),
            violated(
                "malicious-provider",
                "receivers check signatures with whatever key the directory lists",
                pose,
            ),
            holds(
                "reading-impostor",
                "what opens a device's messages is another key than what signs them",
                robbed.clone(),
            ),
            violated("signing-impostor", "whoever has the signing key signs as its owner does", robbed),
        ],
        flaws: vec![Flaw::DeviceTrustsTheWire],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person's keys are treated like those of the two."),
            (SecondDevice, "What one of somebody's devices signs, another one's stolen key signs no better."),
            (Horizon, "Signatures do not age."),
        ]),
    }
}

fn sender_authentic_once() -> Claim {
    let pose = authentic(accepted_once, scopes::forgery);
    Claim {
        id: "sender-authentic-once".into(),
        sentence: "No device accepts the same message twice.".into(),
        not_claimed: "Two messages with the same wording are two messages. Whether real clients drop a repeated message \
                      by its number, which stands outside of the signature, is not known; the model's do not."
            .into(),
        sources: vec!["Apple iOS Security Guide, 2014-15 (Y3, Y11)".into()],
        linddun: Linddun::Identifying,
        questions: vec![
            holds("active-network", "the channel numbers its records, so one that was recorded does not pass again", pose.clone()),
            violated("malicious-provider", "a signature does not say how often it was delivered", pose),
        ],
        flaws: vec![Flaw::WireReplayAccepted, Flaw::DeviceTrustsTheWire],
        design: "imessage-2016".into(),
        less: less(&[(Bystander, "A third person's keys are treated like those of the two."), (Horizon, "Signatures do not age.")]),
    }
}
