//! The number with which a template gives Calling: the person's work number, when it stands
//! unused in a Calling location (TMPL-14).

use uuid::Uuid;

use crate::belongings::numbers::by;
use crate::licensing::change::Properties;
use crate::model::person::ContactKind;
use crate::model::{E164, Location, Person, PhoneNumber};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// The calling properties that a person's work number gives.
///
/// # Errors
/// 900029 that tells why no number of the person can be used.
pub(super) fn properties(world: &World, person: &Person) -> Result<Properties, Refusal> {
    let mut reason = format!("{} has no work number.", person.display_name);
    for contact in person
        .contact_numbers
        .iter()
        .filter(|contact| contact.kind == ContactKind::Work)
    {
        match usable(world, person, &contact.value) {
            Ok(properties) => return Ok(properties),
            Err(why) => reason = why,
        }
    }
    Err(Refusal::new(ErrorKind::NoNumberForCalling, reason)
        .by("TMPL-14")
        .by("TMPL-17"))
}

fn usable(world: &World, person: &Person, value: &str) -> Result<Properties, String> {
    let wrote = crate::model::number::shorten(value);
    let number: E164 = value
        .parse()
        .map_err(|_| format!("The work number \"{wrote}\" is not in the form E.164."))?;
    let known = PhoneNumber::find(world, number.as_str()).map(|(_, known)| known);
    let known = known.filter(|known| known.organization == person.organization);
    let known = known.ok_or_else(|| format!("{number} is not in the inventory of a location."))?;
    if !has_calling(world, known.location) {
        return Err(format!("{number} stands in a location without Calling."));
    }
    if !known.is_available() {
        let by = known
            .owner
            .map_or_else(String::new, |owner| by(world, owner.id()));
        return Err(format!("{number} is in use{by}."));
    }
    Ok(Properties {
        location: Some(known.location),
        phone_number: Some(number),
        extension: None,
    })
}

fn has_calling(world: &World, location: Uuid) -> bool {
    world
        .get::<Location>(location)
        .is_some_and(|location| location.calling.is_some())
}
