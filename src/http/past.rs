//! Reading the past: which world a revision or a time means, and a request that asks for one
//! (`X-Sim-At`).

use std::sync::Arc;

use super::app::real_time;
use super::controls::refuse_tokens;
use super::incoming::Incoming;
use super::operation::{Method, Operation, Space};
use super::tenant::Tenant;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Moment, Unkept, World};

/// The header that asks for the past.
pub const HEADER: &str = "X-Sim-At";

/// How to go on from the past instead.
pub(super) const BRANCH: &str = "To go on from the past, make a sandbox of it, by POST \
                                 /_sim/v1/sandboxes with {\"from\": \"<id>@<revision>\"}";

/// A tenant as it stood, and the revision that it shows.
#[derive(Debug, Clone)]
pub struct Past {
    /// The tenant. Its clock stands at the moment that is shown.
    pub tenant: Arc<Tenant>,
    /// The revision.
    pub revision: u64,
    /// The moment: the one asked for, or that at which the revision began.
    pub at: Moment,
}

/// The past that a request asks for, when it asks for one.
///
/// # Errors
/// 400 on anything but a GET of the public API or of Control Hub, for what is no revision and no
/// time, and for the future; 410 for what is no longer kept.
pub(super) fn asked(
    operation: &Operation,
    tenant: &Tenant,
    incoming: &Incoming,
) -> Result<Option<Past>, Refusal> {
    let at = incoming.at.as_deref();
    at.map(|at| of(operation, tenant, at)).transpose()
}

fn of(operation: &Operation, tenant: &Tenant, text: &str) -> Result<Past, Refusal> {
    if operation.method != Method::Get {
        let method = operation.method.name();
        let detail =
            format!("{HEADER} is for GET: the past cannot be changed by a {method}. {BRANCH}.");
        return Err(Refusal::bad_request(detail));
    }
    if !matches!(operation.space, Space::Webex | Space::Hub) {
        let detail = format!(
            "{HEADER} reads the public API (/v1) and Control Hub (/_hub) as they were; the \
             simulator's own control knows the present only. See /_sim/v1/history, and \
             /_sim/v1/sandboxes/{{id}}/diff."
        );
        return Err(Refusal::bad_request(detail));
    }
    refuse_tokens(operation, "done in the past")?;
    let text = text.trim();
    let (at, world) = if is_number(text) {
        at_revision(tenant, text)?
    } else {
        at_time(tenant, text)?
    };
    Ok(Past {
        tenant: Arc::new(tenant.as_of(&world, at)),
        revision: world.revision,
        at,
    })
}

/// What stands before the name of a snapshot where a revision is asked for.
const SNAPSHOT: &str = "snapshot:";

/// The world that a text names: a revision, `baseline`, which a reset leads back to, or
/// `snapshot:<name>`.
///
/// # Errors
/// 400 when it is none of them or still to come, 404 when there is no such snapshot, 410 when the
/// revision is not kept.
pub fn state(tenant: &Tenant, text: &str) -> Result<Arc<World>, Refusal> {
    if text == "baseline" {
        return Ok(tenant.sandbox.baseline());
    }
    if let Some(name) = text.strip_prefix(SNAPSHOT) {
        let snapshot = tenant.snapshots.get(name)?;
        return Ok(Arc::new(snapshot.resumed(real_time())));
    }
    Ok(at_revision(tenant, text)?.1)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The world of a sandbox at a revision, and since when it stood.
fn at_revision(tenant: &Tenant, text: &str) -> Result<(Moment, Arc<World>), Refusal> {
    let revision: u64 = text.parse().map_err(|_| {
        let shown = crate::model::number::shorten(text);
        if is_number(text) {
            // More than anybody can count to.
            return refuse(tenant, &format!("Revision {shown}"), Unkept::Future);
        }
        Refusal::bad_request(format!(
            "\"{shown}\" is not a revision, a whole number. It may also be baseline or \
             {SNAPSHOT}<name>; a time is understood by the header {HEADER} alone."
        ))
    })?;
    let found = tenant.sandbox.at_revision(revision);
    found.map_err(|unkept| refuse(tenant, &format!("Revision {revision}"), unkept))
}

fn at_time(tenant: &Tenant, text: &str) -> Result<(Moment, Arc<World>), Refusal> {
    let at: Moment = text.parse().map_err(|_| {
        let shown = crate::model::number::shorten(text);
        Refusal::bad_request(format!(
            "{HEADER}: \"{shown}\" is neither a revision, a whole number, nor a time such as \
             2026-01-31T09:00:00.000Z."
        ))
    })?;
    let now = tenant.sandbox.peek().clock.now(real_time());
    let found = if at > now {
        Err(Unkept::Future)
    } else {
        tenant.sandbox.at_moment(at)
    };
    let world = found.map_err(|unkept| refuse(tenant, &at.to_string(), unkept))?;
    Ok((at, world))
}

fn refuse(tenant: &Tenant, what: &str, unkept: Unkept) -> Refusal {
    let gone = |detail: String| Refusal::new(ErrorKind::NotKept, detail);
    match unkept {
        Unkept::Future => {
            let world = tenant.sandbox.read();
            let (now, revision) = (world.clock.now(real_time()), world.revision);
            Refusal::bad_request(format!(
                "{what} is still to come: the sandbox is at revision {revision}, and its clock \
                 shows {now}."
            ))
        }
        Unkept::Older(revision, at) => gone(format!(
            "{what} is not kept: history begins with revision {revision}, at {at}."
        )),
        Unkept::Within(before, after) => gone(format!(
            "{what} is not kept: it lies within a task. Kept are revision {before} before it and \
             {after} after it."
        )),
    }
}
