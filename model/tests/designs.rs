//! **The shipped designs parse.**

use mailcover_model::design::library;

#[test]
fn every_shipped_design_parses_and_bears_its_name() {
    for name in library::names() {
        let design = library::load(name).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(design.name, name);
    }
    assert_eq!(library::mains(), ["imessage-2013", "imessage-2016"]);
}
