//! `/identity/scim/{orgId}/v2/Users` (api-surface.md 4.4): people as directories see them. They
//! are the same people as those of `/v1/people`. What a person of the simulator does not have
//! (honorifics, cost centres, …) is refused; unknown schemas are ignored, as documented.

mod document;
mod unkept;
mod write;

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::filter::{ANY, Attributes, Filter, SAME, START};
use crate::http::page::{self, Indexed};
use crate::http::{Call, Fidelity, Reply, Row};
use crate::licensing::Route;
use crate::model::{Email, Person};
use crate::refusal::Refusal;
use crate::resources::people;

use document::UserBody;
use write::UserRequest;

/// Users on a page (api-surface.md 1.7).
const PER_PAGE: usize = 100;
const PER_PAGE_MAX: usize = 1000;

/// By what users are filtered (contract: Search users), as far as people have it. The contract does
/// not list `externalId`, by which directories look for who is there already (RFC 7643, 3.1;
/// inferred).
const FILTERS: Attributes = &[
    ("userName", ANY),
    ("id", SAME),
    ("externalId", SAME),
    ("name.familyName", ANY),
    ("name.givenName", START),
    ("displayName", ANY),
    ("nickName", ANY),
    ("emails.value", ANY),
    ("phoneNumbers.value", ANY),
    ("department", ANY),
    ("manager.value", SAME),
    ("manager.displayName", ANY),
];

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/identity/scim/{orgId}/v2/Users", search)
        .fidelity(Fidelity::F2)
        .queries(&[
            ("filter", "Such as `userName eq \"ada@example.com\"`."),
            ("sortBy", "`userName`, `id` or `meta.lastModified`."),
            ("sortOrder", "`ascending` or `descending`."),
            ("startIndex", "The number of the first user, from 1."),
            ("count", "The most users on a page."),
        ])
        .answers::<ListBody<'_>>(),
    Row::post("/identity/scim/{orgId}/v2/Users", create)
        .fidelity(Fidelity::F3)
        .takes::<UserRequest>()
        .answers::<UserBody<'_>>()
        .status(201),
    Row::get("/identity/scim/{orgId}/v2/Users/{userId}", get)
        .fidelity(Fidelity::F3)
        .answers::<UserBody<'_>>(),
];

/// A page of users.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListBody<'a> {
    /// The schema of lists.
    schemas: [&'static str; 1],
    /// How many users fit.
    total_results: usize,
    /// How many are shown.
    items_per_page: usize,
    /// The number of the first one shown.
    start_index: usize,
    /// The users.
    #[serde(rename = "Resources")]
    resources: Vec<UserBody<'a>>,
}

fn show(call: &Call<'_>, id: Uuid, status: u16) -> Result<Reply, Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let world = call.tenant.sandbox.peek();
    let person = world.get::<Person>(id);
    let person = person.filter(|person| person.organization == organization);
    let person = person.ok_or_else(|| Refusal::not_found("User", &id.to_string()))?;
    let reply = Reply::json(status, &UserBody::of(call, &world, id, person))?;
    Ok(match status {
        201 => reply.header("Location", document::location(call, organization, id)),
        _ => reply,
    })
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = call.value("userId");
    let id = Uuid::try_parse(text).map_err(|_| Refusal::not_found("User", text))?;
    show(call, id, 200)
}

fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let request = call.json::<UserRequest>()?;
    let change = request.into_change(call.may_change_roles())?;
    let email = change.email.as_ref().map_or("", Email::as_str);
    unkept::refuse_unkept(call, email)?;
    if let Some(Some(manager)) = change.manager_id {
        let world = call.tenant.sandbox.peek();
        let manager = world.get::<Person>(manager);
        if manager.is_none_or(|person| person.organization != organization) {
            let detail = "manager.value is not a person of the organization.";
            return Err(Refusal::bad_request(detail));
        }
    }
    let wanted = people::Wanted::default();
    let (id, outcome) =
        call.write(|tx| people::create(tx, organization, change, &wanted, Route::PeopleWrite))?;
    call.tell(outcome);
    show(call, id, 201)
}

fn search(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization_named(call.value("orgId"))?;
    let filter = call
        .query("filter")
        .map(|text| Filter::parse(&text, FILTERS).map_err(Refusal::bad_request))
        .transpose()?;
    let page = Indexed::of(call, PER_PAGE, PER_PAGE_MAX)?;
    let world = call.tenant.sandbox.peek();
    let fits = |id: Uuid, person: &Person| {
        let filter = filter.as_ref();
        filter.is_none_or(|filter| filter.fits(|name| values(id, person, name)))
    };
    let mut found: Vec<(Uuid, &Person)> = world
        .list::<Person>()
        .filter(|(id, person)| person.organization == organization && fits(*id, person))
        .collect();
    match call.query("sortBy").as_deref() {
        None | Some("id") => {}
        Some("userName") => found.sort_by(|a, b| a.1.email.cmp(&b.1.email)),
        Some("meta.lastModified") => found.sort_by_key(|(_, person)| person.last_modified),
        Some(_) => {
            let detail = "sortBy must be userName, id or meta.lastModified.";
            return Err(Refusal::bad_request(detail));
        }
    }
    page::order(call, &mut found)?;
    let shown = page.slice(&found);
    let users = shown
        .iter()
        .map(|(id, person)| UserBody::of(call, &world, *id, person));
    let body = ListBody {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        total_results: found.len(),
        items_per_page: shown.len(),
        start_index: page.start_index,
        resources: users.collect(),
    };
    let reply = Reply::json(200, &body)?;
    Ok(page.link(call, reply, found.len()))
}

/// What a person has of an attribute to filter by.
fn values<'a>(id: Uuid, person: &'a Person, attribute: &str) -> Vec<Cow<'a, str>> {
    let (first, last) = person.names();
    let text = |text: Option<&'a str>| text.into_iter().map(Cow::Borrowed).collect();
    match attribute {
        "userName" | "emails.value" => text(Some(person.email.as_str())),
        "id" => vec![id.to_string().into()],
        "externalId" => text(person.external_id.as_deref()),
        "name.familyName" => text(Some(last)),
        "name.givenName" => text(Some(first)),
        "displayName" => text(Some(&person.display_name)),
        "nickName" => text(person.nick_name.as_deref()),
        "phoneNumbers.value" => {
            let numbers = person.contact_numbers.iter();
            numbers.map(|number| number.value.as_str().into()).collect()
        }
        "department" => text(person.department.as_deref()),
        "manager.value" => {
            let manager = person.manager_id.iter();
            manager.map(|id| id.to_string().into()).collect()
        }
        _ => text(person.manager.as_deref()),
    }
}
