//! Groups of people: create, get, list, update, delete, and who is in them.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::text::checked;
use crate::licensing::template;
use crate::model::owned;
use crate::model::{Group, Person, WebexId, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::check::Violation;
use crate::world::{Change, Check, Tx, World};

/// The longest name of a group.
const NAME_MAX: usize = 256;
/// The longest description of a group.
const DESCRIPTION_MAX: usize = 4096;
/// The most groups of an organisation.
const GROUPS_MAX: usize = 10_000;

/// What a caller says about a group. `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct GroupChange {
    /// The name.
    pub display_name: Option<String>,
    /// What it is for; an empty text clears it.
    pub description: Option<String>,
    /// What another directory calls it; `Some(None)` clears it.
    pub external_id: Option<Option<String>>,
    /// What a directory says that it is used for; `Some(None)` clears it.
    pub usage: Option<Option<String>>,
    /// Whether everybody leaves before others come.
    pub purges: bool,
    /// Who comes and who leaves, in order.
    pub members: Vec<Membership>,
    /// Whether templates leave alone who comes, as where a scenario says what everybody has.
    pub only_places: bool,
}

/// A person comes or leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Comes; whoever is in stays.
    Add(Uuid),
    /// Leaves; whoever is not in stays out.
    Remove(Uuid),
}

/// A group of an organisation.
///
/// # Errors
/// 404.
pub fn get(world: &World, organization: Uuid, id: Uuid) -> Result<&Group, Refusal> {
    let found = owned::get::<Group>(world, organization, id);
    found.ok_or_else(|| Refusal::not_found("Group", &Group::encode(id, organization)))
}

/// The groups of an organisation.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &Group)> {
    owned::list::<Group>(world, organization)
}

/// The groups that a person is in.
pub fn of_person(world: &World, person: Uuid) -> impl Iterator<Item = (Uuid, &Group)> {
    let groups = world.list::<Group>();
    groups.filter(move |(_, group)| group.members.contains(&person))
}

/// The group of a name.
#[must_use]
pub fn find(world: &World, organization: Uuid, name: &str) -> Option<Uuid> {
    world.find(spaces::GROUP, organization, &name.to_lowercase())
}

/// Creates a group.
///
/// # Errors
/// 400 without a name and for people who are not there, 409 when the name is taken.
pub fn create(tx: &mut Tx, organization: Uuid, change: GroupChange) -> Result<Uuid, Refusal> {
    if change.display_name.is_none() {
        return Err(Refusal::bad_request("displayName is required."));
    }
    if list(tx, organization).count() >= GROUPS_MAX {
        let detail = format!("An organization has at most {GROUPS_MAX} groups.");
        return Err(Refusal::bad_request(detail));
    }
    let now = tx.now();
    let mut group = Group {
        organization,
        display_name: String::new(),
        description: None,
        external_id: None,
        usage: None,
        members: Vec::new(),
        created: now,
        last_modified: now,
    };
    apply(tx, &mut group, change)?;
    let id = tx.new_id::<Group>();
    put(tx, id, group)?;
    Ok(id)
}

/// Changes a group, its members included, in one save. The group's licence template acts on
/// whoever comes or leaves (TMPL-12).
///
/// # Errors
/// 404, 400 for people who are not there, 409 when the name is taken.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    change: GroupChange,
) -> Result<(), Refusal> {
    let mut group = get(tx, organization, id)?.clone();
    let before = group.clone();
    let only_places = change.only_places;
    apply(tx, &mut group, change)?;
    if group == before {
        return Ok(());
    }
    group.last_modified = tx.now();
    let (come, left) = (
        missing_from(&before.members, &group.members),
        missing_from(&group.members, &before.members),
    );
    put(tx, id, group)?;
    if !only_places {
        template::change_members(tx, id, &come, &left);
    }
    Ok(())
}

/// Who of some people is not among others.
fn missing_from(others: &[Uuid], people: &[Uuid]) -> Vec<Uuid> {
    let others: BTreeSet<&Uuid> = others.iter().collect();
    let missing = people.iter().filter(|id| !others.contains(id));
    missing.copied().collect()
}

fn put(tx: &mut Tx, id: Uuid, group: Group) -> Result<(), Refusal> {
    let name = group.display_name.clone();
    tx.put(id, group).map_err(|_| {
        let detail = format!("A group with the displayName \"{name}\" already exists.");
        Refusal::new(ErrorKind::Conflict, detail)
    })
}

/// Deletes a group and its licence template; the people in it stay, with what they have
/// (TMPL-08).
///
/// # Errors
/// 404.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    get(tx, organization, id)?;
    if template::get(tx, id).is_some() {
        template::delete(tx, template::Scope::of_group(organization, id))?;
    }
    tx.delete(kinds::GROUP, id);
    Ok(())
}

/// Takes a person out of every group.
pub(super) fn leave(tx: &mut Tx, person: Uuid) -> Result<(), Refusal> {
    let groups: Vec<Uuid> = of_person(tx, person).map(|(id, _)| id).collect();
    let now = tx.now();
    for id in groups {
        tx.update::<Group>(id, |group| {
            group.members.retain(|member| *member != person);
            group.last_modified = now;
        })?;
    }
    Ok(())
}

fn apply(world: &World, group: &mut Group, change: GroupChange) -> Result<(), Refusal> {
    if let Some(name) = &change.display_name {
        group.display_name = checked("displayName", name, NAME_MAX)?;
    }
    match change.description.as_deref() {
        None => {}
        Some("") => group.description = None,
        Some(text) => {
            group.description = Some(checked("description", text, DESCRIPTION_MAX)?);
        }
    }
    set(&mut group.external_id, "externalId", change.external_id)?;
    set(&mut group.usage, "usage", change.usage)?;
    if change.purges {
        group.members.clear();
    }
    for membership in &change.members {
        if let Membership::Add(person) = membership {
            check_person(world, group.organization, *person)?;
        }
    }
    group.members = moved(std::mem::take(&mut group.members), &change.members);
    Ok(())
}

/// Who is in after some came and left, in the order in which they came.
#[must_use]
pub fn moved(mut members: Vec<Uuid>, changes: &[Membership]) -> Vec<Uuid> {
    if changes.is_empty() {
        return members;
    }
    let mut inside: BTreeSet<Uuid> = members.iter().copied().collect();
    for membership in changes {
        match *membership {
            Membership::Add(person) => {
                if inside.insert(person) {
                    members.push(person);
                }
            }
            Membership::Remove(person) => {
                inside.remove(&person);
            }
        }
    }
    // Somebody may have left and come again, and then stands once.
    members.retain(|person| inside.remove(person));
    members
}

/// Refuses what nobody could have said of a group.
pub(super) fn bounds(world: &World, kept: &Group) -> Result<(), Refusal> {
    let said = GroupChange {
        display_name: Some(kept.display_name.clone()),
        description: kept.description.clone(),
        external_id: Some(kept.external_id.clone()),
        usage: Some(kept.usage.clone()),
        ..GroupChange::default()
    };
    let texts = Group {
        members: Vec::new(),
        ..kept.clone()
    };
    apply(world, &mut { texts }, said)
}

/// A text that may be cleared.
fn set(
    kept: &mut Option<String>,
    name: &str,
    change: Option<Option<String>>,
) -> Result<(), Refusal> {
    let Some(text) = change else {
        return Ok(());
    };
    let text = text.filter(|text| !text.is_empty());
    let text = text.map(|text| checked(name, &text, NAME_MAX));
    *kept = text.transpose()?;
    Ok(())
}

fn check_person(world: &World, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    if owned::has::<Person>(world, organization, id) {
        return Ok(());
    }
    let id = WebexId::Person.encode(id);
    let detail = format!("members: person {id} could not be found.");
    Err(Refusal::bad_request(detail))
}

/// Only people are in groups.
pub const CHECK: Check = Check {
    name: "everybody in a group is there",
    on_change,
    on_world,
};

fn on_change(world: &World, changes: &[Change]) -> Vec<Violation> {
    let mut found = Vec::new();
    for change in changes {
        let (kind, id) = change.key;
        if kind == kinds::GROUP {
            let group = world.get::<Group>(id);
            found.extend(group.into_iter().flat_map(|group| missing(world, group)));
        } else if kind == kinds::PERSON && change.after.is_none() {
            let groups = of_person(world, id);
            found.extend(groups.map(|(group, _)| format!("{id} is gone and still in {group}")));
        }
    }
    found
}

fn on_world(world: &World) -> Vec<Violation> {
    let groups = world.list::<Group>();
    groups
        .flat_map(|(_, group)| missing(world, group))
        .collect()
}

fn missing(world: &World, group: &Group) -> Vec<Violation> {
    let gone = |id: &&Uuid| !owned::has::<Person>(world, group.organization, **id);
    let gone = group.members.iter().filter(gone);
    gone.map(|id| format!("{id} in {} is nobody", group.display_name))
        .collect()
}
