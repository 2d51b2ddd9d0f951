//! **Calls: what invitations, relays and their logs show of whether anybody talked, and for how long.**

use super::events::THE_TWO;
use super::{holds, less, violated};
use crate::atoms::{
    call_in_vain, call_lasted, call_took_place, call_took_place_at_all, invitation_disclosed,
    log_has_row_about,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and, or};
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Extension, Horizon, Lookups, Messages, SecondDevice};
use mailcover_model::flaw::Flaw;
use mailcover_model::state::Length;
use mailcover_model::world::Pair;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        invitation_proves_no_call(),
        invitation_proves_no_failure(),
        length_of_calls_hidden(),
        servers_see_calls(),
    ]
}

/// Where the claims come from.
fn sources() -> Vec<String> {
    vec![
        "Apple Legal Process Guidelines, 2013-15, on logs of FaceTime invitations (Y7, Y8)".into(),
        "\"Yes, Apple keeps a log of who you contact on iMessage for 30 days\", Sep 2016 (Y8)".into(),
    ]
}

/// Why the scopes make do with less.
fn few_calls() -> [(Shortfall, &'static str); 5] {
    [
        (Bystander, "Under orders: a third person is one more whom an invitation could be to."),
        (SecondDevice, "Under orders: rows name persons, and a second device leaves the same rows."),
        (Messages, "An invitation shows nothing of messages, nor a message of calls."),
        (Lookups, "Under orders: a call asks once, and what is asked shows nothing of the answer to a call."),
        (Extension, "An order for records looks back, and is not extended."),
    ]
}

/// The log of invitations, by its name.
const INVITATIONS: &str = "invitation";
/// A relay's log, by its name.
const RELAY: &str = "relay";

/// For one of the two who call and the other, what a log's reader or an investigator can be shown.
type OfPair = fn(Pair) -> Vec<Fact>;

fn facts(of: OfPair) -> Vec<Fact> {
    THE_TWO.into_iter().flat_map(of).collect()
}

/// Any of the facts, of which there is at least one.
fn any(facts: Vec<Fact>) -> Fact {
    let mut facts = facts.into_iter();
    let first = facts.next().unwrap_or_else(call_took_place_at_all);
    facts.fold(first, or)
}

/// None of this is ever known to somebody who reads the log of invitations, perhaps beside other things.
fn rows_never_show(of: OfPair, besides: fn() -> Vec<Fact>) -> impl Fn(&Context) -> Posed + Clone {
    move |context: &Context| {
        let about = |pair: Pair| and(row_about(context, INVITATIONS, pair), any(of(pair)));
        Posed {
            ask: Ask::NeverKnown([facts(of), besides()].concat()),
            exercised: any(THE_TWO.into_iter().map(about).collect()),
            scope: scopes::calls(&context.design),
        }
    }
}

/// None of this is ever known to somebody who reads the relay's log, in which only calls that took place have rows.
fn relay_never_shows(of: OfPair, besides: fn() -> Vec<Fact>) -> impl Fn(&Context) -> Posed + Clone {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown([facts(of), besides()].concat()),
        exercised: and(row_about(context, RELAY, THE_TWO[0]), any(facts(of))),
        scope: scopes::calls(&context.design),
    }
}

/// The log of this name holds a row about the pair.
fn row_about(context: &Context, name: &str, pair: Pair) -> Fact {
    let log = context.design.logs.iter().position(|log| log.name == name).unwrap_or(0);
    log_has_row_about(log, name, pair)
}

/// None of this is ever known to an investigator to whom invitations were disclosed.
fn orders_never_show(of: OfPair, besides: fn() -> Vec<Fact>) -> impl Fn(&Context) -> Posed + Clone {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown([facts(of), besides()].concat()),
        exercised: and(invitation_disclosed(), any(facts(of))),
        scope: scopes::calls_under_order(&context.design),
    }
}

fn took_place(pair: Pair) -> Vec<Fact> {
    vec![call_took_place(pair)]
}

fn in_vain(pair: Pair) -> Vec<Fact> {
    vec![call_in_vain(pair)]
}

fn lasted(pair: Pair) -> Vec<Fact> {
    Length::ALL.map(|length| call_lasted(length, pair)).to_vec()
}

fn invitation_proves_no_call() -> Claim {
    let at_all = || vec![call_took_place_at_all()];
    let read = rows_never_show(took_place, at_all);
    Claim {
        id: "invitation-proves-no-call".into(),
        sentence: "Entries of the log of invitations never show that a call took place, nor does what orders at the provider \
                   yield."
            .into(),
        not_claimed: "That an invitation shows nothing: it shows who called whom, and on which day.".into(),
        sources: sources(),
        linddun: Linddun::NonRepudiation,
        questions: vec![
            holds("invitation-log", "an invitation that nobody answers leaves the same row", read.clone()),
            holds(
                "investigator",
                "an order for records yields that row, and those of lookups",
                orders_never_show(took_place, at_all),
            ),
            holds("provider-store", "nothing that is stored depends on the answer", read.clone()),
            violated(
                "relay-log",
                "a relay's row is written only where a call took place",
                relay_never_shows(took_place, at_all),
            ),
            violated("call-logs", "the relay's log alone shows it", read),
        ],
        flaws: vec![Flaw::LogRecordsAnswer, Flaw::LogRecordsLength],
        design: "facetime-relayed".into(),
        less: less(&few_calls()),
    }
}

/// Beside the claim before it, since the two are broken by different things: a relay's log shows that a call took place, and
/// nothing of what came to nothing, and a log of refusals the opposite. Together they say that it is never known whether an
/// invitation succeeded.
fn invitation_proves_no_failure() -> Claim {
    let read = rows_never_show(in_vain, Vec::new);
    Claim {
        id: "invitation-proves-no-failure".into(),
        sentence: "Neither entries of the log of invitations, nor a relay's by themselves, nor what orders at the provider \
                   yield ever show that an invitation came to nothing."
            .into(),
        not_claimed: "That somebody who is called and does not answer can deny having been called.".into(),
        sources: sources(),
        linddun: Linddun::NonRepudiation,
        questions: vec![
            holds("invitation-log", "an invitation that somebody answers leaves the same row", read.clone()),
            holds(
                "investigator",
                "an order for records yields that row, and those of lookups",
                orders_never_show(in_vain, Vec::new),
            ),
            holds("provider-store", "nothing that is stored depends on the answer", read.clone()),
            holds(
                "relay-log",
                "of what came to nothing the relay saw nothing",
                relay_never_shows(in_vain, Vec::new),
            ),
            violated("call-logs", "of an invitation of an earlier day without a relay's row nothing came", read),
        ],
        flaws: vec![Flaw::LogRecordsAnswer, Flaw::LogRecordsDecline, Flaw::LogRecordsLength],
        design: "facetime-relayed".into(),
        less: less(&few_calls()),
    }
}

/// Beside the first claim, which is broken by whatever shows an answer, since an answer does not show how long a call took:
/// the provider's servers see the one without the other.
fn length_of_calls_hidden() -> Claim {
    let read = rows_never_show(lasted, Vec::new);
    let watching = |context: &Context| Posed {
        ask: Ask::NeverKnown(facts(lasted)),
        exercised: any(facts(lasted)),
        scope: scopes::calls_live(&context.design),
    };
    Claim {
        id: "length-of-calls-hidden".into(),
        sentence: "How long two people talked neither the provider's servers, its stores and its log of invitations ever show, \
                   nor what orders yield."
            .into(),
        not_claimed: "That a tap on the line cannot tell: it sees how long packets pass. Nor that nothing bounds a length: who \
                      calls again has hung up before. Nor that what was said is secret, of which no claim speaks."
            .into(),
        sources: sources(),
        linddun: Linddun::Detecting,
        questions: vec![
            holds("invitation-log", "an invitation is logged before anybody talks", read.clone()),
            holds(
                "investigator",
                "an order yields what was logged before anybody talked",
                orders_never_show(lasted, Vec::new),
            ),
            holds("provider-store", "nothing is stored of how a call ends", read),
            holds("provider", "media goes past its servers, and the end of a call with it", watching),
            violated("network", "packets pass between two devices for as long as people talk", watching),
        ],
        flaws: vec![Flaw::LogRecordsLength, Flaw::RelayAlwaysUsed],
        design: "facetime-2015".into(),
        less: less(&[
            few_calls().as_slice(),
            &[(Horizon, "Of the servers and a tap: what they know of a call, they know on its day.")],
        ]
        .concat()),
    }
}

fn servers_see_calls() -> Claim {
    let pose = |context: &Context| Posed {
        ask: Ask::Known([facts(took_place), vec![call_took_place_at_all()]].concat()),
        exercised: any(facts(took_place)),
        scope: scopes::calls_live(&context.design),
    };
    Claim {
        id: "servers-see-calls".into(),
        sentence: "Whenever a call takes place, the provider's servers know between whom.".into(),
        not_claimed: "That they keep it: their log of invitations does not say it.".into(),
        sources: vec!["Apple iOS Security Guide, 2014-15, on how calls are set up (Y8)".into()],
        linddun: Linddun::Detecting,
        questions: vec![holds("provider", "an answer goes through push, as the invitation does", pose)],
        flaws: vec![Flaw::AnswerGoesDirectly],
        design: "facetime-2015".into(),
        less: less(&[
            (Messages, "A message shows nothing of calls."),
            (Lookups, "What is asked of the directory shows nothing of an answer."),
            (Horizon, "What they know of a call, they know on its day."),
        ]),
    }
}
