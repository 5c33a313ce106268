//! The workspace document of the public API.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::belongings::devices;
use crate::http::Call;
use crate::model::{Holder, License, Location, WebexId, Workspace};
use crate::refusal::Refusal;
use crate::webex::devices::document::DeviceBody;
use crate::world::{Moment, World};

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListBody<'a> {
    /// The workspaces.
    items: Vec<WorkspaceBody<'a>>,
}

/// A workspace as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceBody<'a> {
    /// The workspace's id.
    id: String,
    /// The organisation.
    org_id: String,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<String>,
    /// The same under its id in the older API.
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_location_id: Option<String>,
    /// A floor of the location.
    #[serde(skip_serializing_if = "Option::is_none")]
    floor_id: Option<String>,
    /// The name people see.
    display_name: &'a str,
    /// How many people fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
    /// What it is for, once that is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'a str>,
    /// The address for calling through another provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    sip_address: Option<&'a str>,
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
    /// Its Calling.
    calling: CallingBody<'a>,
    /// Its calendar.
    calendar: CalendarBody<'a>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    /// `on` or `off`.
    hotdesking_status: &'a str,
    /// `collaborationDevices` or `phones`.
    #[serde(skip_serializing_if = "Option::is_none")]
    supported_devices: Option<&'a str>,
    /// Whether its devices host meetings.
    #[serde(skip_serializing_if = "Option::is_none")]
    device_hosted_meetings: Option<MeetingsBody<'a>>,
    /// A map that leads there.
    #[serde(skip_serializing_if = "Option::is_none")]
    indoor_navigation: Option<NavigationBody<'a>>,
    /// Its devices, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    devices: Option<Vec<DeviceBody<'a>>>,
    /// What its devices can do, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    capabilities: Option<CapabilityMap>,
}

/// Calling of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingBody<'a> {
    /// `freeCalling`, `webexCalling`, …
    r#type: &'a str,
    /// The address for hybrid calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    hybrid_calling: Option<EmailBody<'a>>,
    /// The licences of Webex Calling.
    #[serde(skip_serializing_if = "Option::is_none")]
    webex_calling: Option<WebexCallingBody>,
}

/// An address.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EmailBody<'a> {
    /// The address.
    email_address: &'a str,
}

/// The licences of Webex Calling.
#[derive(Debug, Serialize, ToSchema)]
struct WebexCallingBody {
    /// Licence ids.
    licenses: Vec<String>,
}

/// A calendar.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CalendarBody<'a> {
    /// `none`, `google` or `microsoft`.
    r#type: &'a str,
    /// The room's mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    email_address: Option<&'a str>,
}

/// Meetings that devices host.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MeetingsBody<'a> {
    /// Whether they do.
    enabled: bool,
    /// On which site.
    site_url: &'a str,
}

/// A map.
#[derive(Debug, Serialize, ToSchema)]
struct NavigationBody<'a> {
    /// Its address.
    url: &'a str,
}

/// What the devices of a workspace can do.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct CapabilitiesBody {
    /// Each capability.
    capabilities: CapabilityMap,
}

/// Each capability of a workspace.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CapabilityMap {
    /// Whether somebody is there.
    occupancy_detection: Capability,
    /// Whether somebody is near.
    presence_detection: Capability,
    /// How noisy it is.
    ambient_noise: Capability,
    /// How loud it is.
    sound_level: Capability,
    /// How warm it is.
    temperature: Capability,
    /// How good the air is.
    air_quality: Capability,
    /// How humid the air is.
    relative_humidity: Capability,
}

/// A capability. Which ones a device brings is not simulated.
#[derive(Debug, Default, Serialize, ToSchema)]
struct Capability {
    /// Whether a device has it.
    supported: bool,
    /// Whether it is switched on.
    configured: bool,
}

/// What a caller wants to see beside the workspace itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    devices: bool,
    capabilities: bool,
}

impl Shown {
    /// What a call asks for.
    ///
    /// # Errors
    /// 400 for anything but true and false.
    pub fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            devices: call.query_bool("includeDevices")?.unwrap_or(false),
            capabilities: call.query_bool("includeCapabilities")?.unwrap_or(false),
        })
    }
}

impl<'a> WorkspaceBody<'a> {
    /// The document of a workspace.
    #[must_use]
    pub fn of(world: &'a World, id: Uuid, workspace: &'a Workspace, shown: Shown) -> Self {
        let devices = || devices::of(world, Holder::Workspace(id));
        let devices = || devices().map(|(id, device)| DeviceBody::in_workspace(world, id, device));
        let is_webex = workspace.calling_type == "webexCalling";
        let licenses = workspace.licenses.iter().filter_map(|id| {
            let license = world.get::<License>(*id)?;
            license.offer().is_calling().then(|| license.webex_id(*id))
        });
        let hybrid = workspace.hybrid_calling_email.as_deref();
        let navigation = workspace.indoor_navigation_url.as_deref();
        let site = workspace.meetings_site.as_deref();
        Self {
            id: WebexId::Workspace.encode(id),
            org_id: WebexId::Organization.encode(workspace.organization),
            location_id: workspace.location.map(|id| WebexId::Location.encode(id)),
            workspace_location_id: workspace
                .location
                .map(|id| Location::encode_for_workspaces(id, workspace.organization)),
            floor_id: workspace.floor_id.map(|id| WebexId::Floor.encode(id)),
            display_name: &workspace.display_name,
            capacity: workspace.capacity,
            r#type: Some(workspace.kind.as_str()).filter(|kind| *kind != "notSet"),
            sip_address: workspace.sip_address.as_deref(),
            created: workspace.created,
            calling: CallingBody {
                r#type: &workspace.calling_type,
                hybrid_calling: hybrid.map(|email_address| EmailBody { email_address }),
                webex_calling: is_webex.then(|| WebexCallingBody {
                    licenses: licenses.collect(),
                }),
            },
            calendar: CalendarBody {
                r#type: &workspace.calendar_type,
                email_address: workspace.calendar_email.as_deref(),
            },
            notes: workspace.notes.as_deref(),
            hotdesking_status: &workspace.hotdesking_status,
            supported_devices: workspace.supported_devices.as_deref(),
            device_hosted_meetings: site.map(|site_url| MeetingsBody {
                enabled: true,
                site_url,
            }),
            indoor_navigation: navigation.map(|url| NavigationBody { url }),
            devices: shown.devices.then(|| devices().collect()),
            capabilities: shown.capabilities.then(CapabilityMap::default),
        }
    }
}
