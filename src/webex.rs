//! The public Webex REST API: wire types and rows, one file for each resource.

pub mod access_token;
pub mod activation_emails;
pub mod admin_audit;
pub mod contact_center;
pub mod devices;
pub mod filter;
pub mod floors;
pub mod groups;
mod job;
pub mod licenses;
pub mod locations;
pub mod numbers;
pub mod organizations;
pub mod partner;
pub mod people;
mod redirect;
pub mod reports;
pub mod scim;
pub mod settings;
pub mod telephony;
pub mod webhooks;
pub mod wholesale;
pub mod workspace_locations;
pub mod workspaces;

use uuid::Uuid;

use crate::http::Call;
use crate::http::page::Items;
use crate::model::{Location, WebexId};
use crate::refusal::Refusal;

/// The location that a path parameter names. Whether it exists is for the resource to say.
///
/// # Errors
/// 404 when the text is no id of a location.
fn location_id(call: &Call<'_>) -> Result<Uuid, Refusal> {
    let text = call.value("locationId");
    WebexId::Location
        .decode(text)
        .ok_or_else(|| Refusal::not_found("Location", text))
}

/// The location that a query parameter names.
///
/// # Errors
/// 400 when the text is no id of a location.
fn location_filter(call: &Call<'_>) -> Result<Option<Uuid>, Refusal> {
    location_named(call, "locationId")
}

/// The location that a query parameter of this name says.
///
/// # Errors
/// 400 when the text is no id of a location.
fn location_named(call: &Call<'_>, name: &str) -> Result<Option<Uuid>, Refusal> {
    let Some(text) = call.query(name) else {
        return Ok(None);
    };
    let id = WebexId::Location.decode(&text);
    id.map(Some)
        .ok_or_else(|| Refusal::bad_request(format!("{name} is not a location's id.")))
}

/// The location that a query parameter names by its id in the older API.
///
/// # Errors
/// 400 when the text is no such id.
fn workspace_location_filter(call: &Call<'_>) -> Result<Option<Uuid>, Refusal> {
    let Some(text) = call.query("workspaceLocationId") else {
        return Ok(None);
    };
    let id = Location::decode_for_workspaces(&text);
    id.map(Some).ok_or_else(|| {
        Refusal::bad_request("workspaceLocationId is not a workspace location's id.")
    })
}
