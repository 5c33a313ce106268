//! What must hold: no setting is stored for a holder without Calling, nor one that is as it is
//! when nothing was set, nor one that no request could have stored.

use serde_json::Value;
use uuid::Uuid;

use super::family::FamilyDef;
use super::table::{FAMILIES, family_of};
use crate::json;
use crate::model::{Holder, Person, Workspace, kinds};
use crate::world::check::Violation;
use crate::world::{Change, Check, Object, World};

/// No setting is stored for a holder without Calling.
pub const CHECK: Check = Check {
    name: "no setting without Calling",
    on_change,
    on_world,
};

fn has_calling(world: &World, id: Uuid) -> bool {
    let person = world
        .get::<Person>(id)
        .map(|person| person.calling.is_some());
    let workspace = || Some(world.get::<Workspace>(id)?.calling.is_some());
    person.or_else(workspace).unwrap_or(false)
}

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let mut found = Vec::new();
    for change in changes {
        let (kind, id) = change.key;
        if matches!(kind, kinds::PERSON | kinds::WORKSPACE) {
            if !has_calling(world, id) {
                let left = FAMILIES
                    .iter()
                    .filter(|f| world.object((f.kind.kind, id)).is_some());
                found.extend(left.map(|family| format!("{} of {id} is left", family.key)));
            }
        } else if change.after.is_some()
            && let Some(family) = family_of(kind)
            && !has_calling(world, id)
        {
            found.push(format!("{} of {id}", family.key));
        }
    }
    found
}

/// What of a stored value no request could have said.
fn beyond(world: &World, family: &FamilyDef, holder: Holder, object: &Object) -> Option<String> {
    if let Err(refusal) = (family.bounds)(object, holder) {
        return Some(refusal.description());
    }
    if let Some(wrong) = (family.dangling)(object, world, holder) {
        return Some(wrong);
    }
    let text = serde_json::to_vec(&object.to_json()).ok()?;
    let read = json::object::<Value>(&text, json::Required::NOTHING);
    read.err().map(|problem| problem.to_string())
}

fn on_world(world: &World) -> Vec<Violation> {
    let mut found = Vec::new();
    for family in FAMILIES {
        let default = (family.default)();
        let stored = world.list_objects(family.kind.kind, None);
        let idle = stored.filter(|(_, object)| object.to_json() == default);
        found.extend(idle.map(|(id, _)| {
            format!(
                "{} of {id} says nothing but what it is by default, which is not stored",
                family.key
            )
        }));
        let stored = world.list_objects(family.kind.kind, None);
        found.extend(stored.filter_map(|(id, object)| {
            let wrong = beyond(world, family, Holder::find(world, id)?, object)?;
            Some(format!("{} of {id}: {wrong}", family.key))
        }));
        let stored = world.list_objects(family.kind.kind, None);
        let orphans = stored.filter(|(id, _)| !has_calling(world, *id));
        found.extend(orphans.map(|(id, _)| format!("{} of {id}", family.key)));
    }
    found
}
