//! **Designs and files that the command line names, and the errors of those that are not there.**
//!
//! Nothing is read beyond a bound, so that no file is too long and no device without end.

use crate::exit::Failure;
use mailcover_model::design::Design;
use mailcover_model::design::library::{self, Shipped};
use mailcover_model::design::read::{self, MAX_BYTES};
use mailcover_properties::claims;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

/// The design that is meant where a command speaks of one and none is named: the one that claims are explained in, and that
/// `init` extends.
pub(crate) const USUAL: &str = "imessage-2016";

/// A design with the text that it was read from.
pub(crate) struct Named {
    /// The design.
    pub(crate) design: Arc<Design>,
    /// Its own file, without its base's.
    pub(crate) source: Source,
}

/// A design's own file.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// What to call it: the name of a shipped design, or a path.
    pub(crate) file: String,
    /// What it says.
    pub(crate) text: String,
}

/// The design of this name, or in the file at this path.
pub(crate) fn design(named: &str) -> Result<Named, Failure> {
    let (text, file) = match library::text(named) {
        Some(text) => (text.to_owned(), named.to_owned()),
        None if is_path(named) => (text_at(named)?, named.to_owned()),
        None => return Err(unknown_design(named)),
    };
    let design = parsed(&text, &file)?;
    Ok(Named { design: Arc::new(design), source: Source { file, text } })
}

/// Whether the argument can only mean a file.
pub(crate) fn is_path(named: &str) -> bool {
    named.contains(['/', '\\'])
        || Path::new(named).extension().is_some_and(|extension| extension == "toml")
        || Path::new(named).exists()
}

fn unknown_design(named: &str) -> Failure {
    let names = library::names();
    let suggestion = suggestion(named, names.iter().copied());
    let all = names.join(", ");
    Failure::input(format!(
        "no design is called {named:?};{suggestion} the designs that ship are {all}, and a path to a file works as well"
    ))
}

fn text_at(path: &str) -> Result<String, Failure> {
    let bytes = bytes_of(Path::new(path), MAX_BYTES, "a design file")?;
    let text = read::text_of(&bytes, path).map_err(|error| Failure::input(error.to_string()))?;
    Ok(text.to_owned())
}

fn parsed(text: &str, file: &str) -> Result<Design, Failure> {
    read::read(text, file, &Shipped, &claims::vocabulary()).map_err(|error| Failure::input(error.to_string()))
}

/// The bytes of a file, if they are no more than so many.
pub(crate) fn bytes_of(path: &Path, most: usize, what: &str) -> Result<Vec<u8>, Failure> {
    let shown = path.display();
    if path.is_dir() {
        return Err(Failure::input(format!("{shown}: this is a directory; name {what}")));
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::input(format!("{shown}: there is no such file; name {what}")),
        _ => Failure::io(format!("{shown}: the file cannot be read: {error}")),
    })?;
    let mut bytes = Vec::new();
    file.take(most as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::io(format!("{shown}: the file cannot be read: {error}")))?;
    if bytes.len() > most {
        return Err(Failure::input(format!(
            "{shown}: the file is too long; {what} has at most {most} bytes"
        )));
    }
    Ok(bytes)
}

/// "did you mean x?", if one of the words is near.
pub(crate) fn suggestion<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    let shortened: String = wrong.chars().take(48).collect();
    let near = known.map(|word| (strsim::damerau_levenshtein(&shortened, word), word)).min();
    match near {
        Some((distance, word)) if distance <= 1 + word.len() / 3 => format!(" did you mean {word:?}?"),
        _ => String::new(),
    }
}
