//! **The tables of a file that say who is asked about, what is claimed, and what is expected.**

use super::layer::{Knob, List, Placed};
use crate::design::{Capability, ClaimKind, ExpectedVerdict};
use crate::event::Event;
use schemars::JsonSchema;
use serde::Deserialize;

/// A set of observers who pool their views, and what they may do.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Adversary", extend("required" = ["name", "says", "observers"]))]
pub(crate) struct AdversaryLayer {
    /// The name that claims and the command line use.
    #[schemars(regex(pattern = "^[a-z0-9-]{1,40}$"))]
    pub(crate) name: Knob<String>,
    /// One sentence on who this is.
    #[schemars(length(min = 1, max = 400))]
    pub(crate) says: Knob<String>,
    /// Whose views are pooled: `provider-live`, `provider-store`, `investigator`, `carrier`, `network`, `radio`, `thief`,
    /// `authority`, `public`, a log's name and `-log`, or `peer-`, `owner-` or `opened-` and `alice`, `bob` or `carol`.
    pub(crate) observers: Option<Placed<List<String>>>,
    /// What they may do; nothing, when absent.
    pub(crate) capabilities: Option<Placed<List<Capability>>>,
}

/// A claim, stated without Rust.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Claim", extend("required" = ["id", "kind", "event", "to", "sentence"]))]
pub(crate) struct ClaimLayer {
    /// The claim's name.
    #[schemars(regex(pattern = "^[a-z0-9-]{1,40}$"))]
    pub(crate) id: Knob<String>,
    /// What is claimed.
    pub(crate) kind: Knob<ClaimKind>,
    /// About which event.
    pub(crate) event: Knob<Event>,
    /// About the event's absence instead of its occurrence; false, when absent.
    pub(crate) absent: Knob<bool>,
    /// The adversaries, or single observers, whom it speaks of.
    pub(crate) to: Option<Placed<List<String>>>,
    /// The claim as a sentence.
    #[schemars(length(min = 1, max = 400))]
    pub(crate) sentence: Knob<String>,
}

/// A verdict that this design expects otherwise than the claim does.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "Expect", extend("required" = ["claim", "adversary", "verdict", "reason"]))]
pub(crate) struct ExpectLayer {
    /// The claim.
    pub(crate) claim: Knob<String>,
    /// The adversary.
    pub(crate) adversary: Knob<String>,
    /// The verdict.
    pub(crate) verdict: Knob<ExpectedVerdict>,
    /// Why, in a sentence.
    #[schemars(length(min = 1, max = 400))]
    pub(crate) reason: Knob<String>,
    /// The last day on which this excuses, as a TOML date or a string YYYY-MM-DD; for good, when absent.
    #[schemars(with = "Option<String>", regex(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub(crate) expires: Knob<toml::Value>,
}
