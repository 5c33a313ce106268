//! The device document of the public API. Fields of which the simulator knows nothing (address,
//! software, SIP addresses) are left out; all of them are optional.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{Device, Holder, Location, Person, WebexId, Workspace};
use crate::world::{Moment, World};

/// A device as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceBody<'a> {
    /// The device's id.
    id: String,
    /// The same for Calling, of phones.
    #[serde(skip_serializing_if = "Option::is_none")]
    calling_device_id: Option<String>,
    /// The same for RoomOS, of collaboration devices.
    #[serde(skip_serializing_if = "Option::is_none")]
    webex_device_id: Option<String>,
    /// The name of whoever has it.
    pub display_name: &'a str,
    /// The workspace, under its former name.
    #[serde(skip_serializing_if = "Option::is_none")]
    place_id: Option<String>,
    /// The workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_id: Option<String>,
    /// The person.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    /// The organisation.
    org_id: String,
    /// What can be done with it.
    pub capabilities: &'static [&'static str],
    /// What the caller may do with it.
    pub permissions: &'static [&'static str],
    /// `connected` or `disconnected`.
    pub connection_status: &'static str,
    /// The product.
    product: &'a str,
    /// `phone` or `roomdesk`.
    pub r#type: &'static str,
    /// Words that administrators put on it.
    tags: &'a [String],
    /// Its MAC address.
    mac: String,
    /// Its number, once it was connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// When it was added.
    #[schema(value_type = String)]
    created: Moment,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    /// The same under its id in the older API.
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_location_id: Option<String>,
    /// What is wrong with it.
    error_codes: [&'static str; 0],
    /// When it was first connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    first_seen: Option<Moment>,
    /// When it was last connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    last_seen: Option<Moment>,
    /// Who manages it.
    managed_by: &'static str,
    /// `cisco`
    pub device_platform: &'static str,
}

impl<'a> DeviceBody<'a> {
    /// What the document of a workspace shows of a device: it has one id there (contract: Get
    /// workspace details).
    pub(crate) fn in_workspace(world: &'a World, id: Uuid, device: &'a Device) -> Self {
        Self {
            calling_device_id: None,
            webex_device_id: None,
            ..Self::of(world, id, device)
        }
    }

    pub(crate) fn of(world: &'a World, id: Uuid, device: &'a Device) -> Self {
        let holder = device.holder;
        let (name, location) = match holder {
            Holder::Person(id) => {
                let person = world.get::<Person>(id);
                (
                    person.map(|it| it.display_name.as_str()),
                    person.and_then(Person::any_location),
                )
            }
            Holder::Workspace(id) => {
                let room = world.get::<Workspace>(id);
                (
                    room.map(|it| it.display_name.as_str()),
                    room.and_then(|it| it.location),
                )
            }
        };
        let workspace = matches!(holder, Holder::Workspace(_)).then(|| holder.webex_id());
        let shown = WebexId::Device.encode(id);
        let calling = WebexId::CallingDevice.encode(id);
        let is_phone = device.is_phone;
        let number = id.as_u128() & 0xFFFF_FFFF;
        Self {
            calling_device_id: is_phone.then_some(calling),
            webex_device_id: (!is_phone).then(|| shown.clone()),
            id: shown,
            display_name: name.unwrap_or_default(),
            place_id: workspace.clone(),
            workspace_id: workspace,
            person_id: matches!(holder, Holder::Person(_)).then(|| holder.webex_id()),
            org_id: WebexId::Organization.encode(device.organization),
            capabilities: if is_phone { &[] } else { &["xapi"] },
            permissions: if is_phone { &[] } else { &["xapi:all"] },
            connection_status: match device.last_seen {
                Some(_) => "connected",
                None => "disconnected",
            },
            product: &device.product,
            r#type: if is_phone { "phone" } else { "roomdesk" },
            tags: &device.tags,
            mac: device.mac.with_colons(),
            serial: device.first_seen.map(|_| format!("FOC{number:08X}")),
            created: device.created,
            location_id: location.map(|id| WebexId::Location.encode(id)),
            workspace_location_id: location
                .map(|id| Location::encode_for_workspaces(id, device.organization)),
            error_codes: [],
            first_seen: device.first_seen,
            last_seen: device.last_seen,
            managed_by: "CISCO",
            device_platform: "cisco",
        }
    }
}

/// An activation code.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CodeBody {
    /// Sixteen digits.
    pub code: String,
    /// When it ends.
    #[schema(value_type = String)]
    pub expiry_time: Moment,
}
