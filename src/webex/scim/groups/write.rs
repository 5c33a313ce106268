//! Groups come, change and go: each within a write, so that a bulk request does the same.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::GroupBody;
use super::request::{GroupRequest, SHAPE};
use crate::model::Group;
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::groups::{self, GroupChange};
use crate::webex::scim::patch::PatchRequest;
use crate::webex::scim::{Doer, to_value};
use crate::world::{Tx, World};

/// A group of the organization.
pub(in crate::webex::scim) fn find<'w>(
    world: &'w World,
    doer: &Doer<'_>,
    id: Uuid,
) -> Result<&'w Group, Refusal> {
    let group = world.get::<Group>(id);
    let group = group.filter(|group| group.organization == doer.organization);
    group.ok_or_else(|| Refusal::not_found("Group", &id.to_string()))
}

fn read(doer: &Doer<'_>, body: &[u8]) -> Result<GroupChange, Refusal> {
    let change = doer.read::<GroupRequest>(body)?.into_change()?;
    let document: Map<String, Value> = doer.read(body)?;
    SHAPE.refuse_unkept(&document)?;
    Ok(change)
}

/// Creates a group with its members.
pub(in crate::webex::scim) fn create(
    tx: &mut Tx,
    doer: &Doer<'_>,
    body: &[u8],
) -> Result<Uuid, Refusal> {
    let change = read(doer, body)?;
    groups::create(tx, doer.organization, change)
}

/// Replaces what a group is, its members included.
pub(in crate::webex::scim) fn replace(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
    body: &[u8],
) -> Result<(), Refusal> {
    find(tx, doer, id)?;
    let change = read(doer, body)?;
    groups::update(tx, doer.organization, id, change)
}

/// Changes some of what a group is.
pub(in crate::webex::scim) fn patch(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
    body: &[u8],
) -> Result<(), Refusal> {
    let group = find(tx, doer, id)?;
    let keeps_usage = group.usage.is_none();
    let whole = GroupBody::of(doer.origin, id, group).with_members(tx, group, usize::MAX);
    let Value::Object(before) = to_value(&whole)? else {
        return Err(Refusal::new(ErrorKind::Internal, "A group is no object."));
    };
    let mut after = before.clone();
    PatchRequest::parse(body)?.apply(&SHAPE, &mut after)?;
    let text = serde_json::to_vec(&after).unwrap_or_default();
    let mut change = read(doer, &text)?;
    // What is shown where nothing is kept does not become something that is kept.
    if keeps_usage && after.get(super::request::WEBEX) == before.get(super::request::WEBEX) {
        change.usage = None;
    }
    groups::update(tx, doer.organization, id, change)
}

/// Deletes a group; the people in it stay, with what they have (TMPL-08).
pub(in crate::webex::scim) fn delete(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
) -> Result<(), Refusal> {
    find(tx, doer, id)?;
    groups::delete(tx, doer.organization, id)
}
