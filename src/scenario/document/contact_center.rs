//! Contact Center: user profiles and teams, and what is set for its users. Sites, skill profiles,
//! desktop profiles, multimedia profiles and layouts are no objects of the simulator: a scenario
//! gives the id of one, or a word that stands for an id (DEC-120).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::model::team::{TeamStatus, TeamType};
use crate::model::user_profile::{Access, AccessLevel, ProfileType};

/// What Contact Center has of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::ContactCenter)]
pub struct ContactCenter {
    /// User profiles beside the four that every organisation has.
    #[serde(default)]
    pub user_profiles: Vec<UserProfile>,
    /// Teams.
    #[serde(default)]
    pub teams: Vec<Team>,
}

/// A user profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::UserProfile)]
pub struct UserProfile {
    /// Its name, unique in the organisation.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whom it is for; never changed.
    pub profile_type: ProfileType,
    /// Whether users can have it; they can where it is not said.
    pub active: Option<bool>,
    /// Which permissions it gives; those of `permissions` where it names some, else all.
    pub permission_access_level: Option<AccessLevel>,
    /// Which resources it opens; those of `resourceCollections` where it names some, else all.
    pub resource_access_level: Option<AccessLevel>,
    /// What may be done with which part, such as `team: VIEW`.
    pub permissions: Option<BTreeMap<String, Access>>,
    /// Folders of reports that may be changed.
    pub editable_folder_ids: Option<Vec<i32>>,
    /// Folders of reports that may be read.
    pub viewable_folder_ids: Option<Vec<i32>>,
    /// Folders of reports that are shut.
    pub non_viewable_folder_ids: Option<Vec<i32>>,
    /// The collection that counts unless another is named.
    pub default_resource_collection_id: Option<String>,
    /// The collections, where resources are specific.
    pub resource_collections: Option<Vec<Collection>>,
}

/// A resource collection of a user profile.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Collection)]
pub struct Collection {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// How many of each kind of resource may be reached, such as `team: ALL`.
    #[serde(default)]
    pub resources: BTreeMap<String, AccessLevel>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Team)]
pub struct Team {
    /// Its name, unique in the site.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether agents are in it; they are where it is not said. Never changed.
    pub team_type: Option<TeamType>,
    /// Whether it takes contacts; it does where it is not said.
    pub team_status: Option<TeamStatus>,
    /// Whether it is used; it is where it is not said.
    pub active: Option<bool>,
    /// The site, by id or a word that stands for it; `Main` where it is not said.
    pub site: Option<String>,
    /// Where calls for a team of capacity go.
    pub dialed_number: Option<String>,
    /// How many contacts a team of capacity takes at a time.
    pub capacity: Option<u32>,
    /// The layout of the desktop, by id or a word that stands for it.
    pub desktop_layout: Option<String>,
    /// Skill profile, by id or a word that stands for it.
    pub skill_profile: Option<String>,
    /// Multimedia profile, by id or a word that stands for it.
    pub multimedia_profile: Option<String>,
    /// Whether queues are ranked for it; they are not where it is not said.
    pub rank_queues_for_team: Option<bool>,
    /// E-mail addresses of users; the organisation's domain may be left out.
    #[serde(default)]
    pub members: Vec<String>,
}

/// What is set for a user of Contact Center.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::AgentSettings)]
pub struct AgentSettings {
    /// Whether the desktop may be used; it may where it is not said.
    pub enabled: Option<bool>,
    /// The name of a user profile, of the type that licence and role ask for.
    pub user_profile: Option<String>,
    /// The site, by id or a word that stands for it.
    pub site: Option<String>,
    /// Skill profile, by id or a word that stands for it.
    pub skill_profile: Option<String>,
    /// Desktop profile, by id or a word that stands for it.
    pub desktop_profile: Option<String>,
    /// Multimedia profile, by id or a word that stands for it.
    pub multimedia_profile: Option<String>,
    /// The number that an agent signs in with.
    pub default_dialed_number: Option<String>,
    /// What another system calls the user.
    pub external_identifier: Option<String>,
    /// Dynamic skills, each with a level (0 to 10), true or false, a text, or a list of words.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Object>)]
    pub skills: BTreeMap<String, Value>,
}
