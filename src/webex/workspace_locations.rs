//! `/v1/workspaceLocations`: the locations of `/v1/locations` as the older API shows them. The list
//! is not paged.

use std::str::FromStr;

use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Items;
use crate::http::{Call, Fidelity, OF_ORG, ORG, Reply, Row};
use crate::model::{Location, WebexId};
use crate::refusal::Refusal;
use crate::resources::locations;
use crate::resources::workspace_locations::{self, WorkspaceLocationWrite, address};

const LIST: &str = "/v1/workspaceLocations";
const ONE: &str = "/v1/workspaceLocations/{locationId}";

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get(LIST, list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("displayName", "Only locations whose names hold this."),
            ("address", "Only locations whose addresses hold this."),
            ("countryCode", "Only locations of this country."),
            ("cityName", "Only locations of this city."),
            ORG,
        ])
        .answers::<Items<WorkspaceLocationBody<'_>>>(),
    Row::post(LIST, create)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<WorkspaceLocationWrite>()
        .answers::<WorkspaceLocationBody<'_>>()
        .status(201),
    Row::get(ONE, get)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<WorkspaceLocationBody<'_>>(),
    Row::put(ONE, update)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<WorkspaceLocationWrite>()
        .answers::<WorkspaceLocationBody<'_>>(),
    Row::delete(ONE, delete)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG),
];

/// A location as the older API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WorkspaceLocationBody<'a> {
    /// The location's id in this API.
    id: String,
    /// Its id in `/v1/locations`.
    location_id: String,
    /// Its name.
    display_name: &'a str,
    /// Where it is, in one line.
    address: String,
    /// Two letters, ISO 3166.
    country_code: &'a str,
    /// The city.
    #[serde(skip_serializing_if = "Option::is_none")]
    city_name: Option<&'a str>,
    /// Degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    latitude: Option<Number>,
    /// Degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>)]
    longitude: Option<Number>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
}

impl<'a> WorkspaceLocationBody<'a> {
    fn of(id: Uuid, location: &'a Location) -> Self {
        let city = location.address.city.as_str();
        Self {
            id: Location::encode_for_workspaces(id, location.organization),
            location_id: WebexId::Location.encode(id),
            display_name: &location.name,
            address: address(location),
            country_code: &location.address.country,
            city_name: Some(city).filter(|city| !city.is_empty()),
            latitude: degrees(location.latitude.as_deref()),
            longitude: degrees(location.longitude.as_deref()),
            notes: location.notes.as_deref(),
        }
    }
}

/// Degrees, which `/v1/locations` keeps as text.
fn degrees(text: Option<&str>) -> Option<Number> {
    let number = f64::from_str(text?).ok()?;
    Number::from_f64(number)
}

/// The location that the path names.
///
/// # Errors
/// 404 when the text is no id of this API.
pub(super) fn named(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("locationId");
    let id = Location::decode_for_workspaces(text);
    id.ok_or_else(|| Refusal::not_found("Workspace location", text))
}

fn show(call: &Call<'_>, status: u16, organization: Uuid, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let location = locations::get(&world, organization, id)?;
    Reply::json(status, &WorkspaceLocationBody::of(id, location))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let text = |name: &str| call.query(name).map(|text| text.to_lowercase());
    let [name, line] = ["displayName", "address"].map(text);
    let [country, city] = ["countryCode", "cityName"].map(text);
    let holds = |own: &str, part: &Option<String>| {
        let part = part.as_deref();
        part.is_none_or(|part| own.to_lowercase().contains(part))
    };
    let is = |own: &str, whole: &Option<String>| {
        let whole = whole.as_deref();
        whole.is_none_or(|whole| own.to_lowercase() == whole)
    };
    let fits = |location: &Location| {
        holds(&location.name, &name)
            && (line.is_none() || holds(&address(location), &line))
            && is(&location.address.country, &country)
            && is(&location.address.city, &city)
    };
    let world = call.tenant.sandbox.peek();
    let places = call.places();
    let items = locations::list(&world, organization)
        .filter(|(id, location)| places.hold(Some(*id)) && fits(location))
        .map(|(id, location)| WorkspaceLocationBody::of(id, location));
    let items = items.collect();
    Reply::json(200, &Items { items })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, 200, call.organization()?, named(call)?)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let wanted = call.json::<WorkspaceLocationWrite>()?;
    let id = call.write(|tx| workspace_locations::create(tx, organization, wanted))?;
    show(call, 201, organization, id)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, named(call)?);
    let wanted = call.json::<WorkspaceLocationWrite>()?;
    call.write(|tx| workspace_locations::update(tx, organization, id, wanted))?;
    show(call, 200, organization, id)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, named(call)?);
    call.write(|tx| workspace_locations::delete(tx, organization, id))?;
    Ok(Reply::empty(204))
}
