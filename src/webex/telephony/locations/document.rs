//! How Webex Calling of a location is shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::model::{CallingLocation, Location, Organization, WebexId};

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
pub(super) struct ListBody<'a> {
    /// The locations.
    locations: Vec<ListedBody<'a>>,
}

/// A location in the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListedBody<'a> {
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
pub(super) struct DetailsBody<'a> {
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

/// A way into the public network.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct ConnectionRequest {
    /// The id of a trunk or a route group.
    pub(super) id: String,
}

impl<'a> ListedBody<'a> {
    pub(super) fn of(
        id: Uuid,
        location: &'a Location,
        calling: &'a CallingLocation,
        organization: &'a Organization,
    ) -> Self {
        Self {
            id: WebexId::Location.encode(id),
            name: &location.name,
            outside_dial_digit: calling.outside_dial_digit.as_deref(),
            enforce_outside_dial_digit: calling.enforce_outside_dial_digit,
            routing_prefix: calling.routing_prefix.as_deref(),
            calling_line_id: line_id(organization, calling),
            e911_setup_required: false,
        }
    }
}

impl<'a> DetailsBody<'a> {
    pub(super) fn of(
        (owner, organization): (Uuid, &'a Organization),
        (id, location): (Uuid, &'a Location),
        calling: &'a CallingLocation,
    ) -> Self {
        let external = calling.external_caller_id_name.as_deref();
        Self {
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
        }
    }
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
