//! **Every knob by its name, and where a file gives it.**

use super::layer::{
    AccountLayer, AttachmentsLayer, BackupLayer, CallsLayer, DevicesLayer, DirectoryLayer, EncryptionLayer,
    EnvironmentLayer, FallbackLayer, Knob, Layer, LegalLayer, LogLayer, MessagingLayer, NetworkLayer, Placed,
    ReportLayer,
};
use std::ops::Range;

/// A knob's name, and where the file gives it.
#[derive(Clone)]
pub(crate) struct Given {
    pub(crate) name: &'static str,
    pub(crate) at: Option<Range<usize>>,
}

impl Layer {
    /// All knobs of the tables, given or not. A file without a base gives all of them. The tables are taken apart in
    /// full, so that a knob that is missing here does not compile.
    pub(crate) fn knobs(&self) -> Vec<Given> {
        let Self {
            directory,
            messaging,
            encryption,
            fallback,
            attachments,
            backup,
            calls,
            report,
            account,
            network,
            devices,
            legal,
            environment,
            ..
        } = self;
        [
            directory.knobs(),
            messaging.knobs(),
            encryption.knobs(),
            fallback.knobs(),
            attachments.knobs(),
            backup.knobs(),
            calls.knobs(),
            report.knobs(),
            account.knobs(),
            network.knobs(),
            devices.knobs(),
            legal.knobs(),
            environment.knobs(),
        ]
        .concat()
    }
}

impl DirectoryLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { lookup_on, cache_days, deregistration, alerts, comparison, recalls } = self;
        vec![
            given("directory.lookup_on", lookup_on),
            given("directory.cache_days", cache_days),
            given("directory.deregistration", deregistration),
            given("directory.alerts", alerts),
            given("directory.comparison", comparison),
            given("directory.recalls", recalls),
        ]
    }
}

impl MessagingLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { expiry_days, expiry_notice } = self;
        vec![given("messaging.expiry_days", expiry_days), given("messaging.expiry_notice", expiry_notice)]
    }
}

impl EncryptionLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { cipher, keys, escrow } = self;
        vec![
            given("encryption.cipher", cipher),
            given("encryption.keys", keys),
            given("encryption.escrow", escrow),
        ]
    }
}

impl FallbackLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { sms } = self;
        vec![given("fallback.sms", sms)]
    }
}

impl AttachmentsLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { key } = self;
        vec![given("attachments.key", key)]
    }
}

impl BackupLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { key } = self;
        vec![given("backup.key", key)]
    }
}

impl CallsLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { media } = self;
        vec![given("calls.media", media)]
    }
}

impl ReportLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { publishes, band } = self;
        vec![given("report.publishes", publishes), given("report.band", band)]
    }
}

impl AccountLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { acts } = self;
        vec![given("account.acts", acts)]
    }
}

impl NetworkLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { addresses, access, sizes } = self;
        vec![
            given("network.addresses", addresses),
            given("network.access", access),
            given("network.sizes", sizes),
        ]
    }
}

impl DevicesLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { keep_days, keepers } = self;
        vec![given("devices.keep_days", keep_days), given("devices.keepers", keepers)]
    }
}

impl LegalLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self {
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
        } = self;
        vec![
            given("legal.order_days", order_days),
            given("legal.extension_days", extension_days),
            given("legal.extensions", extensions),
            given("legal.extension_of", extension_of),
            given("legal.covers", covers),
            given("legal.preservation_days", preservation_days),
            given("legal.preservation_renewals", preservation_renewals),
            given("legal.preservation_in_force", preservation_in_force),
            given("legal.emergency", emergency),
            given("legal.order_names", order_names),
        ]
    }
}

impl EnvironmentLayer {
    fn knobs(&self) -> Vec<Given> {
        let Self { capabilities } = self;
        vec![given("environment.capabilities", capabilities)]
    }
}

impl LogLayer {
    /// The knobs of a log, given or not: all that the table has besides the log's name.
    pub(crate) fn knobs(&self) -> Vec<Given> {
        let Self { name: _, held_by, on, fields, keep_days, yields_to, while_ordered } = self;
        vec![
            given("held_by", held_by),
            given("on", on),
            given("fields", fields),
            given("keep_days", keep_days),
            given("yields_to", yields_to),
            given("while_ordered", while_ordered),
        ]
    }
}

fn given<T>(name: &'static str, knob: &Knob<T>) -> Given {
    Given { name, at: knob.as_ref().map(Placed::span) }
}
