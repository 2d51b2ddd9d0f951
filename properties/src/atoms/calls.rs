//! **What became of calls, and what was disclosed of them.**

use super::disclosures::as_investigator_saw;
use super::words::letter;
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::row::Kind;
use mailcover_model::slice::Part;
use mailcover_model::state::{Call, Length, Stage};
use mailcover_model::world::Pair;

/// A call from the one to the other took place: it was answered.
#[must_use]
pub fn call_took_place(pair: Pair) -> Fact {
    some_call("called", "took place", pair, |call| call.took_place())
}

/// A call took place.
#[must_use]
pub fn call_took_place_at_all() -> Fact {
    of_calls("called(anybody)".to_owned(), "a call took place".to_owned(), |call| call.took_place())
}

/// An invitation from the one to the other came to nothing: it was declined or withdrawn, or nobody answered in time.
#[must_use]
pub fn call_in_vain(pair: Pair) -> Fact {
    some_call("called-in-vain", "came to nothing", pair, |call| call.in_vain())
}

/// A call from the one to the other took place, and was so long.
#[must_use]
pub fn call_lasted(length: Length, pair: Pair) -> Fact {
    let name = length.name();
    let clause = format!("took place and was {name}");
    some_call(&format!("{name}-call"), &clause, pair, move |call| call.stage() == Stage::Over(length))
}

/// Of some call from the one to the other this is true.
fn some_call(
    symbol: &str,
    clause: &str,
    pair: Pair,
    test: impl Fn(&Call) -> bool + Send + Sync + 'static,
) -> Fact {
    let text = format!("{symbol}({},{})", letter(pair.from), letter(pair.to));
    let clause = format!("a call from {} to {} {clause}", pair.from.name(), pair.to.name());
    let between = move |call: &Call| call.caller() == pair.from && call.to().owner() == pair.to;
    of_calls(text, clause, move |call| between(call) && test(call))
}

fn of_calls(text: String, clause: String, test: impl Fn(&Call) -> bool + Send + Sync + 'static) -> Fact {
    let fact =
        Fact::atom(text, clause, Part::Calls, EnumSet::empty(), move |_, state| state.calls().any(&test));
    fact.needing(Need::CALLS)
}

/// The investigator was given a row of the log of invitations.
#[must_use]
pub fn invitation_disclosed() -> Fact {
    let clause = "a row about an invitation to a call was disclosed";
    as_investigator_saw("disclosed(invitation)", clause, Part::Memory, |_, _, seen| {
        seen.iter().any(|row| row.disclosed() && row.kind() == Kind::Invited)
    })
    .needing(Need::CALLS)
}
