//! Refusals as bodies: Webex's error body for `/v1` and `/_hub`, `application/problem+json` for
//! `/_sim` (api-surface.md 1.5).

use serde::Serialize;
use serde_json::{Value, json};

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

/// The error of SCIM (RFC 7644, 3.12), with Webex's tracking id.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScimError<'a> {
    schemas: [&'static str; 1],
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scim_type: Option<&'static str>,
    detail: &'a str,
    /// What clients read that know Webex's errors alone.
    message: &'a str,
    tracking_id: &'a str,
}

/// The reply of a refusal to a request of a path.
#[must_use]
pub fn reply_at(path: &str, refusal: &Refusal, tracking_id: &str) -> Reply {
    waiting(refusal, body_at(path, refusal, tracking_id))
}

/// The reply, which says how long to wait where that helps.
fn waiting(refusal: &Refusal, reply: Reply) -> Reply {
    match refusal.kind.retry_after() {
        Some(seconds) => reply.header("Retry-After", seconds.to_string()),
        None => reply,
    }
}

fn body_at(path: &str, refusal: &Refusal, tracking_id: &str) -> Reply {
    if refusal.kind.row().status == 400
        && let Some(body) = job_error(path, refusal, tracking_id)
    {
        return Reply::rendered(400, body.to_string()).explained();
    }
    if path.starts_with("/organization/") {
        let row = refusal.kind.row();
        let body = contact_center_error(row.status, row.message, refusal, tracking_id);
        return Reply::rendered(row.status, body.to_string()).explained();
    }
    let short = path.strip_prefix("/v1").unwrap_or(path);
    if !short.starts_with("/identity/scim/") {
        return body(refusal, Space::of(path), tracking_id);
    }
    let row = refusal.kind.row();
    let detail = refusal.description();
    let error = ScimError {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: row.status.to_string(),
        scim_type: scim_type(refusal.kind, row.status, &detail),
        detail: &detail,
        message: row.message,
        tracking_id,
    };
    Reply::rendered(row.status, serde_json::to_vec(&error).unwrap_or_default()).explained()
}

/// The word of RFC 7644, 3.12, for a reason.
fn scim_type(kind: ErrorKind, status: u16, detail: &str) -> Option<&'static str> {
    match (kind, status) {
        (ErrorKind::ScimPath, _) => Some("invalidPath"),
        (ErrorKind::ScimTarget, _) => Some("noTarget"),
        (ErrorKind::ScimMutability, _) => Some("mutability"),
        (ErrorKind::ScimTooMany | ErrorKind::ScimTooMuch, _) => Some("tooMany"),
        (_, 400) if detail.starts_with("filter") => Some("invalidFilter"),
        (_, 400) if detail.starts_with("The body is not valid JSON") => Some("invalidSyntax"),
        (_, 400) => Some("invalidValue"),
        (ErrorKind::EmailTaken | ErrorKind::Conflict, _) => Some("uniqueness"),
        _ => None,
    }
}

/// What is wrong with a request for a job, where its operation has a form of its own for that.
fn job_error(path: &str, refusal: &Refusal, tracking_id: &str) -> Option<Value> {
    let job = path.strip_prefix("/v1/telephony/config/jobs/")?;
    let (code, text) = (refusal.kind.row().code, refusal.description());
    match job.split('/').next()? {
        "numbers" => {
            let code = code.unwrap_or(400);
            let message = json!([{"description": text, "code": format!("BATCH-{code}")}]);
            Some(json!({
                "trackingId": tracking_id, "error": {"key": "400", "message": message},
            }))
        }
        "person" => Some(json!({"error": [{"code": code.unwrap_or(400), "message": text}]})),
        _ => None,
    }
}

/// The error of Contact Center (`ApiErrorResponse` of its documents).
#[must_use]
pub fn contact_center_error(
    status: u16,
    reason: &str,
    detail: &impl ToString,
    tracking_id: &str,
) -> Value {
    let code = status.to_string();
    json!({
        "trackingId": tracking_id,
        "error": {
            "key": code, "reason": reason,
            "message": [{"description": detail.to_string(), "code": code, "references": []}],
        },
    })
}

/// The reply of a refusal in an address space.
#[must_use]
pub fn reply(refusal: &Refusal, space: Space, tracking_id: &str) -> Reply {
    waiting(refusal, body(refusal, space, tracking_id))
}

fn body(refusal: &Refusal, space: Space, tracking_id: &str) -> Reply {
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
