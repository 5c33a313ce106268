//! Locations, their floors, and what Webex Calling adds to them.

use crate::model::location::Captions;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::scenario::numbers::NumberRange;

/// A place of work.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Location)]
pub struct Location {
    /// Its name, unique in the organisation.
    pub name: String,
    /// The postal address, which a new location needs.
    pub address: Option<Address>,
    /// Such as `Europe/Berlin`; a new location needs it.
    pub time_zone: Option<String>,
    /// Language of phones and e-mails; `en_us` where it is not said.
    pub preferred_language: Option<String>,
    /// Language of announcements; `en_us` where it is not said.
    pub announcement_language: Option<String>,
    /// Decimal degrees as text, as the API has them.
    pub latitude: Option<String>,
    /// Decimal degrees as text, as the API has them.
    pub longitude: Option<String>,
    /// Anything worth knowing.
    pub notes: Option<String>,
    /// Its floors.
    #[serde(default)]
    pub floors: Vec<Floor>,
    /// Present where the location has Webex Calling.
    pub calling: Option<LocationCalling>,
}

/// A floor of a location.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Floor)]
pub struct Floor {
    /// Its number; floors below the ground have negative ones.
    pub number: i32,
    /// What people call it.
    pub name: Option<String>,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Address)]
pub struct Address {
    /// Street and number.
    pub address1: String,
    /// A second line.
    pub address2: Option<String>,
    /// City.
    pub city: String,
    /// State or region.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Two letters.
    pub country: String,
}

/// Webex Calling of a location.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::LocationCalling)]
pub struct LocationCalling {
    /// Digits before an extension when another location dials it.
    pub routing_prefix: Option<String>,
    /// The main number; it belongs to the location and to nobody in it.
    pub main_number: Option<String>,
    /// The digit for an outside line.
    pub outside_dial_digit: Option<String>,
    /// The numbers that people and workspaces can have.
    #[serde(default)]
    pub numbers: Vec<NumberRange>,
    /// The subscription that pays the location's PSTN connection.
    pub subscription: Option<String>,
    /// Whether callers who wait hear music; they do where it is not said.
    pub music_on_hold: Option<bool>,
    /// Captions of calls.
    pub captions: Option<Captions>,
    /// Names of sound files that were uploaded for the location.
    #[serde(default)]
    pub announcements: Vec<String>,
}

impl LocationCalling {
    /// Every number of the location but its main number, in the order of the document.
    pub fn free_numbers(&self) -> impl Iterator<Item = String> {
        let main = self.main_number.as_deref();
        let all = self.numbers.iter().flat_map(NumberRange::iter);
        all.filter(move |number| Some(number.as_str()) != main)
    }
}
