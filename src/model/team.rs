//! A team of Contact Center (`TeamDTO` of its documents). Who is in it stands with the users.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// Whether agents are in it. It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamType {
    /// Agents are in it.
    Agent,
    /// So many contacts at a time, and nobody.
    Capacity,
}

/// Whether it takes contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TeamStatus {
    /// It does.
    InService,
    /// It does not.
    NotAvailable,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    /// The organisation.
    pub organization: Uuid,
    /// The name, which no other team of the site has.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether agents are in it.
    pub team_type: TeamType,
    /// Whether it takes contacts.
    pub team_status: TeamStatus,
    /// Whether it is used.
    pub active: bool,
    /// The site, which never changes. Sites are no objects of the simulator.
    pub site_id: Uuid,
    /// Where calls for a team of capacity go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialed_number: Option<String>,
    /// How many contacts a team of capacity takes at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// The layout of the desktop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desktop_layout_id: Option<Uuid>,
    /// Skill profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_profile_id: Option<Uuid>,
    /// Multimedia profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multimedia_profile_id: Option<Uuid>,
    /// Whether queues are ranked for it.
    pub rank_queues_for_team: bool,
    /// Rises with each change.
    pub version: u32,
    /// When it was made.
    pub created: Moment,
    /// When it was changed.
    pub last_modified: Moment,
}

impl Entity for Team {
    const KIND: Kind = kinds::TEAM;
    const NAME: &'static str = "contactCenterTeam";

    fn label(&self) -> String {
        self.name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let name = format!("{}/{}", self.site_id, self.name);
        out.push(IndexKey::new(spaces::TEAM, self.organization, &name));
    }
}
