//! The administrator roles of a person: which there are, and who gives them.

use crate::model::role::{LOCATION_ADMIN, Role};
use crate::refusal::{ErrorKind, Refusal};

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
