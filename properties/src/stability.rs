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

#[cfg(test)]
mod tests {
    use super::*;
    use enumset::EnumSet;
    use mailcover_model::design::library;
    use mailcover_model::service::Setup;
    use mailcover_model::slice::Slice;
    use mailcover_model::world::Device;
    use std::sync::Arc;

    /// What changes one bound.
    type Change = fn(&mut Budget, u8);

    /// Every bound, changed by itself; of what is counted per person or pair, one.
    const CHANGES: [Change; 16] = [
        |budget, to| budget.types.set(User::Bob, to),
        |budget, to| budget.picks.set(User::Alice, to),
        |budget, to| budget.travels.set(User::Carol, to),
        |budget, to| budget.sends.set(2, 1, to),
        |budget, to| budget.lookups.set(1, 3, to),
        |budget, to| budget.registrations = to,
        |budget, to| budget.leaves = to,
        |budget, to| budget.keys = to,
        |budget, to| budget.injections = to,
        |budget, to| budget.attachments.set(User::Alice, to),
        |budget, to| budget.backups = to,
        |budget, to| budget.accounts = to,
        |budget, to| budget.calls.set(User::Bob, to),
        |budget, to| budget.applications = to,
        |budget, to| budget.disclosures = to,
        |budget, to| budget.requests = to,
    ];

    /// Each bound is this.
    fn all(to: u8) -> Budget {
        let mut budget = Budget::default();
        CHANGES.iter().for_each(|change| change(&mut budget, to));
        budget
    }

    fn scope(bounds: Budget, horizon: Horizon) -> Scope {
        Scope { bounds, horizon, ..Scope::of(Device::AlicePhone | Device::BobPhone) }
    }

    fn service(scope: Scope) -> Service {
        let design = library::load("imessage-2016").unwrap();
        let (powers, remember, track) = (EnumSet::empty(), EnumSet::empty(), EnumSet::empty());
        let setup = Setup { powers, remember, track, slice: Slice::whole(), flaw: None };
        Service::without_pasts(Arc::new(design), scope, setup).unwrap()
    }

    #[test]
    fn a_state_is_within_bounds_that_nothing_was_spent_beyond() {
        let horizon = Horizon::Days(1);
        let (wide, inner) = (service(scope(all(3), horizon)), scope(all(1), horizon));
        let within = |left: Budget| within_bounds(&wide, &inner, &State::empty(left));
        assert!(within(all(2)), "one of each is allowed");
        for (number, change) in CHANGES.iter().enumerate() {
            let mut left = all(2);
            change(&mut left, 1);
            assert!(!within(left), "two of number {number} are not");
        }
    }

    #[test]
    fn a_state_is_within_bounds_that_its_day_and_its_past_are_within() {
        let judged = |wide: Horizon, inner: Horizon, past: bool| {
            let wide = service(scope(all(1), wide));
            let inner = scope(all(1), inner);
            let last = wide.last_day().unwrap();
            let within = |day| {
                let mut state = State::empty(all(1));
                (state.day, state.widened_past) = (day, past);
                within_bounds(&wide, &inner, &state)
            };
            [within(last - 2), within(last - 1), within(last)]
        };
        let horizons = [
            (Horizon::Days(5), Horizon::Days(4)),
            (Horizon::UnderOrder(3), Horizon::UnderOrder(2)),
            (Horizon::Retentions(2, 2), Horizon::Retentions(2, 1)),
        ];
        for (wide, inner) in horizons {
            assert_eq!(judged(wide, inner, false), [true, true, false], "{wide:?}");
            assert_eq!(judged(wide, inner, true), [false; 3], "{wide:?}: a past that the inner scope lacks");
            assert_eq!(judged(wide, wide, true), [true; 3], "{wide:?}: the scope itself");
        }
    }
}
