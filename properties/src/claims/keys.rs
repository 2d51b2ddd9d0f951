//! **Keys and ciphertexts: what a stolen key opens, what an authority's does, and what an altered ciphertext tells.**

use super::{holds, less, violated};
use crate::atoms::{
    content_read_before_theft_unknown, content_sent_past_the_robbed_unknown, message_altered,
    message_read_before_theft, message_received, message_sent_past_the_robbed, platform_content_unknown,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Horizon};
use mailcover_model::flaw::Flaw;
use mailcover_model::state::MessageKind;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![forward_secret(), removed_device_shut_out(), alterations_tell_nothing(), secret_from_authority()]
}

fn forward_secret() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(content_read_before_theft_unknown(context.observers.clone())),
        exercised: message_read_before_theft(),
        scope: scopes::forgery(&context.design),
    };
    Claim {
        id: "forward-secret".into(),
        sentence: "What was read on a device stays secret when the device's decryption key is stolen afterwards.".into(),
        not_claimed: "Nothing is said of messages that the device reads after the theft, nor of texts that it still shows: \
                      whoever takes an opened device reads those without any key."
            .into(),
        sources: vec![
            "Garman et al., \"Dancing on the Lip of the Volcano\", USENIX Security 2016: keys are not replaced (Y11)".into(),
            "Apple iOS Security Guide, 2014-15 (Y11)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("key-thief", "without the ciphertexts there is nothing that the key could open", pose),
            violated("recording-thief", "the one key of the device opens all that was ever encrypted for it", pose),
        ],
        flaws: vec![Flaw::UsedKeyKept, Flaw::BodyInClear],
        design: "one-time-keys".into(),
        less: less(&[
            (Bystander, "A key of a third person opens nothing that the two exchange."),
            (Horizon, "No key and no ciphertext depends on the date."),
        ]),
    }
}

fn removed_device_shut_out() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(content_sent_past_the_robbed_unknown(context.observers.clone())),
        exercised: message_sent_past_the_robbed(),
        scope: scopes::removed(&context.design),
    };
    Claim {
        id: "removed-device-shut-out".into(),
        sentence: "What is sent to somebody after they removed a lost device from the directory is not opened with the key \
                   that the device holds."
            .into(),
        not_claimed: "Nothing is said of what was sent before, nor of a device that nobody has removed. Push hands a removed \
                      device nothing, so whoever has nothing but the device gets nothing: the claim is about ciphertexts that \
                      others recorded."
            .into(),
        sources: vec![
            "Apple iOS Security Guide, 2014-15: an answer names every device of the addressee (Y1)".into(),
            "pypush and others, on the client's protocol: clients remember answers (Y1)".into(),
            "Garman et al., \"Dancing on the Lip of the Volcano\", USENIX Security 2016: keys are not replaced (Y11)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("key-thief", "without the ciphertexts there is nothing that the key could open", pose),
            violated(
                "recording-thief",
                "a client that remembers an older answer still encrypts for the device that was removed",
                pose,
            ),
        ],
        flaws: vec![Flaw::RemovalNotRecalled, Flaw::BodyInClear, Flaw::CacheIgnored],
        design: "recalled-answers".into(),
        less: less(&[
            (Bystander, "A third person's device, and what is sent to it, has keys of its own."),
            (Horizon, "An answer that is remembered for a day shows what one that is remembered for months shows."),
        ]),
    }
}

fn alterations_tell_nothing() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(platform_content_unknown(context.observers.clone())),
        exercised: message_altered(),
        scope: scopes::forgery(&context.design),
    };
    Claim {
        id: "alterations-tell-nothing".into(),
        sentence: "Whoever has altered copies of a message put before its receiver does not learn its text from how the \
                   receiver's device reacts."
            .into(),
        not_claimed: "What content-secret claims of others: there nothing is altered. Nothing is said of how many copies it \
                      takes; the published attack took many, and worked for some forms of message better than for others."
            .into(),
        sources: vec![
            "Garman et al., \"Dancing on the Lip of the Volcano\", USENIX Security 2016 (Y11)".into(),
            "Bellare and Stepanovs, \"Security under Message-Derived Keys\", ePrint 2020/224 (Y11)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            violated("alterer", "what it alters and how the device reacts to it make an oracle for the text", pose),
            violated("watching-alterer", "a reaction shows on the line, where nothing else of the message can be read", pose),
            holds("blind-alterer", "without the reactions its own alterations tell it nothing", pose),
        ],
        flaws: vec![Flaw::AlteredCopyAnswered, Flaw::BodyInClear, Flaw::LogRecordsBody],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "What a third person's device makes of its copies tells nothing of another's."),
            (Horizon, "No ciphertext depends on the date."),
        ]),
    }
}

fn secret_from_authority() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(platform_content_unknown(context.observers.clone())),
        exercised: message_received(MessageKind::Platform, "a message was received over the platform"),
        scope: scopes::live(&context.design),
    };
    Claim {
        id: "secret-from-authority".into(),
        sentence: "No authority learns the text of a message that was submitted over the platform, whoever hands it what \
                   has passed."
            .into(),
        not_claimed: "What content-secret claims of those who have no key but their own: an authority's key is of use only \
                      to whoever is given ciphertexts. Nothing is said of devices that leave out what is meant for the \
                      authority, nor of who might steal its key."
            .into(),
        sources: vec![
            "ZDNet reader comments, Jun 2013, on keys of administrators that a government demanded (Y16)".into(),
            "ZDNet, \"Apple: iMessage and Facetime are encrypted\", Jun 2013 (Y11)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("authority", "it has a key, and nothing that the key could open", pose),
            holds("recording-authority", "no message is encrypted for its key", pose),
            holds("searching-authority", "no message is encrypted for its key", pose),
            holds("tapping-authority", "what passes the line is encrypted once more, for the provider", pose),
        ],
        flaws: vec![Flaw::CopyForTheAuthority, Flaw::BodyInClear, Flaw::LogRecordsBody],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "What a third person writes is encrypted for the same key."),
            (Horizon, "No key and no ciphertext depends on the date."),
        ]),
    }
}
