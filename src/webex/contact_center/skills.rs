//! Dynamic skills of users of Contact Center: given and taken one by one or in bulk, and who has
//! them (DEC-98).

mod matching;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::bulk::{self, BulkItem, Deed};
use super::filter::Search;
use super::page::{PAGE, PAGE_SIZE, Paged};
use super::sent::needed;
use super::write::{Said, said, set_id};
use super::{Directory, SEARCH, User, find, organization, page, users};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::licensing::contact_center::{agent, change_settings};
use crate::model::number::shorten;
use crate::model::skill::{DynamicSkill, SkillValue};
use crate::refusal::Refusal;
use crate::resources::skills;
use crate::settings::family::to_value;
use crate::world::{Tx, World, ids};

/// The most skills that one reskill gives or takes (inferred).
const RESKILL_MAX: usize = 100;
/// The columns that a search of users with a skill looks at (contract).
const SEARCHED: &[&str] = &["firstName", "lastName", "email", "value"];

/// The rows.
pub const ROWS: &[Row] = &[
    Row::patch(
        "/organization/{orgId}/user/bulk/update-dynamic-skill/{skillId}",
        update_many,
    )
    .fidelity(Fidelity::F4)
    .takes::<BulkSkills>()
    .answers::<bulk::BulkResults>()
    .status(207)
    .heavy(),
    Row::get(
        "/organization/{orgId}/user/by-dynamic-skill-id/{skillId}",
        list,
    )
    .fidelity(Fidelity::F4)
    .queries(&[SEARCH, PAGE, PAGE_SIZE])
    .answers::<Paged<SkilledUser>>()
    .walks(),
    Row::post(
        "/organization/{orgId}/user/fetch-by-skill-requirements",
        matching::list,
    )
    .fidelity(Fidelity::F4)
    .queries(&[SEARCH, PAGE, PAGE_SIZE])
    .takes::<matching::Wanted>()
    .answers::<Paged<matching::MatchingUser>>()
    .walks(),
    Row::patch("/organization/{orgId}/user/{id}/reskill", reskill)
        .fidelity(Fidelity::F4)
        .takes::<Reskill>()
        .status(204),
];

/// Many users who get or lose a skill.
#[derive(Debug, Deserialize, ToSchema)]
struct BulkSkills {
    /// Each with its user.
    items: Vec<BulkItem<SkillWrite>>,
}

/// A user and how they have a skill: one of the four values says it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
struct SkillWrite {
    /// The user's own id.
    user_id: Option<String>,
    /// The skill.
    skill_id: Option<String>,
    /// Words of a list.
    enum_skill_values: Option<Vec<String>>,
    /// A short text.
    text_value: Option<String>,
    /// Whether the user has it.
    boolean_value: Option<bool>,
    /// So well, 0 to 10.
    proficiency_value: Option<u8>,
}

impl SkillWrite {
    /// The value, of which there must be one.
    fn value(self) -> Result<SkillValue, Refusal> {
        let values = [
            self.text_value.map(SkillValue::Text),
            self.boolean_value.map(SkillValue::Boolean),
            self.proficiency_value.map(SkillValue::Proficiency),
            self.enum_skill_values.map(SkillValue::Enum),
        ];
        let mut sent = values.into_iter().flatten();
        match (sent.next(), sent.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(Refusal::bad_request(
                "Exactly one of textValue, booleanValue, proficiencyValue and enumSkillValues must \
                 be sent.",
            )),
        }
    }
}

/// What reading shows of a user with a skill.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SkilledUser {
    organization_id: String,
    /// The user's own id.
    id: String,
    first_name: String,
    last_name: String,
    email: String,
    /// How the user has the skill.
    dynamic_skill: SkillBody,
}

/// How a user has a skill.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SkillBody {
    organization_id: String,
    id: String,
    /// Rises with each change.
    version: u32,
    skill_id: String,
    /// The skill's name, where it is asked for: the one that requests give it (DEC-117).
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boolean_value: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proficiency_value: Option<u8>,
    /// The words of a list, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    enum_skill_values: Option<String>,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

impl SkillBody {
    /// The same with the skill's name.
    pub(super) fn named(self) -> Self {
        Self {
            skill_name: Some(self.skill_id.clone()),
            ..self
        }
    }

    /// How reading shows it.
    pub(super) fn of(world: &World, user: &User<'_>, skill: &DynamicSkill) -> Self {
        let name = format!("dynamicSkill/{}/{}", user.person_id, skill.skill_id);
        let value = &skill.value;
        Self {
            organization_id: user.person.organization.to_string(),
            id: ids::named(world.seed, &name).to_string(),
            version: skill.version,
            skill_id: skill.skill_id.clone(),
            skill_name: None,
            text_value: match value {
                SkillValue::Text(text) => Some(text.clone()),
                _ => None,
            },
            boolean_value: match value {
                SkillValue::Boolean(is_so) => Some(*is_so),
                _ => None,
            },
            proficiency_value: match value {
                SkillValue::Proficiency(level) => Some(*level),
                _ => None,
            },
            enum_skill_values: match value {
                SkillValue::Enum(_) => Some(value.words()),
                _ => None,
            },
            created_time: skill.created.0,
            last_updated_time: skill.last_modified.0,
        }
    }
}

/// What a user gets and loses.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Reskill {
    /// The version that was read.
    version: Option<u32>,
    /// The skill profile; null takes it away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>)]
    skill_profile_id: Said<String>,
    /// Dynamic skills.
    dynamic_skills: Option<SkillChanges>,
}

/// Dynamic skills that come and go.
#[derive(Debug, Default, Deserialize, ToSchema)]
struct SkillChanges {
    /// Those that come, or come in another way.
    #[serde(default)]
    add: Vec<SkillWrite>,
    /// Those that go.
    #[serde(default)]
    remove: Vec<String>,
}

/// A text that must be there and say something.
fn said_in(field: &str, text: Option<&String>) -> Result<String, Refusal> {
    needed(field, text.filter(|text| !text.is_empty()).cloned())
}

fn update_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let skill = call.value("skillId");
    skills::check_name("skillId", skill)?;
    let body: BulkSkills = call.json()?;
    let by = call.actor().person;
    let directory = Directory::of(&call.read(), organization);
    bulk::run(call, body.items, "user", |tx, deed, item: SkillWrite| {
        let id = said_in("item.userId", item.user_id.as_ref())?;
        if let Some(other) = item.skill_id.as_ref().filter(|other| *other != skill) {
            let detail = format!(
                "item.skillId is \"{}\", but the path names \"{}\".",
                shorten(other),
                shorten(skill)
            );
            return Err(Refusal::bad_request(detail));
        }
        let person = (directory.find(&id)?, by);
        let done = match deed {
            Deed::Delete => {
                skills::unassign(tx, person, skill)?;
                bulk::DELETED
            }
            Deed::Save => match skills::assign(tx, person, skill, item.value()?)? {
                true => bulk::CREATED,
                false => bulk::UPDATED,
            },
        };
        Ok((done, id))
    })
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let wanted = call.value("skillId");
    skills::check_name("skillId", wanted)?;
    let search = call.query("search");
    let search = search.map(|text| Search::parse(&text, SEARCHED));
    let search = search.transpose()?;
    let world = call.read();
    let mut found = Vec::new();
    for user in users(&world, organization) {
        let mut held = user.agent.settings.dynamic_skills.iter();
        let Some(skill) = held.find(|held| held.skill_id == wanted) else {
            continue;
        };
        let (first_name, last_name) = user.person.names();
        let searched = json!({"firstName": first_name, "lastName": last_name,
            "email": user.person.email.as_str(), "value": skill.value.words()});
        if search
            .as_ref()
            .is_some_and(|search| !search.fits(&searched))
        {
            continue;
        }
        found.push(to_value(&SkilledUser {
            organization_id: organization.to_string(),
            id: user.id(&world).to_string(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: user.person.email.to_string(),
            dynamic_skill: SkillBody::of(&world, &user, skill),
        })?);
    }
    page::reply(call, organization, &found)
}

fn reskill(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: Reskill = call.json()?;
    let id = call.value("id");
    let by = call.actor().person;
    call.write(|tx| change(tx, (organization, by), id, body))?;
    Ok(Reply::empty(204))
}

/// Takes, then gives, then sets the profile: all of it or nothing.
fn change(
    tx: &mut Tx,
    (organization, by): (Uuid, Option<Uuid>),
    id: &str,
    body: Reskill,
) -> Result<(), Refusal> {
    let user = find(tx, organization, id)?;
    user.check_version(body.version)?;
    let person = user.person_id;
    let SkillChanges { add, remove } = body.dynamic_skills.unwrap_or_default();
    for (field, count) in [("add", add.len()), ("remove", remove.len())] {
        if count > RESKILL_MAX {
            let detail = format!(
                "dynamicSkills.{field} must have at most {RESKILL_MAX} items, not {count}."
            );
            return Err(Refusal::bad_request(detail));
        }
    }
    for skill in &remove {
        skills::unassign(tx, (person, by), skill)?;
    }
    for (position, item) in add.into_iter().enumerate() {
        let field = format!("dynamicSkills.add[{position}]");
        let skill = said_in(&format!("{field}.skillId"), item.skill_id.as_ref())?;
        if let Some(other) = item
            .user_id
            .as_ref()
            .filter(|it| !it.eq_ignore_ascii_case(id))
        {
            let detail = format!(
                "{field}.userId is \"{}\", but the path names another user.",
                shorten(other)
            );
            return Err(Refusal::bad_request(detail));
        }
        skills::assign(tx, (person, by), &skill, item.value()?)?;
    }
    if let Some(mut settings) = agent(tx, person).map(|agent| agent.settings) {
        let profile = &mut settings.skill_profile_id;
        set_id("skillProfileId", profile, &body.skill_profile_id)?;
        change_settings(tx, person, settings, by)?;
    }
    Ok(())
}
