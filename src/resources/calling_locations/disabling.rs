//! Webex Calling taken from a location (DEC-103).

use uuid::Uuid;

use crate::licensing::outcome::OutcomeError;
use crate::model::{Location, Person, PhoneNumber, Workspace, kinds};
use crate::world::{Tx, World};

/// The code that says that the checks before did not pass; what stands in the way follows it.
pub const UNSAFE: u32 = 1_012_004;

fn told(code: u32, message: impl Into<String>) -> OutcomeError {
    OutcomeError {
        code,
        message: message.into(),
    }
}

/// What stands in the way of disabling a location.
fn obstacles(world: &World, organization: Uuid, id: Uuid) -> Vec<OutcomeError> {
    let found = super::calling_of(world, organization, id);
    if found.is_err() {
        return vec![told(1_012_014, "Location not found.")];
    }
    let users = world.list::<Person>();
    let users = users.filter(|(_, person)| person.is_called_at(id)).count();
    let rooms = world.list::<Workspace>().filter(|(_, room)| {
        let calling = room.calling.as_ref();
        calling.is_some_and(|calling| calling.location == id)
    });
    let rooms = rooms.count();
    let is_last = super::list(world, organization).count() == 1;
    let rows = [
        (
            users > 0,
            1_012_007,
            format!("Users associated with the location. Count: {users}"),
        ),
        (
            rooms > 0,
            1_012_008,
            format!("Workspaces associated with the location. Count: {rooms}"),
        ),
        (
            is_last,
            1_012_012,
            "Not allowed to delete the last calling location. Calling requires at least one \
             active location in the organization, This is a blocking error."
                .to_owned(),
        ),
    ];
    let rows = rows.into_iter().filter(|(stands, ..)| *stands);
    rows.map(|(_, code, message)| told(code, message)).collect()
}

/// Takes Webex Calling from a location, and with it the numbers of its inventory.
///
/// # Errors
/// That the checks did not pass, and what stands in the way.
pub fn disable(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Vec<OutcomeError>> {
    let found = obstacles(tx, organization, id);
    if !found.is_empty() {
        let mut all = vec![told(UNSAFE, "Safe delete checks failed.")];
        all.extend(found);
        return Err(all);
    }
    let numbers = tx.list::<PhoneNumber>();
    let numbers = numbers.filter(|(_, number)| number.location == id);
    let numbers: Vec<Uuid> = numbers.map(|(number, _)| number).collect();
    for number in numbers {
        tx.delete(kinds::NUMBER, number);
    }
    crate::resources::device_settings::forget(tx, id);
    tx.by_rule("DEC-103");
    // Its routing prefix goes, and its name stays, so nothing can stand in the way.
    tx.update::<Location>(id, |location| location.calling = None)
        .unwrap_or_default();
    Ok(())
}
