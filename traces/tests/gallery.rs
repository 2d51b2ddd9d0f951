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

fn stored(exemplar: &Exemplar) -> Trace {
    let path = file(exemplar);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Trace::read(&bytes, &path.display().to_string()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_exemplar_replays() {
    for exemplar in &EXEMPLARS {
        replay(&stored(exemplar), false).unwrap_or_else(|error| panic!("{}: {error}", exemplar.story));
    }
}

#[test]
fn the_gallery_is_what_is_found_today() {
    for exemplar in EXEMPLARS.iter().filter(|exemplar| exemplar.quick) {
        let today = found(exemplar).unwrap_or_else(|error| panic!("{}: {error}", exemplar.story));
        assert_eq!(stored(exemplar).to_json(), today.to_json(), "write the gallery anew: {}", exemplar.story);
    }
}

#[test]
fn nothing_else_lies_in_the_gallery() {
    let directory = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery"));
    assert_eq!(directory.expect("there is a gallery").count(), EXEMPLARS.len());
}
