//! User profiles of Contact Center: create, list, update, delete. The four that every organisation
//! has come by themselves and stay as they are (DEC-81).

use uuid::Uuid;

use crate::licensing::contact_center::has_profile;
use crate::model::owned;
use crate::model::user_profile::{AccessLevel, ResourceCollection};
use crate::model::{Person, ProfileType, UserProfile, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World, ids};

/// The profiles that every organisation has, with their names.
pub const DEFAULTS: [(ProfileType, &str); 4] = [
    (ProfileType::Administrator, "Administrator Profile"),
    (ProfileType::Supervisor, "Supervisor Profile"),
    (ProfileType::PremiumAgent, "Premium Agent User Profile"),
    (ProfileType::StandardAgent, "Standard Agent User Profile"),
];

/// The most profiles that an organisation makes.
const PROFILES_MAX: usize = 1000;
/// The longest name and the longest description, in characters (contract).
const NAME_MAX: usize = 80;
const DESCRIPTION_MAX: usize = 255;
/// The most items of a list.
const ITEMS_MAX: usize = 500;
/// How many users a refusal names.
const SHOWN: usize = 3;

/// The id of a default profile in an organisation.
#[must_use]
pub fn default_id(world: &World, organization: Uuid, kind: ProfileType) -> Uuid {
    let name = format!("userProfile/{organization}/{}", kind.name());
    ids::named(world.seed, &name)
}

/// The profile that a user is to have; none for the one that comes by itself. Its type is Control
/// Hub's to change (contract: Update User).
///
/// # Errors
/// 400 for a profile that is not there, is of another type or is turned off.
pub fn choose(
    world: &World,
    organization: Uuid,
    kind: ProfileType,
    id: Uuid,
) -> Result<Option<Uuid>, Refusal> {
    if id == default_id(world, organization, kind) {
        return Ok(None);
    }
    let mut defaults = DEFAULTS.iter();
    let default = defaults.find(|(kind, _)| default_id(world, organization, *kind) == id);
    let found = owned::get::<UserProfile>(world, organization, id);
    let other = default.map(|(other, _)| *other);
    let other = other.or(found.map(|profile| profile.profile_type));
    let refuse = |detail: String| Err(Refusal::bad_request(detail).by("DEC-80"));
    match (other, found) {
        (None, _) => refuse(format!("userProfileId: there is no user profile \"{id}\".")),
        (Some(other), _) if other != kind => refuse(format!(
            "userProfileId: that profile is of the type {}; licence and role, which are changed in \
             Control Hub only, ask for {}.",
            other.name(),
            kind.name(),
        )),
        (_, Some(profile)) if !profile.active => refuse(format!(
            "userProfileId: \"{}\" is not active.",
            profile.name
        )),
        _ => Ok(Some(id)),
    }
}

/// The profiles that an organisation has made, in the order of their names.
#[must_use]
pub fn list(world: &World, organization: Uuid) -> Vec<(Uuid, &UserProfile)> {
    let mut own: Vec<_> = owned::list::<UserProfile>(world, organization).collect();
    own.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    own
}

/// A profile that an organisation has made.
///
/// # Errors
/// 404; 403 for a default one, when it `shall_change`.
pub fn get(
    world: &World,
    organization: Uuid,
    id: Uuid,
    shall_change: bool,
) -> Result<&UserProfile, Refusal> {
    let mut defaults = DEFAULTS.iter();
    let default = defaults.find(|(kind, _)| default_id(world, organization, *kind) == id);
    if let Some((_, name)) = default.filter(|_| shall_change) {
        let detail = format!(
            "\"{name}\" comes with Contact Center and is not changed: make a profile of your own \
             (POST /organization/{{orgId}}/v3/user-profile)."
        );
        return Err(Refusal::new(ErrorKind::Forbidden, detail).by("DEC-81"));
    }
    let found = owned::get::<UserProfile>(world, organization, id);
    found.ok_or_else(|| Refusal::not_found("User profile", &id.to_string()))
}

/// Makes a profile.
///
/// # Errors
/// 400 for what cannot be meant, 409 when the name is taken.
pub fn create(tx: &mut Tx, mut profile: UserProfile) -> Result<Uuid, Refusal> {
    arrange(&mut profile);
    check(&profile)?;
    if list(tx, profile.organization).len() >= PROFILES_MAX {
        let detail = format!("An organization makes at most {PROFILES_MAX} user profiles.");
        return Err(Refusal::bad_request(detail));
    }
    (profile.created, profile.last_modified) = (tx.now(), tx.now());
    profile.version = 0;
    let id = tx.new_id::<UserProfile>();
    put(tx, id, profile)?;
    Ok(id)
}

/// Puts another document in the place of a profile's. Its type stays, and one that users have is
/// not turned off.
///
/// # Errors
/// 404, 403 for a default one, 400 for what cannot be meant, 409 when the name is taken, 412 when
/// users have it.
pub fn update(
    tx: &mut Tx,
    id: Uuid,
    version: Option<u32>,
    mut profile: UserProfile,
) -> Result<(), Refusal> {
    let known = get(tx, profile.organization, id, true)?;
    let present = known.version;
    if let Some(version) = version.filter(|version| *version != present) {
        let detail = format!("version is {version}; the user profile is at version {present}.");
        return Err(Refusal::new(ErrorKind::VersionOutdated, detail));
    }
    if profile.profile_type != known.profile_type {
        let detail = format!(
            "profileType is {} and cannot be changed.",
            known.profile_type.name()
        );
        return Err(Refusal::bad_request(detail));
    }
    let is_turned_off = known.active && !profile.active;
    arrange(&mut profile);
    (profile.version, profile.created) = (present, known.created);
    profile.last_modified = known.last_modified;
    if profile == *known {
        return Ok(());
    }
    check(&profile)?;
    if is_turned_off {
        check_unused(tx, id, "turned off")?;
    }
    profile.version = present.saturating_add(1);
    profile.last_modified = tx.now();
    put(tx, id, profile)
}

/// Deletes a profile that no user has.
///
/// # Errors
/// 404, 403 for a default one, 412 when users have it.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    get(tx, organization, id, true)?;
    check_unused(tx, id, "deleted")?;
    tx.delete(kinds::USER_PROFILE, id);
    Ok(())
}

/// Folders are sets, whoever names them.
fn arrange(profile: &mut UserProfile) {
    for folders in [
        &mut profile.editable_folder_ids,
        &mut profile.viewable_folder_ids,
        &mut profile.non_viewable_folder_ids,
    ] {
        folders.sort_unstable();
        folders.dedup();
    }
}

fn put(tx: &mut Tx, id: Uuid, profile: UserProfile) -> Result<(), Refusal> {
    let name = profile.name.clone();
    let taken = || {
        let detail = format!("A user profile with the name \"{name}\" already exists.");
        Refusal::new(ErrorKind::Conflict, detail)
    };
    let mut defaults = DEFAULTS.iter();
    if defaults.any(|(_, default)| default.eq_ignore_ascii_case(&name)) {
        return Err(taken());
    }
    tx.put(id, profile).map_err(|_| taken())
}

/// Refuses what would leave users without their profile (DEC-81).
fn check_unused(world: &World, id: Uuid, deed: &str) -> Result<(), Refusal> {
    let users: Vec<&Person> = has_profile(world, id)
        .filter_map(|user| world.get(user))
        .collect();
    if users.is_empty() {
        return Ok(());
    }
    let names = users.iter().take(SHOWN).map(|user| user.email.as_str());
    let names = names.collect::<Vec<_>>().join(", ");
    let more = match users.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    let detail = format!(
        "The user profile is that of {names}{more}: it cannot be {deed} before they have another one."
    );
    Err(Refusal::new(ErrorKind::Referenced, detail).by("DEC-81"))
}

/// Refuses what nobody could have said of a profile.
pub(super) fn bounds(kept: &UserProfile) -> Result<(), Refusal> {
    check(kept)
}

fn check(profile: &UserProfile) -> Result<(), Refusal> {
    let refuse = |detail: String| Err(Refusal::bad_request(detail));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ",_-".contains(c) || c.is_whitespace();
    let name = &profile.name;
    if name.chars().count() > NAME_MAX || !name.chars().all(is_plain) || name.trim().is_empty() {
        return refuse(format!(
            "name must have 1 to {NAME_MAX} letters, digits, blanks, commas, _ and -."
        ));
    }
    check_description("description", profile.description.as_deref())?;
    let lists = [
        ("permissions", profile.permissions.len()),
        ("editableFolderIds", profile.editable_folder_ids.len()),
        ("viewableFolderIds", profile.viewable_folder_ids.len()),
        (
            "nonViewableFolderIds",
            profile.non_viewable_folder_ids.len(),
        ),
        ("resourceCollections", profile.resource_collections.len()),
    ];
    if let Some((list, _)) = lists.iter().find(|(_, length)| *length > ITEMS_MAX) {
        return refuse(format!("{list} must have at most {ITEMS_MAX} items."));
    }
    let specific = [
        (
            "permissions",
            profile.permission_access_level,
            profile.permissions.is_empty(),
        ),
        (
            "resourceCollections",
            profile.resource_access_level,
            profile.resource_collections.is_empty(),
        ),
    ];
    for (list, level, is_empty) in specific {
        if level == AccessLevel::Specific && is_empty {
            return refuse(format!(
                "{list} must name some where the access is SPECIFIC."
            ));
        }
    }
    check_names(
        "permissions",
        profile.permissions.iter().map(|it| it.name.as_str()),
    )?;
    check_names(
        "resourceCollections",
        profile
            .resource_collections
            .iter()
            .map(|it| it.name.as_str()),
    )?;
    let default = profile.default_resource_collection_id.iter();
    default
        .into_iter()
        .try_for_each(|id| check_id("defaultResourceCollectionId", id))?;
    let mut collections = profile.resource_collections.iter();
    collections.try_for_each(check_collection)
}

fn check_collection(collection: &ResourceCollection) -> Result<(), Refusal> {
    check_description(
        "resourceCollections: description",
        collection.description.as_deref(),
    )?;
    let ids = collection.resources.iter().map(|it| it.ids.len());
    if collection.resources.len() > ITEMS_MAX || ids.sum::<usize>() > ITEMS_MAX {
        return Err(Refusal::bad_request(format!(
            "resourceCollections: resources and their ids must be at most {ITEMS_MAX}."
        )));
    }
    let all = collection.resources.iter();
    let mut ids = all.flat_map(|it| it.ids.iter()).chain(&collection.id);
    ids.try_for_each(|id| check_id("resourceCollections", id))?;
    check_names(
        "resourceCollections: resources",
        collection.resources.iter().map(|it| it.name.as_str()),
    )
}

fn check_id(field: &str, text: &str) -> Result<(), Refusal> {
    if Uuid::try_parse(text).is_ok() {
        return Ok(());
    }
    let shown = crate::model::number::shorten(text);
    let detail = format!("{field}: \"{shown}\" is not a uuid.");
    Err(Refusal::bad_request(detail))
}

fn check_description(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    let text = text.unwrap_or_default();
    if text.chars().count() <= DESCRIPTION_MAX && !text.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Refusal::bad_request(format!(
        "{field} must have at most {DESCRIPTION_MAX} characters and no control characters."
    )))
}

/// Names are short and stand once.
fn check_names<'a>(field: &str, names: impl Iterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "_-".contains(c);
        let is_short = (1..=NAME_MAX).contains(&name.len());
        if !is_short || !name.chars().all(is_plain) || seen.contains(&name) {
            let shown = crate::model::number::shorten(name);
            let detail = format!(
                "{field}: the name \"{shown}\" must have 1 to {NAME_MAX} letters, digits, blanks, \
                 _ and -, and stand once."
            );
            return Err(Refusal::bad_request(detail));
        }
        seen.push(name);
    }
    Ok(())
}
