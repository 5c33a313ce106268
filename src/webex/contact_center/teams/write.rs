//! Teams are made, replaced and deleted, one by one or in bulk.

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::bulk::{self, BulkItem, Deed};
use super::super::sent::{Sent, needed};
use super::super::{organization, users};
use super::TeamBody;
use crate::http::{Call, Reply};
use crate::model::number::shorten;
use crate::model::team::{Team, TeamStatus, TeamType};
use crate::refusal::Refusal;
use crate::resources::teams;
use crate::world::{Moment, Tx, World};

/// The most users of a team.
const USERS_MAX: usize = 2000;

/// A team as it shall be (`TeamDTO`).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::webex::contact_center) struct TeamWrite {
    /// The organisation; needed in bulk.
    organization_id: Option<String>,
    /// The team, unless it is new.
    id: Option<String>,
    /// The version that was read.
    version: Option<u32>,
    /// The name, which no other team of the site has.
    name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// Whether agents are in it; never changed.
    team_type: Option<TeamType>,
    /// Whether it takes contacts.
    team_status: Option<TeamStatus>,
    /// Whether it is used.
    active: Option<bool>,
    /// The site; never changed.
    site_id: Option<String>,
    /// Where calls for a team of capacity go.
    dialed_number: Option<String>,
    /// How many contacts a team of capacity takes at a time.
    capacity: Option<u32>,
    /// The layout of the desktop.
    desktop_layout_id: Option<String>,
    /// Skill profile, of teams of agents.
    skill_profile_id: Option<String>,
    /// Multimedia profile, of teams of agents.
    #[serde(rename = "multiMediaProfileId")]
    multimedia_profile_id: Option<String>,
    /// The users who are in it; as they are where it is left out.
    user_ids: Option<Vec<String>>,
    /// Whether queues are ranked for it.
    rank_queues_for_team: Option<bool>,
}

/// Many teams.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::webex::contact_center) struct BulkSave {
    items: Vec<BulkItem<TeamWrite>>,
}

fn uuid(name: &str, text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| {
        let detail = format!("{name}: \"{}\" is not a uuid.", shorten(text));
        Refusal::bad_request(detail)
    })
}

fn optional(name: &str, text: Option<&str>) -> Result<Option<Uuid>, Refusal> {
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| uuid(name, text)).transpose()
}

/// The people of users that a team names by their own ids.
fn people(world: &World, organization: Uuid, ids: &[String]) -> Result<Vec<Uuid>, Refusal> {
    if ids.len() > USERS_MAX {
        let detail = format!("userIds must name at most {USERS_MAX} users.");
        return Err(Refusal::bad_request(detail));
    }
    let known = users(world, organization).map(|user| (user.id(world), user.person_id));
    let known: BTreeMap<Uuid, Uuid> = known.collect();
    let find = |text: &String| {
        let person = Uuid::try_parse(text).ok().and_then(|id| known.get(&id));
        person.copied().ok_or_else(|| {
            let detail = format!("userIds: there is no user \"{}\".", shorten(text));
            Refusal::bad_request(detail).by("DEC-84")
        })
    };
    ids.iter().map(find).collect()
}

impl TeamWrite {
    fn check(&self, organization: Uuid, id: Option<&str>) -> Result<(), Refusal> {
        let sent = Sent {
            organization: self.organization_id.as_deref(),
            id: self.id.as_deref(),
        };
        sent.check("team", organization, id)
    }

    fn team(self, organization: Uuid) -> Result<Team, Refusal> {
        let text = |text: &Option<String>, name: &str| optional(name, text.as_deref());
        Ok(Team {
            organization,
            desktop_layout_id: text(&self.desktop_layout_id, "desktopLayoutId")?,
            skill_profile_id: text(&self.skill_profile_id, "skillProfileId")?,
            multimedia_profile_id: text(&self.multimedia_profile_id, "multiMediaProfileId")?,
            site_id: uuid("siteId", &needed("siteId", self.site_id)?)?,
            name: needed("name", self.name)?,
            description: self.description,
            team_type: needed("teamType", self.team_type)?,
            team_status: needed("teamStatus", self.team_status)?,
            active: needed("active", self.active)?,
            dialed_number: self.dialed_number,
            capacity: self.capacity,
            rank_queues_for_team: needed("rankQueuesForTeam", self.rank_queues_for_team)?,
            version: 0,
            created: Moment(0),
            last_modified: Moment(0),
        })
    }

    /// Makes or replaces a team, with its users.
    fn save(
        mut self,
        tx: &mut Tx,
        organization: Uuid,
        text: Option<&str>,
    ) -> Result<Uuid, Refusal> {
        let known = text
            .map(|text| teams::get(tx, organization, text))
            .transpose()?;
        let known = known.map(|(id, _)| id);
        self.check(organization, text)?;
        let named = self.user_ids.take();
        let named = named
            .map(|ids| people(tx, organization, &ids))
            .transpose()?;
        let version = self.version;
        let team = self.team(organization)?;
        let id = match known {
            Some(id) => {
                // Who leaves lets a team be turned off in the same save.
                if named.as_ref().is_some_and(Vec::is_empty) {
                    teams::set_members(tx, id, &[])?;
                }
                teams::update(tx, id, version, team)?;
                id
            }
            None => teams::create(tx, team)?,
        };
        if let Some(people) = named {
            teams::set_members(tx, id, &people)?;
        }
        Ok(id)
    }
}

fn show(call: &Call<'_>, status: u16, organization: Uuid, id: Uuid) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let (id, team) = teams::get(&world, organization, &id.to_string())?;
    Reply::json(status, &TeamBody::of(&world, id, team))
}

/// POST of one.
pub(super) fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: TeamWrite = call.json()?;
    let id = call.write(|tx| body.save(tx, organization, None))?;
    show(call, 201, organization, id)
}

/// PUT of one.
pub(super) fn replace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: TeamWrite = call.json()?;
    let text = call.value("id");
    let id = call.write(|tx| body.save(tx, organization, Some(text)))?;
    show(call, 200, organization, id)
}

/// DELETE of one.
pub(super) fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let text = call.value("id");
    call.write(|tx| teams::delete(tx, organization, text))?;
    Ok(Reply::empty(204))
}

/// POST of many: an item without an id makes one, with an id it replaces or deletes it.
pub(super) fn save_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body: BulkSave = call.json()?;
    bulk::run(call, body.items, "team", |tx, deed, item: TeamWrite| {
        needed("item.organizationId", item.organization_id.as_ref())?;
        match (deed, item.id.clone()) {
            (Deed::Save, None) => {
                let id = item.save(tx, organization, None)?;
                Ok((bulk::CREATED, id.to_string()))
            }
            (Deed::Save, Some(id)) => {
                item.save(tx, organization, Some(&id))?;
                Ok((bulk::UPDATED, id))
            }
            (Deed::Delete, id) => {
                let text = needed("item.id", id)?;
                item.check(organization, Some(&text))?;
                teams::delete(tx, organization, &text)?;
                Ok((bulk::DELETED, text))
            }
        }
    })
}
