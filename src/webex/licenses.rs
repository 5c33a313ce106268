//! `/v1/licenses` (api-surface.md 4.2): the list and the details. Assignment is `write`.

mod write;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Items;
use crate::http::page::next_link;
use crate::http::{Call, Fidelity, OF_ORG, ORG, Reply, Row};
use crate::licensing::choose::by_age;
use crate::model::license::find_by_id;
use crate::model::owned;
use crate::model::{Holder, License, Person, Subscription, WebexId, ids, kinds};
use crate::refusal::Refusal;
use crate::world::World;

use write::{AssignRequest, AssignedBody};

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/licenses", list)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<Items<LicenseBody<'_>>>(),
    Row::get("/v1/licenses/{licenseId}", get)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("includeAssignedTo", "`user` shows the people who hold it."),
            ("limit", "The most people on a page."),
            ("next", "Where the page begins, as a Link says."),
            ORG,
        ])
        .answers::<LicenseBody<'_>>(),
    Row::patch("/v1/licenses/users", write::assign)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .also(&[206])
        .takes::<AssignRequest>()
        .answers::<AssignedBody>(),
];

/// The type of the cursor between pages of users.
const CURSOR: &str = "LICENSE_USER_PAGING";
/// Users on a page, by default and at most.
const USERS_MAX: usize = 300;

/// A licence as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LicenseBody<'a> {
    /// The licence's id.
    id: String,
    /// The name of its service.
    name: &'static str,
    /// Units bought; -1 is unlimited.
    total_units: i64,
    /// Units held.
    consumed_units: i64,
    /// Units that people hold.
    consumed_by_users: i64,
    /// Units that workspaces hold.
    consumed_by_workspaces: i64,
    /// The subscription's plain id.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_id: Option<&'a str>,
    /// The meetings site.
    #[serde(skip_serializing_if = "Option::is_none")]
    site_url: Option<&'a str>,
    /// Who manages the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    site_type: Option<&'static str>,
    /// Who holds it, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<UserBody<'a>>>,
}

/// Somebody who holds a licence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserBody<'a> {
    /// The person's id.
    id: String,
    /// `INTERNAL`
    r#type: &'static str,
    /// Full name.
    display_name: &'a str,
    /// The address that signs in.
    email: &'a str,
}

impl<'a> LicenseBody<'a> {
    fn of(world: &'a World, id: Uuid, license: &'a License) -> Self {
        let subscription = world.get::<Subscription>(license.subscription);
        let site_url = license.site_url.as_deref();
        Self {
            id: license.webex_id(id),
            name: license.offer().api_name,
            total_units: license.total_units,
            consumed_units: license.consumed_units(),
            consumed_by_users: license.consumed_by_users,
            consumed_by_workspaces: license.consumed_by_workspaces,
            subscription_id: subscription.map(|subscription| subscription.code.as_str()),
            site_url,
            site_type: site_url.map(|_| "Control Hub managed site"),
            users: None,
        }
    }
}

/// The licences of an organisation, those of the oldest subscription first. The list is not
/// paged, and suspension does not show in it (SUB-06).
fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let world = call.tenant.sandbox.peek();
    let own = owned::list::<License>(&world, organization);
    let items = by_age(&world, own.map(|(id, _)| id))
        .into_iter()
        .filter_map(|id| Some(LicenseBody::of(&world, id, world.get(id)?)));
    Reply::json(
        200,
        &Items {
            items: items.collect(),
        },
    )
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let text = call.value("licenseId");
    let world = call.tenant.sandbox.peek();
    let found = find_by_id(&world, organization, text);
    let found = found.and_then(|id| Some((id, world.get::<License>(id)?)));
    let (id, license) = found.ok_or_else(|| Refusal::not_found("License", text))?;
    let mut body = LicenseBody::of(&world, id, license);
    if call.query_word("includeAssignedTo")?.is_none() {
        return Reply::json(200, &body);
    }
    let limit = call
        .query_number("limit", 1)?
        .unwrap_or(USERS_MAX)
        .min(USERS_MAX);
    let after = call.query("next").map(|text| {
        let id = ids::decode(CURSOR, &text).and_then(|key| Uuid::try_parse(&key).ok());
        id.ok_or_else(|| Refusal::bad_request("next is not one of a Link header."))
    });
    let places = call.places();
    let mut holders = world
        .list_objects(kinds::PERSON, after.transpose()?)
        .filter_map(|(person_id, object)| Some((person_id, object.downcast::<Person>()?)))
        .filter(|(_, person)| person.licenses.contains(&id))
        .filter(|(person_id, _)| places.hold_holder(&world, Holder::Person(*person_id)));
    let shown: Vec<(Uuid, &Person)> = holders.by_ref().take(limit).collect();
    let last = shown
        .last()
        .map(|(id, _)| *id)
        .filter(|_| holders.next().is_some());
    let users = shown.into_iter().map(|(id, person)| UserBody {
        id: WebexId::Person.encode(id),
        r#type: "INTERNAL",
        display_name: &person.display_name,
        email: person.email.as_str(),
    });
    body.users = Some(users.collect());
    let reply = Reply::json(200, &body)?;
    let Some(last) = last else { return Ok(reply) };
    let cursor = ids::encode(CURSOR, &last.to_string());
    Ok(reply.header("Link", next_link(call, &[("next", &cursor)])))
}
