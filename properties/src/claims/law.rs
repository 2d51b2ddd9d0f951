//! **The law: what is kept, what is disclosed, and on whose word.**

use super::{holds, less, violated};
use crate::atoms::{
    another_logged_under_an_order, disclosures_rest_on_valid_orders, disclosures_within_orders,
    history_longer_than_an_order, log_has_row, named_in_an_order, no_order_granted,
    nothing_disclosed_of_another, orders_in_order, preserved_beyond_retention, reached_before_any_order,
    refused, rows_within_retention, something_disclosed,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and, happened, not, or, said};
use crate::need::Need;
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Extension, Horizon, Lookups, Messages, SecondDevice};
use mailcover_model::event::Event;
use mailcover_model::flaw::Flaw;
use mailcover_model::world::Pair;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        retention_bounded(),
        preservation_outlives_retention(),
        history_strung_together(),
        disclosure_within_order(),
        order_keeps_to_its_target(),
        no_order_no_disclosure(),
        bad_order_refused(),
        begun_log_is_narrow(),
    ]
}

/// Why a scope with real days needs less: rows and orders do not depend on what is written.
fn real_days() -> Vec<(Shortfall, String)> {
    less(&[
        (Bystander, "An order about Alice that reached somebody else's rows would show it with Bob's."),
        (SecondDevice, "Rows name persons, and a second device writes the same rows."),
        (Messages, "Rows and orders do not depend on what is written."),
        (Lookups, "Of Bob's rows one is enough to be disclosed, kept or preserved wrongly."),
    ])
}

fn retention_bounded() -> Claim {
    let pose = |context: &Context| {
        let (log, name) = super::events::query_log(context);
        Posed {
            ask: Ask::Always(rows_within_retention()),
            exercised: log_has_row(log, &name),
            scope: scopes::legal(&context.design),
        }
    };
    Claim {
        id: "retention-bounded".into(),
        sentence: "No log holds a row past its retention, unless a request to preserve names the row.".into(),
        not_claimed: "That copies which were disclosed are deleted too: they are not.".into(),
        sources: vec![
            "Security Affairs, 29 Sep 2016, and Apple Legal Process Guidelines (Y2)".into(),
            "Stored Communications Act, 18 USC 2703(f), on what a request to preserve freezes (Y6)".into(),
        ],
        linddun: Linddun::NonCompliance,
        questions: vec![
            holds("query-log", "the day's turn purges what is due", pose),
            violated("keeper", "keeping is a choice beside purging", pose),
        ],
        flaws: vec![Flaw::OnlyReceiptsRecorded, Flaw::PurgeOneDayLate],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn preservation_outlives_retention() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Reachable(and(preserved_beyond_retention(), no_order_granted())),
        exercised: preserved_beyond_retention(),
        scope: scopes::preserving(&context.design),
    };
    Claim {
        id: "preservation-outlives-retention".into(),
        sentence: "A request to preserve, without any court, can make a row outlive its retention.".into(),
        not_claimed: "That the row is disclosed: for that an order is needed.".into(),
        sources: vec!["Stored Communications Act, 18 USC 2703(f) (Y6)".into()],
        linddun: Linddun::DataDisclosure,
        questions: vec![holds("preserver", "what is frozen is not purged", pose)],
        flaws: vec![Flaw::OnlyReceiptsRecorded, Flaw::PurgeIgnoresPreservation],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn history_strung_together() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Reachable(history_longer_than_an_order()),
        exercised: something_disclosed().needing(Need::PROVIDER_LOG),
        scope: scopes::legal_history(&context.design),
    };
    Claim {
        id: "history-strung-together".into(),
        sentence: "Disclosures under one extended order can add up to a history longer than the log's retention and an \
                   order together."
            .into(),
        not_claimed: "That one disclosure reaches back further than the retention: none does.".into(),
        sources: vec!["\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016 (Y6)".into()],
        linddun: Linddun::Linking,
        questions: vec![holds("investigator", "an extension goes on collecting, and what was disclosed is not deleted", pose)],
        flaws: vec![Flaw::ExtensionIgnored, Flaw::OnlyReceiptsRecorded],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn disclosure_within_order() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(disclosures_within_orders()),
        exercised: something_disclosed().needing(Need::PROVIDER_LOG),
        scope: scopes::legal_with_refusal(&context.design),
    };
    Claim {
        id: "disclosure-within-order".into(),
        sentence: "What is disclosed under an order is of a kind that the order reaches, about its target, and of the \
                   period asked about; an emergency apart, nothing is disclosed outside of an order."
            .into(),
        not_claimed: "That the order was rightly granted; see bad-order-refused.".into(),
        sources: vec!["ZDNet, \"Apple: iMessage and Facetime are encrypted\", Jun 2013 (Y7)".into()],
        linddun: Linddun::NonCompliance,
        questions: vec![
            holds("investigator", "a holder selects the rows by the order", pose),
            holds("bulk-reader", "without a power to disclose outside of orders, nothing reaches it", |context| Posed {
                ask: Ask::Always(disclosures_within_orders()),
                exercised: log_has_row(super::events::query_log(context).0, "query"),
                scope: scopes::legal_with_refusal(&context.design),
            }),
        ],
        flaws: vec![Flaw::CourtGrantsAnything, Flaw::DisclosureIgnoresPeriod, Flaw::DisclosureIgnoresTarget, Flaw::OnlyReceiptsRecorded, Flaw::RefusalIsServed],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn order_keeps_to_its_target() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(nothing_disclosed_of_another()),
        exercised: another_logged_under_an_order().needing(Need::PROVIDER_LOG).needing(Need::DATED_ROWS),
        scope: scopes::handed_on(&context.design),
    };
    Claim {
        id: "order-keeps-to-its-target".into(),
        sentence: "An order about somebody yields no row of whoever had the number before that person, or has it next.".into(),
        not_claimed: "That whoever reads the rows can tell whose they are: a row names a number. Nothing is said of requests to \
                      preserve, which freeze what is held about a number."
            .into(),
        sources: vec![
            "Security Affairs, 29 Sep 2016: a row names handles (Y2)".into(),
            "Pen register statute, 18 USC 3123: an order runs for up to 60 days (Y5)".into(),
        ],
        linddun: Linddun::NonCompliance,
        questions: vec![violated("investigator", "the order names a number, whoever had it on the day of the row", pose)],
        flaws: vec![Flaw::OrderFollowsTheNumber, Flaw::DisclosureIgnoresTarget, Flaw::OnlyReceiptsRecorded],
        design: "orders-name-people".into(),
        less: less(&[
            (Bystander, "Whoever has the number next is somebody else, whoever else there is."),
            (SecondDevice, "Rows name numbers, and a second device writes the same rows."),
            (Messages, "Rows and orders do not depend on what is written."),
            (Lookups, "Of the rows of others none is about the number."),
            (Extension, "An order that is extended reaches no row otherwise than one that still runs."),
            (Horizon, "It takes a day for the number to be another's, and one to write a row."),
        ]),
    }
}

fn no_order_no_disclosure() -> Claim {
    let pose = |exercised: fn(&Context) -> Fact| {
        move |context: &Context| Posed {
            ask: Ask::Always(disclosures_rest_on_valid_orders()),
            exercised: exercised(context),
            scope: scopes::legal_with_refusal(&context.design),
        }
    };
    let to_disclose = |context: &Context| {
        let (log, name) = super::events::query_log(context);
        or(log_has_row(log, &name), something_disclosed()).needing(Need::PROVIDER_LOG)
    };
    Claim {
        id: "no-order-no-disclosure".into(),
        sentence: "No disclosure is made, not even an empty one, unless a court granted an order for it."
            .into(),
        not_claimed: "That nobody reads the logs inside of the provider.".into(),
        sources: vec!["ZDNet, Jun 2013, on denying direct access (Y18); 18 USC 2702 (Y19)".into()],
        linddun: Linddun::NonCompliance,
        questions: vec![
            holds(
                "investigator",
                "a disclosure needs a running order, and a running order a grant",
                pose(|_| something_disclosed().needing(Need::PROVIDER_LOG)),
            ),
            holds("bulk-reader", "nobody may disclose without an order", pose(to_disclose)),
            holds(
                "emergency-asker",
                "this design does not let the provider disclose in an emergency",
                pose(to_disclose),
            ),
        ],
        flaws: vec![Flaw::OnlyReceiptsRecorded, Flaw::RefusalIsServed],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn bad_order_refused() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Always(orders_in_order()),
        exercised: refused(),
        scope: scopes::applications(&context.design),
    };
    Claim {
        id: "bad-order-refused".into(),
        sentence: "An application that is over-broad or inconsistent is refused: one that names nobody, runs too long, \
                   reaches back too far, asks of its kind what the kind cannot do, or finds no log that yields to it."
            .into(),
        not_claimed: "That a well-formed application is justified: relevance is certified, not proved.".into(),
        sources: vec!["ZDNet, Jun 2013; Apple Legal Process Guidelines, 2013-15 (Y7)".into()],
        linddun: Linddun::NonCompliance,
        questions: vec![holds("investigator", "the court considers each ground", pose)],
        flaws: vec![Flaw::CourtGrantsAnything, Flaw::RefusalIsServed],
        design: "imessage-2016".into(),
        less: real_days(),
    }
}

fn begun_log_is_narrow() -> Claim {
    let pose = |context: &Context| {
        let pairs = scopes::BEGUN_PAIRS;
        let beyond = pairs.iter().flat_map(|&pair| [of_nobody_named(pair), reached_before_any_order(pair)]);
        let beyond: Vec<Fact> = beyond.collect();
        let log = context.design.logs.iter().position(|log| log.name == "delivery").unwrap_or_default();
        let any = beyond.iter().cloned().reduce(or).unwrap_or_else(something_disclosed);
        Posed {
            exercised: and(log_has_row(log, "delivery"), any),
            ask: Ask::NeverKnown(beyond),
            scope: scopes::begun_under_order(&context.design),
        }
    };
    Claim {
        id: "begun-log-is-narrow".into(),
        sentence: "A log of deliveries shows no communication between two people of whom no order has named either, nor any \
                   of the days before an order first did."
            .into(),
        not_claimed: "That it shows nothing of those whom an order names: from then on it shows with whom they communicate; \
                      see query-proves-no-communication. Nor that somebody whom no order names is in no row: whoever \
                      receives something from the order's target is."
            .into(),
        sources: vec!["\"No; iMessage isn't intercept-proof.\", Apr 2013, on what might be logged (Y15)".into()],
        linddun: Linddun::DataDisclosure,
        questions: vec![holds(
            "delivery-reader",
            "a row is written only while an order runs that reaches the account",
            pose,
        )],
        // Without acknowledgements, or with the lookups of a run spent at once, no row is ever in the log.
        flaws: vec![Flaw::LogBegunForEverybody, Flaw::AcknowledgementLost, Flaw::CacheIgnored],
        design: "compelled-delivery-log".into(),
        less: less(&[
            (SecondDevice, "Rows name persons, and a second device writes the same rows."),
            (Lookups, "A row of the log comes of a delivery, whoever has asked for keys."),
            (Extension, "An extension prolongs for how long the log is kept, and reaches no day before it."),
            (Horizon, "What is asked about lies within the retention, and what is purged shows less."),
        ]),
    }
}

/// The one communicated with the other over the platform, and no order has named either.
fn of_nobody_named(pair: Pair) -> Fact {
    let (from, to) = (pair.from.name(), pair.to.name());
    let clause = format!("{from} communicated with {to} over the platform, and no order has named either");
    said(and(happened(Event::CommunicatedOverPlatform, pair), not(named_in_an_order(pair))), &clause)
}
