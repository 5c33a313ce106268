//! `/v1/groups` (api-surface.md 4.4).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::{self, Attributes, Filter};
use crate::http::page::{self, Indexed};
use crate::http::places::Places;
use crate::http::{Call, Fidelity, ORG, Query, Reply, Row};
use crate::model::number::shorten;
use crate::model::{Group, Holder, Person, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::groups::{self, GroupChange, Membership};
use crate::world::{Moment, World};

const INCLUDE_MEMBERS: Query = ("includeMembers", "Whether up to 500 members are shown.");
const START_INDEX: Query = ("startIndex", "The number of the first item, from 1.");
const COUNT: Query = ("count", "The most items on a page.");

/// The most members that a group shows (contract: List and Search Groups).
const MEMBERS_MAX: usize = 500;
/// Groups on a page (api-surface.md 1.7).
const GROUPS_PER_PAGE: usize = 100;
const GROUPS_PER_PAGE_MAX: usize = 500;
/// By what groups are filtered (contract: List and Search Groups).
const FILTERS: Attributes = &[("displayName", filter::START)];

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/groups", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("filter", "Such as `displayName eq \"Sales\"`; also `sw`."),
            ("attributes", "Only these attributes and the id."),
            ("sortBy", "`id` or `displayName`."),
            ("sortOrder", "`ascending` or `descending`."),
            INCLUDE_MEMBERS,
            START_INDEX,
            COUNT,
            ORG,
        ])
        .answers::<ListBody<'_>>(),
    Row::post("/v1/groups", create)
        .fidelity(Fidelity::F4)
        .takes::<GroupRequest>()
        .answers::<GroupBody<'_>>()
        .status(201)
        .heavy(),
    Row::get("/v1/groups/{groupId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[INCLUDE_MEMBERS])
        .answers::<GroupBody<'_>>(),
    Row::patch("/v1/groups/{groupId}", update)
        .fidelity(Fidelity::F4)
        .takes::<GroupRequest>()
        .answers::<GroupBody<'_>>()
        .heavy(),
    Row::delete("/v1/groups/{groupId}", delete).fidelity(Fidelity::F4),
    Row::get("/v1/groups/{groupId}/members", members)
        .fidelity(Fidelity::F4)
        .queries(&[START_INDEX, COUNT])
        .answers::<GroupBody<'_>>(),
];

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListBody<'a> {
    /// How many groups fit.
    total_results: usize,
    /// The number of the first one shown.
    start_index: usize,
    /// How many are shown.
    items_per_page: usize,
    /// The groups.
    groups: Vec<GroupBody<'a>>,
}

/// A group as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupBody<'a> {
    /// The group's id.
    id: String,
    /// Its name.
    display_name: &'a str,
    /// The organisation.
    org_id: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
    /// When it was changed last.
    #[schema(value_type = String)]
    last_modified: Moment,
    /// How many are in it.
    member_size: usize,
    /// Who is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<MemberBody<'a>>>,
}

/// Somebody in a group.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MemberBody<'a> {
    /// The person's id.
    id: String,
    /// `user`
    r#type: &'static str,
    /// The person's name.
    display_name: &'a str,
}

impl<'a> GroupBody<'a> {
    fn of(id: Uuid, group: &'a Group) -> Self {
        Self {
            id: group.webex_id(id),
            display_name: &group.display_name,
            org_id: WebexId::Organization.encode(group.organization),
            description: group.description.as_deref(),
            created: group.created,
            last_modified: group.last_modified,
            member_size: group.members.len(),
            members: None,
        }
    }

    fn with_members(self, world: &'a World, members: &[Uuid]) -> Self {
        let members = members.iter().filter_map(|id| {
            let person = world.get::<Person>(*id)?;
            Some(MemberBody {
                id: WebexId::Person.encode(*id),
                r#type: "user",
                display_name: &person.display_name,
            })
        });
        Self {
            members: Some(members.collect()),
            ..self
        }
    }

    /// The group as a caller sees it, who may be bound to locations (DEC-47).
    fn shown(world: &'a World, places: &Places, id: Uuid, group: &'a Group, members: bool) -> Self {
        let seen = seen(world, places, group);
        let mut body = Self::of(id, group);
        body.member_size = seen.len();
        match members {
            true => {
                let most = seen.len().min(MEMBERS_MAX);
                body.with_members(world, seen.get(..most).unwrap_or_default())
            }
            false => body,
        }
    }
}

/// What a caller says about a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupRequest {
    /// Its name.
    display_name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// The organisation.
    org_id: Option<String>,
    /// Who comes and who leaves.
    members: Option<Vec<MemberRequest>>,
    /// What is emptied before.
    purge_all_values: Option<PurgeRequest>,
}

/// Who comes or leaves.
#[derive(Debug, Deserialize, ToSchema)]
struct MemberRequest {
    /// The person's id.
    id: String,
    /// `add`, which it is where nothing is said, or `delete`.
    operation: Option<String>,
}

/// What is emptied.
#[derive(Debug, Deserialize, ToSchema)]
struct PurgeRequest {
    /// `members`
    attributes: Vec<String>,
}

impl GroupRequest {
    fn into_change(self) -> Result<GroupChange, Refusal> {
        let purged = self.purge_all_values.map(|purge| purge.attributes);
        let purged = purged.unwrap_or_default();
        if purged.iter().any(|name| name != "members") {
            let detail = "purgeAllValues.attributes can only name members.";
            return Err(Refusal::bad_request(detail));
        }
        let members = self.members.unwrap_or_default();
        let members = members.iter().enumerate();
        let members = members.map(|(index, member)| member.membership(index));
        Ok(GroupChange {
            display_name: self.display_name,
            description: self.description,
            purges: !purged.is_empty(),
            members: members.collect::<Result<_, _>>()?,
            ..GroupChange::default()
        })
    }
}

impl MemberRequest {
    fn membership(&self, index: usize) -> Result<Membership, Refusal> {
        let id = WebexId::Person.decode(&self.id).ok_or_else(|| {
            let shown = shorten(&self.id);
            let detail = format!("members[{index}].id: \"{shown}\" is not a person's id.");
            Refusal::bad_request(detail)
        })?;
        match self.operation.as_deref() {
            None | Some("add") => Ok(Membership::Add(id)),
            Some("delete" | "remove") => Ok(Membership::Remove(id)),
            Some(other) => {
                let shown = shorten(other);
                let detail =
                    format!("members[{index}].operation: \"{shown}\" is neither add nor delete.");
                Err(Refusal::bad_request(detail))
            }
        }
    }
}

/// The members of a group who stand in these locations.
fn seen<'a>(world: &World, places: &Places, group: &'a Group) -> Cow<'a, [Uuid]> {
    if places.are_everywhere() {
        return Cow::Borrowed(&group.members);
    }
    let members = group.members.iter().copied();
    let seen = members.filter(|id| places.hold_holder(world, Holder::Person(*id)));
    Cow::Owned(seen.collect())
}

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("groupId");
    let id = Group::decode(text);
    id.ok_or_else(|| Refusal::not_found("Group", text))
}

fn show(call: &Call<'_>, id: Uuid, status: u16, members: bool) -> Result<Reply, Refusal> {
    let organization = call.own_organization()?;
    let world = call.tenant.sandbox.peek();
    let group = groups::get(&world, organization, id)?;
    Reply::json(
        status,
        &GroupBody::shown(&world, &call.places(), id, group, members),
    )
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let members = call.query_bool("includeMembers")?.unwrap_or(false);
    show(call, id(call)?, 200, members)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let request = call.json::<GroupRequest>()?;
    let organization = match &request.org_id {
        Some(text) => call.organization_named(text)?,
        None => call.own_organization()?,
    };
    let change = request.into_change()?;
    let id = call.write(|tx| groups::create(tx, organization, change))?;
    show(call, id, 201, true)
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let organization = call.own_organization()?;
    groups::get(&call.tenant.sandbox.peek(), organization, id)?;
    let change = call.json::<GroupRequest>()?.into_change()?;
    call.write(|tx| groups::update(tx, organization, id, change))?;
    show(call, id, 200, true)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let organization = call.own_organization()?;
    call.write(|tx| groups::delete(tx, organization, id))?;
    Ok(Reply::empty(204))
}

fn members(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let organization = call.own_organization()?;
    let page = Indexed::of(call, MEMBERS_MAX, MEMBERS_MAX)?;
    let world = call.tenant.sandbox.peek();
    let group = groups::get(&world, organization, id)?;
    let seen = seen(&world, &call.places(), group);
    let mut body = GroupBody::of(id, group).with_members(&world, page.slice(&seen));
    body.member_size = seen.len();
    let reply = Reply::json(200, &body)?;
    Ok(page.link(call, reply, seen.len()))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let filter = call
        .query("filter")
        .map(|text| Filter::parse(&text, FILTERS).map_err(Refusal::bad_request))
        .transpose()?;
    let includes_members = call.query_bool("includeMembers")?.unwrap_or(false);
    let page = Indexed::of(call, GROUPS_PER_PAGE, GROUPS_PER_PAGE_MAX)?;
    let world = call.tenant.sandbox.peek();
    let mut found: Vec<(Uuid, &Group)> = groups::list(&world, organization)
        .filter(|(_, group)| {
            let name = || vec![group.display_name.as_str().into()];
            filter
                .as_ref()
                .is_none_or(|filter| filter.fits(&|_: &str| name()))
        })
        .collect();
    sort(call, &mut found)?;
    let shown = page.slice(&found);
    let places = call.places();
    let groups = shown
        .iter()
        .map(|(id, group)| GroupBody::shown(&world, &places, *id, group, includes_members));
    let body = ListBody {
        total_results: found.len(),
        start_index: page.start_index,
        items_per_page: shown.len(),
        groups: groups.collect(),
    };
    let attributes = call.query_list("attributes");
    let reply = match attributes.is_empty() {
        true => Reply::json(200, &body)?,
        false => Reply::json(200, &only(&body, &attributes)?)?,
    };
    Ok(page.link(call, reply, found.len()))
}

fn sort(call: &Call<'_>, found: &mut [(Uuid, &Group)]) -> Result<(), Refusal> {
    match call.query_word("sortBy")? {
        Some("displayName") => found.sort_by_cached_key(|(_, group)| {
            // The second part makes the order of names that differ by case alone the same always.
            let name = &group.display_name;
            (name.to_lowercase(), name.clone())
        }),
        Some("id") => found.sort_by_cached_key(|(id, group)| group.webex_id(*id)),
        _ => {}
    }
    page::order(call, found)
}

/// A list whose groups have their ids and the attributes that are asked for.
fn only(body: &ListBody<'_>, attributes: &[String]) -> Result<Value, Refusal> {
    let mut body = serde_json::to_value(body)
        .map_err(|error| Refusal::new(ErrorKind::Internal, error.to_string()))?;
    let groups = body["groups"].as_array_mut();
    for group in groups.into_iter().flatten() {
        if let Some(group) = group.as_object_mut() {
            let is_asked = |name: &String| attributes.iter().any(|it| it == name);
            group.retain(|name, _| name == "id" || is_asked(name));
        }
    }
    Ok(body)
}
