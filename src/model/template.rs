//! Automatic licence templates.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kinds;
use crate::world::{Entity, Kind};

/// The licences that people get by themselves. It stands under the organisation's id, or under the
/// id of the group it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseTemplate {
    /// Whose it is.
    pub organization: Uuid,
    /// The group whose members get them; everybody of the organisation when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Uuid>,
    /// The licences, in the order they were named.
    pub licenses: Vec<Uuid>,
    /// The choice of the last save (TMPL-04).
    pub preserve_licenses: bool,
    /// Whether the last save was for the people of today, too. That is never shown as a setting
    /// (TMPL-03), but the report must know whether anybody was to give up a licence.
    #[serde(default)]
    pub existing_users: bool,
}

impl Entity for LicenseTemplate {
    const KIND: Kind = kinds::TEMPLATE;
    const NAME: &'static str = "licenseTemplate";
    const TELLING: u8 = 8;

    fn label(&self) -> String {
        "licence template".to_owned()
    }
}
