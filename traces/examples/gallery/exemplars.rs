//! **The exemplars of the gallery: one of each distinct shape of attack, named by its story.**

use mailcover_checker::Limits;
use mailcover_model::design::library::load;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_traces::{Trace, minimize};
use std::sync::Arc;

/// An exemplar: its story, and the cell that shows it.
pub(crate) struct Exemplar {
    /// The story, which is also the name of the file.
    pub(crate) story: &'static str,
    design: &'static str,
    claim: &'static str,
    adversary: &'static str,
    /// Whether it is found within a small part of its scope, so that a test can find it anew each time.
    pub(crate) quick: bool,
}

const fn exemplar(story: &'static str, cell: [&'static str; 3], quick: bool) -> Exemplar {
    let [design, claim, adversary] = cell;
    Exemplar { story, design, claim, adversary, quick }
}

/// All exemplars.
pub(crate) const EXEMPLARS: [Exemplar; 26] = [
    exemplar(
        "an-added-key-reads-the-message",
        ["imessage-2016", "content-secret", "malicious-provider"],
        true,
    ),
    exemplar(
        "a-warrant-reads-the-peers-backup",
        ["icloud-backup-2015", "own-backup-decides", "investigator"],
        true,
    ),
    exemplar(
        "altered-copies-give-the-message-away",
        ["imessage-2013", "alterations-tell-nothing", "alterer"],
        true,
    ),
    exemplar(
        "a-stolen-key-opens-the-recorded-past",
        ["imessage-2016", "forward-secret", "recording-thief"],
        true,
    ),
    exemplar(
        "a-lost-device-is-still-encrypted-for",
        ["imessage-2016", "removed-device-shut-out", "recording-thief"],
        true,
    ),
    exemplar(
        "an-authority-opens-what-was-recorded",
        ["key-escrow", "secret-from-authority", "recording-authority"],
        true,
    ),
    exemplar("an-alert-is-kept-back", ["imessage-2016", "added-key-noticed", "unalerted-owner"], false),
    exemplar(
        "the-other-side-keeps-what-was-deleted",
        ["one-side-deletes", "old-messages-gone", "opened-bob"],
        true,
    ),
    exemplar("the-carrier-reads-the-sms", ["imessage-2016", "sms-content-secret", "carrier"], true),
    exemplar(
        "a-message-is-delivered-twice",
        ["imessage-2016", "sender-authentic-once", "malicious-provider"],
        true,
    ),
    exemplar(
        "a-forged-message-is-accepted",
        ["imessage-2016", "sender-authentic", "malicious-provider"],
        true,
    ),
    exemplar("a-row-places-the-device", ["imessage-2016", "device-place-unknown", "query-log"], true),
    exemplar(
        "a-row-and-its-innocent-cause",
        ["imessage-2016", "query-proves-no-communication", "query-log"],
        false,
    ),
    exemplar(
        "a-lookup-on-send-shows-the-attempt",
        ["lookup-on-send", "query-proves-no-attempt", "query-log"],
        false,
    ),
    exemplar(
        "an-invitation-without-a-call",
        ["facetime-2015", "invitation-proves-no-call", "invitation-log"],
        false,
    ),
    exemplar(
        "the-store-opens-an-attachment",
        ["attachments-open", "attachment-secret", "provider-store"],
        true,
    ),
    exemplar(
        "a-logged-address-names-the-sender",
        ["attachments-traced", "fetch-names-no-sender", "attachment-log"],
        false,
    ),
    exemplar("a-size-shows-an-attachment", ["attachments", "traffic-shows-no-attachment", "network"], false),
    exemplar("mobile-data-shows-a-message", ["mobile-data", "traffic-shows-no-message", "carrier"], false),
    exemplar(
        "a-subpoena-places-the-buyer",
        ["account-logs", "account-person-place-unknown", "investigator"],
        false,
    ),
    exemplar("a-disclosure-without-an-order", ["bulk-access", "no-order-no-disclosure", "bulk-reader"], true),
    exemplar("a-kept-row-outlives-its-retention", ["imessage-2016", "retention-bounded", "keeper"], true),
    exemplar(
        "an-order-goes-on-with-the-number",
        ["imessage-2016", "order-keeps-to-its-target", "investigator"],
        true,
    ),
    exemplar(
        "one-order-outreaches-the-retention",
        ["imessage-2016", "history-strung-together", "investigator"],
        false,
    ),
    exemplar(
        "a-report-shows-that-there-was-a-demand",
        ["report-bands-separate", "report-proves-no-security-demand", "public"],
        false,
    ),
    exemplar("a-message-is-lost-in-silence", ["imessage-2016", "delivered-or-told", "nobody"], true),
];

/// The smallest trace that shows the story.
pub(crate) fn found(exemplar: &Exemplar) -> Result<Trace, String> {
    let design = Arc::new(load(exemplar.design).map_err(|error| error.to_string())?);
    let claim = claims::of(&design).into_iter().find(|known| known.id == exemplar.claim);
    let claim = claim.ok_or("the claim is gone")?;
    let question = claim.questions.iter().position(|question| question.adversary == exemplar.adversary);
    let cell = Cell { design, claim, question: question.ok_or("the adversary is gone")? };
    let trace = first(&cell)?;
    minimize(&trace, 300_000).map(|smaller| smaller.trace).map_err(|error| error.to_string())
}

/// A run needs no exhausted search where a run is all that is asked for, so a small one is tried first.
fn first(cell: &Cell) -> Result<Trace, String> {
    let small = Limits { max_states: Some(60_000), ..Limits::default() };
    let mut reason = String::new();
    for limits in [small, Limits::default()] {
        let options = Options { limits, ..Options::default() };
        let finding = check_one(cell, &options);
        if let Some(trace) = Trace::of(cell, &finding, &options) {
            return Ok(trace);
        }
        reason = finding.reason;
    }
    Err(reason)
}
