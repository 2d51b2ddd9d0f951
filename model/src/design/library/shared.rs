//! **The adversaries that every design shares, where it has their observers.**

use crate::design::{Adversary, Capability, Log, ObserverName};
use serde::Deserialize;
use std::sync::LazyLock;

/// Their names.
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

/// An adversary of the embedded file; its observers mean somebody only in a design.
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

/// The embedded file is a part of the program, and a test reads it.
fn shared() -> &'static [Shared] {
    static SHARED: LazyLock<Vec<Shared>> = LazyLock::new(|| {
        let text = include_str!("../../../designs/adversaries.toml");
        toml::from_str::<SharedFile>(text).expect("the embedded adversaries are well-formed").adversary
    });
    &SHARED
}
