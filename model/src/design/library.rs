//! **The designs that ship with the program.**

mod marks;
mod shared;

pub use marks::{Given, Knob, Mark, describe, describe_text};
pub use shared::{shared_adversary, shared_adversary_names};

use super::Design;
use super::read::{self, Bases, DesignError, Vocabulary};

const TEXTS: [(&str, &str); 32] = [
    ("imessage-2013", include_str!("../../designs/imessage-2013.toml")),
    ("imessage-2016", include_str!("../../designs/imessage-2016.toml")),
    ("imessage-2011", include_str!("../../designs/imessage-2011.toml")),
    ("delivery-log", include_str!("../../designs/delivery-log.toml")),
    ("lookup-on-send", include_str!("../../designs/lookup-on-send.toml")),
    ("typed-only", include_str!("../../designs/typed-only.toml")),
    ("preserved", include_str!("../../designs/preserved.toml")),
    ("bulk-access", include_str!("../../designs/bulk-access.toml")),
    ("emergency", include_str!("../../designs/emergency.toml")),
    ("delivery-notice", include_str!("../../designs/delivery-notice.toml")),
    ("short-cache", include_str!("../../designs/short-cache.toml")),
    ("attachments", include_str!("../../designs/attachments.toml")),
    ("attachments-open", include_str!("../../designs/attachments-open.toml")),
    ("attachments-traced", include_str!("../../designs/attachments-traced.toml")),
    ("icloud-backup-2015", include_str!("../../designs/icloud-backup-2015.toml")),
    ("icloud-backup-end-to-end", include_str!("../../designs/icloud-backup-end-to-end.toml")),
    ("facetime-2015", include_str!("../../designs/facetime-2015.toml")),
    ("facetime-relayed", include_str!("../../designs/facetime-relayed.toml")),
    ("one-time-keys", include_str!("../../designs/one-time-keys.toml")),
    ("compared-keys", include_str!("../../designs/compared-keys.toml")),
    ("orders-name-people", include_str!("../../designs/orders-name-people.toml")),
    ("recalled-answers", include_str!("../../designs/recalled-answers.toml")),
    ("deleting-devices", include_str!("../../designs/deleting-devices.toml")),
    ("one-side-deletes", include_str!("../../designs/one-side-deletes.toml")),
    ("compelled-delivery-log", include_str!("../../designs/compelled-delivery-log.toml")),
    ("key-escrow", include_str!("../../designs/key-escrow.toml")),
    ("report-bands-lumped", include_str!("../../designs/report-bands-lumped.toml")),
    ("report-bands-separate", include_str!("../../designs/report-bands-separate.toml")),
    ("account-logs", include_str!("../../designs/account-logs.toml")),
    ("mobile-data", include_str!("../../designs/mobile-data.toml")),
    ("shared-addresses", include_str!("../../designs/shared-addresses.toml")),
    ("sms", include_str!("../../designs/sms.toml")),
];

/// The shipped designs, as bases of others.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shipped;

impl Bases for Shipped {
    fn text(&self, name: &str) -> Option<&str> {
        text(name)
    }

    fn names(&self) -> Vec<&str> {
        names()
    }
}

/// The names of the shipped designs, each after its base.
#[must_use]
pub fn names() -> Vec<&'static str> {
    TEXTS.iter().map(|(name, _)| *name).collect()
}

/// The text of a shipped design.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the shipped designs that a bare check runs.
#[must_use]
pub fn mains() -> Vec<&'static str> {
    names().into_iter().filter(|name| load(name).is_ok_and(|design| design.main)).collect()
}

/// Reads a shipped design.
///
/// # Errors
/// When none has this name.
pub fn load(name: &str) -> Result<Design, DesignError> {
    let Some(text) = text(name) else { return Err(DesignError::no_such_design(name, &names())) };
    read::read(text, name, &Shipped, &Vocabulary::default())
}

/// The text of a new design file of this name, to start from.
#[must_use]
pub fn template(name: &str) -> String {
    include_str!("../../designs/template.toml").replace("NAME", name)
}
