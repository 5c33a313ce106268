//! How a group is shown.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::places::Places;
use crate::model::{Group, Holder, Person, WebexId};
use crate::refusal::Refusal;
use crate::settings::family::to_value;
use crate::world::{Moment, World};

/// The most members that a group shows (contract: List and Search Groups).
pub(super) const MEMBERS_MAX: usize = 500;

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListBody<'a> {
    /// How many groups fit.
    pub(super) total_results: usize,
    /// The number of the first one shown.
    pub(super) start_index: usize,
    /// How many are shown.
    pub(super) items_per_page: usize,
    /// The groups.
    pub(super) groups: Vec<GroupBody<'a>>,
}

/// A group as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupBody<'a> {
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
    pub(super) member_size: usize,
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
    pub(super) fn of(id: Uuid, group: &'a Group) -> Self {
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

    pub(super) fn with_members(self, world: &'a World, members: &[Uuid]) -> Self {
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
    pub(super) fn shown(
        world: &'a World,
        places: &Places,
        id: Uuid,
        group: &'a Group,
        members: bool,
    ) -> Self {
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

/// The members of a group who stand in these locations.
pub(super) fn seen<'a>(world: &World, places: &Places, group: &'a Group) -> Cow<'a, [Uuid]> {
    if places.are_everywhere() {
        return Cow::Borrowed(&group.members);
    }
    let members = group.members.iter().copied();
    let seen = members.filter(|id| places.hold_holder(world, Holder::Person(*id)));
    Cow::Owned(seen.collect())
}

/// A list whose groups have their ids and the attributes that are asked for.
pub(super) fn only(body: &ListBody<'_>, attributes: &[String]) -> Result<Value, Refusal> {
    let mut body = to_value(body)?;
    let groups = body["groups"].as_array_mut();
    for group in groups.into_iter().flatten() {
        if let Some(group) = group.as_object_mut() {
            let is_asked = |name: &String| attributes.iter().any(|it| it == name);
            group.retain(|name, _| name == "id" || is_asked(name));
        }
    }
    Ok(body)
}
