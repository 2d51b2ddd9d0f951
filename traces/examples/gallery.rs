//! Writes the gallery: one exemplar of each distinct shape of attack, checked and replayed before it is written.

use mailcover_checker::Limits;
use mailcover_properties::check::{Cell, Options, check_one};
use mailcover_traces::{TellOptions, Trace, replay, tell, write_atomically};
use std::path::Path;
use std::sync::Arc;

/// The claim, the adversary, and the design of each exemplar.
const EXEMPLARS: [(&str, &str, &str); 4] = [
    ("content-secret", "malicious-provider", "imessage-2016"),
    ("sms-content-secret", "carrier", "imessage-2016"),
    ("sender-authentic-once", "malicious-provider", "imessage-2016"),
    ("device-place-unknown", "query-log", "imessage-2016"),
];

/// The shortest run needs no exhausted search where a run is all that is asked for, so a small one is tried first.
fn shortest(cell: &Cell) -> Result<Trace, String> {
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery");
    for (claim, adversary, design) in EXEMPLARS {
        let design = Arc::new(mailcover_model::design::library::load(design)?);
        let claim = mailcover_properties::claims::of(&design).into_iter().find(|known| known.id == claim);
        let claim = claim.ok_or("the claim is gone")?;
        let question = claim.questions.iter().position(|question| question.adversary == adversary);
        let cell = Cell { design, claim, question: question.ok_or("the adversary is gone")? };
        let trace = shortest(&cell)?;
        let replayed = replay(&trace, false)?;
        write_atomically(&gallery.join(trace.file_name()), &trace.to_json())?;
        println!("{}", tell(&replayed, &TellOptions::default()));
    }
    Ok(())
}
