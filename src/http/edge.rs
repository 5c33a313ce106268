//! The edge function: sandbox, actor, operation, tracking and recording, then the row.
//!
//! [`prepare`] decides everything that does not need the row and is quick; [`run`] calls the row.
//! They are two so that the server can put heavy rows on a thread of their own. Neither waits.

use std::borrow::Cow;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub use super::incoming::{Incoming, USER_AGENT_MAX};

use super::admit::admit;
use super::auth::{self, Session};
use super::call::Call;
use super::incoming::{normalize, origin, take_sandbox_prefix};
use super::journal::{Journal, Record};
use super::operation::{Access, Handler, Method, Operation, Space};
use super::problem;
use super::reply::Reply;
use super::target::{Target, find};
use super::tenant::{App, Tenant, real_time};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Entry, Moment};

/// What goes back.
#[derive(Debug)]
pub struct Outgoing {
    /// Status, headers and body.
    pub reply: Reply,
    /// The sandbox time, for the `Date` header.
    pub now: Moment,
    /// The tracking id.
    pub tracking_id: Arc<str>,
    /// The operation's fidelity.
    pub fidelity: &'static str,
}

/// A request that may go to its row.
#[derive(Debug)]
pub struct Prepared {
    incoming: Incoming,
    operation: &'static Operation,
    values: Vec<String>,
    session: Option<Session>,
    tenant: Arc<Tenant>,
    now: Moment,
    tracking_id: Arc<str>,
    origin: String,
    is_server_admin: bool,
}

impl Prepared {
    /// Whether the row may take its time.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        self.operation.heavy
    }

    /// The call of the row.
    fn call<'a>(&'a self, app: &'a App) -> Call<'a> {
        Call {
            app,
            tenant: Arc::clone(&self.tenant),
            session: self.session.clone(),
            operation: self.operation,
            values: self
                .values
                .iter()
                .map(|value| Cow::Borrowed(value.as_str()))
                .collect(),
            query_string: &self.incoming.query,
            body: &self.incoming.body,
            content_type: self.incoming.content_type.as_deref().unwrap_or_default(),
            address: &self.incoming.address,
            user_agent: &self.incoming.user_agent,
            origin: self.origin.clone(),
            path: &self.incoming.path,
            now: self.now,
            tracking_id: Arc::clone(&self.tracking_id),
            is_server_admin: self.is_server_admin,
            committed: RefCell::new(None),
            noted: RefCell::new(None),
        }
    }
}

/// Finds sandbox, actor and operation.
///
/// # Errors
/// The reply, when the request ends here.
pub fn prepare(app: &App, mut incoming: Incoming) -> Result<Prepared, Box<Outgoing>> {
    let prefix = take_sandbox_prefix(&mut incoming);
    normalize(&mut incoming.path);
    let space = Space::of(&incoming.path);
    let found = find(app, &incoming);
    let access = match &found {
        Target::Operation(operation, _) => operation.access,
        _ if space == Space::Sim => Access::Control,
        _ if space == Space::Page => Access::Open,
        _ => Access::Token,
    };
    let who = admit(app, &incoming, space, access, prefix.as_deref());
    let tenant = match &who {
        Ok(admitted) => Arc::clone(&admitted.tenant),
        Err(_) => Arc::clone(&app.default),
    };
    let now = tenant.sandbox.peek().clock.now(real_time());
    let tracking_id = tracking_id(&tenant, &incoming);
    let ended = match (who, found) {
        (Ok(admitted), Target::Operation(operation, values)) => {
            match check(operation, admitted.session.as_ref(), &incoming) {
                Ok(()) => {
                    let origin = origin(app, &incoming, prefix.as_deref());
                    return Ok(Prepared {
                        incoming,
                        operation,
                        values,
                        session: admitted.session,
                        tenant,
                        now,
                        tracking_id,
                        origin,
                        is_server_admin: admitted.is_server_admin,
                    });
                }
                Err(refusal) => Ended {
                    refusal,
                    operation: Some(operation),
                    allow: None,
                },
            }
        }
        (Err(refusal), Target::Operation(operation, _)) => Ended {
            refusal,
            operation: Some(operation),
            allow: None,
        },
        (Err(refusal), _) => Ended {
            refusal,
            operation: None,
            allow: None,
        },
        (Ok(_), Target::Missing(refusal, allow)) => Ended {
            refusal,
            operation: None,
            allow,
        },
    };
    Err(Box::new(end(
        app,
        &incoming,
        space,
        &tenant,
        now,
        tracking_id,
        ended,
    )))
}

/// Refuses what must not reach the row.
fn check(
    operation: &Operation,
    session: Option<&Session>,
    incoming: &Incoming,
) -> Result<(), Refusal> {
    check_control(incoming)?;
    auth::check_access(operation.access, session)?;
    check_media_type(operation, incoming)
}

/// Refuses a request that asks for a rehearsal: acting all the same could lose data.
fn check_control(incoming: &Incoming) -> Result<(), Refusal> {
    let Some(name) = incoming.unknown_control else {
        return Ok(());
    };
    let detail = format!("The header {name} is not simulated yet; nothing was done.");
    Err(Refusal::new(ErrorKind::NotSimulated, detail))
}

/// Refuses a body of another media type where JSON is taken. A body that names none is read as
/// JSON; whatever stands behind the media type does not matter (api-surface.md 1.5). `/_sim` is
/// not so strict: it is nobody's API but ours, and typed by hand.
fn check_media_type(operation: &Operation, incoming: &Incoming) -> Result<(), Refusal> {
    let takes_json = operation.takes.is_some() && operation.space != Space::Sim;
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

/// Calls the row.
#[must_use]
pub fn run(app: &App, prepared: &Prepared) -> Outgoing {
    let operation = prepared.operation;
    let call = prepared.call(app);
    let result = catch_unwind(AssertUnwindSafe(|| dispatch(&call))).unwrap_or_else(|_| {
        let detail = format!("The operation {} failed.", operation.id);
        Err(Refusal::new(ErrorKind::Internal, detail))
    });
    let (mut reply, refusal) = match result {
        Ok(reply) => (reply, None),
        Err(refusal) => (
            problem::reply(&refusal, operation.space, &call.tracking_id),
            Some(refusal),
        ),
    };
    add_headers(app, prepared, &call, &mut reply);
    let actor = prepared
        .session
        .as_ref()
        .map(|session| Arc::clone(&session.actor));
    if let Some(journal) = journal(&prepared.tenant, operation.space, refusal.is_some()) {
        journal.add(Record {
            status: reply.status,
            operation: Some(operation.id),
            actor,
            refusal: refusal.map(Box::new),
            noted: call.noted.take(),
            ..record(&prepared.incoming, prepared.now, &call.tracking_id)
        });
    }
    Outgoing {
        reply,
        // The clock may have been moved by this very call.
        now: prepared.tenant.sandbox.peek().clock.now(real_time()),
        tracking_id: Arc::clone(&prepared.tracking_id),
        fidelity: operation.fidelity.name(),
    }
}

/// Says where a loss, something left out or a refusal is explained, and that a token is nobody's.
fn add_headers(app: &App, prepared: &Prepared, call: &Call<'_>, reply: &mut Reply) {
    let tells = |entry: &Arc<Entry>| !entry.lost.is_empty() || !entry.warnings.is_empty();
    let told = call.committed.borrow().as_ref().is_some_and(tells);
    if reply.explained || told || call.noted.borrow().is_some() {
        let url = explain_url(app, &prepared.incoming, &call.tenant, &call.tracking_id);
        reply.headers.push(("x-hubsim-explain", url));
    }
    if prepared
        .session
        .as_ref()
        .is_some_and(|session| session.unknown)
    {
        let warning = "unknown token: acting as full administrator, because authentication is open";
        reply.headers.push(("x-hubsim-warning", warning.to_owned()));
    }
}

fn dispatch(call: &Call<'_>) -> Result<Reply, Refusal> {
    match call.operation.handler {
        Handler::Row(row) => row(call),
        Handler::Family(route, is_person) => crate::webex::settings::run(call, route, is_person),
        Handler::NotSimulated => {
            let operation = call.operation;
            let detail = format!(
                "{} ({} {}) is not simulated yet.",
                operation.id,
                operation.method.name(),
                operation.path
            );
            Err(Refusal::new(ErrorKind::NotSimulated, detail))
        }
    }
}

/// The caller's own tracking id, else the next of the sandbox.
fn tracking_id(tenant: &Tenant, incoming: &Incoming) -> Arc<str> {
    let sent = incoming.tracking_id.as_deref().filter(|id| {
        (1..=128).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    });
    sent.map_or_else(|| tenant.next_tracking_id(), Into::into)
}

struct Ended {
    refusal: Refusal,
    operation: Option<&'static Operation>,
    allow: Option<String>,
}

fn end(
    app: &App,
    incoming: &Incoming,
    space: Space,
    tenant: &Tenant,
    now: Moment,
    tracking_id: Arc<str>,
    ended: Ended,
) -> Outgoing {
    let mut reply = problem::reply(&ended.refusal, space, &tracking_id);
    let url = explain_url(app, incoming, tenant, &tracking_id);
    reply.headers.push(("x-hubsim-explain", url));
    if let Some(allow) = ended.allow {
        reply.headers.push(("Allow", allow));
    }
    if let Some(journal) = journal(tenant, space, true) {
        journal.add(Record {
            status: reply.status,
            operation: ended.operation.map(|operation| operation.id),
            refusal: Some(Box::new(ended.refusal)),
            ..record(incoming, now, &tracking_id)
        });
    }
    let fidelity = ended
        .operation
        .map_or("F0", |operation| operation.fidelity.name());
    Outgoing {
        reply,
        now,
        tracking_id,
        fidelity,
    }
}

/// Where a request is kept: control calls only when they were refused, and apart from the others.
fn journal(tenant: &Tenant, space: Space, refused: bool) -> Option<&Journal> {
    match space {
        Space::Sim => refused.then_some(&tenant.refused_control),
        _ => Some(&tenant.journal),
    }
}

/// Where the reply of a tracking id is explained, in the sandbox that keeps it.
fn explain_url(app: &App, incoming: &Incoming, tenant: &Tenant, tracking_id: &str) -> String {
    let named = (tenant.id != "default").then_some(tenant.id.as_str());
    let origin = origin(app, incoming, named);
    format!("{origin}/_sim/v1/explain/{tracking_id}")
}

fn record(incoming: &Incoming, now: Moment, tracking_id: &Arc<str>) -> Record {
    let target = if incoming.query.is_empty() {
        incoming.path.as_str().into()
    } else {
        format!("{}?{}", incoming.path, incoming.query).into()
    };
    Record {
        at: now,
        method: match incoming.method.as_str() {
            "HEAD" => "HEAD",
            method => Method::parse(method).map_or("OTHER", Method::name),
        },
        target,
        status: 0,
        operation: None,
        actor: None,
        tracking_id: Arc::clone(tracking_id),
        refusal: None,
        noted: None,
    }
}
