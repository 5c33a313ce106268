//! Which user profile a user of Contact Center has. Licence and role decide about its type; of that
//! type an administrator of Contact Center may choose another one than comes by itself (DEC-80).

use serde_json::Value;
use uuid::Uuid;

use super::change::FAMILY;
use super::{LicenseType, agent, license_of, roles, store};
use crate::model::agent::{Agent, Known};
use crate::model::{Person, ProfileType, UserProfile};
use crate::refusal::Refusal;
use crate::world::{Lost, Tx, World};

/// The type of profile that goes with what Contact Center knows of a person.
#[must_use]
pub fn profile_type(world: &World, person: Uuid, known: Known) -> ProfileType {
    let is_premium = LicenseType::of(world, known.license) == Some(LicenseType::Premium);
    let may_administer = roles(world, person).contains(&"administrator");
    match (is_premium, known.supervisor) {
        (false, _) => ProfileType::StandardAgent,
        (true, _) if may_administer => ProfileType::Administrator,
        (true, true) => ProfileType::Supervisor,
        (true, false) => ProfileType::PremiumAgent,
    }
}

/// The profile that was chosen for a user, while it is of the type that licence and role ask for.
#[must_use]
pub fn profile_of(world: &World, person: Uuid, agent: &Agent) -> Option<Uuid> {
    let id = agent.settings.user_profile_id?;
    let wanted = profile_type(world, person, agent.known?);
    let found = world.get::<UserProfile>(id)?;
    (found.profile_type == wanted).then_some(id)
}

/// The users for whom a profile was chosen, also those whose role asks for another type now.
pub fn has_profile(world: &World, profile: Uuid) -> impl Iterator<Item = Uuid> {
    let all = world.list::<Agent>();
    all.filter(move |(_, agent)| agent.settings.user_profile_id == Some(profile))
        .map(|(id, _)| id)
}

/// Puts a user back to the profile that comes by itself, because a template with a licence of
/// Contact Center was applied to existing users (TMPL-24). Answers what was lost by it.
///
/// # Errors
/// None: users hold no unique values.
pub fn reset_profile(
    tx: &mut Tx,
    person: Uuid,
    licenses: &[Uuid],
) -> Result<Option<Lost>, Refusal> {
    let holds = tx.get::<Person>(person).and_then(|it| license_of(tx, it));
    if !holds.is_some_and(|license| licenses.contains(&license)) {
        return Ok(None);
    }
    let Some(mut known) = agent(tx, person) else {
        return Ok(None);
    };
    let Some(profile) = known.settings.user_profile_id.take() else {
        return Ok(None);
    };
    known.version = known.version.saturating_add(1);
    let name = tx.get::<UserProfile>(profile).map(|it| it.name.clone());
    tx.by_rule("TMPL-24");
    store(tx, person, known)?;
    let lost = Lost {
        holder: person,
        bystander: None,
        family: FAMILY.to_owned(),
        field: Some("userProfileId".to_owned()),
        before: name.map_or(Value::Null, Value::from),
        after: Value::Null,
        reversible: false,
        rule: "TMPL-24".to_owned(),
    };
    tx.lose([lost.clone()]);
    Ok(Some(lost))
}
