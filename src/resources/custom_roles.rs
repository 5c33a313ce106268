//! Roles that an organisation makes for itself: create, get, list, update, delete, and which role a
//! text names, be it one of these or one of Webex's (ROLE-06).

use uuid::Uuid;

use super::text::checked;
use crate::model::custom_role::Permission;
use crate::model::owned;
use crate::model::role::{ROLES, Role};
use crate::model::wholesale::Customer;
use crate::model::{CustomRole, Person, ids, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The longest name and the longest description.
const NAME_MAX: usize = 100;
const DESCRIPTION_MAX: usize = 255;
/// The most custom roles of an organisation.
const ROLES_MAX: usize = 100;
/// How many holders a refusal names.
const SHOWN: usize = 3;

/// What a caller says of a role.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The name: letters, digits and blanks.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// A role by the key under which people hold it.
#[must_use]
pub fn by_key<'a>(world: &'a World, key: &str) -> Option<&'a CustomRole> {
    world.get(Uuid::try_parse(key).ok()?)
}

/// The name of a role, whoever made it, by its key.
#[must_use]
pub fn name<'a>(world: &'a World, key: &str) -> Option<&'a str> {
    let own = || Some(by_key(world, key)?.name.as_str());
    Role::find(key).map(|role| role.name).or_else(own)
}

/// The key of a role that a caller names by id or name.
#[must_use]
pub fn find_key(world: &World, organization: Uuid, text: &str) -> Option<String> {
    if let Some(role) = Role::find(text) {
        return Some(role.key.to_owned());
    }
    let id = decode(text).or_else(|| world.find(spaces::CUSTOM_ROLE, organization, text))?;
    let own = owned::get::<CustomRole>(world, organization, id);
    own.map(|_| id.to_string())
}

/// The uuid of a custom role's Webex id, or a bare uuid.
fn decode(text: &str) -> Option<Uuid> {
    let key = ids::decode("ROLE", text);
    Uuid::try_parse(key.as_deref().unwrap_or(text)).ok()
}

/// The custom roles of an organisation, in the order of their names.
#[must_use]
pub fn list(world: &World, organization: Uuid) -> Vec<(Uuid, &CustomRole)> {
    let mut own: Vec<_> = owned::list::<CustomRole>(world, organization).collect();
    own.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    own
}

/// A custom role of an organisation.
///
/// # Errors
/// 404.
pub fn get<'a>(
    world: &'a World,
    organization: Uuid,
    text: &str,
) -> Result<(Uuid, &'a CustomRole), Refusal> {
    let found =
        decode(text).and_then(|id| Some((id, owned::get::<CustomRole>(world, organization, id)?)));
    found.ok_or_else(|| Refusal::not_found("Custom role", text))
}

/// Who holds a custom role.
pub fn holders(world: &World, id: Uuid) -> impl Iterator<Item = (Uuid, &Person)> {
    let key = id.to_string();
    let all = world.list::<Person>();
    all.filter(move |(_, person)| person.roles.contains(&key))
}

/// Makes a role.
///
/// # Errors
/// 400 for what cannot be meant, 409 for a name that is taken, and in the organisation of a
/// wholesale customer (PKG-23).
pub fn create(tx: &mut Tx, organization: Uuid, wanted: Wanted) -> Result<Uuid, Refusal> {
    let is_customer =
        |(_, customer): (Uuid, &Customer)| customer.organization == Some(organization);
    if tx.list::<Customer>().any(is_customer) {
        let detail = "Custom roles do not apply to the organization of a wholesale customer: give \
                      one of Webex's own roles.";
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("PKG-23"));
    }
    if list(tx, organization).len() >= ROLES_MAX {
        let detail = format!("An organization has at most {ROLES_MAX} custom roles.");
        return Err(Refusal::bad_request(detail).by("ROLE-06"));
    }
    let now = tx.now();
    let mut role = CustomRole {
        organization,
        name: String::new(),
        description: None,
        permissions: Vec::new(),
        created: now,
        last_modified: now,
    };
    apply(&mut role, wanted)?;
    let id = tx.new_id::<CustomRole>();
    put(tx, id, role)?;
    Ok(id)
}

/// Puts another name, description and other permissions in the place of a role's. Whoever holds it
/// may do at once what it allows now.
///
/// # Errors
/// 404, 400 for what cannot be meant, 409 for a name that is taken.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    text: &str,
    wanted: Wanted,
) -> Result<Uuid, Refusal> {
    let (id, known) = get(tx, organization, text)?;
    let before = known.clone();
    let mut role = before.clone();
    apply(&mut role, wanted)?;
    if role != before {
        role.last_modified = tx.now();
        put(tx, id, role)?;
    }
    Ok(id)
}

/// Deletes a role that nobody holds.
///
/// # Errors
/// 404, 409 while somebody holds it.
pub fn delete(tx: &mut Tx, organization: Uuid, text: &str) -> Result<(), Refusal> {
    let (id, role) = get(tx, organization, text)?;
    let names: Vec<&str> = holders(tx, id)
        .map(|(_, person)| person.email.as_str())
        .collect();
    if !names.is_empty() {
        let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>();
        let more = match names.len().checked_sub(SHOWN) {
            Some(more) if more > 0 => format!(" and {more} more"),
            _ => String::new(),
        };
        let detail = format!(
            "\"{}\" is held by {}{more}: take it from them first (PUT \
             /_hub/v1/organizations/me/users/{{personId}}/administratorRoles).",
            role.name,
            shown.join(", "),
        );
        return Err(Refusal::new(ErrorKind::Conflict, detail).by("ROLE-06"));
    }
    tx.delete(kinds::CUSTOM_ROLE, id);
    Ok(())
}

fn put(tx: &mut Tx, id: Uuid, role: CustomRole) -> Result<(), Refusal> {
    let name = role.name.clone();
    let taken = || {
        let detail = format!("A role with the name \"{name}\" already exists.");
        Refusal::new(ErrorKind::Conflict, detail).by("ROLE-06")
    };
    if ROLES.iter().any(|it| it.name.eq_ignore_ascii_case(&name)) {
        return Err(taken());
    }
    tx.by_rule("ROLE-06");
    tx.put(id, role).map_err(|_| taken())
}

/// Refuses what nobody could have said of a role.
pub(super) fn bounds(kept: &CustomRole) -> Result<(), Refusal> {
    let said = Wanted {
        name: kept.name.clone(),
        description: kept.description.clone(),
        permissions: kept.permissions.clone(),
    };
    apply(&mut kept.clone(), said)
}

fn apply(role: &mut CustomRole, wanted: Wanted) -> Result<(), Refusal> {
    let name = checked("name", &wanted.name, NAME_MAX)?;
    if !name.chars().all(|c| c.is_alphanumeric() || c == ' ') {
        let detail = "name must have no special characters: letters, digits and blanks.";
        return Err(Refusal::bad_request(detail).by("ROLE-06"));
    }
    role.name = name;
    role.description = match wanted.description.as_deref() {
        None | Some("") => None,
        Some(text) => Some(checked("description", text, DESCRIPTION_MAX)?),
    };
    role.permissions = wanted.permissions;
    role.permissions.sort_unstable();
    role.permissions.dedup();
    if role.permissions.is_empty() {
        let names = Permission::ALL.map(Permission::name).join(", ");
        let detail = format!("permissions must name at least one of {names}.");
        return Err(Refusal::bad_request(detail).by("ROLE-06"));
    }
    Ok(())
}
