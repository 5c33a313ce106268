//! Administrator roles that an organisation makes for itself (ROLE-06).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{kinds, spaces};
use crate::world::{Entity, IndexKey, Kind, Moment};

/// What a custom role allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Permission {
    /// See users and licences, and download them as CSV.
    ViewUsersAndLicenses,
    /// Manage users and licences, import CSV files, set licence templates.
    ManageUsersAndLicenses,
    /// See licences and who has them.
    ViewLicenses,
    /// Give licences to users and take them away.
    AssignLicenses,
}

impl Permission {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::ViewUsersAndLicenses,
        Self::ManageUsersAndLicenses,
        Self::ViewLicenses,
        Self::AssignLicenses,
    ];

    /// The name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ViewUsersAndLicenses => "viewUsersAndLicenses",
            Self::ManageUsersAndLicenses => "manageUsersAndLicenses",
            Self::ViewLicenses => "viewLicenses",
            Self::AssignLicenses => "assignLicenses",
        }
    }
}

/// A role of an organisation's own. People hold it under its uuid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomRole {
    /// Whose it is.
    pub organization: Uuid,
    /// Its name, unique in the organisation.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it allows, in order and each once.
    pub permissions: Vec<Permission>,
    /// When it was made.
    pub created: Moment,
    /// When it was changed last.
    pub last_modified: Moment,
}

impl Entity for CustomRole {
    const KIND: Kind = kinds::CUSTOM_ROLE;
    const NAME: &'static str = "customRole";

    fn label(&self) -> String {
        self.name.clone()
    }

    fn index(&self, out: &mut Vec<IndexKey>) {
        let key = IndexKey::new(spaces::CUSTOM_ROLE, self.organization, &self.name);
        out.push(key);
    }
}
