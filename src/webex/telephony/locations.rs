//! `/v1/telephony/config/locations`: what Webex Calling adds to locations (api-surface.md 4.5).

mod document;
mod write;

use uuid::Uuid;

use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, OF_ORG, ORG, Reply, Row, START};
use crate::model::{Location, Organization};
use crate::refusal::Refusal;
use crate::resources::calling_locations;
use crate::settings::family::ItemId;
use crate::webex::location_id;
use crate::webex::locations::{LocationRequest, is_named};
use crate::world::World;

use document::{DetailsBody, ListBody, ListedBody};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/telephony/config/locations", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("name", "Only locations whose names hold this."),
            ("order", "`ASC` or `DESC`, by name."),
            MAX,
            START,
            ORG,
        ])
        .answers::<ListBody<'_>>(),
    Row::post("/v1/telephony/config/locations", write::enable)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<LocationRequest>()
        .answers::<ItemId>()
        .status(201),
    Row::get("/v1/telephony/config/locations/{locationId}", get)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<DetailsBody<'_>>(),
    Row::put("/v1/telephony/config/locations/{locationId}", write::update)
        .fidelity(Fidelity::F3)
        .takes::<write::UpdateRequest>()
        .queries(OF_ORG)
        .answers::<write::StartedJobBody>()
        .status(204)
        .also(&[200]),
];

fn organization_of(world: &World, id: Uuid) -> Result<&Organization, Refusal> {
    let found = world.get::<Organization>(id);
    found.ok_or_else(|| Refusal::not_found("Organization", &id.to_string()))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.listed_organization()?;
    let name = call.query("name").map(|name| name.to_lowercase());
    let world = call.tenant.sandbox.peek();
    let organization = world.get::<Organization>(id);
    let places = call.places();
    let mut found: Vec<(Uuid, &Location)> = calling_locations::list(&world, id)
        .filter(|(id, _)| places.hold(Some(*id)))
        .filter(|(_, location)| is_named(location, name.as_deref()))
        .collect();
    match call.query_word("order")? {
        Some("asc" | "name-asc") => found.sort_by(|a, b| a.1.name.cmp(&b.1.name)),
        Some("desc" | "name-desc") => found.sort_by(|a, b| b.1.name.cmp(&a.1.name)),
        _ => {}
    }
    let items = found.into_iter().filter_map(|(id, location)| {
        let (calling, organization) = (location.calling.as_ref()?, organization?);
        Some(ListedBody::of(id, location, calling, organization))
    });
    page::list(call, TELEPHONY, "locations", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (owner, id) = (call.organization()?, location_id(call)?);
    let world = call.tenant.sandbox.peek();
    let organization = organization_of(&world, owner)?;
    let (location, calling) = calling_locations::calling_of(&world, owner, id)?;
    let details = DetailsBody::of((owner, organization), (id, location), calling);
    Reply::json(200, &details)
}
