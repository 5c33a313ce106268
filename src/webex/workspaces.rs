//! `/v1/workspaces` (api-surface.md 4.6): the rows.

mod document;
mod filter;
pub mod personalize;
mod write;

use crate::http::page::{self, ORDINARY};
use crate::http::{Call, Fidelity, MAX, ORG, Query, Reply, Row, START};
use crate::licensing::Route;
use crate::model::Holder;
use crate::refusal::Refusal;
use crate::resources::workspaces;
use crate::webex::settings::workspace;

use document::{CapabilitiesBody, ListBody, Shown, WorkspaceBody};
use filter::Filter;
use write::WorkspaceRequest;

const INCLUDE_DEVICES: Query = ("includeDevices", "Whether devices are shown.");
const INCLUDE_CAPABILITIES: Query = ("includeCapabilities", "Whether capabilities are shown.");

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/workspaces", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("locationId", "Only workspaces of this location."),
            (
                "workspaceLocationId",
                "Only workspaces of this place of the former kind.",
            ),
            ("floorId", "Only workspaces on this floor."),
            ("displayName", "Only workspaces whose names hold this."),
            (
                "capacity",
                "Only workspaces for so many people; -1 for those without a number.",
            ),
            ("type", "Only workspaces of this type."),
            ("calling", "Only workspaces with this type of calling."),
            (
                "supportedDevices",
                "Only workspaces for this kind of devices.",
            ),
            ("calendar", "Only workspaces with this type of calendar."),
            (
                "deviceHostedMeetingsEnabled",
                "Only workspaces whose devices host meetings, or not.",
            ),
            (
                "devicePlatform",
                "Only workspaces with devices of this platform.",
            ),
            (
                "healthLevel",
                "Only workspaces whose devices are this well.",
            ),
            (
                "plannedMaintenance",
                "Only workspaces in this mode of maintenance.",
            ),
            (
                "customAttribute",
                "Only workspaces with this attribute; here none has any.",
            ),
            INCLUDE_DEVICES,
            INCLUDE_CAPABILITIES,
            MAX,
            START,
            ORG,
        ])
        .answers::<ListBody<'_>>(),
    Row::post("/v1/workspaces", create)
        .fidelity(Fidelity::F4)
        .queries(&[INCLUDE_DEVICES, INCLUDE_CAPABILITIES, ORG])
        .takes::<WorkspaceRequest>()
        .answers::<WorkspaceBody<'_>>()
        .status(201),
    Row::get("/v1/workspaces/{workspaceId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[INCLUDE_DEVICES, INCLUDE_CAPABILITIES])
        .answers::<WorkspaceBody<'_>>(),
    Row::put("/v1/workspaces/{workspaceId}", update)
        .fidelity(Fidelity::F4)
        .queries(&[INCLUDE_DEVICES, INCLUDE_CAPABILITIES])
        .takes::<WorkspaceRequest>()
        .answers::<WorkspaceBody<'_>>(),
    Row::delete("/v1/workspaces/{workspaceId}", delete).fidelity(Fidelity::F4),
    Row::get("/v1/workspaces/{workspaceId}/capabilities", capabilities)
        .fidelity(Fidelity::F2)
        .answers::<CapabilitiesBody>(),
];

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let filter = Filter::of(call)?;
    let shown = Shown::of(call)?;
    let world = call.tenant.sandbox.peek();
    let places = call.places();
    let items = workspaces::list(&world, organization)
        .filter(|(id, _)| places.hold_holder(&world, Holder::Workspace(*id)))
        .filter(|(id, workspace)| filter.fits(&world, *id, workspace))
        .map(|(id, workspace)| WorkspaceBody::of(&world, id, workspace, shown));
    page::list(call, ORDINARY, "items", items)
}

fn show(call: &Call<'_>, id: uuid::Uuid, status: u16) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let shown = Shown::of(call)?;
    let world = call.tenant.sandbox.peek();
    let workspace = workspaces::get(&world, organization, id)?;
    Reply::json(status, &WorkspaceBody::of(&world, id, workspace, shown))
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, workspace(call, call.value("workspaceId"))?, 200)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<WorkspaceRequest>()?;
    let organization = match &request.org_id {
        Some(text) => call.organization_named(text)?,
        None => call.organization()?,
    };
    let write = request.into_write(&call.tenant.sandbox.peek(), organization)?;
    let (id, outcome) =
        call.write(|tx| workspaces::create(tx, organization, write, Route::WorkspaceWrite))?;
    call.tell(outcome);
    show(call, id, 201)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = workspace(call, call.value("workspaceId"))?;
    let organization = call.own_organization()?;
    let request = call.json::<WorkspaceRequest>()?;
    let write = request.into_write(&call.tenant.sandbox.peek(), organization)?;
    let outcome =
        call.write(|tx| workspaces::update(tx, organization, id, write, Route::WorkspaceWrite))?;
    call.tell(outcome);
    show(call, id, 200)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = workspace(call, call.value("workspaceId"))?;
    let organization = call.own_organization()?;
    let outcome = call.write(|tx| workspaces::delete(tx, organization, id))?;
    call.tell(outcome);
    Ok(Reply::empty(204))
}

fn capabilities(call: &Call<'_>) -> Result<Reply, Refusal> {
    workspace(call, call.value("workspaceId"))?;
    Reply::json(200, &CapabilitiesBody::default())
}
