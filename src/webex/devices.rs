//! `/v1/devices` (api-surface.md 4.8): the rows.

pub(crate) mod document;
mod filter;
mod write;

use uuid::Uuid;

use crate::http::page::{self, Items, ORDINARY};
use crate::http::{Access, Call, Fidelity, MAX, OF_ORG, ORG, Reply, Row, START};
use crate::model::{Holder, WebexId};
use crate::refusal::Refusal;
use crate::resources::devices::{self, Viewer};

use document::{CodeBody, DeviceBody};
use filter::Filter;
use write::{CodeRequest, DeviceRequest, TagsRequest};

/// The rows. Everybody sees, tags and deletes devices of their own; those of others are for the
/// administrators of the column of roles.
pub const ROWS: &[Row] = &[
    Row::get("/v1/devices", list)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("displayName", "Only devices with this name."),
            ("personId", "Only devices of this person."),
            ("workspaceId", "Only devices of this workspace."),
            ("connectionStatus", "Only devices with this status."),
            ("product", "Only devices of this product."),
            ("type", "`phone` or `roomdesk`."),
            ("serial", "Only the device with this number."),
            ("tag", "Only devices with all of these tags."),
            ("software", "Only devices with this software."),
            ("upgradeChannel", "Only devices of this channel."),
            ("errorCode", "Only devices with this error."),
            ("capability", "`xapi`: only devices that have it."),
            ("permission", "Only devices with this permission."),
            ("locationId", "Only devices of this location."),
            (
                "workspaceLocationId",
                "Only devices of this place of the former kind.",
            ),
            ("mac", "Only the device with this MAC address."),
            ("devicePlatform", "`cisco` or `microsoftTeamsRoom`."),
            ("plannedMaintenance", "`off`, `on` or `upcoming`."),
            MAX,
            START,
            ORG,
        ])
        .answers::<Items<DeviceBody<'_>>>(),
    Row::post("/v1/devices", create)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<DeviceRequest>()
        .answers::<DeviceBody<'_>>(),
    Row::post("/v1/devices/activationCode", create_code)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<CodeRequest>()
        .answers::<CodeBody>(),
    Row::get("/v1/devices/{deviceId}", get)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<DeviceBody<'_>>(),
    Row::patch("/v1/devices/{deviceId}", tag)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes_as::<Vec<TagsRequest>>("application/json-patch+json")
        .answers::<DeviceBody<'_>>(),
    Row::delete("/v1/devices/{deviceId}", delete)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG),
];

/// The caller's view: everything for administrators, else what is one's own.
fn viewer(call: &Call<'_>, organization: Uuid) -> Viewer {
    let session = call.session.as_ref();
    let own = session.and_then(|session| session.actor.person);
    let own = Holder::Person(own.unwrap_or_default());
    Viewer {
        organization,
        only: (!call.is_allowed()).then_some(own),
    }
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("deviceId");
    let id = WebexId::Device.decode(text);
    let id = id.or_else(|| WebexId::CallingDevice.decode(text));
    id.ok_or_else(|| Refusal::not_found("Device", text))
}

/// The device that the caller would change. Where it is neither theirs nor their role's, they are
/// told so: 403, as for every administrative write.
fn changed(call: &Call<'_>) -> Result<(Uuid, Viewer), Refusal> {
    let (id, viewer) = (id(call)?, viewer(call, call.organization()?));
    let everything = Viewer {
        only: None,
        ..viewer
    };
    let world = call.tenant.sandbox.peek();
    match viewer.sees(devices::get(&world, everything, id)?) {
        true => Ok((id, viewer)),
        false => Err(call.refused()),
    }
}

fn show(call: &Call<'_>, viewer: Viewer, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let device = devices::get(&world, viewer, id)?;
    Reply::json(200, &DeviceBody::of(&world, id, device))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let viewer = viewer(call, call.listed_organization()?);
    let filter = Filter::of(call)?;
    let world = call.tenant.sandbox.peek();
    let places = call.places();
    let own = call.session.as_ref().and_then(|it| it.actor.person);
    let is_seen = |holder: Holder| {
        own.map(Holder::Person) == Some(holder) || places.hold_holder(&world, holder)
    };
    let items = devices::list(&world, viewer)
        .filter(|(_, device)| is_seen(device.holder))
        .map(|(id, device)| (device, DeviceBody::of(&world, id, device)))
        .filter(|(device, body)| filter.fits(device, body))
        .map(|(_, body)| body);
    page::list(call, ORDINARY, "items", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, viewer(call, call.organization()?), id(call)?)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let request = call.json::<DeviceRequest>()?;
    let wanted = request.read(call)?;
    let password = request.password.as_deref();
    let id = call.write(|tx| {
        devices::create_by_mac(tx, wanted.holder, wanted.model, wanted.mac, password)
    })?;
    show(call, viewer(call, organization), id)
}

fn create_code(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.organization()?;
    let (holder, model) = call.json::<CodeRequest>()?.read(call)?;
    let (code, expiry_time) = call.write(|tx| devices::create_code(tx, holder, model))?;
    Reply::json(200, &CodeBody { code, expiry_time })
}

fn tag(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, viewer) = changed(call)?;
    let changes = write::tags(call)?;
    call.write(|tx| devices::tag(tx, viewer, id, changes))?;
    show(call, viewer, id)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, viewer) = changed(call)?;
    call.write(|tx| devices::delete(tx, viewer, id))?;
    Ok(Reply::empty(204))
}
