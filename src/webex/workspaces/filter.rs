//! The filters of the list of workspaces.

use uuid::Uuid;

use crate::belongings::devices;
use crate::http::Call;
use crate::model::{Holder, WebexId, Workspace};
use crate::refusal::Refusal;
use crate::webex::{location_filter, workspace_location_filter};
use crate::world::World;

/// What a caller wants to see.
#[derive(Debug)]
pub(super) struct Filter {
    locations: Vec<Uuid>,
    floor: Option<Option<Uuid>>,
    name: Option<String>,
    capacity: Option<Option<u32>>,
    kind: Option<&'static str>,
    calling: Option<&'static str>,
    supported_devices: Option<&'static str>,
    calendar: Option<&'static str>,
    hosts_meetings: Option<bool>,
    platform: Option<&'static str>,
    /// Properties were asked for that nothing has here.
    nothing: bool,
}

impl Filter {
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let capacity = call.query("capacity").map(|text| match text.as_ref() {
            "-1" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                Refusal::bad_request("capacity must be a whole number, or -1 for none.")
            }),
        });
        let maintenance = call.query_word("plannedMaintenance")?;
        Ok(Self {
            locations: [location_filter(call)?, workspace_location_filter(call)?]
                .into_iter()
                .flatten()
                .collect(),
            floor: call
                .query("floorId")
                .map(|text| WebexId::Floor.decode(&text)),
            name: call.query("displayName").map(|name| name.to_lowercase()),
            capacity: capacity.transpose()?,
            kind: call.query_word("type")?,
            calling: call.query_word("calling")?,
            supported_devices: call.query_word("supportedDevices")?,
            calendar: call.query_word("calendar")?,
            hosts_meetings: call.query_bool("deviceHostedMeetingsEnabled")?,
            platform: call.query_word("devicePlatform")?,
            nothing: call.query_word("healthLevel")?.is_some()
                || call.query("customAttribute").is_some()
                || maintenance.is_some_and(|mode| mode != "off"),
        })
    }

    pub(super) fn fits(&self, world: &World, id: Uuid, workspace: &Workspace) -> bool {
        let has_devices = || devices::of(world, Holder::Workspace(id)).next().is_some();
        let is = |wanted: Option<&str>, own: &str| wanted.is_none_or(|it| it == own);
        let name = self.name.as_deref();
        !self.nothing
            && self
                .platform
                .is_none_or(|platform| platform == "cisco" && has_devices())
            && self
                .locations
                .iter()
                .all(|location| workspace.location == Some(*location))
            && self
                .floor
                .is_none_or(|floor| floor.is_some() && workspace.floor_id == floor)
            && name.is_none_or(|name| workspace.display_name.to_lowercase().contains(name))
            && self
                .capacity
                .is_none_or(|capacity| workspace.capacity == capacity)
            && is(self.kind, &workspace.kind)
            && is(self.calling, &workspace.calling_type)
            && is(
                self.supported_devices,
                workspace.supported_devices.as_deref().unwrap_or_default(),
            )
            && is(self.calendar, &workspace.calendar_type)
            && self
                .hosts_meetings
                .is_none_or(|hosts| workspace.meetings_site.is_some() == hosts)
    }
}
