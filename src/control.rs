//! The simulator's own control: `/_sim/v1`.

pub mod authority;
pub mod clock;
pub mod coverage;
pub mod errors;
pub mod events;
pub mod explain;
pub mod faults;
pub mod history;
pub mod ledger;
pub mod metrics;
pub mod naming;
pub mod openapi;
pub mod outbox;
pub mod plan;
pub mod quirks;
pub mod requests;
pub mod rules;
pub mod sandboxes;
pub mod scenarios;
pub mod scopes;
pub mod shutdown;
pub mod simulate;
pub mod snapshots;
pub mod status;
pub mod subscriptions;
pub mod switches;
pub mod tasks;
pub mod verify;

use std::sync::Arc;

use crate::http::operation::Method;
use crate::http::{Call, Tenant};
use crate::refusal::{ErrorKind, Refusal};

/// Refuses callers who may not act on the server as a whole.
///
/// # Errors
/// 403.
pub fn require_server_admin(call: &Call<'_>) -> Result<(), Refusal> {
    if call.is_server_admin {
        return Ok(());
    }
    let detail = "This call concerns the whole server: it needs the admin token \
                  (X-Sim-Admin-Token), which --admin-token sets at start.";
    Err(Refusal::new(ErrorKind::AdminTokenNeeded, detail))
}

/// The sandbox that a path names.
///
/// # Errors
/// 403 for another sandbox than the caller's own without the admin token, 404 when there is none.
pub fn named_tenant(call: &Call<'_>) -> Result<Arc<Tenant>, Refusal> {
    let id = call.value("id");
    if !call.is_server_admin && id != call.tenant.id {
        let detail =
            "A token of a sandbox controls that sandbox only; others need the admin token.";
        return Err(Refusal::new(ErrorKind::AdminTokenNeeded, detail));
    }
    call.app.tenant(id)
}

/// Refuses query parameters that the operation does not know: a filter with a slip of the pen
/// would filter nothing.
///
/// # Errors
/// 400 that names the nearest.
pub fn refuse_unknown_queries(call: &Call<'_>) -> Result<(), Refusal> {
    let known = call.operation.queries.iter().map(|(name, _)| *name);
    let unknown = call
        .queries()
        .find(|(name, _)| known.clone().all(|own| own != name));
    match unknown {
        None => Ok(()),
        Some((name, _)) => {
            let nearest = crate::model::nearest::nearest(&name, known.clone());
            let refusal = unknown_name("query parameter", &name, known);
            Err(refusal.meaning("query", crate::model::number::shorten(&name), nearest))
        }
    }
}

/// Refuses a body where the operation takes none: what somebody wanted with it, perhaps that
/// nothing happens, would be passed over in silence. An empty object says nothing, and a GET does
/// nothing.
///
/// # Errors
/// 400 that names the first field, and where it belongs when it is a query parameter.
pub fn refuse_unknown_body(call: &Call<'_>) -> Result<(), Refusal> {
    let operation = call.operation;
    let sent = call.body.trim_ascii();
    let is_taken = operation.takes.is_some() || operation.method == Method::Get;
    if is_taken || sent.is_empty() || sent == b"{}" {
        return Ok(());
    }
    let fields: Option<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(sent).ok();
    if fields.as_ref().is_some_and(serde_json::Map::is_empty) {
        return Ok(());
    }
    let mut fields = fields.iter().flat_map(serde_json::Map::keys);
    let known = operation.queries.iter().map(|(name, _)| *name);
    let meant = fields.find_map(|field| {
        let nearest = crate::model::nearest::nearest(field, known.clone());
        let same = known.clone().find(|name| name == field);
        Some((field, same.or(nearest)?))
    });
    let hint = match meant {
        Some((field, name)) => format!(
            "\"{}\" belongs in the query: ?{name}=….",
            crate::model::number::shorten(field)
        ),
        None => "Send it without one.".to_owned(),
    };
    Err(Refusal::bad_request(format!(
        "{} takes no body; nothing was done. {hint}",
        operation.id
    )))
}

/// Refuses a name that a table does not have, with the nearest one it has.
#[must_use]
pub fn unknown_name<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Refusal {
    let shown = crate::model::number::shorten(name);
    let hint = match crate::model::nearest::nearest(name, known.clone()) {
        Some(nearest) => format!("Did you mean {nearest}?"),
        None if known.clone().next().is_none() => "There is none at all.".to_owned(),
        None => format!("Known are {}.", known.collect::<Vec<_>>().join(", ")),
    };
    Refusal::bad_request(format!("There is no {what} \"{shown}\". {hint}"))
}
