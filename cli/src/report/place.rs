//! **Where in a file the design speaks of a cell, so that reports can point at it.**

use crate::input::Source;
use mailcover_model::design::library;
use mailcover_model::design::read::Places;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::{Component, Path, PathBuf};

/// What stands for itself in the path of a URI.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A design's own file, seen from where the program runs.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Its path with `/`: of a shipped design, that in this program's repository.
    pub(crate) path: String,
    places: Places,
}

/// A line of a file.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The file's path with `/`.
    pub(crate) path: String,
    /// The line, from 1.
    pub(crate) line: usize,
}

impl File {
    /// The file of a design that was read.
    pub(crate) fn of(source: &Source) -> Self {
        let shipped = library::text(&source.file).is_some();
        let path = match shipped {
            true => format!("model/designs/{}.toml", source.file),
            false => relative(Path::new(&source.file)),
        };
        Self { path, places: Places::of(&source.text) }
    }

    /// Where it speaks of a cell.
    pub(crate) fn place(&self, claim: &str, adversary: &str) -> Place {
        Place { path: self.path.clone(), line: self.places.line(claim, adversary) }
    }

    /// In which line it says what is expected of a cell, if it does.
    pub(crate) fn expectation(&self, claim: &str, adversary: &str) -> Option<usize> {
        self.places.expectation(claim, adversary)
    }
}

impl Place {
    /// The path as a reference in a URI.
    pub(crate) fn uri(&self) -> String {
        let encoded = utf8_percent_encode(&self.path, PLAIN).to_string();
        if self.path.starts_with('/') { format!("file://{encoded}") } else { encoded }
    }
}

/// The path as seen from the current directory, where it is within that, without steps back, and with `/` between its parts.
fn relative(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let whole = whole.components().fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
        whole
    });
    let path = whole.strip_prefix(&here).unwrap_or(&whole);
    let root = if path.has_root() { "/" } else { "" };
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir | Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    });
    format!("{root}{}", parts.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Place, relative};
    use std::path::Path;

    #[test]
    fn paths_are_seen_from_here() {
        let here = std::env::current_dir().unwrap_or_default();
        assert_eq!(relative(&here.join("designs/mine.toml")), "designs/mine.toml");
        assert_eq!(relative(Path::new("./mine.toml")), "mine.toml");
        assert_eq!(relative(Path::new("/elsewhere/mine.toml")), "/elsewhere/mine.toml");
    }

    #[test]
    fn a_reference_holds_nothing_but_a_path() {
        let uri = |path: &str| Place { path: path.to_owned(), line: 1 }.uri();
        assert_eq!(uri("a b/c#d.toml"), "a%20b/c%23d.toml");
        assert_eq!(uri("/x/y.toml"), "file:///x/y.toml");
    }
}
