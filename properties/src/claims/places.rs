//! **Places: what a network address in a row shows of where somebody was.**

use super::{holds, less, violated};
use crate::atoms::{device_was_away, person_was_away, row_from_away};
use crate::claim::{Ask, Claim, Context, Linddun, Posed};
use crate::fact::{Fact, and};
use crate::scopes;
use crate::smallest::Shortfall::{self, Bystander, Horizon, Lookups, Messages};
use mailcover_model::flaw::Flaw;
use mailcover_model::world::User;

/// The claims of this theme.
#[must_use]
pub fn all() -> Vec<Claim> {
    vec![device_place_unknown(), person_place_unknown()]
}

fn never_known(fact: fn(User) -> Fact) -> impl Fn(&Context) -> Posed {
    move |context: &Context| Posed {
        ask: Ask::NeverKnown(vec![fact(User::Alice)]),
        exercised: and(row_from_away(User::Alice), fact(User::Alice)),
        scope: scopes::places(&context.design),
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
