//! Files that commands read and write.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::failure::Failure;
use crate::server::file::write_whole;

/// The largest file that is read, in bytes.
const FILE_MAX: u64 = 256 * 1024 * 1024;

/// The bytes of a file; `-` is standard input.
///
/// # Errors
/// When it cannot be read, is a directory or is too large.
pub fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let unread = |error: std::io::Error| {
        let detail = format!("{path} cannot be read: {error}.");
        Failure::new(
            "file",
            detail,
            "Name a file that is there and may be read, or - .",
        )
    };
    let mut bytes = Vec::new();
    let size = match path {
        "-" => std::io::stdin()
            .lock()
            .take(FILE_MAX + 1)
            .read_to_end(&mut bytes),
        path => {
            let file = File::open(path).map_err(unread)?;
            file.take(FILE_MAX + 1).read_to_end(&mut bytes)
        }
    };
    if size.map_err(unread)? as u64 > FILE_MAX {
        let detail = format!("{path} is larger than {FILE_MAX} bytes.");
        return Err(Failure::new(
            "file",
            detail,
            "Split it, and send one part after the other.",
        ));
    }
    Ok(bytes)
}

/// Writes a file as a whole.
///
/// # Errors
/// When that is not possible. What stood there is untouched then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = write_whole(path, |out| out.write_all(bytes));
    written.map_err(|error| {
        let detail = format!("{error}.");
        Failure::new("file", detail, "Name a place where files may be written.")
    })
}
