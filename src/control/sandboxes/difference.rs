//! What differs between two revisions of a sandbox.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::control::named_tenant;
use crate::control::naming::{self, Action, Named};
use crate::http::operation::Queries;
use crate::http::{Call, Reply, Tenant};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Change, World, diff};

pub(super) const QUERIES: Queries = &[
    ("from", "A revision; the baseline when absent."),
    ("to", "A revision; the present one when absent."),
];

/// What differs, by objects.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Difference {
    /// New objects.
    created: Vec<Named>,
    /// Objects that differ.
    updated: Vec<Updated>,
    /// Objects that are gone.
    deleted: Vec<Named>,
}

/// An object that differs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Updated {
    /// Which one.
    #[serde(flatten)]
    object: Named,
    /// In which fields.
    #[schema(value_type = Vec<Object>)]
    changes: Vec<diff::FieldChange>,
}

pub(super) fn difference(call: &Call<'_>) -> Result<Reply, Refusal> {
    let tenant = named_tenant(call)?;
    let from = match call.query("from") {
        Some(text) => at_revision(&tenant, &text)?,
        None => tenant.sandbox.baseline(),
    };
    let to = match call.query("to") {
        Some(text) => at_revision(&tenant, &text)?,
        None => tenant.sandbox.read(),
    };
    Reply::json(200, &between(&from, &to))
}

fn between(from: &World, to: &World) -> Difference {
    let mut found = Difference {
        created: Vec::new(),
        updated: Vec::new(),
        deleted: Vec::new(),
    };
    for change in diff::changes(from, to) {
        let Some(object) = change.after.as_ref().or(change.before.as_ref()) else {
            continue;
        };
        let object = naming::named(change.key, object, &[to, from]);
        let (action, changes) = whole_or_parts(&change, from, to);
        match action {
            Action::Created => found.created.push(object),
            Action::Deleted => found.deleted.push(object),
            Action::Updated => found.updated.push(Updated { object, changes }),
        }
    }
    // Equal values that were written anew are no difference.
    found.updated.retain(|updated| !updated.changes.is_empty());
    found
}

/// Settings of holders who stand on both sides are compared field by field; others come and go
/// with their holder.
fn whole_or_parts(change: &Change, from: &World, to: &World) -> (Action, Vec<diff::FieldChange>) {
    if naming::family(change.key.0).is_some() {
        let stands = |world: &World| naming::holder(world, change.key.1).is_some();
        match (stands(from), stands(to)) {
            (false, true) => return (Action::Created, Vec::new()),
            (true, false) => return (Action::Deleted, Vec::new()),
            _ => {}
        }
    }
    naming::difference(change, &[to, from])
}

/// The world of a sandbox at a revision.
///
/// # Errors
/// 400 when it is no revision or still to come, 410 when it is no longer kept.
pub(super) fn at_revision(tenant: &Tenant, text: &str) -> Result<Arc<World>, Refusal> {
    let revision: u64 = text.parse().map_err(|_| {
        let shown = crate::model::number::shorten(text);
        Refusal::bad_request(format!("\"{shown}\" is not a revision, a whole number."))
    })?;
    let now = tenant.sandbox.read().revision;
    if revision > now {
        let detail = format!("The sandbox is at revision {now}; {revision} is still to come.");
        return Err(Refusal::bad_request(detail));
    }
    tenant.sandbox.at_revision(revision).ok_or_else(|| {
        let detail = format!("Revision {revision} is no longer kept.");
        Refusal::new(ErrorKind::Gone, detail)
    })
}
