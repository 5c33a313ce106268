//! The requests that a sandbox received.

mod filter;
mod suggest;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use filter::{Asked, Filter};
use suggest::Suggestion;

use crate::http::faults::Simulated;
use crate::http::journal::Record;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, MAX, Reply, Row, START, Space};
use crate::refusal::{ErrorKind, Refusal};
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
        ])
        .answers::<page::Items<RequestBody>>(),
    Row::get("/_sim/v1/requests/unmatched", list_unmatched)
        .named(
            "listUnmatchedRequests",
            "List the requests that led to nothing simulated, or say what means nothing",
        )
        .queries(&[MAX, START])
        .access(Access::Control)
        .answers::<page::Items<UnmatchedBody>>()
        .heavy(),
    Row::delete("/_sim/v1/requests", delete)
        .named("deleteRequests", "Forget the requests")
        .access(Access::Control),
];

/// A request that was received.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReceivedRequest)]
struct RequestBody {
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// The method as sent.
    method: String,
    /// The path, without the query and without the name of a sandbox.
    path: String,
    /// The query, without secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<String>,
    /// None where the connection was closed without an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The operation that it led to.
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    /// Who asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<ActorBody>,
    /// The tracking id.
    tracking_id: String,
    /// Whether it was only tried (`X-Sim-Dry-Run`).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    /// The fault that was injected.
    #[serde(skip_serializing_if = "Option::is_none")]
    simulated_fault: Option<Simulated>,
    /// Why it was refused, or what in it means nothing.
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
        method: record.method.to_string(),
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

/// A request that led to nothing, or says what means nothing, with what may have been meant.
#[derive(Debug, Serialize, ToSchema)]
struct UnmatchedBody {
    /// The request.
    #[serde(flatten)]
    request: RequestBody,
    /// What may have been meant, the nearest first.
    suggestions: Vec<Suggestion>,
}

fn list_unmatched(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (records, evicted) = call.tenant.journal.list(suggest::may_be_unmatched);
    let mut known = suggest::Suggestions::new(call.app.table);
    let items: Vec<UnmatchedBody> = records
        .iter()
        .filter_map(|record| unmatched(&mut known, record))
        .collect();
    let items = items.iter();
    page::list_beside(call, ORDINARY, items, &[("evicted", Value::from(evicted))])
}

fn unmatched(known: &mut suggest::Suggestions, record: &Record) -> Option<UnmatchedBody> {
    let suggestions = known.of(record);
    if suggestions.is_empty() && !suggest::leads_nowhere(record) {
        return None;
    }
    let mut request = body(record);
    if request.cause.is_none() {
        let sentences = suggestions.iter().filter_map(Suggestion::sentence);
        request.cause = Some(sentences.collect::<Vec<_>>().join(" "));
    }
    Some(UnmatchedBody {
        request,
        suggestions,
    })
}

/// What a request says that means nothing, in sentences; nothing of one that was refused, whose
/// refusal tells what stands in the way.
#[must_use]
pub fn passed_over(call: &Call<'_>, record: &Record) -> Vec<String> {
    if record.refusal.is_some() || !suggest::may_be_unmatched(record) {
        return Vec::new();
    }
    let found = suggest::Suggestions::new(call.app.table).of(record);
    found.iter().filter_map(Suggestion::sentence).collect()
}

/// The call that a request to a path that leads nowhere may have meant.
#[must_use]
pub fn path_meant(call: &Call<'_>, record: &Record) -> Option<String> {
    let refusal = record.refusal.as_deref()?;
    // Outside the public API the refusal itself tells it.
    let is_of_webex = Space::of(parts(record).0) == Space::Webex;
    if refusal.kind != ErrorKind::UnknownPath || !is_of_webex {
        return None;
    }
    let found = suggest::Suggestions::new(call.app.table).of(record);
    found.into_iter().find_map(|one| one.instead)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.forget_requests();
    Ok(Reply::empty(204))
}
