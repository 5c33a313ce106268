//! Management > Organization settings.

use super::organization;
use crate::http::{Call, Reply, Row};
use crate::model::organization::OrganizationSettings;
use crate::refusal::Refusal;
use crate::resources::organizations::{self, SettingsChange};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/_hub/v1/organizations/{org}/settings", get)
        .named("getOrganizationSettings", "Organization settings")
        .answers::<OrganizationSettings>(),
    Row::patch("/_hub/v1/organizations/{org}/settings", change)
        .named("changeOrganizationSettings", "Change organization settings")
        .takes::<SettingsChange>()
        .answers::<OrganizationSettings>(),
];

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    Reply::json(
        200,
        organizations::settings(&call.tenant.sandbox.peek(), organization)?,
    )
}

fn change(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: SettingsChange = call.json()?;
    call.write(|tx| organizations::change_settings(tx, organization, body))?;
    get(call)
}
