//! Which users have the skills that are required.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::filter::Search;
use super::super::{SEARCHED, organization, page, users};
use crate::http::{Call, Reply};
use crate::model::number::shorten;
use crate::model::skill::{DynamicSkill, SkillValue};
use crate::refusal::Refusal;
use crate::resources::skills;
use crate::settings::family::to_value;

/// The most requirements of one request (contract).
const REQUIREMENTS_MAX: usize = 50;

/// What reading shows of a user who has what is required.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MatchingUser {
    organization_id: String,
    /// The user's own id.
    id: String,
    /// Rises with each change made in Contact Center.
    version: u32,
    first_name: String,
    last_name: String,
    email: String,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

/// What is required.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wanted {
    /// All of these.
    skill_requirements: Vec<Requirement>,
}

/// One requirement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Requirement {
    /// The skill.
    skill_id: String,
    /// `IS` or `IS_NOT`, and of a proficiency `GTE` or `LTE`, too.
    condition: String,
    /// The value that it is compared with.
    skill_value: String,
    /// Whether it is a dynamic skill; those of skill profiles are not simulated.
    #[serde(default)]
    dynamic_skill: bool,
}

/// How a value is compared.
#[derive(Debug, Clone, Copy)]
enum Condition {
    Is,
    IsNot,
    AtLeast,
    AtMost,
}

/// The conditions and their names. The contract shows `IS` and `IS_NOT` alone; the others are
/// inferred from the pages of queues, which compare proficiencies.
const CONDITIONS: [(&str, Condition); 4] = [
    ("IS", Condition::Is),
    ("IS_NOT", Condition::IsNot),
    ("GTE", Condition::AtLeast),
    ("LTE", Condition::AtMost),
];

impl Requirement {
    fn condition(&self, field: &str) -> Result<Condition, Refusal> {
        skills::check_name(&format!("{field}.skillId"), &self.skill_id)?;
        if self.skill_value.is_empty() {
            let detail = format!("{field}.skillValue must not be empty.");
            return Err(Refusal::bad_request(detail));
        }
        if !self.dynamic_skill {
            let detail = format!(
                "{field}.dynamicSkill must be true: the skills of skill profiles are not simulated."
            );
            return Err(Refusal::bad_request(detail).by("DEC-98"));
        }
        let mut known = CONDITIONS.iter();
        let found = known.find(|(name, _)| *name == self.condition);
        found.map(|(_, condition)| *condition).ok_or_else(|| {
            let names = CONDITIONS.map(|(name, _)| name).join(", ");
            let shown = shorten(&self.condition);
            let detail = format!("{field}.condition must be one of {names}, not \"{shown}\".");
            Refusal::bad_request(detail)
        })
    }

    /// Whether a user has what is required. Who has not the skill at all has it in no way.
    fn fits(&self, condition: Condition, held: &[DynamicSkill]) -> bool {
        let mut held = held.iter();
        let Some(skill) = held.find(|held| held.skill_id == self.skill_id) else {
            return false;
        };
        let levels = match (&skill.value, self.skill_value.parse::<u8>()) {
            (SkillValue::Proficiency(own), Ok(wanted)) => Some((*own, wanted)),
            _ => None,
        };
        match condition {
            Condition::Is => skill.value.is(&self.skill_value),
            Condition::IsNot => !skill.value.is(&self.skill_value),
            Condition::AtLeast => levels.is_some_and(|(own, wanted)| own >= wanted),
            Condition::AtMost => levels.is_some_and(|(own, wanted)| own <= wanted),
        }
    }
}

/// Who has what is required.
pub(super) fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let Wanted { skill_requirements } = call.json()?;
    let count = skill_requirements.len();
    if count == 0 || count > REQUIREMENTS_MAX {
        let detail =
            format!("skillRequirements must have 1 to {REQUIREMENTS_MAX} items, not {count}.");
        return Err(Refusal::bad_request(detail));
    }
    let numbered = skill_requirements.iter().enumerate();
    let conditions = numbered.map(|(position, requirement)| {
        let condition = requirement.condition(&format!("skillRequirements[{position}]"))?;
        Ok((requirement, condition))
    });
    let conditions: Vec<_> = conditions.collect::<Result<_, Refusal>>()?;
    let search = call.query("search");
    let search = search
        .map(|text| Search::parse(&text, &SEARCHED))
        .transpose()?;
    let world = call.read();
    let mut found = Vec::new();
    for user in users(&world, organization) {
        let held = &user.agent.settings.dynamic_skills;
        let mut all = conditions.iter();
        if !all.all(|(requirement, condition)| requirement.fits(*condition, held)) {
            continue;
        }
        let (first_name, last_name) = user.person.names();
        let document = to_value(&MatchingUser {
            organization_id: organization.to_string(),
            id: user.id(&world).to_string(),
            version: user.agent.version,
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: user.person.email.to_string(),
            created_time: user.person.created.0,
            last_updated_time: user.person.last_modified.0,
        })?;
        if search.as_ref().is_none_or(|search| search.fits(&document)) {
            found.push(document);
        }
    }
    page::reply(call, organization, &found)
}
