//! **A number changes hands, and orders about it go on.**
//!
//! From rows Y2, Y5 and Y7: what is logged names a number or an address, and so does an order; neither knows who has it. Whoever
//! gives a number up has it until the day ends. From the next day on somebody else has it, of whom nothing else is known: whatever
//! is then done with the number is theirs, and rows of it name the number as before.
//!
//! Left out: what the next holder's devices are, and which keys they register. So only claims about rows and orders may let a
//! number be given up; where texts or keys count, [`crate::rules::directory`] has people leave the platform. Also left out: a
//! number that comes back, or is given up twice.

use crate::design::Names;
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{Order, State};
use crate::world::User;

impl Service {
    /// **Give up.** A person gives the number up, which is somebody else's from the next day on.
    pub(crate) fn give_up(&self, state: &State, user: User) -> Option<State> {
        if self.scope.giving_up != Some(user) || state.person(user).gave_up() {
            return None;
        }
        let mut next = *state;
        next.person_mut(user).give_up();
        self.observe(&mut next, Row::of(Kind::GivenUp).from(user));
        Some(next)
    }

    /// Whether the order is about somebody, and the row is of the same number from a day on which another had it.
    #[must_use]
    pub fn is_anothers(&self, state: &State, order: &Order, row: Row) -> bool {
        let since = u16::from(state.handed);
        let gave_up = order.target().is_some_and(|user| state.person(user).gave_up());
        gave_up && (row.age() < since) != (u16::from(order.age) < since)
    }

    /// Whether the order does not reach the row, since it names a person, and another had the number on the row's day.
    pub(crate) fn spares(&self, state: &State, order: &Order, row: Row) -> bool {
        self.design.legal.order_names == Names::Person
            && !self.has(Flaw::OrderFollowsTheNumber)
            && self.is_anothers(state, order, row)
    }

    /// A number that was given up is another's for so many days more.
    pub(crate) fn age_numbers(&self, next: &mut State, days: u8) {
        if User::ALL.into_iter().any(|user| next.person(user).gave_up()) {
            next.handed = next.handed.saturating_add(days);
        }
    }
}
