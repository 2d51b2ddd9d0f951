//! What the tests of traces share: cells whose findings are cheap, and their traces.

use mailcover_checker::Limits;
use mailcover_model::design::library::load;
use mailcover_model::flaw::Flaw;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_properties::claims;
use mailcover_traces::Trace;
use std::sync::{Arc, OnceLock};

/// The claim put to the adversary in a shipped design.
pub(crate) fn cell(design: &str, claim: &str, adversary: &str) -> Cell {
    let design = Arc::new(load(design).expect("the design ships"));
    let claim = claims::of(&design).into_iter().find(|known| known.id == claim).expect("the claim exists");
    let question = claim.questions.iter().position(|question| question.adversary == adversary);
    Cell { design, claim, question: question.expect("the claim is put to the adversary") }
}

/// The trace of a cell, from a search that stops early where a run is all that is needed.
pub(crate) fn trace(design: &str, claim: &str, adversary: &str, flaw: Option<Flaw>) -> Trace {
    let cell = cell(design, claim, adversary);
    let few = Limits { max_states: Some(60_000), ..Limits::default() };
    let options = Options { limits: few, flaw, ..Options::default() };
    let finding = check_one(&cell, &options);
    Trace::of(&cell, &finding, &options).unwrap_or_else(|| panic!("{claim}: {finding:?}"))
}

/// One trace of each kind of evidence, and of each shape of attack.
pub(crate) fn all() -> &'static [Trace] {
    static ALL: OnceLock<Vec<Trace>> = OnceLock::new();
    ALL.get_or_init(|| {
        vec![
            trace("imessage-2016", "content-secret", "malicious-provider", None),
            trace("imessage-2016", "sms-content-secret", "carrier", None),
            trace("imessage-2016", "sender-authentic-once", "malicious-provider", None),
            trace("imessage-2016", "device-place-unknown", "query-log", None),
            trace("imessage-2016", "person-place-unknown", "query-log", None),
            trace("imessage-2016", "delivered-or-told", "nobody", None),
            trace("imessage-2016", "sms-is-recorded", "carrier", Some(Flaw::SmsDeliveryUnrecorded)),
        ]
    })
}
