//! **What the directory lists that its owners did not put there, and what comparisons met with.**

use super::words::letter;
use crate::fact::Fact;
use crate::need::Need;
use enumset::EnumSet;
use mailcover_model::slice::Part;
use mailcover_model::state::Tampering;
use mailcover_model::world::{Address, Pair, User};

/// The directory lists, at an address of the user's, a key that is not the user's.
#[must_use]
pub fn foreign_key_listed(user: User) -> Fact {
    let text = format!("foreign-key({})", letter(user));
    let clause = format!("the directory lists a key for {} that is not {}'s own", user.name(), user.name());
    Fact::atom(text, clause, Part::Directory, EnumSet::empty(), move |_, state| {
        let own = Address::ALL.into_iter().filter(|address| address.owner() == user);
        own.into_iter().any(|address| state.directory.of(address) != Tampering::None)
    })
    .needing(Need::PLATFORM)
    .needing(Need::ALERTS)
}

/// When the two compared keys, a device of the one had a key for the other that was not the other's.
#[must_use]
pub fn foreign_key_compared(pair: Pair) -> Fact {
    let (from, to) = (pair.from.name(), pair.to.name());
    let text = format!("foreign-key-compared({},{})", letter(pair.from), letter(pair.to));
    let clause =
        format!("a device of {from}'s had a key for {to} that is not {to}'s own when the two compared them");
    Fact::atom(text, clause, Part::Comparisons, EnumSet::empty(), move |_, state| {
        state.compared.foreign(pair)
    })
    .needing(Need::PLATFORM)
    .needing(Need::COMPARISON)
}
