//! Who does not have what the template would give, and why it cannot be given (TMPL-17, TMPL-18).

use uuid::Uuid;

use super::groups::{Group, choice, groups};
use super::{get, number};
use crate::licensing::choose::check_target;
use crate::model::{Holder, Person};
use crate::refusal::Refusal;
use crate::world::World;

/// A licence that a person cannot get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// The person.
    pub person: Uuid,
    /// The licence.
    pub license: Uuid,
    /// Why not.
    pub refusal: Refusal,
}

/// Everybody of an organisation whom its template could not serve, in the order of their ids.
#[must_use]
pub fn report(world: &World, organization: Uuid) -> Vec<Shortfall> {
    let Some(template) = get(world, organization) else {
        return Vec::new();
    };
    let groups = groups(world, &template.licenses);
    let people = world
        .list::<Person>()
        .filter(|(_, p)| p.organization == organization);
    let mut found = Vec::new();
    for (id, person) in people {
        for (group, members) in &groups {
            let has = person
                .licenses
                .iter()
                .any(|held| Group::of(world, *held) == Some(*group));
            let Some(license) = choice(world, members, id).filter(|_| !has) else {
                continue;
            };
            let number = match group {
                Group::Calling => number::properties(world, person).map(drop),
                _ => Ok(()),
            };
            let result = number.and_then(|()| check_target(world, license, Holder::Person(id)));
            if let Err(refusal) = result {
                found.push(Shortfall {
                    person: id,
                    license,
                    refusal,
                });
            }
        }
    }
    found
}
