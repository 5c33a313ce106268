//! The one file of a multipart request, read from memory.

use bytes::Bytes;
use futures::executor::block_on;

use crate::refusal::{ErrorKind, Refusal};

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// The file in the field `field` (or the only file) of a multipart body.
///
/// # Errors
/// 415 when the body is not multipart, 400 when it has no file or is damaged.
pub fn file(content_type: &str, body: &Bytes, field: &str) -> Result<File, Refusal> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| {
        let detail = "Send the file as multipart/form-data.";
        Refusal::new(ErrorKind::UnsupportedMediaType, detail)
    })?;
    let body = body.clone();
    let stream = futures::stream::once(async move { Ok::<_, std::io::Error>(body) });
    let mut parts = multer::Multipart::new(stream, boundary);
    let damaged =
        |error: multer::Error| Refusal::bad_request(format!("The multipart body: {error}."));
    // The body is in memory, so nothing is waited for.
    block_on(async {
        while let Some(part) = parts.next_field().await.map_err(damaged)? {
            if part.file_name().is_none() && part.name() != Some(field) {
                continue;
            }
            let name = part.file_name().unwrap_or_default().to_owned();
            let content_type = part
                .content_type()
                .map(ToString::to_string)
                .unwrap_or_default();
            let bytes = part.bytes().await.map_err(damaged)?;
            return Ok(File {
                name,
                content_type,
                bytes,
            });
        }
        Err(Refusal::bad_request(format!(
            "The multipart body has no field \"{field}\" with a file."
        )))
    })
}
