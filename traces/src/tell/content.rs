//! **Content in words: messages in backups, and what is attached to messages, in the provider's store.**
//!
//! A blob is named by the fingerprint of its address in the store, so that the same one reads the same wherever it is spoken of,
//! and bears no number.

use super::terms::fingerprint;
use mailcover_model::row::Row;
use mailcover_model::rules::backup::Side;
use mailcover_model::service::Service;
use mailcover_model::world::User;

/// Content as the provider keeps it or hands it over: a message in a backup, or a blob of the store.
pub(crate) fn held(service: &Service, row: Row) -> String {
    if row.stored_blob().is_none() {
        let key = if service.provider_opens_backups() { "with its key" } else { "without its key" };
        return format!("in the backup of {}, {key}: {}", row.device().name(), exchanged(row));
    }
    let key = if service.store_opens_blobs() { "with its key" } else { "without its key" };
    let owner = row.source().map_or("nobody", User::name);
    format!(
        "in the store, {key}: {}, which {owner} attached to a message",
        blob(service, row).unwrap_or_default()
    )
}

/// A message in a backup, as far as whoever reads the backup sees with whom it was exchanged. It bears no number.
pub(crate) fn exchanged(row: Row) -> String {
    match (Side::of(row), row.target()) {
        (Some(Side::Sender), Some(target)) => format!("a message sent to {}", target.name()),
        (Some(Side::Receiver), Some(target)) => format!("a message received from {}", target.name()),
        _ => "a message".to_owned(),
    }
}

/// The blob that a row names, if it names one.
pub(crate) fn blob(service: &Service, row: Row) -> Option<String> {
    let wire = service.wire();
    let address = wire.attachment(row.blob()?)?.address;
    Some(format!("blob {}", fingerprint(wire.deduction().universe(), address)?))
}

/// What comes with a text that goes by SMS, or could not be sent.
pub(crate) const fn attachment(attached: bool) -> &'static str {
    if attached { ", and with what is attached to it" } else { "" }
}
