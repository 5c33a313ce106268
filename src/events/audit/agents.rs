//! Users of Contact Center. What is stored of one comes and goes with what Contact Center does not
//! know yet: for an administrator it is always the same user who was updated.

use uuid::Uuid;

use super::{Past, Told, changes_holder};
use crate::model::{Person, kinds};
use crate::world::Entry;

/// The event of a user whose role was changed or who was synchronised. What came with a change of
/// the person's licences is part of that event.
pub(super) fn tell(past: &Past<'_>, entry: &Entry, id: Uuid) -> Option<Told> {
    if changes_holder(entry, id) {
        return None;
    }
    let name = past.object((kinds::PERSON, id))?.label();
    Some(Told {
        organization: past.get::<Person>(id)?.organization,
        category: "USERS",
        description: "A Contact Center User Was Updated",
        action: format!("updated Contact Center user {name}"),
        target_type: "PERSON",
        target: id,
        name,
    })
}
