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
use super::app::{App, real_time};
use super::auth::{self, Session};
use super::call::Call;
use super::controls::Controls;
use super::incoming::{normalize, origin, take_sandbox_prefix};
use super::journal::{Noted, Record};
use super::media;
use super::operation::{Access, Handler, Operation, Space};
use super::past::{self, Past};
use super::problem;
use super::record::journal;
use super::rehearsal::Tried;
use super::reply::Reply;
use super::target::{Target, find};
use super::tenant::Tenant;
use crate::control::plan;
use crate::licensing::outcome::Outcome;
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
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) incoming: Incoming,
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<String>,
    pub(super) session: Option<Session>,
    pub(super) tenant: Arc<Tenant>,
    pub(super) past: Option<Past>,
    pub(super) now: Moment,
    pub(super) tracking_id: Arc<str>,
    pub(super) origin: String,
    pub(super) is_server_admin: bool,
    pub(super) controls: Controls,
}

/// What a row came to.
#[derive(Debug)]
pub(super) struct Performed {
    /// The reply with its headers.
    pub reply: Reply,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    /// What it told that changed nothing.
    pub noted: Option<Box<Noted>>,
    /// What changes of licences came to.
    pub told: Vec<Outcome>,
}

impl Prepared {
    /// The tenant that the row sees: the caller's own, or as it stood.
    fn shown(&self) -> &Arc<Tenant> {
        let past = self.past.as_ref();
        past.map_or(&self.tenant, |past| &past.tenant)
    }

    /// Whether the row may take its time.
    #[must_use]
    pub fn is_heavy(&self) -> bool {
        self.operation.heavy || self.controls.dry_run
    }

    /// The call of the row.
    pub(super) fn call<'a>(&'a self, app: &'a App) -> Call<'a> {
        Call {
            app,
            tenant: Arc::clone(self.shown()),
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
            now: self.past.as_ref().map_or(self.now, |past| past.at),
            tracking_id: Arc::clone(&self.tracking_id),
            is_server_admin: self.is_server_admin,
            controls: self.controls,
            told: RefCell::default(),
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
    let access = access(&found, space);
    let who = admit(app, &incoming, space, access, prefix.as_deref());
    let tenant = match &who {
        Ok(admitted) => Arc::clone(&admitted.tenant),
        Err(_) => Arc::clone(&app.default),
    };
    let now = tenant.sandbox.peek().clock.now(real_time());
    let tracking_id = tracking_id(&tenant, &incoming);
    let (ended, admitted) = match who {
        Err(refusal) => (Ended::new(refusal, found.operation()), None),
        Ok(admitted) => {
            let session = admitted.session.as_ref();
            let refuse = |refusal, operation| {
                let (ended, id) = (Ended::new(refusal, operation), Arc::clone(&tracking_id));
                end(app, &incoming, &tenant, now, id, ended)
            };
            let controls = Controls::of(&incoming, space);
            let controls = controls.map_err(|refusal| refuse(refusal, found.operation()))?;
            match settle(found, session, &incoming, controls) {
                Ok((operation, values)) => {
                    let past = past::asked(operation, &tenant, &incoming);
                    let past = past.map_err(|refusal| refuse(refusal, Some(operation)))?;
                    let origin = origin(app, &incoming, prefix.as_deref());
                    return Ok(Prepared {
                        incoming,
                        operation,
                        values,
                        session: admitted.session,
                        tenant,
                        past,
                        now,
                        tracking_id,
                        origin,
                        is_server_admin: admitted.is_server_admin,
                        controls,
                    });
                }
                Err(ended) => (ended, controls.dry_run.then_some(admitted)),
            }
        }
    };
    if let Some(admitted) = admitted.filter(|_| ended.is_foreseeable) {
        let tried = Tried::ended(&tenant, &incoming, &tracking_id, ended);
        let asked = plan::Asked {
            tenant: &tenant,
            incoming: &incoming,
            operation: tried.operation,
            actor: admitted.session.map(|session| session.actor),
            now,
            tracking_id: &tracking_id,
        };
        return Err(Box::new(plan::answer(app, &asked, tried)));
    }
    Err(end(app, &incoming, &tenant, now, tracking_id, ended))
}

/// Who may call what a path leads to, be it nothing.
fn access(found: &Target, space: Space) -> Access {
    match found {
        Target::Operation(operation, _) => operation.access,
        Target::Missing(..) if space == Space::Sim => Access::Control,
        Target::Missing(..) if space == Space::Page => Access::Open,
        Target::Missing(..) => Access::Token,
    }
}

/// The operation of a request and the values of its path, unless it ends here.
pub(super) fn settle(
    found: Target,
    session: Option<&Session>,
    incoming: &Incoming,
    controls: Controls,
) -> Result<(&'static Operation, Vec<String>), Ended> {
    let (operation, values) = match found {
        Target::Operation(operation, values) => (operation, values),
        Target::Missing(refusal, allow) => {
            return Err(Ended {
                allow,
                ..Ended::new(refusal, None).foreseeable()
            });
        }
    };
    // What cannot be tried is no answer of the operation.
    if let Err(refusal) = controls.check(operation) {
        return Err(Ended::new(refusal, Some(operation)));
    }
    match check(operation, session, incoming) {
        Ok(()) => Ok((operation, values)),
        Err(refusal) => Err(Ended::new(refusal, Some(operation)).foreseeable()),
    }
}

/// Refuses what must not reach the row.
fn check(
    operation: &Operation,
    session: Option<&Session>,
    incoming: &Incoming,
) -> Result<(), Refusal> {
    auth::check_access(operation, session)?;
    media::check(operation, incoming)
}

/// Calls the row, or only tries what it would do.
#[must_use]
pub fn run(app: &App, prepared: &Prepared) -> Outgoing {
    if prepared.controls.dry_run {
        let tried = Tried::of(app, prepared);
        return plan::answer(app, &prepared.asked(), tried);
    }
    let done = perform(app, prepared);
    let reply = keep(prepared, done);
    Outgoing {
        reply,
        // The clock may have been moved by this very call.
        now: prepared.shown().sandbox.peek().clock.now(real_time()),
        tracking_id: Arc::clone(&prepared.tracking_id),
        fidelity: prepared.operation.fidelity.name(),
    }
}

/// Calls the row, whatever becomes of it.
pub(super) fn perform(app: &App, prepared: &Prepared) -> Performed {
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
    Performed {
        reply,
        refusal,
        noted: call.noted.take(),
        told: call.told.take(),
    }
}

/// Writes down in the sandbox's journal what became of a request, and answers its reply.
pub(super) fn keep(prepared: &Prepared, done: Performed) -> Reply {
    let space = prepared.operation.space;
    if let Some(journal) = journal(&prepared.tenant, space, done.refusal.is_some()) {
        let session = prepared.session.as_ref();
        journal.add(Record {
            status: done.reply.status,
            operation: Some(prepared.operation.id),
            actor: session.map(|session| Arc::clone(&session.actor)),
            refusal: done.refusal.map(Box::new),
            noted: done.noted,
            ..Record::of(&prepared.incoming, prepared.now, &prepared.tracking_id)
        });
    }
    done.reply
}

/// Says where a loss, something left out or a refusal is explained, and that a token is nobody's.
fn add_headers(app: &App, prepared: &Prepared, call: &Call<'_>, reply: &mut Reply) {
    let tells = |entry: &Arc<Entry>| !entry.lost.is_empty() || !entry.warnings.is_empty();
    let told = call.committed.borrow().as_ref().is_some_and(tells);
    if reply.explained || told || call.noted.borrow().is_some() {
        let url = prepared
            .incoming
            .explain_url(app, &call.tenant, &call.tracking_id);
        reply.headers.push(("x-hubsim-explain", url));
    }
    if let Some(past) = &prepared.past {
        let revision = past.revision.to_string();
        reply.headers.push(("x-sim-at", revision));
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

/// Why a request ends before its row.
#[derive(Debug)]
pub(super) struct Ended {
    pub refusal: Refusal,
    pub operation: Option<&'static Operation>,
    pub allow: Option<String>,
    /// Whether a plan tells it as the answer of the operation.
    pub is_foreseeable: bool,
}

impl Ended {
    fn new(refusal: Refusal, operation: Option<&'static Operation>) -> Self {
        Self {
            refusal,
            operation,
            allow: None,
            is_foreseeable: false,
        }
    }

    fn foreseeable(mut self) -> Self {
        self.is_foreseeable = true;
        self
    }
}

fn end(
    app: &App,
    incoming: &Incoming,
    tenant: &Tenant,
    now: Moment,
    tracking_id: Arc<str>,
    ended: Ended,
) -> Box<Outgoing> {
    let space = Space::of(&incoming.path);
    let mut reply = problem::reply(&ended.refusal, space, &tracking_id);
    let url = incoming.explain_url(app, tenant, &tracking_id);
    reply.headers.push(("x-hubsim-explain", url));
    if let Some(allow) = ended.allow {
        reply.headers.push(("Allow", allow));
    }
    if let Some(journal) = journal(tenant, space, true) {
        journal.add(Record {
            status: reply.status,
            operation: ended.operation.map(|operation| operation.id),
            refusal: Some(Box::new(ended.refusal)),
            ..Record::of(incoming, now, &tracking_id)
        });
    }
    let fidelity = ended
        .operation
        .map_or("F0", |operation| operation.fidelity.name());
    Box::new(Outgoing {
        reply,
        now,
        tracking_id,
        fidelity,
    })
}
