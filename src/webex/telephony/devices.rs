//! The devices of people and workspaces for Webex Calling: their phones, how many there are, and
//! the DECT networks in which they have a handset. What is set for them are the families
//! `deviceSettings` and `deviceHoteling`. The optional `modelType` is left out: schema, example and
//! clients name three different sets of values for it.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::belongings::devices;
use crate::http::{Call, Fidelity, OF_ORG, Reply, Row};
use crate::model::{Device, Holder, WebexId};
use crate::refusal::Refusal;
use crate::resources::devices::owned_max;
use crate::settings::Step;
use crate::settings::families::device_hoteling::DeviceHoteling;
use crate::webex::settings::holder;

/// The most devices on which a holder that can own several has a line (api-surface.md 3).
const LINES_MAX: usize = 35;

/// The rows.
pub const ROWS: &[Row] = &[
    DEVICES.at("/v1/telephony/config/people/{personId}/devices"),
    DEVICES.at("/v1/telephony/config/workspaces/{workspaceId}/devices"),
    Row::get(
        "/v1/telephony/config/people/{personId}/devices/count",
        count,
    )
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .answers::<CountBody>(),
    DECT.at("/v1/telephony/config/people/{personId}/dectNetworks"),
    DECT.at("/v1/telephony/config/workspaces/{workspaceId}/dectNetworks"),
];

const DEVICES: Row = Row::get("", list)
    .fidelity(Fidelity::F4)
    .queries(OF_ORG)
    .answers::<DevicesBody<'_>>();

const DECT: Row = Row::get("", dect_networks)
    .fidelity(Fidelity::F2)
    .queries(OF_ORG)
    .answers::<DectBody>();

/// The devices of a holder.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DevicesBody<'a> {
    /// The phones.
    devices: Vec<DeviceBody<'a>>,
    /// On how many devices the holder can have a line.
    max_device_count: usize,
    /// How many devices the holder can own.
    max_owned_device_count: usize,
}

/// A phone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DeviceBody<'a> {
    /// The device's id for Calling.
    id: String,
    /// The words that administrators put on it, and a name.
    description: Vec<Cow<'a, str>>,
    /// The model.
    model: &'a str,
    /// Its MAC address.
    mac: String,
    /// Whether its primary line is the holder's.
    primary_owner: bool,
    /// Which line the holder has on it.
    r#type: &'static str,
    /// Whether guests may sign in.
    hoteling: Cow<'a, DeviceHoteling>,
    /// Whose it is.
    owner: OwnerBody<'a>,
    /// Whether it was connected. In capitals for people, too: clients know no others.
    activation_state: &'static str,
}

/// Whose a device is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnerBody<'a> {
    /// The person or the workspace.
    id: String,
    /// `PEOPLE` or `PLACE`.
    r#type: &'static str,
    /// The first name; of a workspace, its name.
    first_name: &'a str,
    /// The last name; of a workspace a dot.
    last_name: &'a str,
}

/// How many devices a person has.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CountBody {
    /// Phones and collaboration devices, and one more where there are applications.
    total_device_count: usize,
    /// Applications.
    applications_count: usize,
}

/// The DECT networks of a holder.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DectBody {
    /// The networks.
    dect_networks: Vec<DectNetworkBody>,
}

/// A DECT network.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DectNetworkBody {
    /// The network's id.
    id: String,
    /// Its name.
    name: String,
    /// How many handsets it has.
    number_of_handsets_assigned: usize,
}

/// The holder that the path names.
fn named(call: &Call<'_>) -> Result<Holder, Refusal> {
    holder(call, call.operation.params.first() == Some(&"personId"))
}

impl<'a> OwnerBody<'a> {
    fn of(step: &Step<'a>) -> Self {
        let (r#type, first_name, last_name) = match step.person() {
            Some(person) => {
                let (first, last) = person.names();
                ("PEOPLE", first, last)
            }
            None => ("PLACE", step.name(), "."),
        };
        Self {
            id: step.holder.webex_id(),
            r#type,
            first_name,
            last_name,
        }
    }
}

impl<'a> DeviceBody<'a> {
    fn of(step: &Step<'a>, id: Uuid, device: &'a Device) -> Self {
        let name = format!("{} ({})", step.name(), device.product);
        let tags = device.tags.iter().map(|tag| Cow::Borrowed(tag.as_str()));
        Self {
            id: WebexId::CallingDevice.encode(id),
            description: tags.chain([Cow::Owned(name)]).collect(),
            model: &device.model,
            mac: device.mac.to_string(),
            primary_owner: true,
            r#type: "PRIMARY",
            hoteling: step.value(),
            owner: OwnerBody::of(step),
            activation_state: match device.first_seen {
                Some(_) => "ACTIVATED",
                None => "DEACTIVATED",
            },
        }
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = named(call)?;
    let world = call.tenant.sandbox.peek();
    let step = Step::new(&world, holder)?;
    let phones = devices::phones(&world, holder);
    let most = owned_max(&world, holder);
    let body = DevicesBody {
        devices: phones
            .map(|(id, device)| DeviceBody::of(&step, id, device))
            .collect(),
        max_device_count: if most > 1 { LINES_MAX } else { most },
        max_owned_device_count: most,
    };
    Reply::json(200, &body)
}

fn count(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = named(call)?;
    let world = call.tenant.sandbox.peek();
    Step::new(&world, holder)?;
    let body = CountBody {
        total_device_count: devices::of(&world, holder).count(),
        // Nobody signs in to one here (DEC-107).
        applications_count: 0,
    };
    Reply::json(200, &body)
}

fn dect_networks(call: &Call<'_>) -> Result<Reply, Refusal> {
    let holder = named(call)?;
    let world = call.tenant.sandbox.peek();
    Step::new(&world, holder)?;
    let body = DectBody {
        dect_networks: Vec::new(),
    };
    Reply::json(200, &body)
}
