//! Calling properties: where a number or an extension leads, and what a swap may say anew.

use uuid::Uuid;

use crate::belongings::numbers::by;
use crate::licensing::change::Properties;
use crate::model::owned;
use crate::model::{Calling, E164, Extension, Location, PhoneNumber, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// What a holder gets by properties that have a number or an extension (COMBO-05). A workspace
/// that is somewhere already is called `home`, there and nowhere else (WS-12).
///
/// # Errors
/// 400 for a location that is not there or not enabled for Calling, 900011 for another one than
/// that of the workspace, 25102 for a number that is not free there, 25108 for an extension that
/// is taken.
pub(super) fn provision(
    world: &World,
    organization: Uuid,
    home: Option<Uuid>,
    properties: &Properties,
) -> Result<Calling, Refusal> {
    if let Some(home) = home {
        check_home(world, home, properties.location)?;
    }
    let stands_in = match &properties.phone_number {
        Some(number) => Some(free_number(world, organization, number)?.location),
        None => None,
    };
    let location = match (properties.location.or(home), stands_in) {
        (Some(location), Some(stands_in)) if location != stands_in => {
            callable(world, organization, location)?;
            return Err(elsewhere(properties.phone_number.as_ref()));
        }
        (Some(location), _) | (None, Some(location)) => location,
        (None, None) => return Err(no_location()),
    };
    callable(world, organization, location)?;
    if let Some(extension) = &properties.extension {
        free_extension(world, location, extension)?;
    }
    Ok(Calling {
        location,
        number: properties.phone_number.clone(),
        extension: properties.extension.clone(),
        alternates: Vec::new(),
    })
}

/// Refuses to call a workspace elsewhere than where it is, or where there is no Calling.
pub(super) fn check_home(world: &World, home: Uuid, named: Option<Uuid>) -> Result<(), Refusal> {
    let place = world.get::<Location>(home);
    let name = place.map_or("", |place| place.name.as_str());
    if named.is_some_and(|named| named != home) {
        let detail = format!(
            "The workspace is in location \"{name}\", which cannot be changed: leave locationId out."
        );
        return Err(Refusal::new(ErrorKind::LocationImmutable, detail).by("WS-12"));
    }
    if place.is_none_or(|place| place.calling.is_none()) {
        let detail = format!(
            "Location \"{name}\" of the workspace is not enabled for Webex Calling: enable it first \
             (POST /v1/telephony/config/locations)."
        );
        return Err(Refusal::bad_request(detail).by("WS-10"));
    }
    Ok(())
}

/// What the properties of a swap change, if anything: what equals the holder's own or is not
/// named stays (DEC-09).
///
/// # Errors
/// 900011 for another location; for number and extension as in [`provision`].
pub(super) fn changed(
    world: &World,
    organization: Uuid,
    own: &Calling,
    properties: &Properties,
) -> Result<Option<Calling>, Refusal> {
    if properties
        .location
        .is_some_and(|location| location != own.location)
    {
        let detail = "A holder of Calling keeps its location when the license moves.";
        return Err(Refusal::new(ErrorKind::LocationImmutable, detail));
    }
    let mut new = own.clone();
    if let Some(number) = properties
        .phone_number
        .as_ref()
        .filter(|n| own.number.as_ref() != Some(n))
    {
        let stands_in = free_number(world, organization, number)?.location;
        if stands_in != own.location {
            return Err(elsewhere(Some(number)));
        }
        new.number = Some(number.clone());
    }
    let extension = properties.extension.as_ref();
    if let Some(extension) = extension.filter(|e| own.extension.as_ref() != Some(e)) {
        free_extension(world, own.location, extension)?;
        new.extension = Some(extension.clone());
    }
    Ok((new != *own).then_some(new))
}

pub(super) fn callable(world: &World, organization: Uuid, location: Uuid) -> Result<(), Refusal> {
    owned::get::<Location>(world, organization, location)
        .filter(|location| location.calling.is_some())
        .map(drop)
        .ok_or_else(no_location)
}

fn no_location() -> Refusal {
    Refusal::new(ErrorKind::UnableToFindLocation, "").by("COMBO-05")
}

fn free_number<'a>(
    world: &'a World,
    organization: Uuid,
    number: &E164,
) -> Result<&'a PhoneNumber, Refusal> {
    let known = PhoneNumber::find(world, number.as_str()).map(|(_, known)| known);
    let known = known.filter(|known| known.organization == organization);
    let known = known.ok_or_else(|| {
        let detail = format!("{number} is not in the inventory of a location.");
        Refusal::new(ErrorKind::NumberNotAvailable, detail)
    })?;
    if !known.is_available() {
        let by = known
            .owner
            .map_or_else(String::new, |owner| by(world, owner.id()));
        let detail = format!("Number {number} is in use{by}.");
        return Err(Refusal::new(ErrorKind::NumberNotAvailable, detail));
    }
    Ok(known)
}

fn elsewhere(number: Option<&E164>) -> Refusal {
    let number = number.map(E164::as_str).unwrap_or_default();
    let detail = format!("{number} stands in the inventory of another location.");
    Refusal::new(ErrorKind::NumberNotAvailable, detail)
}

fn free_extension(world: &World, location: Uuid, extension: &Extension) -> Result<(), Refusal> {
    match world.find(spaces::EXTENSION, location, extension.as_str()) {
        None => Ok(()),
        Some(owner) => {
            let by = by(world, owner);
            let detail = format!("Extension {extension} is in use in the location{by}.");
            Err(Refusal::new(ErrorKind::ExtensionTaken, detail))
        }
    }
}
