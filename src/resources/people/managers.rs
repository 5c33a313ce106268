//! Who somebody's manager is: a person who is there.

use uuid::Uuid;

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
