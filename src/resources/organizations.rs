//! Organisations: creation, and the settings an administrator makes for everybody.

mod deletion;

use std::collections::BTreeSet;

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::people::texts::{language_of_people, language_wrong};
use super::text::checked;
use crate::model::Organization;
use crate::model::feature_access::FeatureChange;
use crate::model::organization::OrganizationSettings;
use crate::refusal::Refusal;
use crate::world::{Tx, World};

pub use deletion::delete;

/// Longest display name.
const NAME_MAX: usize = 256;
/// Attributes that may be required of everybody.
const REQUIRABLE: &[&str] = &["title", "department", "manager", "firstName", "lastName"];

/// How long people who were deactivated may be kept (STAT-04).
const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 30..=90;

/// Creates an organisation.
///
/// # Errors
/// 400 for a name that is empty or too long.
pub fn create(tx: &mut Tx, organization: Organization) -> Result<Uuid, Refusal> {
    let name = checked("displayName", &organization.name, NAME_MAX)?;
    let id = tx.new_id::<Organization>();
    tx.put(
        id,
        Organization {
            name,
            ..organization
        },
    )?;
    Ok(id)
}

/// Changes an organisation's name, and the language of its users if one is named.
///
/// # Errors
/// 404, 400 for a name that is empty or too long, and for a language that is none.
pub fn rename(tx: &mut Tx, id: Uuid, name: &str, speaks: Option<&str>) -> Result<(), Refusal> {
    settings(tx, id)?;
    let name = checked("displayName", name, NAME_MAX)?;
    let speaks = speaks.map(language_of_people);
    let speaks = speaks.transpose()?;
    let now = tx.now();
    tx.update::<Organization>(id, |organization| {
        organization.name = name;
        organization.preferred_language = speaks.or(organization.preferred_language.take());
        organization.modified = Some(now);
    })?;
    Ok(())
}

/// What is wrong with the language of an organisation that comes from outside.
fn wrong(organization: &Organization) -> Option<Refusal> {
    language_wrong(organization.preferred_language.as_deref()?)
}

/// An organisation.
///
/// # Errors
/// 404.
pub fn get(world: &World, id: Uuid) -> Result<&Organization, Refusal> {
    let found = world.get::<Organization>(id);
    found.ok_or_else(|| Refusal::not_found("Organization", &id.to_string()))
}

/// Changes which call settings people may change where nothing else is set for them.
///
/// # Errors
/// 404.
pub fn change_feature_access(tx: &mut Tx, id: Uuid, change: FeatureChange) -> Result<(), Refusal> {
    get(tx, id)?;
    tx.update::<Organization>(id, |organization| {
        organization.feature_access.apply(change);
    })?;
    Ok(())
}

/// What an administrator may change. What is absent stays.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SettingsChange {
    /// Whether new people get a welcome e-mail.
    pub automated_emails: Option<bool>,
    /// Attributes every person must have.
    pub required_user_attributes: Option<Vec<String>>,
    /// Whether people come from a directory.
    pub directory_synchronized: Option<bool>,
    /// Domains the organisation has verified.
    pub verified_domains: Option<Vec<String>>,
    /// How many days somebody who was deactivated is kept, 30 to 90.
    pub inactive_user_retention_days: Option<u32>,
    /// Whether people who change groups keep the licences that they had.
    pub preserve_licenses_between_groups: Option<bool>,
}

/// An organisation's settings.
///
/// # Errors
/// 404.
pub fn settings(world: &World, id: Uuid) -> Result<&OrganizationSettings, Refusal> {
    get(world, id).map(|organization| &organization.settings)
}

/// Changes an organisation's settings.
///
/// # Errors
/// 404, 400 for an attribute that cannot be required or a domain that is none.
pub fn change_settings(tx: &mut Tx, id: Uuid, change: SettingsChange) -> Result<(), Refusal> {
    let settings = changed(settings(tx, id)?.clone(), change)?;
    tx.update::<Organization>(id, |organization| organization.settings = settings)?;
    Ok(())
}

/// Refuses what nobody could have said of an organisation.
pub(super) fn bounds(kept: &Organization) -> Result<(), Refusal> {
    checked("displayName", &kept.name, NAME_MAX)?;
    wrong(kept).map_or(Ok(()), Err)?;
    let settings = &kept.settings;
    let said = SettingsChange {
        required_user_attributes: Some(settings.required_user_attributes.clone()),
        verified_domains: Some(settings.verified_domains.clone()),
        inactive_user_retention_days: Some(settings.inactive_user_retention_days),
        ..SettingsChange::default()
    };
    changed(settings.clone(), said).map(drop)
}

/// Settings with a change.
fn changed(
    mut settings: OrganizationSettings,
    change: SettingsChange,
) -> Result<OrganizationSettings, Refusal> {
    for name in change.required_user_attributes.iter().flatten() {
        if !REQUIRABLE.contains(&name.as_str()) {
            let shown = crate::model::number::shorten(name);
            let known = REQUIRABLE.join(", ");
            let detail = format!("requiredUserAttributes: \"{shown}\" is none of {known}.");
            return Err(Refusal::bad_request(detail));
        }
    }
    for domain in change.verified_domains.iter().flatten() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if domain.len() > 253 || !domain.contains('.') || !domain.chars().all(plain) {
            let shown = crate::model::number::shorten(domain);
            let detail = format!("verifiedDomains: \"{shown}\" is not a domain.");
            return Err(Refusal::bad_request(detail));
        }
    }
    if let Some(days) = change.inactive_user_retention_days {
        if !RETENTION_DAYS.contains(&days) {
            let detail = format!("inactiveUserRetentionDays must be 30 to 90, not {days}.");
            return Err(Refusal::bad_request(detail).by("STAT-04"));
        }
        settings.inactive_user_retention_days = days;
    }
    settings.automated_emails = change.automated_emails.unwrap_or(settings.automated_emails);
    settings.directory_synchronized = change
        .directory_synchronized
        .unwrap_or(settings.directory_synchronized);
    settings.preserve_licenses_between_groups = change
        .preserve_licenses_between_groups
        .unwrap_or(settings.preserve_licenses_between_groups);
    if let Some(mut names) = change.required_user_attributes {
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        settings.required_user_attributes = names;
    }
    if let Some(domains) = change.verified_domains {
        settings.verified_domains = domains.iter().map(|d| d.to_lowercase()).collect();
    }
    Ok(settings)
}
