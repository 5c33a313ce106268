//! Files that others read: written beside and renamed, so that nobody sees half of one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::StartError;
use crate::http::app::{App, real_time};
use crate::world::snapshot;

/// Writes a file as a whole, or leaves what there was.
///
/// # Errors
/// [`StartError::Write`]
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), StartError> {
    let beside = beside(path);
    let written = File::create(&beside).and_then(|file| {
        let mut file = BufWriter::new(file);
        write(&mut file)?;
        file.flush()?;
        file.get_ref().sync_all()
    });
    let written = written.and_then(|()| fs::rename(&beside, path));
    written.map_err(|source| {
        // What cannot be written may not be there to be removed either.
        fs::remove_file(&beside).unwrap_or_default();
        StartError::Write {
            path: path.display().to_string(),
            source,
        }
    })
}

/// Another name in the same folder: a rename across file systems would not be one step.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// Writes the snapshot of the default sandbox, with its clock as it shows now.
///
/// # Errors
/// [`StartError::Write`]
pub(super) fn write_snapshot(app: &App, path: &Path) -> Result<(), StartError> {
    let world = app.default.sandbox.read();
    let document = snapshot::take(&world, app.engine, real_time());
    write_whole(path, |out| Ok(serde_json::to_writer(out, &document)?))
}

/// Refuses at the start a place where nothing could be written at the end.
///
/// # Errors
/// [`StartError::Options`]
pub(super) fn check_place(path: &Path) -> Result<(), StartError> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let wrong = if path.is_dir() {
        format!("{} is a folder, not a file", path.display())
    } else if folder.is_some_and(|folder| !folder.is_dir()) {
        format!("the folder of {} does not exist", path.display())
    } else {
        return Ok(());
    };
    Err(StartError::Options(format!("--snapshot-on-exit: {wrong}")))
}
