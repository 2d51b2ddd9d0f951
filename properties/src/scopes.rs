//! **The scopes of the claims, each with its reason, by theme.**
//!
//! What the smallest scope that counts is, [`crate::smallest`] says. A claim that needs less gives its reasons.
//!
//! Every row that a log can hold must have its innocent cause within the same person's budget: for each lookup that
//! somebody's devices may make there is an address that this person may type and think better of, or a cached answer to
//! refresh, or a message to receive. What the causes are depends on what makes a design's clients ask, so no scope is
//! the same for all designs: `causes` suits each to its design.

mod attachments;
mod calls;
mod causes;
mod content;
mod delivery;
mod directory;
mod events;
mod law;
mod orders;
mod own;
mod places;
mod reports;

pub use attachments::{
    attached, attached_and_searched, fetched, fetched_under_orders, tapped, tapped_for_long,
};
pub use calls::{calls, calls_live, calls_under_order};
pub use content::{carried_live, content, forgery, impersonation, live, live_at_push, removed, searched};
pub use delivery::{USE_PAIRS, departed, endless, seized, texted, used};
pub use directory::{compared_keys, tapped_keys, watched_keys};
pub use events::{entries, pairs, pairs_with_carrier, pairs_with_sms, typing, warm_caches};
pub use law::{applications, handed_on, legal, legal_history, legal_with_refusal, preserving};
pub use orders::{
    BEGUN_PAIRS, begun_under_order, carried, ordered, ordered_with_warm_caches, watched_by_carrier,
};
pub(crate) use own::Sight;
pub use own::own;
pub use places::{accounts, accounts_subpoenaed, places};
pub use reports::reports;

use mailcover_model::design::{Design, Holder, OrderKind};
use mailcover_model::scope::{Plea, Span};
use mailcover_model::state::Budget;
use mailcover_model::world::User;

/// Sets counts between two users, by their places.
fn towards(budget: &mut Budget, lookups: &[(User, User, u8)], sends: &[(User, User, u8)]) {
    for &(from, to, count) in lookups {
        budget.lookups.set(from.index(), to.address().index(), count);
    }
    for &(from, to, count) in sends {
        budget.sends.set(from.index(), to.index(), count);
    }
}

/// Whether the investigator's orders are all that discloses anything. Where others may as well, bounds are narrower: what
/// they show, they show with less.
fn alone(design: &Design) -> bool {
    design.environment.is_empty()
}

/// A pen register on Alice for as long as one may run, back to the beginning of the retention.
fn pen_register(at: Holder) -> Plea {
    let kind = OrderKind::PenRegister;
    Plea { kind, at, target: Some(User::Alice), since: Span::Retention, runs: Span::Order }
}

/// The same on everybody, which must be refused.
fn everyone(at: Holder) -> Plea {
    Plea { target: None, ..pen_register(at) }
}

/// A warrant for what the provider holds about somebody.
fn warrant(about: User) -> Plea {
    let (kind, at) = (OrderKind::Warrant, Holder::Provider);
    Plea { kind, at, target: Some(about), since: Span::Retention, runs: Span::Nothing }
}
