//! A user profile of Contact Center: what users of it may do and see there
//! (`UserProfileGranularAccessDTO` of its documents).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// What a profile is for. It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProfileType {
    /// Administrators.
    Administrator,
    /// Administrators who are no agents.
    AdministratorOnly,
    /// Supervisors.
    Supervisor,
    /// Agents with Premium.
    PremiumAgent,
    /// Agents with Standard.
    StandardAgent,
    /// Administrators of Analyzer.
    AnalyzerAdministrator,
    /// Supervisors in Analyzer.
    AnalyzerSupervisor,
    /// Users of Analyzer.
    AnalyzerUser,
}

impl ProfileType {
    /// The name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "ADMINISTRATOR",
            Self::AdministratorOnly => "ADMINISTRATOR_ONLY",
            Self::Supervisor => "SUPERVISOR",
            Self::PremiumAgent => "PREMIUM_AGENT",
            Self::StandardAgent => "STANDARD_AGENT",
            Self::AnalyzerAdministrator => "ANALYZER_ADMINISTRATOR",
            Self::AnalyzerSupervisor => "ANALYZER_SUPERVISOR",
            Self::AnalyzerUser => "ANALYZER_USER",
        }
    }
}

/// How much may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AccessLevel {
    /// What is named.
    Specific,
    /// Everything.
    All,
    /// What the organisation was set up with.
    ProvisionedValue,
    /// Nothing.
    None,
}

impl AccessLevel {
    /// The name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Specific => "SPECIFIC",
            Self::All => "ALL",
            Self::ProvisionedValue => "PROVISIONED_VALUE",
            Self::None => "NONE",
        }
    }
}

/// What may be done with a part of Contact Center.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Access {
    /// Read and write.
    Edit,
    /// Read.
    View,
    /// Nothing.
    None,
    /// It is on.
    Enabled,
    /// It is off.
    Disabled,
}

/// A permission of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Permission {
    /// Of which part, such as `team`.
    pub name: String,
    /// What may be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
}

/// The resources of a kind that may be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    /// The kind, such as `team`.
    pub name: String,
    /// How many of them.
    pub access_level: AccessLevel,
    /// Which, where it is `SPECIFIC`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

/// A resource collection that a profile names. Collections are no objects of the simulator: what
/// was said of them is kept with the profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourceCollection {
    /// The collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resources>,
}

/// A profile that an administrator made. The four that every organisation has are stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    /// The organisation.
    pub organization: Uuid,
    /// The name, which no other profile of the organisation has.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whom it is for.
    pub profile_type: ProfileType,
    /// Whether users can have it.
    pub active: bool,
    /// Which permissions it gives.
    pub permission_access_level: AccessLevel,
    /// Which resources it opens.
    pub resource_access_level: AccessLevel,
    /// The permissions, where they are specific.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<Permission>,
    /// Folders of reports that may be changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editable_folder_ids: Vec<i32>,
    /// Folders of reports that may be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub viewable_folder_ids: Vec<i32>,
    /// Folders of reports that are shut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub non_viewable_folder_ids: Vec<i32>,
    /// The collection that counts unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_resource_collection_id: Option<String>,
    /// The collections, where resources are specific.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_collections: Vec<ResourceCollection>,
    /// Rises with each change.
    pub version: u32,
    /// When it was made.
    pub created: Moment,
    /// When it was changed.
    pub last_modified: Moment,
}

impl UserProfile {
    /// A profile that is on, gives every permission and opens everything.
    #[must_use]
    pub fn new(organization: Uuid, name: String, profile_type: ProfileType) -> Self {
        Self {
            organization,
            name,
            description: None,
            profile_type,
            active: true,
            permission_access_level: AccessLevel::All,
            resource_access_level: AccessLevel::All,
            permissions: Vec::new(),
            editable_folder_ids: Vec::new(),
            viewable_folder_ids: Vec::new(),
            non_viewable_folder_ids: Vec::new(),
            default_resource_collection_id: None,
            resource_collections: Vec::new(),
            version: 0,
            created: Moment(0),
            last_modified: Moment(0),
        }
    }
}

impl Entity for UserProfile {
    const KIND: Kind = kinds::USER_PROFILE;
    const NAME: &'static str = "userProfile";

    fn label(&self) -> String {
        self.name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let key = IndexKey::new(spaces::USER_PROFILE, self.organization, &self.name);
        out.push(key);
    }
}
