//! The one file of a multipart request, read from memory.

use bytes::Bytes;
use futures::executor::block_on;

use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};

/// The most other fields that a refusal names.
const MOST_NAMED: usize = 3;

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

/// The file in the field `field` of a multipart body. Other fields are passed over.
///
/// # Errors
/// 415 when the body is not multipart, 400 when the field is not there, or is there twice, or the
/// body is damaged.
pub fn file(content_type: &str, body: &Bytes, field: &str) -> Result<File, Refusal> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| {
        let detail = "Send the file as multipart/form-data.";
        Refusal::new(ErrorKind::UnsupportedMediaType, detail)
    })?;
    let body = body.clone();
    let stream = futures::stream::once(async move { Ok::<_, std::io::Error>(body) });
    let parts = multer::Multipart::new(stream, boundary);
    // The body is in memory, so nothing is waited for.
    block_on(one(parts, field))
}

async fn one(mut parts: multer::Multipart<'_>, field: &str) -> Result<File, Refusal> {
    let damaged =
        |error: multer::Error| Refusal::bad_request(format!("The multipart body: {error}."));
    let mut found = None;
    let mut others: Vec<String> = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(damaged)? {
        if part.name() != Some(field) {
            if others.len() < MOST_NAMED {
                others.push(format!("\"{}\"", shorten(part.name().unwrap_or_default())));
            }
            continue;
        }
        if found.is_some() {
            let detail = format!("The multipart body has the field \"{field}\" twice; send one.");
            return Err(Refusal::bad_request(detail));
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let content_type = part.content_type().map(ToString::to_string);
        found = Some(File {
            name,
            content_type: content_type.unwrap_or_default(),
            bytes: part.bytes().await.map_err(damaged)?,
        });
    }
    found.ok_or_else(|| {
        let sent = match others.as_slice() {
            [] => "no field at all".to_owned(),
            others => format!("only {}", others.join(", ")),
        };
        let detail =
            format!("The multipart body needs the file in the field \"{field}\"; it has {sent}.");
        Refusal::bad_request(detail)
    })
}
