//! Trying a request out: the very operation runs on a fork of the sandbox, with the tasks that it
//! starts, and nothing of the sandbox moves. Same world, same clock, same tracking id: what it
//! comes to is what the request would come to.

use std::sync::Arc;

use super::app::{App, named_token, real_time};
use super::auth::{self, Session};
use super::call::Call;
use super::controls::Controls;
use super::edge::{keep, perform, settle};
use super::ended::Ended;
use super::incoming::{Incoming, normalize};
use super::journal::Noted;
use super::operation::Operation;
use super::outgoing::Performed;
use super::prepared::Prepared;
use super::problem;
use super::reply::Reply;
use super::target::find;
use super::tenant::Tenant;
use super::turns::Turn;
use crate::json::Passed;
use crate::licensing::outcome::Outcome;
use crate::model::role::ROLES;
use crate::refusal::{ErrorKind, Refusal};
use crate::tasks::engine;
use crate::world::{Actor, Entry, Moment, World};

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

/// What a request came to that was tried out.
#[derive(Debug)]
pub struct Tried {
    /// The operation, when the path led to one.
    pub operation: Option<&'static Operation>,
    /// What it would answer.
    pub reply: Reply,
    /// Why it would be refused.
    pub refusal: Option<Refusal>,
    /// What it told that changes nothing.
    pub noted: Option<Box<Noted>>,
    /// What changes of licences came to, those of tasks aside.
    pub told: Vec<Outcome>,
    /// The fields of the body that nothing would be done with.
    pub passed_over: Vec<Passed>,
    /// The world that it was tried on.
    pub base: Arc<World>,
    /// The world that it led to.
    pub after: Arc<World>,
    /// The commits between the two.
    pub entries: Vec<Arc<Entry>>,
    /// What is needed to do it.
    pub request: Option<Prepared>,
}

impl Prepared {
    /// The same request in another sandbox, at its time.
    pub(super) fn moved_to(&self, tenant: Arc<Tenant>) -> Self {
        let session = self.session.clone().map(|session| Session {
            tenant: Arc::clone(&tenant),
            ..session
        });
        Self {
            now: tenant.sandbox.peek().clock.now(real_time()),
            tenant,
            session,
            ..self.clone()
        }
    }

    /// About how much memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.incoming.body.len() + self.incoming.query.len() + self.incoming.path.len()
    }

    /// What a plan says of the request.
    #[must_use]
    pub fn asked(&self) -> Asked<'_> {
        let session = self.session.as_ref();
        Asked {
            tenant: &self.tenant,
            incoming: &self.incoming,
            operation: Some(self.operation),
            actor: session.map(|session| Arc::clone(&session.actor)),
            now: self.now,
            tracking_id: &self.tracking_id,
        }
    }

    /// Runs the row and the tasks that it starts, to their end.
    fn perform_whole(&self, app: &App) -> Performed {
        let base = self.tenant.sandbox.read();
        let done = perform(app, self);
        engine::run_new(&self.tenant.sandbox, &base, &self.call(app).context());
        done
    }
}

/// The turn of what may take much memory.
fn turn<'a>(app: &'a App, prepared: &Prepared) -> Result<Option<Turn<'a>>, Refusal> {
    let is_large = prepared.is_large();
    is_large.then(|| app.large_plans.take()).transpose()
}

impl Tried {
    /// Tries a request out. Where that may take much memory, it waits for its turn.
    ///
    /// # Errors
    /// 503 when too many wait already.
    pub fn of(app: &App, prepared: &Prepared) -> Result<Self, Refusal> {
        let _turn = turn(app, prepared)?;
        let untouched = Arc::new(prepared.tenant.fork());
        let base = untouched.sandbox.read();
        let mut trial = prepared.moved_to(Arc::new(untouched.fork()));
        trial.now = prepared.now;
        let done = trial.perform_whole(app);
        let sandbox = &trial.tenant.sandbox;
        Ok(Self {
            operation: Some(prepared.operation),
            reply: done.reply,
            refusal: done.refusal,
            noted: done.noted,
            told: done.told,
            passed_over: done.passed_over,
            base,
            after: sandbox.read(),
            entries: sandbox.ledger(|ledger| ledger.entries().map(Arc::clone).collect()),
            request: Some(prepared.moved_to(untouched)),
        })
    }

    /// A request that would be refused before it came to its operation.
    #[must_use]
    pub(super) fn ended(
        tenant: &Tenant,
        incoming: &Incoming,
        tracking_id: &str,
        ended: Ended,
    ) -> Self {
        let world = tenant.sandbox.read();
        let mut reply = problem::reply_at(&incoming.path, &ended.refusal, tracking_id);
        if let Some(allow) = ended.allow {
            reply.headers.push(("Allow", allow));
        }
        Self {
            operation: ended.operation,
            reply,
            refusal: Some(ended.refusal),
            noted: None,
            told: Vec::new(),
            passed_over: Vec::new(),
            base: Arc::clone(&world),
            after: world,
            entries: Vec::new(),
            request: None,
        }
    }
}

/// Tries a request that the body of another one describes, in the name of its caller; where
/// nobody is named, in that of the full administrator.
///
/// # Errors
/// What cannot be tried at all. A refusal of the operation is what it would answer.
pub fn try_out(call: &Call<'_>, mut incoming: Incoming) -> Result<(Incoming, Tried), Refusal> {
    normalize(&call.app.options, &mut incoming);
    let controls = Controls {
        dry_run: true,
        max_loss: None,
    };
    let session = session(call)?;
    let found = find(call.app, &incoming);
    let tried = match settle(found, Some(&session), &incoming, controls) {
        Err(ended) if !ended.is_foreseeable => return Err(ended.refusal),
        Err(ended) => Tried::ended(&call.tenant, &incoming, &call.tracking_id, ended),
        Ok((operation, values)) => {
            let settled = (operation, values);
            let prepared = on_behalf_of(call, incoming.clone(), settled, session, controls);
            Tried::of(call.app, &prepared)?
        }
    };
    Ok((incoming, tried))
}

/// A request that stands in another one, at the same moment and under the same tracking id.
fn on_behalf_of(
    call: &Call<'_>,
    incoming: Incoming,
    (operation, values): (&'static Operation, Vec<String>),
    session: Session,
    controls: Controls,
) -> Prepared {
    Prepared {
        incoming,
        operation,
        values,
        session: Some(session),
        tenant: Arc::clone(&call.tenant),
        past: None,
        now: call.now,
        tracking_id: Arc::clone(&call.tracking_id),
        origin: call.origin.clone(),
        is_server_admin: call.is_server_admin,
        names_sandbox: call.names_sandbox,
        controls,
        hit: None,
    }
}

/// The caller; where nobody is named, the full administrator.
fn session(call: &Call<'_>) -> Result<Session, Refusal> {
    match &call.session {
        Some(session) => Ok(session.clone()),
        None => {
            let token = named_token(&ROLES[0], &call.tenant.id);
            auth::session(call.app, &token, Some(&call.tenant.id))
        }
    }
}

/// What a GET of a path of `/v1` or `/_hub` answers to the caller of another request. It is
/// written down nowhere.
///
/// # Errors
/// The refusal that it would answer.
pub fn look(call: &Call<'_>, path: &str) -> Result<Reply, Refusal> {
    let session = session(call)?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut incoming = Incoming {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        ..Incoming::default()
    };
    normalize(&call.app.options, &mut incoming);
    let controls = Controls::default();
    let found = find(call.app, &incoming);
    let settled = settle(found, Some(&session), &incoming, controls);
    let settled = settled.map_err(|ended| ended.refusal)?;
    let prepared = on_behalf_of(call, incoming, settled, session, controls);
    let done = perform(call.app, &prepared);
    done.refusal.map_or(Ok(done.reply), Err)
}

/// Does in a sandbox what was tried, with the tasks that it starts. It is done at the sandbox's
/// present time, under the tracking id of the plan.
///
/// # Errors
/// 409 when the sandbox is no longer where it was, 503 when too many wait for their turn. Nothing
/// has changed then.
pub fn carry_out(app: &App, tenant: &Arc<Tenant>, request: &Prepared) -> Result<Reply, Refusal> {
    let base = request.tenant.sandbox.read();
    let moved_on = || outdated(tenant, base.revision);
    if !tenant.sandbox.peek().is_where(&base) {
        return Err(moved_on());
    }
    let _turn = turn(app, request)?;
    // On a fork first, so that nobody waits and nothing comes between.
    let trial = request.moved_to(Arc::new(tenant.fork()));
    let done = trial.perform_whole(app);
    if !tenant.sandbox.adopt(&base, &trial.tenant.sandbox) {
        return Err(moved_on());
    }
    let real = Prepared {
        now: trial.now,
        ..request.moved_to(Arc::clone(tenant))
    };
    Ok(keep(&real, done))
}

/// That a sandbox is no longer where a plan was made.
#[must_use]
pub fn outdated(tenant: &Tenant, then: u64) -> Refusal {
    let now = tenant.sandbox.peek().revision;
    let detail = match then == now {
        true => "A task has gone on, or was started, since the plan was made.".to_owned(),
        false => format!("The plan was made at revision {then}; the sandbox is at {now}."),
    };
    Refusal::new(ErrorKind::PlanOutdated, detail)
}
