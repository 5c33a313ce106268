//! The `availableNumbers` lists: which numbers may be given to somebody for a purpose.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::operation::Queries;
use crate::http::page::{self, TELEPHONY};
use crate::http::{Call, Fidelity, MAX, ORG, Query, Reply, Row, START};
use crate::model::{Calling, Holder, Person, Workspace};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::calling_locations::calling_of;
use crate::resources::numbers::{NumberRow, rows};
use crate::webex::numbers::{names, owner_named, state};
use crate::webex::settings::workspace;
use crate::webex::{location_filter, location_id};
use crate::world::World;

const PEOPLE: &str = "/v1/telephony/config/people/primary/availableNumbers";
const WORKSPACES: &str = "/v1/telephony/config/workspaces/availableNumbers";

const LOCATION: Query = ("locationId", "Only numbers of this location.");
const NUMBER: Query = ("phoneNumber", "Only these numbers, separated by commas.");
const OWNER: Query = ("ownerName", "Only numbers of owners whose names hold this.");
const EXTENSION: Query = ("extension", "Only these extensions, separated by commas.");
const LICENSE: Query = ("licenseType", "The type of licence the number is for.");

const OF_PEOPLE: Queries = &[LOCATION, NUMBER, LICENSE, MAX, START, ORG];
const OF_WORKSPACES: Queries = &[LOCATION, NUMBER, MAX, START, ORG];
const OF_FREE: Queries = &[NUMBER, MAX, START, ORG];
const OF_OWNED: Queries = &[NUMBER, OWNER, MAX, START, ORG];
const OF_TARGETS: Queries = &[NUMBER, OWNER, EXTENSION, MAX, START, ORG];

type RowFn = fn(&Call<'_>) -> Result<Reply, Refusal>;

const fn row(path: &'static str, run: RowFn, queries: Queries) -> Row {
    Row::get(path, run)
        .fidelity(Fidelity::F4)
        .queries(queries)
        .answers::<AvailableBody<'_>>()
}

macro_rules! of_holders {
    ($purpose:literal, $person:ident, $workspace:ident, $queries:ident) => {
        [
            row(
                concat!(
                    "/v1/telephony/config/people/{personId}/",
                    $purpose,
                    "/availableNumbers"
                ),
                $person,
                $queries,
            ),
            row(
                concat!(
                    "/v1/telephony/config/workspaces/{workspaceId}/",
                    $purpose,
                    "/availableNumbers"
                ),
                $workspace,
                $queries,
            ),
        ]
    };
}

const SECONDARY: [Row; 2] = of_holders!("secondary", free_of_person, free_of_workspace, OF_FREE);
const FAX: [Row; 2] = of_holders!("faxMessage", free_of_person, free_of_workspace, OF_FREE);
const FORWARD: [Row; 2] = of_holders!(
    "callForwarding",
    owned_of_person,
    owned_of_workspace,
    OF_TARGETS
);
const INTERCEPT: [Row; 2] = of_holders!(
    "callIntercept",
    owned_of_person,
    owned_of_workspace,
    OF_TARGETS
);
const EMERGENCY: [Row; 2] = of_holders!(
    "emergencyCallbackNumber",
    owned_of_person,
    owned_of_workspace,
    OF_OWNED
);

/// The rows.
pub const ROWS: &[Row] = &[
    row(PEOPLE, for_people, OF_PEOPLE),
    row(WORKSPACES, for_workspaces, OF_WORKSPACES),
    row(
        "/v1/telephony/config/locations/{locationId}/availableNumbers",
        for_location,
        OF_OWNED,
    ),
    SECONDARY[0],
    SECONDARY[1],
    FAX[0],
    FAX[1],
    FORWARD[0],
    FORWARD[1],
    INTERCEPT[0],
    INTERCEPT[1],
    EMERGENCY[0],
    EMERGENCY[1],
];

/// The list's envelope, for its schema.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AvailableBody<'a> {
    /// The numbers.
    phone_numbers: Vec<NumberBody<'a>>,
}

/// A number that may be given.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberBody<'a> {
    /// The number.
    phone_number: &'a str,
    /// The extension of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    /// `ACTIVE` or `INACTIVE`.
    state: &'static str,
    /// Whether it is the location's main number.
    is_main_number: bool,
    /// Whether callers pay nothing; in lists with owners only.
    #[serde(skip_serializing_if = "Option::is_none")]
    toll_free_number: Option<bool>,
    /// `PSTN_NUMBER`
    telephony_type: &'static str,
    /// Whether it is a service number.
    is_service_number: bool,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<OwnerBody<'a>>,
}

/// Whose a number is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnerBody<'a> {
    /// The id.
    id: String,
    /// `PEOPLE` or `PLACE`.
    r#type: &'static str,
    /// First name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    /// Last name of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
    /// Name of a workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
}

/// Which numbers a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Those that nobody has.
    Free,
    /// Those that somebody has.
    Owned,
    /// All of the location: candidates for its main number.
    All,
}

fn body<'a>(world: &'a World, row: &NumberRow<'a>, which: Which) -> NumberBody<'a> {
    let owner = row.owner.and_then(|holder| {
        let (first, last) = names(world, holder)?;
        let is_person = matches!(holder, Holder::Person(_));
        Some(OwnerBody {
            id: holder.webex_id(),
            r#type: holder.type_name(),
            first_name: is_person.then_some(first),
            last_name: last,
            display_name: (!is_person).then_some(first),
        })
    });
    let toll_free = row.number.is_some_and(|number| number.toll_free);
    NumberBody {
        phone_number: row.text(),
        extension: None,
        state: state(row),
        is_main_number: row.number.is_some_and(|number| number.main),
        toll_free_number: (which != Which::Free).then_some(toll_free),
        telephony_type: "PSTN_NUMBER",
        is_service_number: false,
        owner,
    }
}

fn show(call: &Call<'_>, location: Option<Uuid>, which: Which) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let numbers = call.query_list("phoneNumber");
    let wanted: Vec<&str> = numbers
        .iter()
        .map(|text| text.trim_start_matches(['+', ' ']))
        .collect();
    let extensions = match call.knows(EXTENSION.0) {
        true => call.query_list(EXTENSION.0),
        false => Vec::new(),
    };
    let owner = match call.knows(OWNER.0) {
        true => call.query(OWNER.0).map(|text| text.to_lowercase()),
        false => None,
    };
    let world = call.tenant.sandbox.peek();
    let mut rows = rows(&world, organization);
    let places = call.places();
    rows.retain(|row| places.hold(Some(row.location_id)));
    rows.retain(|row| {
        let in_state = match which {
            Which::Free => row.is_available(),
            Which::Owned => row.owner.is_some(),
            Which::All => true,
        };
        row.number.is_some()
            && in_state
            && location.is_none_or(|location| row.location_id == location)
            && (wanted.is_empty() || wanted.contains(&row.text().trim_start_matches('+')))
            && (extensions.is_empty()
                || row
                    .extension
                    .is_some_and(|own| extensions.iter().any(|text| text == own)))
            && owner
                .as_deref()
                .is_none_or(|name| owner_named(&world, row, name))
    });
    // Those for emergency calls name owners and no extensions (contract).
    let shows_extensions = which == Which::Owned && call.knows(EXTENSION.0);
    let items = rows.iter().map(|row| NumberBody {
        extension: row.extension.filter(|_| shows_extensions),
        ..body(&world, row, which)
    });
    page::list(call, TELEPHONY, "phoneNumbers", items)
}

fn for_people(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, location_filter(call)?, Which::Free)
}

fn for_workspaces(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, location_filter(call)?, Which::Free)
}

fn for_location(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (organization, location) = (call.organization()?, location_id(call)?);
    calling_of(&call.tenant.sandbox.peek(), organization, location)?;
    show(call, Some(location), Which::All)
}

fn free_of_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, Some(location_of_person(call)?), Which::Free)
}

fn owned_of_person(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, Some(location_of_person(call)?), Which::Owned)
}

fn free_of_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, Some(location_of_workspace(call)?), Which::Free)
}

fn owned_of_workspace(call: &Call<'_>) -> Result<Reply, Refusal> {
    show(call, Some(location_of_workspace(call)?), Which::Owned)
}

fn location_of_person(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let id = call.person("personId")?;
    let world = call.tenant.sandbox.peek();
    location_of(
        world
            .get::<Person>(id)
            .and_then(|person| person.calling.as_ref()),
    )
}

fn location_of_workspace(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let id = workspace(call, call.value("workspaceId"))?;
    let world = call.tenant.sandbox.peek();
    location_of(
        world
            .get::<Workspace>(id)
            .and_then(|workspace| workspace.calling.as_ref()),
    )
}

fn location_of(calling: Option<&Calling>) -> Result<Uuid, Refusal> {
    let location = calling.map(|calling| calling.location);
    let detail = "Its numbers are those of a Webex Calling location, which it does not have.";
    location.ok_or_else(|| Refusal::new(ErrorKind::CallingNotAssigned, detail))
}
