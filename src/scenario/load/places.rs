//! Locations, what Webex Calling adds to them, and their numbers.

use uuid::Uuid;

use super::{Failures, Site};
use crate::model::{CallingLocation, E164, Location as Place, spaces};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::announcements;
use crate::resources::calling_locations::{self, CallingLocationChange};
use crate::resources::floors::{self, FloorWrite};
use crate::resources::locations::{self, AddressChange, LocationChange};
use crate::resources::numbers;
use crate::scenario::document::{Floor, Location, LocationCalling};
use crate::scenario::numbers::NumberRange;
use crate::world::{Tx, World};

/// The language of a new location that names none.
const LANGUAGE: &str = "en_us";

/// Which key of a location's `calling` a refusal is about.
const KEYS: &[(&str, &str)] = &[
    ("Routing prefix", "routingPrefix"),
    ("routingPrefix", "routingPrefix"),
    ("outsideDialDigit", "outsideDialDigit"),
];

/// Opens the organisation's locations, and changes those it has.
pub(super) fn open(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    for (index, name) in site.organization.announcements.iter().enumerate() {
        let path = failures.at(&format!("announcements[{index}]"));
        let added = announcements::add(tx, site.id, None, name);
        failures.take(&path, added);
    }
    let all = &site.organization.locations;
    let path = failures.at("locations");
    for (path, wanted) in failures.once("location", &path, all, ("name", |it| it.name.clone())) {
        let known = tx.find(spaces::LOCATION, site.id, &wanted.name);
        let outcome = match known {
            Some(id) => locations::update(tx, site.id, id, change(wanted)).map(|()| id),
            None => locations::create(tx, site.id, new(wanted)),
        };
        let mut found = failures.take(&path, outcome);
        if let (Some(id), Some(calling)) = (found, &wanted.calling) {
            let enabled = tx.attempt(|tx| enable(tx, site.id, id, calling));
            if let Err((key, refusal)) = enabled {
                failures.add(&format!("{path}.calling{key}"), refusal);
                found = None;
            }
        }
        if let Some(id) = found {
            build(tx, site.id, id, (&wanted.floors, &path), failures);
        }
        site.names.remember_location(&wanted.name, found);
    }
}

/// Builds a location's floors; one whose number it has already gets the name.
fn build(
    tx: &mut Tx,
    organization: Uuid,
    location: Uuid,
    (wanted, path): (&[Floor], &str),
    failures: &mut Failures,
) {
    let number: (_, fn(&Floor) -> String) = ("number", |floor| floor.number.to_string());
    for (path, floor) in failures.once("floor", &format!("{path}.floors"), wanted, number) {
        let write = FloorWrite {
            floor_number: floor.number,
            display_name: floor.name.clone(),
        };
        let outcome = match floors::numbered(tx, location, floor.number) {
            Some(id) => floors::update(tx, organization, location, id, &write),
            None => floors::create(tx, organization, location, &write).map(drop),
        };
        failures.take(&path, outcome);
    }
}

/// What a new location is; its languages are English where nothing is said.
fn new(wanted: &Location) -> LocationChange {
    let mut change = change(wanted);
    for language in [
        &mut change.preferred_language,
        &mut change.announcement_language,
    ] {
        language.get_or_insert_with(|| LANGUAGE.to_owned());
    }
    change
}

fn change(wanted: &Location) -> LocationChange {
    let address = wanted.address.as_ref();
    LocationChange {
        name: Some(wanted.name.clone()),
        time_zone: wanted.time_zone.clone(),
        preferred_language: wanted.preferred_language.clone(),
        announcement_language: wanted.announcement_language.clone(),
        latitude: wanted.latitude.clone(),
        longitude: wanted.longitude.clone(),
        notes: wanted.notes.clone(),
        address: address.map_or_else(AddressChange::default, |address| AddressChange {
            address1: Some(address.address1.clone()),
            address2: address.address2.clone(),
            city: Some(address.city.clone()),
            state: Some(address.state.clone()),
            postal_code: Some(address.postal_code.clone()),
            country: Some(address.country.clone()),
        }),
    }
}

/// A refusal, and where below `calling` its cause stands.
type Placed = (String, Refusal);

fn whole(refusal: Refusal) -> Placed {
    let key = KEYS
        .iter()
        .find(|(start, _)| refusal.detail.starts_with(start));
    let key = key.map_or_else(String::new, |(_, key)| format!(".{key}"));
    (key, refusal)
}

fn enable(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    wanted: &LocationCalling,
) -> Result<(), Placed> {
    subscribe(tx, organization, id, wanted.subscription.as_ref()).map_err(whole)?;
    for (index, range) in wanted.numbers.iter().enumerate() {
        let added = add(tx, organization, id, range);
        added.map_err(|refusal| (format!(".numbers[{index}]"), refusal))?;
    }
    let dialling = CallingLocationChange {
        routing_prefix: wanted.routing_prefix.clone(),
        outside_dial_digit: wanted.outside_dial_digit.clone(),
        ..CallingLocationChange::default()
    };
    calling_locations::update(tx, organization, id, dialling).map_err(whole)?;
    let main = CallingLocationChange {
        main_number: wanted.main_number.clone(),
        ..CallingLocationChange::default()
    };
    let moved = calling_locations::update(tx, organization, id, main);
    moved.map_err(|refusal| (".mainNumber".to_owned(), refusal))?;
    let sounds = CallingLocationChange {
        music_on_hold: wanted.music_on_hold,
        captions: wanted.captions,
        ..CallingLocationChange::default()
    };
    calling_locations::update(tx, organization, id, sounds).map_err(whole)?;
    for (index, name) in wanted.announcements.iter().enumerate() {
        let added = announcements::add(tx, organization, Some(id), name);
        added.map_err(|refusal| (format!(".announcements[{index}]"), refusal))?;
    }
    Ok(())
}

/// Gives the location Webex Calling, or checks that it is of the subscription the document names.
fn subscribe(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    subscription: Option<&String>,
) -> Result<(), Refusal> {
    let location = locations::get(tx, organization, id)?;
    let Some(calling) = &location.calling else {
        let calling = CallingLocation {
            subscription_id: subscription.cloned(),
            ..CallingLocation::default()
        };
        return calling_locations::enable(tx, organization, id, calling);
    };
    if subscription.is_none() || calling.subscription_id.as_ref() == subscription {
        return Ok(());
    }
    let paid = calling.subscription_id.as_deref().unwrap_or("none");
    let detail = format!(
        "The PSTN subscription of {} is {paid}; a merge cannot change it.",
        location.name
    );
    Err(Refusal::new(ErrorKind::Conflict, detail))
}

/// Adds the numbers of a range that the location does not have. The main number may be among them.
fn add(
    tx: &mut Tx,
    organization: Uuid,
    location: Uuid,
    range: &NumberRange,
) -> Result<(), Refusal> {
    let numbers: Result<Vec<E164>, String> = range.iter().map(|number| number.parse()).collect();
    let mut numbers = numbers.map_err(Refusal::bad_request)?;
    let main = main_number(tx, location).cloned();
    numbers.retain(|number| Some(number) != main.as_ref());
    let kind = numbers::Kind {
        active: true,
        toll_free: false,
    };
    numbers::add(tx, organization, location, &numbers, kind)
}

fn main_number(world: &World, location: Uuid) -> Option<&E164> {
    let location = world.get::<Place>(location)?;
    location.calling.as_ref()?.main_number.as_ref()
}
