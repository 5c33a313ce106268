//! Floors of locations. A workspace may name one; when the floor goes, the workspace stands on none
//! (DEC-105).

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::locations;
use super::text::checked;
use crate::model::{Floor, WebexId, Workspace, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// Longest name.
const NAME_MAX: usize = 256;
/// The most floors of a location.
const FLOORS_MAX: usize = 1000;

/// What a caller says about a floor, all of it: what is left out is not there any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FloorWrite {
    /// Its number.
    pub floor_number: i32,
    /// What people call it.
    pub display_name: Option<String>,
}

impl FloorWrite {
    fn name(&self) -> Result<Option<String>, Refusal> {
        let name = self.display_name.as_deref().filter(|name| !name.is_empty());
        name.map(|name| checked("displayName", name, NAME_MAX))
            .transpose()
    }
}

/// Refuses what nobody could have said of a floor.
pub(super) fn bounds(floor: &Floor) -> Result<(), Refusal> {
    let said = FloorWrite {
        floor_number: floor.floor_number,
        display_name: floor.display_name.clone(),
    };
    said.name().map(drop)
}

/// The floors of a location, the lowest first.
///
/// # Errors
/// 404 when the organisation has no such location.
pub fn list(world: &World, organization: Uuid, of: Uuid) -> Result<Vec<(Uuid, &Floor)>, Refusal> {
    locations::get(world, organization, of)?;
    let mut found: Vec<_> = standing(world, of).collect();
    found.sort_by_key(|(id, floor)| (floor.floor_number, *id));
    Ok(found)
}

fn standing(world: &World, location: Uuid) -> impl Iterator<Item = (Uuid, &Floor)> {
    let floors = world.list::<Floor>();
    floors.filter(move |(_, floor)| floor.location == location)
}

/// The floor of a location with a number, the oldest of several.
#[must_use]
pub fn numbered(world: &World, location: Uuid, number: i32) -> Option<Uuid> {
    let mut floors = standing(world, location);
    let found = floors.find(|(_, floor)| floor.floor_number == number);
    found.map(|(id, _)| id)
}

/// A floor of a location.
///
/// # Errors
/// 404 when the organisation has no such location, or that no such floor.
pub fn get(world: &World, organization: Uuid, of: Uuid, id: Uuid) -> Result<&Floor, Refusal> {
    locations::get(world, organization, of)?;
    let floor = world.get::<Floor>(id).filter(|floor| floor.location == of);
    floor.ok_or_else(|| Refusal::not_found("Floor", &WebexId::Floor.encode(id)))
}

/// Adds a floor.
///
/// # Errors
/// 404, 400 for a name that is too long, 409 when the location has too many floors.
pub fn create(
    tx: &mut Tx,
    organization: Uuid,
    of: Uuid,
    wanted: &FloorWrite,
) -> Result<Uuid, Refusal> {
    let name = &locations::get(tx, organization, of)?.name;
    if standing(tx, of).count() >= FLOORS_MAX {
        let detail = format!("Location {name} has {FLOORS_MAX} floors, which is the most.");
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    let floor = Floor {
        organization,
        location: of,
        floor_number: wanted.floor_number,
        display_name: wanted.name()?,
    };
    let id = tx.new_id::<Floor>();
    tx.put(id, floor)?;
    Ok(id)
}

/// Replaces what is said about a floor.
///
/// # Errors
/// 404, 400 for a name that is too long.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    of: Uuid,
    id: Uuid,
    wanted: &FloorWrite,
) -> Result<(), Refusal> {
    let floor = Floor {
        floor_number: wanted.floor_number,
        display_name: wanted.name()?,
        ..get(tx, organization, of, id)?.clone()
    };
    tx.put(id, floor)?;
    Ok(())
}

/// Deletes a floor.
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, organization: Uuid, of: Uuid, id: Uuid) -> Result<(), Refusal> {
    get(tx, organization, of, id)?;
    remove(tx, id)
}

/// Deletes the floors of a location that goes.
pub(super) fn forget(tx: &mut Tx, location: Uuid) -> Result<(), Refusal> {
    let floors: Vec<Uuid> = standing(tx, location).map(|(id, _)| id).collect();
    floors.into_iter().try_for_each(|id| remove(tx, id))
}

fn remove(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    let rooms = tx.list::<Workspace>();
    let rooms = rooms.filter(|(_, room)| room.floor_id == Some(id));
    let rooms: Vec<Uuid> = rooms.map(|(room, _)| room).collect();
    for room in rooms {
        tx.update::<Workspace>(room, |room| room.floor_id = None)?;
        tx.by_rule("DEC-105");
    }
    tx.delete(kinds::FLOOR, id);
    Ok(())
}

/// The floor of a workspace's location that a text names; an empty text names none.
///
/// # Errors
/// 400 when the workspace has no location, or that no such floor.
pub(super) fn of_workspace(
    world: &World,
    workspace: &Workspace,
    text: &str,
) -> Result<Option<Uuid>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    if workspace.location.is_none() {
        return Err(Refusal::bad_request("A floorId needs a locationId."));
    }
    let id = WebexId::Floor.decode(text).filter(|id| {
        let floor = world.get::<Floor>(*id);
        floor.is_some_and(|floor| Some(floor.location) == workspace.location)
    });
    id.map(Some).ok_or_else(|| {
        let shown = crate::model::number::shorten(text);
        let detail = format!(
            "floorId \"{shown}\" is no floor of the workspace's location; GET \
             /v1/locations/{{locationId}}/floors lists them."
        );
        Refusal::bad_request(detail).by("DEC-105")
    })
}
