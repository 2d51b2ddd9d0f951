//! **`init`: a commented design to start from, and a job that checks it.**

use crate::args::{Ci, InitArgs};
use crate::exit::Failure;
use crate::page::{BOLD, FAINT, Page, paint};
use mailcover_model::design::library;
use mailcover_model::design::read::is_name;
use mailcover_traces::{can_be_written, write_atomically};
use std::fmt::Write;
use std::path::PathBuf;

/// A file to write.
struct File {
    path: PathBuf,
    text: String,
    /// What it is.
    says: &'static str,
}

impl Ci {
    /// The job for the design of this name.
    fn job(self, name: &str) -> File {
        let (path, text, says) = match self {
            Self::Github => (
                format!(".github/workflows/{name}.yml"),
                include_str!("../../templates/github.yml"),
                "a workflow that checks it; write the place of the program's sources into it, where it says OWNER",
            ),
            Self::Gitlab => (
                format!("{name}.gitlab-ci.yml"),
                include_str!("../../templates/gitlab.yml"),
                "a job that checks it; write the place of the program's sources into it, where it says OWNER, and include it",
            ),
        };
        File { path: PathBuf::from(path), text: text.replace("NAME", name), says }
    }
}

/// Writes NAME.toml, and the job.
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
    let mut files = Vec::new();
    let design = PathBuf::from(format!("{name}.toml"));
    if args.ci.is_none() || !design.is_file() {
        let says = "a design with a log and a claim of its own";
        files.push(File { path: design, text: library::template(name), says });
    }
    files.extend(args.ci.map(|ci| ci.job(name)));
    files.iter().try_for_each(|file| is_free(file, args.force))?;
    let mut text = String::new();
    for File { path, text: contents, says } in &files {
        write_atomically(path, contents)?;
        let _ = writeln!(text, "Wrote {}: {says}.", paint(BOLD, path.display()));
    }
    let _ = writeln!(
        text,
        "{}  edit it; `mailcover schema design` lists all words\n      \
         mailcover explain {name}.toml\n      \
         mailcover check {name}.toml --claim delivery-log-proves-nothing --traces traces-of-mine",
        paint(FAINT, "Next:"),
    );
    Ok(Page::of(text))
}

/// Whether the file can be written, and would take no other's place.
fn is_free(file: &File, force: bool) -> Result<(), Failure> {
    let path = &file.path;
    if path.is_dir() || (path.exists() && !force) {
        let remedy =
            if path.is_dir() { "choose another name" } else { "choose another name, or add --force" };
        return Err(Failure::input(format!("{} exists already; {remedy}", path.display())));
    }
    Ok(can_be_written(path)?)
}
