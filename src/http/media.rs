//! Which media types of bodies are taken.

use super::incoming::Incoming;
use super::operation::{JSON_BODY, Operation, Space};
use crate::refusal::{ErrorKind, Refusal};

/// Refuses a body of another media type where JSON is taken. A body that names none is read as
/// JSON; whatever stands behind the media type does not matter (api-surface.md 1.5). `/_sim` is
/// not so strict: it is nobody's API but ours, and typed by hand.
pub(super) fn check(operation: &Operation, incoming: &Incoming) -> Result<(), Refusal> {
    let takes_json = operation.takes.is_some()
        && operation.media_type == JSON_BODY
        && operation.space != Space::Sim;
    let Some(sent) = incoming.content_type.as_deref() else {
        return Ok(());
    };
    let essence = sent.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let is_json = essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"));
    if !takes_json || is_json || essence.is_empty() || incoming.body.is_empty() {
        return Ok(());
    }
    let shown = crate::model::number::shorten(&essence);
    let detail = format!("The body must be application/json, not {shown}.");
    Err(Refusal::new(ErrorKind::UnsupportedMediaType, detail))
}
