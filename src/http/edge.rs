//! The edge function: sandbox, actor, operation, tracking and recording, then the row.
//!
//! [`prepare`] decides everything that does not need the row and is quick; [`run`] calls the row.
//! They are two so that the server can put heavy rows on a thread of their own. Neither waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub use super::incoming::{Incoming, USER_AGENT_MAX};
pub use super::outgoing::Outgoing;

use super::admit::{admit, named_by};
use super::app::{App, real_time};
use super::auth::Session;
use super::call::Call;
use super::controls::Controls;
use super::ended::{Arrival, Ended};
use super::faults::{self, Fate, Hit};
use super::incoming::{normalize, origin, take_sandbox_prefix};
use super::journal::Record;
use super::media;
use super::operation::{Access, Handler, Operation, Space};
use super::outgoing::Performed;
use super::past::{self, Past};
use super::prepared::Prepared;
use super::problem;
use super::record::journal;
use super::rehearsal::{Asked, Tried};
use super::reply::Reply;
use super::rights;
use super::scopes;
use super::strictness;
use super::target::{Target, find};
use super::tenant::Tenant;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Entry;

/// Finds sandbox, actor and operation.
///
/// # Errors
/// The reply, when the request ends here.
pub fn prepare(app: &App, mut incoming: Incoming) -> Result<Prepared, Box<Outgoing>> {
    let prefix = take_sandbox_prefix(&mut incoming);
    normalize(&app.options, &mut incoming);
    let space = Space::of(&incoming.path);
    let found = find(app, &incoming);
    let access = access(&found, space);
    let who = admit(app, &incoming, space, access, prefix.as_deref());
    let tenant = match &who {
        Ok(admitted) => Arc::clone(&admitted.tenant),
        Err(_) => named_by(app, &incoming, prefix.as_deref()),
    };
    let real = real_time();
    app.note_use(&tenant, real);
    let now = tenant.sandbox.peek().clock.now(real);
    let tracking_id = tracking_id(&tenant, &incoming);
    let session = who.as_ref().ok().and_then(|who| who.session.as_ref());
    let arrival = Arrival {
        app,
        incoming: &incoming,
        tenant: &tenant,
        session,
        now,
        tracking_id: &tracking_id,
    };
    let passed = match &who {
        Ok(_) => pass(&arrival, space, found)?,
        Err(refusal) => {
            let ended = Ended::new(refusal.clone(), found.operation());
            return Err(arrival.end(ended, None));
        }
    };
    let origin = origin(app, &incoming, prefix.as_deref());
    let is_server_admin = who.as_ref().is_ok_and(|who| who.is_server_admin);
    let names_sandbox = who.as_ref().is_ok_and(|who| who.names_sandbox);
    Ok(Prepared {
        incoming,
        operation: passed.operation,
        values: passed.values,
        session: who.ok().and_then(|who| who.session),
        tenant,
        past: passed.past,
        now,
        tracking_id,
        origin,
        is_server_admin,
        names_sandbox,
        controls: passed.controls,
        hit: passed.hit,
    })
}

/// Where a request goes on to, and with what.
struct Onward {
    operation: &'static Operation,
    values: Vec<String>,
    past: Option<Past>,
    controls: Controls,
    hit: Option<Hit>,
}

/// Lets an admitted request pass to its operation, unless it ends here. What is only tried is not
/// disturbed: a plan tells what the operation would do.
fn pass(arrival: &Arrival<'_>, space: Space, found: Target) -> Result<Onward, Box<Outgoing>> {
    let controls = Controls::of(arrival.incoming, space);
    let controls =
        controls.map_err(|refusal| arrival.end(Ended::new(refusal, found.operation()), None))?;
    if let (Some(session), Some(operation)) = (arrival.session, found.operation()) {
        session.used.note(operation.place);
    }
    let is_real = matches!(space, Space::Webex | Space::Hub) && !controls.dry_run;
    let hit = match is_real {
        true => faults::disturb(arrival, &found)?,
        false => None,
    };
    let (operation, values) = match settle(found, arrival.session, arrival.incoming, controls) {
        Ok(settled) => settled,
        Err(ended) if controls.dry_run && ended.is_foreseeable => {
            let (tenant, incoming) = (arrival.tenant, arrival.incoming);
            let tried = Tried::ended(tenant, incoming, arrival.tracking_id, ended);
            let asked = Asked {
                tenant,
                incoming,
                operation: tried.operation,
                actor: arrival.session.map(|session| Arc::clone(&session.actor)),
                now: arrival.now,
                tracking_id: arrival.tracking_id,
            };
            return Err(Box::new((arrival.app.table.rooms.planned)(
                arrival.app,
                &asked,
                tried,
            )));
        }
        Err(ended) => return Err(arrival.end(ended, hit)),
    };
    match past::asked(operation, arrival.tenant, arrival.incoming) {
        Ok(past) => Ok(Onward {
            operation,
            values,
            past,
            controls,
            hit,
        }),
        Err(refusal) => Err(arrival.end(Ended::new(refusal, Some(operation)), hit)),
    }
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
    rights::check_access(operation, session)?;
    let granted = session.and_then(|session| session.granted.as_deref());
    scopes::check(operation, granted)?;
    media::check(operation, incoming)
}

/// Calls the row, or only tries what it would do.
#[must_use]
pub fn run(app: &App, prepared: &Prepared) -> Outgoing {
    if prepared.controls.dry_run {
        return match Tried::of(app, prepared) {
            Ok(tried) => (app.table.rooms.planned)(app, &prepared.asked(), tried),
            Err(refusal) => told(prepared, refused(prepared, refusal)),
        };
    }
    let done = match prepared.hit.as_ref().and_then(|hit| hit.fate().cut) {
        // A reply that is cut was never complete, so what it tells was not done either.
        Some(_) => perform(app, &prepared.moved_to(Arc::new(prepared.tenant.fork()))),
        None => perform(app, prepared),
    };
    if let Some(hit) = &prepared.hit {
        app.metrics.count_fault(&hit.simulated);
    }
    told(prepared, done)
}

/// What goes back of what a row came to.
fn told(prepared: &Prepared, mut done: Performed) -> Outgoing {
    Outgoing {
        room: done.room.take(),
        reply: keep(prepared, done),
        // The clock may have been moved by this very call.
        now: prepared.shown().sandbox.peek().clock.now(real_time()),
        tracking_id: Arc::clone(&prepared.tracking_id),
        tenant: Arc::clone(&prepared.tenant),
        operation: Some(prepared.operation),
        fate: Fate {
            // The row waited already.
            delay_ms: 0,
            ..prepared.hit.as_ref().map(Hit::fate).unwrap_or_default()
        },
    }
}

/// That a row was not called.
fn refused(prepared: &Prepared, refusal: Refusal) -> Performed {
    let path = &prepared.incoming.path;
    Performed {
        reply: problem::reply_at(path, &refusal, &prepared.tracking_id),
        refusal: Some(refusal),
        noted: None,
        told: Vec::new(),
        struck: None,
        passed_over: Vec::new(),
        room: None,
    }
}

/// Calls the row, whatever becomes of it.
pub(super) fn perform(app: &App, prepared: &Prepared) -> Performed {
    let operation = prepared.operation;
    let call = prepared.call(app);
    let result = catch_unwind(AssertUnwindSafe(|| dispatch(&call))).unwrap_or_else(|_| {
        let detail = format!("The operation {} failed.", operation.id);
        let (sandbox, tracking_id) = (&*prepared.tenant.id, &*prepared.tracking_id);
        tracing::error!(
            sandbox,
            operation = operation.id,
            tracking_id,
            "a defect of hubsim"
        );
        Err(Refusal::new(ErrorKind::Internal, detail))
    });
    let (mut reply, refusal) = match result.and_then(|reply| call.admit(reply)) {
        Ok(reply) => (reply, None),
        Err(refusal) => (refused(prepared, refusal.clone()).reply, Some(refusal)),
    };
    add_headers(app, prepared, &call, &mut reply);
    Performed {
        reply,
        refusal,
        noted: call.noted.take(),
        told: call.told.take(),
        struck: call.struck.take(),
        passed_over: call.passed_over.take(),
        room: call.room.take(),
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
            passed_over: done.passed_over.into(),
            simulated: done.struck.or_else(|| {
                let hit = prepared.hit.as_ref();
                hit.map(|hit| Box::new(hit.simulated.clone()))
            }),
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
    if let Some(hit) = &prepared.hit {
        reply.headers.push(hit.header());
    }
    if let Some(struck) = &*call.struck.borrow() {
        reply
            .headers
            .push(("x-hubsim-fault", struck.id.to_string()));
    }
    if let Some(past) = &prepared.past {
        let revision = past.revision.to_string();
        reply.headers.push(("x-sim-at", revision));
    }
    let session = prepared.session.as_ref();
    let granted = session.and_then(|session| session.granted.as_deref());
    if let Some(warning) = scopes::warning(prepared.operation, granted) {
        reply.headers.push(("x-hubsim-warning", warning));
    }
    if session.is_some_and(|session| session.unknown) {
        let warning = "unknown token: acting as full administrator, because authentication is open";
        reply.headers.push(("x-hubsim-warning", warning.to_owned()));
    }
}

fn dispatch(call: &Call<'_>) -> Result<Reply, Refusal> {
    if !matches!(call.operation.handler, Handler::NotSimulated) {
        strictness::check(call)?;
        call.check_organization()?;
    }
    call.check_places()?;
    match call.operation.handler {
        Handler::Row(row) => row(call),
        Handler::Family(route, is_person) => (call.app.table.rooms.family)(call, route, is_person),
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
