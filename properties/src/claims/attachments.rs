//! **Attachments: who learns what is attached to a message, from whom it came, and that anything was.**

use super::{holds, less, violated};
use crate::atoms::{
    attached_at_all, attachment_received, attachments_unknown, blob_disclosed, fetch_disclosed, fetch_logged,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{and, happened};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Extension, Horizon, Lookups, Messages, SecondDevice};
use mailcover_model::design::Design;
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::world::{Pair, User};

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![attachment_secret(), fetch_names_no_sender(), traffic_shows_no_attachment()]
}

/// Where attachments are described.
const GUIDE: &str = "Apple iOS Security Guide, 2014-15, on attachments (Y13)";

fn secret(context: &Context) -> Posed {
    Posed {
        ask: Ask::Always(attachments_unknown(context.observers.clone())),
        exercised: attachment_received(),
        scope: scopes::attached(&context.design),
    }
}

/// The same of what a warrant yields.
fn secret_under_warrant(context: &Context) -> Posed {
    Posed {
        exercised: blob_disclosed(),
        scope: scopes::attached_and_searched(&context.design),
        ..secret(context)
    }
}

fn attachment_secret() -> Claim {
    Claim {
        id: "attachment-secret".into(),
        sentence: "Nobody but sender and receiver learns what is attached to a message that was submitted over the platform."
            .into(),
        not_claimed: "What content-secret claims of texts, since the key of an attachment can be where the text is not. Nothing is \
                      said of what goes by SMS, nor of how large an attachment is."
            .into(),
        sources: vec![
            GUIDE.into(),
            "Quarkslab, on intercepting through the key directory, 2013 (Y12)".into(),
            "Apple Legal Process Guidelines, 2013-15, on what a warrant yields (Y7)".into(),
        ],
        linddun: Linddun::DataDisclosure,
        questions: vec![
            holds("network", "the blob goes encrypted on the channel, and its key in the message", secret),
            holds("provider", "its servers are given blobs, and messages that it cannot open", secret),
            holds("provider-store", "the store holds blobs without their keys", secret),
            holds("investigator", "a warrant yields blobs without their keys", secret_under_warrant),
            violated("key-adder", "whoever reads the message reads the key in it", secret),
            violated("malicious-provider", "whoever reads the message reads the key in it", secret),
        ],
        flaws: vec![Flaw::KeyBesideBlob, Flaw::BodyInClear, Flaw::LogRecordsBody],
        design: "attachments".into(),
        less: less(&[
            (Bystander, "A third person's attachments are treated like those of the two."),
            (Extension, "A warrant reaches what is held on its day, and is not extended."),
            (Horizon, "No key and no blob depends on the date."),
        ]),
    }
}

/// Of Alice, since Carol is there to have sent what Bob fetched.
const ASKED: Pair = Pair { from: User::Alice, to: User::Bob };

/// The log of what is put into the store and fetched from there, by its name.
const TRANSFERS: &str = "attachment";

fn fetch_names_no_sender() -> Claim {
    let pose = |context: &Context| {
        let log = context.design.logs.iter().position(|log| log.name == TRANSFERS).unwrap_or(0);
        let communicated = happened(Event::Communicated, ASKED);
        Posed {
            ask: Ask::NeverKnown(vec![communicated.clone()]),
            exercised: and(fetch_logged(log, TRANSFERS, ASKED.to), communicated),
            scope: scopes::fetched(&context.design),
        }
    };
    let under_orders = |context: &Context| {
        let communicated = happened(Event::Communicated, ASKED);
        Posed {
            ask: Ask::NeverKnown(vec![communicated.clone()]),
            exercised: and(fetch_disclosed(ASKED.to), communicated),
            scope: scopes::fetched_under_orders(&context.design),
        }
    };
    Claim {
        id: "fetch-names-no-sender".into(),
        sentence: "What the store's log records of who put something there, and of who fetched something, never shows that the \
                   one communicated with the other, nor does what orders yield of it."
            .into(),
        not_claimed: "That a fetch shows nothing: whoever fetches something has received it from somebody. Nor anything of a \
                      store that one person alone ever put something into: here a second one did, longer ago than the log \
                      reaches back, and in the world many do."
            .into(),
        sources: vec![GUIDE.into()],
        linddun: Linddun::Linking,
        questions: vec![
            holds(
                "attachment-log",
                "what was fetched may be what somebody else put there, longer ago than the log reaches back",
                pose,
            ),
            holds("investigator", "orders for records about both yield no more than the log has", under_orders),
        ],
        flaws: vec![Flaw::LogRecordsBlob, Flaw::PurgeOneDayLate, Flaw::CacheIgnored],
        design: "attachments".into(),
        less: less(&[
            (Messages, "What Carol sent before is the second message, and that Bob answers shows nothing of what he fetched."),
            (Lookups, "A lookup leaves no row in this log, and nobody has to ask twice."),
            (Extension, "An order for records looks back, and is not extended."),
            (SecondDevice, "Under orders: rows name accounts, and a second device leaves the same rows."),
            (Horizon, "The past outlasts the log, and what the run logs of a fetch, it logs on its day."),
        ]),
    }
}

fn traffic_shows_no_attachment() -> Claim {
    let within = |scope: fn(&Design) -> Scope| {
        move |context: &Context| Posed {
            ask: Ask::NeverKnown(vec![attached_at_all()]),
            exercised: attached_at_all(),
            scope: scope(&context.design),
        }
    };
    Claim {
        id: "traffic-shows-no-attachment".into(),
        sentence: "What a tap on the line sees on the day never shows that something was attached to a message.".into(),
        not_claimed: "Of later days the second tap is asked, for whom a blob that is fetched when no message can wait any more \
                      betrays itself. Nor is it claimed that a tap sees less than otherwise: where attachments have the size of \
                      messages, it sees two where there is one. How often people send two in a row is another question."
            .into(),
        sources: vec![
            GUIDE.into(),
            "Coull and Dyer, on what the sizes of iMessage's packets give away, SIGCOMM CCR, Oct 2014 (Y14)".into(),
        ],
        linddun: Linddun::Detecting,
        questions: vec![
            violated("network", "a blob is larger than a message, and goes elsewhere", within(scopes::tapped)),
            violated(
                "timing-tap",
                "what a device downloads after push would have given up all that was uploaded is no message",
                within(scopes::tapped_for_long),
            ),
        ],
        flaws: vec![Flaw::AttachmentUnpadded, Flaw::BodyInClear, Flaw::EnvelopeInClear, Flaw::CacheIgnored],
        design: "attachments-traced".into(),
        less: less(&[
            (Bystander, "A third person's traffic is like that of the two."),
            (Lookups, "A lookup is a small exchange, of which an attachment causes as many as a message does."),
            (Horizon, "A tap remembers what passes it for good, and past what push stores nothing new can happen."),
        ]),
    }
}
