//! **What a design must be as a whole: complete, free of contradictions, and every knob of the file at work.**
//!
//! The base was checked when it was read, so whatever is wrong now, this file brought about, and the error points
//! into it. A knob without effect is a mistake only where it is written: inherited ones are nobody's mistake.

use super::error::{DesignError, Source, quoted};
use super::layer::{Layer, LogLayer, Placed};
use super::{Vocabulary, claims};
use crate::design::{AccountAct, Capability, Design, Log, Media, Trigger};
use crate::row::{Field, Kind, MAX_DAYS};
use crate::word::word;
use enumset::EnumSet;
use std::fmt::Write;

/// Checks what must be right before the base is read.
pub(super) fn header(source: Source<'_>, layer: &Layer) -> Result<(), DesignError> {
    match &layer.format {
        Some(format) if *format.get() != 1 => {
            return Err(other_format(source, format.start(), *format.get()));
        }
        Some(_) => {}
        None => return Err(source.error(0, "the file does not say its format", "add `format = 1`")),
    }
    if layer.extends.is_some() {
        return Ok(());
    }
    if let Some(removed) = layer.remove_logs.first() {
        return Err(source.error(
            removed.start(),
            "a design without a base inherits no log to remove",
            "leave `remove_logs` out, or add `extends`",
        ));
    }
    let absent: Vec<_> =
        layer.knobs().iter().filter(|knob| knob.at.is_none()).map(|knob| knob.name).collect();
    if absent.is_empty() {
        return Ok(());
    }
    Err(source.error(
        0,
        format!("a design without a base gives every knob, and this one lacks {}", absent.join(", ")),
        "add them, or `extends` with the name of a shipped design",
    ))
}

/// The error of a file in another format.
pub(super) fn other_format(source: Source<'_>, at: usize, format: i64) -> DesignError {
    source.error(
        at,
        format!("the file has format {format}"),
        "write `format = 1`, the only one that this program reads",
    )
}

/// Checks the resolved design against itself and against the layer that made it.
pub(super) fn design(
    source: Source<'_>,
    design: &Design,
    base: Option<&Design>,
    layer: &Layer,
    vocabulary: &Vocabulary,
) -> Result<(), DesignError> {
    let check = Check { source, design, base, layer };
    check.duplicates()?;
    check.contradictions()?;
    check.inert()?;
    check.logs()?;
    claims::check(source, design, base, layer, vocabulary)
}

/// A resolved design beside its base and the layer between them.
struct Check<'a> {
    source: Source<'a>,
    design: &'a Design,
    base: Option<&'a Design>,
    layer: &'a Layer,
}

/// A thing's name and where it stands.
type NameAt<'a> = (&'a str, usize);

/// Fails at the second of two things of the same name.
pub(super) fn unique<'a>(
    source: Source<'_>,
    what: &str,
    names: impl Iterator<Item = NameAt<'a>>,
) -> Result<(), DesignError> {
    let mut seen: Vec<&str> = Vec::new();
    for (name, at) in names {
        if seen.contains(&name) {
            let message = format!("the file has two {what} called {}", quoted(name));
            return Err(source.error(at, message, "keep one of them, or rename it"));
        }
        seen.push(name);
    }
    Ok(())
}

impl Check<'_> {
    fn duplicates(&self) -> Result<(), DesignError> {
        unique(self.source, "logs", self.layer.log.iter().filter_map(log_name))?;
        for removed in &self.layer.remove_logs {
            let own = self.layer.log.iter().filter_map(log_name).find(|(name, _)| name == removed.get());
            if let Some((name, at)) = own {
                return Err(self.source.error(
                    at,
                    format!("the log {} is removed and given in one file", quoted(name)),
                    "leave it out of `remove_logs`, since a log of an inherited name changes that log",
                ));
            }
        }
        Ok(())
    }

    /// Where the layer gives the first of these knobs that it gives; the file's beginning when it gives none.
    fn at(&self, knobs: &[&str]) -> usize {
        let given = self.layer.knobs();
        let place =
            |name: &&str| given.iter().find(|knob| knob.name == *name)?.at.as_ref().map(|at| at.start);
        knobs.iter().find_map(place).unwrap_or(0)
    }

    fn contradictions(&self) -> Result<(), DesignError> {
        let legal = &self.design.legal;
        let directory = &self.design.directory;
        let first_lookups = Trigger::Type | Trigger::Contact | Trigger::Send;
        if directory.asked() && directory.lookup_on.is_disjoint(first_lookups) {
            return Err(self.source.error(
                self.at(&["directory.lookup_on"]),
                "with these triggers no client could ever learn a first key, so nothing could be sent",
                "let `lookup_on` name at least one of type, contact and send",
            ));
        }
        if !directory.asked() && !self.design.fallback.sms {
            return Err(self.source.error(
                self.at(&["directory.lookup_on", "fallback.sms"]),
                "no client ever asks the directory, and there is no SMS either, so nothing could be sent",
                "let `lookup_on` name at least one of type, contact and send, or set `sms = true`",
            ));
        }
        if legal.preservation_in_force && legal.preservation_days == 0 {
            return Err(self.source.error(
                self.at(&["legal.preservation_in_force", "legal.preservation_days"]),
                "a preservation request is in force, and preserves for 0 days",
                "set `preservation_days` above 0, or `preservation_in_force = false`",
            ));
        }
        if legal.extensions > 0 && legal.extension_days == 0 {
            return Err(self.source.error(
                self.at(&["legal.extension_days", "legal.extensions"]),
                "an order can be extended, by 0 days",
                "set `extension_days` above 0, or `extensions = 0`",
            ));
        }
        let longest = legal.order_days + u16::from(legal.extensions) * legal.extension_days;
        if longest > MAX_DAYS {
            return Err(self.source.error(
                self.at(&["legal.order_days", "legal.extension_days", "legal.extensions"]),
                format!("an order with all its extensions would run for {longest} days"),
                format!("keep the sum within {MAX_DAYS} days"),
            ));
        }
        Ok(())
    }

    /// A file without a base must give every knob, so there none is called inert.
    fn inert(&self) -> Result<(), DesignError> {
        let Some(base) = self.base else {
            return Ok(());
        };
        let Design { legal, directory, report, devices, .. } = self.design;
        let environment = self.design.environment;
        let asks = |capability| environment.contains(capability);
        let no_extension = "orders cannot be extended here (`extensions` is 0)";
        let no_request = "there are no preservation requests here (`preservation_days` is 0)";
        let no_platform =
            "no client asks the directory here (`lookup_on` is empty), so that nothing goes over a platform";
        let over_platform = [
            "directory.cache_days",
            "directory.alerts",
            "directory.comparison",
            "messaging.expiry_days",
            "messaging.expiry_notice",
            "encryption.cipher",
            "encryption.keys",
            "encryption.escrow",
            "attachments.key",
            "calls.media",
        ];
        let over_platform = over_platform.map(|name| (name, !directory.asked(), no_platform));
        let cases = [
            (
                "directory.recalls",
                directory.recalls && !directory.lookup_on.contains(Trigger::Send),
                "a device that is told that an answer no longer serves would have to ask again on sending, and does not here \
                 (`lookup_on` lacks send)",
            ),
            ("report.band", !report.made(), "there is no report here (`publishes` is \"nothing\")"),
            (
                "devices.keepers",
                devices.keep_days.is_none(),
                "nothing is deleted from devices here (`keep_days` is \"for-good\")",
            ),
            ("legal.extension_days", legal.extensions == 0, no_extension),
            ("legal.extension_of", legal.extensions == 0, no_extension),
            ("legal.preservation_renewals", legal.preservation_days == 0, no_request),
            (
                "environment.capabilities",
                asks(Capability::RequestPreservation) && legal.preservation_days == 0,
                no_request,
            ),
            (
                "environment.capabilities",
                asks(Capability::RequestEmergency) && !legal.emergency,
                "a request in an emergency is never answered here (`emergency` is false)",
            ),
        ];
        // Who repeats what the base says anyway contradicts nothing.
        let same = [
            ("directory.", *directory == base.directory),
            ("messaging.", self.design.messaging == base.messaging),
            ("encryption.", self.design.encryption == base.encryption),
            ("attachments.", self.design.attachments == base.attachments),
            ("calls.", self.design.calls == base.calls),
            ("report.", *report == base.report),
            ("devices.", *devices == base.devices),
        ];
        let repeats = |name: &str| same.iter().any(|(table, same)| *same && name.starts_with(table));
        let given = self.layer.knobs();
        let cases = cases.into_iter().chain(over_platform).filter(|(name, ..)| !repeats(name));
        for (name, inert, why) in cases {
            let place = given.iter().find(|knob| knob.name == name).and_then(|knob| knob.at.as_ref());
            if let (true, Some(at)) = (inert, place) {
                let message = format!("`{name}` has no effect, since {why}");
                return Err(self.source.error(at.start, message, "leave it out, or change that"));
            }
        }
        Ok(())
    }

    /// Checks the logs that are not exactly the base's.
    fn logs(&self) -> Result<(), DesignError> {
        for log in &self.design.logs {
            if self.base.is_none_or(|base| !base.logs.contains(log)) {
                self.log(log)?;
            }
        }
        Ok(())
    }

    fn log(&self, log: &Log) -> Result<(), DesignError> {
        let named = |placed: &&Placed<LogLayer>| log_name(placed).is_some_and(|(name, _)| name == log.name);
        let written = self.layer.log.iter().find(named);
        let start = written.map_or(0, Placed::start);
        let at = |place: Option<usize>| place.unwrap_or(start);
        let layer = written.map(Placed::get);
        let name = &log.name;
        if log.on.is_empty() {
            let remedy = format!("let `on` name what it records: {}", words(log.held_by.seen()));
            return Err(self.source.error(start, format!("the log `{name}` records nothing"), remedy));
        }
        if let Some(kind) = log.on.iter().find(|kind| !log.held_by.sees(*kind)) {
            let place = layer.and_then(|layer| layer.on.as_ref()?.get().iter().find(|on| *on.get() == kind));
            return Err(self.source.error(
                at(place.map(Placed::start)),
                format!("{} keeps the log `{name}`, and never sees `{}`", log.held_by.name(), word(kind)),
                format!("a log records what its holder sees: {}", words(log.held_by.seen())),
            ));
        }
        if let Some(field) = log.fields.iter().find(|field| !log.on.iter().any(|kind| field.belongs_to(kind)))
        {
            let place =
                layer.and_then(|layer| layer.fields.as_ref()?.get().iter().find(|on| *on.get() == field));
            let having: EnumSet<Field> = EnumSet::<Field>::all()
                .iter()
                .filter(|field| log.on.iter().any(|kind| field.belongs_to(kind)))
                .collect();
            return Err(self.source.error(
                at(place.map(Placed::start)),
                format!("nothing that the log `{name}` records has the field `{}`", word(field)),
                format!("what it records has {}", words(having)),
            ));
        }
        if log.while_ordered && log.yields_to.is_empty() {
            let place = layer.and_then(|layer| layer.while_ordered.as_ref()).map(Placed::start);
            return Err(self.source.error(
                at(place),
                format!(
                    "the log `{name}` is kept while an order runs that it yields to, and it yields to none"
                ),
                "let `yields_to` name a kind of order, or leave `while_ordered` out",
            ));
        }
        if !self.design.fallback.sms && log.on.is_subset(Kind::SmsSent | Kind::SmsDelivered) {
            return Err(self.source.error(
                start,
                format!("the log `{name}` has no effect, since no SMS is ever sent here (`sms` is false)"),
                "leave it out, or set `sms = true`",
            ));
        }
        if !self.design.directory.asked() && log.on.is_subset(EnumSet::only(Kind::Lookup)) {
            return Err(self.source.error(
                start,
                format!(
                    "the log `{name}` has no effect, since no client asks the directory here (`lookup_on` is empty)"
                ),
                "leave it out, or let `lookup_on` name what makes clients ask",
            ));
        }
        let calls = Kind::Invited | Kind::Signalled | Kind::Media;
        if !self.design.calls.made() && log.on.is_subset(calls) {
            return Err(self.source.error(
                start,
                format!(
                    "the log `{name}` has no effect, since there are no calls here (`calls.media` is none)"
                ),
                "leave it out, or say which way the media of calls goes",
            ));
        }
        if self.design.calls.media == Media::PeerToPeer && log.on.is_subset(EnumSet::only(Kind::Media)) {
            return Err(self.source.error(
                start,
                format!("the log `{name}` has no effect, since media passes no relay (`calls.media` is peer-to-peer)"),
                "leave it out, or set `media = \"relayed\"`",
            ));
        }
        let acts: EnumSet<Kind> = AccountAct::ALL.into_iter().map(AccountAct::kind).collect();
        let done: EnumSet<Kind> = self.design.account.acts.into_iter().map(AccountAct::kind).collect();
        if log.on.is_subset(acts) && log.on.is_disjoint(done) {
            return Err(self.source.error(
                start,
                format!("the log `{name}` has no effect, since nobody does this here (`account.acts`)"),
                "leave it out, or let `acts` name what it records",
            ));
        }
        if !self.design.attachments.made() && log.on.is_subset(Kind::Uploaded | Kind::Fetched) {
            return Err(self.source.error(
                start,
                format!(
                    "the log `{name}` has no effect, since nobody attaches anything here (`attachments.key` is none)"
                ),
                "leave it out, or say where the key of an attachment is",
            ));
        }
        if !self.design.backup.made() && log.on.is_subset(EnumSet::only(Kind::BackedUp)) {
            return Err(self.source.error(
                start,
                format!(
                    "the log `{name}` has no effect, since nothing is backed up here (`backup.key` is none)"
                ),
                "leave it out, or say who holds the key of backups",
            ));
        }
        Ok(())
    }
}

fn log_name(log: &Placed<LogLayer>) -> Option<NameAt<'_>> {
    let name = log.get().name.as_ref()?;
    Some((name.get(), name.start()))
}

/// The words of a set, separated by commas.
fn words<T: enumset::EnumSetType + serde::Serialize>(set: EnumSet<T>) -> String {
    let mut text = String::new();
    for value in set {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{}", word(value));
    }
    text
}
