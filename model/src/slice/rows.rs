//! **Where the rows go that a rule leaves: into logs that are kept, and memories that somebody has.**

use super::{Part, Reading};
use crate::action::Rule;
use crate::design::Design;
use crate::flaw::Flaw;
use crate::row::{Kind, Row};
use crate::rules::logging::records;
use crate::view::{Watcher, through, watchers};
use crate::world::{Device, User};
use enumset::EnumSet;

/// Which of the logs and the memory the rule appends rows to.
pub(super) fn leaves_rows_in(rule: Rule, design: &Design, reading: &Reading) -> EnumSet<Part> {
    let each = kinds(rule).iter().map(|&kind| left_in(kind, design, reading));
    each.fold(EnumSet::empty(), |parts, more| parts | more)
}

/// Which of the logs and the memory rows of this kind are appended to.
pub(super) fn left_in(kind: Kind, design: &Design, reading: &Reading) -> EnumSet<Part> {
    let mut parts = EnumSet::empty();
    let kept = || design.logs.iter().enumerate().filter(|(at, _)| reading.logs.contains(*at));
    let recorded = |detail| kept().any(|(_, log)| records(reading.flaw, log, Row::of(kind).because(detail)));
    if (0..MOST_DETAILS).any(recorded) {
        parts |= Part::Logs;
    }
    if possible_watchers(kind, design, reading.flaw).iter().any(|watcher| reading.remember.contains(watcher))
    {
        parts |= Part::Memory;
    }
    parts
}

/// One more than the largest detail that a row can have.
const MOST_DETAILS: u8 = 8;

/// Who may see a row of this kind, whoever acts.
fn possible_watchers(kind: Kind, design: &Design, flaw: Option<Flaw>) -> EnumSet<Watcher> {
    let mut seen = EnumSet::empty();
    for source in User::ALL {
        for device in Device::ALL {
            for index in 0..2 {
                // Details only ever take somebody away who sees a row, so those without one are seen by most.
                let row = Row::of(kind).from(source).by(device).indexed(index);
                let row = row.to(device.owner().address());
                seen |= through(design.network.access, flaw, watchers(row, flaw));
            }
        }
    }
    seen
}

/// The kinds of row that a rule lets be recorded or seen.
#[must_use]
pub const fn kinds(rule: Rule) -> &'static [Kind] {
    match rule {
        Rule::Type => &[Kind::Typed, Kind::Lookup],
        Rule::Pick => &[Kind::Picked, Kind::Lookup],
        Rule::Abandon => &[Kind::Abandoned],
        Rule::Send => &[Kind::Submitted, Kind::SmsSent, Kind::Told, Kind::Lookup],
        Rule::Attach => &[Kind::Uploaded, Kind::Submitted, Kind::SmsSent, Kind::Told, Kind::Lookup],
        Rule::Refresh => &[Kind::Lookup],
        Rule::Deliver => &[Kind::Delivered, Kind::Unacknowledged, Kind::Lookup],
        Rule::DeliverSms => &[Kind::SmsDelivered],
        Rule::BackUp => &[Kind::BackedUp],
        Rule::Fetch => &[Kind::Fetched],
        Rule::Invite => &[Kind::Invited, Kind::Lookup],
        Rule::Ring | Rule::Answer | Rule::Decline | Rule::TimeOut => &[Kind::Signalled],
        Rule::HangUp => &[Kind::Signalled, Kind::Media],
        Rule::UseAccount => &[Kind::SignedIn, Kind::Purchased],
        Rule::Register => &[Kind::Registered, Kind::Recalled],
        Rule::Deregister => &[Kind::Deregistered, Kind::Recalled],
        Rule::Leave => &[Kind::Left],
        Rule::GiveUp => &[Kind::GivenUp],
        Rule::Switch => &[Kind::SwitchedOff, Kind::SwitchedOn],
        Rule::Travel => &[Kind::Travelled],
        Rule::Turn => &[Kind::Expired, Kind::Told],
        Rule::Apply => &[Kind::Granted, Kind::Refused],
        Rule::Extend => &[Kind::Extended],
        Rule::Preserve => &[Kind::Preserved],
        Rule::Disclose | Rule::DiscloseInEmergency | Rule::DiscloseWithoutOrder => &[Kind::Disclosed],
        Rule::AddKey => &[Kind::KeyAdded, Kind::Alerted],
        Rule::SwapKey => &[Kind::KeySwapped, Kind::Alerted],
        Rule::WithholdAlerts => &[],
        Rule::Compare => &[Kind::Compared],
        Rule::Inject => &[Kind::Injected, Kind::Delivered, Kind::Lookup],
        Rule::StealKey => &[Kind::KeyStolen],
        Rule::Alter => &[Kind::Altered],
        Rule::Demand => &[],
        Rule::Publish => &[Kind::Reported],
    }
}
