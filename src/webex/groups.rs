//! `/v1/groups` (api-surface.md 4.4).

mod document;
mod write;

use uuid::Uuid;

use super::filter::{self, Attributes, Filter};
use crate::http::page::{self, Indexed};
use crate::http::{Call, Fidelity, ORG, Query, Reply, Row};
use crate::model::Group;
use crate::refusal::Refusal;
use crate::resources::groups;

use document::{GroupBody, ListBody, MEMBERS_MAX, only, seen};

const INCLUDE_MEMBERS: Query = ("includeMembers", "Whether up to 500 members are shown.");
const START_INDEX: Query = ("startIndex", "The number of the first item, from 1.");
const COUNT: Query = ("count", "The most items on a page.");

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
    Row::post("/v1/groups", write::create)
        .fidelity(Fidelity::F4)
        .takes::<write::GroupRequest>()
        .answers::<GroupBody<'_>>()
        .status(201)
        .heavy(),
    Row::get("/v1/groups/{groupId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[INCLUDE_MEMBERS])
        .answers::<GroupBody<'_>>(),
    Row::patch("/v1/groups/{groupId}", write::update)
        .fidelity(Fidelity::F4)
        .takes::<write::GroupRequest>()
        .answers::<GroupBody<'_>>()
        .heavy(),
    Row::delete("/v1/groups/{groupId}", write::delete).fidelity(Fidelity::F4),
    Row::get("/v1/groups/{groupId}/members", members)
        .fidelity(Fidelity::F4)
        .queries(&[START_INDEX, COUNT])
        .answers::<GroupBody<'_>>(),
];

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
