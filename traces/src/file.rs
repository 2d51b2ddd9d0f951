//! **Writing a file so that nobody ever sees half of it.**

use crate::error::TraceError;
use std::io::{Error, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes the file as a whole or not at all: beside its place first, then moved there. Creates the directory.
///
/// A file that was there keeps its permissions; a new one has those that the umask leaves. Where a link is, what it leads to is
/// written.
///
/// # Errors
/// [`TraceError::Io`] when the directory or the file cannot be written, or something other than a file is there.
pub fn write_atomically(path: &Path, contents: &str) -> Result<(), TraceError> {
    let failed = |source| failed(path, &source);
    let path = &regular(path)?;
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
    regular(path)?;
    let there = path
        .ancestors()
        .skip(1)
        .map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    let nearest = there.into_iter().find(|above| above.exists()).unwrap_or(Path::new("."));
    beside(nearest).map(drop).map_err(|source| failed(path, &source))
}

/// Whether files could be written into the folder, which may have to be made.
///
/// # Errors
/// [`TraceError::Io`], about the folder, when they could not.
pub fn folder_can_be_written(folder: &Path) -> Result<(), TraceError> {
    can_be_written(&folder.join("file")).map_err(|error| match error {
        TraceError::Io { source, .. } => TraceError::Io { path: folder.to_owned(), source },
        other => other,
    })
}

/// The place of the file itself, whatever links lead to it. A new file is moved to its place, which would do away with a device,
/// a pipe or a link that is there.
fn regular(path: &Path) -> Result<PathBuf, TraceError> {
    let refused = |why: &str| TraceError::Io { path: path.to_owned(), source: Error::other(why.to_owned()) };
    if path.symlink_metadata().is_err() {
        return Ok(path.to_owned());
    }
    let place = path.canonicalize().map_err(|_| refused("a link is there that leads nowhere"))?;
    let there = place.metadata().map_err(|source| failed(path, &source))?;
    if !there.is_file() {
        return Err(refused("what is there is no regular file"));
    }
    if there.permissions().readonly() {
        return Err(refused("the file that is there may only be read"));
    }
    Ok(place)
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
