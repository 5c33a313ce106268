//! Plans: what a call of `/v1` or `/_hub` would do and what would be lost by it, before it happens;
//! and doing just that.

mod document;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::faults::Fate;
use crate::http::incoming::Incoming;
use crate::http::journal::Record;
use crate::http::page::{Paging, Slice};
use crate::http::plans::Plan;
use crate::http::rehearsal::{self, Tried};
use crate::http::{Access, App, Call, Method, Operation, Outgoing, Reply, Row, Space, Tenant};
use crate::json;
use crate::model::number::shorten;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Actor, Moment};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_sim/v1/plan", create)
        .named("createPlan", "Plan an operation: what it would do and lose")
        .access(Access::Control)
        .takes::<PlanRequest>()
        .answers::<document::PlanBody<'_>>()
        .queries(&[(
            "max",
            "How many items each list may show: 1000, up to 20000.",
        )])
        .heavy(),
    Row::get("/_sim/v1/plan/{id}", show)
        .named("getPlan", "Get a plan")
        .access(Access::Control)
        .answers::<document::PlanBody<'_>>(),
    Row::post("/_sim/v1/plan/{id}/apply", apply)
        .named(
            "applyPlan",
            "Do what was planned, unless the sandbox has moved on",
        )
        .access(Access::Control)
        .heavy(),
];

/// How much a plan shows of each list.
const SHOWN: Paging = Paging {
    start: "start",
    max: "max",
    default: 1000,
    most: 20_000,
};

/// What is to be planned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanRequest {
    /// The call.
    operation: PlannedCall,
}

/// A call of `/v1` or `/_hub`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PlannedCall {
    /// `POST`, `PUT`, `PATCH` or `DELETE`.
    method: String,
    /// The path, from `/v1` or `/_hub` on.
    path: String,
    /// The query, as text or by names.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    query: Value,
    /// The body's media type: JSON, or CSV where the body is a text, unless said.
    #[serde(default)]
    content_type: Option<String>,
    /// A JSON document, or the text of a file.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    body: Value,
}

/// A request that is planned, as its record and its plan name it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The sandbox.
    pub tenant: &'a Arc<Tenant>,
    /// The request.
    pub incoming: &'a Incoming,
    /// The operation, when the path led to one.
    pub operation: Option<&'static Operation>,
    /// Who asks.
    pub actor: Option<Arc<Actor>>,
    /// The sandbox time.
    pub now: Moment,
    /// The tracking id.
    pub tracking_id: &'a Arc<str>,
}

/// Keeps what was tried as a plan and answers its document.
fn keep(
    tenant: &Tenant,
    incoming: &Incoming,
    now: Moment,
    tried: Tried,
    most: usize,
) -> Result<Bytes, Refusal> {
    let number = tenant.plans.next_number();
    let id = Plan::id(number);
    let text = document::render(&id, incoming, now, &tried, most)?;
    let (request, reply) = (tried.request, tried.reply);
    let plan = Plan::new(number, text.clone(), request, reply);
    tenant.plans.add(plan);
    Ok(text)
}

/// The answer of a call that was only tried (`X-Sim-Dry-Run: true`).
#[must_use]
pub fn answer(app: &App, asked: &Asked<'_>, mut tried: Tried) -> Outgoing {
    let refusal = tried.refusal.take().map(Box::new);
    let mut headers = tried.reply.headers.iter();
    let warning = headers.find(|(name, _)| *name == "x-hubsim-warning");
    let warning = warning.cloned();
    let made = keep(
        asked.tenant,
        asked.incoming,
        asked.now,
        tried,
        SHOWN.default,
    );
    let mut reply = made.map_or_else(
        |refusal| crate::http::problem::reply(&refusal, Space::Hub, asked.tracking_id),
        |text| Reply::rendered(200, text).header("x-sim-dry-run", "true"),
    );
    reply.headers.extend(warning);
    if refusal.is_some() {
        let url = asked
            .incoming
            .explain_url(app, asked.tenant, asked.tracking_id);
        reply.headers.push(("x-hubsim-explain", url));
    }
    asked.tenant.journal.add(Record {
        status: reply.status,
        operation: asked.operation.map(|operation| operation.id),
        actor: asked.actor.clone(),
        refusal,
        dry_run: true,
        ..Record::of(asked.incoming, asked.now, asked.tracking_id)
    });
    Outgoing {
        reply,
        now: asked.now,
        tracking_id: Arc::clone(asked.tracking_id),
        tenant: Arc::clone(asked.tenant),
        operation: asked.operation,
        fate: Fate::default(),
    }
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request: PlanRequest = json::carrier(call.body)?;
    let most = Slice::length(call, SHOWN)?;
    let incoming = incoming(call, request.operation)?;
    let (incoming, tried) = rehearsal::try_out(call, incoming)?;
    let text = keep(&call.tenant, &incoming, call.now, tried, most)?;
    Ok(Reply::rendered(200, text))
}

/// The request that a planned call describes.
fn incoming(call: &Call<'_>, planned: PlannedCall) -> Result<Incoming, Refusal> {
    let method = planned.method.to_ascii_uppercase();
    if !matches!(
        Method::parse(&method),
        Some(Method::Post | Method::Put | Method::Patch | Method::Delete)
    ) {
        let shown = shorten(&planned.method);
        let detail = format!(
            "operation.method must be POST, PUT, PATCH or DELETE, not \"{shown}\": other calls \
             change nothing."
        );
        return Err(Refusal::bad_request(detail));
    }
    let (path, in_path) = match planned.path.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (planned.path.as_str(), None),
    };
    if !matches!(Space::of(path), Space::Webex | Space::Hub) {
        let shown = shorten(path);
        let detail = format!(
            "operation.path must begin with /v1/ or /_hub/v1/, not \"{shown}\": only such calls \
             can be planned. The sandbox is that of this request."
        );
        return Err(Refusal::bad_request(detail));
    }
    let (body, of_body) = body(planned.body);
    let (scheme, rest) = call.origin.split_once("://").unwrap_or(("http", ""));
    Ok(Incoming {
        method,
        path: path.to_owned(),
        query: query(in_path, &planned.query)?,
        body,
        content_type: planned.content_type.or(of_body.map(str::to_owned)),
        address: call.address.to_owned(),
        user_agent: call.user_agent.to_owned(),
        host: rest.split('/').next().map(str::to_owned),
        forwarded_proto: Some(scheme.to_owned()),
        ..Incoming::default()
    })
}

/// The bytes of a body, and the media type that they have by themselves.
fn body(body: Value) -> (Bytes, Option<&'static str>) {
    match body {
        Value::Null => (Bytes::new(), None),
        Value::String(text) => (text.into(), Some("text/csv")),
        other => (other.to_string().into(), Some("application/json")),
    }
}

/// The query string: that of the path, or the member `query`.
fn query(in_path: Option<&str>, query: &Value) -> Result<String, Refusal> {
    let wrong = || {
        let detail = "operation.query must be a text such as behavior=addOnly, or an object of \
                      texts, numbers and truth values.";
        Refusal::bad_request(detail)
    };
    match (in_path, query) {
        (Some(text), Value::Null) => Ok(text.to_owned()),
        (Some(_), _) => Err(Refusal::bad_request(
            "operation.path and operation.query both hold a query: write one of them.",
        )),
        (None, Value::Null) => Ok(String::new()),
        (None, Value::String(text)) => Ok(text.trim_start_matches('?').to_owned()),
        (None, Value::Object(members)) => {
            let mut pairs: BTreeMap<&str, Cow<'_, str>> = BTreeMap::new();
            for (name, value) in members {
                let text = match value {
                    Value::String(text) => Cow::Borrowed(text.as_str()),
                    Value::Number(_) | Value::Bool(_) => Cow::Owned(value.to_string()),
                    _ => return Err(wrong()),
                };
                pairs.insert(name, text);
            }
            let mut form = form_urlencoded::Serializer::new(String::new());
            Ok(form.extend_pairs(pairs).finish())
        }
        _ => Err(wrong()),
    }
}

fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let plan = call.tenant.plans.get(call.value("id"))?;
    Ok(Reply::rendered(200, plan.document.clone()))
}

fn apply(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.value("id");
    let plan = call.tenant.plans.get(id)?;
    if !plan.take_turn() {
        let detail = format!("{id} was applied before; a plan is applied once.");
        return Err(Refusal::new(ErrorKind::PlanApplied, detail));
    }
    let Some(request) = &plan.request else {
        return Ok(plan.foretold.clone());
    };
    rehearsal::carry_out(call.app, &call.tenant, request).inspect_err(|_| plan.give_turn_back())
}
