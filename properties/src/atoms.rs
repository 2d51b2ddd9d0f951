//! **The atoms that claims are made of, beside events: rows, disclosures, orders, places.**
//!
//! Each is recomputed here from what happened, not taken from a guard of the model: a claim that asked the guard
//! whether the guard was right could not fail.

mod attachments;
mod calls;
mod content;
mod directory;
mod disclosures;
mod keys;
mod messages;
mod orders;
mod places;
mod reports;
mod rows;
mod words;

pub use attachments::*;
pub use calls::*;
pub use content::*;
pub use directory::*;
pub use disclosures::*;
pub use keys::*;
pub use messages::*;
pub use orders::*;
pub use places::*;
pub use reports::*;
pub use rows::*;
pub use words::*;
