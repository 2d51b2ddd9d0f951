//! **Logs record what they list, and the turn of the day purges what is due.**
//!
//! From rows Y2 and Y15: the query log records each lookup, whether or not anything comes of it, and keeps it for 30
//! days, the last day inclusive. A design may list further logs. A log records only what its holder sees. One that is kept
//! while ordered records what concerns an account on which an order runs to which the log is given up, and nothing else.
//!
//! Days turn for everybody at once; time zones are left out, since a row's day is its holder's.

use crate::design::{Capability, ExtensionOf, Holder, Log, Trigger};
use crate::flaw::Flaw;
use crate::row::{Field, Kind, MAX_AGE, Mask, Row, TOLD_BY_THE_DEVICE};
use crate::rules::calls::{Signal, went_directly};
use crate::scope::Calendar;
use crate::service::{Service, Tracked};
use crate::state::{Order, State};
use crate::time::FOR_GOOD;
use crate::world::User;
use enumset::EnumSet;

/// Whether the log records the row.
#[must_use]
pub fn records(flaw: Option<Flaw>, log: &Log, row: Row) -> bool {
    let kind = row.kind();
    if flaw.is_none() && !log.on.contains(kind) {
        return false;
    }
    let queries = || log.name == Log::QUERY;
    let invitations = log.on.contains(Kind::Invited);
    let also = match flaw {
        Some(Flaw::LogRecordsBody) => queries() && kind == Kind::Submitted,
        Some(Flaw::LogRecordsDelivery) => queries() && kind == Kind::Delivered,
        Some(Flaw::CarrierRecordsPlatform) => log.held_by == Holder::Carrier && kind == Kind::Delivered,
        Some(Flaw::LogRecordsAnswer) => invitations && Signal::of(row) == Some(Signal::Answered),
        Some(Flaw::LogRecordsDecline) => invitations && Signal::of(row) == Some(Signal::Declined),
        Some(Flaw::LogRecordsLength) => invitations && kind == Kind::Media,
        _ => false,
    };
    let receipt = row.detail() == Trigger::Receive as u8 + 1;
    let unseen = match kind {
        Kind::Told => row.detail() == TOLD_BY_THE_DEVICE,
        Kind::Signalled => Signal::of(row) == Some(Signal::Missed),
        Kind::Media => went_directly(row) && !also,
        _ => false,
    };
    if unseen {
        return false;
    }
    let dropped = match flaw {
        Some(Flaw::OnlyReceiptsRecorded) => kind == Kind::Lookup && !receipt,
        Some(Flaw::SmsDeliveryUnrecorded) => kind == Kind::SmsDelivered,
        Some(Flaw::AnswerGoesDirectly) => Signal::of(row) == Some(Signal::Answered),
        Some(Flaw::AcknowledgementLost) => kind == Kind::Delivered && log.held_by == Holder::Provider,
        _ => false,
    };
    also || (log.on.contains(kind) && !dropped)
}

/// The fields that a log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Masks {
    /// Of rows about blobs, in which the detail is the blob's address.
    of_blobs: Mask,
    /// Of all others.
    of_others: Mask,
}

impl Default for Masks {
    fn default() -> Self {
        Self { of_blobs: Mask::KIND, of_others: Mask::KIND }
    }
}

impl Masks {
    /// The fields that the log records, and the flaws in that.
    pub(crate) fn of(log: &Log, flaw: Option<Flaw>) -> Self {
        let queries = log.name == Log::QUERY;
        let of = |fields: EnumSet<Field>| fields.iter().fold(Mask::KIND, Mask::with).with(Field::Day);
        let mut mask = of(log.fields - Field::Blob);
        if queries && matches!(flaw, Some(Flaw::LogRecordsTrigger | Flaw::LogRecordsBody)) {
            mask = mask.with(Field::Trigger);
        }
        if log.on.contains(Kind::Invited) && flaw == Some(Flaw::LogRecordsLength) {
            mask = mask.with(Field::Outcome);
        }
        if queries && flaw == Some(Flaw::PlaceNotLogged) {
            mask = of(log.fields - Field::Address - Field::Blob);
        }
        let named = log.fields.contains(Field::Blob) || flaw == Some(Flaw::LogRecordsBlob);
        let of_blobs = mask.without_detail();
        Self { of_blobs: if named { of_blobs.with(Field::Blob) } else { of_blobs }, of_others: mask }
    }

    /// The fields that it records of this row.
    pub(crate) fn for_row(self, row: Row) -> Mask {
        if row.is_of_a_blob() { self.of_blobs } else { self.of_others }
    }
}

impl Service {
    /// Whether the log is kept of whomever the row concerns, now.
    pub(crate) fn has_begun(&self, log: &Log, state: &State, row: Row) -> bool {
        let begins = |order: &Order| {
            let named = order.target().is_none_or(|user| self.concerns(user, row));
            let reached = named && !self.spares(state, order, row);
            let reached = reached || self.has(Flaw::LogBegunForEverybody);
            order.running() && log.yields_to.contains(order.kind()) && reached
        };
        !log.while_ordered || state.orders_at(log.held_by).any(|(_, order)| begins(order))
    }

    /// **Turn.** The day ends: answers and messages age, what nobody fetched expires, rows past their retention are
    /// purged, orders and requests run out.
    ///
    /// Where a scope says which devices are switched on, push hands over what it can before the day ends: a copy waits
    /// longer only for a device that is off or gone, or does not accept it. Elsewhere a late delivery stands for such a device.
    /// A call ends on the day on which it began.
    pub(crate) fn turn(&self, state: &State, keep: bool) -> Option<State> {
        if keep && !self.may(Capability::KeepBeyondWindow) {
            return None;
        }
        if state.prologue && state.day >= self.past_days {
            return None;
        }
        if self.scope.power && self.copy_in_hand(state) || state.calls().any(|call| call.goes_on()) {
            return None;
        }
        let days = self.stride(state);
        let ahead = u16::from(state.day) + u16::from(days);
        if !state.prologue && self.last_day.is_some_and(|last| ahead > u16::from(last)) {
            return None;
        }
        let mut next = *state;
        if state.prologue || self.last_day.is_some() {
            next.day = ahead.min(MAX_AGE) as u8;
        }
        next.persons.iter_mut().for_each(crate::state::Person::begin_day);
        next.devices.iter_mut().for_each(crate::state::DeviceState::begin_day);
        self.age_caches_and_messages(&mut next, days);
        self.age_legal(&mut next, days);
        self.age_numbers(&mut next, days);
        self.age_rows(&mut next, days, keep);
        // Afterwards, since the rows that it leaves are of the new day.
        self.expire(&mut next);
        Some(next)
    }

    fn age_caches_and_messages(&self, next: &mut State, days: u8) {
        let stale = self.periods.cache.saturating_add(1);
        for cached in next.cache.iter_mut().flatten().filter(|cached| cached.known()) {
            cached.age = cached.age.saturating_add(days).min(stale);
        }
        let keep = if self.periods.device == FOR_GOOD { 0 } else { self.periods.device };
        let recent = self.recent_days().unwrap_or(0).max(keep).saturating_add(1);
        let expired = self.periods.expiry.saturating_add(1);
        for index in 0..crate::state::MESSAGE_CAPACITY {
            let message = next.message_mut(index);
            if message.waiting() != 0 {
                message.age = message.age.saturating_add(days).min(expired);
            }
            let counted = Tracked::Recency | Tracked::Kept;
            if message.received() != 0 && !self.setup.track.is_disjoint(counted) {
                message.heard = message.heard.saturating_add(days).min(recent);
            }
        }
    }

    fn age_rows(&self, next: &mut State, days: u8, keep: bool) {
        for row in next.memory.as_mut_slice() {
            *row = row.aged(row.age() + u16::from(days));
        }
        for row in next.rows.as_mut_slice() {
            *row = row.aged(row.age() + u16::from(days));
        }
        if !keep {
            let now = *next;
            next.rows.retain(|row| self.retained(&now, row));
        }
    }

    /// Whether a row may still stand in its log: within the retention, or preserved, or under an order that extends
    /// the retention.
    fn retained(&self, state: &State, row: Row) -> bool {
        let keep = self.keep_days(row.index());
        let late = u8::from(self.has(Flaw::PurgeOneDayLate));
        if keep == FOR_GOOD || row.age() <= u16::from(keep) + u16::from(late) {
            return true;
        }
        if row.frozen() && !self.has(Flaw::PurgeIgnoresPreservation) {
            return true;
        }
        let served_by = |order: &Order| {
            order.running()
                && order.extended() > 0
                && self.yields(row, order.kind())
                && self.reaches(state, order, row)
        };
        self.design.legal.extension_of == ExtensionOf::Retention
            && self.held_by(row).is_some_and(|at| state.orders_at(at).any(|(_, order)| served_by(order)))
    }

    /// For how many days the log of this number keeps its rows; 255 means for good.
    #[must_use]
    pub fn keep_days(&self, log: usize) -> u8 {
        self.periods.keep[log % crate::design::MAX_LOGS]
    }

    /// The period that "recently" refers to: the query log's retention. `None` where the design has no query log, so
    /// that nothing is recent in it and nothing is not; what a claim says of it does not apply there.
    #[must_use]
    pub fn recent_days(&self) -> Option<u8> {
        self.design.query_log().map(|log| self.keep_days(log))
    }

    fn age_legal(&self, next: &mut State, days: u8) {
        for order in next.orders_mut().iter_mut().filter(|order| order.exists()) {
            order.age = order.age.saturating_add(days);
        }
        for user in User::ALL {
            let request = &mut next.requests[user.index()];
            if !request.in_force() {
                continue;
            }
            request.age = request.age.saturating_add(days);
            request.made = request.made.saturating_add(days);
            if request.age > self.periods.preservation {
                self.thaw(next, user);
            }
        }
    }

    /// By how many days the day turns: one, or to the next day on which something falls due or has just fallen due.
    fn stride(&self, state: &State) -> u8 {
        if !matches!(self.scope.calendar, Calendar::RealByDeadlines | Calendar::ScaledByDeadlines(_)) {
            return 1;
        }
        let mut next = u8::MAX;
        let mut due = |age: u16, last_day: u8| {
            if let Some(left) = u16::from(last_day).checked_sub(age) {
                let step = if left == 0 { 1 } else { left };
                next = next.min(step.min(254) as u8);
            }
        };
        for cached in state.cache.iter().flatten().filter(|cached| cached.known()) {
            due(u16::from(cached.age), self.periods.cache);
        }
        for message in state.messages().filter(|message| message.waiting() != 0) {
            due(u16::from(message.age), self.periods.expiry);
        }
        for row in state.rows.as_slice().iter().filter(|row| self.keep_days(row.index()) != FOR_GOOD) {
            due(row.age(), self.keep_days(row.index()));
        }
        for order in state.orders().iter().filter(|order| order.running()) {
            due(u16::from(order.age), order.runs);
        }
        for request in state.requests.iter().filter(|request| request.in_force()) {
            due(u16::from(request.age), self.periods.preservation);
        }
        let end = if state.prologue { Some(self.past_days) } else { self.last_day };
        due(u16::from(state.day), end.unwrap_or(state.day.saturating_add(1)));
        next
    }
}
