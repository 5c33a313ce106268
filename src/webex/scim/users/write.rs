//! Users come, change and go: each within a write, so that a bulk request does the same.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::document::UserBody;
use super::request::{Mode, SHAPE, UserRequest};
use crate::licensing::Route;
use crate::licensing::outcome::Outcome;
use crate::model::{Person, owned};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::people::{self, PersonChange, Wanted};
use crate::settings::family::to_value;
use crate::webex::scim::Doer;
use crate::webex::scim::patch::{Document, PatchRequest};
use crate::world::{Tx, World};

/// A user of the organization.
pub(in crate::webex::scim) fn find<'w>(
    world: &'w World,
    doer: &Doer<'_>,
    id: Uuid,
) -> Result<&'w Person, Refusal> {
    let person = owned::get::<Person>(world, doer.organization, id);
    person.ok_or_else(|| Refusal::not_found("User", &id.to_string()))
}

/// Creates a user. Licences come of the organization's template, as for everybody (TMPL-02).
pub(in crate::webex::scim) fn create(
    tx: &mut Tx,
    doer: &Doer<'_>,
    body: &[u8],
) -> Result<(Uuid, Outcome), Refusal> {
    let request: UserRequest = doer.read(body)?;
    let change = request.into_change(&Mode::Create, &[], doer.is_full)?;
    check(tx, doer, &change, &doer.read(body)?)?;
    let wanted = Wanted::default();
    people::create(tx, doer.organization, change, &wanted, Route::PeopleWrite)
}

/// Replaces what a user is; licences and calling stay.
pub(in crate::webex::scim) fn replace(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
    body: &[u8],
) -> Result<Outcome, Refusal> {
    let held = find(tx, doer, id)?.roles.clone();
    let request: UserRequest = doer.read(body)?;
    let change = request.into_change(&Mode::Replace, &held, doer.is_full)?;
    check(tx, doer, &change, &doer.read(body)?)?;
    tx.by_rule("DEC-110");
    save(tx, id, change)
}

/// Changes some of what a user is.
pub(in crate::webex::scim) fn patch(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
    body: &[u8],
) -> Result<Outcome, Refusal> {
    let person = find(tx, doer, id)?;
    let held = person.roles.clone();
    let Value::Object(before) = to_value(&UserBody::of(doer.origin, tx, id, person))? else {
        return Err(Refusal::new(ErrorKind::Internal, "A user is no object."));
    };
    let mut after = Document::new(before.clone(), &doer.work);
    PatchRequest::parse(doer, body)?.apply(&SHAPE, &mut after, doer.passed_over)?;
    let mut after = after.fields;
    // The address to write to is the one that signs in, and follows it.
    if after.get("userName") != before.get("userName")
        && after.get("emails") == before.get("emails")
    {
        after.remove("emails");
    }
    let names = before.keys().chain(after.keys());
    let changed = names.filter(|name| before.get(*name) != after.get(*name));
    let changed: Vec<String> = changed.cloned().collect();
    let text = serde_json::to_vec(&after).unwrap_or_default();
    let request: UserRequest = doer.silent().read(&text)?;
    let change = request.into_change(&Mode::Patch(&changed), &held, doer.is_full)?;
    check(tx, doer, &change, &after)?;
    save(tx, id, change)
}

fn save(tx: &mut Tx, id: Uuid, change: PersonChange) -> Result<Outcome, Refusal> {
    people::update(tx, id, change, &Wanted::default(), Route::PeopleWrite)
}

/// Deletes a user, who loses what a person loses who is deleted (LOSS-05).
pub(in crate::webex::scim) fn delete(
    tx: &mut Tx,
    doer: &Doer<'_>,
    id: Uuid,
) -> Result<Outcome, Refusal> {
    find(tx, doer, id)?;
    people::delete_as(tx, id, doer.is_full)
}

/// Refuses what would not be kept, and a manager who is not there.
fn check(
    tx: &Tx,
    doer: &Doer<'_>,
    change: &PersonChange,
    document: &Map<String, Value>,
) -> Result<(), Refusal> {
    SHAPE.refuse_unkept(document)?;
    let Some(Some(manager)) = change.manager_id else {
        return Ok(());
    };
    match owned::has::<Person>(tx, doer.organization, manager) {
        true => Ok(()),
        false => {
            let detail = "manager.value is not a person of the organization.";
            Err(Refusal::bad_request(detail))
        }
    }
}
