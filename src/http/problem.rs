//! Refusals as bodies: Webex's error body for `/v1` and `/_hub`, `application/problem+json` for
//! `/_sim` (api-surface.md 1.5).

use serde::Serialize;

use super::operation::Space;
use super::reply::Reply;
use crate::refusal::{ErrorKind, Refusal};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebexBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    message: &'a str,
    errors: [WebexError<'a>; 1],
    tracking_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebexError<'a> {
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Problem<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    remedy: &'a str,
    tracking_id: &'a str,
}

/// The reply of a refusal in an address space.
#[must_use]
pub fn reply(refusal: &Refusal, space: Space, tracking_id: &str) -> Reply {
    let row = refusal.kind.row();
    let description = refusal.description();
    if space == Space::Sim {
        let name = row
            .code
            .map_or_else(|| row.status.to_string(), |code| code.to_string());
        let problem = Problem {
            r#type: format!("/_sim/v1/errors#{name}"),
            title: row.message,
            status: row.status,
            detail: &description,
            error_code: row.code,
            remedy: row.remedy,
            tracking_id,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut reply = Reply::rendered(row.status, body);
        reply.content_type = "application/problem+json";
        return reply.explained();
    }
    // Adding a number that exists carries two codes, an outer and an inner one.
    let (outer, inner) = match refusal.kind {
        ErrorKind::NumberExists => (row.code, Some(8363)),
        _ => (None, row.code),
    };
    let body = WebexBody {
        error_code: outer,
        message: row.message,
        errors: [WebexError {
            description: &description,
            error_code: inner,
        }],
        tracking_id,
    };
    Reply::rendered(row.status, serde_json::to_vec(&body).unwrap_or_default()).explained()
}
