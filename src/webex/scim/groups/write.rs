//! Groups come, change and go: each within a write, so that a bulk request does the same.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::GroupBody;
use super::request::{GroupRequest, SHAPE};
use crate::model::Group;
use crate::model::owned;
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::groups::{self, GroupChange, Membership};
use crate::settings::family::to_value;
use crate::webex::scim::Doer;
use crate::webex::scim::patch::PatchRequest;
use crate::world::{Tx, World};

const MEMBERS: &str = "members";

/// A group of the organization.
pub(in crate::webex::scim) fn find<'w>(
    world: &'w World,
    doer: &Doer<'_>,
    id: Uuid,
) -> Result<&'w Group, Refusal> {
    let group = owned::get::<Group>(world, doer.organization, id);
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
    PatchRequest::parse(doer, body)?.apply(&SHAPE, &mut after, doer.passed_over)?;
    let stays = staying(&before, &mut after);
    let text = serde_json::to_vec(&after).unwrap_or_default();
    let mut change = read(&doer.silent(), &text)?;
    change.members.splice(0..0, stays);
    // What is shown where nothing is kept does not become something that is kept.
    if keeps_usage && after.get(super::request::WEBEX) == before.get(super::request::WEBEX) {
        change.usage = None;
    }
    groups::update(tx, doer.organization, id, change)
}

/// Takes those members out of a changed group who are in it as before: they need no second look,
/// and there may be more of them than a body can name.
fn staying(before: &Map<String, Value>, after: &mut Map<String, Value>) -> Vec<Membership> {
    let members = |group: &Map<String, Value>| match group.get(MEMBERS) {
        Some(Value::Array(members)) => members.clone(),
        _ => Vec::new(),
    };
    let id = |member: &Value| member.get("value").and_then(Value::as_str)?.parse().ok();
    let before = members(before);
    let before: BTreeMap<Option<Uuid>, &Value> = before.iter().map(|it| (id(it), it)).collect();
    let Some(Value::Array(members)) = after.get_mut(MEMBERS) else {
        return Vec::new();
    };
    let mut stays = Vec::new();
    members.retain(|member| match id(member) {
        Some(known) if before.get(&Some(known)) == Some(&member) => {
            stays.push(Membership::Add(known));
            false
        }
        _ => true,
    });
    stays
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
