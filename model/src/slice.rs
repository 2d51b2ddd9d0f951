//! **Leaving out what cannot matter to a claim, and only that.**
//!
//! A rule may stand still for a claim only if nothing that it writes is read, transitively, by the claim's formula,
//! by a rule that is kept, or by a view in question. Dropping more would take twins away and make false `violated`,
//! or take events away and make false `holds`. The read and write sets below are declared by hand and held to by a
//! test that runs every rule and watches what changes; sliced and unsliced verdicts are compared as well.

mod logs;
mod rows;

pub use logs::{Logs, QUERY_LOG};
pub use rows::kinds;
use rows::{leaves_rows_in, left_in};

use crate::action::Rule;
use crate::design::{Capability, Design, ExtensionOf, Holder, Names};
use crate::flaw::Flaw;
use crate::row::Kind;
use crate::view::Watcher;
use enumset::{EnumSet, EnumSetType};

/// A part of the state.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType)]
pub enum Part {
    /// Which devices are registered, on, and gone.
    Devices,
    /// Where persons and devices are.
    Places,
    /// Which drafts are open.
    Drafts,
    /// What the directory's operator did to its entries.
    Directory,
    /// Of which addresses the directory's operator keeps alerts back.
    Alerts,
    /// Between whom keys were compared.
    Comparisons,
    /// What the devices remember of the directory's answers, and the lookups that they may still make.
    Cache,
    /// The messages.
    Messages,
    /// What devices have fetched of what is attached to messages.
    Fetches,
    /// What devices have put into their backups.
    Backups,
    /// The calls.
    Calls,
    /// Which keys were stolen from devices, and which messages these had read by then.
    Stolen,
    /// The rows of the logs.
    Logs,
    /// Which of those rows were handed over: marks that the next disclosure reads, and whoever reads a whole store.
    Marks,
    /// What the remembering observers saw.
    Memory,
    /// The orders.
    Orders,
    /// The preservation request.
    Preservation,
    /// Whose number has become another's.
    Numbers,
    /// The demands that a report is about.
    Tally,
    /// The marks of who typed whose address.
    Typed,
    /// The marks of whose devices looked whom up.
    LookedUp,
}

/// What somebody reads, and who remembers what with which powers: all that a slice is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The parts that are read.
    pub parts: EnumSet<Part>,
    /// The logs whose rows or periods are read.
    pub logs: Logs,
    /// Who remembers.
    pub remember: EnumSet<Watcher>,
    /// What may be done besides using the service.
    pub powers: EnumSet<Capability>,
    /// The mistake, if any.
    pub flaw: Option<Flaw>,
    /// Whether devices are switched off and on, so that no day ends and no device goes off with a copy in hand.
    pub power: bool,
    /// Whether an order may be applied for that reaches content.
    pub content: bool,
    /// Whether anybody may attach something to a message.
    pub attachments: bool,
    /// Whether anybody may call.
    pub calls: bool,
    /// Whether there are demands that a report is about.
    pub demands: bool,
    /// Whether anybody may compare keys.
    pub comparing: bool,
    /// Whether anybody may give a number up.
    pub giving_up: bool,
    /// Whether anybody may sign in or buy something.
    pub account: bool,
    /// Whether anybody looks at rows that are disclosed. Whoever asks which texts follow does not: rows hold none.
    pub rows: bool,
}

/// The rules that take part, and the parts and logs that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slice {
    /// The rules that take part.
    pub rules: EnumSet<Rule>,
    /// The parts that are written.
    pub parts: EnumSet<Part>,
    /// The logs that are kept.
    pub logs: Logs,
}

impl Slice {
    /// Nothing left out.
    #[must_use]
    pub fn whole() -> Self {
        Self { rules: EnumSet::all(), parts: EnumSet::all(), logs: Logs::ALL }
    }

    /// The smallest slice that is sound for this reading.
    #[must_use]
    pub fn for_reading(design: &Design, reading: Reading) -> Self {
        let attachments = attaches(design, &reading);
        let calls = design.calls.made() && reading.calls;
        let demands = design.report.made() && reading.demands;
        let account = !design.account.acts.is_empty() && reading.account;
        let possible = EnumSet::<Rule>::all()
            .into_iter()
            .filter(|&rule| can_fire(rule, reading.powers) && (reading.power || rule != Rule::Switch))
            .filter(|&rule| design.backup.made() || rule != Rule::BackUp)
            .filter(|&rule| attachments || !(Rule::Attach | Rule::Fetch).contains(rule))
            .filter(|&rule| calls || !OF_CALLS.contains(rule))
            .filter(|&rule| account || rule != Rule::UseAccount)
            .filter(|&rule| demands || !(Rule::Demand | Rule::Publish).contains(rule))
            .filter(|&rule| reading.giving_up || rule != Rule::GiveUp)
            .filter(|&rule| design.directory.alerts || rule != Rule::WithholdAlerts)
            .filter(|&rule| (design.directory.comparison && reading.comparing) || rule != Rule::Compare);
        let possible: EnumSet<Rule> = possible.collect();
        let mut reading = Reading { logs: reading.logs.of_design(design), ..reading };
        if !reading.remember.is_empty() {
            reading.parts |= Part::Memory;
        }
        // What is never there is not kept, so that designs without backups, and scopes without calls, are sliced alike whoever reads them.
        if !design.backup.made() {
            reading.parts -= Part::Backups;
        }
        if !attachments {
            reading.parts -= Part::Fetches;
        }
        if !calls {
            reading.parts -= Part::Calls;
        }
        if !demands {
            reading.parts -= Part::Tally;
        }
        let mut rules = EnumSet::only(Rule::Turn);
        loop {
            let before = (rules, reading);
            for rule in possible {
                if !(writes(rule, design, &reading) & reading.parts).is_empty() {
                    rules |= rule;
                }
            }
            for rule in rules {
                let mut read = reads(rule, design, &reading);
                // The turn of the day purges those logs that somebody else reads.
                if rule != Rule::Turn && read.contains(Part::Logs) {
                    reading.logs = reading.logs.and(logs_in_reach(rule, design, reading.powers));
                    // The periods of these logs make a difference to orders even where what stands in them makes none.
                    read -= if reading.rows { EnumSet::empty() } else { Part::Logs | Part::Marks };
                }
                reading.parts |= read;
            }
            if (rules, reading) == before {
                return Self { rules, parts: reading.parts, logs: reading.logs };
            }
        }
    }
}

/// Whether anybody may attach something to a message.
fn attaches(design: &Design, reading: &Reading) -> bool {
    design.attachments.made() && reading.attachments
}

/// The rules of calls, of which designs without them have none.
const OF_CALLS: EnumSet<Rule> = enumset::enum_set!(
    Rule::Invite | Rule::Ring | Rule::Answer | Rule::Decline | Rule::TimeOut | Rule::HangUp
);

/// Whether anybody with these powers can make the rule fire. People and machines need none.
#[must_use]
pub fn can_fire(rule: Rule, powers: EnumSet<Capability>) -> bool {
    let any = |needed: EnumSet<Capability>| !(needed & powers).is_empty();
    match rule {
        Rule::Apply | Rule::Disclose | Rule::Extend => {
            any(Capability::ProviderOrders | Capability::CarrierOrders)
        }
        Rule::Preserve => any(EnumSet::only(Capability::RequestPreservation)),
        Rule::DiscloseInEmergency => any(EnumSet::only(Capability::RequestEmergency)),
        Rule::DiscloseWithoutOrder => any(EnumSet::only(Capability::DiscloseWithoutOrder)),
        Rule::AddKey => any(EnumSet::only(Capability::AddKey)),
        Rule::SwapKey => any(EnumSet::only(Capability::SwapKey)),
        Rule::WithholdAlerts => any(EnumSet::only(Capability::WithholdAlerts)),
        Rule::Inject => any(Capability::Inject | Capability::InjectOnWire),
        Rule::StealKey => any(Capability::StealDecryptionKey | Capability::StealSigningKey),
        Rule::Alter => any(EnumSet::only(Capability::AlterInTransit)),
        Rule::Type
        | Rule::Pick
        | Rule::Abandon
        | Rule::Send
        | Rule::Attach
        | Rule::Fetch
        | Rule::Refresh
        | Rule::Deliver
        | Rule::DeliverSms
        | Rule::BackUp
        | Rule::Invite
        | Rule::Ring
        | Rule::Answer
        | Rule::Decline
        | Rule::TimeOut
        | Rule::HangUp
        | Rule::UseAccount
        | Rule::Register
        | Rule::Deregister
        | Rule::Leave
        | Rule::GiveUp
        | Rule::Switch
        | Rule::Travel
        | Rule::Compare
        | Rule::Turn
        | Rule::Demand
        | Rule::Publish => true,
    }
}

/// The logs that a rule of the law can read with these powers: those of the holders who may be asked.
fn logs_in_reach(rule: Rule, design: &Design, powers: EnumSet<Capability>) -> Logs {
    let under_order = matches!(rule, Rule::Apply | Rule::Disclose | Rule::Extend);
    let asked = |holder| match holder {
        Holder::Provider => !under_order || powers.contains(Capability::ProviderOrders),
        Holder::Carrier => under_order && powers.contains(Capability::CarrierOrders),
    };
    let logs = design.logs.iter().enumerate().filter(|(_, log)| asked(log.held_by));
    logs.fold(Logs::NONE, |logs, (at, _)| logs.and(Logs::only(at)))
}

/// The parts that a rule's guard and effect depend on, other than those that it only appends to.
#[must_use]
pub fn reads(rule: Rule, design: &Design, reading: &Reading) -> EnumSet<Part> {
    let begun = if begins_under_orders(rule, design, reading) {
        Part::Orders | whose_number(design, reading)
    } else {
        EnumSet::empty()
    };
    begun | reads_of_its_own(rule, design, reading)
}

/// The part that says whose a number is, where orders name persons and a number may change hands.
fn whose_number(design: &Design, reading: &Reading) -> EnumSet<Part> {
    let matters = reading.giving_up && design.legal.order_names == Names::Person;
    if matters { Part::Numbers.into() } else { EnumSet::empty() }
}

/// Whether it depends on orders whether a log that is kept records what the rule leaves.
fn begins_under_orders(rule: Rule, design: &Design, reading: &Reading) -> bool {
    let kept = design.logs.iter().enumerate().filter(|(at, _)| reading.logs.contains(*at));
    let mut begun = kept.filter(|(_, log)| log.while_ordered && reading.parts.contains(Part::Logs));
    begun.any(|(_, log)| kinds(rule).iter().any(|&kind| log.on.contains(kind)))
}

fn reads_of_its_own(rule: Rule, design: &Design, reading: &Reading) -> EnumSet<Part> {
    let asking = Part::Devices | Part::Directory | Part::Cache | Part::Places;
    match rule {
        Rule::Type | Rule::Pick => asking | Part::Drafts,
        Rule::Abandon => EnumSet::only(Part::Drafts),
        Rule::Send | Rule::Attach => asking | Part::Drafts | Part::Messages,
        Rule::Refresh => asking,
        Rule::Deliver => asking | Part::Messages,
        Rule::DeliverSms if reading.power => Part::Devices | Part::Messages,
        Rule::DeliverSms => EnumSet::only(Part::Messages),
        Rule::Switch => asking | Part::Messages,
        Rule::Fetch => Part::Devices | Part::Places | Part::Messages | Part::Fetches,
        Rule::BackUp => Part::Devices | Part::Places | Part::Messages | Part::Backups,
        Rule::Invite => asking | Part::Calls,
        Rule::Ring | Rule::Answer | Rule::Decline => Part::Devices | Part::Places | Part::Calls,
        Rule::TimeOut => EnumSet::only(Part::Calls),
        Rule::HangUp => Part::Places | Part::Calls,
        Rule::UseAccount => Part::Devices | Part::Places,
        // Who is told of it depends on who remembers an answer.
        Rule::Register | Rule::Deregister if design.directory.recalls => {
            Part::Devices | Part::Places | Part::Cache
        }
        Rule::Register | Rule::Deregister | Rule::Leave => Part::Devices | Part::Places,
        Rule::GiveUp => EnumSet::only(Part::Numbers),
        Rule::Travel => EnumSet::only(Part::Places),
        Rule::Turn => {
            let mut parts = EnumSet::empty();
            // What is due for deletion is kept for a request's sake, or an order's.
            if reading.parts.contains(Part::Logs) {
                parts |= Part::Preservation;
                if design.legal.extension_of == ExtensionOf::Retention {
                    parts |= Part::Orders | whose_number(design, reading);
                }
            }
            if reading.power {
                parts |= asking | Part::Messages;
            }
            // Where somebody is when the day begins counts of that day.
            parts |= reading.parts & Part::Places;
            // A day does not end in a call. Where nobody reads calls, none is in the way of the day for ever.
            parts |= reading.parts & Part::Calls;
            // For how long a number has been another's is counted where somebody asks.
            parts |= reading.parts & Part::Numbers;
            // What expires leaves a row.
            if !leaves_rows_in(rule, design, reading).is_empty() {
                parts |= Part::Messages;
            }
            parts
        }
        Rule::Apply => Part::Orders | Part::Logs,
        Rule::Disclose | Rule::DiscloseInEmergency | Rule::DiscloseWithoutOrder => {
            let mut parts = Part::Orders | Part::Logs | Part::Marks;
            if rule == Rule::Disclose && reading.flaw == Some(Flaw::EmptinessLooksFurther) {
                parts |= Part::Messages;
            }
            if rule == Rule::Disclose {
                parts |= whose_number(design, reading);
            }
            let content = rule != Rule::Disclose || reading.content;
            // Who a message in a backup is from and to is handed over with it.
            if content && design.backup.made() {
                parts |= Part::Backups | Part::Messages;
            }
            // So is what its author attached to a message.
            if content && attaches(design, reading) {
                parts |= Part::Messages;
            }
            parts
        }
        Rule::Extend => EnumSet::only(Part::Orders),
        Rule::Preserve => Part::Preservation | Part::Logs,
        // Who is told of it depends on whether that is kept back, and on which devices are there.
        Rule::AddKey | Rule::SwapKey
            if design.directory.alerts && !left_in(Kind::Alerted, design, reading).is_empty() =>
        {
            Part::Directory | Part::Alerts | Part::Devices | Part::Places
        }
        Rule::AddKey | Rule::SwapKey => EnumSet::only(Part::Directory),
        Rule::WithholdAlerts => Part::Alerts | Part::Directory,
        Rule::Compare => Part::Comparisons | Part::Cache | Part::Devices | Part::Places,
        // What is signed with a stolen key can be put before devices as well.
        Rule::Inject if can_fire(Rule::StealKey, reading.powers) => asking | Part::Messages | Part::Stolen,
        Rule::Inject => asking | Part::Messages,
        Rule::StealKey => Part::Messages | Part::Stolen,
        Rule::Alter => Part::Devices | Part::Places | Part::Messages,
        Rule::Demand | Rule::Publish => EnumSet::only(Part::Tally),
    }
}

/// The parts that a rule changes.
#[must_use]
pub fn writes(rule: Rule, design: &Design, reading: &Reading) -> EnumSet<Part> {
    let parts = match rule {
        Rule::Type => Part::Drafts | Part::Cache | Part::Typed | Part::LookedUp,
        Rule::Pick => Part::Drafts | Part::Cache | Part::LookedUp,
        Rule::Abandon => EnumSet::only(Part::Drafts),
        Rule::Send | Rule::Attach => Part::Drafts | Part::Cache | Part::Messages | Part::LookedUp,
        Rule::Refresh => Part::Cache | Part::LookedUp,
        Rule::Deliver => Part::Cache | Part::Messages | Part::LookedUp,
        Rule::DeliverSms => EnumSet::only(Part::Messages),
        Rule::Fetch => EnumSet::only(Part::Fetches),
        Rule::BackUp => EnumSet::only(Part::Backups),
        Rule::Invite => Part::Cache | Part::LookedUp | Part::Calls,
        Rule::Ring | Rule::Answer | Rule::Decline | Rule::TimeOut | Rule::HangUp => {
            EnumSet::only(Part::Calls)
        }
        Rule::UseAccount => EnumSet::empty(),
        Rule::Register | Rule::Deregister if design.directory.recalls => Part::Devices | Part::Cache,
        Rule::Register | Rule::Deregister | Rule::Leave | Rule::Switch => EnumSet::only(Part::Devices),
        Rule::GiveUp => EnumSet::only(Part::Numbers),
        Rule::Travel => EnumSet::only(Part::Places),
        Rule::Turn => {
            let aged = Part::Cache | Part::Messages | Part::Memory | Part::Orders | Part::Preservation;
            aged | Part::Logs | Part::Marks | Part::Places | Part::Numbers
        }
        Rule::Apply | Rule::Extend => EnumSet::only(Part::Orders),
        Rule::Disclose | Rule::DiscloseInEmergency | Rule::DiscloseWithoutOrder => Part::Marks | Part::Memory,
        Rule::Preserve => Part::Preservation | Part::Logs,
        Rule::AddKey | Rule::SwapKey => EnumSet::only(Part::Directory),
        Rule::WithholdAlerts => EnumSet::only(Part::Alerts),
        Rule::Compare => EnumSet::only(Part::Comparisons),
        Rule::Inject => Part::Messages | Part::Cache | Part::LookedUp,
        Rule::StealKey => EnumSet::only(Part::Stolen),
        Rule::Alter => EnumSet::only(Part::Messages),
        Rule::Demand | Rule::Publish => EnumSet::only(Part::Tally),
    };
    parts | leaves_rows_in(rule, design, reading)
}
