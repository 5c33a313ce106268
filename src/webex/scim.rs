//! `/identity/scim` (api-surface.md 4.4; RFC 7643, RFC 7644): people and groups as directories see
//! them. They are the same people and groups as those of `/v1/people` and `/v1/groups`. What they
//! do not have in the simulator (honorifics, cost centres, owners of a group, …) is refused by
//! name; unknown schemas are ignored, as documented.

pub mod bulk;
pub mod groups;
mod patch;
mod path;
mod selection;
mod shape;
pub mod users;
mod work;

use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page::Indexed;
use crate::http::{Call, Query, Reply};
use crate::json::{self, PassedOver};
use crate::model::{Group, WebexId};
use crate::refusal::Refusal;
use crate::world::{Moment, ids};

use selection::Selection;
use work::Work;

/// Users or groups on a page (api-surface.md 1.7).
const PER_PAGE: usize = 100;
const PER_PAGE_MAX: usize = 1000;

const LIST: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

const SORT_ORDER: Query = ("sortOrder", "`ascending` or `descending`.");
const START_INDEX: Query = ("startIndex", "The number of the first one, from 1.");
const COUNT: Query = ("count", "The most on a page.");
const ATTRIBUTES: Query = (
    "attributes",
    "Only these attributes, the id and the schemas.",
);
const EXCLUDED: Query = ("excludedAttributes", "All attributes but these.");

/// Who changes whose users and groups.
struct Doer<'a> {
    /// The organization.
    organization: Uuid,
    /// Where absolute addresses begin.
    origin: &'a str,
    /// Whether the caller makes administrators, and changes groups: full administrators do.
    is_full: bool,
    /// Where fields are noted that nothing was done with.
    passed_over: Option<&'a PassedOver>,
    /// What is left of what the request may cost.
    work: Rc<Work>,
}

impl<'a> Doer<'a> {
    fn of(call: &'a Call<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            organization: call.organization_named(call.value("orgId"))?,
            origin: &call.origin,
            is_full: call.may_change_roles(),
            passed_over: Some(&call.passed_over),
            work: Rc::new(Work::new()),
        })
    }

    fn read<T: serde::de::DeserializeOwned>(&self, body: &[u8]) -> Result<T, Refusal> {
        Ok(json::object_noting(
            body,
            json::Required::NOTHING,
            self.passed_over,
        )?)
    }

    /// The same, who notes no fields: what it reads was made here.
    fn silent(&self) -> Self {
        Self {
            passed_over: None,
            work: Rc::clone(&self.work),
            ..*self
        }
    }

    /// The address of a user or a group.
    fn location(&self, resource: &str, id: Uuid) -> String {
        location(self.origin, self.organization, resource, id)
    }
}

/// The address of something below `Users` or `Groups`.
fn location(origin: &str, organization: Uuid, resource: &str, id: Uuid) -> String {
    format!("{origin}/identity/scim/{organization}/v2/{resource}/{id}")
}

/// The resource.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MetaBody {
    /// `User` or `Group`
    resource_type: &'static str,
    /// Where it is read.
    location: String,
    /// Another one after each change.
    version: String,
    /// When it was created.
    #[schema(value_type = String)]
    created: Moment,
    /// When it was changed last.
    #[schema(value_type = String)]
    last_modified: Moment,
}

/// The weak version of something: a print of what it is, so that it changes with it even while the
/// clock stands still.
pub(super) fn version(thing: &impl Serialize) -> String {
    let text = serde_json::to_string(thing).unwrap_or_default();
    let print = ids::named(0, &text).as_u64_pair().0;
    format!("W/\"{print:016x}\"")
}

/// A page of users or groups.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListBody<T> {
    /// The schema of lists.
    schemas: [&'static str; 1],
    /// How many there are.
    total_results: usize,
    /// How many are shown.
    items_per_page: usize,
    /// The number of the first one shown.
    start_index: usize,
    /// The users or groups.
    #[serde(rename = "Resources")]
    resources: Vec<T>,
}

/// Answers the page that a call asks for, with the attributes that it asks for.
fn list<T: Copy, B: Serialize>(
    call: &Call<'_>,
    selection: &Selection,
    found: &[T],
    body: impl Fn(T) -> B,
) -> Result<Reply, Refusal> {
    let page = Indexed::of(call, PER_PAGE, PER_PAGE_MAX)?;
    let shown = page.slice(found).iter().map(|one| body(*one));
    let reply = if selection.is_everything() {
        page_of(found.len(), page, shown.collect::<Vec<B>>())?
    } else {
        let shown = shown.map(|one| selection.of_one(&one));
        page_of(found.len(), page, shown.collect::<Result<Vec<Value>, _>>()?)?
    };
    Ok(page.link(call, reply, found.len()))
}

fn page_of<B: Serialize>(total: usize, page: Indexed, resources: Vec<B>) -> Result<Reply, Refusal> {
    let body = ListBody {
        schemas: [LIST],
        total_results: total,
        items_per_page: resources.len(),
        start_index: page.start_index,
        resources,
    };
    Reply::json(200, &body)
}

/// The person that a path names: by the bare uuid, or as the rest of the API does.
fn user_id(text: &str) -> Result<Uuid, Refusal> {
    let id = WebexId::Person.decode(text);
    id.ok_or_else(|| Refusal::not_found("User", text))
}

/// The group that a path names: by the bare uuid, or as the rest of the API does.
fn group_id(text: &str) -> Result<Uuid, Refusal> {
    let id = Group::decode(text);
    id.ok_or_else(|| Refusal::not_found("Group", text))
}
