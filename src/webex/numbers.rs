//! `/v1/telephony/config/numbers`: every number and extension of an organisation, with its filters
//! (api-surface.md 4.7).

mod filter;

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::page::{Slice, TELEPHONY, next_link};
use crate::http::{Call, Fidelity, MAX, ORG, Reply, Row, START};
use crate::model::{Holder, Person, WebexId, Workspace};
use crate::refusal::Refusal;
use crate::resources::numbers::{NumberRow, rows};
use crate::world::World;

use filter::{Filter, order};
pub(super) use filter::{digits_of, owner_named};

/// The rows.
pub const ROWS: &[Row] = &[Row::get("/v1/telephony/config/numbers", list)
    .fidelity(Fidelity::F4)
    .walks()
    .queries(&[
        ("locationId", "Only numbers of this location."),
        ("phoneNumber", "Only numbers that hold these digits."),
        (
            "available",
            "Only numbers that nobody has, or that somebody has.",
        ),
        (
            "assigned",
            "Only numbers that somebody has, or that nobody has.",
        ),
        ("order", "By which fields the list is ordered."),
        ("ownerName", "Only numbers of owners whose names hold this."),
        ("ownerId", "Only numbers of this owner."),
        ("ownerType", "Only numbers of this type of owner."),
        ("extension", "Only these extensions, separated by commas."),
        ("numberType", "Only `NUMBER` or `EXTENSION`."),
        (
            "phoneNumberType",
            "Only `PRIMARY`, `ALTERNATE` or another type.",
        ),
        ("state", "Only `ACTIVE` or `INACTIVE` numbers."),
        ("details", "Whether the counts are shown."),
        ("tollFreeNumbers", "Only toll-free numbers, or others."),
        ("restrictedNonGeoNumbers", "Only restricted numbers."),
        (
            "includedTelephonyTypes",
            "Only `PSTN_NUMBER` or `MOBILE_NUMBER`.",
        ),
        ("serviceNumber", "Only service numbers."),
        ("elinEnabled", "Only numbers for emergency locations."),
        ("reservedNumber", "Only reserved numbers."),
        MAX,
        START,
        ORG,
    ])
    .answers::<NumbersBody<'_>>()];

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumbersBody<'a> {
    /// How many there are in the whole organisation; with `details` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<CountBody>,
    /// The numbers and extensions.
    phone_numbers: Vec<NumberBody<'a>>,
}

/// How many numbers an organisation has.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CountBody {
    /// Numbers with an owner.
    assigned: usize,
    /// Numbers without an owner.
    un_assigned: usize,
    /// Numbers that calls do not reach.
    in_active: usize,
    /// Extensions without a number.
    extension_only: usize,
    /// Numbers that cost callers nothing.
    toll_free_numbers: usize,
    /// All numbers and extensions.
    total: usize,
    /// Mobile numbers.
    mobile_number: usize,
    /// Service numbers.
    service_number: usize,
}

/// A number or an extension.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NumberBody<'a> {
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
    /// The extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<&'a str>,
    /// The location's routing prefix.
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<&'a str>,
    /// Routing prefix and extension.
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    /// `ACTIVE` or `INACTIVE`.
    state: &'static str,
    /// `PRIMARY` or `ALTERNATE`.
    phone_number_type: &'static str,
    /// Whether it is the location's main number.
    main_number: bool,
    /// `PSTN_NUMBER`
    included_telephony_types: &'static str,
    /// Whether callers pay nothing.
    toll_free_number: bool,
    /// Whether it is a service number.
    is_service_number: bool,
    /// Where it stands.
    location: LocationName<'a>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<OwnerBody<'a>>,
}

/// A location by id and name.
#[derive(Debug, Serialize, ToSchema)]
struct LocationName<'a> {
    /// The id.
    id: String,
    /// The name.
    name: &'a str,
}

/// Whose a number is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnerBody<'a> {
    /// The id.
    id: String,
    /// `PEOPLE` or `PLACE`.
    r#type: &'static str,
    /// First name; a workspace's name.
    first_name: &'a str,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<&'a str>,
}

/// First and last name of a holder; a workspace has its name alone.
pub(super) fn names(world: &World, holder: Holder) -> Option<(&str, Option<&str>)> {
    match holder {
        Holder::Person(id) => {
            let (first, last) = world.get::<Person>(id)?.names();
            Some((first, Some(last)))
        }
        Holder::Workspace(id) => Some((&world.get::<Workspace>(id)?.display_name, None)),
    }
}

pub(super) fn phone_number_type(row: &NumberRow<'_>) -> &'static str {
    match row.number.is_some_and(|number| number.alternate) {
        true => "ALTERNATE",
        false => "PRIMARY",
    }
}

pub(super) fn state(row: &NumberRow<'_>) -> &'static str {
    match row.number.is_none_or(|number| number.active) {
        true => "ACTIVE",
        false => "INACTIVE",
    }
}

fn body<'a>(world: &'a World, row: &NumberRow<'a>) -> NumberBody<'a> {
    let owner = row.owner.and_then(|holder| {
        let (first_name, last_name) = names(world, holder)?;
        let (id, r#type) = (holder.webex_id(), holder.type_name());
        Some(OwnerBody {
            id,
            r#type,
            first_name,
            last_name,
        })
    });
    NumberBody {
        phone_number: row.number.map(|number| number.number.as_str()),
        extension: row.extension,
        routing_prefix: row.extension.and(row.location.routing_prefix()),
        esn: row.extension.map(|own| row.location.esn(own)),
        state: state(row),
        phone_number_type: phone_number_type(row),
        main_number: row.number.is_some_and(|number| number.main),
        included_telephony_types: "PSTN_NUMBER",
        toll_free_number: row.number.is_some_and(|number| number.toll_free),
        is_service_number: false,
        location: LocationName {
            id: WebexId::Location.encode(row.location_id),
            name: &row.location.name,
        },
        owner,
    }
}

fn count(rows: &[NumberRow<'_>]) -> CountBody {
    let numbers = || rows.iter().filter_map(|row| row.number);
    let assigned = numbers().filter(|number| number.owner.is_some()).count();
    CountBody {
        assigned,
        un_assigned: numbers().count() - assigned,
        in_active: numbers().filter(|number| !number.active).count(),
        extension_only: rows.len() - numbers().count(),
        toll_free_numbers: numbers().filter(|number| number.toll_free).count(),
        total: rows.len(),
        mobile_number: 0,
        service_number: 0,
    }
}

fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.listed_organization()?;
    let filter = Filter::of(call)?;
    let slice = Slice::of(call, TELEPHONY)?;
    let world = call.tenant.sandbox.peek();
    let mut rows = rows(&world, organization);
    let places = call.places();
    rows.retain(|row| places.hold(Some(row.location_id)));
    let count = call
        .query_bool("details")?
        .unwrap_or(false)
        .then(|| count(&rows));
    rows.retain(|row| filter.fits(&world, row));
    order(&world, &mut rows, call.query("order").as_deref())?;
    let shown = rows.iter().skip(slice.start).take(slice.max);
    let body = NumbersBody {
        count,
        phone_numbers: shown.map(|row| body(&world, row)).collect(),
    };
    let reply = Reply::json(200, &body)?;
    let next = slice.start.saturating_add(slice.max);
    if next >= rows.len() {
        return Ok(reply);
    }
    Ok(reply.header(
        "Link",
        next_link(call, &[(TELEPHONY.start, &next.to_string())]),
    ))
}
