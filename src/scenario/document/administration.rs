//! Roles that an organisation makes for itself.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::model::custom_role::Permission;

/// An administrator role of the organisation's own (ROLE-06).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::CustomRole)]
pub struct CustomRole {
    /// Its name, by which people have it: letters, digits and blanks.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it allows.
    pub permissions: Vec<Permission>,
}
