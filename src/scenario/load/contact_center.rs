//! Contact Center: user profiles, teams with who is in them, and what is set for users.

use serde_json::Value;
use uuid::Uuid;

use super::groups::people;
use super::names::{Found, Kind};
use super::{Failures, Site, nowhere};
use crate::licensing::contact_center::{change_settings, profile_type};
use crate::model::agent::{Agent, AgentSettings, Known};
use crate::model::skill::SkillValue;
use crate::model::team::{Team, TeamStatus, TeamType};
use crate::model::user_profile::{AccessLevel, Permission, ResourceCollection, Resources};
use crate::model::{Holder, Person, UserProfile, spaces};
use crate::refusal::Refusal;
use crate::resources::{contact_center_users, skills, teams, user_profiles};
use crate::scenario::document;
use crate::world::{Moment, Tx, World, ids};

/// The site of teams that name none.
const SITE: &str = "Main";

/// Sets up what Contact Center has of its own, and then its users.
pub(super) fn staff(tx: &mut Tx, site: &mut Site<'_>, failures: &mut Failures) {
    let all = &site.organization.contact_center.user_profiles;
    let path = failures.at("contactCenter.userProfiles");
    for (path, wanted) in failures.once("user profile", &path, all, ("name", |it| it.name.clone()))
    {
        let outcome = tx.attempt(|tx| profile(tx, site.id, wanted));
        if failures.take(&path, outcome).is_none() {
            site.names.fail(Kind::UserProfile, &wanted.name);
        }
    }
    let all = &site.organization.contact_center.teams;
    let path = failures.at("contactCenter.teams");
    for (path, wanted) in failures.once("team", &path, all, ("name", title)) {
        let outcome = tx.attempt(|tx| team(tx, site.id, wanted));
        if let Some(id) = failures.take(&path, outcome) {
            join(tx, site, id, (wanted, &path), failures);
        }
    }
    for (index, person) in site.organization.people.iter().enumerate() {
        let Some(wanted) = &person.contact_center else {
            continue;
        };
        let email = site.organization.email_of(person);
        // Somebody who could not be created was reported then.
        if let Found::Here(Holder::Person(id)) = site.names.holder(tx, site.id, &email) {
            let path = failures.at(&format!("people[{index}].contactCenter"));
            set(tx, site, id, (wanted, &path), failures);
        }
    }
}

/// The id that a word stands for in an organisation, the same at each load; an id stands for
/// itself (DEC-120).
///
/// # Errors
/// 400 for a word of blanks.
fn id_of(world: &World, organization: Uuid, what: &str, word: &str) -> Result<Uuid, Refusal> {
    let word = word.trim();
    if word.is_empty() {
        let detail = format!("The {what} must not be empty: name one, or leave it out.");
        return Err(Refusal::bad_request(detail));
    }
    let name = || format!("{what}/{organization}/{}", word.to_lowercase());
    Ok(Uuid::try_parse(word).unwrap_or_else(|_| ids::named(world.seed, &name())))
}

/// What tells a team from others: its name and its site.
fn title(team: &document::Team) -> String {
    let (name, site) = (team.name.trim(), team.site.as_deref().map(str::trim));
    match site.filter(|site| !site.eq_ignore_ascii_case(SITE)) {
        None => name.to_owned(),
        Some(site) => format!("{name} of {site}"),
    }
}

/// Makes a user profile, or changes the one of its name. What is not said stays.
fn profile(tx: &mut Tx, organization: Uuid, wanted: &document::UserProfile) -> Result<(), Refusal> {
    let known = tx.find(spaces::USER_PROFILE, organization, &wanted.name);
    let before = known.and_then(|id| tx.get::<UserProfile>(id)).cloned();
    let level = |says_some: bool| match says_some {
        true => AccessLevel::Specific,
        false => AccessLevel::All,
    };
    let before = before.unwrap_or_else(|| UserProfile {
        permission_access_level: level(wanted.permissions.is_some()),
        resource_access_level: level(wanted.resource_collections.is_some()),
        ..UserProfile::new(organization, wanted.name.clone(), wanted.profile_type)
    });
    let permissions = wanted.permissions.as_ref().map(|all| {
        let all = all.iter().map(|(name, access)| Permission {
            name: name.clone(),
            access: Some(*access),
        });
        all.collect()
    });
    let collections = wanted.resource_collections.as_ref();
    let collections = collections.map(|all| all.iter().map(collection).collect());
    let folders = |said: &Option<Vec<i32>>, before: Vec<i32>| said.clone().unwrap_or(before);
    let default = wanted.default_resource_collection_id.clone();
    let profile = UserProfile {
        name: wanted.name.clone(),
        description: wanted.description.clone().or(before.description),
        profile_type: wanted.profile_type,
        active: wanted.active.unwrap_or(before.active),
        permission_access_level: wanted
            .permission_access_level
            .unwrap_or(before.permission_access_level),
        resource_access_level: wanted
            .resource_access_level
            .unwrap_or(before.resource_access_level),
        permissions: permissions.unwrap_or(before.permissions),
        editable_folder_ids: folders(&wanted.editable_folder_ids, before.editable_folder_ids),
        viewable_folder_ids: folders(&wanted.viewable_folder_ids, before.viewable_folder_ids),
        non_viewable_folder_ids: folders(
            &wanted.non_viewable_folder_ids,
            before.non_viewable_folder_ids,
        ),
        default_resource_collection_id: default.or(before.default_resource_collection_id),
        resource_collections: collections.unwrap_or(before.resource_collections),
        ..before
    };
    match known {
        Some(id) => user_profiles::update(tx, id, None, profile),
        None => user_profiles::create(tx, profile).map(drop),
    }
}

fn collection(wanted: &document::Collection) -> ResourceCollection {
    let resources = wanted.resources.iter();
    let resources = resources.map(|(name, access_level)| Resources {
        name: name.clone(),
        access_level: *access_level,
        ids: Vec::new(),
    });
    ResourceCollection {
        id: wanted.id.clone(),
        name: wanted.name.clone(),
        description: wanted.description.clone(),
        resources: resources.collect(),
    }
}

/// Makes a team, or changes the one of its name and site. What is not said stays.
fn team(tx: &mut Tx, organization: Uuid, wanted: &document::Team) -> Result<Uuid, Refusal> {
    let id = |what: &str, word: &Option<String>| {
        let word = word.as_deref();
        let found = word.map(|word| id_of(tx, organization, what, word));
        found.transpose()
    };
    let site = wanted.site.as_deref().unwrap_or(SITE);
    let site_id = id_of(tx, organization, "site", site)?;
    let named = format!("{site_id}/{}", wanted.name.trim());
    let known = tx.find(spaces::TEAM, organization, &named);
    let before = known.and_then(|id| tx.get::<Team>(id)).cloned();
    let before = before.unwrap_or_else(|| Team {
        organization,
        name: String::new(),
        description: None,
        team_type: TeamType::Agent,
        team_status: TeamStatus::InService,
        active: true,
        site_id,
        dialed_number: None,
        capacity: None,
        desktop_layout_id: None,
        skill_profile_id: None,
        multimedia_profile_id: None,
        rank_queues_for_team: false,
        version: 0,
        created: Moment(0),
        last_modified: Moment(0),
    });
    let ranks = wanted.rank_queues_for_team;
    let skill_profile = id("skillProfile", &wanted.skill_profile)?;
    let multimedia_profile = id("multimediaProfile", &wanted.multimedia_profile)?;
    let layout = id("desktopLayout", &wanted.desktop_layout)?;
    let team = Team {
        name: wanted.name.clone(),
        description: wanted.description.clone().or(before.description),
        team_type: wanted.team_type.unwrap_or(before.team_type),
        team_status: wanted.team_status.unwrap_or(before.team_status),
        active: wanted.active.unwrap_or(before.active),
        dialed_number: wanted.dialed_number.clone().or(before.dialed_number),
        capacity: wanted.capacity.or(before.capacity),
        desktop_layout_id: layout.or(before.desktop_layout_id),
        skill_profile_id: skill_profile.or(before.skill_profile_id),
        multimedia_profile_id: multimedia_profile.or(before.multimedia_profile_id),
        rank_queues_for_team: ranks.unwrap_or(before.rank_queues_for_team),
        ..before
    };
    tx.by_rule("DEC-120");
    match known {
        Some(id) => teams::update(tx, id, None, team).map(|()| id),
        None => teams::create(tx, team),
    }
}

/// Brings users into a team, beside those who are in it.
fn join(
    tx: &mut Tx,
    site: &Site<'_>,
    team: Uuid,
    (wanted, path): (&document::Team, &str),
    failures: &mut Failures,
) {
    let path = format!("{path}.members");
    let named = people(tx, site, &wanted.members, &path, failures);
    let mut members: Vec<Uuid> = teams::members(tx, team).collect();
    for (place, person) in named {
        if user(tx, person, &place, failures).is_some() && !members.contains(&person) {
            members.push(person);
        }
    }
    let outcome = tx.attempt(|tx| teams::set_members(tx, team, &members));
    failures.take(&path, outcome);
}

/// What Contact Center shows of a person, or nothing, which has been said.
fn user(
    world: &World,
    person: Uuid,
    path: &str,
    failures: &mut Failures,
) -> Option<(Agent, Known)> {
    if let Some((_, agent, known)) = contact_center_users::shown(world, person) {
        return Some((agent, known));
    }
    let owner = world.get::<Person>(person);
    let is_pending = owner.is_some_and(|owner| owner.invite_pending);
    let why = match is_pending {
        true => "who has never signed in is not shown there (status: pending)",
        false => "give a licence of Contact Center; if there is one, synchronize users first",
    };
    let email = owner.map(|owner| owner.email.to_string());
    let email = email.unwrap_or_default();
    failures.add(path, format!("{email} is no user of Contact Center: {why}"));
    None
}

/// Sets what the document names by a word.
fn name_ids(
    world: &World,
    organization: Uuid,
    settings: &mut AgentSettings,
    (wanted, path): (&document::AgentSettings, &str),
    failures: &mut Failures,
) {
    let words = [
        ("site", &wanted.site, &mut settings.site_id),
        (
            "skillProfile",
            &wanted.skill_profile,
            &mut settings.skill_profile_id,
        ),
        (
            "desktopProfile",
            &wanted.desktop_profile,
            &mut settings.agent_profile_id,
        ),
        (
            "multimediaProfile",
            &wanted.multimedia_profile,
            &mut settings.multimedia_profile_id,
        ),
    ];
    for (what, word, target) in words {
        if let Some(word) = word {
            let found = id_of(world, organization, what, word);
            *target = failures.take(&format!("{path}.{what}"), found).or(*target);
        }
    }
}

/// Sets what the document says of a user.
fn set(
    tx: &mut Tx,
    site: &Site<'_>,
    person: Uuid,
    (wanted, path): (&document::AgentSettings, &str),
    failures: &mut Failures,
) {
    let Some((agent, known)) = user(tx, person, path, failures) else {
        return;
    };
    let mut settings = agent.settings;
    name_ids(tx, site.id, &mut settings, (wanted, path), failures);
    if let Some(enabled) = wanted.enabled {
        settings.is_disabled = !enabled;
    }
    let texts = [
        (
            "defaultDialedNumber",
            &wanted.default_dialed_number,
            &mut settings.default_dialled_number,
        ),
        (
            "externalIdentifier",
            &wanted.external_identifier,
            &mut settings.external_identifier,
        ),
    ];
    for (field, said, target) in texts {
        if let Some(text) = said {
            let checked = contact_center_users::check_text(field, text);
            failures.take(&format!("{path}.{field}"), checked);
            *target = Some(text.clone()).filter(|text| !text.is_empty());
        }
    }
    if let Some(name) = &wanted.user_profile {
        let kind = profile_type(tx, person, known);
        let path = format!("{path}.userProfile");
        if let Some(id) = profile_named(tx, site, name, &path, failures) {
            let chosen = user_profiles::choose(tx, site.id, kind, id);
            if let Some(chosen) = failures.take(&path, chosen) {
                settings.user_profile_id = chosen;
            }
        }
    }
    failures.take(path, change_settings(tx, person, settings, None));
    for (skill, value) in &wanted.skills {
        let given =
            skill_value(value).and_then(|value| skills::assign(tx, (person, None), skill, value));
        failures.take(&format!("{path}.skills.{skill}"), given);
    }
}

/// The user profile of a name: the organisation's own, or one that every organisation has.
fn profile_named(
    world: &World,
    site: &Site<'_>,
    name: &str,
    path: &str,
    failures: &mut Failures,
) -> Option<Uuid> {
    let mut defaults = user_profiles::DEFAULTS.iter();
    let default = defaults.find(|(_, default)| default.eq_ignore_ascii_case(name));
    let default = default.map(|(kind, _)| user_profiles::default_id(world, site.id, *kind));
    let found = default.or_else(|| world.find(spaces::USER_PROFILE, site.id, name));
    if found.is_none() && !site.names.has_failed(Kind::UserProfile, name) {
        let own = user_profiles::list(world, site.id).into_iter();
        let own = own.map(|(_, profile)| profile.name.as_str());
        let known = user_profiles::DEFAULTS.iter().map(|(_, name)| *name);
        failures.add_cause(path, nowhere("user profile", name, known.chain(own)));
    }
    found
}

/// How a user has a skill.
fn skill_value(value: &Value) -> Result<SkillValue, Refusal> {
    let refuse = || {
        let detail = "A skill has a level (0 to 10), true or false, a text, or a list of words.";
        Refusal::bad_request(detail)
    };
    let word = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(refuse);
    match value {
        Value::Bool(is_so) => Ok(SkillValue::Boolean(*is_so)),
        Value::String(text) => Ok(SkillValue::Text(text.clone())),
        Value::Array(words) => Ok(SkillValue::Enum(
            words.iter().map(word).collect::<Result<_, _>>()?,
        )),
        Value::Number(level) => {
            let level = level.as_u64().and_then(|level| u8::try_from(level).ok());
            level.map(SkillValue::Proficiency).ok_or_else(refuse)
        }
        _ => Err(refuse()),
    }
}
