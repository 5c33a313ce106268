//! Floors, below `/v1/locations` and below `/v1/workspaceLocations`: the same floors, whose
//! location has another id there.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Items, location_id, workspace_locations};
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::{Floor, Location, WebexId};
use crate::refusal::Refusal;
use crate::resources::floors::{self, FloorWrite};

const LIST: &str = "/v1/locations/{locationId}/floors";
const ONE: &str = "/v1/locations/{locationId}/floors/{floorId}";

const LISTED: Row = Row::get(LIST, list)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .answers::<Items<FloorBody<'_>>>();
const CREATED: Row = Row::post(LIST, create)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<FloorWrite>()
    .answers::<FloorBody<'_>>()
    .status(201);
const READ: Row = Row::get(ONE, get)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .answers::<FloorBody<'_>>();
const CHANGED: Row = Row::put(ONE, update)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .takes::<FloorWrite>()
    .answers::<FloorBody<'_>>();
const DELETED: Row = Row::delete(ONE, delete)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG);

const FORMER_LIST: &str = "/v1/workspaceLocations/{locationId}/floors";
const FORMER_ONE: &str = "/v1/workspaceLocations/{locationId}/floors/{floorId}";

/// The rows.
pub const ROWS: &[Row] = &[
    LISTED,
    CREATED,
    READ,
    CHANGED,
    DELETED,
    LISTED.at(FORMER_LIST),
    CREATED.at(FORMER_LIST),
    READ.at(FORMER_ONE),
    CHANGED.at(FORMER_ONE),
    DELETED.at(FORMER_ONE),
];

/// A floor as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FloorBody<'a> {
    /// The floor's id.
    id: String,
    /// The location.
    location_id: String,
    /// Its number.
    floor_number: i32,
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
}

/// The address space in which a call stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    organization: Uuid,
    location: Uuid,
    is_former: bool,
}

impl Place {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let is_former = call.operation.path.starts_with("/v1/workspaceLocations");
        Ok(Self {
            organization: call.organization()?,
            location: match is_former {
                true => workspace_locations::named(call)?,
                false => location_id(call)?,
            },
            is_former,
        })
    }

    fn show(self, id: Uuid, floor: &Floor) -> FloorBody<'_> {
        FloorBody {
            id: WebexId::Floor.encode(id),
            location_id: match self.is_former {
                true => Location::encode_for_workspaces(self.location, self.organization),
                false => WebexId::Location.encode(self.location),
            },
            floor_number: floor.floor_number,
            display_name: floor.display_name.as_deref(),
        }
    }

    fn answer(self, call: &Call<'_>, status: u16, id: Uuid) -> Result<Reply, Refusal> {
        let world = call.tenant.sandbox.peek();
        let floor = floors::get(&world, self.organization, self.location, id)?;
        Reply::json(status, &self.show(id, floor))
    }
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("floorId");
    let id = WebexId::Floor.decode(text);
    id.ok_or_else(|| Refusal::not_found("Floor", text))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let place = Place::of(call)?;
    let world = call.tenant.sandbox.peek();
    let found = floors::list(&world, place.organization, place.location)?;
    let items = found.into_iter().map(|(id, floor)| place.show(id, floor));
    let items = items.collect();
    Reply::json(200, &Items { items })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    Place::of(call)?.answer(call, 200, id(call)?)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let place = Place::of(call)?;
    let wanted = call.json::<FloorWrite>()?;
    let id = call.write(|tx| floors::create(tx, place.organization, place.location, &wanted))?;
    place.answer(call, 201, id)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, id) = (Place::of(call)?, id(call)?);
    let wanted = call.json::<FloorWrite>()?;
    call.write(|tx| floors::update(tx, place.organization, place.location, id, &wanted))?;
    place.answer(call, 200, id)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (place, id) = (Place::of(call)?, id(call)?);
    call.write(|tx| floors::delete(tx, place.organization, place.location, id))?;
    Ok(Reply::empty(204))
}
