//! **Applications, and what a court makes of them; extensions; preservation.**
//!
//! From rows Y5, Y6 and Y7: orders have a kind, a target, a period asked about and a period of validity. An order is
//! easily had, but one that asks about everybody, for too long, too far back, or for what its kind cannot reach, is
//! refused. An extension prolongs either the collection, so that what comes in later is handed over too, or the retention
//! alone, so that what was collected may be handed over later; the sources do not say which. A request to
//! preserve freezes what exists, and needs no court.
//!
//! Left out: appeals, orders that a holder contests and loses, and gag orders, none of which changes who knows what of
//! a log within the run.

use crate::action::Application;
use crate::design::{Capability, Covers, ExtensionOf, Holder, Log, OrderKind};
use crate::flaw::Flaw;
use crate::row::{Kind, Party, Row};
use crate::scope::Span;
use crate::service::Service;
use crate::state::{Order, Preservation, State, spend};
use crate::time::FOR_GOOD;
use crate::world::User;
use enumset::EnumSet;

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
    /// Inconsistent: nothing that the holder keeps is given up to that kind of order.
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
            Ground::CannotYield => {
                furthest.is_none() && !self.content_yields(application.kind, application.at)
            }
        })
    }

    /// How many days a span is for an application of this kind to this holder.
    #[must_use]
    pub fn days_of(&self, kind: OrderKind, at: Holder, span: Span) -> u8 {
        match span {
            Span::Nothing => 0,
            Span::Retention => self.longest_reached(kind, at),
            Span::BeyondRetention => self.longest_reached(kind, at).saturating_add(1),
            Span::Order => self.periods.order,
            Span::BeyondOrder => self.periods.order.saturating_add(1),
        }
    }

    /// See [`Span::Retention`].
    fn longest_reached(&self, kind: OrderKind, at: Holder) -> u8 {
        let longest = |reached: &dyn Fn(&Log) -> bool| {
            let logs = self.design.logs.iter().enumerate().filter(|(_, log)| reached(log));
            logs.map(|(index, _)| self.keep_days(index)).filter(|&keep| keep != FOR_GOOD).max()
        };
        let reached = longest(&|log| log.held_by == at && log.yields_to.contains(kind));
        reached.or_else(|| longest(&|_| true)).unwrap_or(0)
    }

    /// **Apply.** The investigator applies for an order. The court grants it, or refuses it on the first ground.
    ///
    /// Whoever holds an order that runs, of this kind, about this target and at this holder, has it extended instead.
    pub(crate) fn apply(&self, state: &State, application: Application) -> Option<State> {
        let at = application.at;
        let capability = match at {
            Holder::Provider => Capability::ProviderOrders,
            Holder::Carrier => Capability::CarrierOrders,
        };
        let same = |order: &Order| order.kind() == application.kind && order.target() == application.target;
        let held = state.orders_at(at).any(|(_, order)| order.running() && same(order));
        if !self.may(capability) || held {
            return None;
        }
        let Application { kind, target, since, runs, .. } = application;
        let span = |days| Span::ALL.into_iter().find(|&span| self.days_of(kind, at, span) == days);
        let terms = (span(since)?, span(runs)?);
        let mut next = *state;
        spend(&mut next.budget.applications)?;
        let defect = self.defect(&application);
        let granted = defect.is_none() || self.has(Flaw::CourtGrantsAnything);
        if granted || self.has(Flaw::RefusalIsServed) {
            next.add_order(Order::granted(kind, at, target, since, runs));
        }
        let decision = if granted { Kind::Granted } else { Kind::Refused };
        let ground = if granted { 0 } else { defect.map_or(0, |ground| ground as u8 + 1) };
        let row = target.map_or(Row::of(decision), |user| Row::of(decision).to(user.address()));
        let row = row.on_terms(terms.0, terms.1).because(ground).finding(kind as u32);
        self.observe(&mut next, row.indexed(at.index()));
        Some(next)
    }

    /// **Extend.** A court extends a running order on a new finding.
    pub(crate) fn extend(&self, state: &State, at: Holder, number: u8) -> Option<State> {
        let order = state.orders().get(usize::from(number))?;
        let extensible = order.at() == at && order.running() && order.kind().looks_ahead();
        if !extensible || order.extended() >= self.design.legal.extensions {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.requests)?;
        next.orders_mut()[usize::from(number)].extend(self.extension());
        self.observe(&mut next, Row::of(Kind::Extended).finding(u32::from(number)).indexed(at.index()));
        Some(next)
    }

    /// By how many scaled days each extension prolongs an order.
    fn extension(&self) -> u8 {
        if self.has(Flaw::ExtensionIgnored) { 0 } else { self.periods.extension }
    }

    /// **Preserve.** The provider freezes what it holds about a user, on request and without any court; or the
    /// request is renewed.
    pub(crate) fn preserve(&self, state: &State, user: User) -> Option<State> {
        if !self.may(Capability::RequestPreservation) || self.design.legal.preservation_days == 0 {
            return None;
        }
        let current = state.request(user);
        if current.in_force() && current.renewed() >= self.design.legal.preservation_renewals {
            return None;
        }
        let mut next = *state;
        spend(&mut next.budget.requests)?;
        if current.in_force() {
            next.requests[user.index()].renew();
        } else {
            self.freeze(&mut next, user);
        }
        self.observe(&mut next, Row::of(Kind::Preserved).to(user.address()));
        Some(next)
    }

    /// Freezes the provider's rows about the user that exist now, and no later ones.
    pub(crate) fn freeze(&self, next: &mut State, user: User) {
        next.requests[user.index()] = Preservation::TODAY;
        for row in next.rows.as_mut_slice() {
            if self.held_by(*row) == Some(Holder::Provider) {
                *row = self.parts_of(user, *row).iter().fold(*row, |row, part| row.freeze_for(part, true));
            }
        }
    }

    /// A request about the user has run out. What another request names stays frozen.
    pub(crate) fn thaw(&self, next: &mut State, user: User) {
        next.requests[user.index()] = Preservation::default();
        for row in next.rows.as_mut_slice() {
            *row = self.parts_of(user, *row).iter().fold(*row, |row, part| row.freeze_for(part, false));
        }
    }

    /// Who keeps the log that the row stands in, or the backup, or the blob.
    #[must_use]
    pub fn held_by(&self, row: Row) -> Option<Holder> {
        if row.is_content() {
            return Some(Holder::Provider);
        }
        self.design.logs.get(row.index()).map(|log| log.held_by)
    }

    /// Whether a row of a log is about a user, as far as an order on that user reaches. A log that does not record
    /// who acted cannot be searched by that.
    #[must_use]
    pub fn concerns(&self, user: User, row: Row) -> bool {
        !self.parts_of(user, row).is_empty()
    }

    /// The parts that the user has in a row of a log, of those that an order on the user reaches.
    fn parts_of(&self, user: User, row: Row) -> EnumSet<Party> {
        let both = self.design.legal.covers == Covers::Both;
        let mut parts = EnumSet::empty();
        if row.source() == Some(user) {
            parts |= Party::Source;
        }
        if both && row.target().is_some_and(|to| to.owner() == user) {
            parts |= Party::Target;
        }
        parts
    }

    /// Whether an order names the row's user, and still reached what came in on the row's day: where an extension
    /// prolongs the retention alone, nothing is collected after the term for which the order was granted. One that names a person
    /// does not reach the days on which another had the number.
    pub(crate) fn reaches(&self, state: &State, order: &Order, row: Row) -> bool {
        order.target().is_none_or(|user| self.concerns(user, row))
            && self.collected_by(order, row)
            && !self.spares(state, order, row)
    }

    fn collected_by(&self, order: &Order, row: Row) -> bool {
        let prolonged = match self.design.legal.extension_of {
            ExtensionOf::Collection => 0,
            ExtensionOf::Retention => u16::from(order.extended()) * u16::from(self.extension()),
        };
        // The order's age when the row was written, which is none if the row is older.
        let then = u16::from(order.age).saturating_sub(row.age());
        then <= u16::from(order.runs).saturating_sub(prolonged)
    }

    /// Whether the log that the row stands in is given up to this kind of order.
    #[must_use]
    pub fn yields(&self, row: Row, kind: OrderKind) -> bool {
        self.design.logs.get(row.index()).is_some_and(|log| log.yields_to.contains(kind))
    }
}
