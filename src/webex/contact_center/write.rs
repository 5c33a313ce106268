//! What administrators of Contact Center set for its users. Who they are, and by which licence and
//! role, is Control Hub's: whatever says otherwise is refused.

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;

use super::bulk::{self, BulkItem, Deed};
use super::document::{Shown, document};
use super::{Directory, User, find, organization};
use crate::http::{Call, Reply};
use crate::licensing::contact_center::change_settings;
use crate::model::agent::AgentSettings;
use crate::model::number::shorten;
use crate::refusal::Refusal;
use crate::resources::teams::{TEAMS_OF_USER_MAX, check_of_user};
use crate::resources::{contact_center_users, user_profiles};
use crate::world::{Tx, World};

/// A field that may be absent, cleared by null, or set.
pub(super) type Said<T> = Option<Option<T>>;

pub(super) fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Said<T>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// What PATCH changes; what is absent stays, null clears.
#[derive(Debug, Default, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct UserPatch {
    /// The user's own id, in a list.
    id: Option<String>,
    /// The version that was read.
    version: Option<u32>,
    /// Control Hub's: the same as it was read.
    first_name: Option<String>,
    /// Control Hub's: the same as it was read.
    last_name: Option<String>,
    /// Control Hub's: the same as it was read.
    email: Option<String>,
    /// Control Hub's: the same as it was read.
    ci_user_id: Option<String>,
    /// The user profile, of the type that licence and role ask for.
    user_profile_id: Option<String>,
    /// Control Hub's: the same as it was read.
    active: Option<bool>,
    /// Whether the desktop may be used.
    contact_center_enabled: Option<bool>,
    /// The site.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    site_id: Said<String>,
    /// Teams.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<Vec<String>>)]
    team_ids: Said<Vec<String>>,
    /// Skill profile.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    skill_profile_id: Said<String>,
    /// Desktop profile.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    agent_profile_id: Said<String>,
    /// Multimedia profile.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    multimedia_profile_id: Said<String>,
    /// The number that an agent signs in with; so spelled.
    #[serde(rename = "deafultDialledNumber", deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    default_dialled_number: Said<String>,
    /// What another system calls the user.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    external_identifier: Said<String>,
}

/// What PUT sets; what may be absent is cleared then.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserWrite {
    /// The user's own id.
    id: Option<String>,
    /// The version that was read.
    version: Option<u32>,
    /// As it was read.
    first_name: String,
    /// As it was read.
    last_name: String,
    /// As it was read.
    email: String,
    /// As it was read.
    ci_user_id: String,
    /// The user profile, of the type that licence and role ask for.
    user_profile_id: String,
    /// As it was read.
    active: bool,
    /// Whether the desktop may be used.
    contact_center_enabled: bool,
    /// The site.
    site_id: Option<String>,
    /// Teams.
    #[serde(default)]
    team_ids: Option<Vec<String>>,
    /// Skill profile.
    skill_profile_id: Option<String>,
    /// Desktop profile.
    agent_profile_id: Option<String>,
    /// Multimedia profile.
    multimedia_profile_id: Option<String>,
    /// The number that an agent signs in with; so spelled.
    #[serde(rename = "deafultDialledNumber")]
    default_dialled_number: Option<String>,
    /// What another system calls the user.
    external_identifier: Option<String>,
}

impl From<UserWrite> for UserPatch {
    fn from(all: UserWrite) -> Self {
        Self {
            id: all.id,
            version: all.version,
            first_name: Some(all.first_name),
            last_name: Some(all.last_name),
            email: Some(all.email),
            ci_user_id: Some(all.ci_user_id),
            user_profile_id: Some(all.user_profile_id),
            active: Some(all.active),
            contact_center_enabled: Some(all.contact_center_enabled),
            site_id: Some(all.site_id),
            team_ids: Some(all.team_ids),
            skill_profile_id: Some(all.skill_profile_id),
            agent_profile_id: Some(all.agent_profile_id),
            multimedia_profile_id: Some(all.multimedia_profile_id),
            default_dialled_number: Some(all.default_dialled_number),
            external_identifier: Some(all.external_identifier),
        }
    }
}

fn uuid(name: &str, text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| {
        let detail = format!("{name}: \"{}\" is not a uuid.", shorten(text));
        Refusal::bad_request(detail)
    })
}

/// Sets or clears an id that a request says something about.
pub(super) fn set_id(
    name: &str,
    target: &mut Option<Uuid>,
    value: &Said<String>,
) -> Result<(), Refusal> {
    if let Some(value) = value {
        let value = value.as_deref().filter(|text| !text.is_empty());
        *target = value.map(|text| uuid(name, text)).transpose()?;
    }
    Ok(())
}

fn set_text(name: &str, target: &mut Option<String>, value: Said<String>) -> Result<(), Refusal> {
    if let Some(value) = value {
        contact_center_users::check_text(name, value.as_deref().unwrap_or_default())?;
        *target = value.filter(|text| !text.is_empty());
    }
    Ok(())
}

impl UserPatch {
    /// Refuses another version than the present one, and what is Control Hub's to change.
    fn check(&self, world: &World, user: &User<'_>) -> Result<(), Refusal> {
        user.check_version(self.version)?;
        let (first_name, last_name) = user.person.names();
        let own = [
            ("id", &self.id, user.id(world).to_string()),
            ("firstName", &self.first_name, first_name.to_owned()),
            ("lastName", &self.last_name, last_name.to_owned()),
            ("email", &self.email, user.person.email.to_string()),
            ("ciUserId", &self.ci_user_id, user.person_id.to_string()),
        ];
        let differs = |sent: &Option<String>, own: &str| {
            sent.as_deref()
                .is_some_and(|sent| !sent.eq_ignore_ascii_case(own))
        };
        let other = own.iter().find(|(_, sent, own)| differs(sent, own));
        let other = other.map(|(name, ..)| *name);
        let is_other = self
            .active
            .is_some_and(|active| active != user.person.login_enabled);
        match other.or(is_other.then_some("active")) {
            None => Ok(()),
            Some(name) => {
                let detail = format!(
                    "{name} is changed in Control Hub only (licenses, roles and the Users page)."
                );
                Err(Refusal::bad_request(detail))
            }
        }
    }

    fn apply(self, settings: &mut AgentSettings) -> Result<(), Refusal> {
        settings.is_disabled = match self.contact_center_enabled {
            Some(enabled) => !enabled,
            None => settings.is_disabled,
        };
        set_id("siteId", &mut settings.site_id, &self.site_id)?;
        set_id(
            "skillProfileId",
            &mut settings.skill_profile_id,
            &self.skill_profile_id,
        )?;
        set_id(
            "agentProfileId",
            &mut settings.agent_profile_id,
            &self.agent_profile_id,
        )?;
        let multimedia = &mut settings.multimedia_profile_id;
        set_id(
            "multimediaProfileId",
            multimedia,
            &self.multimedia_profile_id,
        )?;
        if let Some(ids) = self.team_ids {
            let ids = ids.unwrap_or_default();
            if ids.len() > TEAMS_OF_USER_MAX {
                let detail = format!("teamIds must name at most {TEAMS_OF_USER_MAX} teams.");
                return Err(Refusal::bad_request(detail));
            }
            let ids = ids.iter().map(|text| uuid("teamIds", text));
            settings.team_ids = ids.collect::<Result<_, _>>()?;
        }
        let dialled = &mut settings.default_dialled_number;
        set_text("deafultDialledNumber", dialled, self.default_dialled_number)?;
        set_text(
            "externalIdentifier",
            &mut settings.external_identifier,
            self.external_identifier,
        )
    }
}

/// The profile that a user is to have; none for the one that comes by itself.
fn chosen(world: &World, user: &User<'_>, text: &str) -> Result<Option<Uuid>, Refusal> {
    let id = uuid("userProfileId", text)?;
    if id == user.profile_id(world) {
        return Ok(user.agent.settings.user_profile_id);
    }
    let kind = user.profile_type(world);
    user_profiles::choose(world, user.person.organization, kind, id)
}

/// Changes the user that a person is; somebody does it.
fn change(
    tx: &mut Tx,
    (person, by): (Uuid, Option<Uuid>),
    patch: UserPatch,
) -> Result<(), Refusal> {
    let user = User::of(tx, person);
    let user = user.ok_or_else(|| Refusal::not_found("User", &person.to_string()))?;
    patch.check(tx, &user)?;
    let profile = patch.user_profile_id.as_deref();
    let profile = profile.map(|text| chosen(tx, &user, text)).transpose()?;
    let organization = user.person.organization;
    let mut settings = user.agent.settings;
    if let Some(profile) = profile {
        settings.user_profile_id = profile;
    }
    let before = settings.team_ids.clone();
    patch.apply(&mut settings)?;
    if settings.team_ids != before {
        check_of_user(tx, organization, &settings.team_ids)?;
    }
    change_settings(tx, person, settings, by)
}

fn change_one(call: &Call<'_>, patch: UserPatch) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let by = call.actor().person;
    let id = call.value("id");
    let document = call.write(|tx| {
        let person = find(tx, organization, id)?.person_id;
        change(tx, (person, by), patch)?;
        document(tx, &find(tx, organization, id)?, &Shown::default())
    })?;
    Reply::json(200, &document)
}

/// PUT of a user.
pub(super) fn replace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call.json::<UserWrite>()?;
    change_one(call, body.into())
}

/// PATCH of a user.
pub(super) fn patch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call.json::<UserPatch>()?;
    change_one(call, body)
}

/// Many changes.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BulkPatch {
    items: Vec<BulkItem<UserPatch>>,
}

/// PATCH of many users: each is done or refused for itself.
pub(super) fn patch_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let by = call.actor().person;
    let body = call.json::<BulkPatch>()?;
    let directory = Directory::of(&call.read(), organization);
    bulk::run(call, body.items, "user", |tx, deed, item: UserPatch| {
        if deed == Deed::Delete {
            let detail = "requestAction: users are not deleted here; it must be SAVE.";
            return Err(Refusal::bad_request(detail));
        }
        let id = item.id.clone();
        let id = id.ok_or_else(|| Refusal::bad_request("item.id must name the user."))?;
        change(tx, (directory.find(&id)?, by), item)?;
        Ok((bulk::UPDATED, id))
    })
}
