//! `/v1/people`: the rows. Wire types stand in `people/document.rs`.

pub mod document;
pub mod write;

use uuid::Uuid;

use crate::http::page::{Items, next_link};
use crate::http::places::Places;
use crate::http::{Access, Call, Fidelity, MAX, ORG, Query, Reply, Row};
use crate::model::{Person, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::custom_roles::find_key;
use crate::world::World;

use document::{ADMIN_FIELDS, PRESENCE, PersonBody, render_without};

const CALLING_DATA: Query = ("callingData", "Whether Calling data is shown.");
const SHOW_ALL_TYPES: Query = (
    "showAllTypes",
    "Whether sites that the person attends and the body leaves out are taken away.",
);
const MIN_RESPONSE: Query = ("minResponse", "Whether little is answered.");

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/people", list)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("email", "Only the person with this address."),
            ("displayName", "Only people whose names begin like this."),
            ("id", "Only these people, by ids separated by commas."),
            ("roles", "Only people with one of these roles."),
            ("locationId", "Only people of this location."),
            ("excludeStatus", "Whether presence is left out."),
            ("cursor", "Where the page begins, as a Link says."),
            CALLING_DATA,
            MAX,
            ORG,
        ])
        .answers::<Items<PersonBody<'_>>>(),
    Row::post("/v1/people", write::create)
        .fidelity(Fidelity::F4)
        .queries(&[CALLING_DATA, MIN_RESPONSE, ORG])
        .takes::<write::PersonWrite>()
        .answers::<PersonBody<'_>>(),
    Row::get("/v1/people/me", me)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(&[CALLING_DATA])
        .answers::<PersonBody<'_>>(),
    Row::get("/v1/people/{personId}", get)
        .access(Access::Token)
        .fidelity(Fidelity::F4)
        .queries(&[CALLING_DATA])
        .answers::<PersonBody<'_>>(),
    Row::put("/v1/people/{personId}", write::update)
        .fidelity(Fidelity::F4)
        .queries(&[CALLING_DATA, MIN_RESPONSE, SHOW_ALL_TYPES])
        .takes::<write::PersonWrite>()
        .answers::<PersonBody<'_>>()
        .also(&[204]),
    Row::delete("/v1/people/{personId}", write::delete).fidelity(Fidelity::F4),
];

fn me(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, call.person_named("me")?)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, call.person("personId")?)
}

fn show(call: &Call<'_>, id: Uuid) -> Result<Reply, Refusal> {
    let calling_data = shows_calling(call)?;
    let world = call.tenant.sandbox.peek();
    let object = world.object((crate::model::kinds::PERSON, id));
    let object = object.ok_or_else(|| Refusal::not_found("Person", &id.to_string()))?;
    let left_out = match call.is_administrator() {
        true => &[],
        false => ADMIN_FIELDS,
    };
    let person = render_without(&world, id, object, (calling_data, left_out))?;
    Ok(Reply::rendered(200, person))
}

/// Whether Calling data is shown: to administrators who ask for it (contract: List People).
fn shows_calling(call: &Call<'_>) -> Result<bool, Refusal> {
    let is_asked = call.query_bool("callingData")?.unwrap_or(false);
    Ok(is_asked && call.is_administrator())
}

/// The filters of a list of people.
struct Filter {
    organization: Uuid,
    email: Option<String>,
    display_name: Option<String>,
    roles: Vec<String>,
    location: Option<Uuid>,
    calling_data: bool,
    /// The fields that are left out.
    left_out: &'static [&'static str],
    max: usize,
    after: Option<Uuid>,
    places: Places,
}

/// The most people on a page: 100 with `callingData`, 50 with `locationId`, else 1000.
fn page_limit(calling_data: bool, location: bool) -> usize {
    match (location, calling_data) {
        (true, _) => 50,
        (false, true) => 100,
        (false, false) => 1000,
    }
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Self, Refusal> {
        let organization = call.listed_organization()?;
        let calling_data = shows_calling(call)?;
        let location = call.query("locationId");
        let location = location.map(|text| {
            let id = WebexId::Location.decode(&text);
            id.ok_or_else(|| Refusal::bad_request("locationId is not a location's id."))
        });
        let location = location.transpose()?;
        let excludes_status = call.query_bool("excludeStatus")?.unwrap_or(false);
        let max = call.query_number("max", 1)?.unwrap_or(100);
        let after = call.query("cursor").map(|text| {
            let id = WebexId::Person.decode(&text);
            id.ok_or_else(|| Refusal::bad_request("cursor is not one of a Link header."))
        });
        let roles = call
            .query_list("roles")
            .iter()
            .map(|role| role_key(call, organization, role))
            .collect();
        Ok(Self {
            organization,
            email: call.query("email").map(|text| text.to_lowercase()),
            display_name: call.query("displayName").map(|text| text.to_lowercase()),
            roles,
            max: max.min(page_limit(calling_data, location.is_some())),
            location,
            calling_data,
            left_out: match (call.is_administrator(), excludes_status) {
                (false, _) => ADMIN_FIELDS,
                (true, true) => PRESENCE,
                (true, false) => &[],
            },
            after: after.transpose()?,
            places: call.places(),
        })
    }

    fn fits(&self, person: &Person) -> bool {
        person.organization == self.organization
            && self.places.hold(person.any_location())
            && self
                .email
                .as_deref()
                .is_none_or(|email| person.email.as_str() == email)
            && self
                .display_name
                .as_deref()
                .is_none_or(|start| person.display_name.to_lowercase().starts_with(start))
            && (self.roles.is_empty() || person.roles.iter().any(|role| self.roles.contains(role)))
            && self
                .location
                .is_none_or(|location| person.is_called_at(location))
    }
}

fn role_key(call: &Call<'_>, organization: Uuid, text: &str) -> String {
    let world = call.tenant.sandbox.peek();
    find_key(&world, organization, text).unwrap_or_else(|| text.to_owned())
}

/// The directory is not listed for a person without an administrator role, who looks somebody up
/// and sees no administrative fields (contract: List People).
fn check_lookup(filter: &Filter, ids: &[String]) -> Result<(), Refusal> {
    if !filter.roles.is_empty() || filter.location.is_some() {
        let detail = "Only administrators list people by roles or by locationId.";
        return Err(Refusal::new(ErrorKind::Forbidden, detail).by("ROLE-01"));
    }
    let names_somebody = filter.email.is_some() || filter.display_name.is_some();
    if names_somebody || !ids.is_empty() {
        return Ok(());
    }
    let detail = "Email, displayName, or id list should be specified.";
    Err(Refusal::bad_request(detail).by("ROLE-01"))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = Filter::of(call)?;
    let world = call.tenant.sandbox.peek();
    let wanted = call.query_list("id");
    if !call.is_administrator() {
        check_lookup(&filter, &wanted)?;
    }
    if !wanted.is_empty() {
        return list_by_id(&world, &filter, &wanted);
    }
    let mut body = Vec::with_capacity(filter.max.min(100) * 900);
    body.extend_from_slice(b"{\"items\":[");
    let mut shown = 0;
    let mut last = None;
    let mut more = false;
    for (id, object) in world.list_objects(crate::model::kinds::PERSON, filter.after) {
        if !object
            .downcast::<Person>()
            .is_some_and(|person| filter.fits(person))
        {
            continue;
        }
        if shown == filter.max {
            more = true;
            break;
        }
        if shown > 0 {
            body.push(b',');
        }
        let how = (filter.calling_data, filter.left_out);
        body.extend_from_slice(&render_without(&world, id, object, how)?);
        shown += 1;
        last = Some(id);
    }
    body.extend_from_slice(b"]}");
    let reply = Reply::rendered(200, body);
    match last.filter(|_| more) {
        Some(last) => {
            let cursor = WebexId::Person.encode(last);
            Ok(reply.header("Link", next_link(call, &[("cursor", &cursor)])))
        }
        None => Ok(reply),
    }
}

/// The most ids of one `?id=` list (api-surface.md 4.1).
const MAX_IDS: usize = 85;

fn list_by_id(world: &World, filter: &Filter, wanted: &[String]) -> Result<Reply, Refusal> {
    if wanted.len() > MAX_IDS {
        return Err(Refusal::bad_request(format!(
            "id takes at most {MAX_IDS} ids."
        )));
    }
    let mut body = b"{\"items\":[".to_vec();
    let mut shown = 0;
    let mut missing = Vec::new();
    for text in wanted {
        let id = WebexId::Person.decode(text);
        let object = id.and_then(|id| Some((id, world.object((crate::model::kinds::PERSON, id))?)));
        let fitting = object.filter(|(_, object)| {
            object
                .downcast::<Person>()
                .is_some_and(|person| filter.fits(person))
        });
        match fitting {
            Some((id, object)) => {
                if shown > 0 {
                    body.push(b',');
                }
                let person = render_without(world, id, object, (false, ADMIN_FIELDS))?;
                body.extend_from_slice(&person);
                shown += 1;
            }
            None => missing.push(text.as_str()),
        }
    }
    body.push(b']');
    if !missing.is_empty() {
        body.extend_from_slice(b",\"notFoundIds\":");
        body.extend_from_slice(&crate::settings::family::to_json(&missing)?);
    }
    body.push(b'}');
    Ok(Reply::rendered(200, body))
}
