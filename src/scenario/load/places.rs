//! Locations, what Webex Calling adds to them, and their numbers.

use uuid::Uuid;

use super::{Failures, Site};
use crate::model::{CallingLocation, E164};
use crate::refusal::Refusal;
use crate::resources::calling_location::{self, CallingLocationChange};
use crate::resources::location::{self, AddressChange, LocationChange};
use crate::resources::number;
use crate::scenario::document::{Location, LocationCalling};
use crate::scenario::numbers::NumberRange;
use crate::world::Tx;

/// Opens the organisation's locations.
pub(super) fn open(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    for (index, wanted) in site.organization.locations.iter().enumerate() {
        let path = failures.at(&format!("locations[{index}]"));
        let created = location::create(tx, site.id, change(wanted));
        let Some(id) = failures.take(&path, created) else {
            continue;
        };
        site.names.locations.insert(wanted.name.clone(), id);
        if let Some(calling) = &wanted.calling {
            let enabled = tx.attempt(|tx| enable(tx, site.id, id, calling));
            failures.take(&format!("{path}.calling"), enabled);
        }
    }
}

fn change(wanted: &Location) -> LocationChange {
    let address = &wanted.address;
    LocationChange {
        name: Some(wanted.name.clone()),
        time_zone: Some(wanted.time_zone.clone()),
        preferred_language: Some(wanted.preferred_language.clone()),
        announcement_language: Some(wanted.announcement_language.clone()),
        latitude: wanted.latitude.clone(),
        longitude: wanted.longitude.clone(),
        notes: wanted.notes.clone(),
        address: AddressChange {
            address1: Some(address.address1.clone()),
            address2: address.address2.clone(),
            city: Some(address.city.clone()),
            state: Some(address.state.clone()),
            postal_code: Some(address.postal_code.clone()),
            country: Some(address.country.clone()),
        },
    }
}

fn enable(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    wanted: &LocationCalling,
) -> Result<(), Refusal> {
    let calling = CallingLocation {
        subscription_id: wanted.subscription.clone(),
        ..CallingLocation::default()
    };
    calling_location::enable(tx, organization, id, calling)?;
    let numbers = wanted.numbers.iter().flat_map(NumberRange::iter);
    let numbers: Result<Vec<E164>, String> = numbers.map(|number| number.parse()).collect();
    let numbers = numbers.map_err(Refusal::bad_request)?;
    let kind = number::Kind {
        active: true,
        toll_free: false,
    };
    number::add(tx, organization, id, &numbers, kind)?;
    let change = CallingLocationChange {
        main_number: wanted.main_number.clone(),
        routing_prefix: wanted.routing_prefix.clone(),
        outside_dial_digit: wanted.outside_dial_digit.clone(),
        ..CallingLocationChange::default()
    };
    calling_location::update(tx, organization, id, change).map(drop)
}
