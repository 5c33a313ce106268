//! Teams of Contact Center: create, get, list, update, delete, and who is in them. A user names the
//! teams; a team that is asked for its users looks there (DEC-84).

use uuid::Uuid;

use super::text::checked;
use crate::licensing::contact_center::{agent, change_settings};
use crate::model::owned;
use crate::model::team::TeamType;
use crate::model::{Agent, Person, Team, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

/// The longest name and the longest description.
const NAME_MAX: usize = 80;
const DESCRIPTION_MAX: usize = 255;
/// The most teams of an organisation.
const TEAMS_MAX: usize = 2000;
/// The most teams of a user.
pub const TEAMS_OF_USER_MAX: usize = 200;
/// How many users a refusal names.
const SHOWN: usize = 3;

/// The teams of an organisation, in the order of their names.
#[must_use]
pub fn list(world: &World, organization: Uuid) -> Vec<(Uuid, &Team)> {
    let mut own: Vec<_> = owned::list::<Team>(world, organization).collect();
    own.sort_by(|(_, one), (_, other)| (&one.name, one.site_id).cmp(&(&other.name, other.site_id)));
    own
}

/// A team of an organisation.
///
/// # Errors
/// 404.
pub fn get<'a>(
    world: &'a World,
    organization: Uuid,
    text: &str,
) -> Result<(Uuid, &'a Team), Refusal> {
    let found = Uuid::try_parse(text).ok();
    let found = found.and_then(|id| Some((id, owned::get::<Team>(world, organization, id)?)));
    found.ok_or_else(|| Refusal::not_found("Team", text))
}

/// The people who are in a team.
pub fn members(world: &World, team: Uuid) -> impl Iterator<Item = Uuid> {
    let all = world.list::<Agent>();
    all.filter(move |(_, agent)| agent.settings.team_ids.contains(&team))
        .map(|(id, _)| id)
}

/// Refuses teams that are not there, and those of capacity, which have nobody.
///
/// # Errors
/// 400 that names the team.
pub fn check_of_user(world: &World, organization: Uuid, teams: &[Uuid]) -> Result<(), Refusal> {
    let refuse = |detail: String| Err(Refusal::bad_request(detail).by("DEC-84"));
    if teams.len() > TEAMS_OF_USER_MAX {
        return refuse(format!(
            "teamIds must name at most {TEAMS_OF_USER_MAX} teams."
        ));
    }
    for id in teams {
        match owned::get::<Team>(world, organization, *id) {
            None => {
                return refuse(format!(
                    "teamIds: there is no team {id}; GET /organization/{{orgId}}/v2/team lists them."
                ));
            }
            Some(team) if team.team_type == TeamType::Capacity => {
                return refuse(format!(
                    "teamIds: \"{}\" is a team of capacity, which has no agents.",
                    team.name
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Makes a team.
///
/// # Errors
/// 400 for what cannot be meant, 409 when a team of the site has the name.
pub fn create(tx: &mut Tx, mut team: Team) -> Result<Uuid, Refusal> {
    check(&mut team)?;
    if list(tx, team.organization).len() >= TEAMS_MAX {
        let detail = format!("An organization makes at most {TEAMS_MAX} teams.");
        return Err(Refusal::bad_request(detail));
    }
    (team.created, team.last_modified) = (tx.now(), tx.now());
    team.version = 0;
    let id = tx.new_id::<Team>();
    put(tx, id, team)?;
    Ok(id)
}

/// Puts another document in the place of a team's. Its type and its site stay.
///
/// # Errors
/// 400 for what cannot be meant, 409 when a team of the site has the name, 412 for another version.
pub fn update(tx: &mut Tx, id: Uuid, version: Option<u32>, mut team: Team) -> Result<(), Refusal> {
    let known = get(tx, team.organization, &id.to_string())?.1.clone();
    let present = known.version;
    if let Some(version) = version.filter(|version| *version != present) {
        let detail = format!("version is {version}; the team is at version {present}.");
        return Err(Refusal::new(ErrorKind::VersionOutdated, detail));
    }
    if team.team_type != known.team_type {
        return Err(Refusal::bad_request("teamType cannot be changed."));
    }
    if team.site_id != known.site_id {
        return Err(Refusal::bad_request("siteId cannot be changed."));
    }
    check(&mut team)?;
    (team.version, team.created, team.last_modified) =
        (present, known.created, known.last_modified);
    if team == known {
        return Ok(());
    }
    if known.active && !team.active {
        check_empty(tx, id, "turned off")?;
    }
    team.version = present.saturating_add(1);
    team.last_modified = tx.now();
    put(tx, id, team)
}

/// Puts these people, and nobody else, into a team.
///
/// # Errors
/// 400 for a team of capacity, and for somebody who is in too many.
pub fn set_members(tx: &mut Tx, id: Uuid, people: &[Uuid]) -> Result<(), Refusal> {
    let team = tx.get::<Team>(id);
    let is_of_agents = team.is_some_and(|team| team.team_type == TeamType::Agent);
    if !people.is_empty() && !is_of_agents {
        let detail = "userIds: a team of capacity has no agents.";
        return Err(Refusal::bad_request(detail).by("DEC-84"));
    }
    let gone: Vec<Uuid> = members(tx, id)
        .filter(|person| !people.contains(person))
        .collect();
    for person in gone {
        change(tx, person, |teams| teams.retain(|team| *team != id))?;
    }
    for person in people {
        change(tx, *person, |teams| {
            if !teams.contains(&id) {
                teams.push(id);
            }
        })?;
    }
    Ok(())
}

fn change(tx: &mut Tx, person: Uuid, work: impl FnOnce(&mut Vec<Uuid>)) -> Result<(), Refusal> {
    let Some(known) = agent(tx, person) else {
        return Ok(());
    };
    let mut settings = known.settings;
    work(&mut settings.team_ids);
    if settings.team_ids.len() > TEAMS_OF_USER_MAX {
        let email = tx.get::<Person>(person).map(|it| it.email.to_string());
        let detail = format!(
            "userIds: {} is in {TEAMS_OF_USER_MAX} teams already.",
            email.unwrap_or_default()
        );
        return Err(Refusal::bad_request(detail).by("DEC-84"));
    }
    // Teams are no skills, so it need not be known who changed them.
    change_settings(tx, person, settings, None)
}

/// Deletes a team in which nobody is.
///
/// # Errors
/// 404, 412 while users are in it.
pub fn delete(tx: &mut Tx, organization: Uuid, text: &str) -> Result<(), Refusal> {
    let (id, _) = get(tx, organization, text)?;
    check_empty(tx, id, "deleted")?;
    tx.delete(kinds::TEAM, id);
    Ok(())
}

/// How long a team stays that is turned off, in days, before it may be purged, and how many go at
/// once. No operation of tier 1 configures it (DEC-96).
const PURGE_DAYS: i64 = 30;
const PURGED_MAX: usize = 100;

/// Deletes teams that have been turned off for long, in the order of their ids from `start` on.
/// Answers how many went, and where the next batch starts.
pub fn purge(tx: &mut Tx, organization: Uuid, start: Uuid) -> (usize, Option<Uuid>) {
    let now = tx.now();
    let is_old = |team: &Team| !team.active && team.last_modified.plus_days(PURGE_DAYS) <= now;
    let own = owned::list::<Team>(tx, organization);
    let mut due: Vec<Uuid> = own
        .filter(|(id, team)| *id >= start && is_old(team))
        // Nobody is in a team that is turned off, but a document may say otherwise.
        .filter(|(id, _)| members(tx, *id).next().is_none())
        .map(|(id, _)| id)
        .collect();
    due.sort_unstable();
    let next = due.get(PURGED_MAX).copied();
    due.truncate(PURGED_MAX);
    for id in &due {
        tx.delete(kinds::TEAM, *id);
    }
    if !due.is_empty() {
        tx.by_rule("DEC-96");
    }
    (due.len(), next)
}

fn put(tx: &mut Tx, id: Uuid, team: Team) -> Result<(), Refusal> {
    let name = team.name.clone();
    tx.put(id, team).map_err(|_| {
        let detail = format!("A team with the name \"{name}\" already exists in the site.");
        Refusal::new(ErrorKind::Conflict, detail)
    })
}

fn check_empty(world: &World, id: Uuid, deed: &str) -> Result<(), Refusal> {
    let users: Vec<&str> = members(world, id)
        .filter_map(|person| Some(world.get::<Person>(person)?.email.as_str()))
        .collect();
    if users.is_empty() {
        return Ok(());
    }
    let more = match users.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!(" and {more} more"),
        _ => String::new(),
    };
    let shown: Vec<&str> = users.into_iter().take(SHOWN).collect();
    let detail = format!(
        "{}{more} are in the team: it cannot be {deed} before they have left it.",
        shown.join(", ")
    );
    Err(Refusal::new(ErrorKind::Referenced, detail).by("DEC-84"))
}

/// Refuses what nobody could have said of a team.
pub(super) fn bounds(kept: &Team) -> Result<(), Refusal> {
    check(&mut kept.clone())
}

fn check(team: &mut Team) -> Result<(), Refusal> {
    team.name = checked("name", &team.name, NAME_MAX)?;
    team.description = match team.description.as_deref() {
        None | Some("") => None,
        Some(text) => Some(checked("description", text, DESCRIPTION_MAX)?),
    };
    team.dialed_number = match team.dialed_number.as_deref() {
        None | Some("") => None,
        Some(text) => Some(checked("dialedNumber", text, NAME_MAX)?),
    };
    let of_capacity = [
        ("dialedNumber", team.dialed_number.is_some()),
        ("capacity", team.capacity.is_some()),
    ];
    let of_agents = [
        ("skillProfileId", team.skill_profile_id.is_some()),
        ("multiMediaProfileId", team.multimedia_profile_id.is_some()),
    ];
    let (barred, other) = match team.team_type {
        TeamType::Agent => (of_capacity, "CAPACITY"),
        TeamType::Capacity => (of_agents, "AGENT"),
    };
    match barred.iter().find(|(_, is_set)| *is_set) {
        None => Ok(()),
        Some((field, _)) => {
            let detail = format!("{field} is for teams of the type {other} only.");
            Err(Refusal::bad_request(detail))
        }
    }
}
