//! **The gallery holds what the program finds today, and all of it replays.**
//!
//! After a change of the model or of a scope, `cargo run -p mailcover-traces --example gallery` writes it anew.

mod common;

use mailcover_traces::{Trace, replay};
use std::path::Path;

#[test]
fn the_gallery_is_what_is_found_today() {
    let gallery = Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery");
    for trace in &common::all()[..4] {
        let path = gallery.join(trace.file_name());
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stored =
            Trace::read(&bytes, &path.display().to_string()).unwrap_or_else(|error| panic!("{error}"));
        replay(&stored, false).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(stored.to_json(), trace.to_json(), "write the gallery anew: {}", path.display());
    }
    let files = std::fs::read_dir(&gallery).expect("there is a gallery");
    assert_eq!(files.count(), 4, "nothing else lies in the gallery");
}
