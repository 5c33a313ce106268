//! Locations: what `/v1/locations` does. What Webex Calling adds is `calling_locations`.

use uuid::Uuid;

use super::text::checked;
use super::{announcements, device_settings, floors};
use crate::model::country::is_country;
use crate::model::language::is_locale;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::time_zone::is_time_zone;
use crate::model::{Address, Location, Person, PhoneNumber, Workspace, kinds, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// Longest name.
const NAME_MAX: usize = 256;
/// Longest name of a location with Webex Calling.
pub(super) const CALLING_NAME_MAX: usize = 80;
/// Longest line of an address.
const ADDRESS_MAX: usize = 256;
/// Longest notes.
const NOTES_MAX: usize = 1000;

/// What a caller says about a location; what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationChange {
    /// The name, unique in the organisation.
    pub name: Option<String>,
    /// An IANA time zone.
    pub time_zone: Option<String>,
    /// A locale such as `en_us`.
    pub preferred_language: Option<String>,
    /// A locale such as `en_us`.
    pub announcement_language: Option<String>,
    /// Degrees, as text.
    pub latitude: Option<String>,
    /// Degrees, as text.
    pub longitude: Option<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Where it is.
    pub address: AddressChange,
}

impl LocationChange {
    /// The first field that a whole location needs and this does not say.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        let address = &self.address;
        let needed = [
            ("name", &self.name),
            ("timeZone", &self.time_zone),
            ("preferredLanguage", &self.preferred_language),
            ("announcementLanguage", &self.announcement_language),
            ("address.address1", &address.address1),
            ("address.city", &address.city),
            ("address.state", &address.state),
            ("address.postalCode", &address.postal_code),
            ("address.country", &address.country),
        ];
        let lacking = needed.iter().find(|(_, value)| value.is_none());
        lacking.map(|(field, _)| *field)
    }
}

/// What a caller says about an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressChange {
    /// Street and number.
    pub address1: Option<String>,
    /// A second line.
    pub address2: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State, region or province.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Two letters, ISO 3166.
    pub country: Option<String>,
}

/// Creates a location without Webex Calling.
///
/// # Errors
/// 400 for a missing or wrong value, 409 when the name is taken.
pub fn create(tx: &mut Tx, organization: Uuid, wanted: LocationChange) -> Result<Uuid, Refusal> {
    if let Some(field) = wanted.lacks() {
        return Err(Refusal::bad_request(format!("{field} is required.")));
    }
    let empty = Location {
        organization,
        ..Location::default()
    };
    add(tx, empty, wanted)
}

/// Adds a location that differs from another one by what a caller says.
///
/// # Errors
/// 400 for a wrong value, 409 when the name is taken.
pub(super) fn add(tx: &mut Tx, new: Location, wanted: LocationChange) -> Result<Uuid, Refusal> {
    let location = changed(new, wanted)?;
    check_name(tx, None, &location)?;
    let id = tx.new_id::<Location>();
    tx.put(id, location)?;
    Ok(id)
}

/// Refuses what no location can be.
///
/// # Errors
/// 400 for a wrong value.
pub fn check(wanted: LocationChange) -> Result<(), Refusal> {
    changed(Location::default(), wanted).map(drop)
}

/// A location of an organisation.
///
/// # Errors
/// 404 when the organisation has none with this id.
pub fn get(world: &World, organization: Uuid, id: Uuid) -> Result<&Location, Refusal> {
    let location = owned::get::<Location>(world, organization, id);
    location.ok_or_else(|| Refusal::not_found("Location", &id.to_string()))
}

/// The locations of an organisation.
pub fn list(world: &World, organization: Uuid) -> impl Iterator<Item = (Uuid, &Location)> {
    owned::list::<Location>(world, organization)
}

/// Changes a location.
///
/// # Errors
/// 404, 400 for a wrong value, 409 when the name is taken.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    wanted: LocationChange,
) -> Result<(), Refusal> {
    let location = changed(get(tx, organization, id)?.clone(), wanted)?;
    check_name(tx, Some(id), &location)?;
    tx.put(id, location)?;
    Ok(())
}

/// Deletes a location that has no Webex Calling and that nobody uses.
///
/// # Errors
/// 404, 409 while it has Webex Calling, people, workspaces or numbers.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    let location = get(tx, organization, id)?;
    let refuse = |why: &str| {
        let detail = format!("Location {} {why}.", location.name);
        Err(Refusal::new(ErrorKind::LocationInUse, detail))
    };
    if location.calling.is_some() {
        return refuse("is enabled for Webex Calling, which must be disabled first");
    }
    if tx
        .list::<Person>()
        .any(|(_, p)| p.any_location() == Some(id))
    {
        return refuse("still has people");
    }
    if tx.list::<Workspace>().any(|(_, w)| w.location == Some(id)) {
        return refuse("still has workspaces");
    }
    if tx.list::<PhoneNumber>().any(|(_, n)| n.location == id) {
        return refuse("still has numbers");
    }
    // Nobody administers what is gone.
    let managers: Vec<Uuid> = tx
        .list::<Person>()
        .filter(|(_, person)| person.admin_locations.contains(&id))
        .map(|(manager, _)| manager)
        .collect();
    for manager in managers {
        tx.update::<Person>(manager, |person| {
            person.admin_locations.retain(|one| *one != id);
        })?;
    }
    floors::forget(tx, id)?;
    announcements::forget(tx, organization, id)?;
    device_settings::forget(tx, id);
    tx.delete(kinds::LOCATION, id);
    Ok(())
}

fn check_name(world: &World, id: Option<Uuid>, location: &Location) -> Result<(), Refusal> {
    let holder = world.find(spaces::LOCATION, location.organization, &location.name);
    if holder.is_some() && holder != id {
        let detail = format!("A location named \"{}\" exists already.", location.name);
        return Err(Refusal::new(ErrorKind::Conflict, detail));
    }
    Ok(())
}

/// Refuses what nobody could have said of a location. The older API says less than this one, so
/// what is not there is not asked for.
pub(super) fn bounds(kept: &Location) -> Result<(), Refusal> {
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let address = &kept.address;
    let wanted = LocationChange {
        name: Some(kept.name.clone()),
        latitude: kept.latitude.clone(),
        longitude: kept.longitude.clone(),
        notes: kept.notes.clone(),
        address: AddressChange {
            address1: said(&address.address1),
            address2: address.address2.clone(),
            city: said(&address.city),
            state: said(&address.state),
            postal_code: said(&address.postal_code),
            country: said(&address.country),
        },
        ..LocationChange::default()
    };
    changed(kept.clone(), wanted)?;
    wrong(kept).map_or(Ok(()), Err)
}

fn changed(mut location: Location, wanted: LocationChange) -> Result<Location, Refusal> {
    if let Some(name) = wanted.name {
        let most = if location.calling.is_some() {
            CALLING_NAME_MAX
        } else {
            NAME_MAX
        };
        location.name = checked("name", &name, most)?;
    }
    if let Some(zone) = wanted.time_zone {
        location.time_zone = time_zone("timeZone", &zone)?;
    }
    if let Some(text) = wanted.preferred_language {
        location.preferred_language = language("preferredLanguage", &text)?;
    }
    if let Some(text) = wanted.announcement_language {
        location.announcement_language = language("announcementLanguage", &text)?;
    }
    if let Some(text) = wanted.latitude {
        location.latitude = degrees("latitude", &text, 90.0)?;
    }
    if let Some(text) = wanted.longitude {
        location.longitude = degrees("longitude", &text, 180.0)?;
    }
    if let Some(text) = wanted.notes {
        if text.chars().count() > NOTES_MAX {
            let detail = format!("notes must not be longer than {NOTES_MAX} characters.");
            return Err(Refusal::bad_request(detail));
        }
        location.notes = Some(text).filter(|text| !text.is_empty());
    }
    change_address(&mut location.address, wanted.address)?;
    Ok(location)
}

fn change_address(address: &mut Address, wanted: AddressChange) -> Result<(), Refusal> {
    let lines = [
        ("address.address1", wanted.address1, &mut address.address1),
        ("address.city", wanted.city, &mut address.city),
        ("address.state", wanted.state, &mut address.state),
        (
            "address.postalCode",
            wanted.postal_code,
            &mut address.postal_code,
        ),
    ];
    for (field, text, target) in lines {
        if let Some(text) = text {
            *target = checked(field, &text, ADDRESS_MAX)?;
        }
    }
    if let Some(text) = wanted.address2 {
        let filled = !text.trim().is_empty();
        let line = filled.then(|| checked("address.address2", &text, ADDRESS_MAX));
        address.address2 = line.transpose()?;
    }
    if let Some(country) = wanted.country {
        address.country = country_code(&country)?;
    }
    Ok(())
}

fn country_code(country: &str) -> Result<String, Refusal> {
    let letters = country.to_ascii_uppercase();
    if is_country(&letters) {
        return Ok(letters);
    }
    let shown = shorten(country);
    let detail = format!(
        "address.country must be the two letters of a country (ISO 3166), not \"{shown}\"."
    );
    Err(Refusal::bad_request(detail))
}

/// A time zone.
///
/// # Errors
/// 400 that names the field.
pub(super) fn time_zone(field: &str, name: &str) -> Result<String, Refusal> {
    if is_time_zone(name) {
        return Ok(name.to_owned());
    }
    let shown = shorten(name);
    let detail = format!("{field} \"{shown}\" is not an IANA name such as Europe/Berlin.");
    Err(Refusal::bad_request(detail))
}

/// A locale such as `en_us`, as it is written (DEC-131).
pub(super) fn language(field: &str, text: &str) -> Result<String, Refusal> {
    if is_locale(text) {
        return Ok(text.to_owned());
    }
    let detail = format!(
        "{field} must be a locale such as en_us, a language of ISO 639 and a country of ISO \
         3166, not \"{}\".",
        shorten(text)
    );
    Err(Refusal::bad_request(detail))
}

/// What is wrong with the time zone or a language of a location that comes from outside.
fn wrong(location: &Location) -> Option<Refusal> {
    let zone = time_zone("timeZone", &location.time_zone).err();
    let spoken = || language("preferredLanguage", &location.preferred_language).err();
    let heard = || language("announcementLanguage", &location.announcement_language).err();
    zone.or_else(spoken).or_else(heard)
}

fn degrees(field: &str, text: &str, most: f64) -> Result<Option<String>, Refusal> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = text.trim().parse::<f64>().ok();
    if number.is_some_and(|number| number.abs() <= most) && text.len() <= 32 {
        return Ok(Some(text.trim().to_owned()));
    }
    let shown = shorten(text);
    let detail = format!("{field} must be degrees from -{most} to {most}, not \"{shown}\".");
    Err(Refusal::bad_request(detail))
}
