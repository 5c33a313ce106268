//! The requests that a sandbox received.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::refuse_unknown_queries;
use crate::http::auth::is_actor;
use crate::http::faults::Simulated;
use crate::http::journal::Record;
use crate::http::page::{self, ORDINARY};
use crate::http::{Access, Call, MAX, Reply, Row, START};
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
            ("max", "How many items, up to 1000."),
            ("start", "How many items to pass over."),
        ]),
    Row::get("/_sim/v1/requests/unmatched", list_unmatched)
        .named(
            "listUnmatchedRequests",
            "List the requests that led to nothing simulated",
        )
        .queries(&[MAX, START])
        .access(Access::Control),
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

/// Which requests a caller wants.
#[derive(Debug, Default)]
pub struct Filter {
    method: Option<String>,
    path: Option<String>,
    status: Option<usize>,
    actor: Option<String>,
}

impl Filter {
    /// The filter of a query.
    ///
    /// # Errors
    /// 400 when the status is not a number.
    pub fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            method: call.query("method").map(|method| method.to_uppercase()),
            path: call.query("path").map(std::borrow::Cow::into_owned),
            status: call.query_number("status", 0)?,
            actor: call.query("actor").map(std::borrow::Cow::into_owned),
        })
    }

    /// Whether a request is wanted.
    #[must_use]
    pub fn fits(&self, record: &Record) -> bool {
        let fits_path = |wanted: &str| match wanted.strip_suffix('*') {
            Some(start) => parts(record).0.starts_with(start),
            None => parts(record).0 == wanted,
        };
        self.method.as_deref().is_none_or(|m| m == record.method)
            && self.path.as_deref().is_none_or(fits_path)
            && self.status.is_none_or(|s| s == usize::from(record.status))
            && self
                .actor
                .as_deref()
                .is_none_or(|wanted| record.actor.as_deref().is_some_and(|a| is_actor(a, wanted)))
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    refuse_unknown_queries(call)?;
    let filter = Filter::of(call)?;
    answer(call, |record| filter.fits(record))
}

fn list_unmatched(call: &Call<'_>) -> Result<Reply, Refusal> {
    answer(call, |record| {
        let kind = record.refusal.as_ref().map(|refusal| refusal.kind);
        matches!(
            kind,
            Some(ErrorKind::UnknownPath | ErrorKind::MethodNotAllowed | ErrorKind::NotSimulated)
        )
    })
}

fn answer(call: &Call<'_>, fits: impl Fn(&Record) -> bool) -> Result<Reply, Refusal> {
    let (records, evicted) = call.tenant.journal.list(fits);
    let items = records.iter().map(body);
    page::list_beside(call, ORDINARY, items, &[("evicted", Value::from(evicted))])
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.tenant.forget_requests();
    Ok(Reply::empty(204))
}
