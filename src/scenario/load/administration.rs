//! What a person administers: roles and, of a Location Administrator, locations.

use super::names::Found;
use super::{Failures, Site, nowhere};
use crate::model::role::{ROLES, Role};
use crate::resources::people::PersonChange;
use crate::scenario::document::Person;
use crate::world::World;

/// The roles and locations that the document names; each mistake is told where it stands.
pub(super) fn read(
    world: &World,
    site: &Site<'_>,
    wanted: &Person,
    path: &str,
    failures: &mut Failures,
) -> Option<PersonChange> {
    let mut are_right = true;
    for (index, role) in wanted.roles.iter().enumerate() {
        if Role::find(role).is_none() {
            let message = nowhere("role", role, ROLES.iter().map(|role| role.key));
            failures.add_cause(&format!("{path}.roles[{index}]"), message);
            are_right = false;
        }
    }
    let mut locations = Vec::new();
    for (index, name) in wanted.admin_locations.iter().enumerate() {
        match site.names.location(world, site.id, name) {
            Found::Here(id) => locations.push(id),
            Found::Failed => are_right = false,
            Found::Nowhere => {
                let message = nowhere("location", name, site.names.locations());
                failures.add_cause(&format!("{path}.adminLocations[{index}]"), message);
                are_right = false;
            }
        }
    }
    let change = PersonChange {
        roles: Some(wanted.roles.clone()).filter(|roles| !roles.is_empty()),
        admin_locations: Some(locations).filter(|locations| !locations.is_empty()),
        ..PersonChange::default()
    };
    are_right.then_some(change)
}
