//! **What did not happen: what silence, emptiness and refusal show, and what an entry leaves open.**

use super::events::query_log;
use super::{holds, less};
use crate::atoms::{
    communicated_on_an_earlier_day, communicated_recently, empty_disclosure_by_carrier,
    empty_disclosure_today, log_has_row, log_is_silent, refused,
    target_reached_somebody_while_carrier_watched,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{and, happened_at_all, not, said};
use crate::scopes;
use crate::smallest::Shortfall::{Bystander, Extension, Horizon, Lookups, Messages, SecondDevice};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        silence_proves_nothing(),
        refusal_and_emptiness_prove_nothing(),
        entry_without_communication(),
        pen_register_incomplete(),
    ]
}

fn silence_proves_nothing() -> Claim {
    let pose = |context: &Context| {
        let (log, name) = query_log(context);
        let silent = log_is_silent(log, &name);
        let nobody = said(
            and(silent.clone(), not(communicated_recently())),
            "nobody communicated over the platform in the last retention period",
        );
        Posed {
            ask: Ask::NeverKnown(vec![nobody]),
            exercised: and(silent, communicated_recently()),
            scope: scopes::warm_caches(&context.design),
        }
    };
    Claim {
        id: "silence-proves-nothing".into(),
        sentence: "An empty query log never shows that nobody communicated over the platform in the last retention \
                   period."
            .into(),
        not_claimed: "Nothing is said of a log whose clients ask afresh within the retention: there, silence does show \
                      it (see the design short-cache)."
            .into(),
        sources: vec!["The leaked FAQ for law enforcement, as told by the press of Sep 2016 (Y2)".into()],
        linddun: Linddun::Detecting,
        questions: vec![holds("query-log", "answers that were cached before the rows were purged still serve", pose)],
        flaws: vec![Flaw::CacheIgnored, Flaw::LogRecordsBody, Flaw::LogRecordsDelivery, Flaw::PurgeOneDayLate],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person's messages would only be innocent causes."),
            (SecondDevice, "A second device that remembers an answer would only be one more innocent cause."),
        ]),
    }
}

fn refusal_and_emptiness_prove_nothing() -> Claim {
    let pose = |context: &Context| {
        let after_emptiness = said(
            and(empty_disclosure_today(), not(communicated_on_an_earlier_day())),
            "nobody communicated over the platform before today in the last retention period",
        );
        let after_refusal = said(
            and(refused(), not(communicated_recently())),
            "nobody communicated over the platform in the last retention period",
        );
        Posed {
            ask: Ask::NeverKnown(vec![after_emptiness, after_refusal]),
            exercised: and(empty_disclosure_today(), communicated_on_an_earlier_day()),
            scope: scopes::ordered_with_warm_caches(&context.design),
        }
    };
    Claim {
        id: "refusal-and-emptiness-prove-nothing".into(),
        sentence: "A refusal, or a disclosure with nothing in it, never shows that nobody communicated over the platform \
                   in the last retention period."
            .into(),
        not_claimed: "That emptiness says nothing at all: it shows that no row about the target was held at that moment, and says \
                      nothing of the rest of the day.".into(),
        sources: vec!["ZDNet, Jun 2013, on producing the narrowest set and refusing (Y7)".into()],
        linddun: Linddun::Detecting,
        questions: vec![holds(
            "investigator",
            "cached answers serve without a row, and a refusal depends on the application alone",
            pose,
        )],
        flaws: vec![Flaw::EmptinessLooksFurther],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person's messages would only be innocent causes."),
            (SecondDevice, "A second device that remembers an answer would only be one more innocent cause."),
            (Horizon, "The past is longer than a retention period, and with it the scope spans more than two."),
            (Messages, "Besides the one of the run, two are written before it, and may be on their way when it begins."),
            (Lookups, "What is asked about is that no row is there; the lookups of the past warm the caches."),
            (Extension, "Emptiness is asked of one disclosure, and an extension adds only later ones."),
        ]),
    }
}

fn entry_without_communication() -> Claim {
    let pose = |context: &Context| {
        let (log, name) = query_log(context);
        Posed {
            ask: Ask::ReachableAndThenAlways(
                log_has_row(log, &name),
                said(not(happened_at_all(Event::Communicated)), "nobody ever communicates"),
            ),
            exercised: log_has_row(log, &name),
            scope: scopes::entries(&context.design),
        }
    };
    Claim {
        id: "entry-without-communication".into(),
        sentence: "The query log can hold an entry about two people who then never communicate.".into(),
        not_claimed: "That this is common.".into(),
        sources: vec![
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016 (Y2)".into(),
        ],
        linddun: Linddun::NonRepudiation,
        questions: vec![holds("query-log", "a row is written when an address is typed", pose)],
        flaws: vec![Flaw::OnlyReceiptsRecorded],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "One such run is enough."),
            (SecondDevice, "One such run is enough."),
            (Messages, "One such run is enough, and a message that might be sent is there."),
        ]),
    }
}

fn pen_register_incomplete() -> Claim {
    let reached = target_reached_somebody_while_carrier_watched;
    let pose = move |context: &Context| Posed {
        ask: Ask::NeverKnown(vec![said(
            and(empty_disclosure_by_carrier(), not(reached())),
            "of what the order's target wrote, nothing reached anybody from the day of the order to yesterday",
        )]),
        exercised: and(empty_disclosure_by_carrier(), reached()),
        scope: scopes::watched_by_carrier(&context.design),
    };
    Claim {
        id: "pen-register-incomplete".into(),
        sentence:
            "A carrier that has nothing to disclose under a pen register never shows by it that the target \
                   communicated with nobody in the days that the order covers."
                .into(),
        not_claimed: "That a disclosure with rows in it shows nothing: an SMS that it lists was sent.".into(),
        sources: vec!["\"No; iMessage isn't intercept-proof.\", Apr 2013, on the DEA's notice (Y5)".into()],
        linddun: Linddun::Unawareness,
        questions: vec![holds(
            "carrier-investigator",
            "messages over the platform do not pass the carrier",
            pose,
        )],
        flaws: vec![Flaw::CarrierRecordsPlatform],
        design: "imessage-2016".into(),
        less: less(&[
            (Bystander, "A third person would only add innocent causes."),
            (SecondDevice, "The carrier serves telephones."),
            (Horizon, "A carrier keeps its records for longer than any run lasts."),
        ]),
    }
}
