//! The documents of SCIM's groups.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::request::{GROUP, WEBEX};
use crate::http::page::Indexed;
use crate::model::{Group, Person};
use crate::webex::scim::{MetaBody, location, version};
use crate::world::World;

const MEMBERS: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:GroupMembers";

/// The type of everybody who is in a group.
pub(super) const USER_TYPE: &str = "user";

/// A group as SCIM shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScimGroupBody)]
pub(super) struct GroupBody<'a> {
    /// What the document consists of.
    schemas: [&'static str; 2],
    /// The bare uuid of the group.
    id: String,
    /// Its name.
    display_name: &'a str,
    /// What the directory that provisions calls the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    /// Who is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<MemberBody<'a>>>,
    /// The resource.
    meta: MetaBody,
    /// What Webex adds.
    #[serde(rename = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group")]
    webex: WebexBody<'a>,
}

/// Somebody in a group.
#[derive(Debug, Serialize, ToSchema)]
struct MemberBody<'a> {
    /// `user`
    r#type: &'static str,
    /// The bare uuid of the person.
    value: String,
    /// The person's name.
    display: &'a str,
    /// Where the person is read.
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// What Webex adds.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct WebexBody<'a> {
    /// What the group is for.
    usage: &'a str,
    /// Where it comes from.
    provision_source: &'static str,
    /// Where it belongs.
    meta: OwnerBody,
}

/// Where a group belongs.
#[derive(Debug, Serialize, ToSchema)]
struct OwnerBody {
    /// The bare uuid of the organization.
    #[serde(rename = "organizationID")]
    organization: String,
}

/// What a group is for. The contract insists on an answer and names no default; `policy` is what
/// its example creates (inferred).
pub(in crate::webex::scim) fn usage_of(group: &Group) -> &str {
    group.usage.as_deref().unwrap_or("policy")
}

fn members<'a>(
    world: &'a World,
    people: &[Uuid],
    reference: impl Fn(Uuid) -> Option<String>,
) -> Vec<MemberBody<'a>> {
    let known = people
        .iter()
        .filter_map(|id| Some((*id, world.get::<Person>(*id)?)));
    let member = |(id, person): (Uuid, &'a Person)| MemberBody {
        r#type: USER_TYPE,
        value: id.to_string(),
        display: &person.display_name,
        reference: reference(id),
    };
    known.map(member).collect()
}

impl<'a> GroupBody<'a> {
    pub(super) fn of(origin: &str, id: Uuid, group: &'a Group) -> Self {
        Self {
            schemas: [GROUP, WEBEX],
            id: id.to_string(),
            display_name: &group.display_name,
            external_id: group.external_id.as_deref(),
            members: None,
            meta: MetaBody {
                resource_type: "Group",
                location: location(origin, group.organization, "Groups", id),
                version: version(group),
                created: group.created,
                last_modified: group.last_modified,
            },
            webex: WebexBody {
                usage: usage_of(group),
                // Who provisions is told nowhere but in Webex's own directory (inferred).
                provision_source: "API",
                meta: OwnerBody {
                    organization: group.organization.to_string(),
                },
            },
        }
    }

    pub(super) fn with_members(self, world: &'a World, group: &Group, most: usize) -> Self {
        let shown = group.members.get(..most).unwrap_or(&group.members);
        let base = self
            .meta
            .location
            .split("/Groups/")
            .next()
            .unwrap_or_default();
        let reference = |id: Uuid| Some(format!("{base}/Users/{id}"));
        let shown = members(world, shown, reference);
        Self {
            members: Some(shown),
            ..self
        }
    }
}

/// A page of the members of a group.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MembersBody<'a> {
    /// The schema of members.
    schemas: [&'static str; 1],
    /// The name of the group.
    display_name: &'a str,
    /// How many there are. The contract's schema calls it `totalResults`; its example, and clients,
    /// call it this.
    member_size: usize,
    /// How many are shown.
    items_per_page: usize,
    /// The number of the first one shown.
    start_index: usize,
    /// The members.
    members: Vec<MemberBody<'a>>,
}

impl<'a> MembersBody<'a> {
    pub(super) fn of(
        world: &'a World,
        group: &'a Group,
        shown: &[Uuid],
        page: Indexed,
        total: usize,
    ) -> Self {
        Self {
            schemas: [MEMBERS],
            display_name: &group.display_name,
            member_size: total,
            items_per_page: shown.len(),
            start_index: page.start_index,
            members: members(world, shown, |_| None),
        }
    }
}
