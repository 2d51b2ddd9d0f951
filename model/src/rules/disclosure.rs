//! **Rows leave a holder: under an order, in an emergency, or without either.**
//!
//! From rows Y5, Y6, Y7, Y18 and Y19: a disclosure is a dated act, and an empty one is a disclosure too. Under an
//! order it contains the rows that the order names, held on the day and not handed over before; what is no longer
//! retained is never produced. In an emergency no order is needed, where the design allows that.
//!
//! From rows Y7 and Y9: a warrant reaches content as well, so whoever serves one hands over the backups of its target's
//! devices, with their key if it has that. A backup is handed over as it stands, and again with the next disclosure: what the
//! investigator has already shows it nothing new. The period asked about does not narrow it, since the dates of the messages
//! in a backup are left out. From row Y13: the same goes for what the target attached to messages, which lies in the store.

use crate::design::{Capability, Holder};
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::service::Service;
use crate::state::{MessageKind, State, spend};
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

    /// The row that says that somebody disclosed, on this basis, what is held about a user, or about everyone.
    fn marker(self, by: Holder, about: Option<User>) -> Row {
        let detail = match self {
            Self::Order => 1,
            Self::Emergency => 2,
            Self::None => 3,
        };
        let marker = Row::of(Kind::Disclosed).because(detail).indexed(by.index());
        about.map_or(marker, |user| marker.to(user.address()))
    }
}

impl Service {
    /// **Disclose.** A holder serves a running order with what it holds and has not handed over yet.
    pub(crate) fn disclose(&self, state: &State, by: Holder, number: u8) -> Option<State> {
        let order = *state.orders().get(usize::from(number))?;
        if order.at() != by || !order.running() {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.disclosures)?;
        let named = |row: Row| {
            let period = u16::from(order.age) + u16::from(order.since);
            let asked = row.age() <= period || self.has(Flaw::DisclosureIgnoresPeriod);
            let target = self.reaches(state, &order, row) || self.has(Flaw::DisclosureIgnoresTarget);
            self.held_by(row) == Some(by) && self.yields(row, order.kind()) && asked && target
        };
        if self.has(Flaw::EmptinessLooksFurther)
            && by == Holder::Provider
            && !state.rows.as_slice().iter().any(|&row| named(row) && !row.disclosed())
            && self.push_remembers(state)
        {
            return None;
        }
        let marker = Basis::Order.marker(by, order.target()).finding(u32::from(number));
        self.hand_over(&mut next, marker, named);
        if self.content_yields(order.kind(), by) {
            let everybody = self.has(Flaw::DisclosureIgnoresTarget);
            let named = |owner| everybody || order.target().is_none_or(|user| user == owner);
            self.hand_over_content(&mut next, marker, named);
        }
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
        let marker = basis.marker(Holder::Provider, Some(user));
        self.hand_over(&mut next, marker, about);
        self.hand_over_content(&mut next, marker, |owner| owner == user);
        Some(next)
    }

    /// Hands the rows that are `named` over, each once, after the line that dates the disclosure.
    fn hand_over(&self, next: &mut State, marker: Row, named: impl Fn(Row) -> bool) {
        self.observe(next, marker);
        for at in 0..next.rows.as_slice().len() {
            let row = next.rows.as_slice()[at];
            if named(row) && !row.disclosed() {
                next.rows.as_mut_slice()[at] = row.disclose(true);
                self.remember_disclosed(next, marker, row);
            }
        }
    }

    /// Hands over what is in the backups of those who are `named`, and what they put into the store.
    fn hand_over_content(&self, next: &mut State, marker: Row, named: impl Fn(User) -> bool) {
        let now = *next;
        let copies = self.copies(&now).filter(|_| self.design.backup.made());
        let blobs = self.blobs(&now).filter(|_| self.design.attachments.made());
        for content in copies.chain(blobs).filter(|row| row.source().is_some_and(&named)) {
            if !(self.setup.remember & self.watchers(marker)).is_empty() {
                self.remember(next, content.disclose(true));
            }
        }
    }

    fn remember_disclosed(&self, next: &mut State, marker: Row, row: Row) {
        let readers = self.watchers(marker);
        if !(self.setup.remember & readers).is_empty() {
            let shown = row.masked(self.disclosed_mask(row)).thawed().disclose(true);
            self.remember(next, shown);
        }
    }
}
