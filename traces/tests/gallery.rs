//! **The gallery holds what the program finds today, and all of it replays.**
//!
//! After a change of the model or of a scope, `cargo run -p mailcover-traces --example gallery` writes it anew.

#[path = "../examples/gallery/exemplars.rs"]
mod exemplars;

use exemplars::{EXEMPLARS, Exemplar, found};
use mailcover_traces::{Trace, replay};
use std::path::{Path, PathBuf};

fn file(exemplar: &Exemplar) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery").join(format!("{}.json", exemplar.story))
}

fn stored(exemplar: &Exemplar) -> Result<Trace, String> {
    let path = file(exemplar);
    let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
    Trace::read(&bytes, &path.display().to_string()).map_err(|error| error.to_string())
}

/// The command that writes the gallery anew.
const COMMAND: &str = "cargo run -p mailcover-traces --example gallery";

/// Fails with all that is wrong, and with what mends it where it was meant.
#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}\nIf that is meant: {COMMAND}", wrong.join("\n"));
}

#[test]
fn every_exemplar_replays() {
    let fails = |exemplar: &Exemplar| {
        let replayed =
            stored(exemplar).and_then(|trace| replay(&trace, false).map_err(|error| error.to_string()));
        replayed.err().map(|error| format!("{}: {error}", exemplar.story))
    };
    none(EXEMPLARS.iter().filter_map(fails).collect());
}

#[test]
fn the_gallery_is_what_is_found_today() {
    let differs = |exemplar: &Exemplar| {
        let today = match found(exemplar) {
            Ok(today) => today.to_json(),
            Err(error) => return Some(format!("{}: {error}", exemplar.story)),
        };
        let same = stored(exemplar).is_ok_and(|stored| stored.to_json() == today);
        (!same).then(|| format!("{}: another trace is found today", exemplar.story))
    };
    none(EXEMPLARS.iter().filter(|exemplar| exemplar.quick).filter_map(differs).collect());
}

#[test]
fn nothing_else_lies_in_the_gallery() {
    let directory = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery"));
    assert_eq!(directory.expect("there is a gallery").count(), EXEMPLARS.len());
}
