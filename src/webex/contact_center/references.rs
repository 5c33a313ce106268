//! Who names something of Contact Center (`EntityReferenceInfoDTO`): one asks before deleting it.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::page::{self, PAGE, PAGE_SIZE};
use super::{User, find, organization, profiles};
use crate::http::{Call, Query, Reply};
use crate::licensing::contact_center::has_profile;
use crate::model::Team;
use crate::refusal::Refusal;
use crate::resources::teams;
use crate::world::World;

/// What they know.
pub(super) const QUERIES: &[Query] = &[
    (
        "type",
        "Only references of this kind of entity, such as `user`.",
    ),
    PAGE,
    PAGE_SIZE,
];

/// Who names it, for its schema.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ReferencesBody {
    /// A sentence.
    description: String,
    /// Totals, links, the kinds that name it, and its own kind.
    #[schema(value_type = Object)]
    meta: Value,
    /// Id and name of each.
    #[schema(value_type = Vec<Object>)]
    data: Vec<Value>,
}

fn reply(
    call: &Call<'_>,
    organization: Uuid,
    entity: &str,
    by: &str,
    found: Vec<Value>,
) -> Result<Reply, Refusal> {
    let wanted = call.query("type");
    let found = match wanted.as_deref() {
        Some(kind) if !kind.is_empty() && kind != by => Vec::new(),
        _ => found,
    };
    let kinds: &[&str] = if found.is_empty() { &[] } else { &[by] };
    let mut meta = page::meta(call, organization, found.len())?;
    meta["referencedEntities"] = json!(kinds);
    meta["currentEntity"] = entity.into();
    let body = ReferencesBody {
        description: "list of referenced entities".to_owned(),
        meta,
        data: page::slice(call, &found)?.to_vec(),
    };
    Reply::json(200, &body)
}

/// The users who have a profile, chosen or by itself.
pub(super) fn of_profile(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let (id, _) = profiles::find(&world, organization, call.value("id"))?;
    let chosen: Vec<Uuid> = has_profile(&world, id).collect();
    let mut found = Vec::new();
    for user in super::users(&world, organization) {
        if user.profile_id(&world) == id || chosen.contains(&user.person_id) {
            found.push(named(&world, &user));
        }
    }
    reply(call, organization, "user-profile", "user", found)
}

/// The users who are in a team.
pub(super) fn of_team(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let (id, _) = teams::get(&world, organization, call.value("id"))?;
    let users = super::users(&world, organization);
    let users = users.filter(|user| user.agent.settings.team_ids.contains(&id));
    let found = users.map(|user| named(&world, &user)).collect();
    reply(call, organization, "team", "user", found)
}

/// The teams that a user is in.
pub(super) fn of_user(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = organization(call)?;
    let world = call.read();
    let user = find(&world, organization, call.value("id"))?;
    let own = user.agent.settings.team_ids.iter();
    let own = own.filter_map(|id| Some((id, world.get::<Team>(*id)?)));
    let found = own.map(
        |(id, team)| json!({"id": id.to_string(), "name": team.name, "version": team.version}),
    );
    reply(call, organization, "user", "team", found.collect())
}

/// A user as what names something.
fn named(world: &World, user: &User<'_>) -> Value {
    json!({
        "id": user.id(world).to_string(), "name": user.person.display_name,
        "additionalAttributes": {"email": user.person.email.as_str()},
        "version": user.agent.version,
    })
}
