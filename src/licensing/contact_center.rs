//! Contact Center: who is a user of it by a licence, what it knows of them, and how it learns the
//! rest (CC-01 to CC-10).
//!
//! Control Hub says at once what shall be; Contact Center knows it of people who come with their
//! licence, and of everybody else once they are synchronised.

mod change;
mod profile;

use utoipa::ToSchema;
use uuid::Uuid;

use super::choose::{check_target, of_offer, oldest};
use super::held::Held;
use super::outcome::Outcome;
use crate::model::agent::{Agent, AgentSettings, Known};
use crate::model::license::Service;
use crate::model::owned;
use crate::model::{Holder, License, Person, kinds};
use crate::refusal::{ErrorKind, Refusal};
use crate::world::{Tx, World};

pub(in crate::licensing) use change::follow;
pub use change::{appoint, change_settings, fail, forget, synchronize};
pub use profile::{has_profile, profile_of, profile_type, reset_profile};

/// Administrator roles that make a Premium user an administrator of Contact Center (CC-05).
const ADMINISTRATORS: [&str; 2] = ["id_full_admin", "atlas-portal.cjp.admin"];

/// The two kinds of licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LicenseType {
    /// Standard agent.
    Standard,
    /// Premium agent, who may be made a supervisor.
    Premium,
}

impl LicenseType {
    fn service(self) -> Service {
        match self {
            Self::Standard => Service::ContactCenterStandard,
            Self::Premium => Service::ContactCenterPremium,
        }
    }

    /// The type of a licence, where it is one for agents.
    #[must_use]
    pub fn of(world: &World, license: Uuid) -> Option<Self> {
        match world.get::<License>(license)?.offer().service {
            Service::ContactCenterStandard => Some(Self::Standard),
            Service::ContactCenterPremium => Some(Self::Premium),
            _ => None,
        }
    }
}

/// What somebody does in Contact Center.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AgentRole {
    /// An agent (CC-06).
    #[default]
    Agent,
    /// A supervisor, made by hand (CC-04).
    Supervisor,
}

/// How what Contact Center knows compares with what Control Hub says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, ToSchema)]
pub enum SyncStatus {
    /// It knows.
    Valid,
    /// It does not know yet.
    Pending,
    /// It could not be told.
    Invalid,
}

/// Somebody is to be a user of Contact Center.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentWish {
    /// By which kind of licence.
    pub kind: LicenseType,
    /// As what; left open, a supervisor stays one, and others are agents (CC-06).
    pub role: Option<AgentRole>,
}

impl AgentWish {
    /// Refuses what no licence gives: supervisors have Premium (CC-04).
    ///
    /// # Errors
    /// 400 (900073).
    pub fn check(self) -> Result<(), Refusal> {
        match (self.kind, self.role) {
            (LicenseType::Standard, Some(AgentRole::Supervisor)) => Err(needs_premium()),
            _ => Ok(()),
        }
    }

    /// The licence that gives it: the one that is held, else the oldest that can be assigned.
    ///
    /// # Errors
    /// 900006 when the organisation has none; what speaks against the oldest otherwise.
    pub fn license(
        self,
        world: &World,
        organization: Uuid,
        holder: Holder,
    ) -> Result<Uuid, Refusal> {
        self.check()?;
        let offers = crate::model::license::OFFERS.iter();
        let mut offers = offers.filter(|offer| offer.service == self.kind.service());
        let code = offers.next().map_or("", |offer| offer.code);
        let all: Vec<Uuid> = of_offer(world, organization, code).collect();
        let held = Held::of(world, holder).ok();
        let held = held.and_then(|held| held.licenses.iter().find(|id| all.contains(id)));
        let found = held
            .copied()
            .or_else(|| oldest(world, all.iter().copied(), holder));
        found.map_or_else(
            || {
                let why = all
                    .first()
                    .and_then(|id| check_target(world, *id, holder).err());
                Err(why.unwrap_or_else(|| {
                    let detail = "The organization has no such license of Contact Center.";
                    Refusal::new(ErrorKind::NothingToMoveTo, detail)
                }))
            },
            Ok,
        )
    }

    /// Gives a person who holds the licence the role.
    ///
    /// # Errors
    /// 400 (900073) for a supervisor without Premium.
    pub fn appoint(self, tx: &mut Tx, person: Uuid, outcome: &mut Outcome) -> Result<(), Refusal> {
        match self.role {
            Some(role) => appoint(tx, person, role, outcome),
            None => Ok(()),
        }
    }
}

fn needs_premium() -> Refusal {
    let detail = "Supervisors need a Premium license; this one is Standard.";
    Refusal::new(ErrorKind::SupervisorNeedsPremium, detail).by("CC-04")
}

/// The agent's licence of a person.
#[must_use]
pub fn license_of(world: &World, person: &Person) -> Option<Uuid> {
    let mut held = person.licenses.iter().copied();
    held.find(|id| LicenseType::of(world, *id).is_some())
}

/// What Control Hub says of a person.
fn desired(world: &World, id: Uuid, supervisor: bool) -> Option<Known> {
    let license = license_of(world, world.get::<Person>(id)?)?;
    Some(Known {
        license,
        supervisor,
    })
}

/// A user of Contact Center; of whom nothing is stored, everything is as Control Hub says. None
/// for a person whom neither knows as one.
#[must_use]
pub fn agent(world: &World, id: Uuid) -> Option<Agent> {
    if let Some(stored) = world.get::<Agent>(id) {
        return Some(stored.clone());
    }
    let known = desired(world, id, false)?;
    Some(unset(world.get::<Person>(id)?.organization, Some(known)))
}

fn unset(organization: Uuid, known: Option<Known>) -> Agent {
    Agent {
        organization,
        supervisor: false,
        known,
        failed: false,
        settings: AgentSettings::default(),
        version: 0,
        skill_profile_changed: None,
        skills_changed: None,
    }
}

/// The sync status of a person; none for one whom neither knows as a user.
#[must_use]
pub fn sync_status(world: &World, id: Uuid) -> Option<SyncStatus> {
    let agent = agent(world, id)?;
    Some(match agent.known == desired(world, id, agent.supervisor) {
        _ if agent.failed => SyncStatus::Invalid,
        true => SyncStatus::Valid,
        false => SyncStatus::Pending,
    })
}

/// The roles of a person who holds a licence of Contact Center (CC-05, CC-06).
#[must_use]
pub fn roles(world: &World, id: Uuid) -> Vec<&'static str> {
    let Some(person) = world.get::<Person>(id) else {
        return Vec::new();
    };
    let kind = license_of(world, person).and_then(|license| LicenseType::of(world, license));
    let Some(kind) = kind else {
        return Vec::new();
    };
    let is_supervisor = world.get::<Agent>(id).is_some_and(|agent| agent.supervisor);
    let mut roles = vec![if is_supervisor { "supervisor" } else { "agent" }];
    let may_administer = person.roles.iter();
    let mut may_administer = may_administer.map(String::as_str);
    if kind == LicenseType::Premium && may_administer.any(|role| ADMINISTRATORS.contains(&role)) {
        roles.push("administrator");
    }
    roles
}

/// Stores a user, or nothing where nothing differs from what Control Hub says.
fn store(tx: &mut Tx, id: Uuid, agent: Agent) -> Result<(), Refusal> {
    let says = desired(tx, id, false);
    let differs = agent != unset(agent.organization, says);
    match differs && (says.is_some() || agent.known.is_some()) {
        true => tx.put(id, agent)?,
        false => drop(tx.delete(kinds::AGENT, id)),
    }
    Ok(())
}

/// Whether a person comes into being by this very write: Contact Center learns of them at once.
fn is_new(tx: &Tx, id: Uuid) -> bool {
    tx.base().get::<Person>(id).is_none()
}

/// Everybody whom Control Hub or Contact Center knows as a user, in the order of their addresses.
#[must_use]
pub fn users(world: &World, organization: Uuid) -> Vec<Uuid> {
    let mut found: Vec<(&str, Uuid)> = owned::list::<Person>(world, organization)
        .filter(|(id, person)| {
            license_of(world, person).is_some() || world.get::<Agent>(*id).is_some()
        })
        .map(|(id, person)| (person.email.as_str(), id))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}
