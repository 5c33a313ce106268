//! A user of Contact Center as its API shows one (`UserResponseDTO`).

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::User;
use super::profiles;
use super::skills::SkillBody;
use crate::model::E164;
use crate::refusal::{ErrorKind, Refusal};
use crate::world::World;

/// A user.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserBody {
    /// The organisation.
    organization_id: String,
    /// The user's own id.
    id: String,
    /// Rises with each change made in Contact Center.
    version: u32,
    first_name: String,
    last_name: String,
    email: String,
    /// The Calling number.
    #[serde(skip_serializing_if = "Option::is_none")]
    work_phone: Option<String>,
    /// The person in Control Hub.
    ci_user_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<String>,
    /// The profile: of the role, or one that was chosen.
    user_profile_id: String,
    /// Its type, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_profile_type: Option<&'static str>,
    contact_center_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<String>,
    team_ids: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_profile_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_profile_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multimedia_profile_id: Option<String>,
    /// So spelled.
    #[serde(
        rename = "deafultDialledNumber",
        skip_serializing_if = "Option::is_none"
    )]
    default_dialled_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_identifier: Option<String>,
    /// The dynamic skills.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dynamic_skills: Vec<SkillBody>,
    /// Whether the person may sign in.
    active: bool,
    /// The profile, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    user_profile_data: Option<Value>,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

/// The document of a user, with the profile where it is asked for.
pub(super) fn document(world: &World, user: &User<'_>, profile: bool) -> Result<Value, Refusal> {
    let person = user.person;
    let settings = &user.agent.settings;
    let text = |id: Option<uuid::Uuid>| id.map(|id| id.to_string());
    let number = person
        .calling
        .as_ref()
        .and_then(|calling| calling.number.as_ref());
    let (first_name, last_name) = person.names();
    let body = UserBody {
        organization_id: person.organization.to_string(),
        id: user.id(world).to_string(),
        version: user.agent.version,
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        email: person.email.to_string(),
        work_phone: number.map(E164::to_string),
        ci_user_id: user.person_id.to_string(),
        timezone: person.time_zone.clone(),
        user_profile_id: user.profile_id(world).to_string(),
        user_profile_type: None,
        contact_center_enabled: !settings.is_disabled,
        site_id: text(settings.site_id),
        team_ids: settings.team_ids.iter().map(ToString::to_string).collect(),
        skill_profile_id: text(settings.skill_profile_id),
        agent_profile_id: text(settings.agent_profile_id),
        multimedia_profile_id: text(settings.multimedia_profile_id),
        default_dialled_number: settings.default_dialled_number.clone(),
        external_identifier: settings.external_identifier.clone(),
        dynamic_skills: settings
            .dynamic_skills
            .iter()
            .map(|skill| SkillBody::of(world, user, skill))
            .collect(),
        active: person.login_enabled,
        user_profile_data: match profile {
            true => Some(profiles::of_user(world, user)),
            false => None,
        },
        created_time: person.created.0,
        last_updated_time: person.last_modified.0,
    };
    let written = serde_json::to_value(&body);
    written.map_err(|error| Refusal::new(ErrorKind::Internal, error.to_string()))
}
