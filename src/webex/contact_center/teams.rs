//! Teams of Contact Center.

mod write;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::Fields;
use super::listing::{self, Lists, Offer};
use super::page::{Chosen, ChosenList, PAGE, PAGE_SIZE, Paged};
use super::view::View;
use super::{ATTRIBUTES, FILTER, SEARCH, SINGLE, User, bulk, organization, page, references};
use crate::http::{Call, Fidelity, Query, Reply, Row};
use crate::model::Team;
use crate::model::number::shorten;
use crate::model::team::{TeamStatus, TeamType};
use crate::refusal::Refusal;
use crate::resources::teams;
use crate::settings::family::to_value;
use crate::world::World;

const SUPERVISOR_VIEW: Query = (
    "supervisorView",
    "Whether only teams are shown that the caller's user profile opens.",
);
const PROVISIONING_VIEW: Query = ("provisioningView", "The same.");

/// What lists of teams let their callers ask for (contract): `userId` is one of the users.
const OFFER: Offer = Offer {
    fields: || Fields::of::<TeamBody>(&UNFILTERED).and("userId", "userIds"),
    searched: &["name", "description"],
    lists: Lists::Shown,
};

/// The fields by which teams are not filtered (contract).
const UNFILTERED: [&str; 5] = [
    "organizationId",
    "userIds",
    "queueRankings",
    "createdTime",
    "lastUpdatedTime",
];

/// The rows. Writes do not keep `queueRankings`, which is why they are no more than F2.
pub const ROWS: &[Row] = &[
    Row::get("/organization/{orgId}/team", list)
        .fidelity(Fidelity::F4)
        .queries(&[FILTER, ATTRIBUTES, PAGE, PAGE_SIZE, SINGLE])
        .answers::<ChosenList<TeamBody>>(),
    Row::get("/organization/{orgId}/v2/team", list_paged)
        .fidelity(Fidelity::F4)
        .queries(&[
            FILTER,
            ATTRIBUTES,
            SEARCH,
            PAGE,
            PAGE_SIZE,
            SINGLE,
            SUPERVISOR_VIEW,
            PROVISIONING_VIEW,
        ])
        .answers::<Paged<Chosen<TeamBody>>>(),
    Row::post("/organization/{orgId}/team", write::create)
        .fidelity(Fidelity::F2)
        .takes::<write::TeamWrite>()
        .answers::<TeamBody>()
        .status(201),
    Row::post("/organization/{orgId}/team/bulk", write::save_many)
        .fidelity(Fidelity::F2)
        .takes::<write::BulkSave>()
        .answers::<bulk::BulkResults>()
        .status(207),
    Row::post("/organization/{orgId}/team/purge-inactive-entities", purge)
        .fidelity(Fidelity::F4)
        .queries(&[(
            "nextStartId",
            "From which id on; what a purge before answered as `nextStartId`.",
        )])
        .answers::<Purged>(),
    Row::get("/organization/{orgId}/team/{id}", get)
        .fidelity(Fidelity::F4)
        .answers::<TeamBody>(),
    Row::put("/organization/{orgId}/team/{id}", write::replace)
        .fidelity(Fidelity::F2)
        .takes::<write::TeamWrite>()
        .answers::<TeamBody>(),
    Row::delete("/organization/{orgId}/team/{id}", write::delete).fidelity(Fidelity::F4),
    Row::get(
        "/organization/{orgId}/team/{id}/incoming-references",
        references::of_team,
    )
    .fidelity(Fidelity::F4)
    .queries(references::QUERIES)
    .answers::<references::ReferencesBody>(),
];

/// A team.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TeamBody {
    organization_id: String,
    id: String,
    /// Rises with each change.
    version: u32,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    team_type: TeamType,
    team_status: TeamStatus,
    active: bool,
    site_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialed_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    desktop_layout_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skill_profile_id: Option<String>,
    #[serde(
        rename = "multiMediaProfileId",
        skip_serializing_if = "Option::is_none"
    )]
    multimedia_profile_id: Option<String>,
    /// The users who are in it, as Contact Center knows them.
    user_ids: Vec<String>,
    /// Whether it comes with Contact Center; none does here.
    system_default: bool,
    rank_queues_for_team: bool,
    /// Milliseconds since 1970.
    created_time: i64,
    /// Milliseconds since 1970.
    last_updated_time: i64,
}

impl TeamBody {
    fn of(world: &World, id: Uuid, team: &Team) -> Self {
        let text = |id: Option<Uuid>| id.map(|id| id.to_string());
        let users = teams::members(world, id);
        let users = users.filter_map(|person| User::of(world, person));
        let mut user_ids: Vec<String> = users.map(|user| user.id(world).to_string()).collect();
        user_ids.sort();
        Self {
            organization_id: team.organization.to_string(),
            id: id.to_string(),
            version: team.version,
            name: team.name.clone(),
            description: team.description.clone(),
            team_type: team.team_type,
            team_status: team.team_status,
            active: team.active,
            site_id: team.site_id.to_string(),
            dialed_number: team.dialed_number.clone(),
            capacity: team.capacity,
            desktop_layout_id: text(team.desktop_layout_id),
            skill_profile_id: text(team.skill_profile_id),
            multimedia_profile_id: text(team.multimedia_profile_id),
            user_ids,
            system_default: false,
            rank_queues_for_team: team.rank_queues_for_team,
            created_time: team.created.0,
            last_updated_time: team.last_modified.0,
        }
    }
}

/// The documents of the teams that a call asks for.
fn wanted(call: &Call<'_>) -> Result<Vec<Value>, Refusal> {
    let world = call.read();
    let organization = organization(call)?;
    let mut is_viewed = false;
    for (name, _) in [SUPERVISOR_VIEW, PROVISIONING_VIEW] {
        is_viewed |= call.knows(name) && call.query_bool(name)? == Some(true);
    }
    let view = is_viewed.then(|| View::of(call, &world, organization, "team"));
    let all = teams::list(&world, organization).into_iter();
    let all = all
        .filter(|(id, _)| view.as_ref().is_none_or(|view| view.holds(*id)))
        .map(|(id, team)| to_value(&TeamBody::of(&world, id, team)));
    listing::wanted(call, all, &OFFER)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let found = wanted(call)?;
    Reply::json(200, &page::slice(call, &found)?)
}

fn list_paged(call: &Call<'_>) -> Result<Reply, Refusal> {
    page::reply(call, organization(call)?, &wanted(call)?)
}

/// What a purge did.
#[derive(Debug, Serialize, ToSchema)]
struct Purged {
    code: u16,
    details: PurgedDetails,
    /// None are known here.
    #[schema(value_type = Vec<Object>)]
    links: [(); 0],
}

/// What a purge did, in numbers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PurgedDetails {
    /// How many went.
    purged_count: usize,
    /// Where the next batch starts, while there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_start_id: Option<String>,
}

/// POST of a purge.
fn purge(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let start = call.query("nextStartId").filter(|text| !text.is_empty());
    let start = start.map(|text| {
        Uuid::try_parse(&text).map_err(|_| {
            let detail = format!("nextStartId \"{}\" is not a uuid.", shorten(&text));
            Refusal::bad_request(detail)
        })
    });
    let start = start.transpose()?.unwrap_or_default();
    let (purged_count, next) = call.write(|tx| Ok(teams::purge(tx, organization, start)))?;
    let body = Purged {
        code: 200,
        details: PurgedDetails {
            purged_count,
            next_start_id: next.map(|id| id.to_string()),
        },
        links: [],
    };
    Reply::json(200, &body)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let (id, team) = teams::get(&world, organization, call.value("id"))?;
    Reply::json(200, &TeamBody::of(&world, id, team))
}
