//! **What happened: what is written in logs, stores and disclosures shows of typing, sending and communicating.**

use super::{holds, less};
use crate::atoms::{acknowledged_and_waiting, disclosed_by, log_has_row_about, something_disclosed};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and, happened, happened_at_all, or, per_pair_and_at_all};
use crate::need::Need;
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Extension, Horizon, Lookups, SecondDevice};
use mailcover_model::design::{Design, Holder, Log};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::scope::Scope;
use mailcover_model::slice::QUERY_LOG;
use mailcover_model::world::{Pair, User};

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        query_proves_no_communication(),
        same_event_four_ways(),
        logs_together(),
        query_proves_no_attempt(),
        query_proves_no_typing(),
    ]
}

pub(crate) const A_TO_B: Pair = Pair { from: User::Alice, to: User::Bob };
pub(crate) const B_TO_A: Pair = Pair { from: User::Bob, to: User::Alice };
/// The two who may communicate, in both directions.
pub(crate) const THE_TWO: [Pair; 2] = [A_TO_B, B_TO_A];

/// The place of a log among the design's logs, and its name.
pub(crate) fn query_log(context: &Context) -> (usize, String) {
    (context.design.query_log().unwrap_or(QUERY_LOG), Log::QUERY.to_owned())
}

const SAME_ROWS: &str = "Under orders: rows name persons, and a second device writes the same rows.";
const ABOUT_ALICE: &str =
    "Under orders: they are about Alice, who has two lookups; Bob's one is there for his messages.";

/// Why a scope with an order needs less.
fn under_order() -> [(Shortfall, &'static str); 3] {
    let bystander = "Under orders: a third person is one more innocent cause of what is disclosed.";
    [(Bystander, bystander), (SecondDevice, SAME_ROWS), (Lookups, ABOUT_ALICE)]
}

/// The event, and a row of the query log about the same pair.
fn row_and(context: &Context, event: Event) -> Fact {
    let (log, name) = query_log(context);
    let about = |pair: Pair| and(log_has_row_about(log, &name, pair), happened(event, pair));
    or(about(A_TO_B), about(B_TO_A))
}

/// The query log's holder never knows the event, of any pair or at all.
fn log_never_shows(event: Event, scope: fn(&Design) -> Scope) -> impl Fn(&Context) -> Posed + Clone {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown(per_pair_and_at_all(event, &THE_TWO)),
        exercised: row_and(context, event),
        scope: scope(&context.design),
    }
}

/// The investigator never knows the event, of any pair or at all.
fn orders_never_show(event: Event) -> impl Fn(&Context) -> Posed + Clone {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown(per_pair_and_at_all(event, &THE_TWO)),
        exercised: and(something_disclosed().needing(Need::PROVIDER_LOG), happened_at_all(event)),
        scope: scopes::ordered(&context.design),
    }
}

fn query_proves_no_communication() -> Claim {
    Claim {
        id: "query-proves-no-communication".into(),
        sentence: "Entries of the query log never show that anybody communicated, nor does what orders at the provider \
                   yield."
            .into(),
        not_claimed: "That they make it no likelier. What is said is that an innocent run with the same entries always \
                      exists, not how often it is the true one."
            .into(),
        sources: vec![
            "Security Affairs, \"Why Apple logs your iMessage contacts and other metadata?\", 29 Sep 2016 (Y2)".into(),
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016 (Y2, Y5)".into(),
        ],
        linddun: Linddun::NonRepudiation,
        questions: vec![
            holds(
                "query-log",
                "typing alone leaves the same row, and messages may go without one",
                log_never_shows(Event::Communicated, scopes::pairs),
            ),
            holds(
                "investigator",
                "what is disclosed are the same rows",
                orders_never_show(Event::Communicated),
            ),
        ],
        flaws: vec![Flaw::LogRecordsBody, Flaw::LogRecordsDelivery, Flaw::LogRecordsTrigger, Flaw::OnlyReceiptsRecorded],
        design: "imessage-2016".into(),
        less: less(&under_order()),
    }
}

fn same_event_four_ways() -> Claim {
    let event = Event::CommunicatedOverPlatform;
    let live = move |context: &Context| Posed {
        ask: Ask::Known(per_pair_and_at_all(event, &THE_TWO)),
        exercised: happened(event, A_TO_B),
        scope: scopes::live_at_push(&context.design),
    };
    let store = |context: &Context| Posed {
        ask: Ask::Known(vec![acknowledged_and_waiting(B_TO_A)]),
        exercised: acknowledged_and_waiting(B_TO_A),
        scope: scopes::live(&context.design),
    };
    Claim {
        id: "same-event-four-ways".into(),
        sentence: "Of one and the same communication over the platform, the provider's servers know as it happens; its \
                   stores know while a copy waits; its query log never shows it; and no order at the provider does."
            .into(),
        not_claimed: "That the provider keeps what its servers see: in these designs it does not.".into(),
        sources: vec![
            "Apple iOS Security Guide, 2014-15, on what push handles and stores (Y3)".into(),
            "Security Affairs, 29 Sep 2016 (Y2)".into(),
        ],
        linddun: Linddun::Detecting,
        questions: vec![
            holds("provider", "push sees the envelope and the acknowledgement", live),
            holds("provider-store", "the queue's record names the copies that no longer wait", store),
            holds(
                "query-log",
                "the log records lookups and nothing else",
                log_never_shows(event, scopes::pairs),
            ),
            holds("investigator", "an order yields the log's rows and nothing else", orders_never_show(event)),
        ],
        flaws: vec![Flaw::AcknowledgementLost, Flaw::LogRecordsBody, Flaw::LogRecordsDelivery, Flaw::LogRecordsTrigger, Flaw::OnlyReceiptsRecorded, Flaw::QueueForgetsAcknowledgements],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "Of the provider's servers and stores: they know each pair by itself. Of the investigator: a third person is one more innocent cause."),
            (SecondDevice, SAME_ROWS),
            (Lookups, ABOUT_ALICE),
            (Horizon, "Of the provider's servers and stores: what they know of an event, they know on its day."),
        ]),
    }
}

fn logs_together() -> Claim {
    let together = |event: Event| {
        move |context: &Context| Posed {
            ask: Ask::NeverKnown(per_pair_and_at_all(event, &THE_TWO)),
            exercised: row_and(context, event),
            scope: scopes::pairs_with_carrier(&context.design),
        }
    };
    let under_orders = |context: &Context| Posed {
        ask: Ask::NeverKnown(per_pair_and_at_all(Event::CommunicatedOverPlatform, &THE_TWO)),
        exercised: and(
            and(disclosed_by(Holder::Provider), disclosed_by(Holder::Carrier)),
            happened_at_all(Event::CommunicatedOverPlatform),
        ),
        scope: scopes::carried(&context.design),
    };
    Claim {
        id: "logs-together".into(),
        sentence: "The query log and the carrier's records, put side by side, never show that anybody communicated \
                   over the platform."
            .into(),
        not_claimed: "That they hide SMS: of those the carrier's records alone show everything but the wording, and of \
                      those the carrier's servers see the wording too."
            .into(),
        sources: vec!["\"No; iMessage isn't intercept-proof.\", Apr 2013 (Y5)".into()],
        linddun: Linddun::Linking,
        questions: vec![
            holds(
                "logs-together",
                "the carrier's records say nothing of the platform, and the row says nothing of a message",
                together(Event::CommunicatedOverPlatform),
            ),
            holds("both-orders", "orders at both yield no more than both logs", under_orders),
        ],
        // Of these `cache-ignored` shows no communication: it leaves the question about orders vacuous, since a device that
        // has to ask before each message has asked as often as the scope allows before both holders have disclosed.
        flaws: vec![Flaw::CacheIgnored, Flaw::CarrierRecordsPlatform, Flaw::LogRecordsBody, Flaw::LogRecordsDelivery, Flaw::LogRecordsTrigger, Flaw::MobileBesideWifi, Flaw::OnlyReceiptsRecorded],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person is one more innocent cause."),
            (SecondDevice, SAME_ROWS),
            (Lookups, ABOUT_ALICE),
            (Extension, "Under orders: every day of the scope is within both orders, which an extension would only let run on."),
            (Horizon, "Under orders: what was disclosed stays disclosed, whatever the logs retain."),
        ]),
    }
}

fn query_proves_no_attempt() -> Claim {
    Claim {
        id: "query-proves-no-attempt".into(),
        sentence: "Entries of the query log never show that anybody even tried to send a message.".into(),
        not_claimed: "That attempts go unnoticed by the provider's servers.".into(),
        sources: vec![
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016 (Y2)".into(),
        ],
        linddun: Linddun::NonRepudiation,
        questions: vec![holds(
            "query-log",
            "an address that was typed and thought better of leaves the same row",
            log_never_shows(Event::Attempted, scopes::pairs),
        )],
        flaws: vec![
            Flaw::LogRecordsBody,
            Flaw::LogRecordsDelivery,
            Flaw::LogRecordsTrigger,
            Flaw::OnlyReceiptsRecorded,
        ],
        design: "imessage-2016".into(),
        less: Vec::new(),
    }
}

fn query_proves_no_typing() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::NeverKnown(per_pair_and_at_all(Event::Typed, &THE_TWO)),
        exercised: row_and(context, Event::Typed),
        scope: scopes::typing(&context.design),
    };
    Claim {
        id: "query-proves-no-typing".into(),
        sentence: "Entries of the query log never show that the person typed the address.".into(),
        not_claimed: "That somebody else typed it: the client asks unasked, and asks when it receives."
            .into(),
        sources: vec![
            "\"Yes, Apple keeps a log of who you contact on iMessage for 30 days\", Sep 2016 (Y1)".into(),
        ],
        linddun: Linddun::NonRepudiation,
        questions: vec![holds(
            "query-log",
            "picking a name, receiving and refreshing leave the same row",
            pose,
        )],
        flaws: vec![
            Flaw::LogRecordsBody,
            Flaw::LogRecordsTrigger,
            Flaw::OnlyReceiptsRecorded,
            Flaw::PurgeOneDayLate,
        ],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "Whom else she types to only adds innocent causes."),
            (SecondDevice, "The rows of either device are the person's."),
            (Lookups, "Of Bob's rows one is enough: a second would have the same causes."),
        ]),
    }
}
