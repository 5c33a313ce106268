//! What differs between two revisions of a sandbox.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::control::named_tenant;
use crate::control::naming::{self, Action, Named};
use crate::http::operation::Queries;
use crate::http::past::state;
use crate::http::{Call, Reply};
use crate::refusal::Refusal;
use crate::world::{Change, World, diff};

pub(super) const QUERIES: Queries = &[
    (
        "from",
        "A revision, `snapshot:<name>`, or `baseline`, which it is when absent.",
    ),
    (
        "to",
        "A revision, `snapshot:<name>` or `baseline`; the present one when absent.",
    ),
];

/// What differs, by objects.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// New objects.
    pub created: Vec<Named>,
    /// Objects that differ.
    pub updated: Vec<Updated>,
    /// Objects that are gone.
    pub deleted: Vec<Named>,
}

/// How many objects of a kind differ.
#[derive(Debug, Default, Clone, Copy, Serialize, ToSchema)]
pub struct OfKind {
    /// New ones.
    created: usize,
    /// Those that differ.
    updated: usize,
    /// Those that are gone.
    deleted: usize,
}

/// How many objects differ, shown or not.
#[derive(Debug, Default, Clone)]
pub struct Counts {
    /// The same by kinds: `person`, `subscription`, `voicemail`, …
    pub kinds: BTreeMap<&'static str, OfKind>,
    /// New objects.
    pub created: usize,
    /// Objects that differ.
    pub updated: usize,
    /// Objects that are gone.
    pub deleted: usize,
}

/// An object that differs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Updated {
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
        Some(text) => state(&tenant, &text)?,
        None => tenant.sandbox.baseline(),
    };
    let to = match call.query("to") {
        Some(text) => state(&tenant, &text)?,
        None => tenant.sandbox.read(),
    };
    Reply::json(200, &between(&from, &to, usize::MAX).0)
}

/// What differs between two worlds: at most `most` objects of each sort, and how many there are.
#[must_use]
pub fn between(from: &World, to: &World, most: usize) -> (Difference, Counts) {
    let mut found = Difference {
        created: Vec::new(),
        updated: Vec::new(),
        deleted: Vec::new(),
    };
    let mut counts = Counts::default();
    for change in diff::changes(from, to) {
        let Some(object) = change.after.as_ref().or(change.before.as_ref()) else {
            continue;
        };
        let name = || naming::named(change.key, object, &[to, from]);
        let whole = whole(&change, from, to);
        if whole.is_none() && is_equal(&change) {
            continue;
        }
        let kind = object.kind_name();
        let (count, list) = match whole {
            Some(Action::Created) => {
                counts.kinds.entry(kind).or_default().created += 1;
                (&mut counts.created, &mut found.created)
            }
            Some(Action::Deleted) => {
                counts.kinds.entry(kind).or_default().deleted += 1;
                (&mut counts.deleted, &mut found.deleted)
            }
            _ if found.updated.len() < most => {
                let (_, changes) = naming::difference(&change, &[to, from]);
                // Equal values that were written anew are no difference.
                if !changes.is_empty() {
                    counts.kinds.entry(kind).or_default().updated += 1;
                    counts.updated += 1;
                    let object = name();
                    found.updated.push(Updated { object, changes });
                }
                continue;
            }
            _ => {
                counts.kinds.entry(kind).or_default().updated += 1;
                counts.updated += 1;
                continue;
            }
        };
        *count += 1;
        if list.len() < most {
            list.push(name());
        }
    }
    (found, counts)
}

/// Whether nothing differs but where the object stands in memory.
fn is_equal(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => before.equals(after),
        _ => false,
    }
}

/// What came or went as a whole. Settings of holders who stand on both sides are compared field by
/// field; others come and go with their holder.
fn whole(change: &Change, from: &World, to: &World) -> Option<Action> {
    if naming::family(change.key.0).is_some() {
        let stands = |world: &World| naming::holder(world, change.key.1).is_some();
        return match (stands(from), stands(to)) {
            (false, true) => Some(Action::Created),
            (true, false) => Some(Action::Deleted),
            _ => None,
        };
    }
    match (&change.before, &change.after) {
        (None, _) => Some(Action::Created),
        (_, None) => Some(Action::Deleted),
        _ => None,
    }
}
