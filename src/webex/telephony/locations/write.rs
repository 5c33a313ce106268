//! Locations get Webex Calling, and what it adds to them is changed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::ConnectionRequest;
use crate::http::{Call, Reply};
use crate::model::{CallingLocation, WebexId};
use crate::refusal::{ErrorKind, Refusal};
use crate::resources::calling_locations::{self, CallingLocationChange};
use crate::resources::locations;
use crate::settings::family::ItemId;
use crate::tasks::engine;
use crate::tasks::job::Job;
use crate::tasks::telephony::routing_prefix::RoutingPrefix;
use crate::webex::location_id;
use crate::webex::locations::LocationRequest;

/// What a caller says about Calling of a location.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdateRequest {
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

/// The job that a new routing prefix starts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StartedJobBody {
    /// The job's id.
    batch_job_id: String,
}

/// POST: a location gets Webex Calling.
pub(super) fn enable(call: &Call<'_>) -> Result<Reply, Refusal> {
    let organization = call.organization()?;
    let request = call.json::<LocationRequest>()?;
    let text = request.id.clone();
    let missing = |field| Refusal::new(ErrorKind::MandatoryField, format!("{field} is required."));
    let text = text.ok_or_else(|| missing("id"))?;
    let wanted = request.into_change();
    if let Some(field) = wanted.lacks() {
        return Err(missing(field));
    }
    let id = WebexId::Location.decode(&text);
    let id = id.ok_or_else(|| Refusal::not_found("Location", &text))?;
    call.write(|tx| {
        // The body repeats the location; what differs is a change of it.
        locations::update(tx, organization, id, wanted)?;
        calling_locations::enable(tx, organization, id, CallingLocation::default())
    })?;
    Reply::json(
        201,
        &ItemId {
            id: WebexId::Location.encode(id),
        },
    )
}

/// PUT of one.
pub(super) fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
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
