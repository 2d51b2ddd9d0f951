//! **Writing a file so that nobody ever sees half of it.**

use crate::error::TraceError;
use std::io::{Error, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes the file as a whole or not at all: beside its place first, then moved there. Creates the directory.
///
/// A file that was there keeps its permissions; a new one has those that the umask leaves.
///
/// # Errors
/// [`TraceError::Io`] when the directory or the file cannot be written.
pub fn write_atomically(path: &Path, contents: &str) -> Result<(), TraceError> {
    let failed = |source| failed(path, &source);
    let parent = parent(path);
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut file = beside(parent).map_err(failed)?;
    file.write_all(contents.as_bytes()).map_err(failed)?;
    if let Ok(old) = std::fs::metadata(path) {
        file.as_file().set_permissions(old.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Whether a file could be written there, found out by beginning one in the nearest directory that exists. It leaves nothing
/// behind.
///
/// # Errors
/// [`TraceError::Io`] when it could not.
pub fn can_be_written(path: &Path) -> Result<(), TraceError> {
    let there = path
        .ancestors()
        .skip(1)
        .map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    let nearest = there.into_iter().find(|above| above.exists()).unwrap_or(Path::new("."));
    beside(nearest).map(drop).map_err(|source| failed(path, &source))
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file of another name in the directory, with the permissions that the umask leaves.
fn beside(directory: &Path) -> std::io::Result<NamedTempFile> {
    let mut new = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        new.permissions(std::fs::Permissions::from_mode(0o666));
    }
    new.tempfile_in(directory)
}

/// The error, which speaks of the file that was wanted and of no other.
fn failed(path: &Path, source: &Error) -> TraceError {
    let source = source.raw_os_error().map_or_else(|| Error::from(source.kind()), Error::from_raw_os_error);
    TraceError::Io { path: path.to_owned(), source }
}
