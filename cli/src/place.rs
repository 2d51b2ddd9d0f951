//! **Whether two paths, however they are spelled, lead to one file; and that none is written over what was read.**

use crate::exit::Failure;
use std::path::{Component, Path, PathBuf};

/// Refuses to write a file over another that the command reads or writes. Each is a pair of what names it and its path.
pub(crate) fn apart(written: &[(&str, &Path)], read: &[(&str, &Path)]) -> Result<(), Failure> {
    for (at, &(flag, path)) in written.iter().enumerate() {
        let other = written[..at].iter().chain(read).find(|(_, other)| place(other) == place(path));
        if let Some((other, _)) = other {
            let shown = path.display();
            return Err(Failure::input(format!("{other} and {flag} both name {shown}; name two files")));
        }
    }
    Ok(())
}

/// The path with all links followed, as far as it exists, and without steps back.
fn place(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.components().fold(PathBuf::new(), |mut place, part| {
        match part {
            Component::ParentDir => {
                place.pop();
            }
            part => place.push(part),
        }
        place.canonicalize().unwrap_or(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_has_one_place_however_it_is_spelled() {
        let here = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let at = |path: &str| here.path().join(path);
        std::fs::write(at("a"), "").unwrap_or_else(|error| panic!("{error}"));
        for other in ["./a", "missing/../a", "missing/./deeper/../../a"] {
            assert_eq!(place(&at("a")), place(&at(other)), "{other}");
        }
        assert_ne!(place(&at("a")), place(&at("b")));
        assert_eq!(place(&at("new/../b")), place(&at("b")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("a"), at("link")).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(place(&at("a")), place(&at("link")));
        }
    }
}
