//! What POST and PUT of workspaces take.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::licensing::Properties;
use crate::model::{Location, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::workspaces::{CalendarWrite, CallingWrite, WorkspaceWrite};
use crate::webex::people::write::license_ids;
use crate::world::World;

/// What a caller says about a workspace.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkspaceRequest {
    /// The name people see.
    display_name: Option<String>,
    /// The organisation.
    pub org_id: Option<String>,
    /// Where it is.
    location_id: Option<String>,
    /// The same under its id in the older API.
    workspace_location_id: Option<String>,
    /// A floor of the location.
    floor_id: Option<String>,
    /// How many people fit.
    capacity: Option<u32>,
    /// What it is for.
    r#type: Option<String>,
    /// The address for calling through another provider.
    sip_address: Option<String>,
    /// Its Calling.
    calling: Option<CallingRequest>,
    /// Its calendar.
    calendar: Option<CalendarRequest>,
    /// Free text.
    notes: Option<String>,
    /// `on` or `off`.
    hotdesking_status: Option<String>,
    /// Whether its devices host meetings.
    device_hosted_meetings: Option<MeetingsRequest>,
    /// `collaborationDevices` or `phones`.
    supported_devices: Option<String>,
    /// A map that leads there.
    indoor_navigation: Option<NavigationRequest>,
}

/// Calling of a workspace.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingRequest {
    /// `freeCalling`, `hybridCalling`, `none`, `thirdPartySipCalling`, `webexCalling` or
    /// `webexEdgeForDevices`.
    r#type: String,
    /// What hybrid calling needs.
    hybrid_calling: Option<HybridCallingRequest>,
    /// What Webex Calling needs.
    webex_calling: Option<WebexCallingRequest>,
}

/// What hybrid calling needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HybridCallingRequest {
    /// The address of the place in Unified CM.
    email_address: String,
}

/// What Webex Calling needs.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebexCallingRequest {
    /// A number of the location.
    phone_number: Option<String>,
    /// An extension.
    extension: Option<String>,
    /// The Calling location.
    location_id: Option<String>,
    /// Licences to choose from.
    licenses: Option<Vec<String>>,
}

/// A calendar.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CalendarRequest {
    /// `none`, `google` or `microsoft`.
    r#type: String,
    /// The room's mailbox.
    email_address: Option<String>,
}

/// Meetings that devices host.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MeetingsRequest {
    /// Whether they do.
    enabled: bool,
    /// On which site.
    site_url: Option<String>,
}

/// A map.
#[derive(Debug, Deserialize, ToSchema)]
struct NavigationRequest {
    /// Its address.
    url: Option<String>,
}

fn location(text: Option<&str>) -> Result<Option<Uuid>, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let id = WebexId::Location.decode(text);
    id.map(Some)
        .ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
}

/// A location by its id in the older API.
fn former_location(text: &str) -> Result<Option<Uuid>, Refusal> {
    let id = Location::decode_for_workspaces(text);
    id.map(Some)
        .ok_or_else(|| Refusal::new(ErrorKind::UnableToFindLocation, ""))
}

impl WorkspaceRequest {
    /// What is asked for, with ids decoded.
    pub(super) fn into_write(
        self,
        world: &World,
        organization: Uuid,
    ) -> Result<WorkspaceWrite, Refusal> {
        let calling = self
            .calling
            .map(|calling| calling.into_write(world, organization));
        let meetings = self
            .device_hosted_meetings
            .map(|meetings| match meetings.enabled {
                true => meetings
                    .site_url
                    .filter(|site| !site.is_empty())
                    .ok_or_else(|| {
                        Refusal::bad_request("deviceHostedMeetings.siteUrl is required.")
                    }),
                false => Ok(String::new()),
            });
        Ok(WorkspaceWrite {
            display_name: self.display_name,
            location: match self.workspace_location_id.as_deref() {
                Some(former) if self.location_id.is_none() => former_location(former)?,
                _ => location(self.location_id.as_deref())?,
            },
            floor_id: self.floor_id,
            capacity: self.capacity,
            kind: self.r#type,
            notes: self.notes,
            sip_address: self.sip_address,
            hotdesking_status: self.hotdesking_status,
            supported_devices: self.supported_devices,
            calendar: self.calendar.map(|calendar| CalendarWrite {
                kind: calendar.r#type,
                email: calendar.email_address,
            }),
            meetings_site: meetings.transpose()?,
            indoor_navigation_url: self.indoor_navigation.map(|it| it.url.unwrap_or_default()),
            calling: calling.transpose()?,
        })
    }
}

impl CallingRequest {
    fn into_write(self, world: &World, organization: Uuid) -> Result<CallingWrite, Refusal> {
        let webex = self.webex_calling.unwrap_or_default();
        let (number, extension) = (webex.phone_number.as_deref(), webex.extension.as_deref());
        let properties =
            Properties::parse(location(webex.location_id.as_deref())?, number, extension)?;
        let licenses = webex.licenses.unwrap_or_default();
        Ok(CallingWrite {
            kind: self.r#type,
            licenses: license_ids(world, organization, &licenses)?,
            properties,
            hybrid_email: self.hybrid_calling.map(|hybrid| hybrid.email_address),
        })
    }
}
