//! A user of Contact Center as its API shows one (`UserResponseDTO`).

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::User;
use super::filter::Fields;
use super::listing::{Lists, Offer};
use super::profiles::{self, ProfileBody};
use super::skills::SkillBody;
use super::{AUDIT, DETAILS, LIMIT, PROFILE_AUDIT, QUEUES, WITH_PROFILE, WITH_TYPE};
use crate::http::Call;
use crate::model::agent::Stamp;
use crate::model::{E164, Person};
use crate::refusal::Refusal;
use crate::resources::skills::SKILLS_MAX;
use crate::settings::family::to_value;
use crate::world::World;

/// The columns that searches of users look at (contract).
pub(super) const SEARCHED: [&str; 3] = ["firstName", "lastName", "email"];

/// The fields by which users are not filtered: the contract's own, and what is shown of a user only
/// where a call asks for it (inferred).
const UNFILTERED: [&str; 12] = [
    "organizationId",
    "xspVersion",
    "createdTime",
    "lastUpdatedTime",
    "userProfileType",
    "userProfileData",
    "userProfileGranularAccessData",
    "skillProfileUpdatedBy",
    "skillProfileUpdatedTime",
    "dynamicSkillsUpdatedBy",
    "dynamicSkillsUpdatedTime",
    "dynamicSkillsLimitReached",
];

/// What lists of users let their callers ask for.
pub(super) const OFFER: Offer = Offer {
    fields: || Fields::of::<UserBody>(&UNFILTERED),
    searched: &SEARCHED,
    lists: Lists::Shown,
};

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
    /// The same as the second version of the API shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_profile_granular_access_data: Option<ProfileBody>,
    /// In how many queues the user is, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    queues_count: Option<QueuesCount>,
    /// Who changed the skill profile, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_profile_updated_by: Option<String>,
    /// Milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_profile_updated_time: Option<i64>,
    /// The name of who changed dynamic skills, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    dynamic_skills_updated_by: Option<String>,
    /// Milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    dynamic_skills_updated_time: Option<i64>,
    /// Whether the user has as many dynamic skills as there may be, where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    dynamic_skills_limit_reached: Option<bool>,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

/// In how many queues a user is. Queues are not simulated, so nobody is in one (DEC-115).
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QueuesCount {
    team_based: u32,
    skill_based: u32,
    agent_based: u32,
}

/// What is shown of a user that is not shown always: the query parameters that ask for it.
#[derive(Debug, Default)]
pub(super) struct Shown {
    asked: Vec<&'static str>,
    /// Whether a profile is shown as the second version of the API does.
    is_granular: bool,
}

impl Shown {
    /// What a call asks for.
    pub(super) fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let mut asked = Vec::new();
        for (name, _) in call.operation.queries {
            let is_extra = EXTRAS.contains(name);
            if is_extra && call.query_bool(name)? == Some(true) {
                asked.push(*name);
            }
        }
        Ok(Self {
            asked,
            is_granular: false,
        })
    }

    /// The profile alone.
    pub(super) fn profile() -> Self {
        Self {
            asked: vec![WITH_PROFILE.0],
            is_granular: false,
        }
    }

    /// The same, with a profile as the second version of the API shows it.
    pub(super) fn granular(self) -> Self {
        Self {
            is_granular: true,
            ..self
        }
    }

    fn has(&self, extra: (&str, &str)) -> bool {
        self.asked.contains(&extra.0)
    }
}

/// What may be asked for.
const EXTRAS: [&str; 7] = [
    AUDIT.0,
    DETAILS.0,
    LIMIT.0,
    PROFILE_AUDIT.0,
    QUEUES.0,
    WITH_PROFILE.0,
    WITH_TYPE.0,
];

/// The last changes of the skill profile and of dynamic skills, where they are asked for.
fn changes(user: &User<'_>, shown: &Shown) -> (Option<Stamp>, Option<Stamp>) {
    let of_skills = shown.has(AUDIT);
    let of_profile = of_skills || shown.has(PROFILE_AUDIT);
    let agent = &user.agent;
    (
        agent.skill_profile_changed.filter(|_| of_profile),
        agent.skills_changed.filter(|_| of_skills),
    )
}

/// The document of a user, with what is asked for.
pub(super) fn document(world: &World, user: &User<'_>, shown: &Shown) -> Result<Value, Refusal> {
    let (profile_changed, skills_changed) = changes(user, shown);
    let person_of = |stamp: Option<Stamp>| stamp?.by;
    let name = |id| Some(world.get::<Person>(id)?.display_name.clone());
    let has_profile = shown.has(WITH_PROFILE);
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
        user_profile_type: shown
            .has(WITH_TYPE)
            .then(|| user.profile_type(world).name()),
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
            .map(|skill| {
                if shown.has(DETAILS) {
                    skill.named()
                } else {
                    skill
                }
            })
            .collect(),
        active: person.login_enabled,
        user_profile_data: (has_profile && !shown.is_granular)
            .then(|| profiles::of_user(world, user)),
        user_profile_granular_access_data: match has_profile && shown.is_granular {
            true => profiles::granular_of_user(world, user),
            false => None,
        },
        queues_count: shown.has(QUEUES).then(QueuesCount::default),
        skill_profile_updated_by: person_of(profile_changed).map(|id| id.to_string()),
        skill_profile_updated_time: profile_changed.map(|stamp| stamp.at.0),
        dynamic_skills_updated_by: person_of(skills_changed).and_then(name),
        dynamic_skills_updated_time: skills_changed.map(|stamp| stamp.at.0),
        dynamic_skills_limit_reached: shown
            .has(LIMIT)
            .then_some(settings.dynamic_skills.len() >= SKILLS_MAX),
        created_time: person.created.0,
        last_updated_time: person.last_modified.0,
    };
    to_value(&body)
}
