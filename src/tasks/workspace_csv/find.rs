//! Which workspace or person a row is about.

use std::collections::HashMap;

use uuid::Uuid;

use super::attributes::{Attribute, HolderKind};
use crate::model::nearest::nearest;
use crate::model::number::shorten;
use crate::model::{Calling, Holder, Location, Person, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::{people, workspaces};
use crate::tasks::csv::{Cells, Field, invalid};
use crate::world::World;

/// The workspaces of an organisation that rows may name, by their names in any case.
#[derive(Debug)]
pub(super) struct Names {
    organization: Uuid,
    by_name: HashMap<String, Vec<Uuid>>,
}

impl Names {
    /// Those that one of these rows names: a step looks at a few of many.
    pub fn of<'a>(
        world: &World,
        organization: Uuid,
        rows: impl Iterator<Item = Cells<'a>>,
    ) -> Self {
        let wanted = rows.filter_map(|cells| cells.get(Attribute::Username));
        let by_name = wanted.map(|name| (name.trim().to_lowercase(), Vec::new()));
        let mut names = Self {
            organization,
            by_name: by_name.collect(),
        };
        for (id, room) in workspaces::list(world, organization) {
            names.add(&room.display_name, id);
        }
        names
    }

    /// A workspace that is there, or was created.
    pub fn add(&mut self, name: &str, id: Uuid) {
        if let Some(named) = self.by_name.get_mut(&name.to_lowercase()) {
            named.push(id);
        }
    }

    /// The workspace that a row names. Of several with the name, location, extension and phone
    /// number tell which (DEC-70).
    ///
    /// # Errors
    /// 900020 when they do not.
    pub fn find(&self, world: &World, cells: &Cells<'_>) -> Result<Option<Uuid>, Refusal> {
        let name = cells.get(Attribute::Username).unwrap_or_default().trim();
        let found = self.by_name.get(&name.to_lowercase());
        let mut found = found.cloned().unwrap_or_default();
        let named = found.len();
        for attribute in TELLING {
            if found.len() < 2 {
                break;
            }
            if let Some(text) = cells.get(attribute) {
                found.retain(|id| {
                    let present = world
                        .get::<Workspace>(*id)
                        .map(|it| of(world, it, attribute));
                    present.is_some_and(|present| present.eq_ignore_ascii_case(text.trim()))
                });
            }
        }
        if found.len() > 1 {
            retain_bare(world, cells, &mut found);
        }
        let why = match found.as_slice() {
            [] if named < 2 => return Ok(None),
            [id] => return Ok(Some(*id)),
            [] => "none of them has the location, the extension and the phone number of the row",
            _ => "location, extension and phone number do not tell which is meant",
        };
        let detail = format!(
            "{named} workspaces are named \"{}\", and {why}.",
            shorten(name)
        );
        Err(Refusal::new(ErrorKind::UnknownName, detail).by("DEC-70"))
    }

    /// The sentence that there is no such workspace, with the nearest that there is.
    pub fn missing(&self, world: &World, name: &str) -> String {
        let own = workspaces::list(world, self.organization);
        let shown = shorten(name);
        match nearest(name, own.map(|(_, room)| room.display_name.as_str())) {
            Some(meant) => {
                format!("There is no workspace \"{shown}\"; the nearest is \"{meant}\".")
            }
            None => format!("There is no workspace \"{shown}\"."),
        }
    }
}

/// Where several have what the row says, one that has nothing else is meant before the others: its
/// row of the download is blank there.
fn retain_bare(world: &World, cells: &Cells<'_>, found: &mut Vec<Uuid>) {
    let has_nothing_else = |id: &Uuid| {
        let room = world.get::<Workspace>(*id);
        let mut unsaid = TELLING.into_iter().filter(|it| cells.get(*it).is_none());
        let is_blank = |room, it| cells.has(it) && of(world, room, it).is_empty();
        room.is_some_and(|room| unsaid.all(|attribute| is_blank(room, attribute)))
    };
    if found.iter().any(has_nothing_else) {
        found.retain(has_nothing_else);
    }
}

/// What tells workspaces of one name apart.
const TELLING: [Attribute; 3] = [
    Attribute::Location,
    Attribute::Extension,
    Attribute::PhoneNumber,
];

/// What stands in a cell of a workspace that has Calling or a location.
fn of<'a>(world: &'a World, room: &'a Workspace, attribute: Attribute) -> &'a str {
    let place = Place {
        location: room.location,
        calling: room.calling.as_ref(),
    };
    place.of(world, attribute)
}

/// Where a holder is and can be called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The location of a workspace, with Calling or without.
    pub location: Option<Uuid>,
    /// What Calling gives.
    pub calling: Option<&'a Calling>,
}

impl<'a> Place<'a> {
    /// That of a person or a workspace.
    pub fn of_holder(world: &'a World, holder: Holder) -> Self {
        let (location, calling) = match holder {
            Holder::Person(id) => {
                let person = world.get::<Person>(id);
                let calling = person.and_then(|it| it.calling.as_ref());
                (person.and_then(Person::any_location), calling)
            }
            Holder::Workspace(id) => {
                let room = world.get::<Workspace>(id);
                let calling = room.and_then(|it| it.calling.as_ref());
                (room.and_then(|it| it.location), calling)
            }
        };
        Self { location, calling }
    }

    /// What stands in its cell.
    pub fn of(&self, world: &'a World, attribute: Attribute) -> &'a str {
        let text = match attribute {
            Attribute::Extension => self
                .calling
                .and_then(|own| own.extension.as_ref())
                .map(|own| own.as_str()),
            Attribute::PhoneNumber => self
                .calling
                .and_then(|own| own.number.as_ref())
                .map(|own| own.as_str()),
            Attribute::Location => {
                let id = self.calling.map(|own| own.location).or(self.location);
                id.and_then(|id| world.get::<Location>(id))
                    .map(|own| own.name.as_str())
            }
            _ => None,
        };
        text.unwrap_or_default()
    }
}

/// The key of a row: whose it is, and which device (DEC-71).
pub(super) fn key(world: &World, names: &Names, cells: &Cells<'_>) -> String {
    let cell = |attribute: Attribute| {
        let text = cells.get(attribute).unwrap_or_default().trim();
        text.to_lowercase()
    };
    let name = cell(Attribute::Username);
    let kind = cell(Attribute::Type);
    let holder = match HolderKind::named(&kind) {
        Some(HolderKind::Workspace) => match names.find(world, cells) {
            Ok(Some(id)) => id.to_string(),
            _ => name,
        },
        _ => name,
    };
    let mac: String = cell(Attribute::MacAddress)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    [kind, holder, cell(Attribute::Model), mac].join("\u{1f}")
}

/// Whose row it is (WS-08).
pub(super) fn kind(cells: &Cells<'_>) -> Result<HolderKind, Refusal> {
    let header = Attribute::Type.header();
    let Some(text) = cells.get(Attribute::Type) else {
        let detail = format!("\"{header}\" is empty; write USER or WORKSPACE.");
        return Err(Refusal::new(ErrorKind::FieldMissing, detail).by("WS-08"));
    };
    let wrong = || {
        let reason = format!("\"{}\" is neither USER nor WORKSPACE", shorten(text));
        invalid(header, &reason).by("WS-08")
    };
    HolderKind::named(text).ok_or_else(wrong)
}

/// The person of a row.
pub(super) fn person(world: &World, organization: Uuid, cells: &Cells<'_>) -> Option<Uuid> {
    let email = cells.get(Attribute::Username).unwrap_or_default().trim();
    people::find_own(world, organization, email)
}
