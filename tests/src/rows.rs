//! **The systems table of `README.md`: each part of the system that the sources speak of, and the claims about it.**
//!
//! Which part a claim is about stands in its sources, as a letter and a number. What became of it, in which design, is pinned.

use crate::table::{Table, all_claims, verdicts};
use mailcover_properties::claim::Claim;
use mailcover_properties::finding::Verdict;
use std::collections::BTreeSet;

/// The systems table.
pub const SYSTEMS: Table =
    Table { begin: "<!-- systems table: generated -->", end: "<!-- end of systems table -->", markdown };

/// A part of the system.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its short name, by which sources name it.
    pub id: &'static str,
    /// What it is.
    pub name: &'static str,
    /// The page about it, in `docs/systems/`; `None` of what is not modelled yet.
    pub page: Option<&'static str>,
}

/// All parts that the sources speak of, in the order of their numbers.
pub const PARTS: [Part; 21] = [
    part("Y1", "the key directory", "directory"),
    part("Y2", "its log of queries", "directory"),
    part("Y3", "messages over push", "push"),
    part("Y4", "SMS and the carrier", "sms"),
    part("Y5", "pen registers", "law"),
    part("Y6", "histories strung together, and preservation", "law"),
    part("Y7", "orders, and what each yields", "law"),
    part("Y8", "calls", "calls"),
    part("Y9", "backups", "backup"),
    part("Y10", "places", "places"),
    part("Y11", "the encryption of content", "encryption"),
    part("Y12", "the directory as man in the middle", "added-keys"),
    part("Y13", "attachments", "attachments"),
    part("Y14", "the wire and the radio", "wire"),
    part("Y15", "a log of deliveries", "delivery-log"),
    part("Y16", "a key held in escrow", "escrow"),
    part("Y17", "transparency reports", "reports"),
    part("Y18", "access in bulk", "law"),
    part("Y19", "disclosure in an emergency", "law"),
    part("Y20", "the seized device", "seized-devices"),
    part("Y21", "encryption as a ground for suspicion", "traffic"),
];

const fn part(id: &'static str, name: &'static str, page: &'static str) -> Part {
    Part { id, name, page: Some(page) }
}

/// What became of a claim in all designs and for all adversaries taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It holds wherever it applies.
    Holds,
    /// It is violated wherever it applies.
    Violated,
    /// It depends on the design, or on the adversary.
    Both,
    /// It applies nowhere, or was not decided.
    Neither,
}

/// The claims about a part, each with what became of it.
#[must_use]
pub fn about(part: Part) -> Vec<(String, Found)> {
    let verdicts = verdicts();
    let found = |claim: &Claim| {
        let of_claim = verdicts.iter().filter(|((id, _), _)| *id == claim.id);
        let all: Vec<Verdict> = of_claim.flat_map(|(_, found)| found.iter().map(|found| found.1)).collect();
        match [Verdict::Holds, Verdict::Violated].map(|verdict| all.contains(&verdict)) {
            [true, false] => Found::Holds,
            [false, true] => Found::Violated,
            [true, true] => Found::Both,
            [false, false] => Found::Neither,
        }
    };
    let claims = all_claims();
    let named = claims.iter().filter(|claim| parts_of(claim).contains(part.id));
    named.map(|claim| (claim.id.clone(), found(claim))).collect()
}

/// The short names that the claim's sources have.
fn parts_of(claim: &Claim) -> BTreeSet<&str> {
    let words = claim.sources.iter().flat_map(|source| source.split(|sign: char| !sign.is_alphanumeric()));
    words.filter(|word| PARTS.iter().any(|part| part.id == *word)).collect()
}

fn markdown() -> String {
    let mut text = String::from("| part | what it is | claims |\n|---|---|---|\n");
    for part in PARTS {
        let claims = about(part).into_iter().map(|(id, found)| {
            let mark = match found {
                Found::Holds => "✓",
                Found::Violated => "✗",
                Found::Both => "✓✗",
                Found::Neither => "–",
            };
            format!("`{id}` {mark}")
        });
        let claims: Vec<String> = claims.collect();
        let Part { id, name, page } = part;
        text += &match page {
            Some(page) => format!("| {id} | [{name}](docs/systems/{page}.md) | {} |\n", claims.join(", ")),
            None => format!("| {id} | {name} | not modelled yet |\n"),
        };
    }
    text
}
