//! **The lists of a state whose length is fixed, and what is said when one of them is full.**
//!
//! A state is of fixed size, so each of its lists ends somewhere. What would not fit is never left out in silence: the
//! state says which list it outgrew, and a search that meets such a state concludes nothing. All other arrays of a state
//! have a place for everything that there is: each device, person, address, pair, and user whom a request may name.

use super::{CALL_CAPACITY, LOG_CAPACITY, MEMORY_CAPACITY, MESSAGE_CAPACITY, ORDER_CAPACITY};
use enumset::{EnumSet, EnumSetType};

/// A list whose length is fixed.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
#[enumset(repr = "u8")]
pub enum Room {
    /// The rows of all logs together.
    Logs,
    /// What the remembering observers saw, all together.
    Memory,
    /// The messages, injected ones included.
    Messages,
    /// The calls.
    Calls,
    /// The orders that were granted.
    Orders,
}

impl Room {
    /// How much there is room for, in words.
    #[must_use]
    pub fn holds(self) -> String {
        match self {
            Self::Logs => format!("{LOG_CAPACITY} rows in all logs together"),
            Self::Memory => format!("{MEMORY_CAPACITY} observations by all who remember"),
            Self::Messages => format!("{MESSAGE_CAPACITY} messages, injected ones included"),
            Self::Calls => format!("{CALL_CAPACITY} calls"),
            Self::Orders => format!("{ORDER_CAPACITY} granted orders"),
        }
    }

    /// Why nothing is said of a search in which these lists were full, as a sentence without its full stop.
    #[must_use]
    pub fn why(outgrown: EnumSet<Self>) -> String {
        let most: Vec<String> = outgrown.iter().map(Self::holds).collect();
        format!("the scope outgrew what a state has room for ({}); narrow it", most.join(", and "))
    }
}
