//! What must hold: what is kept is what a request could have said, also where a snapshot brings it.
//!
//! A row says again what an object says, by the same functions through which requests go. Settings
//! of holders are held to theirs in `settings/check.rs`, tasks in `tasks/kept.rs`.

use serde_json::Value;
use uuid::Uuid;

use super::reports::templates;
use super::{
    custom_roles, device_settings, devices, floors, groups, locations, organizations, people,
    teams, user_profiles, webhooks, workspaces,
};
use crate::json;
use crate::licensing::sale;
use crate::model::{
    CustomRole, Device, DeviceSettings, Floor, Group, License, Location, Organization, Person,
    Report, Team, UserProfile, Webhook, Workspace, kinds,
};
use crate::refusal::Refusal;
use crate::world::{Check, Kind, Object, Violation, World};

/// Nothing is kept that could not have been asked for.
pub const CHECK: Check = Check {
    name: "what is kept could have been asked for",
    on_change: |world, changes| {
        let after = changes.iter();
        let after = after.filter_map(|change| Some((change.key.1, change.after.as_ref()?)));
        after
            .filter_map(|(id, object)| look(world, id, object))
            .collect()
    },
    on_world: |world| {
        let objects = world.objects();
        let wrong = |id, object| look(world, id, object).or_else(|| unreadable(id, object));
        let found = objects.filter_map(|((_, id), object)| wrong(*id, object));
        found.collect()
    },
};

/// What is wrong with an object of a type; nothing is said of an object of another one.
type Bound = fn(&World, Uuid, &Object) -> Option<Result<(), Refusal>>;

/// One row for each type that has bounds of its own.
static BOUNDS: &[Bound] = &[
    |_, id, it| {
        Some(device_settings::bounds(
            id,
            it.downcast::<DeviceSettings>()?,
        ))
    },
    |_, _, it| Some(templates::find(it.downcast::<Report>()?.template).map(drop)),
    |_, _, it| Some(floors::bounds(it.downcast::<Floor>()?)),
    |world, id, it| Some(workspaces::bounds(world, id, it.downcast::<Workspace>()?)),
    |_, _, it| Some(webhooks::bounds(it.downcast::<Webhook>()?)),
    |_, _, it| Some(locations::bounds(it.downcast::<Location>()?)),
    |_, _, it| Some(people::bounds(it.downcast::<Person>()?)),
    |world, _, it| Some(groups::bounds(world, it.downcast::<Group>()?)),
    |_, _, it| Some(teams::bounds(it.downcast::<Team>()?)),
    |_, _, it| Some(user_profiles::bounds(it.downcast::<UserProfile>()?)),
    |_, _, it| Some(custom_roles::bounds(it.downcast::<CustomRole>()?)),
    |_, _, it| Some(organizations::bounds(it.downcast::<Organization>()?)),
    |_, _, it| Some(devices::bounds(it.downcast::<Device>()?)),
    |_, _, it| Some(sale::check_units(it.downcast::<License>()?.total_units)),
];

/// What is wrong with one object.
fn look(world: &World, id: Uuid, object: &Object) -> Option<Violation> {
    let said = BOUNDS.iter().find_map(|bound| bound(world, id, object))?;
    let refusal = said.err()?;
    let detail = refusal.description();
    Some(format!("{} {id}: {detail}", object.kind_name()))
}

/// Kinds of which a text or a list may be longer than any that a caller sends: lines of files,
/// what became of bulk work, and the members of a group, who come in many requests.
const LONG: [Kind; 4] = [
    kinds::TASK,
    kinds::REPORT,
    kinds::BILLING_REPORT,
    kinds::GROUP,
];

/// What of an object no body could have: a text or a list that is too long, control characters.
fn unreadable(id: Uuid, object: &Object) -> Option<Violation> {
    if LONG.contains(&object.kind()) {
        return None;
    }
    let text = serde_json::to_vec(&object.to_json()).ok()?;
    let problem = json::object::<Value>(&text, json::Required::NOTHING).err()?;
    Some(format!("{} {id}: {problem}", object.kind_name()))
}
