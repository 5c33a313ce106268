//! Numbers and extensions of holders: assigning them, releasing them to the location's inventory
//! (LOSS-03), and the checks before.

use serde_json::Value;
use uuid::Uuid;

use super::{callbacks, lost};
use crate::model::person::ContactKind;
use crate::model::{
    Calling, E164, Extension, Holder, Location, Person, PhoneNumber, WebexId, Workspace, spaces,
};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Lost, Tx, World};

/// What a holder has through Calling.
#[must_use]
pub fn calling(world: &World, holder: Holder) -> Option<&Calling> {
    match holder {
        Holder::Person(id) => world.get::<Person>(id)?.calling.as_ref(),
        Holder::Workspace(id) => world.get::<Workspace>(id)?.calling.as_ref(),
    }
}

/// A number as a caller wrote it: E.164, or ten digits in the United States.
///
/// # Errors
/// 400 when it is neither.
pub fn parse_number(text: &str, location: Option<&Location>) -> Result<E164, Refusal> {
    let country = location.map(|location| location.address.country.as_str());
    let national = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
    let full = match country {
        Some("US" | "CA") if national => format!("+1{text}"),
        _ => text.to_owned(),
    };
    full.parse()
        .map_err(|error| Refusal::new(ErrorKind::NumberNotAvailable, format!("{error}.")))
}

/// An extension as a caller wrote it.
///
/// # Errors
/// 400 (WXC-25058) when it has not 2 to 6 digits.
pub fn parse_extension(text: &str) -> Result<Extension, Refusal> {
    text.parse().map_err(|_| {
        let shown = crate::model::number::shorten(text);
        let why = match (2..=6).contains(&text.len()) {
            true => " (an extension has digits only)",
            false => "",
        };
        Refusal::new(ErrorKind::ExtensionLength, format!("{shown}{why}"))
    })
}

/// Gives a holder a Calling location, a primary number, an extension and alternates, or changes
/// them: what it had and `wanted` does not name returns to the inventory. For a holder that has
/// them already nothing changes. Answers whose choice of emergency callback number goes by it
/// (DEC-140); the caller notes that in the ledger and shows it.
///
/// # Errors
/// 400 when the location is not enabled for Calling, when a number is not in the location's
/// inventory or not free, 409 when an extension is taken. Nothing has changed then.
pub fn assign_primary(tx: &mut Tx, holder: Holder, wanted: Calling) -> Result<Vec<Lost>, Refusal> {
    check_location(tx, &wanted)?;
    check_extensions(tx, holder, &wanted)?;
    for number in numbers_of(&wanted) {
        check_number(tx, holder, &wanted, number)?;
    }
    let own_before = calling(tx, holder).cloned();
    let before = own_before.as_ref().map(all_numbers).unwrap_or_default();
    let after = all_numbers(&wanted);
    for number in before.iter().filter(|number| !after.contains(number)) {
        own(tx, number, None, false);
    }
    for number in &after {
        own(
            tx,
            number,
            Some(holder),
            wanted.number.as_ref() != Some(number),
        );
    }
    set_calling(tx, holder, Some(wanted));
    Ok(own_before.map_or_else(Vec::new, |own| callbacks::follow(tx, holder, &own)))
}

fn numbers_of(calling: &Calling) -> impl Iterator<Item = &E164> {
    calling
        .number
        .iter()
        .chain(calling.alternates.iter().map(|alternate| &alternate.number))
}

fn all_numbers(calling: &Calling) -> Vec<E164> {
    numbers_of(calling).cloned().collect()
}

fn check_location(world: &World, wanted: &Calling) -> Result<(), Refusal> {
    let location = world.get::<Location>(wanted.location);
    match location.and_then(|location| location.calling.as_ref()) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(ErrorKind::UnableToFindLocation, "")),
    }
}

/// Who has a number or an extension, as a sentence about it ends: ` by Odette Fairbourne`.
pub fn by(world: &World, holder: Uuid) -> String {
    let person = world.get::<Person>(holder).map(|it| &it.display_name);
    let name = person.or_else(|| Some(&world.get::<Workspace>(holder)?.display_name));
    name.map_or_else(String::new, |name| {
        format!(" by {}", crate::model::number::shorten(name))
    })
}

fn check_extensions(world: &World, holder: Holder, wanted: &Calling) -> Result<(), Refusal> {
    let mut seen: Vec<&Extension> = Vec::new();
    let alternates = wanted
        .alternates
        .iter()
        .filter_map(|alternate| alternate.extension.as_ref());
    for extension in wanted.extension.iter().chain(alternates) {
        let owner = world.find(spaces::EXTENSION, wanted.location, extension.as_str());
        if seen.contains(&extension) || owner.is_some_and(|owner| owner != holder.id()) {
            let by = owner.map_or_else(String::new, |owner| by(world, owner));
            let detail = format!("Extension {extension} is already in use in the location{by}.");
            return Err(Refusal::new(ErrorKind::ExtensionTaken, detail));
        }
        seen.push(extension);
    }
    Ok(())
}

fn check_number(
    world: &World,
    holder: Holder,
    wanted: &Calling,
    number: &E164,
) -> Result<(), Refusal> {
    let refuse = |why: &str| {
        Err(Refusal::new(
            ErrorKind::NumberNotAvailable,
            format!("Number {number} {why}."),
        ))
    };
    if numbers_of(wanted).filter(|other| *other == number).count() > 1 {
        return refuse("is named twice");
    }
    let Some((_, known)) = PhoneNumber::find(world, number.as_str()) else {
        return refuse("is not in the inventory of the location");
    };
    if known.location != wanted.location {
        return refuse("is not in the inventory of the location");
    }
    if known.main {
        return refuse("is the main number of the location");
    }
    match known.owner {
        Some(owner) if owner != holder => refuse(&format!("is in use{}", by(world, owner.id()))),
        _ => Ok(()),
    }
}

/// Says who uses a number.
fn own(tx: &mut Tx, number: &E164, owner: Option<Holder>, alternate: bool) {
    let Some((id, _)) = PhoneNumber::find(tx, number.as_str()) else {
        return;
    };
    // The number itself stays the same, so no unique value can stand in the way.
    tx.update(id, |number: &mut PhoneNumber| {
        number.owner = owner;
        number.alternate = alternate;
    })
    .unwrap_or_default();
}

/// Sets what a holder has through Calling, its extensions being free.
pub(super) fn set_calling(tx: &mut Tx, holder: Holder, calling: Option<Calling>) {
    // Whoever gives an extension has checked it; taking one away cannot be refused.
    match holder {
        Holder::Person(id) => tx.update(id, |person: &mut Person| {
            // Whoever has Calling is where Calling says, and nowhere once it is gone (DEC-42).
            if calling.is_some() {
                person.location = None;
            }
            person.calling = calling;
        }),
        Holder::Workspace(id) => tx.update(id, |workspace: &mut Workspace| {
            // A workspace that was nowhere is where it is called, once and for all (WS-12).
            let called_in = calling.as_ref().map(|calling| calling.location);
            workspace.location = workspace.location.or(called_in);
            workspace.calling = calling;
        }),
    }
    .unwrap_or_default();
}

/// Returns every number of a holder to its location's inventory and takes its extensions. The
/// holder keeps its location and its settings, as when numbers are released before a purge.
pub fn release_all(tx: &mut Tx, holder: Holder) -> Vec<E164> {
    let freed = return_numbers(tx, holder);
    let location = calling(tx, holder).map(|calling| calling.location);
    if let Some(location) = location {
        let empty = Calling {
            location,
            number: None,
            extension: None,
            alternates: Vec::new(),
        };
        set_calling(tx, holder, Some(empty));
    }
    freed
}

/// Returns every number of a holder to its location's inventory. The caller takes them, with the
/// extensions, from the holder, who is written once.
pub(super) fn return_numbers(tx: &mut Tx, holder: Holder) -> Vec<E164> {
    let freed = calling(tx, holder).map(all_numbers).unwrap_or_default();
    for number in &freed {
        own(tx, number, None, false);
    }
    freed
}

/// Clears work numbers of a person that were Calling numbers, so that no template gives Calling
/// to that person again by itself.
pub(super) fn clear_work_numbers(tx: &mut Tx, holder: Holder, freed: &[E164]) {
    let Holder::Person(id) = holder else { return };
    let is_freed = |value: &str| freed.iter().any(|number| number.as_str() == value);
    let Some(person) = tx.get::<Person>(id) else {
        return;
    };
    if !person
        .contact_numbers
        .iter()
        .any(|n| n.kind == ContactKind::Work && is_freed(&n.value))
    {
        return;
    }
    tx.update(id, |person: &mut Person| {
        person
            .contact_numbers
            .retain(|n| n.kind != ContactKind::Work || !is_freed(&n.value));
    })
    .unwrap_or_default();
}

/// What a release would take.
pub(super) fn list(world: &World, holder: Holder) -> Vec<Lost> {
    let Some(calling) = calling(world, holder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut lose = |family: &str, field: &str, value: &str| {
        let field = Some(field.to_owned());
        found.push(lost(holder.id(), family, field, value.into(), Value::Null));
    };
    if let Some(number) = &calling.number {
        lose("numbers", "primary", number.as_str());
    }
    if let Some(extension) = &calling.extension {
        lose("extension", "extension", extension.as_str());
    }
    for alternate in &calling.alternates {
        let field = format!("alternates.{}", alternate.number);
        lose("numbers", &field, alternate.number.as_str());
    }
    if matches!(holder, Holder::Person(_)) {
        let location = WebexId::Location.encode(calling.location);
        lose("location", "locationId", &location);
    }
    found
}

/// `numbers` and `extension`, for those that have them.
pub(super) fn kept(world: &World, holder: Holder) -> Vec<&'static str> {
    let Some(calling) = calling(world, holder) else {
        return Vec::new();
    };
    let numbers = numbers_of(calling).next().map(|_| "numbers");
    numbers
        .into_iter()
        .chain(calling.extension.as_ref().map(|_| "extension"))
        .collect()
}
