//! Workspaces: rooms and common areas.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wholesale::Author;
use super::{Calling, kinds};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// A workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Whose it is.
    pub organization: Uuid,
    /// The name people see.
    pub display_name: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
    /// A floor of the location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_id: Option<Uuid>,
    /// How many people fit; absent means not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// `notSet`, `focus`, `huddle`, `meetingRoom`, `open`, `desk`, `other`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `freeCalling`, `hybridCalling`, `webexCalling`, `webexEdgeForDevices`,
    /// `thirdPartySipCalling`, `none`.
    pub calling_type: String,
    /// The address for hybrid calling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hybrid_calling_email: Option<String>,
    /// The address for calling through another provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sip_address: Option<String>,
    /// `none`, `google`, `microsoft`.
    pub calendar_type: String,
    /// The room's mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_email: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// `on` or `off`.
    pub hotdesking_status: String,
    /// `collaborationDevices` or `phones`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supported_devices: Option<String>,
    /// The meetings site of its devices, when they host meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meetings_site: Option<String>,
    /// A map that leads there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indoor_navigation_url: Option<String>,
    /// What Calling gives, for `webexCalling` workspaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling: Option<Calling>,
    /// Licences held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<Uuid>,
    /// When it was created.
    pub created: Moment,
    /// The last time its device was to become a person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personalization: Option<Personalization>,
}

/// A device of a workspace is to become a person's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Personalization {
    /// The person's address.
    pub email: String,
    /// Who asked for it.
    pub author: Author,
    /// When it is done.
    pub due: Moment,
    /// What became of it.
    pub state: PersonalizationState,
}

/// What became of a personalization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonalizationState {
    /// Nothing yet.
    UnderWay,
    /// The device is the person's.
    Done,
    /// It is not, and why.
    Failed(String),
}

impl Personalization {
    /// Whether it has not ended.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.state == PersonalizationState::UnderWay
    }
}

/// The type of calling with an address at another provider.
pub const THIRD_PARTY: &str = "thirdPartySipCalling";

impl Workspace {
    /// Gives it a type of calling. What belongs to another type goes.
    pub fn set_calling_type(&mut self, kind: &str) {
        kind.clone_into(&mut self.calling_type);
        if kind != THIRD_PARTY {
            self.sip_address = None;
        }
        if kind != "hybridCalling" {
            self.hybrid_calling_email = None;
        }
    }
}

impl Entity for Workspace {
    const KIND: Kind = kinds::WORKSPACE;
    const NAME: &'static str = "workspace";
    const TELLING: u8 = 6;

    fn label(&self) -> String {
        self.display_name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        if let Some(calling) = &self.calling {
            calling.index(out);
        }
    }
}
