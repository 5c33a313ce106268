//! What a fault answers: the documented error body of a status, in the dialect of the API it
//! stands for (api-surface.md 1.5, 1.6).

use serde_json::Value;

use super::rule::Effect;
use crate::http::problem;
use crate::http::reply::Reply;
use crate::refusal::{ErrorKind, Refusal};

/// The statuses that Webex documents (api-surface.md 1.5), with the reason that words them.
const DOCUMENTED: &[(u16, ErrorKind)] = &[
    (400, ErrorKind::BadRequest),
    (401, ErrorKind::Unauthorized),
    (403, ErrorKind::Forbidden),
    (404, ErrorKind::NotFound),
    (405, ErrorKind::MethodNotAllowed),
    (409, ErrorKind::Conflict),
    (410, ErrorKind::Gone),
    (415, ErrorKind::UnsupportedMediaType),
    (423, ErrorKind::Locked),
    (428, ErrorKind::PreconditionRequired),
    (429, ErrorKind::TooManyRequests),
    (500, ErrorKind::Internal),
    (502, ErrorKind::BadGateway),
    (503, ErrorKind::ServiceUnavailable),
    (504, ErrorKind::GatewayTimeout),
];

fn kind(status: u16) -> Option<ErrorKind> {
    let mut rows = DOCUMENTED.iter();
    rows.find(|(known, _)| *known == status)
        .map(|(_, kind)| *kind)
}

/// Whether Webex documents a body for a status.
pub(super) fn is_documented(status: u16) -> bool {
    kind(status).is_some()
}

/// The statuses with a documented body, for errors.
pub(super) fn documented() -> String {
    let statuses: Vec<String> = DOCUMENTED.iter().map(|row| row.0.to_string()).collect();
    statuses.join(", ")
}

/// The reply of an effect with a status.
pub(super) fn reply(status: u16, effect: &Effect, path: &str, tracking_id: &str) -> Reply {
    let reply = match &effect.body {
        Some(Value::String(text)) => {
            let is_page = text.trim_start().starts_with('<');
            let content_type = match is_page {
                true => "text/html;charset=utf-8",
                false => "text/plain;charset=utf-8",
            };
            Reply::document(content_type, text.clone())
        }
        Some(body) => Reply::rendered(status, body.to_string()),
        None => documented_reply(status, path, tracking_id),
    };
    let reply = Reply { status, ..reply };
    let seconds = match status {
        429 => Some(effect.retry_after_seconds.unwrap_or(1)),
        _ => effect.retry_after_seconds,
    };
    match seconds {
        Some(seconds) => reply.header("Retry-After", seconds.to_string()),
        None => reply,
    }
}

/// The documented error body of a status, as the API at a path words it.
pub(in crate::http) fn documented_reply(status: u16, path: &str, tracking_id: &str) -> Reply {
    let kind = kind(status).unwrap_or(ErrorKind::Internal);
    let message = kind.row().message;
    if status == 429 && path.starts_with("/organization/") {
        return Reply::empty(status);
    }
    problem::reply_at(path, &Refusal::new(kind, message), tracking_id)
}
