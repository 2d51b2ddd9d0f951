//! Writes the gallery: one exemplar of each distinct shape of attack, checked, made as small as it can be, and replayed
//! before it is written.

mod exemplars;

use exemplars::{EXEMPLARS, found};
use mailcover_traces::{replay, write_atomically};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery");
    for exemplar in &EXEMPLARS {
        let trace = found(exemplar)?;
        let done = replay(&trace, false)?.done;
        write_atomically(&gallery.join(format!("{}.json", exemplar.story)), &trace.to_json())?;
        let anew = if exemplar.quick { "" } else { " (too large for the tests to find anew)" };
        println!("{}{anew}: {done}", exemplar.story);
    }
    Ok(())
}
