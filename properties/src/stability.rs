//! **Bounds teach, so a knowledge verdict counts only when it is stable.**
//!
//! A finite scope hands an observer knowledge that the world would not: "two lookups were all there could be, so...".
//! To find such artefacts every bound is raised, and the question is asked again of the states that the claim's own
//! scope reaches, with twins sought in the wider one.

use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::service::Service;
use mailcover_model::state::{Budget, Counts, Each, State};
use mailcover_model::world::User;

/// Whether the state, reached in a perhaps wider scope, spends no more than the inner scope allows, and comes of a past
/// that the inner scope has.
#[must_use]
pub fn within_bounds(service: &Service, inner: &Scope, state: &State) -> bool {
    let wide = service.scope();
    if wide == inner {
        return true;
    }
    let wider_by = match (wide.horizon, inner.horizon) {
        (Horizon::Days(wide), Horizon::Days(inner)) => wide.saturating_sub(inner),
        (Horizon::UnderOrder(wide), Horizon::UnderOrder(inner)) => wide.saturating_sub(inner),
        (Horizon::Retentions(_, wide), Horizon::Retentions(_, inner)) => wide.saturating_sub(inner),
        _ => 0,
    };
    if state.widened_past {
        return false;
    }
    let in_time = service.last_day().is_none_or(|last| state.day <= last.saturating_sub(wider_by));
    in_time && spent_within(&wide.bounds, &state.budget, &inner.bounds)
}

fn spent_within(given: &Budget, left: &Budget, allowed: &Budget) -> bool {
    let one = |given: u8, left: u8, allowed: u8| given.saturating_sub(left) <= allowed;
    let each = |given: Each, left: Each, allowed: &Each| {
        User::ALL.iter().all(|&user| one(given.get(user), left.get(user), allowed.get(user)))
    };
    let pairs = |given: &Counts<3>, left: &Counts<3>, allowed: &Counts<3>| {
        (0..3)
            .all(|from| (0..4).all(|to| one(given.get(from, to), left.get(from, to), allowed.get(from, to))))
    };
    // Taken apart in full, so that a bound that is not compared does not go unnoticed.
    let Budget {
        types,
        picks,
        travels,
        sends,
        lookups,
        registrations,
        leaves,
        keys,
        injections,
        attachments,
        backups,
        accounts,
        calls,
        applications,
        disclosures,
        requests,
    } = allowed;
    each(given.types, left.types, types)
        && each(given.picks, left.picks, picks)
        && each(given.travels, left.travels, travels)
        && pairs(&given.sends, &left.sends, sends)
        && pairs(&given.lookups, &left.lookups, lookups)
        && one(given.registrations, left.registrations, *registrations)
        && one(given.leaves, left.leaves, *leaves)
        && one(given.keys, left.keys, *keys)
        && one(given.injections, left.injections, *injections)
        && each(given.attachments, left.attachments, attachments)
        && one(given.backups, left.backups, *backups)
        && one(given.accounts, left.accounts, *accounts)
        && each(given.calls, left.calls, calls)
        && one(given.applications, left.applications, *applications)
        && one(given.disclosures, left.disclosures, *disclosures)
        && one(given.requests, left.requests, *requests)
}
