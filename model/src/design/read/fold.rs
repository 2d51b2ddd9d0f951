//! **Folding a layer onto its base.**
//!
//! What a layer gives replaces what the base has; what it does not give stays. Every number is held to its bounds
//! on the way, and every word and sentence to its form, since here each still knows its place in the file.

use super::error::{DesignError, Source, nearest, nearest_of, quoted};
use super::layer::{
    AdversaryLayer, ClaimLayer, DirectoryLayer, ExpectLayer, Keep, Knob, Layer, LegalLayer, LogLayer,
    MessagingLayer, Placed, ReportLayer,
};
use super::values::Reader;
use crate::design::{
    Access, Account, Addresses, Adversary, AttachmentKey, Attachments, Backup, BackupKey, Calls, Cipher,
    ClaimText, Covers, Deregistration, Design, Devices, Directory, Encryption, Escrow, Expectation,
    ExtensionOf, Fallback, Holder, KeyLife, Legal, Log, MAX_BAND, MAX_LOGS, Media, Messaging, Names, Network,
    ObserverName, Publishes, Report, Sizes,
};
use crate::row::MAX_DAYS;
use enumset::EnumSet;

/// The layer's design, on its base.
pub(super) fn design(
    source: Source<'_>,
    base: Option<&Design>,
    layer: &Layer,
) -> Result<Design, DesignError> {
    let mut design = base.cloned().unwrap_or_else(blank);
    let file = Reader { source };
    design.name = file.name("name", 0, &layer.name)?;
    design.says = file.sentence("says", 0, &layer.says)?;
    design.main = layer.main.as_ref().is_some_and(|main| *main.get());
    design.extends = layer.extends.as_ref().map(|name| name.get().clone());
    knobs(source, &mut design, layer)?;
    file.logs(&mut design.logs, layer)?;
    for adversary in &layer.adversary {
        let read = file.adversary(adversary, &design.logs)?;
        put(&mut design.adversaries, read, |one, other| one.name == other.name);
    }
    for claim in &layer.claim {
        let read = file.claim(claim)?;
        design.claims.push(read);
    }
    for expect in &layer.expect {
        let read = file.expect(expect)?;
        put(&mut design.expects, read, |one, other| {
            (&one.claim, &one.adversary) == (&other.claim, &other.adversary)
        });
    }
    Ok(design)
}

/// Replaces the knobs that the layer's tables give. What is replaced is taken apart in full, so that a knob that no file
/// could turn does not compile.
pub(super) fn knobs(source: Source<'_>, design: &mut Design, layer: &Layer) -> Result<(), DesignError> {
    let file = Reader { source };
    file.directory(&mut design.directory, &layer.directory)?;
    file.messaging(&mut design.messaging, &layer.messaging)?;
    let Encryption { cipher, keys, escrow } = &mut design.encryption;
    replace(cipher, &layer.encryption.cipher);
    replace(keys, &layer.encryption.keys);
    replace(escrow, &layer.encryption.escrow);
    let Devices { keep_days, keepers } = &mut design.devices;
    kept(file, keep_days, &layer.devices.keep_days)?;
    file.set(keepers, &layer.devices.keepers)?;
    let Fallback { sms } = &mut design.fallback;
    replace(sms, &layer.fallback.sms);
    let Attachments { key } = &mut design.attachments;
    replace(key, &layer.attachments.key);
    let Backup { key } = &mut design.backup;
    replace(key, &layer.backup.key);
    let Calls { media } = &mut design.calls;
    replace(media, &layer.calls.media);
    file.report(&mut design.report, &layer.report)?;
    let Account { acts } = &mut design.account;
    file.set(acts, &layer.account.acts)?;
    let Network { addresses, access, sizes } = &mut design.network;
    replace(sizes, &layer.network.sizes);
    replace(addresses, &layer.network.addresses);
    replace(access, &layer.network.access);
    file.legal(&mut design.legal, &layer.legal)?;
    file.set(&mut design.environment, &layer.environment.capabilities)
}

/// Replaces the knobs of a log that the layer gives.
pub(super) fn log_knobs(source: Source<'_>, log: &mut Log, layer: &LogLayer) -> Result<(), DesignError> {
    let file = Reader { source };
    replace(&mut log.held_by, &layer.held_by);
    replace(&mut log.while_ordered, &layer.while_ordered);
    file.set(&mut log.on, &layer.on)?;
    file.set(&mut log.fields, &layer.fields)?;
    file.set(&mut log.yields_to, &layer.yields_to)?;
    kept(file, &mut log.keep_days, &layer.keep_days)
}

/// For how long something is kept, if the layer says so.
fn kept(file: Reader<'_>, keep_days: &mut Option<u16>, knob: &Knob<Keep>) -> Result<(), DesignError> {
    if let Some(keep) = knob {
        *keep_days = match keep.get() {
            Keep::Days(days) => Some(file.counted(*days, keep.start(), MAX_DAYS)?),
            Keep::ForGood => None,
        };
    }
    Ok(())
}

/// A design with every knob at its least. A file without a base gives every knob, so none of these survives.
fn blank() -> Design {
    Design {
        name: String::new(),
        says: String::new(),
        main: false,
        extends: None,
        directory: Directory {
            lookup_on: EnumSet::empty(),
            cache_days: 0,
            deregistration: Deregistration::None,
            alerts: false,
            comparison: false,
            recalls: false,
        },
        messaging: Messaging { expiry_days: 0, expiry_notice: false },
        encryption: Encryption { cipher: Cipher::Malleable, keys: KeyLife::Static, escrow: Escrow::None },
        fallback: Fallback { sms: false },
        attachments: Attachments { key: AttachmentKey::None },
        backup: Backup { key: BackupKey::None },
        calls: Calls { media: Media::None },
        report: Report { publishes: Publishes::Nothing, band: 1 },
        account: Account { acts: EnumSet::empty() },
        network: Network { addresses: Addresses::Own, access: Access::WiFi, sizes: Sizes::ByKind },
        devices: Devices { keep_days: None, keepers: EnumSet::empty() },
        legal: Legal {
            order_days: 0,
            extension_days: 0,
            extensions: 0,
            extension_of: ExtensionOf::Collection,
            covers: Covers::Source,
            preservation_days: 0,
            preservation_renewals: 0,
            preservation_in_force: false,
            emergency: false,
            order_names: Names::Number,
        },
        logs: Vec::new(),
        environment: EnumSet::empty(),
        adversaries: Vec::new(),
        claims: Vec::new(),
        expects: Vec::new(),
    }
}

fn replace<T: Clone>(value: &mut T, knob: &Knob<T>) {
    if let Some(given) = knob {
        *value = given.get().clone();
    }
}

/// Replaces the item that is the same one, or appends.
fn put<T>(items: &mut Vec<T>, item: T, same: impl Fn(&T, &T) -> bool) {
    match items.iter_mut().find(|old| same(old, &item)) {
        Some(old) => *old = item,
        None => items.push(item),
    }
}

impl Reader<'_> {
    fn directory(self, directory: &mut Directory, layer: &DirectoryLayer) -> Result<(), DesignError> {
        let Directory { lookup_on, cache_days, deregistration, alerts, comparison, recalls } = directory;
        self.set(lookup_on, &layer.lookup_on)?;
        self.count(cache_days, &layer.cache_days, MAX_DAYS)?;
        replace(deregistration, &layer.deregistration);
        replace(alerts, &layer.alerts);
        replace(comparison, &layer.comparison);
        replace(recalls, &layer.recalls);
        Ok(())
    }

    fn messaging(self, messaging: &mut Messaging, layer: &MessagingLayer) -> Result<(), DesignError> {
        let Messaging { expiry_days, expiry_notice } = messaging;
        self.count(expiry_days, &layer.expiry_days, MAX_DAYS)?;
        replace(expiry_notice, &layer.expiry_notice);
        Ok(())
    }

    fn report(self, report: &mut Report, layer: &ReportLayer) -> Result<(), DesignError> {
        let Report { publishes, band } = report;
        replace(publishes, &layer.publishes);
        if let Some(given) = &layer.band {
            *band = self.whole(*given.get(), given.start(), 1, MAX_BAND)?;
        }
        Ok(())
    }

    fn legal(self, legal: &mut Legal, layer: &LegalLayer) -> Result<(), DesignError> {
        let Legal {
            order_days,
            extension_days,
            extensions,
            extension_of,
            covers,
            preservation_days,
            preservation_renewals,
            preservation_in_force,
            emergency,
            order_names,
        } = legal;
        self.count(order_days, &layer.order_days, MAX_DAYS)?;
        self.count(extension_days, &layer.extension_days, MAX_DAYS)?;
        self.times(extensions, &layer.extensions)?;
        replace(extension_of, &layer.extension_of);
        replace(covers, &layer.covers);
        self.count(preservation_days, &layer.preservation_days, MAX_DAYS)?;
        self.times(preservation_renewals, &layer.preservation_renewals)?;
        replace(preservation_in_force, &layer.preservation_in_force);
        replace(emergency, &layer.emergency);
        replace(order_names, &layer.order_names);
        Ok(())
    }

    fn logs(self, logs: &mut Vec<Log>, layer: &Layer) -> Result<(), DesignError> {
        for removed in &layer.remove_logs {
            let Some(at) = logs.iter().position(|log| log.name == *removed.get()) else {
                let known: Vec<_> = logs.iter().map(|log| log.name.as_str()).collect();
                return Err(self.source.error(
                    removed.start(),
                    format!("no log called {} is inherited, or left", quoted(removed.get())),
                    nearest_of(removed.get(), &known, "the inherited logs are"),
                ));
            };
            logs.remove(at);
        }
        for log in &layer.log {
            let read = self.log(log, logs, layer)?;
            put(logs, read, |one, other| one.name == other.name);
            if logs.len() > MAX_LOGS {
                return Err(self.source.error(
                    log.start(),
                    format!("this is log number {} of the design", logs.len()),
                    format!("keep at most {MAX_LOGS}, the inherited ones included"),
                ));
            }
        }
        Ok(())
    }

    /// The log as the layer has it: what it does not give of an inherited one stays.
    fn log(self, placed: &Placed<LogLayer>, inherited: &[Log], file: &Layer) -> Result<Log, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        let name = self.name("name", start, &layer.name)?;
        if let Some(inherited) = inherited.iter().find(|log| log.name == name) {
            let mut log = inherited.clone();
            log_knobs(self.source, &mut log, layer)?;
            return Ok(log);
        }
        for (key, given) in [("on", layer.on.is_some()), ("fields", layer.fields.is_some())] {
            if !given {
                return Err(self.lacking(key, start, &name, inherited, file));
            }
        }
        let mut log = Log {
            name,
            held_by: Holder::Provider,
            on: EnumSet::empty(),
            fields: EnumSet::empty(),
            keep_days: None,
            yields_to: EnumSet::empty(),
            while_ordered: false,
        };
        log_knobs(self.source, &mut log, layer)?;
        Ok(log)
    }

    /// The error of a log that nothing is inherited of and that lacks a key: in a file with a base, the name may be the
    /// mistake.
    fn lacking(self, key: &str, start: usize, name: &str, inherited: &[Log], file: &Layer) -> DesignError {
        let add = format!("add `{key} = ...`");
        if file.extends.is_none() {
            return self.source.error(start, format!("`{key}` is missing here"), add);
        }
        let new = format!("so this is a new one, and `{key}` is missing");
        if file.remove_logs.iter().any(|removed| removed.get() == name) {
            let message = format!("`remove_logs` takes away the inherited log {}, {new}", quoted(name));
            let remedy = format!("{add}, or leave the name out of `remove_logs`");
            return self.source.error(start, message, remedy);
        }
        let names: Vec<&str> = inherited.iter().map(|log| log.name.as_str()).collect();
        let message = format!("no log called {} is inherited, {new}", quoted(name));
        let remedy = match nearest(name, &names) {
            Some(near) => format!("did you mean `{near}`? or else {add}"),
            None => add,
        };
        self.source.error(start, message, remedy)
    }

    fn adversary(self, placed: &Placed<AdversaryLayer>, logs: &[Log]) -> Result<Adversary, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        let mut capabilities = EnumSet::empty();
        self.set(&mut capabilities, &layer.capabilities)?;
        let mut observers: Vec<ObserverName> = Vec::new();
        for name in self.required("observers", start, &layer.observers)?.get() {
            let Some(observer) = ObserverName::parse(name.get(), logs) else {
                return Err(self.source.error(
                    name.start(),
                    format!("this design has no observer {}", quoted(name.get())),
                    nearest_of(name.get(), &ObserverName::names(logs), "its observers are"),
                ));
            };
            if observers.contains(&observer) {
                return Err(self.source.error(name.start(), "the list names this twice", "name it once"));
            }
            observers.push(observer);
        }
        Ok(Adversary {
            name: self.name("name", start, &layer.name)?,
            says: self.sentence("says", start, &layer.says)?,
            observers,
            capabilities,
        })
    }

    fn claim(self, placed: &Placed<ClaimLayer>) -> Result<ClaimText, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        let to = self.required("to", start, &layer.to)?;
        Ok(ClaimText {
            id: self.name("id", start, &layer.id)?,
            kind: *self.required("kind", start, &layer.kind)?.get(),
            event: *self.required("event", start, &layer.event)?.get(),
            absent: layer.absent.as_ref().is_some_and(|absent| *absent.get()),
            to: to.get().iter().map(|name| name.get().clone()).collect(),
            sentence: self.sentence("sentence", start, &layer.sentence)?,
        })
    }

    fn expect(self, placed: &Placed<ExpectLayer>) -> Result<Expectation, DesignError> {
        let (layer, start) = (placed.get(), placed.start());
        Ok(Expectation {
            claim: self.name("claim", start, &layer.claim)?,
            adversary: self.name("adversary", start, &layer.adversary)?,
            verdict: *self.required("verdict", start, &layer.verdict)?.get(),
            reason: self.sentence("reason", start, &layer.reason)?,
            expires: layer.expires.as_ref().map(|day| self.day(day)).transpose()?,
        })
    }
}
