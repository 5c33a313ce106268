//! Names that a cell may have, and what is said of a cell that cannot be meant.

use uuid::Uuid;

use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::{Location, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The refusal of a cell.
#[must_use]
pub fn invalid(header: &str, reason: &str) -> Refusal {
    Refusal::new(ErrorKind::InvalidCell, format!("\"{header}\": {reason}."))
}

/// A location by its name.
///
/// # Errors
/// 900020 with the nearest name when there is none.
pub fn location_named(world: &World, organization: Uuid, name: &str) -> Result<Uuid, Refusal> {
    if let Some(id) = world.find(spaces::LOCATION, organization, name) {
        return Ok(id);
    }
    let own = owned::list::<Location>(world, organization);
    let names: Vec<&str> = own.map(|(_, own)| own.name.as_str()).collect();
    let shown = shorten(name);
    let detail = match nearest(name, names.into_iter()) {
        Some(meant) => format!("There is no location \"{shown}\"; the nearest is \"{meant}\"."),
        None => format!("There is no location \"{shown}\"."),
    };
    Err(Refusal::new(ErrorKind::UnknownName, detail))
}
