//! What changes about users of Contact Center: by their licences, by Synchronize Users, by its own
//! administrators.

use serde_json::Value;
use uuid::Uuid;

use super::{AgentRole, LicenseType, agent, desired, is_new, needs_premium, store, unset};
use crate::licensing::outcome::Outcome;
use crate::model::agent::{Agent, AgentSettings, Known, Stamp};
use crate::model::{Holder, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Lost, Tx};

/// The family of what is lost with an agent's licence.
pub(super) const FAMILY: &str = "contactCenter";
/// Why somebody's status is Invalid.
const UNTOLD: &str = "The back end of Contact Center did not take the user.";

/// Lets the user follow the licences that went and came. What goes with Premium is told.
pub(in crate::licensing) fn follow(
    tx: &mut Tx,
    holder: Holder,
    gone: &[Uuid],
    come: &[Uuid],
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let Holder::Person(id) = holder else {
        return Ok(());
    };
    let of_agents = |ids: &[Uuid]| {
        let mut ids = ids.iter().copied();
        ids.find(|id| LicenseType::of(tx, *id).is_some())
    };
    let (gone, come) = (of_agents(gone), of_agents(come));
    if gone.is_none() && come.is_none() {
        return Ok(());
    }
    let Some(organization) = tx.get::<Person>(id).map(|person| person.organization) else {
        return Ok(());
    };
    let known = gone.map(|license| Known {
        license,
        supervisor: false,
    });
    let stored = tx.get::<Agent>(id).cloned();
    let mut agent = stored.unwrap_or_else(|| unset(organization, known));
    if agent.supervisor && come.and_then(|id| LicenseType::of(tx, id)) != Some(LicenseType::Premium)
    {
        agent.supervisor = false;
        outcome.lost.push(Lost {
            holder: id,
            bystander: None,
            family: FAMILY.to_owned(),
            field: Some("role".to_owned()),
            before: Value::from("supervisor"),
            after: come.map_or(Value::Null, |_| Value::from("agent")),
            reversible: false,
            rule: "CC-04".to_owned(),
        });
    }
    agent.failed = false;
    keep(tx, id, agent, outcome)
}

/// Stores a user, of whom Contact Center knows at once while new, and later by a synchronisation.
fn keep(tx: &mut Tx, id: Uuid, mut agent: Agent, outcome: &mut Outcome) -> Result<(), Refusal> {
    if is_new(tx, id) {
        agent.known = desired(tx, id, agent.supervisor);
    } else {
        outcome.by_rule("CC-07");
        tx.by_rule("CC-07");
    }
    store(tx, id, agent)
}

/// Makes somebody an agent or a supervisor, and tells it in the outcome.
///
/// # Errors
/// 400 (900073) for a supervisor without a Premium licence.
pub fn appoint(
    tx: &mut Tx,
    id: Uuid,
    role: AgentRole,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let Some(mut agent) = agent(tx, id) else {
        return Err(needs_premium());
    };
    let supervisor = role == AgentRole::Supervisor;
    let license = desired(tx, id, supervisor).map(|says| says.license);
    let kind = license.and_then(|license| LicenseType::of(tx, license));
    if supervisor && kind != Some(LicenseType::Premium) {
        return Err(needs_premium());
    }
    if agent.supervisor == supervisor {
        return Ok(());
    }
    outcome.appointed(agent.supervisor, supervisor);
    outcome.by_rule("CC-06");
    tx.by_rule("CC-06");
    agent.supervisor = supervisor;
    keep(tx, id, agent, outcome)
}

/// Sets what administrators of Contact Center set for a user; the version rises with a change, and
/// who changed skills is kept.
///
/// # Errors
/// None: users hold no unique values.
pub fn change_settings(
    tx: &mut Tx,
    id: Uuid,
    settings: AgentSettings,
    by: Option<Uuid>,
) -> Result<(), Refusal> {
    let Some(known) = agent(tx, id).filter(|known| known.settings != settings) else {
        return Ok(());
    };
    let now = Some(Stamp { at: tx.now(), by });
    let stamp = |is_same: bool, last| if is_same { last } else { now };
    let has_profile = known.settings.skill_profile_id == settings.skill_profile_id;
    let has_skills = known.settings.dynamic_skills == settings.dynamic_skills;
    let changed = Agent {
        version: known.version.saturating_add(1),
        skill_profile_changed: stamp(has_profile, known.skill_profile_changed),
        skills_changed: stamp(has_skills, known.skills_changed),
        settings,
        ..known
    };
    store(tx, id, changed)
}

/// Forgets a user whose person is deleted (CC-10).
pub fn forget(tx: &mut Tx, id: Uuid) {
    if tx.delete(kinds::AGENT, id).is_some() {
        tx.by_rule("CC-10");
    }
}

/// Notes that Contact Center could not be told of a person (CC-09).
///
/// # Errors
/// None: users hold no unique values.
pub fn fail(tx: &mut Tx, id: Uuid) -> Result<(), Refusal> {
    if let Some(mut agent) = agent(tx, id) {
        if is_new(tx, id) {
            agent.known = None;
        }
        agent.failed = true;
        tx.by_rule("CC-09");
        store(tx, id, agent)?;
    }
    Ok(())
}

/// Tells Contact Center what Control Hub says of a person (CC-07). Of somebody who holds no licence
/// any more it forgets everything. Where it cannot be told, the status is Invalid (CC-09) and the
/// outcome says why.
///
/// # Errors
/// None: users hold no unique values.
pub fn synchronize(tx: &mut Tx, id: Uuid, fails: bool) -> Result<Outcome, Refusal> {
    let mut outcome = Outcome::none(tx, Holder::Person(id));
    let Some(mut agent) = agent(tx, id) else {
        return Ok(outcome);
    };
    if fails {
        agent.failed = true;
        tx.by_rule("CC-09");
        store(tx, id, agent)?;
        let refusal = Refusal::new(ErrorKind::ContactCenterUnavailable, UNTOLD).by("CC-09");
        return Ok(Outcome::refused(tx, Holder::Person(id), &refusal));
    }
    let says = desired(tx, id, agent.supervisor);
    if says.is_none() {
        outcome.lost = settings_lost(id, &agent.settings);
        agent.settings = AgentSettings::default();
        tx.lose(outcome.lost.iter().cloned());
    }
    if agent.known != says {
        outcome.by_rule("CC-07");
    }
    agent.failed = false;
    agent.known = says;
    store(tx, id, agent)?;
    Ok(outcome)
}

/// What was set in Contact Center, field by field.
fn settings_lost(holder: Uuid, settings: &AgentSettings) -> Vec<Lost> {
    let fields = serde_json::to_value(settings).unwrap_or_default();
    let unset = serde_json::to_value(AgentSettings::default()).unwrap_or_default();
    let members = fields.as_object().into_iter().flatten();
    let set = members.filter(|(name, value)| unset.get(name.as_str()) != Some(value));
    set.map(|(name, value)| Lost {
        holder,
        bystander: None,
        family: FAMILY.to_owned(),
        field: Some(name.clone()),
        before: value.clone(),
        after: Value::Null,
        reversible: false,
        rule: "CC-07".to_owned(),
    })
    .collect()
}
