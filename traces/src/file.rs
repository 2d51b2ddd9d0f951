//! **Writing a file so that nobody ever sees half of it.**

use crate::error::TraceError;
use std::io::Write;
use std::path::Path;

/// Writes the file as a whole or not at all: beside its place first, then moved there. Creates the directory.
///
/// # Errors
/// [`TraceError::Io`] when the directory or the file cannot be written.
pub fn write_atomically(path: &Path, contents: &str) -> Result<(), TraceError> {
    let failed = |source: std::io::Error| TraceError::Io { path: path.to_owned(), source };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
    file.write_all(contents.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
