//! Groups come, change and go: each within a write, so that a bulk request does the same.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::GroupBody;
use super::request::{GroupRequest, SHAPE};
use super::roster::Roster;
use crate::model::Group;
use crate::model::owned;
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::groups::{self, GroupChange};
use crate::settings::family::to_value;
use crate::webex::scim::Doer;
use crate::webex::scim::patch::{Document, PatchRequest};
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

/// Changes some of what a group is. Its members stand beside the document that is changed.
pub(in crate::webex::scim) fn patch(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
    body: &[u8],
) -> Result<(), Refusal> {
    let group = find(tx, doer, id)?;
    let bare = Group {
        members: Vec::new(),
        ..group.clone()
    };
    let Value::Object(before) = to_value(&GroupBody::of(doer.origin, id, &bare))? else {
        return Err(Refusal::new(ErrorKind::Internal, "A group is no object."));
    };
    let mut roster = Roster::of(tx, group, doer.origin, &doer.work)?;
    let mut after = Document::new(before.clone(), &doer.work).beside(MEMBERS, &mut roster);
    PatchRequest::parse(doer, body)?.apply(&SHAPE, &mut after, doer.passed_over)?;
    let after = after.fields;
    let text = serde_json::to_vec(&after).unwrap_or_default();
    let mut change = read(&doer.silent(), &text)?;
    (change.purges, change.members) = (roster.purges, roster.changes);
    // What is shown where nothing is kept does not become something that is kept.
    if bare.usage.is_none() && after.get(super::request::WEBEX) == before.get(super::request::WEBEX)
    {
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
