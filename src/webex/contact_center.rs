//! Users and user profiles of Contact Center (`/organization/{orgId}/…`): what Contact Center knows
//! since it was last synchronised, and what its administrators set beside that.

mod bulk;
mod document;
mod filter;
mod listing;
mod page;
mod profiles;
mod references;
mod sent;
mod skills;
mod teams;
mod view;
mod write;

pub use profiles::ROWS as PROFILE_ROWS;
pub use skills::ROWS as SKILL_ROWS;
pub use teams::ROWS as TEAM_ROWS;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Call, Fidelity, Query, Reply, Row};
use crate::licensing::contact_center;
use crate::model::agent::{Agent, Known};
use crate::model::number::shorten;
use crate::model::{Person, ProfileType, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::contact_center_users;
use crate::resources::user_profiles::default_id;
use crate::world::{World, ids};

use document::{OFFER, SEARCHED, Shown, UserBody, document};
use page::{Chosen, ChosenList, PAGE, PAGE_SIZE, Paged};
use view::Wanted;

const FILTER: Query = (
    "filter",
    "Only items to which this RSQL expression applies.",
);
const ATTRIBUTES: Query = ("attributes", "Only these attributes, separated by commas.");
const SEARCH: Query = ("search", "Only users whose names or addresses hold this.");
const SINGLE: Query = (
    "singleObjectResponse",
    "Whether lists are left out of the items.",
);
const WITH_PROFILE: Query = (
    "includeUserProfile",
    "Whether the user profile comes along.",
);
const WITH_TYPE: Query = (
    "includeUserProfileType",
    "Whether the type of the profile comes along.",
);
const NAMES: Query = (
    "includeNames",
    "Whether resource collections have their names; here they always have.",
);
const QUEUES: Query = ("includeCount", "Whether the counts of queues come along.");
const PROFILE_AUDIT: Query = (
    "includeSkillProfileAudit",
    "Whether it comes along who changed the skill profile.",
);
const AUDIT: Query = (
    "includeReskillAuditInfo",
    "The same, and who changed dynamic skills.",
);
const DETAILS: Query = (
    "includeSkillDetails",
    "Whether dynamic skills have their names.",
);
const MANAGED: Query = (
    "supervisorManagedAgentsOnly",
    "Only enabled users of sites and teams that the caller's user profile opens.",
);
const BUDDIES: Query = (
    "buddyTeamAgentsOnly",
    "Only users of buddy teams; here nobody is in one.",
);
const IN_QUEUE: Query = (
    "userInQueue",
    "`assigned`: users of queues, of which there are none; `unassigned`: all others.",
);
const QUEUE: Query = ("queueId", "The queue that `userInQueue` is about.");
const AI_COUNTS: Query = (
    "includeAIMappingCount",
    "Whether it comes along to how many users features of AI apply.",
);
const LIMIT: Query = (
    "includeDynamicSkillsLimitReached",
    "Whether it comes along who has as many dynamic skills as there may be.",
);

/// The counts that `includeAIMappingCount` adds. Those features are not simulated, so they apply to
/// nobody (DEC-115).
const COUNTED: [&str; 3] = [
    "actualBurnoutInclusionCount",
    "actualAutoCSATCount",
    "actualSummariesCount",
];

/// The rows. Writes keep what Control Hub decides by; time zone, numbers and wellness of an agent
/// are not kept, which is why they are no more than F2.
pub const ROWS: &[Row] = &[
    Row::get("/organization/{orgId}/user", list)
        .fidelity(Fidelity::F4)
        .queries(&[FILTER, ATTRIBUTES, PAGE, PAGE_SIZE, SINGLE])
        .answers::<ChosenList<UserBody>>()
        .walks(),
    Row::get("/organization/{orgId}/v2/user", list_paged)
        .fidelity(Fidelity::F4)
        .queries(&[
            FILTER, ATTRIBUTES, SEARCH, PAGE, PAGE_SIZE, SINGLE, MANAGED, BUDDIES, IN_QUEUE, QUEUE,
            AI_COUNTS, LIMIT,
        ])
        .answers::<Paged<Chosen<UserBody>>>()
        .walks(),
    Row::get(
        "/organization/{orgId}/user/with-user-profile",
        list_with_profile,
    )
    .fidelity(Fidelity::F4)
    .answers::<Vec<UserBody>>(),
    Row::get(
        "/organization/{orgId}/user/with-user-profile/{id}",
        get_with_profile,
    )
    .fidelity(Fidelity::F4)
    .answers::<UserBody>(),
    Row::get(
        "/organization/{orgId}/user/by-ci-user-id/{id}",
        get_by_person,
    )
    .fidelity(Fidelity::F4)
    .queries(&[WITH_PROFILE])
    .answers::<UserBody>(),
    Row::get(
        "/organization/{orgId}/v2/user/by-ci-user-id/{id}",
        get_granular_by_person,
    )
    .fidelity(Fidelity::F4)
    .queries(&[WITH_PROFILE, NAMES])
    .answers::<UserBody>(),
    Row::get("/organization/{orgId}/user/{id}", get)
        .fidelity(Fidelity::F4)
        .queries(&[QUEUES, WITH_TYPE, PROFILE_AUDIT, AUDIT, DETAILS])
        .answers::<UserBody>(),
    Row::put("/organization/{orgId}/user/{id}", write::replace)
        .fidelity(Fidelity::F2)
        .takes::<write::UserWrite>()
        .answers::<UserBody>(),
    Row::patch("/organization/{orgId}/user/{id}", write::patch)
        .fidelity(Fidelity::F2)
        .takes::<write::UserPatch>()
        .answers::<UserBody>(),
    Row::patch("/organization/{orgId}/user/bulk", write::patch_many)
        .fidelity(Fidelity::F2)
        .takes::<write::BulkPatch>()
        .answers::<bulk::BulkResults>()
        .status(207)
        .heavy(),
    Row::post(
        "/organization/{orgId}/user/fetch-user-details-by-ids",
        details,
    )
    .fidelity(Fidelity::F4)
    .queries(&[PAGE, PAGE_SIZE])
    .takes::<WantedDetails>()
    .answers::<Paged<UserBody>>(),
    Row::get(
        "/organization/{orgId}/user/{id}/incoming-references",
        references::of_user,
    )
    .fidelity(Fidelity::F4)
    .queries(references::QUERIES)
    .answers::<references::ReferencesBody>(),
];

/// A user as Contact Center knows one.
#[derive(Debug)]
struct User<'a> {
    /// The person.
    person_id: Uuid,
    person: &'a Person,
    agent: Agent,
    known: Known,
}

impl<'a> User<'a> {
    /// The user that a person is; none for who never signed in (CC-08) or is not known yet (CC-07).
    fn of(world: &'a World, person_id: Uuid) -> Option<Self> {
        let (person, agent, known) = contact_center_users::shown(world, person_id)?;
        Some(Self {
            person_id,
            person,
            agent,
            known,
        })
    }

    /// Refuses another version than the present one.
    fn check_version(&self, sent: Option<u32>) -> Result<(), Refusal> {
        let present = self.agent.version;
        match sent.filter(|version| *version != present) {
            None => Ok(()),
            Some(version) => {
                let detail = format!("version is {version}; the user is at version {present}.");
                Err(Refusal::new(ErrorKind::VersionOutdated, detail))
            }
        }
    }

    /// The type of the profile, by licence and role.
    fn profile_type(&self, world: &World) -> ProfileType {
        contact_center::profile_type(world, self.person_id, self.known)
    }

    /// The profile: the one that was chosen, or else the one that comes by itself.
    fn profile_id(&self, world: &World) -> Uuid {
        let chosen = contact_center::profile_of(world, self.person_id, &self.agent);
        let kind = self.profile_type(world);
        chosen.unwrap_or_else(|| default_id(world, self.person.organization, kind))
    }

    /// The user's own id, which is not that of the person.
    fn id(&self, world: &World) -> Uuid {
        ids::named(world.seed, &format!("contactCenterUser/{}", self.person_id))
    }
}

fn organization(call: &Call<'_>) -> Result<Uuid, Refusal> {
    call.organization_named(call.value("orgId"))
}

fn users(world: &World, organization: Uuid) -> impl Iterator<Item = User<'_>> {
    let all = contact_center::users(world, organization).into_iter();
    all.filter_map(|id| User::of(world, id))
}

/// The user that a path names by its own id.
fn find<'a>(world: &'a World, organization: Uuid, text: &str) -> Result<User<'a>, Refusal> {
    let id = Uuid::try_parse(text).ok();
    let found = id.and_then(|id| users(world, organization).find(|user| user.id(world) == id));
    found.ok_or_else(|| Refusal::not_found("User", text))
}

/// The people behind the users' own ids, for a request that names many: finding one walks over
/// everybody.
struct Directory(BTreeMap<Uuid, Uuid>);

impl Directory {
    fn of(world: &World, organization: Uuid) -> Self {
        let all = users(world, organization);
        Self(all.map(|user| (user.id(world), user.person_id)).collect())
    }

    fn find(&self, text: &str) -> Result<Uuid, Refusal> {
        let found = Uuid::try_parse(text).ok();
        let found = found.and_then(|id| self.0.get(&id)).copied();
        found.ok_or_else(|| Refusal::not_found("User", text))
    }
}

/// The documents of the users that a call asks for.
fn wanted(call: &Call<'_>) -> Result<Vec<Value>, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let shown = Shown::of(call)?;
    let wanted = Wanted::of(call, &world, organization)?;
    let all = users(&world, organization).filter(|user| wanted.fits(user));
    let all = all.map(|user| document(&world, &user, &shown));
    listing::wanted(call, all, &OFFER)
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let found = wanted(call)?;
    Reply::json(200, &page::slice(call, &found)?)
}

fn list_paged(call: &Call<'_>) -> Result<Reply, Refusal> {
    let found = wanted(call)?;
    let mut meta = page::meta(call, organization(call)?, found.len())?;
    if call.query_bool(AI_COUNTS.0)? == Some(true) {
        for name in COUNTED {
            meta[name] = 0.into();
        }
    }
    page::reply_with(call, &meta, &found)
}

fn list_with_profile(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let found = users(&world, organization).map(|user| document(&world, &user, &Shown::profile()));
    Reply::json(200, &found.collect::<Result<Vec<_>, _>>()?)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let user = find(&world, organization(call)?, call.value("id"))?;
    Reply::json(200, &document(&world, &user, &Shown::of(call)?)?)
}

fn get_with_profile(call: &Call<'_>) -> Result<Reply, Refusal> {
    let world = call.read();
    let user = find(&world, organization(call)?, call.value("id"))?;
    Reply::json(200, &document(&world, &user, &Shown::profile())?)
}

fn get_by_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    show_by_person(call, &Shown::of(call)?)
}

fn get_granular_by_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    show_by_person(call, &Shown::of(call)?.granular())
}

fn show_by_person(call: &Call<'_>, shown: &Shown) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let text = call.value("id");
    let user = WebexId::Person
        .decode(text)
        .and_then(|id| User::of(&world, id));
    let user = user.filter(|user| user.person.organization == organization);
    let user = user.ok_or_else(|| Refusal::not_found("User with the CI user id", text))?;
    Reply::json(200, &document(&world, &user, shown)?)
}

/// Whose details are asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WantedDetails {
    /// The users, by their own ids.
    user_ids: Option<Vec<String>>,
    /// Who is searched for in a queue.
    search: Option<String>,
    /// The queue.
    queue_id: Option<String>,
}

fn details(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let body = call.json::<WantedDetails>()?;
    let (Some(ids), None, None) = (&body.user_ids, &body.search, &body.queue_id) else {
        let detail = "userIds must name the users; search within a queueId is not simulated.";
        return Err(Refusal::bad_request(detail));
    };
    let world = call.read();
    let mut found = Vec::new();
    for user in users(&world, organization) {
        let id = user.id(&world).to_string();
        if ids.iter().any(|wanted| wanted.eq_ignore_ascii_case(&id)) {
            let (first_name, last_name) = user.person.names();
            found.push(serde_json::json!({
                "id": id, "firstName": first_name, "lastName": last_name,
                "email": user.person.email.to_string(),
            }));
        }
    }
    if let Some(unknown) = ids.iter().find(|id| Uuid::try_parse(id).is_err()) {
        let detail = format!("userIds: \"{}\" is not a uuid.", shorten(unknown));
        return Err(Refusal::bad_request(detail));
    }
    page::reply(call, organization, &found)
}
