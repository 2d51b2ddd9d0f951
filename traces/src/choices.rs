//! **Which choices of a design a trace rests on: with any one of them made otherwise, its runs do not show what they show.**
//!
//! Each knob is given each other value that it could plainly have, one at a time: a switch the other way, a trigger, a field or a
//! kind of order taken out of its set, a number of days or times become none. The runs are then executed again in that design,
//! step by step, in the scope as it was, and what they show is derived again. Where they cannot be executed, or no longer show
//! it, they rest on the knob.
//!
//! This says nothing of other runs: another one may show the same in that design. Nor does it of a class, since that all states
//! agree which look alike is not shown by any run; there is nothing to say then.

use crate::replay::{Replayed, still_shows};
use crate::tell::words::harmless;
use mailcover_model::design::library::{Mark, describe};
use mailcover_model::design::{
    Access, Addresses, AttachmentKey, BackupKey, Cipher, Covers, Deregistration, Design, Escrow, ExtensionOf,
    KeyLife, Log, Media, Names, Publishes, Sizes,
};
use mailcover_model::service::Service;
use mailcover_model::word::word;
use mailcover_properties::finding::Evidence;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// A choice of the design that a trace rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Choice {
    /// The knob, as `--set` takes it.
    pub knob: String,
    /// What the knob says, as a clause: "how often an order can be extended".
    pub says: String,
    /// Its value, or those members of it that matter.
    pub value: String,
    /// The row of the project's list of facts that it is taken from; null where it is assumed.
    pub fact: Option<String>,
    /// Who reports it, or why it was chosen.
    pub note: String,
}

/// A design that differs in one knob.
struct Variant {
    knob: String,
    /// The member of a set that was taken out; `None` where the whole value is another.
    without: Option<String>,
    design: Design,
}

/// The choices that the trace rests on, in the order of the knobs.
pub(crate) fn choices(replayed: &Replayed) -> Vec<Choice> {
    let of_a_class = matches!(replayed.trace.evidence, Evidence::Class { .. });
    let Some(run) = replayed.runs.first().filter(|_| !of_a_class) else { return Vec::new() };
    let knobs = describe(&replayed.trace.design).unwrap_or_default();
    let mut found: Vec<Choice> = Vec::new();
    for variant in variants(&replayed.trace.design) {
        if shows_in(replayed, &run.service, variant.design) {
            continue;
        }
        match found.last_mut().filter(|last| last.knob == variant.knob) {
            Some(last) => {
                last.value.extend(variant.without.into_iter().flat_map(|member| [", ".to_owned(), member]))
            }
            None => {
                let Some(knob) = knobs.iter().find(|knob| knob.name == variant.knob) else { continue };
                found.push(Choice {
                    says: harmless(&meaning(&variant.knob)),
                    knob: variant.knob,
                    value: variant.without.unwrap_or_else(|| harmless(&knob.value)),
                    fact: match &knob.mark {
                        Mark::Fact(row) => Some(harmless(row)),
                        Mark::Assumption => None,
                    },
                    note: harmless(&knob.note),
                });
            }
        }
    }
    found
}

/// What a knob says, as a clause without names of the format.
fn meaning(knob: &str) -> String {
    if let Some((log, of)) = knob.strip_prefix("log.").and_then(|rest| rest.split_once('.')) {
        let log = log.replace('-', " ");
        return match of {
            "on" => format!("what the {log} log records"),
            "fields" => format!("which fields rows of the {log} log have"),
            "keep_days" => format!("for how many days the {log} log keeps rows"),
            "yields_to" => format!("which orders the {log} log is given up to"),
            "held_by" => format!("who keeps the {log} log"),
            "while_ordered" => format!("of whom and when the {log} log is kept"),
            _ => knob.to_owned(),
        };
    }
    match knob {
        "directory.lookup_on" => "what makes a client look an address up",
        "directory.cache_days" => "for how many days a client remembers an answer",
        "directory.deregistration" => "how a registration that was left behind can be removed",
        "directory.alerts" => "whether an owner's devices are told of an added key",
        "directory.comparison" => "whether two people can compare keys",
        "directory.recalls" => "whether clients are told of answers that no longer serve",
        "messaging.expiry_notice" => "whether the sender is told of a message that push gives up",
        "fallback.sms" => "whether a device sends by SMS to who has no key in the directory",
        "encryption.cipher" => "what a device makes of an altered ciphertext",
        "encryption.keys" => "for how long a device keeps the key to a message",
        "encryption.escrow" => "for whom a message is encrypted besides its receiver's devices",
        "legal.extensions" => "how often an order can be extended",
        "legal.extension_of" => "what an extension prolongs",
        "legal.covers" => "which lookups an order about somebody reaches",
        "legal.preservation_days" => "for how many days a request to preserve lasts",
        "legal.preservation_renewals" => "how often a request to preserve can be renewed",
        "legal.order_names" => "whether an order goes on when the number is another's",
        "legal.emergency" => "whether the provider may disclose in an emergency",
        "report.publishes" => "which numbers of demands the report gives",
        "report.band" => "how many numbers a band of the report has",
        "calls.media" => "which way the media of calls goes",
        "account.acts" => "what is done with an account at the provider",
        "network.access" => "through whose network devices reach the provider",
        "network.addresses" => "for how many places a network address stands",
        "devices.keep_days" => "for how many days devices keep messages",
        "devices.keepers" => "whose devices keep messages for good",
        "network.sizes" => "what the sizes of packets give away",
        "attachments.key" => "where the key to an attachment is",
        "backup.key" => "who holds the keys to backups",
        "environment.capabilities" => "what others than the adversary may do",
        "messaging.expiry_days" => "for how many days push stores a message",
        "legal.order_days" => "for how many days an order runs",
        "legal.extension_days" => "for how many days an extension lasts",
        "legal.preservation_in_force" => "whether a request to preserve is older than the run",
        other => other,
    }
    .to_owned()
}

/// Whether the runs show the same in this design, in the same scope and with the same left out.
fn shows_in(replayed: &Replayed, service: &Service, design: Design) -> bool {
    let (scope, setup) = (service.scope().clone(), service.setup().clone());
    let other = Service::without_pasts(Arc::new(design), scope, setup);
    other.is_ok_and(|other| still_shows(replayed, &Arc::new(other)))
}

/// The design with each knob made otherwise, one at a time.
fn variants(design: &Design) -> Vec<Variant> {
    let mut all = Vec::new();
    let mut add = |knob: &str, without: Option<String>, change: &dyn Fn(&mut Design)| {
        let mut other = design.clone();
        change(&mut other);
        if other != *design {
            all.push(Variant { knob: knob.to_owned(), without, design: other });
        }
    };
    for trigger in design.directory.lookup_on {
        add("directory.lookup_on", Some(word(trigger)), &|other| {
            _ = other.directory.lookup_on.remove(trigger)
        });
    }
    add("directory.cache_days", None, &|other| other.directory.cache_days = 0);
    add("directory.deregistration", None, &|other| {
        other.directory.deregistration = match other.directory.deregistration {
            Deregistration::None => Deregistration::Tool,
            Deregistration::Tool => Deregistration::None,
        };
    });
    add("directory.alerts", None, &|other| other.directory.alerts ^= true);
    add("directory.comparison", None, &|other| other.directory.comparison ^= true);
    add("legal.order_names", None, &|other| {
        other.legal.order_names = match other.legal.order_names {
            Names::Number => Names::Person,
            Names::Person => Names::Number,
        };
    });
    add("directory.recalls", None, &|other| other.directory.recalls ^= true);
    add("messaging.expiry_notice", None, &|other| other.messaging.expiry_notice ^= true);
    add("fallback.sms", None, &|other| other.fallback.sms ^= true);
    add("legal.extensions", None, &|other| other.legal.extensions = 0);
    add("legal.extension_of", None, &|other| {
        other.legal.extension_of = match other.legal.extension_of {
            ExtensionOf::Collection => ExtensionOf::Retention,
            ExtensionOf::Retention => ExtensionOf::Collection,
        };
    });
    add("legal.covers", None, &|other| {
        other.legal.covers = match other.legal.covers {
            Covers::Source => Covers::Both,
            Covers::Both => Covers::Source,
        };
    });
    add("legal.preservation_days", None, &|other| other.legal.preservation_days = 0);
    add("legal.preservation_renewals", None, &|other| other.legal.preservation_renewals = 0);
    add("legal.emergency", None, &|other| other.legal.emergency ^= true);
    for key in [BackupKey::None, BackupKey::Provider, BackupKey::EndToEnd] {
        add("backup.key", None, &|other| other.backup.key = key);
    }
    for key in [AttachmentKey::None, AttachmentKey::InMessage, AttachmentKey::Provider] {
        add("attachments.key", None, &|other| other.attachments.key = key);
    }
    add("network.sizes", None, &|other| {
        other.network.sizes = match other.network.sizes {
            Sizes::ByKind => Sizes::One,
            Sizes::One => Sizes::ByKind,
        };
    });
    add("devices.keep_days", None, &|other| other.devices.keep_days = None);
    for user in design.devices.keepers {
        add("devices.keepers", Some(word(user)), &|other| _ = other.devices.keepers.remove(user));
    }
    for media in [Media::None, Media::PeerToPeer, Media::Relayed] {
        add("calls.media", None, &|other| other.calls.media = media);
    }
    for publishes in [Publishes::Nothing, Publishes::Lumped, Publishes::Separate] {
        add("report.publishes", None, &|other| other.report.publishes = publishes);
    }
    add("report.band", None, &|other| other.report.band = 1);
    for act in design.account.acts {
        add("account.acts", Some(word(act)), &|other| _ = other.account.acts.remove(act));
    }
    add("network.addresses", None, &|other| {
        other.network.addresses = match other.network.addresses {
            Addresses::Own => Addresses::Shared,
            Addresses::Shared => Addresses::Own,
        };
    });
    add("network.access", None, &|other| {
        other.network.access = match other.network.access {
            Access::WiFi => Access::Mobile,
            Access::Mobile => Access::WiFi,
        };
    });
    add("encryption.cipher", None, &|other| {
        other.encryption.cipher = match other.encryption.cipher {
            Cipher::Malleable => Cipher::DerivedKey,
            Cipher::DerivedKey => Cipher::Malleable,
        };
    });
    add("encryption.keys", None, &|other| {
        other.encryption.keys = match other.encryption.keys {
            KeyLife::Static => KeyLife::OneTime,
            KeyLife::OneTime => KeyLife::Static,
        };
    });
    for escrow in [Escrow::None, Escrow::Authority] {
        add("encryption.escrow", None, &|other| other.encryption.escrow = escrow);
    }
    for power in design.environment {
        add("environment.capabilities", Some(word(power)), &|other| _ = other.environment.remove(power));
    }
    for (at, log) in design.logs.iter().enumerate() {
        of_log(log, &mut |knob, without, change| {
            add(&format!("log.{}.{knob}", log.name), without, &|other| change(&mut other.logs[at]));
        });
    }
    all
}

/// Takes a knob of a log, the member that is taken out of it, and how.
type AddLog<'a> = dyn FnMut(&str, Option<String>, &dyn Fn(&mut Log)) + 'a;

/// The ways in which a log can be otherwise.
fn of_log(log: &Log, add: &mut AddLog<'_>) {
    for kind in log.on {
        add("on", Some(word(kind)), &|other| _ = other.on.remove(kind));
    }
    for field in log.fields {
        add("fields", Some(word(field)), &|other| _ = other.fields.remove(field));
    }
    add("keep_days", None, &|other| other.keep_days = None);
    add("while_ordered", None, &|other| other.while_ordered ^= true);
    for kind in log.yields_to {
        add("yields_to", Some(word(kind)), &|other| _ = other.yields_to.remove(kind));
    }
}

#[cfg(test)]
mod tests {
    use super::{describe, meaning};
    use mailcover_model::design::library::load;

    #[test]
    fn every_knob_has_words() {
        let design = load("imessage-2013").unwrap_or_else(|error| panic!("{error}"));
        for knob in describe(&design).unwrap_or_else(|error| panic!("{error}")) {
            let says = meaning(&knob.name);
            assert!(
                !says.contains(['.', '_']),
                "give `meaning` of traces/src/choices.rs words for {}",
                knob.name
            );
        }
    }
}
