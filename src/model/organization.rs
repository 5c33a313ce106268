//! Organisations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::feature_access::FeatureAccess;
use super::kinds;
use crate::world::{Entity, Kind, Moment, World};

/// A customer organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The display name.
    pub name: String,
    /// When it was created.
    pub created: Moment,
    /// Two letters, ISO 3166.
    pub country: String,
    /// The organisation's own settings.
    #[serde(default)]
    pub settings: OrganizationSettings,
    /// Whether it is a partner, who manages customers in Partner Hub.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_partner: bool,
    /// The partner that manages it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managed_by: Option<Uuid>,
    /// The language of users who are created without one, such as `en_US`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<String>,
    /// When name or language were changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Moment>,
    /// Which call settings people may change where nothing else is set for them.
    #[serde(default, skip_serializing_if = "FeatureAccess::is_empty")]
    pub feature_access: FeatureAccess,
    /// Sound files that were uploaded for callers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announcements: Vec<Announcement>,
}

impl Organization {
    /// An organisation with the settings that each begins with.
    #[must_use]
    pub fn new(name: String, country: String, created: Moment) -> Self {
        Self {
            name,
            created,
            country,
            settings: OrganizationSettings::default(),
            is_partner: false,
            managed_by: None,
            preferred_language: None,
            modified: None,
            feature_access: FeatureAccess::default(),
            announcements: Vec::new(),
        }
    }
}

/// A sound file that was uploaded for callers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Its id.
    pub id: Uuid,
    /// Its name, unique beside those of the same location or of the organisation.
    pub file_name: String,
    /// The location that it belongs to; otherwise it is the whole organisation's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Uuid>,
}

/// Whether a partner manages an organisation (PKG-01).
#[must_use]
pub fn manages(world: &World, partner: Uuid, customer: Uuid) -> bool {
    let customer = world.get::<Organization>(customer);
    customer.is_some_and(|customer| customer.managed_by == Some(partner))
}

/// What an administrator sets for the whole organisation (ADD-02, 03, 06, 08, CSV-26,
/// STAT-04).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OrganizationSettings {
    /// Whether new people get a welcome e-mail.
    pub automated_emails: bool,
    /// Attributes every person must have.
    pub required_user_attributes: Vec<String>,
    /// Whether people come from a directory.
    pub directory_synchronized: bool,
    /// Domains the organisation has verified.
    pub verified_domains: Vec<String>,
    /// How many days somebody who was deactivated is kept, 30 to 90 (STAT-04).
    pub inactive_user_retention_days: u32,
    /// Whether people who change groups keep the licences that they had (TMPL-12).
    pub preserve_licenses_between_groups: bool,
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        Self {
            automated_emails: true,
            required_user_attributes: Vec::new(),
            directory_synchronized: false,
            verified_domains: Vec::new(),
            inactive_user_retention_days: 30,
            preserve_licenses_between_groups: true,
        }
    }
}

impl Entity for Organization {
    const KIND: Kind = kinds::ORGANIZATION;
    const NAME: &'static str = "organization";
    const TELLING: u8 = 5;

    fn label(&self) -> String {
        self.name.clone()
    }
}
