//! `/v1/locations` (api-surface.md 4.5).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Items, location_id};
use crate::http::page::{self, ORDINARY};
use crate::http::{Call, Fidelity, MAX, OF_ORG, ORG, Reply, Row, START};
use crate::json::TextOr;
use crate::model::{Address, Location, WebexId};
use crate::refusal::Refusal;
use crate::resources::locations::{self, AddressChange, LocationChange};
use crate::settings::family::ItemId;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/locations", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("name", "Only locations whose names hold this."),
            ("id", "Only the location with this id."),
            MAX,
            START,
            ORG,
        ])
        .answers::<Items<LocationBody<'_>>>(),
    Row::post("/v1/locations", create)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<LocationRequest>()
        .answers::<ItemId>()
        .status(201),
    Row::get("/v1/locations/{locationId}", get)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<LocationBody<'_>>(),
    Row::put("/v1/locations/{locationId}", update)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<LocationRequest>()
        .status(204),
    Row::delete("/v1/locations/{locationId}", delete)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG),
];

/// A location as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LocationBody<'a> {
    /// The location's id.
    id: String,
    /// Its name.
    name: &'a str,
    /// The organisation.
    org_id: String,
    /// An IANA time zone.
    time_zone: &'a str,
    /// A locale such as `en_us`.
    preferred_language: &'a str,
    /// A locale such as `en_us`.
    announcement_language: &'a str,
    /// Degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    latitude: Option<&'a str>,
    /// Degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    longitude: Option<&'a str>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    /// Where it is.
    address: &'a Address,
}

impl<'a> LocationBody<'a> {
    fn of(id: Uuid, location: &'a Location) -> Self {
        Self {
            id: WebexId::Location.encode(id),
            name: &location.name,
            org_id: WebexId::Organization.encode(location.organization),
            time_zone: &location.time_zone,
            preferred_language: &location.preferred_language,
            announcement_language: &location.announcement_language,
            latitude: location.latitude.as_deref(),
            longitude: location.longitude.as_deref(),
            notes: location.notes.as_deref(),
            address: &location.address,
        }
    }
}

/// What a caller says about a location.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LocationRequest {
    /// The location, where the body names it.
    pub id: Option<String>,
    /// The name.
    name: Option<String>,
    /// An IANA time zone.
    time_zone: Option<String>,
    /// A locale such as `en_us`.
    preferred_language: Option<String>,
    /// A locale such as `en_us`.
    announcement_language: Option<String>,
    /// Degrees.
    latitude: Option<TextOr<f64>>,
    /// Degrees.
    longitude: Option<TextOr<f64>>,
    /// Free text.
    notes: Option<String>,
    /// Where it is.
    address: Option<AddressRequest>,
}

/// Degrees: documented as text, sent as a number by some clients.
fn degrees(sent: TextOr<f64>) -> String {
    match sent {
        TextOr::Text(text) => text,
        TextOr::Other(number) => number.to_string(),
    }
}

/// What a caller says about an address.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddressRequest {
    /// Street and number.
    address1: Option<String>,
    /// A second line.
    address2: Option<String>,
    /// City.
    city: Option<String>,
    /// State, region or province.
    state: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// Two letters, ISO 3166.
    country: Option<String>,
}

impl LocationRequest {
    pub(super) fn into_change(self) -> LocationChange {
        let address = self.address.unwrap_or_default();
        LocationChange {
            name: self.name,
            time_zone: self.time_zone,
            preferred_language: self.preferred_language,
            announcement_language: self.announcement_language,
            latitude: self.latitude.map(degrees),
            longitude: self.longitude.map(degrees),
            notes: self.notes,
            address: AddressChange {
                address1: address.address1,
                address2: address.address2,
                city: address.city,
                state: address.state,
                postal_code: address.postal_code,
                country: address.country,
            },
        }
    }
}

/// Whether a name has a part, which is in lower case; without one, every name has it.
pub(super) fn is_named(location: &Location, part: Option<&str>) -> bool {
    part.is_none_or(|part| location.name.to_lowercase().contains(part))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let name = call.query("name").map(|name| name.to_lowercase());
    let wanted = call.query("id").map(|text| WebexId::Location.decode(&text));
    let world = call.tenant.sandbox.peek();
    let fits = |id: Uuid, location: &Location| {
        wanted.is_none_or(|wanted| wanted == Some(id)) && is_named(location, name.as_deref())
    };
    let places = call.places();
    let items = locations::list(&world, organization)
        .filter(|(id, _)| places.hold(Some(*id)))
        .filter(|(id, location)| fits(*id, location))
        .map(|(id, location)| LocationBody::of(id, location));
    page::list(call, ORDINARY, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, location_id(call)?);
    let world = call.tenant.sandbox.peek();
    Reply::json(
        200,
        &LocationBody::of(id, locations::get(&world, organization, id)?),
    )
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let wanted = call.json::<LocationRequest>()?.into_change();
    let id = call.write(|tx| locations::create(tx, organization, wanted))?;
    Reply::json(
        201,
        &ItemId {
            id: WebexId::Location.encode(id),
        },
    )
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, location_id(call)?);
    let wanted = call.json::<LocationRequest>()?.into_change();
    call.write(|tx| locations::update(tx, organization, id, wanted))?;
    Ok(Reply::empty(204))
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, location_id(call)?);
    call.write(|tx| locations::delete(tx, organization, id))?;
    Ok(Reply::empty(204))
}
