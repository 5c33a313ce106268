//! `/identity/scim/{orgId}/v2/Groups`: the groups of `/v1/groups` as directories see them.

mod document;
mod request;
mod roster;
pub(super) mod write;

use std::borrow::Cow;

use uuid::Uuid;

use super::patch::PatchRequest;
use super::selection::Selection;
use super::{ATTRIBUTES, COUNT, Doer, EXCLUDED, ListBody, SORT_ORDER, START_INDEX, group_id, list};
use crate::http::page::{self, Indexed};
use crate::http::{Call, Fidelity, Query, Reply, Row};
use crate::model::Group;
use crate::refusal::Refusal;
use crate::resources::groups;
use crate::webex::filter::{AMONG, Attributes, Element, Filter, SAME, Subject, TEXT, TIME};

pub(super) use document::usage_of;
use document::{GroupBody, MembersBody};
use request::{GROUP, GroupRequest};

const GROUPS: &str = "/identity/scim/{orgId}/v2/Groups";
const ONE: &str = "/identity/scim/{orgId}/v2/Groups/{groupId}";

const MEMBER_TYPE: Query = (
    "memberType",
    "`user`, `machine` or `group`: only such members.",
);

/// The most members that a group shows (contract: Get a group).
const MEMBERS_MAX: usize = 500;

/// By what groups are filtered. The contract shows `displayName` and refers to RFC 7644 for the
/// rest, which is inferred.
const FILTERS: Attributes = &[
    ("displayName", TEXT),
    ("id", TEXT),
    ("externalId", TEXT),
    ("usage", TEXT),
    ("members.value", AMONG),
    ("meta.organizationID", SAME),
    ("meta.created", TIME),
    ("meta.lastModified", TIME),
];

/// The rows. Writes are no more than F2, for the same reason as those of users.
pub const ROWS: &[Row] = &[
    Row::get(GROUPS, search)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("filter", "Such as `displayName eq \"Sales\"`."),
            ATTRIBUTES,
            EXCLUDED,
            ("sortBy", "`displayName`, `id` or `meta.lastModified`."),
            SORT_ORDER,
            START_INDEX,
            COUNT,
            ("includeMembers", "Whether up to 500 members are shown."),
            MEMBER_TYPE,
        ])
        .answers::<ListBody<GroupBody<'_>>>()
        .walks(),
    Row::post(GROUPS, create)
        .fidelity(Fidelity::F2)
        .takes::<GroupRequest>()
        .answers::<GroupBody<'_>>()
        .status(201)
        .heavy(),
    Row::get(ONE, get)
        .fidelity(Fidelity::F4)
        .queries(&[EXCLUDED])
        .answers::<GroupBody<'_>>(),
    Row::put(ONE, replace)
        .fidelity(Fidelity::F2)
        .takes::<GroupRequest>()
        .answers::<GroupBody<'_>>()
        .heavy(),
    Row::patch(ONE, patch)
        .fidelity(Fidelity::F2)
        .takes::<PatchRequest>()
        .answers::<GroupBody<'_>>()
        .heavy(),
    Row::delete(ONE, delete).fidelity(Fidelity::F4),
    Row::get(
        "/identity/scim/{orgId}/v2/Groups/{groupId}/Members",
        members,
    )
    .fidelity(Fidelity::F4)
    .queries(&[START_INDEX, COUNT, MEMBER_TYPE])
    .answers::<MembersBody<'_>>(),
];

fn id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    group_id(call.value("groupId"))
}

fn show(call: &Call<'_>, doer: &Doer<'_>, id: Uuid, status: u16) -> Result<Reply, Refusal> {
    let world = call.tenant.sandbox.peek();
    let group = write::find(&world, doer, id)?;
    let body = GroupBody::of(doer.origin, id, group).with_members(&world, group, MEMBERS_MAX);
    let reply = Reply::json(status, &body)?;
    Ok(match status {
        201 => reply.header("Location", doer.location("Groups", id)),
        _ => reply,
    })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    let selection = Selection::without(call, GROUP);
    if selection.is_everything() {
        return show(call, &doer, id, 200);
    }
    let world = call.tenant.sandbox.peek();
    let group = write::find(&world, &doer, id)?;
    let body = GroupBody::of(doer.origin, id, group).with_members(&world, group, MEMBERS_MAX);
    Reply::json(200, &selection.of_one(&body)?)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let doer = Doer::of(call)?;
    let id = call.write(|tx| write::create(tx, &doer, call.body))?;
    show(call, &doer, id, 201)
}

fn replace(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    call.write(|tx| write::replace(tx, &doer, id, call.body))?;
    show(call, &doer, id, 200)
}

fn patch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    call.write(|tx| write::patch(tx, &doer, id, call.body))?;
    show(call, &doer, id, 200)
}

fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    call.write(|tx| write::delete(tx, &doer, id))?;
    Ok(Reply::empty(204))
}

/// Whether members of the type that a call asks for are users, which all members are.
fn asks_for_users(call: &Call<'_>) -> Result<bool, Refusal> {
    let wanted = call.query_word("memberType")?;
    Ok(wanted.is_none_or(|kind| kind == "user"))
}

fn members(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (doer, id) = (Doer::of(call)?, id(call)?);
    let page = Indexed::of(call, MEMBERS_MAX, MEMBERS_MAX)?;
    let world = call.tenant.sandbox.peek();
    let group = write::find(&world, &doer, id)?;
    let members: &[Uuid] = match asks_for_users(call)? {
        true => &group.members,
        false => &[],
    };
    let body = MembersBody::of(&world, group, page.slice(members), page, members.len());
    let reply = Reply::json(200, &body)?;
    Ok(page.link(call, reply, members.len()))
}

fn search(call: &Call<'_>) -> Result<Reply, Refusal> {
    let doer = Doer::of(call)?;
    let filter = call
        .query("filter")
        .map(|text| Filter::parse(&text, FILTERS).map_err(Refusal::bad_request))
        .transpose()?;
    let world = call.tenant.sandbox.peek();
    let mut found: Vec<(Uuid, &Group)> = groups::list(&world, doer.organization)
        .filter(|(id, group)| {
            let filter = filter.as_ref();
            filter.is_none_or(|filter| filter.fits(&Known(*id, group)))
        })
        .collect();
    sort(call, &mut found)?;
    let selection = Selection::of(call, GROUP);
    let asked = call.query_bool("includeMembers")?.unwrap_or(false);
    let are_meant = asks_for_users(call)?;
    let shows_members = are_meant && (asked || selection.names("members"));
    list(call, &selection, &found, |(id, group): (Uuid, &Group)| {
        let body = GroupBody::of(doer.origin, id, group);
        match shows_members {
            true => body.with_members(&world, group, MEMBERS_MAX),
            false => body,
        }
    })
}

/// A group, to be filtered.
struct Known<'a>(Uuid, &'a Group);

impl<'a> Subject<'a> for Known<'a> {
    fn values(&self, attribute: &str) -> Vec<Cow<'a, str>> {
        let Self(id, group) = *self;
        match attribute {
            "displayName" => vec![Cow::Borrowed(&group.display_name)],
            "id" => vec![id.to_string().into()],
            "externalId" => {
                let id = group.external_id.iter();
                id.map(|id| id.as_str().into()).collect()
            }
            "usage" => vec![usage_of(group).into()],
            // Whether there is one at all: who they are is told by `has`.
            "members.value" => {
                let members = group.members.first().into_iter();
                members.map(|id| id.to_string().into()).collect()
            }
            "meta.created" => vec![group.created.to_string().into()],
            "meta.lastModified" => vec![group.last_modified.to_string().into()],
            _ => vec![group.organization.to_string().into()],
        }
    }

    fn elements(&self, list: &str) -> Option<Vec<Element<'a>>> {
        let members = self.1.members.iter();
        let member = |id: &Uuid| vec![("value", id.to_string().into())];
        (list == "members").then(|| members.map(member).collect())
    }

    /// A group may have thousands of members, and a filter may name many.
    fn has(&self, attribute: &str, value: &str) -> Option<bool> {
        let named = || Uuid::try_parse(value).is_ok_and(|id| self.1.members.contains(&id));
        (attribute == "members.value").then(named)
    }
}

fn sort(call: &Call<'_>, found: &mut [(Uuid, &Group)]) -> Result<(), Refusal> {
    match call.query_word("sortBy")? {
        Some("displayName") => found.sort_by_cached_key(|(_, group)| {
            // The second part makes the order of names that differ by case alone the same always.
            let name = &group.display_name;
            (name.to_lowercase(), name.clone())
        }),
        Some("meta.lastModified") => found.sort_by_key(|(_, group)| group.last_modified),
        _ => {}
    }
    page::order(call, found)
}
