//! Locations as the older API `/v1/workspaceLocations` sees them: an address in one line, a
//! country, degrees. They are the same locations as those of `/v1/locations` (DEC-106).

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::locations::{self, AddressChange, LocationChange};
use crate::model::{Location, Workspace};
use crate::refusal::Refusal;
use crate::world::{Tx, World};

/// The time zone and the language of a location of which the older API knows neither (DEC-106).
const TIME_ZONE: &str = "UTC";
const LANGUAGE: &str = "en_us";

/// What a caller says about a location, all of it: city and notes that are left out are not there
/// any more.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceLocationWrite {
    /// The name.
    pub display_name: String,
    /// Where it is, in one line.
    pub address: String,
    /// Two letters, ISO 3166.
    pub country_code: String,
    /// The city.
    pub city_name: Option<String>,
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// Free text.
    pub notes: Option<String>,
}

impl WorkspaceLocationWrite {
    fn into_change(self) -> LocationChange {
        LocationChange {
            name: Some(self.display_name),
            latitude: Some(self.latitude.to_string()),
            longitude: Some(self.longitude.to_string()),
            notes: Some(self.notes.unwrap_or_default()),
            address: AddressChange {
                address1: Some(self.address),
                address2: Some(String::new()),
                city: self.city_name.filter(|city| !city.is_empty()),
                country: Some(self.country_code),
                ..AddressChange::default()
            },
            ..LocationChange::default()
        }
    }
}

/// The address in one line: what stands in its lines.
#[must_use]
pub fn address(location: &Location) -> String {
    let address = &location.address;
    match &address.address2 {
        None => address.address1.clone(),
        Some(second) => format!("{}, {second}", address.address1),
    }
}

/// Creates a location.
///
/// # Errors
/// 400 for a wrong value, 409 when the name is taken.
pub fn create(
    tx: &mut Tx,
    organization: Uuid,
    wanted: WorkspaceLocationWrite,
) -> Result<Uuid, Refusal> {
    let new = Location {
        organization,
        time_zone: TIME_ZONE.to_owned(),
        preferred_language: LANGUAGE.to_owned(),
        announcement_language: LANGUAGE.to_owned(),
        ..Location::default()
    };
    tx.by_rule("DEC-106");
    locations::add(tx, new, wanted.into_change())
}

/// Replaces what the older API says about a location; what it does not know stays.
///
/// # Errors
/// 404, 400 for a wrong value, 409 when the name is taken.
pub fn update(
    tx: &mut Tx,
    organization: Uuid,
    id: Uuid,
    wanted: WorkspaceLocationWrite,
) -> Result<(), Refusal> {
    let known = locations::get(tx, organization, id)?;
    let mut change = wanted.into_change();
    // A line that says what stands in two lines already leaves them as they are.
    if change.address.address1.as_deref() == Some(address(known).as_str()) {
        change.address.address1 = None;
        change.address.address2 = None;
    }
    let has_city = change.address.city.is_some();
    locations::update(tx, organization, id, change)?;
    if !has_city {
        tx.update::<Location>(id, |location| location.address.city.clear())?;
    }
    Ok(())
}

/// Deletes a location; workspaces that stood there stand nowhere, and can be given another one.
///
/// # Errors
/// 404, 409 while it has Webex Calling, people or numbers.
pub fn delete(tx: &mut Tx, organization: Uuid, id: Uuid) -> Result<(), Refusal> {
    locations::get(tx, organization, id)?;
    for room in rooms(tx, id) {
        tx.update::<Workspace>(room, |room| {
            room.location = None;
            room.floor_id = None;
        })?;
    }
    locations::delete(tx, organization, id)
}

fn rooms(world: &World, location: Uuid) -> Vec<Uuid> {
    let rooms = world.list::<Workspace>();
    let rooms = rooms.filter(|(_, room)| room.location == Some(location));
    rooms.map(|(id, _)| id).collect()
}
