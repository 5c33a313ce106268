//! The person document of the public API (api-surface.md 4.1), and its rendering.

use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::person::PersonAddress;
use crate::model::{License, Location, Person, WebexId, ids};
use crate::refusal::Refusal;
use crate::settings::family::to_json;
use crate::world::{Moment, Object, World};

/// A person as the public API shows one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonBody<'a> {
    /// The person's id.
    id: String,
    /// One address.
    emails: [&'a str; 1],
    /// Numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phone_numbers: Vec<PhoneBody<'a>>,
    /// The extension; with `callingData` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    /// The Calling location; with `callingData` only (DEC-42).
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<String>,
    /// Full name.
    display_name: &'a str,
    /// Nickname.
    #[serde(skip_serializing_if = "Option::is_none")]
    nick_name: Option<&'a str>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    /// A picture's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    avatar: Option<&'a str>,
    /// The organisation.
    org_id: String,
    /// Role ids.
    #[schema(required = false)]
    roles: Vec<String>,
    /// Licence ids.
    #[schema(required = false)]
    licenses: Vec<String>,
    /// Department.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<&'a str>,
    /// Manager, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<&'a str>,
    /// Manager, as a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    manager_id: Option<String>,
    /// Job title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// Postal addresses.
    #[serde(skip_serializing_if = "<[PersonAddress]>::is_empty")]
    addresses: &'a [PersonAddress],
    /// When the person was created.
    #[schema(value_type = String)]
    created: Moment,
    /// When the person was changed last.
    #[schema(value_type = String)]
    last_modified: Moment,
    /// Time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    /// When the person was last seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    last_activity: Option<Moment>,
    /// Meeting sites.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    site_urls: &'a [String],
    /// SIP addresses.
    sip_addresses: [SipBody; 1],
    /// Presence.
    #[schema(required = false)]
    status: &'static str,
    /// Whether the person has not signed in yet.
    #[schema(required = false)]
    invite_pending: bool,
    /// Whether signing in is allowed.
    #[schema(required = false)]
    login_enabled: bool,
    /// `person`
    r#type: &'static str,
}

/// A number of a person.
#[derive(Debug, Serialize, ToSchema)]
struct PhoneBody<'a> {
    /// `work`, `work_extension`, `mobile` or `fax`
    r#type: &'static str,
    /// The number.
    value: std::borrow::Cow<'a, str>,
    /// Whether it is the one to call first.
    #[serde(skip_serializing_if = "Option::is_none")]
    primary: Option<bool>,
}

/// A SIP address of a person.
#[derive(Debug, Serialize, ToSchema)]
struct SipBody {
    /// `cloud-calling`
    r#type: &'static str,
    /// The address.
    value: String,
    /// Whether it is the first.
    primary: bool,
}

/// A person's document. Without calling data it depends on the person alone and is kept.
#[must_use]
pub fn render(world: &World, id: Uuid, object: &Object, calling_data: bool) -> Bytes {
    let Some(person) = object.downcast::<Person>() else {
        return Bytes::new();
    };
    if calling_data {
        return document(world, id, person, true);
    }
    object
        .rendered(|| document(world, id, person, false))
        .clone()
}

/// What `excludeStatus` leaves out (contract: List People).
pub const PRESENCE: &[&str] = &["status", "lastActivity"];

/// What a list by ids leaves out: administrative fields and presence (api-surface.md 4.1).
pub const ADMIN_FIELDS: &[&str] = &[
    "roles",
    "licenses",
    "siteUrls",
    "locationId",
    "extension",
    "status",
    "lastActivity",
    "invitePending",
    "loginEnabled",
];

/// A person's document without some of its fields.
///
/// # Errors
/// 500 when it cannot be written, which would be a defect.
pub fn render_without(
    world: &World,
    id: Uuid,
    object: &Object,
    (calling_data, left_out): (bool, &[&str]),
) -> Result<Bytes, Refusal> {
    let whole = render(world, id, object, calling_data);
    if left_out.is_empty() {
        return Ok(whole);
    }
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&whole).unwrap_or_default();
    fields.retain(|name, _| !left_out.contains(&name.as_str()));
    to_json(&fields).map(Bytes::from)
}

fn document(world: &World, id: Uuid, person: &Person, calling_data: bool) -> Bytes {
    serde_json::to_vec(&body(world, id, person, calling_data))
        .unwrap_or_default()
        .into()
}

/// The document of a person, before it is rendered.
#[must_use]
pub fn body<'a>(
    world: &'a World,
    id: Uuid,
    person: &'a Person,
    calling_data: bool,
) -> PersonBody<'a> {
    let calling = person.calling.as_ref().filter(|_| calling_data);
    PersonBody {
        id: WebexId::Person.encode(id),
        emails: [person.email.as_str()],
        phone_numbers: phone_numbers(world, person, calling_data),
        extension: calling
            .and_then(|c| c.extension.as_ref())
            .map(|e| e.as_str()),
        location_id: calling.map(|calling| WebexId::Location.encode(calling.location)),
        display_name: &person.display_name,
        nick_name: person.nick_name.as_deref(),
        first_name: person.first_name.as_deref(),
        last_name: person.last_name.as_deref(),
        avatar: person.avatar.as_deref(),
        org_id: WebexId::Organization.encode(person.organization),
        roles: person
            .roles
            .iter()
            .map(|role| ids::encode("ROLE", role))
            .collect(),
        licenses: licenses(world, person),
        department: person.department.as_deref(),
        manager: person.manager.as_deref(),
        manager_id: person
            .manager_id
            .map(|manager| WebexId::Person.encode(manager)),
        title: person.title.as_deref(),
        addresses: &person.addresses,
        created: person.created,
        last_modified: person.last_modified,
        timezone: person.time_zone.as_deref(),
        last_activity: person.last_activity,
        site_urls: &person.site_urls,
        sip_addresses: [sip(person)],
        status: presence(person),
        invite_pending: person.invite_pending,
        login_enabled: person.login_enabled,
        r#type: "person",
    }
}

/// The ids of the licences that a person holds.
#[must_use]
pub fn licenses(world: &World, person: &Person) -> Vec<String> {
    let held = person.licenses.iter();
    held.filter_map(|id| Some(world.get::<License>(*id)?.webex_id(*id)))
        .collect()
}

fn phone_numbers<'a>(world: &World, person: &'a Person, calling_data: bool) -> Vec<PhoneBody<'a>> {
    let mut numbers = Vec::new();
    if let Some(calling) = person.calling.as_ref().filter(|_| calling_data) {
        if let Some(number) = &calling.number {
            let value = number.as_str().into();
            numbers.push(PhoneBody {
                r#type: "work",
                value,
                primary: Some(true),
            });
        }
        if let Some(extension) = &calling.extension {
            let location = world.get::<Location>(calling.location);
            let own = extension.as_str();
            let value = location.map_or_else(|| own.to_owned(), |location| location.esn(own));
            let value = value.into();
            numbers.push(PhoneBody {
                r#type: "work_extension",
                value,
                primary: Some(false),
            });
        }
    }
    let others = person.contact_numbers.iter();
    for number in others.filter(|number| number.kind.is_of_people()) {
        let value = number.value.as_str().into();
        numbers.push(PhoneBody {
            r#type: number.kind.name(),
            value,
            primary: number.primary,
        });
    }
    numbers
}

fn sip(person: &Person) -> SipBody {
    let (local, domain) = person.email.as_str().split_once('@').unwrap_or_default();
    let site = domain.split('.').next().unwrap_or_default();
    let value = format!("{local}@{site}.calls.webex.com");
    SipBody {
        r#type: "cloud-calling",
        value,
        primary: true,
    }
}

fn presence(person: &Person) -> &'static str {
    match (person.invite_pending, person.last_activity) {
        (true, _) => "pending",
        (false, Some(_)) => "active",
        (false, None) => "unknown",
    }
}
