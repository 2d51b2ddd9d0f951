//! **Applications, and what a court makes of them; extensions; preservation.**
//!
//! From rows Y5, Y6 and Y7: orders have a kind, a target, a period asked about and a period of validity. An order is
//! easily had, but one that asks about everybody, for too long, too far back, or for what its kind cannot reach, is
//! refused. An extension prolongs either the collection or the retention; the sources do not say which. A request to
//! preserve freezes what exists, and needs no court.
//!
//! Left out: appeals, orders that a holder contests and loses, and gag orders, none of which changes who knows what of
//! a log within the run.

use crate::action::Application;
use crate::design::{Capability, Covers, Holder, OrderKind};
use crate::flaw::Flaw;
use crate::row::{Field, Kind, Row};
use crate::service::Service;
use crate::state::{Order, OrderStatus, Preservation, State, spend};
use crate::world::User;

/// Why an application is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Over-broad: it names nobody, so it asks about everybody.
    Everyone,
    /// Over-broad: it asks to run for longer than an order may.
    RunsTooLong,
    /// Over-broad: it asks about days of which no log can still hold anything.
    TooFarBack,
    /// Inconsistent: its kind reaches only what is held, yet it asks for what is to come.
    CannotLookAhead,
    /// Inconsistent: no log of that holder is given up to that kind of order.
    CannotYield,
}

impl Ground {
    /// All grounds, in the order in which they are considered.
    pub const ALL: [Self; 5] =
        [Self::Everyone, Self::RunsTooLong, Self::TooFarBack, Self::CannotLookAhead, Self::CannotYield];

    /// The ground as a clause.
    #[must_use]
    pub const fn because(self) -> &'static str {
        match self {
            Self::Everyone => "it names nobody in particular",
            Self::RunsTooLong => "it asks to run for longer than such an order may",
            Self::TooFarBack => "it asks about days of which nothing can still be held",
            Self::CannotLookAhead => "its kind reaches only what is held, yet it asks for what is to come",
            Self::CannotYield => "no log there is given up to its kind",
        }
    }
}

impl Service {
    /// The first ground on which an application must be refused; `None` when it is in order.
    #[must_use]
    pub fn defect(&self, application: &Application) -> Option<Ground> {
        let reachable = |log: &&crate::design::Log| {
            log.held_by == application.at && log.yields_to.contains(application.kind)
        };
        let logs = self.design.logs.iter().enumerate().filter(|(_, log)| reachable(log));
        let furthest = logs.map(|(index, _)| self.keep_days(index)).max();
        Ground::ALL.into_iter().find(|ground| match ground {
            Ground::Everyone => application.target.is_none(),
            Ground::RunsTooLong => application.runs > self.periods.order,
            Ground::TooFarBack => furthest.is_some_and(|keep| application.since > keep),
            Ground::CannotLookAhead => application.runs > 0 && !application.kind.looks_ahead(),
            Ground::CannotYield => furthest.is_none(),
        })
    }

    /// **Apply.** The investigator applies for an order. The court grants it, or refuses it on the first ground.
    pub(crate) fn apply(&self, state: &State, application: Application) -> Option<State> {
        let at = application.at;
        let capability = match at {
            Holder::Provider => Capability::ProviderOrders,
            Holder::Carrier => Capability::CarrierOrders,
        };
        if !self.may(capability) || state.orders[at.index()].status != OrderStatus::None {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.applications)?;
        let defect = self.defect(&application);
        let granted = defect.is_none() || self.has(Flaw::CourtGrantsAnything);
        if granted || self.has(Flaw::RefusalIsServed) {
            let Application { kind, target, since, runs, .. } = application;
            next.orders[at.index()] = Order::granted(kind, target, since, runs);
        }
        let decision = if granted { Kind::Granted } else { Kind::Refused };
        let ground = if granted { 0 } else { defect.map_or(0, |ground| ground as u8 + 1) };
        let asked = application.target.map_or(Row::of(decision), |user| Row::of(decision).to(user.address()));
        self.observe(&mut next, asked.because(ground).finding(application.kind as u32).indexed(at.index()));
        Some(next)
    }

    /// **Extend.** A court extends a running order on a new finding.
    pub(crate) fn extend(&self, state: &State, at: Holder) -> Option<State> {
        let order = state.orders[at.index()];
        let extensible = order.running() && order.kind().looks_ahead();
        if !extensible || order.extended >= self.design.legal.extensions {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.requests)?;
        let extended = &mut next.orders[at.index()];
        extended.extended += 1;
        if !self.has(Flaw::ExtensionIgnored) {
            extended.runs = extended.runs.saturating_add(self.periods.extension);
        }
        self.observe(&mut next, Row::of(Kind::Extended).indexed(at.index()));
        Some(next)
    }

    /// **Preserve.** The provider freezes what it holds about a user, on request and without any court; or the
    /// request is renewed.
    pub(crate) fn preserve(&self, state: &State, user: User) -> Option<State> {
        if !self.may(Capability::RequestPreservation) || self.design.legal.preservation_days == 0 {
            return None;
        }
        let current = state.preservation;
        let renewal = current.in_force;
        let renewable = current.target() == user && current.renewed < self.design.legal.preservation_renewals;
        if renewal && !renewable {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.requests)?;
        if renewal {
            next.preservation.age = 0;
            next.preservation.renewed += 1;
        } else {
            self.freeze(&mut next, user);
        }
        self.observe(&mut next, Row::of(Kind::Preserved).to(user.address()));
        Some(next)
    }

    /// Freezes the provider's rows about the user that exist now, and no later ones.
    pub(crate) fn freeze(&self, next: &mut State, user: User) {
        next.preservation = Preservation::of(user);
        for at in 0..next.rows.as_slice().len() {
            let row = next.rows.as_slice()[at];
            if self.held_by(row) == Some(Holder::Provider) && self.concerns(user, row) {
                next.rows.as_mut_slice()[at] = row.freeze(true);
            }
        }
    }

    /// Who keeps the log that the row stands in.
    #[must_use]
    pub fn held_by(&self, row: Row) -> Option<Holder> {
        self.design.logs.get(row.index()).map(|log| log.held_by)
    }

    /// Whether a row of a log is about a user, as far as an order on that user reaches. A log that does not record
    /// who acted cannot be searched by that.
    #[must_use]
    pub fn concerns(&self, user: User, row: Row) -> bool {
        let Some(log) = self.design.logs.get(row.index()) else { return false };
        let by = log.fields.contains(Field::Source) && row.source() == user;
        let of = log.fields.contains(Field::Target) && row.target().is_some_and(|to| to.owner() == user);
        by || (of && self.design.legal.covers == Covers::Both)
    }

    /// Whether an order names the row's user.
    pub(crate) fn reaches(&self, order: &Order, row: Row) -> bool {
        order.target().is_none_or(|user| self.concerns(user, row))
    }

    /// Whether the log that the row stands in is given up to this kind of order.
    #[must_use]
    pub fn yields(&self, row: Row, kind: OrderKind) -> bool {
        self.design.logs.get(row.index()).is_some_and(|log| log.yields_to.contains(kind))
    }
}
