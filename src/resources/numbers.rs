//! Phone numbers: a location's inventory, and what an organisation's list of them shows.

pub mod moving;

use std::collections::BTreeSet;

use uuid::Uuid;

use super::calling_locations::calling_of;
use crate::model::owned;
use crate::model::{Calling, E164, Holder, Location, Person, PhoneNumber, Workspace, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The most numbers that one request may name.
const NUMBERS_MAX: usize = 1000;
/// The most of them that one request may deactivate.
const DEACTIVATED_MAX: usize = 500;
/// The most that one request deletes (contract: Remove phone numbers from a location).
const REMOVED_MAX: usize = 5;

/// Numbers that come into a location's inventory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kind {
    /// Whether calls reach them at once.
    pub active: bool,
    /// Whether callers pay nothing.
    pub toll_free: bool,
}

/// A number in a location's inventory.
#[must_use]
pub fn find_in<'w>(
    world: &'w World,
    location: Uuid,
    number: &E164,
) -> Option<(Uuid, &'w PhoneNumber)> {
    PhoneNumber::find(world, number.as_str()).filter(|(_, known)| known.location == location)
}

/// Reads numbers as a caller wrote them.
///
/// # Errors
/// 400 when there are none or too many, or one is not in E.164.
pub fn parse_all(texts: &[String]) -> Result<Vec<E164>, Refusal> {
    if texts.is_empty() || texts.len() > NUMBERS_MAX {
        let detail = format!("phoneNumbers must hold 1 to {NUMBERS_MAX} numbers.");
        return Err(Refusal::bad_request(detail));
    }
    let parse = |text: &String| {
        let parsed = text.parse::<E164>();
        parsed.map_err(|why| Refusal::new(ErrorKind::NumberNotAvailable, format!("{why}.")))
    };
    texts.iter().map(parse).collect()
}

/// Adds numbers to a location's inventory. Those that stand there already are passed over.
///
/// # Errors
/// 404, 409 (25223 and 8363) for a main number and for a number of another location.
pub fn add(
    tx: &mut Tx,
    organization: Uuid,
    location: Uuid,
    numbers: &[E164],
    kind: Kind,
) -> Result<(), Refusal> {
    calling_of(tx, organization, location)?;
    for number in numbers {
        match PhoneNumber::find(tx, number.as_str()) {
            None => {
                let id = tx.new_id::<PhoneNumber>();
                let number = PhoneNumber {
                    organization,
                    location,
                    number: number.clone(),
                    active: kind.active,
                    main: false,
                    toll_free: kind.toll_free,
                    owner: None,
                    alternate: false,
                };
                tx.put(id, number)?;
            }
            Some((_, known)) if known.location != location || known.main => {
                let detail = format!("Phone number {number} already exists.");
                return Err(Refusal::new(ErrorKind::NumberExists, detail));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Lets calls reach numbers, or no longer.
///
/// # Errors
/// 404 for a number that the location does not have; where none shall reach them any more, 400 for
/// too many of them and 409 for one that is in use or is the main number, which emergency services
/// call back.
pub fn activate(
    tx: &mut Tx,
    organization: Uuid,
    location: Uuid,
    numbers: &[E164],
    active: bool,
) -> Result<(), Refusal> {
    calling_of(tx, organization, location)?;
    if !active && numbers.len() > DEACTIVATED_MAX {
        let detail = format!(
            "phoneNumbers: at most {DEACTIVATED_MAX} numbers are deactivated at once, and these \
             are {}.",
            numbers.len()
        );
        return Err(Refusal::bad_request(detail));
    }
    for number in numbers {
        let (id, known) = held(tx, location, number)?;
        if !active && (known.main || known.owner.is_some()) {
            let why = if known.main {
                "the main number of the location"
            } else {
                "assigned"
            };
            let detail = format!("Phone number {number} is {why} and cannot be deactivated.");
            return Err(Refusal::new(ErrorKind::Conflict, detail));
        }
        tx.update::<PhoneNumber>(id, |known| known.active = active)?;
    }
    Ok(())
}

/// Removes numbers from a location's inventory.
///
/// # Errors
/// 404 for a number that the location does not have, 409 for its main number and for one in use,
/// 400 for too many at once.
pub fn remove(
    tx: &mut Tx,
    organization: Uuid,
    location: Uuid,
    numbers: &[E164],
) -> Result<(), Refusal> {
    calling_of(tx, organization, location)?;
    if numbers.len() > REMOVED_MAX {
        let detail = format!("phoneNumbers takes at most {REMOVED_MAX} numbers to delete.");
        return Err(Refusal::bad_request(detail));
    }
    let distinct: BTreeSet<&E164> = numbers.iter().collect();
    for number in distinct {
        let (id, known) = held(tx, location, number)?;
        let why = match (known.main, known.owner) {
            (true, _) => "is the main number of the location and cannot be removed",
            (_, Some(_)) => "is assigned and cannot be removed",
            _ => {
                tx.delete(kinds::NUMBER, id);
                continue;
            }
        };
        let detail = format!("Phone number {number} {why}.");
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    Ok(())
}

fn held<'w>(
    world: &'w World,
    location: Uuid,
    number: &E164,
) -> Result<(Uuid, &'w PhoneNumber), Refusal> {
    let found = find_in(world, location, number);
    found.ok_or_else(|| Refusal::not_found("Phone number", number.as_str()))
}

/// What there is to say about a number before it is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberState {
    /// It can be added.
    Available,
    /// The organisation has it.
    Duplicate,
    /// The request names it twice.
    DuplicateInList,
    /// It is no number.
    Invalid,
    /// Another organisation has it.
    Unavailable,
}

/// Looks at numbers that an organisation wants to add.
///
/// # Errors
/// 400 when there are none or too many.
pub fn validate(
    world: &World,
    organization: Uuid,
    texts: &[String],
) -> Result<Vec<NumberState>, Refusal> {
    if texts.is_empty() || texts.len() > NUMBERS_MAX {
        let detail = format!("phoneNumbers must hold 1 to {NUMBERS_MAX} numbers.");
        return Err(Refusal::bad_request(detail));
    }
    let mut seen = BTreeSet::new();
    let mut look = |text: &String| {
        // Only the United States may be written in ten digits.
        let national = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        let full = if national {
            format!("+1{text}")
        } else {
            text.clone()
        };
        let Ok(number) = full.parse::<E164>() else {
            return NumberState::Invalid;
        };
        let known = PhoneNumber::find(world, number.as_str()).map(|(_, known)| known);
        let first = seen.insert(number);
        match known {
            Some(known) if known.organization == organization => NumberState::Duplicate,
            Some(_) => NumberState::Unavailable,
            None if !first => NumberState::DuplicateInList,
            None => NumberState::Available,
        }
    };
    Ok(texts.iter().map(&mut look).collect())
}

/// One line of the list of numbers: a number with or without an owner, or an extension alone.
#[derive(Debug, Clone, Copy)]
pub struct NumberRow<'w> {
    /// The number, unless it is an extension alone.
    pub number: Option<&'w PhoneNumber>,
    /// The extension that goes with it.
    pub extension: Option<&'w str>,
    /// Whose it is.
    pub owner: Option<Holder>,
    /// Where it stands.
    pub location_id: Uuid,
    /// Where it stands.
    pub location: &'w Location,
}

impl<'w> NumberRow<'w> {
    /// The number's text; an extension alone has none.
    #[must_use]
    pub fn text(&self) -> &'w str {
        self.number.map_or("", |number| number.number.as_str())
    }

    /// Whether somebody may be given it.
    #[must_use]
    pub fn is_available(&self) -> bool {
        self.number.is_some_and(PhoneNumber::is_available)
    }
}

/// Every number and every extension without a number, by number and then by extension.
#[must_use]
pub fn rows(world: &World, organization: Uuid) -> Vec<NumberRow<'_>> {
    let mut rows: Vec<NumberRow<'_>> = Vec::new();
    for (_, number) in owned::list::<PhoneNumber>(world, organization) {
        if let Some(location) = world.get::<Location>(number.location) {
            rows.push(NumberRow {
                number: Some(number),
                extension: number
                    .owner
                    .and_then(|owner| extension_of(world, owner, number)),
                owner: number.owner,
                location_id: number.location,
                location,
            });
        }
    }
    let people = owned::list::<Person>(world, organization)
        .map(|(id, person)| (Holder::Person(id), person.calling.as_ref()));
    let workspaces = owned::list::<Workspace>(world, organization)
        .map(|(id, workspace)| (Holder::Workspace(id), workspace.calling.as_ref()));
    for (holder, calling) in people.chain(workspaces) {
        rows.extend(calling.and_then(|calling| extension_alone(world, holder, calling)));
    }
    rows.sort_by(|a, b| {
        let alone = a.number.is_none().cmp(&b.number.is_none());
        let by_extension = || a.extension.cmp(&b.extension).then(a.owner.cmp(&b.owner));
        alone
            .then_with(|| a.text().cmp(b.text()))
            .then_with(by_extension)
    });
    rows
}

fn extension_alone<'w>(
    world: &'w World,
    holder: Holder,
    calling: &'w Calling,
) -> Option<NumberRow<'w>> {
    if calling.number.is_some() {
        return None;
    }
    Some(NumberRow {
        number: None,
        extension: Some(calling.extension.as_ref()?.as_str()),
        owner: Some(holder),
        location_id: calling.location,
        location: world.get(calling.location)?,
    })
}

fn extension_of<'w>(world: &'w World, owner: Holder, number: &PhoneNumber) -> Option<&'w str> {
    let calling = match owner {
        Holder::Person(id) => world.get::<Person>(id)?.calling.as_ref()?,
        Holder::Workspace(id) => world.get::<Workspace>(id)?.calling.as_ref()?,
    };
    let alternate = calling
        .alternates
        .iter()
        .find(|own| own.number == number.number);
    let extension = match alternate {
        Some(alternate) => alternate.extension.as_ref(),
        None => calling.extension.as_ref(),
    };
    extension.map(|extension| extension.as_str())
}
