//! The requests that a sandbox received.

mod filter;
mod suggest;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use filter::{Asked, Filter};

use crate::http::faults::Simulated;
use crate::http::journal::Record;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, MAX, Reply, Row, START};
use crate::refusal::Refusal;
use crate::world::{Actor, Moment};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_sim/v1/requests", list)
        .named("listRequests", "List the requests that were received")
        .access(Access::Control)
        .queries(&[
            ("method", "Only requests with this method."),
            (
                "path",
                "Only requests of this path; a `*` at the end stands for any rest.",
            ),
            (
                "status",
                "Only requests that were answered with this status.",
            ),
            (
                "actor",
                "Only requests of this role (a token's name) or e-mail address.",
            ),
            ("operation", "Only requests of this operation."),
            ("trackingId", "Only the request with this tracking id."),
            ("max", "How many items, up to 1000."),
            ("start", "How many items to pass over."),
        ]),
    Row::get("/_sim/v1/requests/unmatched", list_unmatched)
        .named(
            "listUnmatchedRequests",
            "List the requests that led to nothing simulated",
        )
        .queries(&[MAX, START])
        .access(Access::Control)
        .heavy(),
    Row::delete("/_sim/v1/requests", delete)
        .named("deleteRequests", "Forget the requests")
        .access(Access::Control),
];

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    at: Moment,
    method: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// None where the connection was closed without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<ActorBody>,
    tracking_id: String,
    /// Whether it was only tried (`X-Sim-Dry-Run`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    /// The fault that was injected.
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_fault: Option<Simulated>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
}

/// Who acted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActorBody {
    /// The name.
    name: String,
    /// The e-mail address.
    email: String,
}

impl From<&Actor> for ActorBody {
    fn from(actor: &Actor) -> Self {
        Self {
            name: actor.name.to_string(),
            email: actor.email.to_string(),
        }
    }
}

/// Path and query of a record.
#[must_use]
pub fn parts(record: &Record) -> (&str, Option<&str>) {
    match record.target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (&record.target, None),
    }
}

fn body(record: &Record) -> RequestBody {
    let (path, query) = parts(record);
    RequestBody {
        at: record.at,
        method: record.method,
        path: path.to_owned(),
        query: query.map(str::to_owned),
        status: Some(record.status).filter(|status| *status != 0),
        operation: record.operation,
        actor: record.actor.as_deref().map(ActorBody::from),
        tracking_id: record.tracking_id.to_string(),
        dry_run: record.dry_run,
        simulated_fault: record.simulated.as_deref().cloned(),
        cause: record.refusal.as_ref().map(|refusal| refusal.description()),
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |name: &str| call.query(name).map(std::borrow::Cow::into_owned);
    let status = call.query_number("status", 0)?;
    let asked = Asked {
        method: text("method"),
        path: text("path"),
        status: status.map(|status| u16::try_from(status).unwrap_or(u16::MAX)),
        actor: text("actor"),
        operation: text("operation"),
        tracking_id: text("trackingId"),
    };
    let filter = Filter::new(asked, call.app.table)?;
    let (records, evicted) = call.tenant.journal.list(|record| filter.fits(record));
    let items = records.iter().map(body);
    page::list_beside(call, ORDINARY, items, &[("evicted", Value::from(evicted))])
}

/// A request that led to nothing, with what may have been meant.
#[derive(Debug, Serialize)]
struct UnmatchedBody {
    #[serde(flatten)]
    request: RequestBody,
    suggestions: Vec<suggest::Suggestion>,
}

fn list_unmatched(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (records, evicted) = call.tenant.journal.list(suggest::is_unmatched);
    let mut known = suggest::Suggestions::new(call.app.table);
    let items = records.iter().map(|record| UnmatchedBody {
        request: body(record),
        suggestions: known.of(record),
    });
    page::list_beside(call, ORDINARY, items, &[("evicted", Value::from(evicted))])
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.forget_requests();
    Ok(Reply::empty(204))
}
