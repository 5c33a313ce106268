//! Dynamic skills of users of Contact Center: given, changed, taken away. Which skills there are
//! stands in no list of tier 1: a skill is whatever is named, and its first value says of which
//! type it is (DEC-98).

use uuid::Uuid;

use crate::licensing::contact_center::{agent, change_settings};
use crate::model::Agent;
use crate::model::number::shorten;
use crate::model::owned;
use crate::model::skill::{DynamicSkill, SkillValue};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The most dynamic skills of a user (inferred).
pub const SKILLS_MAX: usize = 100;
/// The longest name of a skill (inferred).
const NAME_MAX: usize = 128;
/// The longest text, and the longest word of a list.
const TEXT_MAX: usize = 100;
/// The most words of a list (inferred).
const WORDS_MAX: usize = 100;
/// The highest level.
const LEVEL_MAX: u8 = 10;

/// Refuses a name that cannot be a skill's.
///
/// # Errors
/// 400.
pub fn check_name(field: &str, skill: &str) -> Result<(), Refusal> {
    let fits =
        !skill.trim().is_empty() && skill.len() <= NAME_MAX && !skill.chars().any(char::is_control);
    if fits {
        return Ok(());
    }
    let detail = format!("{field} must name a skill in 1 to {NAME_MAX} characters.");
    Err(Refusal::bad_request(detail))
}

fn check_value(value: &SkillValue) -> Result<(), Refusal> {
    let refuse = |detail: String| Err(Refusal::bad_request(detail));
    let too_long = |text: &str| text.chars().count() > TEXT_MAX;
    match value {
        SkillValue::Text(text) if too_long(text) => refuse(format!(
            "textValue must not be longer than {TEXT_MAX} characters."
        )),
        SkillValue::Proficiency(level) if *level > LEVEL_MAX => refuse(format!(
            "proficiencyValue must be between 0 and {LEVEL_MAX}, but it is {level}."
        )),
        SkillValue::Enum(words) if words.is_empty() || words.len() > WORDS_MAX => refuse(format!(
            "enumSkillValues must have 1 to {WORDS_MAX} values, but it has {}.",
            words.len()
        )),
        SkillValue::Enum(words) if words.iter().any(|word| word.is_empty() || too_long(word)) => {
            refuse(format!(
                "enumSkillValues must have values of 1 to {TEXT_MAX} characters."
            ))
        }
        _ => Ok(()),
    }
}

/// Refuses a value of another type than the skill has with others of the organisation.
fn check_kind(
    world: &World,
    organization: Uuid,
    person: Uuid,
    skill: &str,
    value: &SkillValue,
) -> Result<(), Refusal> {
    let mut others = owned::list::<Agent>(world, organization).filter(|(id, _)| *id != person);
    let other = others.find_map(|(_, it)| {
        let mut held = it.settings.dynamic_skills.iter();
        held.find(|held| held.skill_id == skill)
    });
    match other.map(|other| other.value.kind()) {
        Some(kind) if kind != value.kind() => {
            let detail = format!(
                "The skill {} is of the type {kind}, but the value is of the type {}.",
                shorten(skill),
                value.kind()
            );
            Err(Refusal::bad_request(detail).by("DEC-98"))
        }
        _ => Ok(()),
    }
}

/// Gives a user a skill in somebody's name, or changes how they have it. Answers whether it is new
/// to them.
///
/// # Errors
/// 404 for who is no user, 400 for a value that cannot be, or one skill too many.
pub fn assign(
    tx: &mut Tx,
    (person, by): (Uuid, Option<Uuid>),
    skill: &str,
    value: SkillValue,
) -> Result<bool, Refusal> {
    let known = agent(tx, person);
    let known = known.ok_or_else(|| Refusal::not_found("User", &person.to_string()))?;
    check_name("skillId", skill)?;
    check_value(&value)?;
    check_kind(tx, known.organization, person, skill, &value)?;
    let now = tx.now();
    let mut settings = known.settings;
    let skills = &mut settings.dynamic_skills;
    let count = skills.len();
    let is_new = match skills.iter_mut().find(|held| held.skill_id == skill) {
        Some(held) if held.value == value => false,
        Some(held) => {
            held.value = value;
            held.version = held.version.saturating_add(1);
            held.last_modified = now;
            false
        }
        None if count >= SKILLS_MAX => {
            let detail = format!("A user has at most {SKILLS_MAX} dynamic skills.");
            return Err(Refusal::bad_request(detail));
        }
        None => {
            skills.push(DynamicSkill {
                skill_id: skill.to_owned(),
                value,
                version: 0,
                created: now,
                last_modified: now,
            });
            true
        }
    };
    change_settings(tx, person, settings, by)?;
    Ok(is_new)
}

/// Takes a skill from a user in somebody's name.
///
/// # Errors
/// 404 for who is no user or has not the skill.
pub fn unassign(
    tx: &mut Tx,
    (person, by): (Uuid, Option<Uuid>),
    skill: &str,
) -> Result<(), Refusal> {
    let known = agent(tx, person);
    let known = known.ok_or_else(|| Refusal::not_found("User", &person.to_string()))?;
    let mut settings = known.settings;
    let before = settings.dynamic_skills.len();
    settings
        .dynamic_skills
        .retain(|held| held.skill_id != skill);
    if settings.dynamic_skills.len() == before {
        let detail = format!("The user has no dynamic skill \"{}\".", shorten(skill));
        return Err(Refusal::new(ErrorKind::NotFound, detail).by("DEC-98"));
    }
    change_settings(tx, person, settings, by)
}
