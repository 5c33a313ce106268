//! The administrator roles of a person: which there are, and who gives them.

use uuid::Uuid;

use crate::model::Person;
use crate::model::role::{FULL_ADMIN, LOCATION_ADMIN, Role};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The roles by their symbolic ids. `held` are those of the person, where the caller makes no
/// administrators and may only send the same again.
///
/// # Errors
/// 400 for what is no role, or not together with another one; 403 for a change by somebody who may
/// not.
pub(super) fn checked(roles: Vec<String>, held: Option<&[String]>) -> Result<Vec<String>, Refusal> {
    let mut keys: Vec<String> = Vec::new();
    for role in roles {
        let found = Role::find(&role).ok_or_else(|| {
            let shown = crate::model::number::shorten(&role);
            Refusal::bad_request(format!("roles: \"{shown}\" is not a role."))
        })?;
        if !keys.iter().any(|key| key == found.key) {
            keys.push(found.key.to_owned());
        }
    }
    if keys.len() > 1 && keys.iter().any(|key| key == LOCATION_ADMIN) {
        let detail = "roles: a Location Administrator holds no other administrator role.";
        return Err(Refusal::bad_request(detail).by("ROLE-05"));
    }
    held.map_or(Ok(()), |held| check_kept(&keys, held))?;
    Ok(keys)
}

/// Refuses roles that are given or taken by somebody who may not (ROLE-03).
fn check_kept(wanted: &[String], held: &[String]) -> Result<(), Refusal> {
    if wanted.len() == held.len() && wanted.iter().all(|key| held.contains(key)) {
        return Ok(());
    }
    let detail = "roles: only full administrators give and take administrator roles; send those \
                  that the person has.";
    Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-03"))
}

/// Refuses what would take its administrator away from somebody who makes none: to delete one, to
/// stop one from signing in, to change the address (DEC-60).
///
/// # Errors
/// 403 that names the roles.
pub fn check_standing(
    person: &Person,
    deed: &str,
    makes_administrators: bool,
) -> Result<(), Refusal> {
    if makes_administrators || person.roles.is_empty() {
        return Ok(());
    }
    let roles = person.roles.iter().filter_map(|key| Role::find(key));
    let names: Vec<&str> = roles.map(|role| role.name).collect();
    let detail = format!(
        "{} is an administrator ({}): only full administrators {deed} administrators.",
        person.display_name,
        names.join(", ")
    );
    Err(Refusal::new(ErrorKind::Forbidden, detail).by("DEC-60"))
}

/// Refuses to leave an organisation without a full administrator (DEC-61).
///
/// # Errors
/// 409.
pub(super) fn check_last(
    world: &World,
    id: Uuid,
    before: &Person,
    after: &[String],
) -> Result<(), Refusal> {
    let is_full = |roles: &[String]| roles.iter().any(|key| key == FULL_ADMIN);
    if !is_full(&before.roles) || is_full(after) {
        return Ok(());
    }
    let mut others = world.list::<Person>().filter(|(other, person)| {
        *other != id && person.organization == before.organization && is_full(&person.roles)
    });
    if others.next().is_some() {
        return Ok(());
    }
    let detail = format!(
        "{} is the last Full Administrator of the organization: make somebody else one first.",
        before.display_name
    );
    Err(Refusal::new(ErrorKind::Conflict, detail).by("DEC-61"))
}
