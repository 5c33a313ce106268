//! The administrator roles of a person: which there are, and who gives them.

use uuid::Uuid;

use crate::model::owned;
use crate::model::role::{FULL_ADMIN, LOCATION_ADMIN};
use crate::model::{Location, Person};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::custom_roles;
use crate::world::World;

/// The most locations of a Location Administrator (ROLE-05).
const LOCATIONS_MAX: usize = 5;

/// Gives a person these roles, and a Location Administrator these locations. Who loses the role
/// loses the locations.
///
/// # Errors
/// 400 for what is no role or no location of the organisation, 403 for a change by somebody who
/// makes no administrators.
pub(super) fn apply(
    world: &World,
    person: &mut Person,
    roles: Option<Vec<String>>,
    locations: Option<Vec<Uuid>>,
    makes_administrators: bool,
) -> Result<(), Refusal> {
    if let Some(roles) = roles {
        let held = (!makes_administrators).then_some(person.roles.as_slice());
        person.roles = checked(world, person.organization, roles, held)?;
    }
    let is_bound = person.roles.iter().any(|key| key == LOCATION_ADMIN);
    match locations {
        Some(locations) if locations != person.admin_locations => {
            if !makes_administrators {
                let detail = "locations: only full administrators say what others administer.";
                return Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-03"));
            }
            check_locations(world, person, &locations, is_bound)?;
            person.admin_locations = locations;
        }
        _ if !is_bound => person.admin_locations.clear(),
        _ => {}
    }
    Ok(())
}

fn check_locations(
    world: &World,
    person: &Person,
    locations: &[Uuid],
    is_bound: bool,
) -> Result<(), Refusal> {
    let refuse = |detail: String| Err(Refusal::bad_request(detail).by("ROLE-05"));
    if !is_bound && !locations.is_empty() {
        return refuse("locations: only a Location Administrator has locations.".to_owned());
    }
    if locations.len() > LOCATIONS_MAX {
        return refuse(format!(
            "locations must hold at most {LOCATIONS_MAX} locations."
        ));
    }
    let is_own = |id: &Uuid| owned::has::<Location>(world, person.organization, *id);
    match locations.iter().all(is_own) {
        true => Ok(()),
        false => Err(Refusal::new(ErrorKind::UnableToFindLocation, "")),
    }
}

/// The roles by their symbolic ids. `held` are those of the person, where the caller makes no
/// administrators and may only send the same again.
///
/// # Errors
/// 400 for what is no role, or not together with another one; 403 for a change by somebody who may
/// not.
fn checked(
    world: &World,
    organization: Uuid,
    roles: Vec<String>,
    held: Option<&[String]>,
) -> Result<Vec<String>, Refusal> {
    let mut keys: Vec<String> = Vec::new();
    for role in roles {
        let found = custom_roles::find_key(world, organization, &role).ok_or_else(|| {
            let shown = crate::model::number::shorten(&role);
            Refusal::bad_request(format!("roles: \"{shown}\" is not a role."))
        })?;
        if !keys.contains(&found) {
            keys.push(found);
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
/// stop one from signing in, to change the address (DEC-45).
///
/// # Errors
/// 403 that names the roles.
pub fn check_standing(
    world: &World,
    person: &Person,
    deed: &str,
    makes_administrators: bool,
) -> Result<(), Refusal> {
    if makes_administrators || person.roles.is_empty() {
        return Ok(());
    }
    let roles = person.roles.iter();
    let names: Vec<&str> = roles
        .filter_map(|key| custom_roles::name(world, key))
        .collect();
    let detail = format!(
        "{} is an administrator ({}): only full administrators {deed} administrators.",
        person.display_name,
        names.join(", ")
    );
    Err(Refusal::new(ErrorKind::Forbidden, detail).by("DEC-45"))
}

/// Refuses to leave an organisation without a full administrator who may sign in (DEC-46).
/// `after` is nobody when the person goes.
///
/// # Errors
/// 409.
pub(super) fn check_last(
    world: &World,
    id: Uuid,
    before: &Person,
    after: Option<&Person>,
) -> Result<(), Refusal> {
    let rules = |it: &Person| it.login_enabled && it.roles.iter().any(|key| key == FULL_ADMIN);
    if !rules(before) || after.is_some_and(rules) {
        return Ok(());
    }
    let mut others = owned::list::<Person>(world, before.organization)
        .filter(|(other, person)| *other != id && rules(person));
    if others.next().is_some() {
        return Ok(());
    }
    let detail = format!(
        "{} is the last Full Administrator of the organization: make somebody else one first.",
        before.display_name
    );
    Err(Refusal::new(ErrorKind::Conflict, detail).by("DEC-46"))
}
