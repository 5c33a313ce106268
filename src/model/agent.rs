//! A user of Contact Center, beside the person in Control Hub whose licence makes them one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use super::skill::DynamicSkill;
use crate::world::{Entity, Kind, Moment};

/// What Contact Center knows of a user since it was last synchronised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// The licence.
    pub license: Uuid,
    /// Whether the user is a supervisor.
    #[serde(default)]
    pub supervisor: bool,
}

/// Who changed something last, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When.
    pub at: Moment,
    /// Which person, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Uuid>,
}

/// What an administrator of Contact Center sets there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AgentSettings {
    /// Whether the user is turned off in Contact Center.
    pub is_disabled: bool,
    /// The user profile, where it is not the one that comes with licence and role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_profile_id: Option<Uuid>,
    /// The site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_id: Option<Uuid>,
    /// Teams.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub team_ids: Vec<Uuid>,
    /// Skill profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill_profile_id: Option<Uuid>,
    /// Desktop profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_profile_id: Option<Uuid>,
    /// Multimedia profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multimedia_profile_id: Option<Uuid>,
    /// The number that an agent signs in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_dialled_number: Option<String>,
    /// What another system calls the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_identifier: Option<String>,
    /// Dynamic skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dynamic_skills: Vec<DynamicSkill>,
}

/// A user of Contact Center, under the id of the person. Nobody is stored of whom Contact Center
/// knows what Control Hub says, and nothing was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    /// The organisation.
    pub organization: Uuid,
    /// Whether an administrator made them a supervisor (CC-06).
    #[serde(default)]
    pub supervisor: bool,
    /// What Contact Center knows; none for somebody it has not heard of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// Whether the last attempt to tell it failed (CC-09).
    #[serde(default)]
    pub failed: bool,
    /// What was set there.
    #[serde(default)]
    pub settings: AgentSettings,
    /// Rises with each change of the settings.
    #[serde(default)]
    pub version: u32,
    /// The last change of the skill profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_profile_changed: Option<Stamp>,
    /// The last change of the dynamic skills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills_changed: Option<Stamp>,
}

impl Entity for Agent {
    const KIND: Kind = kinds::AGENT;
    const NAME: &'static str = "contactCenterUser";

    fn label(&self) -> String {
        match self.supervisor {
            true => "supervisor".to_owned(),
            false => "agent".to_owned(),
        }
    }
}
