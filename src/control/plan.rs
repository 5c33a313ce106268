//! Plans: what a call of `/v1` or `/_hub` would do and what would be lost by it, before it happens;
//! and doing just that.

mod document;
mod request;

use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use crate::http::faults::Fate;
use crate::http::incoming::Incoming;
use crate::http::journal::Record;
use crate::http::openapi::AnyDocument;
use crate::http::page::{Paging, Slice};
use crate::http::plans::{self, Plan, Work};
use crate::http::rehearsal::{self, Asked, Tried};
use crate::http::{Access, App, Call, Outgoing, Reply, Row, Space, Tenant};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Moment;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::post("/_sim/v1/plan", create)
        .named("createPlan", "Plan an operation: what it would do and lose")
        .access(Access::Control)
        .takes::<request::PlanRequest>()
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
        .answers::<AnyDocument>()
        .also(&[201, 202, 204, 206])
        .heavy(),
];

/// How much a plan shows of each list.
const SHOWN: Paging = Paging {
    start: "start",
    max: "max",
    default: 1000,
    most: 20_000,
};

/// Keeps what was tried as a plan and answers its document.
fn keep(
    tenant: &Tenant,
    incoming: &Incoming,
    now: Moment,
    tried: Tried,
    most: usize,
) -> Result<Bytes, Refusal> {
    let id = |told: &[u8]| {
        let print = print(told, &incoming.body);
        plans::id(tenant.plans.next_number(), print)
    };
    let (id, text) = document::render(id, incoming, now, &tried, most)?;
    let (request, reply, revision) = (tried.request, tried.reply, tried.base.revision);
    let plan = Plan::new(id, revision, text.clone(), request, reply);
    tenant.plans.add(plan);
    Ok(text)
}

/// What tells two plans of the same number apart: all that it says, and the body, whose effects
/// it may show in part only.
fn print(told: &[u8], body: &[u8]) -> u32 {
    let of_told = Uuid::new_v5(&Uuid::nil(), told);
    Uuid::new_v5(&of_told, body).as_fields().0
}

/// The answer of a call that was only tried (`X-Sim-Dry-Run: true`).
#[must_use]
pub fn answer(app: &App, asked: &Asked<'_>, mut tried: Tried) -> Outgoing {
    let refusal = tried.refusal.take().map(Box::new);
    let passed_over = std::mem::take(&mut tried.passed_over).into();
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
        passed_over,
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
        room: None,
    }
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let most = Slice::length(call, SHOWN)?;
    let incoming = request::incoming(call)?;
    let (incoming, tried) = rehearsal::try_out(call, incoming)?;
    let text = keep(&call.tenant, &incoming, call.now, tried, most)?;
    Ok(Reply::rendered(200, text))
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
    let done = match plan.work() {
        Work::Request(request) => rehearsal::carry_out(call.app, &call.tenant, &request),
        Work::Refused => Ok(plan.foretold.clone()),
        Work::Outdated => Err(rehearsal::outdated(&call.tenant, plan.revision)),
    };
    done.inspect_err(|_| plan.give_turn_back())
}
