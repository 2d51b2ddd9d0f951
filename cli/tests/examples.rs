//! **The command line by example: each file in `cmd/` is a session, with what it prints and how it ends.**
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test -p mailcover-cli --test examples` writes the files anew.
//! Counts of states stand there as `[..]`, since scopes are tuned.

#[test]
fn the_command_line_does_as_the_examples_show() {
    trycmd::TestCases::new().env("SOURCE_DATE_EPOCH", "1767225600").case("tests/cmd/*.trycmd");
}
