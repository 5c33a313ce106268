//! `/v1/telephony/config/locations`: what Webex Calling adds to locations (api-surface.md 4.5).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, OF_ORG, ORG, Reply, Row, START};
use crate::model::{CallingLocation, Location, Organization, WebexId};
use crate::refusal::Refusal;
use crate::resources::calling_locations::{self, CallingLocationChange};
use crate::resources::locations;
use crate::settings::family::ItemId;
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::telephony::routing_prefix::RoutingPrefix;
use crate::webex::location_id;
use crate::webex::locations::{LocationRequest, is_named};
use crate::world::World;

/// The rows.
pub const ROWS: &[Row] = &[
    Row::get("/v1/telephony/config/locations", list)
        .fidelity(Fidelity::F4)
        .queries(&[
            ("name", "Only locations whose names hold this."),
            ("order", "`ASC` or `DESC`, by name."),
            MAX,
            START,
            ORG,
        ])
        .answers::<ListBody<'_>>(),
    Row::post("/v1/telephony/config/locations", enable)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .takes::<LocationRequest>()
        .answers::<ItemId>()
        .status(201),
    Row::get("/v1/telephony/config/locations/{locationId}", get)
        .fidelity(Fidelity::F4)
        .queries(OF_ORG)
        .answers::<DetailsBody<'_>>(),
    Row::put("/v1/telephony/config/locations/{locationId}", update)
        .fidelity(Fidelity::F3)
        .takes::<UpdateRequest>()
        .queries(OF_ORG)
        .answers::<StartedJobBody>()
        .status(204)
        .also(&[200]),
];

/// How many people a location takes.
const USER_LIMIT: u32 = 500_000;

/// The main number and its name.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingLineIdBody<'a> {
    /// The name.
    name: &'a str,
    /// The number; null while the location has none.
    phone_number: Option<&'a str>,
}

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
struct ListBody<'a> {
    /// The locations.
    locations: Vec<ListedBody<'a>>,
}

/// A location in the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedBody<'a> {
    /// The location's id.
    id: String,
    /// Its name.
    name: &'a str,
    /// The digits for an outside line.
    #[serde(skip_serializing_if = "Option::is_none")]
    outside_dial_digit: Option<&'a str>,
    /// Whether they are enforced.
    enforce_outside_dial_digit: bool,
    /// The prefix between locations.
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<&'a str>,
    /// The main number.
    calling_line_id: CallingLineIdBody<'a>,
    /// Whether emergency calls need to be set up.
    e911_setup_required: bool,
}

/// A location by itself.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DetailsBody<'a> {
    /// The location's id.
    id: String,
    /// Its name.
    name: &'a str,
    /// A locale such as `en_us`.
    announcement_language: &'a str,
    /// The main number.
    calling_line_id: CallingLineIdBody<'a>,
    /// Trunk or route group; always null, as there are none.
    connection: Option<ConnectionRequest>,
    /// The subscription of its Cisco Calling Plan, a plain id.
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_id: Option<&'a str>,
    /// The name shown to callees.
    external_caller_id_name: &'a str,
    /// How many people it takes.
    user_limit: u32,
    /// The emergency location identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    p_access_network_info: Option<&'a str>,
    /// The digits for an outside line; null where there are none.
    outside_dial_digit: Option<&'a str>,
    /// Whether they are enforced.
    enforce_outside_dial_digit: bool,
    /// The prefix between locations; null where there is none.
    routing_prefix: Option<&'a str>,
    /// The domain of SIP addresses.
    default_domain: String,
    /// The number that pays for calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    charge_number: Option<&'a str>,
}

/// What a caller says about Calling of a location.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UpdateRequest {
    /// A locale such as `en_us`.
    announcement_language: Option<String>,
    /// The main number.
    calling_line_id: Option<CallingLineIdRequest>,
    /// Trunk or route group; there are none.
    connection: Option<ConnectionRequest>,
    /// The name shown to callees.
    external_caller_id_name: Option<String>,
    /// The emergency location identifier.
    p_access_network_info: Option<String>,
    /// The digits for an outside line.
    outside_dial_digit: Option<String>,
    /// Whether they are enforced.
    enforce_outside_dial_digit: Option<bool>,
    /// The prefix between locations.
    routing_prefix: Option<String>,
    /// The number that pays for calls.
    charge_number: Option<String>,
}

/// What a caller says about the main number.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CallingLineIdRequest {
    /// The name.
    name: Option<String>,
    /// The number.
    phone_number: Option<String>,
}

/// A way into the public network.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct ConnectionRequest {
    /// The id of a trunk or a route group.
    id: String,
}

/// The job that a new routing prefix starts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct StartedJobBody {
    /// The job's id.
    batch_job_id: String,
}

fn line_id<'a>(
    organization: &'a Organization,
    calling: &'a CallingLocation,
) -> CallingLineIdBody<'a> {
    let name = calling.calling_line_id_name.as_deref();
    CallingLineIdBody {
        name: name.unwrap_or(&organization.name),
        phone_number: calling.main_number.as_ref().map(|number| number.as_str()),
    }
}

fn organization_of(world: &World, id: Uuid) -> Result<&Organization, Refusal> {
    let found = world.get::<Organization>(id);
    found.ok_or_else(|| Refusal::not_found("Organization", &id.to_string()))
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.listed_organization()?;
    let name = call.query("name").map(|name| name.to_lowercase());
    let world = call.tenant.sandbox.peek();
    let organization = world.get::<Organization>(id);
    let places = call.places();
    let mut found: Vec<(Uuid, &Location)> = calling_locations::list(&world, id)
        .filter(|(id, _)| places.hold(Some(*id)))
        .filter(|(_, location)| is_named(location, name.as_deref()))
        .collect();
    match call.query_word("order")? {
        Some("asc" | "name-asc") => found.sort_by(|a, b| a.1.name.cmp(&b.1.name)),
        Some("desc" | "name-desc") => found.sort_by(|a, b| b.1.name.cmp(&a.1.name)),
        _ => {}
    }
    let items = found.into_iter().filter_map(|(id, location)| {
        let (calling, organization) = (location.calling.as_ref()?, organization?);
        Some(ListedBody {
            id: WebexId::Location.encode(id),
            name: &location.name,
            outside_dial_digit: calling.outside_dial_digit.as_deref(),
            enforce_outside_dial_digit: calling.enforce_outside_dial_digit,
            routing_prefix: calling.routing_prefix.as_deref(),
            calling_line_id: line_id(organization, calling),
            e911_setup_required: false,
        })
    });
    page::list(call, TELEPHONY, "locations", items)
}

fn get(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (owner, id) = (call.organization()?, location_id(call)?);
    let world = call.tenant.sandbox.peek();
    let organization = organization_of(&world, owner)?;
    let (location, calling) = calling_locations::calling_of(&world, owner, id)?;
    let external = calling.external_caller_id_name.as_deref();
    let details = DetailsBody {
        id: WebexId::Location.encode(id),
        name: &location.name,
        announcement_language: &location.announcement_language,
        calling_line_id: line_id(organization, calling),
        connection: None,
        subscription_id: calling.subscription_id.as_deref(),
        external_caller_id_name: external.unwrap_or(&organization.name),
        user_limit: USER_LIMIT,
        p_access_network_info: calling.p_access_network_info.as_deref(),
        outside_dial_digit: calling.outside_dial_digit.as_deref(),
        enforce_outside_dial_digit: calling.enforce_outside_dial_digit,
        routing_prefix: calling.routing_prefix.as_deref(),
        default_domain: format!("{}.us10.bcld.webex.com", owner.as_fields().0),
        charge_number: calling.charge_number.as_ref().map(|number| number.as_str()),
    };
    Reply::json(200, &details)
}

fn enable(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let request = call.json::<LocationRequest>()?;
    let text = request.id.clone();
    let text = text.ok_or_else(|| Refusal::bad_request("id is required."))?;
    let id = WebexId::Location.decode(&text);
    let id = id.ok_or_else(|| Refusal::not_found("Location", &text))?;
    call.write(|tx| {
        // The body repeats the location; what differs is a change of it.
        locations::update(tx, organization, id, request.into_change())?;
        calling_locations::enable(tx, organization, id, CallingLocation::default())
    })?;
    Reply::json(
        201,
        &ItemId {
            id: WebexId::Location.encode(id),
        },
    )
}

fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, id) = (call.organization()?, location_id(call)?);
    let request = call.json::<UpdateRequest>()?;
    if let Some(connection) = request.connection {
        return Err(Refusal::not_found("Trunk or route group", &connection.id));
    }
    let line = request.calling_line_id.unwrap_or_default();
    let wanted = CallingLocationChange {
        announcement_language: request.announcement_language,
        calling_line_id_name: line.name,
        main_number: line.phone_number,
        external_caller_id_name: request.external_caller_id_name,
        p_access_network_info: request.p_access_network_info,
        outside_dial_digit: request.outside_dial_digit,
        enforce_outside_dial_digit: request.enforce_outside_dial_digit,
        routing_prefix: request.routing_prefix,
        charge_number: request.charge_number,
        ..CallingLocationChange::default()
    };
    let job = call.write(|tx| {
        if !calling_locations::update(tx, organization, id, wanted)? {
            return Ok(None);
        }
        tx.by_rule("DEC-104");
        let job = Job::Telephony(RoutingPrefix::prepare(tx, id));
        engine::start(tx, &call.context(), organization, job, Vec::new()).map(Some)
    })?;
    let Some(job) = job else {
        return Ok(Reply::empty(204));
    };
    Reply::json(
        200,
        &StartedJobBody {
            batch_job_id: WebexId::Task.encode(job),
        },
    )
}
