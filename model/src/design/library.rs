//! **The designs that ship with the program.**

use super::read::{self, Bases, DesignError, Vocabulary};
use super::{Adversary, Capability, Design, Log, ObserverName};
use serde::Deserialize;
use std::sync::LazyLock;

const TEXTS: [(&str, &str); 10] = [
    ("imessage-2013", include_str!("../../designs/imessage-2013.toml")),
    ("imessage-2016", include_str!("../../designs/imessage-2016.toml")),
    ("delivery-log", include_str!("../../designs/delivery-log.toml")),
    ("lookup-on-send", include_str!("../../designs/lookup-on-send.toml")),
    ("typed-only", include_str!("../../designs/typed-only.toml")),
    ("preserved", include_str!("../../designs/preserved.toml")),
    ("bulk-access", include_str!("../../designs/bulk-access.toml")),
    ("emergency", include_str!("../../designs/emergency.toml")),
    ("delivery-notice", include_str!("../../designs/delivery-notice.toml")),
    ("short-cache", include_str!("../../designs/short-cache.toml")),
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

/// The names of the adversaries that every design shares, where it has their observers.
#[must_use]
pub fn shared_adversary_names() -> Vec<String> {
    shared().iter().map(|adversary| adversary.name.clone()).collect()
}

/// The shared adversary of this name, in a design with these logs; `None` where it lacks one of the observers.
#[must_use]
pub fn shared_adversary(name: &str, logs: &[Log]) -> Option<Adversary> {
    let shared = shared().iter().find(|adversary| adversary.name == name)?;
    let observers = shared.observers.iter().map(|observer| ObserverName::parse(observer, logs));
    Some(Adversary {
        name: shared.name.clone(),
        says: shared.says.clone(),
        observers: observers.collect::<Option<_>>()?,
        capabilities: shared.capabilities.iter().copied().collect(),
    })
}

/// An adversary of the shared file, whose observers have a meaning only in a design.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    name: String,
    says: String,
    observers: Vec<String>,
    #[serde(default)]
    capabilities: Vec<Capability>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedFile {
    adversary: Vec<Shared>,
}

/// The shared adversaries. The file is a part of the program, and a test reads it.
fn shared() -> &'static [Shared] {
    static SHARED: LazyLock<Vec<Shared>> = LazyLock::new(|| {
        let text = include_str!("../../designs/adversaries.toml");
        toml::from_str::<SharedFile>(text).expect("the embedded adversaries are well-formed").adversary
    });
    &SHARED
}
