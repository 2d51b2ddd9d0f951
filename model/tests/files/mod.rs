//! **Design files as a reviewer would write them, read with the vocabulary of a few claims.**

use mailcover_model::design::Design;
use mailcover_model::design::library::{self, Shipped};
use mailcover_model::design::read::{self, DesignError, KnownClaim, Vocabulary};

/// The beginning of a file that extends `imessage-2016` and so far changes nothing.
pub(crate) const HEADER: &str =
    "format = 1\nname = \"mine\"\nextends = \"imessage-2016\"\nsays = \"A test.\"\n";

/// A shipped design.
pub(crate) fn shipped(name: &str) -> Design {
    library::load(name).unwrap_or_else(|error| panic!("{error}"))
}

/// The claim of which the base itself expects something.
fn expected_by_the_base() -> KnownClaim {
    let base = shipped("imessage-2016");
    let to = base.expects.iter().map(|expected| expected.adversary.clone()).collect();
    KnownClaim { id: base.expects[0].claim.clone(), to }
}

/// Reads a whole file.
pub(crate) fn read_text(text: &str) -> Result<Design, DesignError> {
    let to = ["network", "query-log"].map(str::to_owned).to_vec();
    let known = |id: &str| KnownClaim { id: id.to_owned(), to: to.clone() };
    let mut claims = ["content-secret", "log-proves-nothing"].map(known).to_vec();
    claims.push(expected_by_the_base());
    read::read(text, "mine.toml", &Shipped, &Vocabulary { claims })
}

/// Reads a file that begins with [`HEADER`].
pub(crate) fn read_body(body: &str) -> Result<Design, DesignError> {
    read_text(&format!("{HEADER}{body}"))
}
