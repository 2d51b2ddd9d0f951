//! **Rows leave a holder: under an order, in an emergency, or without either.**
//!
//! From rows Y5, Y6, Y7, Y18 and Y19: a disclosure is a dated act, and an empty one is a disclosure too. Under an
//! order it contains the rows that the order names, held on the day and not handed over before; what is no longer
//! retained is never produced. In an emergency no order is needed, where the design allows that.

use crate::design::{Capability, Holder};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{MessageKind, Order, State, spend};
use crate::world::User;

/// What a disclosure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A running order.
    Order,
    /// An emergency, in which the law lets the provider disclose.
    Emergency,
    /// Nothing.
    None,
}

impl Basis {
    /// The basis that a disclosure's row names.
    #[must_use]
    pub const fn of(row: Row) -> Self {
        match row.detail() {
            1 => Self::Order,
            2 => Self::Emergency,
            _ => Self::None,
        }
    }

    const fn detail(self) -> u8 {
        match self {
            Self::Order => 1,
            Self::Emergency => 2,
            Self::None => 3,
        }
    }
}

impl Service {
    /// **Disclose.** A holder serves its running order with what it holds and has not handed over yet.
    pub(crate) fn disclose(&self, state: &State, by: Holder) -> Option<State> {
        let order = state.orders[by.index()];
        if !order.running() {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.disclosures)?;
        let named = |row: Row| {
            let period = u16::from(order.age) + u16::from(order.since);
            let asked = row.age() <= period || self.has(Flaw::DisclosureIgnoresPeriod);
            let target = self.reaches(&order, row) || self.has(Flaw::DisclosureIgnoresTarget);
            self.held_by(row) == Some(by) && self.yields(row, order.kind()) && asked && target
        };
        if self.has(Flaw::EmptinessLooksFurther)
            && by == Holder::Provider
            && !state.rows.as_slice().iter().any(|&row| named(row) && !row.disclosed())
            && self.push_remembers(state)
        {
            return None;
        }
        self.hand_over(&mut next, by, Basis::Order, order.target(), named);
        Some(next)
    }

    /// Whether push has delivered anything in the last retention period of the query log.
    fn push_remembers(&self, state: &State) -> bool {
        let mut heard =
            state.messages().filter(|it| it.kind() == MessageKind::Platform && it.received() != 0);
        heard.any(|message| self.recent_days().is_some_and(|days| message.heard <= days))
    }

    /// **Disclose in an emergency.** The provider hands over what it holds about a user; no order is needed.
    pub(crate) fn disclose_in_emergency(&self, state: &State, user: User) -> Option<State> {
        if !self.design.legal.emergency || !self.may(Capability::RequestEmergency) {
            return None;
        }
        self.hand_over_about(state, user, Basis::Emergency)
    }

    /// **Disclose without an order.** The provider hands over what it holds about a user, for no reason in law.
    pub(crate) fn disclose_without_order(&self, state: &State, user: User) -> Option<State> {
        if !self.may(Capability::DiscloseWithoutOrder) {
            return None;
        }
        self.hand_over_about(state, user, Basis::None)
    }

    fn hand_over_about(&self, state: &State, user: User, basis: Basis) -> Option<State> {
        let mut next = *state;
        spend(&mut next.budget.disclosures)?;
        let about = |row: Row| self.held_by(row) == Some(Holder::Provider) && self.concerns(user, row);
        self.hand_over(&mut next, Holder::Provider, basis, Some(user), about);
        Some(next)
    }

    /// Hands the rows that are `named` over, each once, after a line that dates the disclosure.
    fn hand_over(
        &self,
        next: &mut State,
        by: Holder,
        basis: Basis,
        target: Option<User>,
        named: impl Fn(Row) -> bool,
    ) {
        let marker = Row::of(Kind::Disclosed).because(basis.detail()).indexed(by.index());
        self.observe(next, target.map_or(marker, |user| marker.to(user.address())));
        for at in 0..next.rows.as_slice().len() {
            let row = next.rows.as_slice()[at];
            if named(row) && !row.disclosed() {
                next.rows.as_mut_slice()[at] = row.disclose(true);
                self.remember_disclosed(next, by, row);
            }
        }
    }

    fn remember_disclosed(&self, next: &mut State, by: Holder, row: Row) {
        let readers = crate::view::watchers(Row::of(Kind::Disclosed).indexed(by.index()), self.setup.flaw);
        if !(self.setup.remember & readers).is_empty() {
            let shown = row.masked(self.disclosed_mask(row.index())).freeze(false).disclose(true);
            next.overflow |= !next.memory.push(shown);
        }
    }

    /// Whether an application for this order would have been in order.
    #[must_use]
    pub fn in_order(&self, at: Holder, order: &Order) -> bool {
        let application = crate::action::Application {
            kind: order.kind(),
            at,
            target: order.target(),
            since: order.since,
            runs: order.runs.saturating_sub(order.extended.saturating_mul(self.periods.extension)),
        };
        self.defect(&application).is_none()
    }
}
