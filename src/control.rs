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
pub mod reports;
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
pub mod webhooks;

use std::sync::Arc;

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
