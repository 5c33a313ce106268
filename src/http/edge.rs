//! The edge function: sandbox, actor, operation, tracking and recording, then the row.
//!
//! [`prepare`] decides everything that does not need the row and is quick; [`run`] calls the row.
//! They are two so that the server can put heavy rows on a thread of their own. Neither waits.

use std::borrow::Cow;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::auth::{self, Session};
use super::call::Call;
use super::journal::{Journal, Record};
use super::operation::{Access, Found, Handler, Method, Operation, Space};
use super::problem;
use super::reply::Reply;
use super::tenant::{App, Tenant, real_time};
use crate::options::AuthMode;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::Moment;

/// A request as it came in.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// The method's name.
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The query string.
    pub query: String,
    /// The body.
    pub body: Bytes,
    /// `Authorization`
    pub authorization: Option<String>,
    /// `Host`
    pub host: Option<String>,
    /// `X-Forwarded-Proto`
    pub forwarded_proto: Option<String>,
    /// `X-Forwarded-Host`
    pub forwarded_host: Option<String>,
    /// `TrackingID`
    pub tracking_id: Option<String>,
    /// `Content-Type`
    pub content_type: Option<String>,
    /// `Origin`
    pub browser_origin: Option<String>,
    /// `Sec-Fetch-Site`
    pub fetch_site: Option<String>,
    /// `X-Sim-Sandbox`
    pub sandbox: Option<String>,
    /// `X-Sim-Admin-Token`
    pub admin_token: Option<String>,
}

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
            let role = admitted.session.as_ref().and_then(|session| session.role);
            match auth::check_access(operation.access, role) {
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

/// Calls the row.
#[must_use]
pub fn run(app: &App, prepared: &Prepared) -> Outgoing {
    let operation = prepared.operation;
    let call = Call {
        app,
        tenant: Arc::clone(&prepared.tenant),
        session: prepared.session.clone(),
        operation,
        values: prepared
            .values
            .iter()
            .map(|value| Cow::Borrowed(value.as_str()))
            .collect(),
        query_string: &prepared.incoming.query,
        body: &prepared.incoming.body,
        content_type: prepared
            .incoming
            .content_type
            .as_deref()
            .unwrap_or_default(),
        origin: prepared.origin.clone(),
        path: &prepared.incoming.path,
        now: prepared.now,
        tracking_id: Arc::clone(&prepared.tracking_id),
        is_server_admin: prepared.is_server_admin,
        committed: RefCell::new(None),
    };
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
    let lost = call
        .committed
        .borrow()
        .as_ref()
        .is_some_and(|entry| !entry.lost.is_empty());
    if reply.explained || lost {
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
            ..record(&prepared.incoming, prepared.now, &call.tracking_id)
        });
    }
    Outgoing {
        reply,
        now: prepared.now,
        tracking_id: Arc::clone(&prepared.tracking_id),
        fidelity: operation.fidelity.name(),
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

enum Target {
    Operation(&'static Operation, Vec<String>),
    Missing(Refusal, Option<String>),
}

fn find(app: &App, incoming: &Incoming) -> Target {
    let method = Method::parse(&incoming.method);
    match app.table.find(method, &incoming.path) {
        Found::Operation(operation, values) => {
            let decode = |value: &str| percent_decode_str(value).decode_utf8_lossy().into_owned();
            Target::Operation(operation, values.into_iter().map(decode).collect())
        }
        Found::OtherMethods(methods) => {
            let names: Vec<_> = methods.into_iter().map(Method::name).collect();
            let allow = names.join(", ");
            let detail = format!("This path has the methods {allow}.");
            Target::Missing(
                Refusal::new(ErrorKind::MethodNotAllowed, detail),
                Some(allow),
            )
        }
        Found::Nothing => Target::Missing(unknown_path(app, &incoming.path), None),
    }
}

fn unknown_path(app: &App, path: &str) -> Refusal {
    let shown = crate::model::number::shorten(path);
    let space = Space::of(path);
    let paths = app
        .table
        .operations
        .iter()
        .filter(|operation| operation.space == space);
    let hint = match space {
        Space::Webex => None,
        _ => crate::model::nearest::nearest(path, paths.map(|operation| operation.path)),
    };
    let detail = match hint {
        Some(hint) => format!("There is nothing at {shown}. Did you mean {hint}?"),
        None => format!("There is nothing at {shown}."),
    };
    Refusal::new(ErrorKind::UnknownPath, detail)
}

struct Admitted {
    tenant: Arc<Tenant>,
    session: Option<Session>,
    is_server_admin: bool,
}

fn admit(
    app: &App,
    incoming: &Incoming,
    space: Space,
    access: Access,
    prefix: Option<&str>,
) -> Result<Admitted, Refusal> {
    if space != Space::Webex {
        check_host(app, incoming)?;
    }
    if matches!(space, Space::Sim | Space::Hub) {
        check_page(app, incoming)?;
    }
    let selected = selected(incoming, prefix)?;
    let selected = selected.as_deref();
    let admin = app.options.admin_token.as_deref();
    let is_server_admin = match (admin, incoming.admin_token.as_deref()) {
        (Some(expected), sent) => sent == Some(expected),
        (None, _) => app.options.auth == AuthMode::Open && app.options.bind.is_loopback(),
    };
    let token = auth::bearer(incoming.authorization.as_deref());
    let without_token = match access {
        Access::Open => true,
        Access::Control => token.is_err() && is_server_admin,
        Access::Token | Access::Administrator => false,
    };
    if without_token {
        let tenant = match selected {
            Some(id) => app.tenant(id)?,
            None => Arc::clone(&app.default),
        };
        return Ok(Admitted {
            tenant,
            session: None,
            is_server_admin,
        });
    }
    let session = auth::session(app, token?, selected)?;
    let is_full_admin = session.role.is_some_and(|role| role.token == "full-admin");
    let may_control = is_server_admin || (is_full_admin && !session.unknown);
    if access == Access::Control && !may_control {
        let detail =
            "The simulator's control needs a full administrator's token or the admin token.";
        return Err(Refusal::new(ErrorKind::Forbidden, detail));
    }
    Ok(Admitted {
        tenant: Arc::clone(&session.tenant),
        session: Some(session),
        is_server_admin,
    })
}

/// The sandbox that path, header and host name; they must agree.
fn selected(incoming: &Incoming, prefix: Option<&str>) -> Result<Option<String>, Refusal> {
    let host = incoming.host.as_deref().map(host_name).unwrap_or_default();
    let of_host = host.strip_suffix(".localhost").filter(|id| !id.is_empty());
    let mut named: Option<&str> = None;
    for candidate in [prefix, incoming.sandbox.as_deref(), of_host]
        .into_iter()
        .flatten()
    {
        if named.is_some_and(|named| named != candidate) {
            let detail = "Path, X-Sim-Sandbox header and host name different sandboxes.";
            return Err(Refusal::new(ErrorKind::ConflictingSelectors, detail));
        }
        named = Some(candidate);
    }
    Ok(named.map(str::to_owned))
}

/// Whether the server answers to a host's name: loopback, the address it listens on, and what
/// `--allowed-host` says.
fn is_own_host(app: &App, host: &str) -> bool {
    let address = host.parse::<std::net::IpAddr>();
    host == "localhost"
        || host.ends_with(".localhost")
        || address.is_ok_and(|ip| ip.is_loopback() || ip == app.options.bind)
        || app
            .options
            .allowed_host
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(host))
}

/// Refuses requests under a foreign name, which a page may have made point here.
fn check_host(app: &App, incoming: &Incoming) -> Result<(), Refusal> {
    let host = incoming.host.as_deref().map(host_name);
    if host.is_none_or(|host| is_own_host(app, host)) {
        return Ok(());
    }
    let detail = "This server does not answer to that host name; see --allowed-host.";
    Err(Refusal::new(ErrorKind::ForeignOrigin, detail))
}

/// Refuses what a foreign page sends.
fn check_page(app: &App, incoming: &Incoming) -> Result<(), Refusal> {
    let foreign = incoming.browser_origin.as_deref().is_some_and(|origin| {
        let host = origin.split_once("://").map(|(_, rest)| host_name(rest));
        !host.is_some_and(|host| is_own_host(app, host))
    });
    if foreign || incoming.fetch_site.as_deref() == Some("cross-site") {
        let detail = "Pages of other origins may not call this address space.";
        return Err(Refusal::new(ErrorKind::ForeignOrigin, detail));
    }
    Ok(())
}

/// The name in `name:port` or `[address]:port`.
fn host_name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    host.split(':').next().unwrap_or_default()
}

fn take_sandbox_prefix(incoming: &mut Incoming) -> Option<String> {
    let rest = incoming.path.strip_prefix("/_sandbox/")?;
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let (id, rest) = (id.to_owned(), format!("/{rest}"));
    incoming.path = rest;
    Some(id)
}

/// Doubled slashes are merged, a trailing slash is dropped.
fn normalize(path: &mut String) {
    if path.contains("//") {
        let mut merged = String::with_capacity(path.len());
        for character in path.chars() {
            if character != '/' || !merged.ends_with('/') {
                merged.push(character);
            }
        }
        *path = merged;
    }
    if path.len() > 1 && path.ends_with('/') {
        path.pop();
    }
}

fn origin(app: &App, incoming: &Incoming, prefix: Option<&str>) -> String {
    let scheme = incoming
        .forwarded_proto
        .as_deref()
        .filter(|s| *s == "https")
        .unwrap_or("http");
    let named = incoming
        .forwarded_host
        .as_deref()
        .or(incoming.host.as_deref());
    let plain = |host: &&str| {
        host.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b))
    };
    let host = match named.filter(plain) {
        Some(host) => Cow::Borrowed(host),
        None => {
            let port = app.port.load(std::sync::atomic::Ordering::Relaxed);
            Cow::Owned(format!("{}:{port}", app.options.bind))
        }
    };
    match prefix {
        Some(id) => format!("{scheme}://{host}/_sandbox/{id}"),
        None => format!("{scheme}://{host}"),
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
        method: Method::parse(&incoming.method).map_or("OTHER", Method::name),
        target,
        status: 0,
        operation: None,
        actor: None,
        tracking_id: Arc::clone(tracking_id),
        refusal: None,
    }
}
