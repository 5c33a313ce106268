//! Who acts: the person, or the role, that a token names.

use uuid::Uuid;

use super::refused::{deactivated, nobody};
use crate::http::roles::Roles;
use crate::http::tenant::home_organization;
use crate::model::role::Role;
use crate::model::{Person, spaces};
use crate::refusal::Refusal;
use crate::resources::custom_roles::by_key;
use crate::world::{Actor, World};

/// The person of an e-mail address, in the world of a sandbox.
///
/// # Errors
/// 401 when nobody has it, or somebody who is deactivated.
pub(super) fn person_actor(world: &World, sandbox: &str, email: &str) -> Result<Actor, Refusal> {
    let id = world.find(spaces::EMAIL, Uuid::nil(), email);
    let person = id.and_then(|id| Some((id, world.get::<Person>(id)?)));
    let (id, person) = person.ok_or_else(|| nobody(sandbox, email))?;
    active_actor(sandbox, id, person)
}

/// A person who acts, and may.
///
/// # Errors
/// 401 for somebody who is deactivated.
pub(super) fn active_actor(sandbox: &str, id: Uuid, person: &Person) -> Result<Actor, Refusal> {
    match person.login_enabled {
        true => Ok(actor(id, person)),
        false => Err(deactivated(sandbox, person.email.as_str())),
    }
}

/// Who a person is to what they do.
fn actor(id: Uuid, person: &Person) -> Actor {
    Actor {
        person: Some(id),
        organization: Some(person.organization),
        name: person.display_name.as_str().into(),
        email: person.email.as_str().into(),
        roles: person.roles.clone().into(),
        ..Actor::simulator()
    }
}

/// The person who stands for a role: who is deactivated does not.
pub(super) fn find_holder<'w>(world: &'w World, role: &Role) -> Option<(Uuid, &'w Person)> {
    let home = home_organization(world);
    let holds =
        |person: &Person| person.login_enabled && person.roles.iter().any(|key| key == role.key);
    let mut holders = world.list::<Person>().filter(|(_, person)| holds(person));
    let first = holders.next()?;
    if Some(first.1.organization) == home {
        return Some(first);
    }
    Some(
        holders
            .find(|(_, person)| Some(person.organization) == home)
            .unwrap_or(first),
    )
}

/// The first who holds a role, in the home organisation where there is one; without a role, the
/// simulator itself.
pub(super) fn role_actor(world: &World, role: Option<&Role>) -> Actor {
    let Some(role) = role else {
        return Actor::simulator();
    };
    match find_holder(world, role) {
        Some((id, person)) => actor(id, person),
        None => Actor {
            person: None,
            organization: home_organization(world),
            name: role.name.into(),
            email: "".into(),
            roles: vec![role.key.to_owned()].into(),
            ..Actor::simulator()
        },
    }
}

/// The rights of a token: those of its role, or those of the person's roles. Beside them, where
/// custom roles are among these, what they allow.
pub(super) fn rights(world: &World, role: Option<&Role>, actor: &Actor) -> (Roles, Option<Roles>) {
    if let Some(role) = role {
        return (Roles::of(role), None);
    }
    let held = actor.roles.iter().filter_map(|key| Role::find(key));
    let held: Roles = held.map(Roles::of).collect();
    let has_custom = actor.roles.iter().any(|key| Uuid::try_parse(key).is_ok());
    let custom = has_custom.then(|| custom_rights(world, &actor.roles));
    (held.and(custom.unwrap_or_default()), custom)
}

/// What the custom roles among these keys allow (ROLE-06).
pub(super) fn custom_rights(world: &World, roles: &[String]) -> Roles {
    let custom = roles.iter().filter_map(|key| by_key(world, key));
    let permissions = custom.flat_map(|role| role.permissions.iter());
    permissions.map(|it| Roles::of_permission(*it)).collect()
}
