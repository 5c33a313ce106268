//! Groups of people, and the licence templates of groups and of the organisation.

use serde::Deserialize;
use utoipa::ToSchema;

use super::LicenseReference;

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::Group)]
pub struct Group {
    /// Its name, unique in the organisation.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// E-mail addresses; the organisation's domain may be left out.
    #[serde(default)]
    pub members: Vec<String>,
    /// The licence template for people who come to the group later.
    pub license_template: Option<LicenseTemplate>,
}

/// The automatic licence template of an organisation or a group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = scenario::LicenseTemplate)]
pub struct LicenseTemplate {
    /// What a future user gets.
    pub licenses: Vec<LicenseReference>,
    /// Whether existing users keep what the template does not name.
    #[serde(default = "preserved")]
    pub preserve_licenses: bool,
}

fn preserved() -> bool {
    true
}
