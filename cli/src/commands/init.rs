//! **`init`: a commented design to start from.**

use crate::args::InitArgs;
use crate::exit::Failure;
use crate::page::{BOLD, FAINT, Page, paint};
use mailcover_model::design::library;
use mailcover_model::design::read::is_name;
use mailcover_traces::write_atomically;
use std::path::PathBuf;

/// Writes NAME.toml.
pub(crate) fn run(args: &InitArgs) -> Result<Page, Failure> {
    let name = args.name.strip_suffix(".toml").unwrap_or(&args.name);
    if !is_name(name) {
        let remedy = "a name has 1 to 40 of the characters a-z, 0-9 and the hyphen";
        return Err(Failure::input(format!("no design can be called {name:?}; {remedy}")));
    }
    if library::text(name).is_some() {
        let remedy = "choose another name; `extends` can name that one";
        return Err(Failure::input(format!("the name {name:?} belongs to a design that ships; {remedy}")));
    }
    let file = PathBuf::from(format!("{name}.toml"));
    if file.is_dir() || (file.exists() && !args.force) {
        let remedy =
            if file.is_dir() { "choose another name" } else { "choose another name, or add --force" };
        return Err(Failure::input(format!("{name}.toml exists already; {remedy}")));
    }
    write_atomically(&file, &library::template(name))?;
    Ok(Page::of(format!(
        "Wrote {}: a design with a log and a claim of its own.\n\
         {}  edit it; `mailcover schema design` lists all words\n      \
         mailcover explain {name}.toml\n      \
         mailcover check {name}.toml --claim delivery-log-proves-nothing --traces traces-of-mine\n",
        paint(BOLD, format!("{name}.toml")),
        paint(FAINT, "Next:"),
    )))
}
