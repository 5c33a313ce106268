//! Roles that the organisation makes for itself, and what a person administers: roles and, of a
//! Location Administrator, locations.

use super::names::{Found, Kind};
use super::{Failures, Site, nowhere};
use crate::model::role::ROLES;
use crate::model::{CustomRole, spaces};
use crate::resources::custom_roles::{self, Wanted};
use crate::resources::people::PersonChange;
use crate::scenario::document::Person;
use crate::world::{Tx, World};

/// Makes the organisation's own roles, and changes those it has.
pub(super) fn establish(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    let all = &site.organization.custom_roles;
    let path = failures.at("customRoles");
    for (path, wanted) in failures.once("custom role", &path, all, ("name", |it| it.name.clone())) {
        let known = tx.find(spaces::CUSTOM_ROLE, site.id, wanted.name.trim());
        let said = known.and_then(|id| tx.get::<CustomRole>(id)?.description.clone());
        let role = Wanted {
            name: wanted.name.clone(),
            description: wanted.description.clone().or(said),
            permissions: wanted.permissions.clone(),
        };
        let outcome = tx.attempt(|tx| match known {
            Some(id) => custom_roles::update(tx, site.id, &id.to_string(), role),
            None => custom_roles::create(tx, site.id, role),
        });
        if failures.take(&path, outcome).is_none() {
            site.names.fail(Kind::CustomRole, &wanted.name);
        }
    }
}

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
        if custom_roles::find_key(world, site.id, role).is_none() {
            are_right = false;
            if site.names.has_failed(Kind::CustomRole, role) {
                continue;
            }
            let own = custom_roles::list(world, site.id).into_iter();
            let own = own.map(|(_, role)| role.name.as_str());
            let known = ROLES.iter().map(|role| role.key).chain(own);
            let message = nowhere("role", role, known);
            failures.add_cause(&format!("{path}.roles[{index}]"), message);
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
