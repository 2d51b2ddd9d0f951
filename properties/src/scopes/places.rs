//! **The scope of claims about where somebody was.**

use super::causes::{asks_again, explained, rows_cost_messages};
use super::towards;
use User::{Alice, Bob};
use mailcover_model::design::{Design, Trigger};
use mailcover_model::scope::{Horizon, Scope};
use mailcover_model::world::{Device, User};

/// Alice and her devices, which travel together or apart.
///
/// What a device asks that she left behind, it asks of itself: it refreshes what it knows, or it receives. Where nothing
/// is refreshed, Bob therefore writes to her; he asked about her so long ago that the row is gone.
#[must_use]
pub fn places(design: &Design) -> Scope {
    let mut scope = Scope::of(Device::AlicePhone | Device::AliceTablet | Device::BobPhone);
    scope.places = true;
    scope.bounds.types = [2, 0, 0].into();
    scope.bounds.travels = [2, 0, 0].into();
    towards(&mut scope.bounds, &[(Alice, Bob, 2)], &[]);
    scope.past_days = 1;
    scope.past_retentions = 1;
    scope.past.travels = [2, 0, 0].into();
    if !asks_again(design) && design.directory.lookup_on.contains(Trigger::Receive) {
        scope.past.types = [0, 1, 0].into();
        towards(&mut scope.past, &[(Bob, Alice, 1)], &[]);
        let rows = if rows_cost_messages(design) { 1 } else { 2 };
        towards(&mut scope.bounds, &[(Alice, Bob, rows)], &[(Bob, Alice, 1)]);
    } else {
        scope.past.types = [1, 0, 0].into();
        towards(&mut scope.past, &[(Alice, Bob, 1)], &[]);
    }
    scope.horizon = Horizon::Days(2);
    explained(design, scope)
}
