//! Who somebody's manager is: a person who is there.

use uuid::Uuid;

use super::PersonChange;
use crate::model::Person;
use crate::refusal::Refusal;
use crate::world::Tx;

/// Nobody has a manager who is gone; the manager's name stays where it was written (inferred).
pub(super) fn forget(tx: &mut Tx, manager: Uuid) -> Result<(), Refusal> {
    let people = tx.list::<Person>();
    let led = people.filter(|(_, person)| person.manager_id == Some(manager));
    let led: Vec<Uuid> = led.map(|(id, _)| id).collect();
    for id in led {
        tx.update::<Person>(id, |person| person.manager_id = None)?;
    }
    Ok(())
}

/// Refuses somebody as their own manager. No text says so; a tree of reporting lines could not be
/// drawn (inferred).
pub(super) fn check(person: &Person, id: Uuid, change: &PersonChange) -> Result<(), Refusal> {
    let by_address = change.manager.iter().flatten().any(|text| {
        let own = change.email.as_ref().unwrap_or(&person.email);
        text.trim().eq_ignore_ascii_case(own.as_str())
    });
    let field = match (change.manager_id == Some(Some(id)), by_address) {
        (true, _) => "managerId",
        (false, true) => "manager",
        _ => return Ok(()),
    };
    let detail = format!("Nobody is their own manager: {field} must name somebody else.");
    Err(Refusal::bad_request(detail))
}
