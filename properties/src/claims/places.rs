//! **Places: what a network address in a row shows of where somebody was.**

use super::{holds, less, violated};
use crate::atoms::{
    account_row_disclosed_today, device_was_away, person_was_away, row_from_away, row_of_today,
};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and};
use crate::need::Need;
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Extension, Horizon, Lookups, Messages};
use mailcover_model::design::{Addresses, Log};
use mailcover_model::flaw::Flaw;
use mailcover_model::slice::QUERY_LOG;
use mailcover_model::world::User;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![
        device_place_unknown(),
        person_place_unknown(),
        account_device_place_unknown(),
        account_person_place_unknown(),
    ]
}

fn never_known(fact: fn(User) -> Fact) -> impl Fn(&Context) -> Posed {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown(vec![fact(User::Alice)]),
        exercised: and(row_with_a_place(context), fact(User::Alice)),
        scope: scopes::places(&context.design),
    }
}

/// A row of today of Alice's, from away where an address shows that.
fn row_with_a_place(context: &Context) -> Fact {
    match (context.design.network.addresses, context.design.query_log()) {
        (Addresses::Shared, Some(log)) => row_of_today(log, Log::QUERY, User::Alice).of_log(QUERY_LOG),
        _ => row_from_away(User::Alice),
    }
}

/// Never known to whoever reads the log of this name, of what is done with accounts.
fn never_shown(name: &'static str, fact: fn(User) -> Fact) -> impl Fn(&Context) -> Posed {
    move |context: &Context| {
        let log = context.design.logs.iter().position(|log| log.name == name).unwrap_or(0);
        Posed {
            ask: Ask::NeverKnown(vec![fact(User::Alice)]),
            exercised: and(row_of_today(log, name, User::Alice), fact(User::Alice)),
            scope: scopes::accounts(&context.design),
        }
    }
}

/// Never known to an investigator with a subpoena, to whom rows of sign-ins or purchases were disclosed.
fn never_yielded(fact: fn(User) -> Fact) -> impl Fn(&Context) -> Posed {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown(vec![fact(User::Alice)]),
        exercised: and(account_row_disclosed_today(User::Alice), fact(User::Alice)).needing(Need::ACCOUNTS),
        scope: scopes::accounts_subpoenaed(&context.design),
    }
}

/// Why these scopes need less.
fn todays_rows() -> Vec<(Shortfall, String)> {
    less(&[
        (Bystander, "A place is nobody else's."),
        (Messages, "Rows come of lookups, whether or not anything is sent."),
        (Lookups, "Only Alice travels, and the rows are hers."),
        (Horizon, "The claim is about the rows of today."),
    ])
}

fn device_place_unknown() -> Claim {
    Claim {
        id: "device-place-unknown".into(),
        sentence: "The query log never shows that a device of Alice's has been away from home today.".into(),
        not_claimed: "Anything about addresses that many people share.".into(),
        sources: vec![
            "\"Something To Hide? Apple Will Share Your iMessages With The Police\", autumn 2016 (Y10)"
                .into(),
        ],
        linddun: Linddun::Identifying,
        questions: vec![violated(
            "query-log",
            "a row holds the network address and the day",
            never_known(device_was_away),
        )],
        flaws: vec![Flaw::OnlyReceiptsRecorded, Flaw::PlaceNotLogged],
        design: "imessage-2016".into(),
        less: todays_rows(),
    }
}

fn person_place_unknown() -> Claim {
    Claim {
        id: "person-place-unknown".into(),
        sentence: "The query log never shows that Alice herself has been away from home today.".into(),
        not_claimed: "That it shows nothing of her devices: it does. People rarely leave devices behind, and how rarely \
                      is not modelled."
            .into(),
        sources: vec!["ZDNet, Jun 2013, on storing no location in identifiable form (Y10)".into()],
        linddun: Linddun::Identifying,
        questions: vec![holds(
            "query-log",
            "a device that she left behind asks unattended",
            never_known(person_was_away),
        )],
        flaws: vec![Flaw::LogRecordsBody, Flaw::LogRecordsTrigger, Flaw::OnlyReceiptsRecorded, Flaw::PlaceNotLogged, Flaw::PurgeOneDayLate, Flaw::RefreshOnlyWhenAttended],
        design: "imessage-2016".into(),
        less: todays_rows(),
    }
}

/// The name of the log of sign-ins.
const SIGN_INS: &str = "sign-in";
/// The name of the log of purchases.
const PURCHASES: &str = "purchase";

/// Where the claims about accounts come from.
fn on_accounts() -> Vec<String> {
    vec!["\"Yes, Apple keeps a log of who you contact on iMessage for 30 days\", Sep 2016, on addresses at sign-in and purchase (Y10)".into()]
}

/// Why the scopes of accounts need less.
fn no_contacts() -> Vec<(Shortfall, String)> {
    less(&[
        (Bystander, "A place is nobody else's."),
        (Messages, "Nobody is written to by signing in or buying."),
        (Lookups, "Nobody is asked about by signing in or buying."),
        (Extension, "A subpoena looks back, and is not extended."),
        (Horizon, "The claim is about the rows of today."),
    ])
}

/// Beside the claim on the query log: for that log takes an order of a court, and these take none.
fn account_device_place_unknown() -> Claim {
    Claim {
        id: "account-device-place-unknown".into(),
        sentence: "Neither the logs of sign-ins and purchases nor what a subpoena yields of them ever show that a device of \
                   Alice's has been away from home today."
            .into(),
        not_claimed: "Where addresses are shared: that such a row shows nothing. It narrows a place down to those that the \
                      address stands for, which in this world of two places are both, and it shows that somebody was there \
                      to sign in. Nor that whoever runs the network, and knows who had which port, cannot tell."
            .into(),
        sources: on_accounts(),
        linddun: Linddun::Identifying,
        questions: vec![
            violated("sign-in-log", "a row holds the network address and the day", never_shown(SIGN_INS, device_was_away)),
            violated("purchase-log", "a row holds the network address and the day", never_shown(PURCHASES, device_was_away)),
            violated("investigator", "a subpoena yields these rows", never_yielded(device_was_away)),
        ],
        flaws: vec![Flaw::PortRecorded],
        design: "shared-addresses".into(),
        less: no_contacts(),
    }
}

/// Beside the claim before it, since a device is not its owner: it signs in wherever it was left.
fn account_person_place_unknown() -> Claim {
    Claim {
        id: "account-person-place-unknown".into(),
        sentence: "Neither the logs of sign-ins and purchases nor what a subpoena yields of them ever show that Alice herself \
                   has been away from home today."
            .into(),
        not_claimed: "That it shows nothing of her devices: it does, unless addresses are shared. That somebody else bought \
                      something on her device, with her password, is not modelled."
            .into(),
        sources: on_accounts(),
        linddun: Linddun::Identifying,
        questions: vec![
            holds("sign-in-log", "a device that she left behind signs in by itself", never_shown(SIGN_INS, person_was_away)),
            violated("purchase-log", "to buy something she has to be beside the device", never_shown(PURCHASES, person_was_away)),
            violated("investigator", "a subpoena yields the rows of purchases as well", never_yielded(person_was_away)),
        ],
        flaws: vec![Flaw::SignInOnlyWhenAttended],
        design: "account-logs".into(),
        less: no_contacts(),
    }
}
